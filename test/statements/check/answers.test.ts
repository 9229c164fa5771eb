import { expect, test } from 'vitest';
import { levels } from '../../../src/core/levels.ts';
import { statementKinds } from '../../../src/core/statement-kinds.ts';
import { askLegal, pair, reply } from '../../../src/statements/check/answers.ts';
import { findingKey, lint, type Material, nothingKnown } from '../../../src/statements/check/lint.ts';
import { requiredFor } from '../../../src/statements/policy.ts';
import { draft, edit, submit } from '../../../src/statements/rules.ts';
import { type Context, checkedText, type Statement } from '../../../src/statements/statement.ts';
import { shortHash, wordingHash } from '../../../src/statements/wording.ts';
import { aCrisis } from '../../support/crisis.ts';

const start = new Date('2026-11-22T10:00:00Z');
const department = (key: string, peopleIds: string[]) => ({ key, name: null, peopleIds, deputyIds: [] });
const roster = [
  department('communication', ['claire', 'marc']),
  department('legal', ['helen']),
  department('management', ['anne']),
];
const crisis = aCrisis(start, { level: 'incident', leadId: 'anne', declaredBy: 'anne' });
const acting = (userId: string, inCell = true): Context => ({
  crisis,
  by: { userId, inCell, isLead: userId === 'anne' },
  roster,
  named: roster,
  now: start,
  newId: () => 'id',
});
const body = 'We have stopped the sale. Jane Miller says no; Mr Smith too.';
const written = (text = body, by = 'claire', language: 'en' | 'fr' = 'en'): Statement => {
  const answer = draft(
    { id: by + language, title: 'Words', kind: 'email', audience: 'public', language, body: text },
    1,
    acting(by),
  );
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};
const on = ({ current }: Statement) => ({ version: current.number, hash: current.hash });
const keyOf = (statement: Statement, excerpt: string, material: Material = nothingKnown) => {
  const found = lint(checkedText(statement.current), material).find((f) => f.excerpt.includes(excerpt));
  if (!found) throw new Error(`nothing found about ${excerpt}`);
  return findingKey(found);
};
const code = (answer: { ok: boolean; refusal?: { code: string } }) => (answer.ok ? 'ok' : answer.refusal?.code);

test('what blocks is refused before anybody is asked, and says which rules', () => {
  const s = written();
  expect(submit(s, on(s), acting('claire'), nothingKnown)).toMatchObject({
    ok: false,
    refusal: { code: 'blocked', codes: ['done_action', 'person'] },
  });
});

test('only done work stands behind what is told as done, or a reason', () => {
  const s = written();
  const key = keyOf(s, 'stopped');
  const known = { ...nothingKnown, doneTasks: [{ id: 't1', number: 4, title: 'Stop the sale' }] };
  const say = (targets: { kind: 'task'; id: string; number: number }[], reason = '') =>
    code(reply(s, on(s), { say: 'deed', key, targets, reason }, acting('claire'), known));
  expect(say([])).toBe('nothing_chosen');
  expect(say([{ kind: 'task', id: 't2', number: 5 }])).toBe('not_done');
  expect(say([{ kind: 'task', id: 't1', number: 4 }])).toBe('ok');
  expect(say([], 'The supplier did it')).toBe('ok');
});

test('legal alone agrees to a name, never to words of their own, and only to the text on their screen', () => {
  const s = written();
  const agree = (by: string, statement = s, at = on(s)) =>
    code(reply(statement, at, { say: 'legal_ok' }, acting(by), nothingKnown));
  expect(agree('marc')).toBe('not_legal');
  expect(agree('claire')).toBe('own_words');
  expect(agree('helen')).toBe('ok');
  expect(agree('helen', s, { version: 1, hash: 'another' })).toBe('stale');
  const own = written(body, 'helen');
  expect(agree('helen', own, on(own))).toBe('own_words');
  expect(agree('anne', own, on(own))).toBe('ok');
  expect(code(reply(s, on(s), { say: 'legal_ok' }, acting('helen', false), nothingKnown))).toBe('not_in_room');
});

