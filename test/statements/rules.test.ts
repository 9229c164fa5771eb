import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/core/decision.ts';
import { type Level } from '../../src/core/levels.ts';
import { type StatementKind, statementKinds } from '../../src/core/statement-kinds.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import type { Crisis } from '../../src/crises/rules.ts';
import type { Department } from '../../src/people/rules.ts';
import { approve as approveKnowing, turnDown } from '../../src/statements/approval.ts';
import { nothingKnown } from '../../src/statements/check/lint.ts';
import { followCrisis, type Ring, relay, runOut } from '../../src/statements/deadlines.ts';
import { requiredFor } from '../../src/statements/policy.ts';
import { sayNo } from '../../src/statements/refusals.ts';
import { draft, edit, editOrKeep, publish, submit as submitAgainst, withdraw } from '../../src/statements/rules.ts';
import { waive } from '../../src/statements/seats.ts';
import {
  authorsOf,
  type Context,
  type Seen,
  type Statement,
  type StatementRefusal,
  waitingOn,
} from '../../src/statements/statement.ts';
import { waitsFor } from '../../src/statements/waits.ts';
import { type Wording } from '../../src/statements/wording.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const languages = ['en', 'fr'] as const;
const start = new Date('2026-11-22T10:00:00Z');
const id = '01a204a4-fce6-7905-9cf0-e51c28613ec7';
const department = (key: string, peopleIds: string[], deputyIds: string[] = []): Department => ({
  key,
  name: null,
  peopleIds,
  deputyIds,
});
const roster = [
  department('communication', ['claire'], ['marc']),
  department('legal', ['helen']),
  department('marketing', ['tom']),
  department('management', ['anne']),
];

const crisisAt = (level: Level, more: Partial<Crisis> = {}): Crisis =>
  aCrisis(start, { id, level, leadId: 'tom', declaredBy: 'tom', ...more });

function acting(
  userId: string,
  options: { level?: Level; minutes?: number; crisis?: Partial<Crisis>; inCell?: boolean; roster?: Department[] } = {},
): Context {
  const crisis = crisisAt(options.level ?? 'incident', options.crisis);
  return {
    crisis,
    by: { userId, inCell: options.inCell ?? true, isLead: crisis.leadId === userId },
    roster: options.roster ?? roster,
    named: options.roster ?? roster,
    now: after(start, (options.minutes ?? 0) * MINUTE),
    newId: () => `verdict-${(count += 1)}`,
  };
}
let count = 0;
/** The alarm that stands for the time that was said. */
const ringOf = ({ current, dueAt }: Statement): Ring => ({ version: current.number, dueAt: dueAt?.toISOString() });
const submit = (statement: Statement, on: Seen, at: Context) => submitAgainst(statement, on, at, nothingKnown);

const wording: Wording = {
  title: 'First words',
  kind: 'holding',
  audience: 'public',
  language: 'en',
  body: 'We know.',
};
const seen = ({ current }: Statement): Seen => ({ version: current.number, hash: current.hash });

const approve = (statement: Statement, on: Seen, by: Context) => approveKnowing(statement, on, by, nothingKnown);

function ok<T>(decision: Decision<T, StatementRefusal>): T {
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.value;
}
const code = (decision: Decision<unknown, StatementRefusal>) => (decision.ok ? 'accepted' : decision.refusal.code);

const drafted = (by = 'tom', more: Partial<Wording> = {}) => ok(draft({ ...wording, ...more, id }, 1, acting(by)));
const submitted = (by = 'tom', more: Partial<Wording> = {}, level: Level = 'incident') => {
  const statement = drafted(by, more);
  return ok(submit(statement, seen(statement), acting(by, { level })));
};
const approved = () => {
  const once = submitted();
  const twice = ok(approve(once, seen(once), acting('claire', { minutes: 5 })));
  return ok(approve(twice, seen(once), acting('helen', { minutes: 5 })));
};
const place = { url: 'https://aurore.example/news', where: '', at: after(start, 6 * MINUTE) };

