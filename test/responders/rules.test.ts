import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Level, levelPlans, levels } from '../../src/core/levels.ts';
import { after, MINUTE, SECOND } from '../../src/core/time.ts';
import type { Crisis } from '../../src/crises/rules.ts';
import { readCall } from '../../src/responders/call-words.ts';
import { alarmKey, type Caller, type Callout, stageIds } from '../../src/responders/callout.ts';
import { calloutLines } from '../../src/responders/lines.ts';
import { answer, callAgain, callDepartments, callPeople, cannot, join, silence } from '../../src/responders/rules.ts';
import { answerEach, answerOpen, declineOpen } from '../../src/responders/several.ts';
import { callWaits } from '../../src/responders/views.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const now = new Date('2026-11-22T17:00:00Z');
const crisis = aCrisis(now);
const roster = [
  { key: 'communication', name: null, peopleIds: ['UCOM'], deputyIds: ['UCOM2'] },
  { key: 'legal', name: null, peopleIds: ['ULEG1', 'ULEG2'], deputyIds: [] },
  { key: 'marketing', name: null, peopleIds: [], deputyIds: ['UMKT2'] },
  { key: 'management', name: null, peopleIds: ['UMAN'], deputyIds: [] },
  { key: 'hr', name: null, peopleIds: [], deputyIds: [] },
];
const by = (userId: string, more: Partial<Caller> = {}): Caller => ({
  userId,
  inCell: true,
  isLead: userId === crisis.leadId,
  isOutsider: false,
  department: null,
  inRoom: true,
  presentAt: null,
  calledAt: null,
  ...more,
});
const first = (c: Crisis = crisis) => callDepartments(c, roster, [], new Set(), now);
const calloutOf = (department: string, c: Crisis = crisis): Callout =>
  first(c).value.callouts.find((callout) => callout.department === department) as Callout;
const kinds = (jobs: readonly { kind: string }[]) => jobs.map((job) => job.kind);
const refusal = (decision: { ok: boolean }) => (decision as { refusal?: { code: string } }).refusal?.code ?? null;

