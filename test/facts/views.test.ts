import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/locale.ts';
import type { CauseRecord } from '../../src/facts/causes/rules.ts';
import { causeForm, causeList } from '../../src/facts/causes/views.ts';
import type { CrisisDecision } from '../../src/facts/decisions/rules.ts';
import { decisionCard, decisionForm, decisionList } from '../../src/facts/decisions/views.ts';
import type { MeasureRecord } from '../../src/facts/measures/rules.ts';
import { drawDoneForm, measureForm, measureList } from '../../src/facts/measures/views.ts';
import type { PostureInputs } from '../../src/facts/posture/rules.ts';
import { postureForm, postureMessage, questionsForm } from '../../src/facts/posture/views.ts';
import type { FactRecord } from '../../src/facts/rules.ts';
import { factForm, factList, factsTable, historyForm, recordedNote, secondForm } from '../../src/facts/views.ts';
import { blockProblems, textLength } from '../../src/sandbox/server/validation/rules.ts';
import type { Message, ModalView } from '../../src/slack/blocks.ts';
import { limits } from '../../src/slack/limits.ts';
import { everything, type Narrowing } from '../../src/slack/list.ts';
import type { Stakeholder } from '../../src/stakeholders/rules.ts';
import {
  drawNotNeededForm,
  drawToldForm,
  listMessage,
  stakeholderForm,
  stakeholderList,
} from '../../src/stakeholders/views.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const now = new Date('2026-11-22T10:00:00Z');
const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** Everything that people can type, as long as it may be. */
const hostile = (length: number) => '<!channel> & <@U1> *_`'.repeat(60).slice(0, length);
const crisis = (language: Language) => aCrisis(now, { id: id(1), language, leadId: 'U2' });
const named = (userId: string) => (userId === 'U1' ? 'Anne <Marie> & Co' : userId);
const by = { recordedBy: 'U1', recordedAt: now, changedBy: 'U1', changedAt: now };
const many = <T>(make: (n: number) => T): T[] => Array.from({ length: 45 }, (_, i) => make(i + 1));

const facts = many(
  (n): FactRecord => ({
    id: id(n),
    crisisId: id(1),
    number: n,
    text: hostile(500),
    revision: n,
    status: (['confirmed', 'checking', 'false'] as const)[n % 3] ?? 'checking',
    ownerId: 'U2',
    source: hostile(300),
    confirmedBy: 'U1',
    confirmedAt: now,
    falseSaidBy: n % 3 === 0 ? null : 'U1',
    falseSaidAt: now,
    falseConfirmedBy: 'U2',
    falseVersion: 3,
    version: 999,
    ...by,
  }),
);
const measures = many(
  (n): MeasureRecord => ({
    id: id(n),
    crisisId: id(1),
    number: n,
    text: hostile(300),
    ownerId: 'U1',
    dueAt: now,
    isPublic: n % 2 === 0,
    doneAt: n % 2 === 0 ? now : null,
    doneBy: 'U1',
    proof: hostile(500),
    version: 99,
    ...by,
  }),
);
const causes = many(
  (n): CauseRecord => ({
    id: id(n),
    crisisId: id(1),
    number: n,
    family: 'quality',
    text: hostile(500),
    status: 'hypothesis',
    evidence: hostile(1000),
    ownerId: 'U1',
    version: 99,
    ...by,
  }),
);
const decisions = many(
  (n): CrisisDecision => ({
    id: id(n),
    crisisId: id(1),
    number: n,
    text: hostile(1000),
    options: hostile(1500),
    reason: hostile(1000),
    deciderId: 'U2',
    replaces: n > 40 ? n - 10 : null,
    recordedBy: 'U1',
    recordedAt: now,
  }),
);
const stakeholders = many(
  (n): Stakeholder => ({
    id: id(n),
    crisisId: id(1),
    number: n,
    name: hostile(150),
    circle: n === 1 ? 'press' : 'affected',
    position: n,
    channel: hostile(200),
    statementNumber: n,
    ownerId: 'U1',
    department: 'legal',
    status: (['waiting', 'told', 'not_needed'] as const)[n % 3] ?? 'waiting',
    toldAt: now,
    toldBy: 'U1',
    notNeededReason: hostile(300),
    version: 999,
    ...by,
  }),
);
const inputs: PostureInputs = {
  crisisId: id(1),
  cluster: 'preventable',
  truth: 'plausible',
  hasHistory: true,
  reputation: 'good',
  version: 1,
  setBy: 'U1',
  setAt: now,
};