test('a statement is approved when every required department has approved this very text, and not before', () => {
  const once = submitted();
  expect(once.requiredDepartments).toEqual(['communication', 'legal']);
  const twice = ok(approve(once, seen(once), acting('marc')));
  expect(twice.status).toBe('in_review');
  expect(twice.verdicts).toMatchObject([
    { department: 'communication', capacity: 'deputy', userId: 'marc', versionHash: once.current.hash },
  ]);
  const thrice = ok(approve(twice, seen(once), acting('helen')));
  expect(thrice).toMatchObject({ status: 'approved', approvedAt: start });
});

test('one person fills one seat: management stands in for a lead who approved for a department', () => {
  const release = submitted('marc', { kind: 'press_release' });
  const lead = { crisis: { leadId: 'claire' } };
  const byLead = ok(approve(release, seen(release), acting('claire', lead)));
  expect(byLead.verdicts.map((v) => v.department)).toEqual(['communication']);
  expect(byLead.askedIds).toContain('anne');
  expect(code(approve(byLead, seen(release), acting('claire', lead)))).toBe('already_approved');
  const both = ok(approve(byLead, seen(release), acting('anne', lead)));
  expect(both.verdicts[1]).toMatchObject({ department: 'lead', capacity: 'management', userId: 'anne' });
});

test('a press fills the seat that leaves the others to people of their own', () => {
  const release = submitted('tom', { kind: 'press_release' });
  const byLead = ok(approve(release, seen(release), acting('claire', { crisis: { leadId: 'claire' } })));
  expect(byLead.verdicts.map((v) => v.department)).toEqual(['lead']);
});

describe('where nobody else is left', () => {
  const small = [department('communication', ['claire']), department('legal', ['claire'])];
  const by = (userId: string, leadId = 'claire') => acting(userId, { roster: small, crisis: { leadId } });
  const half = (leadId = 'claire') => {
    const text = ok(draft({ ...wording, id }, 1, by('sam', leadId)));
    const sent = ok(submit(text, seen(text), by('sam', leadId)));
    return approve(sent, seen(sent), by('claire', leadId));
  };

  test('the lead allows one person two seats, with a reason that is told', () => {
    const once = ok(half());
    const { crisis } = by('claire');
    expect(waitsFor(once, { crisis, roster: small }, null).map(({ userId, news }) => [userId, news])).toEqual([
      ['claire', 'stuck'],
    ]);
    expect(code(waive(once, seen(once), ' ', by('claire')))).toBe('reason_missing');
    const waived = waive(once, seen(once), 'We are two', by('claire'));
    expect(waived.ok && waived.timeline[0]?.text.en).toContain('nobody else can approve for Legal');
    expect(waived.ok && waived.timeline[0]?.text.en).toContain('We are two');
    const twice = ok(approve(ok(waived), seen(once), by('claire')));
    expect(twice.status).toBe('approved');
    // A new wording asks for a new waiver.
    expect(ok(edit(twice, { ...wording, body: 'Other' }, 1, by('sam'))).seats).toBeNull();
  });

  test('nobody but the lead does, and not where somebody else may approve', () => {
    const once = ok(half());
    expect(code(waive(once, seen(once), 'Because', by('sam')))).toBe('may_not_waive');
    const other = ok(half('anne'));
    expect(code(waive(other, seen(other), 'Because', by('anne', 'anne')))).toBe('somebody_else');
    expect(code(approve(other, seen(other), by('anne', 'anne')))).toBe('accepted');
  });
});

test('a colleague’s comma does not free the author to approve', () => {
  const byClaire = drafted('claire');
  const comma = ok(edit(byClaire, { ...wording, body: 'We, know.' }, 1, acting('tom')));
  const sent = ok(submit(comma, seen(comma), acting('tom')));
  expect(sent.askedIds).toEqual(['marc', 'helen']);
  expect(code(approve(sent, seen(sent), acting('claire')))).toBe('own_words');
  const refused = approve(sent, seen(sent), acting('claire'));
  for (const l of languages)
    expect(!refused.ok && sayNo(refused.refusal, aReader(start, { language: l }))).toContain(
      l === 'en' ? 'since it was last approved' : 'depuis sa dernière validation',
    );
  // Their words were approved: only what was written since counts.
  const done = ok(approve(ok(approve(sent, seen(sent), acting('marc'))), seen(sent), acting('helen')));
  const again = ok(edit(done, { ...wording, body: 'We all know.' }, 2, acting('marc')));
  const anew = ok(submit(again, seen(again), acting('tom')));
  expect(code(approve(anew, seen(anew), acting('claire')))).toBe('accepted');
  expect(code(approve(anew, seen(anew), acting('marc')))).toBe('own_words');
});