describe('calling departments', () => {
  test('a department with nobody is not called, one with deputies only is called at its deputies', () => {
    const { value } = first();
    expect(value.callouts.map((c) => [c.department, c.stage])).toEqual([
      ['communication', 'people'],
      ['legal', 'people'],
      ['marketing', 'deputies'],
      ['management', 'people'],
    ]);
  });

  test.each(levels.map((level) => [level]))('level %s gives its own delay, and calls whom the level calls', (level) => {
    const { value, jobs } = first({ ...crisis, level });
    expect(value.callouts.map((c) => c.dueAt.getTime() - now.getTime())).toEqual(
      value.callouts.map(() => levelPlans[level].answer * MINUTE),
    );
    expect(value.callouts.some((c) => c.department === 'management')).toBe(level === 'crisis' || level === 'major');
    expect(jobs.filter((job) => job.kind === 'responders.escalate').map((job) => job.key)).toEqual(
      value.callouts.map(alarmKey),
    );
  });

  test('calling a second time calls nobody twice', () => {
    const again = callDepartments(crisis, roster, first().value.callouts, new Set(), after(now, MINUTE));
    expect(again).toMatchObject({ value: { callouts: [], cell: [] }, timeline: [], cancel: [] });
    expect(kinds(again.jobs)).toEqual(['responders.show_call', 'first_hour.start']);
  });

  test('the first hour is ordered even where a person called a department before the room was ready, under one key', () => {
    const early = callDepartments(crisis, roster, [calloutOf('legal')], new Set(), now);
    const keys = [early, callDepartments(crisis, roster, [], new Set(), now)].map(({ jobs }) =>
      jobs.filter(({ kind }) => kind === 'first_hour.start').map(({ key }) => key),
    );
    expect(keys).toEqual([[`first_hour.start:${crisis.id}`], [`first_hour.start:${crisis.id}`]]);
  });

  test('a higher level calls the departments it adds and leaves the silent ones less time', () => {
    const incident = { ...crisis, level: 'incident' as const };
    const before = first(incident).value.callouts;
    const raised = callDepartments({ ...crisis, level: 'major' }, roster, before, new Set(), after(now, 7 * MINUTE));
    expect(raised.value.callouts.map((c) => c.department)).toEqual([
      'management',
      'communication',
      'legal',
      'marketing',
    ]);
    expect(raised.value.callouts.slice(1).every((c) => c.dueAt.getTime() === now.getTime() + 7 * MINUTE)).toBe(true);
    expect(raised.cancel).toEqual(before.map(alarmKey));
  });

  test('the time that was said comes nearer when the level rises, goes away when it falls, and rings then', () => {
    const before = first().value.callouts;
    const at = (level: Level, callouts: readonly Callout[], minutes: number) =>
      callDepartments({ ...crisis, level }, roster, callouts, new Set(), after(now, minutes * MINUTE));
    const due = (callouts: readonly Callout[]) => [
      ...new Set(callouts.map((c) => (c.dueAt.getTime() - now.getTime()) / MINUTE)),
    ];
    const raised = at('major', before, 2);
    expect(due(raised.value.callouts)).toEqual([5]);
    const fallen = at('incident', raised.value.callouts, 3);
    expect(due(fallen.value.callouts)).toEqual([15]);
    for (const [change, were] of [
      [raised, before],
      [fallen, raised.value.callouts],
    ] as const) {
      expect(change.cancel).toEqual(were.map(alarmKey));
      const alarms = change.jobs.filter(({ kind }) => kind === 'responders.escalate');
      expect(alarms.map(({ key, at }) => [key, at])).toEqual(change.value.callouts.map((c) => [alarmKey(c), c.dueAt]));
      expect(kinds(change.jobs)).toContain('war_room.refresh_brief');
      expect(kinds(change.jobs)).toContain('responders.show_call');
    }
    expect(at('incident', fallen.value.callouts, 4).value.callouts).toEqual([]);
  });

  test('calling a silent department again does not put off what was said', () => {
    const legal = calloutOf('communication');
    const again = callAgain(crisis, roster[0] as never, legal, '', by('ULEAD'), new Set(), after(now, 4 * MINUTE));
    if (!again.ok) throw new Error('refused');
    expect(again.value.callout.dueAt).toEqual(legal.dueAt);
    const same = callDepartments(crisis, roster, [again.value.callout], new Set(), after(now, 5 * MINUTE));
    expect(same.value.callouts.filter((c) => c.department === 'communication')).toEqual([]);
  });

  test('whoever declared the crisis has answered for their department', () => {
    const declared = first({ ...crisis, declaredBy: 'UCOM' }).value.callouts[0];
    expect(declared).toMatchObject({ department: 'communication', answeredBy: 'UCOM' });
  });

  test('a closed crisis, or one without a room, calls nobody', () => {
    for (const c of [
      { ...crisis, status: 'closed' as const },
      { ...crisis, channelId: null },
    ])
      expect(first(c).value.callouts).toEqual([]);
  });
});

describe('answering', () => {
  test('the first answer counts and takes back the alarm in the same decision', () => {
    const callout = calloutOf('legal');
    const decision = answer(crisis, callout, by('ULEG1'), after(now, 3 * MINUTE));
    expect(decision).toMatchObject({
      ok: true,
      value: { outcome: 'answered', callout: { answeredBy: 'ULEG1', version: 2 } },
      cancel: [alarmKey(callout)],
      timeline: [{ kind: 'callout_answered', data: { afterMs: 3 * MINUTE } }],
    });
  });

  test.each<[string, Caller, string | null]>([
    ['one of its people', by('ULEG2'), null],
    ['one of its people who left the room', by('ULEG2', { inCell: false, inRoom: false }), null],
    ['the crisis lead', by('ULEAD'), null],
    ['somebody called to stand in', by('UXXX', { department: 'legal' }), null],
    ['a member of another department', by('UCOM', { department: 'communication' }), 'not_of_department'],
    ['a stranger', by('UXXX', { inCell: false, inRoom: false }), 'not_in_room'],
    ['a guest', by('ULEG1', { isOutsider: true }), 'outsider'],
  ])('%s answering for legal', (_who, caller, code) => {
    expect(refusal(answer(crisis, calloutOf('legal'), caller, now))).toBe(code);
  });

  test('nothing is answered once the crisis is closed, and a stranger is not even told that it is', () => {
    const closed = { ...crisis, status: 'closed' as const };
    expect(refusal(answer(closed, calloutOf('legal'), by('ULEG1'), now))).toBe('closed');
    expect(refusal(answer(closed, calloutOf('legal'), by('UXXX', { inCell: false }), now))).toBe('not_in_room');
  });

  test('repeating an answer changes nothing, a colleague is recorded as present, the lead learns who was first', () => {
    const first = answer(crisis, calloutOf('legal'), by('ULEG1'), after(now, MINUTE));
    if (!first.ok) throw new Error('refused');
    const { callout } = first.value;
    const later = after(now, 2 * MINUTE);
    expect(answer(crisis, callout, by('ULEG1'), later)).toMatchObject({
      value: { outcome: 'already_yours', callouts: [], cell: [] },
      timeline: [],
    });
    expect(answer(crisis, callout, by('ULEG2'), later)).toMatchObject({
      value: { outcome: 'also_present', callouts: [], cell: [{ userId: 'ULEG2', presentAt: later }] },
      timeline: [{ kind: 'responder_present' }],
    });
    const known = answer(crisis, callout, by('ULEG2', { presentAt: later }), after(later, MINUTE));
    expect(known).toMatchObject({ ok: true, timeline: [] });
    expect(refusal(answer(crisis, callout, by('ULEAD'), later))).toBe('already_answered');
  });
});