describe.each(['en', 'fr'] as const)('in %s, with as much as people can type', (language) => {
  const room = crisis(language);
  const reader = aReader(now, { language, named });
  const statements = many((n) => ({ number: n, title: hostile(150) }));
  const [fact, measure, cause, decision, stakeholder] = [
    facts[0],
    measures[0],
    causes[0],
    decisions[0],
    stakeholders[0],
  ];
  if (!fact || !measure || !cause || !decision || !stakeholder) throw new Error('nothing to show');

  const messages: Record<string, Message> = {
    table: factsTable(room, { facts, causes, measures }, reader),
    'an almost empty table': factsTable(room, { facts: [], causes: [cause], measures: [] }, reader),
    note: recordedNote(fact, { name: hostile(80), inCell: false }, language),
    decision: decisionCard(decision, decisions, room, reader),
    decisions: decisionList(decisions, room, 2, reader),
    measures: measureList(measures, room, 9, reader),
    causes: causeList(causes, room, 0, reader),
    posture: postureMessage(inputs, room, reader, true),
    stakeholders: listMessage(stakeholders, room, reader),
  };
  test.each(Object.entries(messages))('the message “%s” is one that Slack takes', (_, { text, blocks }) => {
    expect(blockProblems(blocks, 'message', '/blocks')).toEqual([]);
    expect(blocks.length).toBeLessThanOrEqual(limits.blocksPerMessage);
    expect(textLength(blocks)).toBeLessThanOrEqual(limits.messageBlocksText);
    expect(text.length).toBeGreaterThan(5);
    // Plain text calls nobody.
    const called = JSON.stringify(blocks).replaceAll(/"plain_text","text":"[^"]*"/g, '');
    expect(called).not.toMatch(/<!channel>|undefined/);
  });

  const wish = (page: number) => ({ about: { crisisId: id(1), channelId: 'C00000001' }, narrowing: everything, page });
  const forms: Record<string, ModalView> = {
    facts: factList(facts, room, wish(1), reader, 'U1'),
    'no facts': factList([], room, wish(0), reader, 'U1'),
    stakeholders: stakeholderList(stakeholders, room, wish(3), { userId: 'U1', departments: [] }, reader),
    second: secondForm({ ...fact, falseSaidBy: 'U1', falseConfirmedBy: null }, reader),
    fact: factForm({ crisis: room, text: hostile(500) }, true, reader),
    'a fact that changes': factForm({ fact, status: 'confirmed' }, true, reader),
    history: historyForm(
      fact,
      many((n) => ({ revision: n, text: hostile(500), writtenBy: 'U1', writtenAt: now })),
      reader,
    ),
    decision: decisionForm({ crisis: room, text: '', replaces: 3 }, decisions, true, reader),
    measure: measureForm({ measure }, true, reader),
    'a measure that is done': drawDoneForm(measure, true, reader),
    cause: causeForm({ cause }, true, reader),
    questions: questionsForm(room, undefined, 'accident', reader),
    posture: postureForm(postureMessage(inputs, room, reader, false), reader),
    stakeholder: stakeholderForm({ stakeholder }, { statements, departments: ['legal'] }, true, reader),
    told: drawToldForm(stakeholder, stakeholders.slice(0, 12), statements, true, reader),
    'not needed': drawNotNeededForm(stakeholder, true, reader),
  };
  test.each(Object.entries(forms))('the form “%s” is one that Slack takes', (_, view) => {
    expect(blockProblems(view.blocks, 'modal', '/blocks')).toEqual([]);
    expect(view.title.text).not.toContain('…');
    expect(view.blocks.length).toBeLessThanOrEqual(limits.blocksPerView);
  });
});

describe('a list that is narrowed down', () => {
  const reader = aReader(now, { language: 'en', named });
  const about = { crisisId: id(1), channelId: null };
  const numbersIn = (view: ModalView, mark: RegExp) =>
    [...JSON.stringify(view.blocks).matchAll(mark)].map(([, n]) => Number(n));

  test('of 60 facts every one is on some page of at most twelve, and found by whose, state and words', () => {
    const sixty = Array.from({ length: 60 }, (_, i): FactRecord => {
      const base = facts[i % facts.length] as FactRecord;
      const number = i + 1;
      const [ownerId, recordedBy] = number === 7 ? ['U9', 'U2'] : ['U2', number === 8 ? 'U9' : 'U1'];
      const text = number === 9 ? 'Des éclats de verre' : 'Lot P4471';
      return { ...base, id: id(number), number, text, source: '', ownerId, recordedBy, falseSaidBy: null };
    });
    const page = (n: number, narrowing: Partial<Narrowing> = {}) =>
      numbersIn(
        factList(sixty, crisis('en'), { about, narrowing: { ...everything, ...narrowing }, page: n }, reader, 'U9'),
        /\*F(\d+)\*/g,
      );
    const pages = [0, 1, 2, 3, 4].map((n) => page(n));
    expect(new Set(pages.flat()).size).toBe(60);
    for (const one of pages) expect(one.length).toBeLessThanOrEqual(12);
    expect(page(0, { who: 'mine' }).toSorted((a, b) => a - b)).toEqual([7, 8]);
    expect(page(0, { words: 'eclats VERRE' })).toEqual([9]);
    const inState = page(0, { state: 'confirmed' });
    expect(inState.length).toBeGreaterThan(0);
    for (const n of inState) expect(sixty[n - 1]?.status).toBe('confirmed');
  });

  test('stakeholders are found by who tells them; nothing is offered once the crisis is closed', () => {
    const [one, other] = stakeholders as [Stakeholder, Stakeholder];
    const three = [
      { ...one, name: 'Press', ownerId: 'U9', department: null, number: 1, position: 1 },
      { ...other, name: 'Staff', ownerId: null, department: 'hr', number: 2, position: 2 },
      { ...other, name: 'Buyers', ownerId: null, department: 'legal', number: 3, position: 3 },
    ];
    const shown = (narrowing: Partial<Narrowing>, room = crisis('en')) =>
      JSON.stringify(
        stakeholderList(
          three,
          room,
          { about, narrowing: { ...everything, ...narrowing }, page: 0 },
          { userId: 'U9', departments: ['hr'] },
          reader,
        ).blocks,
      );
    const names = (narrowing: Partial<Narrowing>) =>
      ['Press', 'Staff', 'Buyers'].filter((name) => shown(narrowing).includes(`*${name}*`));
    expect(names({ who: 'mine' })).toEqual(['Press', 'Staff']);
    expect(names({ department: 'legal' })).toEqual(['Buyers']);
    expect(names({ words: 'buy' })).toEqual(['Buyers']);
    expect(shown({})).toContain('stakeholders.menu');
    expect(shown({}, { ...crisis('en'), status: 'closed' })).not.toMatch(/stakeholders\.(menu|add)/);
  });
});