test('what was submitted before seats were kept goes by the rule of its time', () => {
  const old: Statement = { ...submitted('marc', { kind: 'press_release' }), seats: null };
  const byLead = ok(approve(old, seen(old), acting('claire', { crisis: { leadId: 'claire' } })));
  expect(byLead.verdicts.map((v) => v.department)).toEqual(['communication', 'lead']);
});

test('an edit voids every approval and asks for a new submission', () => {
  const before = approved();
  const decision = edit(before, { ...wording, body: 'We know. ' }, 1, acting('tom', { minutes: 9 }));
  const after_ = ok(decision);
  expect(after_).toMatchObject({
    status: 'draft',
    current: { number: 2 },
    requiredDepartments: [],
    approvedAt: null,
    submittedBy: null,
  });
  expect(after_.verdicts.every((v) => v.versionNumber < after_.current.number)).toBe(true);
  expect(decision.ok && decision.timeline[0]?.text.en).toContain('The approval of Communication and Legal is void.');
  expect(decision.ok && decision.cancel.map((key) => key.split(':').slice(0, 3).join(':'))).toEqual([
    `statement-relay:${id}:v1`,
    `statement-overdue:${id}:v1`,
  ]);
  expect(code(publish(after_, place, acting('claire', { minutes: 9 })))).toBe('not_approved');
});

const long = 'x'.repeat(12_001);
const withTwo = () => ok(edit(submitted(), { ...wording, body: 'Other' }, 1, acting('tom', { minutes: 1 })));
const empty = [department('communication', ['tom'])];