describe('the one button of all departments', () => {
  const at = after(now, MINUTE);
  const called = first().value.callouts;
  const twice = called.map((callout) => ({ ...callout, peopleIds: ['UCOM', ...callout.peopleIds] }));
  const outcome = (decision: ReturnType<typeof answerOpen>) =>
    decision.ok ? decision.value.answers.map((a) => `${a.callout.department} ${a.outcome}`) : decision.refusal.code;

  test.each<[string, readonly Callout[], Caller, string | string[]]>([
    ['the one who is called', called, by('UMAN'), ['management answered']],
    ['a deputy before their turn', called, by('UCOM2'), ['communication answered']],
    ['somebody called for several', twice, by('UCOM'), 'which'],
    ['somebody called by name', called, by('UXXX', { calledAt: now }), []],
    ['somebody who stands in', called, by('UXXX', { calledAt: now, department: 'legal' }), ['legal answered']],
    ['somebody of the cell', called, by('UXXX', { department: 'finance' }), 'not_called'],
    ['the lead, while others are asked', called, by('ULEAD'), 'which'],
    ['a stranger', called, by('UXXX', { inCell: false }), 'not_in_room'],
    ['a guest', called, by('ULEG1', { isOutsider: true }), 'outsider'],
  ])('pressed by %s', (_who, callouts, caller, expected) =>
    expect(outcome(answerOpen(crisis, callouts, caller, at))).toEqual(expected),
  );

  test('the lead takes what nobody answers', () => {
    const silent = called.map((c) =>
      c.department === 'legal' ? (silence(crisis, c, 1, at).value.callouts[0] ?? c) : c,
    );
    expect(outcome(answerOpen(crisis, silent, by('ULEAD'), at))).toEqual(['legal answered']);
  });

  test('whoever is asked for one and deputises for another answers where they are asked', () => {
    const also = called.map((c) => (c.department === 'legal' ? { ...c, deputyIds: ['UMAN'] } : c));
    expect(outcome(answerOpen(crisis, also, by('UMAN'), at))).toEqual(['management answered']);
  });

  test.each<[string, readonly Callout[], Caller, string | null]>([
    ['the one who is called', called, by('UMAN'), null],
    ['somebody called for several', twice, by('UCOM'), 'which'],
    ['a deputy before their turn', called, by('UCOM2'), 'already_relayed'],
    ['the lead', called, by('ULEAD'), 'not_called'],
    ['a stranger', called, by('UXXX', { inCell: false }), 'not_in_room'],
  ])('“I cannot” pressed by %s', (_who, callouts, caller, code) =>
    expect(refusal(declineOpen(crisis, callouts, caller, at))).toBe(code),
  );

  test('several are answered in one decision', () => {
    const decision = answerEach(crisis, twice, by('UCOM'), at);
    expect(decision).toMatchObject({ ok: true, cancel: twice.map(alarmKey) });
    expect(decision.ok && decision.timeline).toHaveLength(twice.length);
  });
});