test('an answer counts for the very words and no others: an edit asks again', () => {
  const s = written();
  const agreed = reply(s, on(s), { say: 'legal_ok' }, acting('helen'), nothingKnown);
  if (!agreed.ok) throw new Error('refused');
  const [answer] = agreed.value.answers;
  expect(answer).toMatchObject({ versionNumber: 1, versionHash: s.current.hash, excerpt: 'Smith', answer: 'legal_ok' });
  const open = (statement: Statement) =>
    lint(checkedText(statement.current), {
      ...nothingKnown,
      answers: agreed.value.answers.filter((a) => a.versionHash === statement.current.hash),
    }).filter((f) => f.code === 'person' && f.isSure).length;
  expect(open(s)).toBe(0);
  const edited = edit(s, { ...s.current, body: `${body} Thank you.` }, 1, acting('claire'));
  expect(edited.ok && open(edited.value)).toBe(1);
});

test('an answer that does not fit the finding, or one that is gone, changes nothing', () => {
  const s = written();
  const say = (saying: 'contact' | 'not_said' | 'person', key: string) =>
    code(reply(s, on(s), { say: saying, key }, acting('claire'), nothingKnown));
  expect(say('contact', keyOf(s, 'Jane Miller'))).toBe('nothing_to_do');
  expect(say('not_said', keyOf(s, 'stopped'))).toBe('nothing_to_do');
  expect(say('person', 'person:900:910')).toBe('nothing_to_do');
  expect(say('person', keyOf(s, 'Jane Miller'))).toBe('ok');
  expect(code(askLegal(s, on(s), acting('claire'), nothingKnown))).toBe('ok');
  const plain = written('We are checking.');
  expect(code(askLegal(plain, on(plain), acting('claire'), nothingKnown))).toBe('nothing_to_do');
});

test('a translation is a statement of the same crisis in the other language', () => {
  const [en, fr] = [written('Hello.', 'claire', 'en'), written('Bonjour.', 'marc', 'fr')];
  const answer = pair(en, fr, acting('claire'));
  expect(answer.ok && answer.value.map(({ twinId }) => twinId)).toEqual([fr.id, en.id]);
  expect(code(pair(en, written('Hi.', 'marc', 'en'), acting('claire')))).toBe('not_a_twin');
  expect(code(pair(en, { ...fr, crisisId: 'another' }, acting('claire')))).toBe('not_a_twin');
  expect(code(pair(en, { ...fr, status: 'withdrawn' }, acting('claire')))).toBe('not_a_twin');
  expect(code(pair(en, fr, acting('sam', false)))).toBe('not_in_room');
});

test('what is sensitive takes legal and management besides, whatever its kind and level (discipline C11)', () => {
  for (const kind of statementKinds)
    for (const level of levels) {
      const required = requiredFor(kind, level, true);
      expect(required).toEqual(expect.arrayContaining([...requiredFor(kind, level), 'legal', 'management']));
      expect(new Set(required).size).toBe(required.length);
    }
  const s = written('We are sorry.');
  const origin = { playbook: 'campaign', template: 'x', body: '', admits: true, cleared: null };
  for (const one of [
    { ...s, origin },
    { ...s, current: { ...s.current, isSensitive: true } },
  ]) {
    const asked = submit(one, on(one), acting('claire'), nothingKnown);
    expect(asked.ok && asked.value.requiredDepartments).toEqual(['communication', 'legal', 'management']);
  }
});

test('marking a text as sensitive is another wording; what is not marked keeps the hash it always had', () => {
  const wording = { title: 'A', kind: 'holding', audience: 'public', language: 'en', body: 'B' } as const;
  expect(shortHash(wordingHash(wording))).toBe(shortHash(wordingHash({ ...wording, isSensitive: false })));
  expect(wordingHash({ ...wording, isSensitive: true })).not.toBe(wordingHash(wording));
});