test.each<[string, string, () => Decision<unknown, StatementRefusal>]>([
  ['a stranger drafts', 'not_in_room', () => draft({ ...wording, id }, 1, acting('sam', { inCell: false }))],
  [
    'the crisis is closed',
    'closed',
    () => draft({ ...wording, id }, 1, acting('tom', { crisis: { status: 'closed' } })),
  ],
  ['there is no title', 'title_missing', () => draft({ ...wording, title: ' \n', id }, 1, acting('tom'))],
  [
    'the title is too long',
    'title_too_long',
    () => draft({ ...wording, title: 'x'.repeat(151), id }, 1, acting('tom')),
  ],
  ['there is no text', 'body_missing', () => draft({ ...wording, body: ' \n ', id }, 1, acting('tom'))],
  ['the text is too long', 'body_too_long', () => draft({ ...wording, body: long, id }, 1, acting('tom'))],
  [
    'a text of 12,000 characters with Windows line ends',
    'accepted',
    () => draft({ ...wording, body: `${long.slice(3)}\r\n\r\n`, id }, 1, acting('tom')),
  ],
  [
    'a stranger edits',
    'not_in_room',
    () => edit(drafted(), { ...wording, body: 'b' }, 1, acting('sam', { inCell: false })),
  ],
  [
    'somebody else edited meanwhile',
    'edited_meanwhile',
    () => edit(withTwo(), { ...wording, body: 'b' }, 1, acting('tom')),
  ],
  ['nothing changed', 'unchanged', () => edit(drafted(), wording, 1, acting('tom'))],
  ['nothing changed but it is to be submitted', 'accepted', () => editOrKeep(drafted(), wording, 1, acting('tom'))],
  [
    'a published text is edited',
    'not_editable',
    () =>
      edit(
        ok(publish(approved(), place, acting('claire', { minutes: 7 }))),
        { ...wording, body: 'b' },
        1,
        acting('tom'),
      ),
  ],
  [
    'a withdrawn text is edited',
    'not_editable',
    () => edit(ok(withdraw(drafted(), 'Wrong', acting('tom'))), { ...wording, body: 'b' }, 1, acting('tom')),
  ],
  ['an old version is submitted', 'stale', () => submit(withTwo(), seen(drafted()), acting('tom'))],
  ['it is submitted twice', 'not_submittable', () => submit(submitted(), seen(submitted()), acting('tom'))],
  [
    'nobody but the author could approve',
    'no_approver',
    () => submit(drafted(), seen(drafted()), acting('tom', { roster: empty })),
  ],
  [
    'a stranger approves',
    'not_in_room',
    () => approve(submitted(), seen(submitted()), acting('claire', { inCell: false })),
  ],
  [
    'the crisis is closed when approving',
    'closed',
    () => approve(submitted(), seen(submitted()), acting('claire', { crisis: { status: 'closed' } })),
  ],
  ['the version on the screen is old', 'stale', () => approve(withTwo(), seen(drafted()), acting('claire'))],
  [
    'the number is right and the hash is not',
    'stale',
    () => approve(submitted(), { version: 1, hash: 'other' }, acting('claire')),
  ],
  ['a draft is approved', 'not_in_review', () => approve(drafted(), seen(drafted()), acting('claire'))],
  ['the author approves', 'own_words', () => approve(submitted('claire'), seen(submitted('claire')), acting('claire'))],
  [
    'who submitted it approves',
    'own_words',
    () => {
      const s = drafted('tom');
      const t = ok(submit(s, seen(s), acting('claire')));
      return approve(t, seen(t), acting('claire'));
    },
  ],
  [
    'somebody of another department approves',
    'not_an_approver',
    () => approve(submitted('marc'), seen(submitted('marc')), acting('tom')),
  ],
  [
    'the department has approved already',
    'already_approved',
    () => {
      const s = submitted();
      return approve(ok(approve(s, seen(s), acting('claire'))), seen(s), acting('marc'));
    },
  ],
  [
    'changes are asked for without a reason',
    'reason_missing',
    () => turnDown(submitted(), seen(submitted()), 'changes_requested', ' ', acting('helen')),
  ],
  [
    'it is rejected without a reason',
    'reason_missing',
    () => turnDown(submitted(), seen(submitted()), 'rejected', '', acting('helen')),
  ],
  [
    'the author rejects',
    'own_words',
    () => turnDown(submitted('helen'), seen(submitted('helen')), 'rejected', 'No', acting('helen')),
  ],
  [
    'a turned down version is submitted again',
    'not_submittable',
    () => {
      const s = submitted();
      const t = ok(turnDown(s, seen(s), 'changes_requested', 'Date?', acting('helen')));
      return submit(t, seen(t), acting('tom'));
    },
  ],
  ['it is published unapproved', 'not_approved', () => publish(submitted(), place, acting('claire'))],
  ['legal marks it published', 'may_not_publish', () => publish(approved(), place, acting('helen', { minutes: 7 }))],
  [
    'there is neither address nor place',
    'address_missing',
    () => publish(approved(), { ...place, url: ' ' }, acting('claire', { minutes: 7 })),
  ],
  [
    'a place stands for an address',
    'accepted',
    () => publish(approved(), { ...place, url: '', where: 'Letter to the mayor' }, acting('claire', { minutes: 7 })),
  ],
  [
    'the address is a script',
    'address_wrong',
    () => publish(approved(), { ...place, url: 'javascript:alert(1)' }, acting('claire', { minutes: 7 })),
  ],
  [
    'the address holds a space',
    'address_wrong',
    () => publish(approved(), { ...place, url: 'https://a.example/ b' }, acting('claire', { minutes: 7 })),
  ],
  [
    'the time is to come',
    'published_in_future',
    () => publish(approved(), { ...place, at: after(start, 8 * MINUTE) }, acting('claire', { minutes: 7 })),
  ],
  [
    'the time is before the approval',
    'published_before_approval',
    () => publish(approved(), { ...place, at: after(start, 4 * MINUTE) }, acting('claire', { minutes: 7 })),
  ],
  ['it is withdrawn without a reason', 'reason_missing', () => withdraw(drafted(), '\n', acting('tom'))],
  [
    'it is withdrawn twice',
    'already_withdrawn',
    () => withdraw(ok(withdraw(drafted(), 'Wrong', acting('tom'))), 'Again', acting('tom')),
  ],
])('when %s: %s', (_name, expected, act) => {
  const decision = act();
  expect(code(decision)).toBe(expected);
  if (decision.ok) return;
  const { refusal } = decision;
  for (const language of languages) {
    const text = sayNo(refusal, aReader(start, { language }));
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toMatch(/undefined|\[object/);
  }
});

test('the minute of the approval is not before the approval, and the entry is not told to be earlier', () => {
  const late = { ...approved(), approvedAt: new Date('2026-11-22T10:05:30Z') };
  const decision = publish(late, { ...place, at: new Date('2026-11-22T10:05:00Z') }, acting('claire', { minutes: 6 }));
  expect(decision.ok && decision.timeline[0]?.occurredAt).toEqual(late.approvedAt);
});

test('a published statement that is withdrawn says where it must be taken down by hand', () => {
  const published = ok(publish(approved(), place, acting('claire', { minutes: 7 })));
  const decision = withdraw(published, 'Wrong batch number', acting('tom', { minutes: 9 }));
  expect(decision.ok && decision.timeline[0]?.text).toEqual({
    en: expect.stringContaining('must be taken down by hand: https://aurore.example/news'),
    fr: expect.stringContaining('doit être dépublié à la main : https://aurore.example/news'),
  });
});

test('a department with nobody is named, and the lead approves in its place, said as such', () => {
  const short = roster.filter((d) => d.key !== 'legal');
  const once = drafted('marc');
  const decision = submit(once, seen(once), acting('marc', { roster: short }));
  expect(decision.ok && decision.timeline[0]?.text.en).toContain(
    'Legal: nobody on the roster, so the crisis lead approves in its place.',
  );
  const review = ok(decision);
  expect(review.askedIds).toEqual(['claire', 'tom']);
  const byLead = approve(review, seen(review), acting('tom', { roster: short }));
  expect(ok(byLead).verdicts).toMatchObject([{ department: 'legal', userId: 'tom', capacity: 'lead' }]);
  expect(byLead.ok && byLead.timeline[0]?.text.fr).toContain('Juridique (le pilote de crise, à sa place)');
});

test('a graver level adds approvals and keeps those that were given, even before the product has noticed', () => {
  const once = submitted('marc', { kind: 'press_release' }, 'incident');
  const two = ok(approve(once, seen(once), acting('claire')));
  const three = ok(approve(two, seen(once), acting('helen')));
  const grave = acting('tom', { level: 'major' });
  expect(ok(approve(three, seen(once), grave)).status).toBe('in_review');
  const followed = followCrisis(three, grave);
  expect(ok(followed)).toMatchObject({
    requiredDepartments: ['communication', 'legal', 'lead', 'management'],
    askedIds: ['claire', 'helen', 'tom', 'anne'],
  });
  expect(ok(followed).verdicts).toEqual(three.verdicts);
  expect(code(followCrisis(ok(followed), grave))).toBe('nothing_to_do');
});

test('a graver level takes back what is ready to be published until those it adds have approved too', () => {
  const ready = approved();
  const grave = acting('tom', { level: 'major', minutes: 20 });
  expect(code(publish(ready, place, grave))).toBe('not_approved');
  const raised = followCrisis(ready, grave);
  expect(ok(raised)).toMatchObject({
    status: 'in_review',
    approvedAt: null,
    requiredDepartments: ['communication', 'legal', 'lead'],
    verdicts: ready.verdicts,
  });
  expect(raised.ok && raised.timeline.map((entry) => entry.kind)).toEqual(['statement_required']);
  expect(raised.ok && raised.timeline[0]?.text.en).toContain('ready to be published no longer');
  expect(raised.ok && raised.jobs.map((job) => job.kind)).toContain('statements.relay');
  expect(waitingOn(ok(raised), roster, grave.crisis).map((a) => a.seat)).toEqual(['lead']);
  const again = ok(approve(ok(raised), seen(ready), acting('anne', { level: 'major', minutes: 21 })));
  expect(again.status).toBe('approved');
  expect(code(followCrisis(again, grave))).toBe('nothing_to_do');
  expect(code(followCrisis(ready, acting('tom')))).toBe('nothing_to_do');
});

test('a new lead is asked in the place of the old one', () => {
  const once = submitted('marc', { kind: 'press_release' });
  const followed = ok(followCrisis(once, acting('tom', { crisis: { leadId: 'anne' } })));
  expect(followed.askedIds).toEqual(['claire', 'helen', 'tom', 'anne']);
});

test('deputies are asked once, and only those of departments that are silent', () => {
  const once = submitted('tom');
  const first = relay(once, ringOf(once), acting('tom', { minutes: 15 }));
  expect(ok(first).askedIds).toEqual(['claire', 'helen', 'marc']);
  expect(first.ok && first.timeline).toHaveLength(1);
  expect(code(relay(ok(first), ringOf(once), acting('tom', { minutes: 16 })))).toBe('nothing_to_do');
  const answered = ok(approve(once, seen(once), acting('claire')));
  const none = relay(answered, ringOf(once), acting('tom', { minutes: 15 }));
  expect(ok(none).askedIds).toEqual(['claire', 'helen']);
  expect(none.ok && none.timeline).toEqual([]);
});

test('an alarm of a version that was replaced, decided or closed finds nothing to do', () => {
  for (const statement of [withTwo(), approved(), drafted()])
    for (const wake of [relay, runOut])
      expect(code(wake(statement, { ...ringOf(statement), version: 1 }, acting('tom', { minutes: 40 })))).toBe(
        'nothing_to_do',
      );
  const waiting = submitted();
  expect(code(relay(waiting, ringOf(waiting), acting('tom', { crisis: { status: 'closed' } })))).toBe('nothing_to_do');
  const late = ok(runOut(waiting, ringOf(waiting), acting('tom', { minutes: 30 })));
  expect(code(runOut(late, ringOf(waiting), acting('tom', { minutes: 31 })))).toBe('nothing_to_do');
});

describe('the time that approvers were told', () => {
  const due = (statement: Statement) =>
    ((statement.dueAt?.getTime() ?? 0) - (statement.submittedAt?.getTime() ?? 0)) / MINUTE;
  const minutesAfter = (statement: Statement, minutes: number) =>
    ((statement.submittedAt?.getTime() ?? 0) - start.getTime()) / MINUTE + minutes;
  const follow = (statement: Statement, level: Level, minutes: number) =>
    followCrisis(statement, acting('tom', { level, minutes: minutesAfter(statement, minutes) }));

  test('comes nearer when the level rises, and its alarms ring then and not before', () => {
    const once = submitted();
    expect(due(once)).toBe(30);
    const raised = follow(once, 'major', 2);
    const next = ok(raised);
    expect(due(next)).toBe(10);
    expect(raised.ok && raised.jobs.map(({ kind, at }) => [kind, at]).slice(-3, -1)).toEqual([
      ['statements.relay', after(next.submittedAt as Date, 5 * MINUTE)],
      ['statements.overdue', next.dueAt],
    ]);
    const at = acting('tom', { level: 'major', minutes: minutesAfter(once, 10) });
    expect(code(runOut(next, ringOf(once), at))).toBe('nothing_to_do');
    expect(ok(runOut(next, ringOf(next), at)).overdueAt).toEqual(at.now);
  });

  test('leaves half of the new time where that is over already, and never more than was promised', () => {
    expect(due(ok(follow(submitted(), 'major', 12)))).toBe(17);
    const nearlyOver = follow(submitted(), 'major', 28);
    expect(ok(nearlyOver).requiredDepartments).toContain('lead');
    expect(due(ok(nearlyOver))).toBe(30);
  });

  test('goes away again when the level falls, and stays where nothing but the lead changes', () => {
    const raised = ok(follow(submitted(), 'major', 2));
    const fallen = follow(raised, 'incident', 6);
    expect(due(ok(fallen))).toBe(30);
    const led = followCrisis(raised, acting('tom', { level: 'major', minutes: 8, crisis: { leadId: 'anne' } }));
    expect(due(led.ok ? led.value : raised)).toBe(10);
    expect(code(follow(ok(fallen), 'incident', 20))).toBe('nothing_to_do');
  });

  test('is followed from then on where an earlier version had only set the alarms', () => {
    const old = { ...submitted(), dueAt: null };
    const at = acting('tom', { minutes: minutesAfter(old, 30) });
    expect(ok(runOut(old, { version: 1 }, at)).overdueAt).toEqual(at.now);
    const next = ok(follow(old, 'major', 2));
    expect(due(next)).toBe(10);
    expect(code(runOut(next, { version: 1 }, at))).toBe('nothing_to_do');
  });
});

const cell = ['claire', 'marc', 'helen', 'anne', 'tom'];
const press = fc.record({
  who: fc.constantFrom(...cell),
  act: fc.constantFrom(
    'edit',
    'submit',
    'approve',
    'approve',
    'approve',
    'changes',
    'reject',
    'withdraw',
    'relay',
    'publish',
  ),
  old: fc.boolean(),
  text: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom<StatementKind>(...statementKinds),
  level: fc.constantFrom<Level>('watch', 'incident', 'crisis', 'major'),
  lead: fc.constantFrom('claire', 'tom', 'anne'),
});

test('whatever people press, nothing is approved by its author, on another text or without a required department', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom<StatementKind>(...statementKinds),
      fc.array(press, { maxLength: 40 }),
      (kind, presses) => {
        let statement = drafted('tom', { kind });
        const first = seen(statement);
        let minutes = 0;
        for (const { who, act, old, text, kind: other, level, lead } of presses) {
          minutes += 1;
          const at = acting(who, { level, minutes, crisis: { leadId: lead } });
          const shown = old ? first : seen(statement);
          const decision = {
            edit: () => edit(statement, { ...wording, kind: other, body: text }, shown.version, at),
            submit: () => submit(statement, shown, at),
            approve: () => approve(statement, shown, at),
            changes: () => turnDown(statement, shown, 'changes_requested', 'Why', at),
            reject: () => turnDown(statement, shown, 'rejected', 'Why', at),
            withdraw: () => withdraw(statement, 'Why', at),
            relay: () => relay(statement, { ...ringOf(statement), version: shown.version }, at),
            publish: () => publish(statement, { ...place, at: at.now }, at),
          }[act]();
          if (!decision.ok) continue;
          if (act !== 'edit' && act !== 'withdraw' && act !== 'publish')
            expect(shown.hash).toBe(statement.current.hash);
          const before = statement;
          statement = decision.value;
          reached.add(statement.status);
          explained(statement, level);
          if (act === 'edit')
            expect(statement.verdicts.filter((v) => v.versionNumber === statement.current.number)).toEqual([]);
          else expect(statement.current).toEqual(before.current);
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect([...reached]).toEqual(
    expect.arrayContaining(['draft', 'in_review', 'approved', 'changes_requested', 'rejected', 'withdrawn']),
  );
});

/** The state follows from the rows of verdicts alone. */
function explained(statement: Statement, level: Level) {
  const { current, status } = statement;
  const live = statement.verdicts.filter((v) => v.versionNumber === current.number);
  for (const verdict of live) {
    expect(verdict).toMatchObject({ versionNumber: current.number, versionHash: current.hash });
    expect(authorsOf(statement)).not.toContain(verdict.userId);
  }
  const has = (seat: string) => live.some((v) => v.department === seat && v.verdict === 'approved');
  if (status === 'approved' || status === 'published') {
    expect(statement.requiredDepartments.length).toBeGreaterThan(0);
    for (const seat of statement.requiredDepartments) expect(has(seat)).toBe(true);
    expect(live.every((v) => v.verdict === 'approved')).toBe(true);
  }
  if (status === 'in_review') {
    const waiting = waitingOn(statement, roster, { leadId: 'tom', level }).map((a) => a.seat);
    const all = [...new Set([...statement.requiredDepartments, ...requiredFor(current.kind, level)])];
    expect(waiting).toEqual(all.filter((seat) => !has(seat)));
  }
  if (status === 'rejected' || status === 'changes_requested')
    expect(live.some((v) => v.verdict === status && v.reason)).toBe(true);
  if (status === 'draft') expect(live).toEqual([]);
}

test('who wrote a text does not approve it, whoever submitted it', () => {
  const text = drafted('claire');
  const given = ok(submit(text, seen(text), acting('marc')));
  const answer = (by: string) => approve(given, seen(given), acting(by));
  expect(answer('claire')).toMatchObject({ refusal: { code: 'own_words', as: 'author' } });
  expect(answer('marc')).toMatchObject({ refusal: { code: 'own_words', as: 'submitter' } });
});

test('an approval of other words under the same number counts for nothing', () => {
  const once = submitted();
  const twice = ok(approve(once, seen(once), acting('claire')));
  expect(waitingOn(twice, roster, crisisAt('incident')).map((w) => w.seat)).toEqual(['legal']);
  const other = { ...twice, current: { ...twice.current, hash: 'of other words' } };
  expect(waitingOn(other, roster, crisisAt('incident')).map((w) => w.seat)).toEqual(['communication', 'legal']);
});