describe('whom a call waits for', () => {
  const people = calloutOf('communication');
  const deputies = silence(crisis, people, 1, after(now, 10 * MINUTE)).value.callouts[0] as Callout;
  const lead = silence(crisis, deputies, 2, after(now, 20 * MINUTE)).value.callouts[0] as Callout;
  const whom = (callout: Callout, goneIds: string[] = []) =>
    callWaits(crisis, [callout], new Set(goneIds)).map(({ userId, news }) => `${userId} ${news}`);

  test('its people, then its deputies as well, and the lead in the end', () => {
    expect(whom(people)).toEqual(['UCOM asked']);
    expect(whom(deputies)).toEqual(['UCOM asked', 'UCOM2 asked']);
    expect(whom(lead)).toEqual(['UCOM asked', 'UCOM2 asked', 'ULEAD silent']);
  });

  test('nobody who cannot, who has gone, or for whom somebody has answered', () => {
    expect(whom({ ...deputies, declinedIds: ['UCOM'] })).toEqual(['UCOM2 asked']);
    expect(whom(deputies, ['UCOM2'])).toEqual(['UCOM asked']);
    expect(whom({ ...deputies, answeredBy: 'UCOM2', answeredAt: now })).toEqual([]);
  });

  test('a lead who is of the department hears of the silence only', () => {
    expect(whom({ ...lead, peopleIds: ['ULEAD'] })).toEqual(['UCOM2 asked', 'ULEAD silent']);
  });

  test('each says by when, as long as it is their turn, in one line that calls nobody', () => {
    const [asked] = callWaits(crisis, [people], new Set());
    expect(asked?.text(aReader(now))).toMatch(/^You are called for \*Communication\*, answer by <!date/);
    const [silent] = callWaits(crisis, [lead], new Set());
    expect(silent?.text(aReader(now))).toBe('You are called for *Communication*');
    expect(silent?.text(aReader(now, { language: 'fr' }))).toBe('*Alerte : service Communication*');
  });
});

describe('escalating', () => {
  test('people, then deputies, then the lead, each once', () => {
    const people = calloutOf('communication');
    const deputies = silence(crisis, people, 1, after(now, 10 * MINUTE));
    const second = deputies.value.callouts[0] as Callout;
    expect([second.stage, stageIds(second)]).toEqual(['deputies', ['UCOM2']]);
    expect(kinds(deputies.jobs)).toEqual([
      'war_room.add',
      'responders.show_call',
      'responders.mention',
      'responders.escalate',
    ]);
    const lead = silence(crisis, second, 2, after(now, 20 * MINUTE));
    const third = lead.value.callouts[0] as Callout;
    expect([third.stage, stageIds(third)]).toEqual(['lead', ['ULEAD']]);
    expect(kinds(lead.jobs)).toEqual(['responders.show_call', 'responders.mention']);
    for (const [callout, version] of [
      [second, 1],
      [third, 2],
      [third, 3],
    ] as const)
      expect(silence(crisis, callout, version, after(now, 30 * MINUTE))).toMatchObject({ timeline: [], jobs: [] });
  });

  test('in a team that was closed since, silence calls no deputies: it goes to the lead', () => {
    const closed = { ...crisis, isClosed: true };
    const { value, jobs } = silence(closed, calloutOf('communication'), 1, after(now, 10 * MINUTE));
    expect(value).toMatchObject({ callouts: [{ stage: 'lead', toldLeadId: 'ULEAD' }], cell: [] });
    expect(JSON.stringify(jobs)).not.toContain('UCOM2');
  });

  test('a department without deputies goes straight to the lead', () => {
    expect(silence(crisis, calloutOf('legal'), 1, now).value.callouts[0]?.stage).toBe('lead');
  });

  test('an alarm of a closed crisis does nothing', () => {
    const closed = { ...crisis, status: 'closed' as const };
    expect(silence(closed, calloutOf('legal'), 1, now)).toMatchObject({ timeline: [], jobs: [] });
  });

  test('“I cannot” calls the next in line at once, and says who cannot', () => {
    const decision = cannot(crisis, calloutOf('communication'), by('UCOM'), after(now, MINUTE));
    expect(decision).toMatchObject({
      value: { callout: { stage: 'deputies', declinedIds: ['UCOM'] } },
      timeline: [{ kind: 'callout_escalated', actorId: 'UCOM' }],
    });
    if (!decision.ok) throw new Error('refused');
    expect(refusal(cannot(crisis, decision.value.callout, by('UCOM'), now))).toBe('already_relayed');
    expect(refusal(cannot(crisis, calloutOf('communication'), by('ULEAD'), now))).toBe('not_of_department');
    expect(refusal(cannot(crisis, calloutOf('communication'), by('UXXX', { inCell: false }), now))).toBe('not_in_room');
  });

  test('whatever people and alarms do in whatever order: one answer, each stage left once, no alarm left behind', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('answer' as const), who: fc.constantFrom('UCOM', 'UCOM2', 'ULEAD', 'UXXX') }),
      fc.record({ kind: fc.constant('cannot' as const), who: fc.constantFrom('UCOM', 'UCOM2', 'ULEAD') }),
      fc.record({ kind: fc.constant('alarm' as const), version: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constant('level' as const), level: fc.constantFrom<Level>(...levels) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let at = now;
        let callout: Callout = { ...calloutOf('communication'), deputyIds: ['UCOM2', 'ULEAD'] };
        let open = crisis;
        const pending = new Set([alarmKey(callout)]);
        const entries: string[] = [];
        for (const a of acts) {
          at = after(at, 90 * SECOND);
          if (a.kind === 'level') open = { ...open, level: a.level };
          const decision =
            a.kind === 'answer'
              ? answer(open, callout, by(a.who, { inCell: a.who !== 'UXXX' }), at)
              : a.kind === 'cannot'
                ? cannot(open, callout, by(a.who), at)
                : a.kind === 'alarm'
                  ? silence(open, callout, a.version, at)
                  : callDepartments(open, [], [callout], new Set(), at);
          if (!decision.ok) continue;
          callout = decision.value.callouts[0] ?? callout;
          for (const key of decision.cancel) pending.delete(key);
          for (const job of decision.jobs) if (job.kind === 'responders.escalate') pending.add(job.key as string);
          entries.push(...decision.timeline.map((e) => `${e.kind}:${JSON.stringify(e.data?.['to'] ?? '')}`));
        }
        const changes = entries.filter((e) => !e.startsWith('responder_present'));
        expect(new Set(changes).size).toBe(changes.length);
        const waits = callout.answeredAt === null && callout.stage !== 'lead';
        expect([...pending]).toEqual(waits ? [alarmKey(callout)] : []);
      }),
    );
  });
});

describe('calling again and calling by name', () => {
  const lead = by('ULEAD');

  test('calling an answered department again starts from its people', () => {
    const answered = { ...calloutOf('communication'), answeredBy: 'UCOM', answeredAt: now };
    const later = after(now, 60 * MINUTE);
    const decision = callAgain(crisis, roster[0] as never, answered, 'new facts', lead, new Set(['UCOM']), later);
    expect(decision).toMatchObject({
      value: { callout: { round: 2, stage: 'people', answeredBy: null, reason: 'new facts', calledBy: 'ULEAD' } },
    });
  });

  test('calling a silent department louder neither puts off its deputies nor takes them back', () => {
    const silent = calloutOf('communication');
    const louder = callAgain(crisis, roster[0] as never, silent, '', lead, new Set(), after(now, 9 * MINUTE));
    expect(louder).toMatchObject({ value: { callout: { dueAt: silent.dueAt } }, cancel: [alarmKey(silent)] });
    const relayed = silence(crisis, silent, 1, after(now, 10 * MINUTE)).value.callouts[0] as Callout;
    const again = callAgain(crisis, roster[0] as never, relayed, '', lead, new Set(), after(now, 12 * MINUTE));
    expect(again).toMatchObject({ value: { callout: { stage: 'deputies' } } });
  });

  test('a department with nobody is refused', () => {
    expect(refusal(callAgain(crisis, roster[4] as never, null, '', lead, new Set(), now))).toBe('nobody_in_department');
  });

  test('guests, strangers of other organisations and deactivated accounts are named, the others are called', () => {
    const person = { isBot: false, isDeactivated: false, isGuest: false, isExternal: false };
    const wanted = [
      { userId: 'UOK', person },
      { userId: 'UGUEST', person: { ...person, isGuest: true } },
      { userId: 'UEXT', person: { ...person, isExternal: true } },
      { userId: 'UGONE', person: { ...person, isDeactivated: true } },
      { userId: 'UBOT', person: { ...person, isBot: true } },
      { userId: 'UNEW', person: null },
      { userId: 'ULEAD', person },
    ];
    expect(callPeople(crisis, wanted, null, 'press', lead, now)).toMatchObject({
      value: {
        called: ['UOK'],
        refused: [
          { userId: 'UGUEST', why: 'guest' },
          { userId: 'UEXT', why: 'external' },
          { userId: 'UGONE', why: 'deactivated' },
          { userId: 'UBOT', why: 'bot' },
          { userId: 'UNEW', why: 'unknown' },
          { userId: 'ULEAD', why: 'yourself' },
        ],
      },
    });
    expect(refusal(callPeople(crisis, wanted.slice(1), null, '', lead, now))).toBe('not_callable');
    expect(refusal(callPeople(crisis, wanted, null, '', by('UXXX', { inCell: false }), now))).toBe('not_in_room');
  });

  test.each<[string, Crisis, Caller, string | null]>([
    ['a stranger, a private crisis', crisis, by('UXXX', { inCell: false }), 'no_such_crisis'],
    [
      'a stranger, a closed private crisis',
      { ...crisis, status: 'closed' },
      by('U', { inCell: false }),
      'no_such_crisis',
    ],
    ['a stranger, an open crisis', { ...crisis, isPrivate: false }, by('UXXX', { inCell: false }), null],
    [
      'a guest, an open crisis',
      { ...crisis, isPrivate: false },
      by('U', { inCell: false, isOutsider: true }),
      'outsider',
    ],
    ['a called person', crisis, by('ULEG1', { inCell: false }), null],
  ])('joining: %s', (_case, c, caller, code) => {
    expect(refusal(join(c, first().value.callouts, null, caller, now))).toBe(code);
  });

  test('joining answers for one’s department', () => {
    const decision = join(crisis, first().value.callouts, null, by('ULEG1'), after(now, MINUTE));
    expect(decision).toMatchObject({
      value: { outcome: 'answered', callouts: [{ department: 'legal', answeredBy: 'ULEG1' }] },
    });
  });
});

test.each<[string, ReturnType<typeof readCall>]>([
  ['<@U1> the press is here', { userIds: ['U1'], department: null, reason: 'the press is here' }],
  ['<@U1>, <@U2> et <@U3> : voir <@U4>', { userIds: ['U1', 'U2', 'U3'], department: null, reason: 'voir <@U4>' }],
  ['legal', { userIds: [], department: 'legal', reason: '' }],
  ['Juridique: le régulateur appelle', { userIds: [], department: 'legal', reason: 'le régulateur appelle' }],
  ['human resources staff ask', { userIds: [], department: 'hr', reason: 'staff ask' }],
  ['legal <@U1> instead of Helen', { userIds: ['U1'], department: 'legal', reason: 'instead of Helen' }],
  ['please get <@U1>', { userIds: ['U1'], department: null, reason: 'please get <@U1>' }],
  ['somebody', { userIds: [], department: null, reason: '' }],
])('“/crisis call %s” is understood', (text, wish) => {
  const departments = [
    { key: 'legal', names: ['legal', 'Juridique'] },
    { key: 'hr', names: ['hr', 'Human resources', 'Ressources humaines'] },
  ];
  expect(readCall(text, departments)).toEqual(wish);
});

test('lines say who answered after how long, and who is awaited since when, in both languages', () => {
  const answered = { ...calloutOf('legal'), answeredBy: 'ULEG1', answeredAt: after(now, 3 * MINUTE) };
  const waiting = silence(crisis, calloutOf('communication'), 1, after(now, 10 * MINUTE)).value.callouts[0] as Callout;
  const named = (id: string) => ({ ULEG1: 'Helen <Park>', UCOM: 'Claire' })[id] ?? id;
  const since = '<!date^1795366800^{time}|22 Nov 2026, 18:00 (Europe/Paris)>';
  const at = after(now, 12 * MINUTE);
  expect(calloutLines([answered, waiting], named, 'en', at, 'Europe/Paris')).toEqual([
    '✅ Legal: Helen &lt;Park&gt;, after 3 min',
    `⏳ Communication: waiting for Claire since ${since} (deputies called)`,
  ]);
  expect(calloutLines([answered], named, 'fr', at)).toEqual(['✅ Juridique : Helen &lt;Park&gt;, en 3 min']);
});
