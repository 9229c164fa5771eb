import { describe, expect, test } from 'vitest';
import {
  changeWeights,
  endedWith,
  enterCase,
  mayCalibrate,
  replay,
  type SavedWeights,
} from '../../src/assessment/calibration.ts';
import { assessCrisis, decideLevel, linkToCrisis } from '../../src/assessment/level.ts';
import { planned, type Reassessment, reassessmentRang } from '../../src/assessment/reassess.ts';
import type { Assessment, History, Matter, Outcome } from '../../src/assessment/records.ts';
import {
  type Assessor,
  assessMatter,
  type Conclusion,
  conclude,
  standingOf,
  type Wish,
} from '../../src/assessment/rules.ts';
import { type Rating, standardWeights } from '../../src/assessment/score.ts';
import { isOutstanding, watchRang } from '../../src/assessment/watch.ts';
import { type Level, levelPlans, levels } from '../../src/core/levels.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Crisis, Member } from '../../src/crises/rules.ts';
import { aCrisis } from '../support/crisis.ts';
import { rating } from './support.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const none: History = { assessments: [], outcomes: [] };
const weights = { version: 0, weights: standardWeights };
const department = (key: string, peopleIds: string[], deputyIds: string[] = []) => ({
  key,
  name: null,
  peopleIds,
  deputyIds,
});
const roster = [
  department('communication', ['UCLAIRE'], ['UMARC']),
  department('legal', ['UHELEN']),
  department('management', ['UANNE']),
];
const person = (userId: string, change: Partial<Assessor> = {}): Assessor => ({
  userId,
  isOutsider: false,
  declarers: null,
  roster,
  ...change,
});
const helen = person('UHELEN');
const mild = rating({ reach: 1, source: 1, sentiment: 3, evidence: 3 });
const grave = rating({
  harm: 1,
  reach: 3,
  source: 3,
  sentiment: 3,
  evidence: 4,
  legal: 1,
  business: 1,
  internal: 2,
});
const wish = (given: Rating = mild, change: Partial<Wish> = {}): Wish => ({
  id: crypto.randomUUID(),
  title: ' A rumour ',
  account: '',
  url: null,
  baseline: '',
  concerned: [],
  ...given,
  ...change,
});
const code = (decision: { ok: true } | { ok: false; refusal: { code: string } }) =>
  decision.ok ? 'ok' : decision.refusal.code;

type Kept = { matter: Matter; history: History };
const fresh = { matter: null, history: none, weights, newMatterId: 'M1', workspaceId: 'T1' };
const first = (given: Rating = mild): Kept => {
  const decision = assessMatter(fresh, wish(given), helen, now);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return { matter: decision.value.matter, history: { assessments: [decision.value.assessment], outcomes: [] } };
};
const move = (kept: Kept, conclusion: Conclusion, by = helen, at = later(MINUTE)) =>
  conclude({ ...kept, outcomeId: crypto.randomUUID() }, kept.matter.version, conclusion, by, at);
const after = (kept: Kept, conclusion: Conclusion, at = later(MINUTE)) => {
  const decision = move(kept, conclusion, helen, at);
  if (!decision.ok) throw new Error(decision.refusal.code);
  const { matter, outcome } = decision.value;
  const history = { ...kept.history, outcomes: [...kept.history.outcomes, outcome] };
  return { kept: { matter, history }, decision };
};
const again = (kept: Kept, given: Rating, at: Date, by = helen) =>
  assessMatter({ ...fresh, ...kept }, wish(given), by, at);

describe('who may', () => {
  test.each<[string, Assessor, string]>([
    ['anybody of the company assesses', person('USAM'), 'ok'],
    ['no guest does', person('USAM', { isOutsider: true }), 'may_not_assess'],
    ['nobody else where declaring is for a few', person('USAM', { declarers: ['UANNE'] }), 'may_not_assess'],
    ['those few do', person('UANNE', { declarers: ['UANNE'] }), 'ok'],
  ])('%s', (_, by, expected) => {
    expect(code(assessMatter(fresh, wish(), by, now))).toBe(expected);
  });

  test.each<[string, Assessor, string]>([
    ['who assessed it', helen, 'ok'],
    ['management', person('UANNE'), 'ok'],
    ['communication, where everybody may declare', person('UCLAIRE'), 'ok'],
    ['its deputies', person('UMARC'), 'ok'],
    ['not communication where others are trusted', person('UCLAIRE', { declarers: ['USAM'] }), 'not_seen'],
    ['whoever is trusted to declare', person('USAM', { declarers: ['USAM'] }), 'ok'],
    ['nobody else', person('USAM'), 'not_seen'],
    ['no outsider, whatever they are named in', person('UANNE', { isOutsider: true }), 'not_seen'],
  ])('%s concludes on it', (_, by, expected) => {
    expect(code(move(first(), { kind: 'ordinary' }, by))).toBe(expected);
  });

  test.each<[string, Assessor, string]>([
    ['who assessed it', helen, 'ok'],
    ['not management', person('UANNE'), 'not_seen'],
    ['not communication', person('UCLAIRE'), 'not_seen'],
    ['not whoever is trusted to declare', person('USAM', { declarers: ['USAM'] }), 'not_seen'],
  ])('when it concerns one of us, %s sees it', (_, by, expected) => {
    const decision = assessMatter(fresh, wish(mild, { concerned: ['UTOM', 'UTOM'] }), helen, now);
    if (!decision.ok) throw new Error(decision.refusal.code);
    const { matter, assessment } = decision.value;
    expect(matter.concernedIds).toEqual(['UTOM']);
    const kept = { matter, history: { assessments: [assessment], outcomes: [] } };
    expect(code(move(kept, { kind: 'ordinary' }, by))).toBe(expected);
  });

  test('whom it turns out to concern sees it no more, though they assessed it', () => {
    const { matter, history } = first();
    const decision = assessMatter(
      { ...fresh, matter, history },
      wish(grave, { concerned: ['UHELEN'] }),
      person('UANNE'),
      later(HOUR),
    );
    if (!decision.ok) throw new Error(decision.refusal.code);
    const kept = {
      matter: decision.value.matter,
      history: { ...history, assessments: [...history.assessments, decision.value.assessment] },
    };
    expect(code(move(kept, { kind: 'ordinary' }, helen))).toBe('not_seen');
    expect(code(move(kept, { kind: 'ordinary' }, person('UANNE')))).toBe('ok');
  });

  test('nobody assesses what concerns themselves', () => {
    expect(code(assessMatter(fresh, wish(mild, { concerned: ['UHELEN'] }), helen, now))).toBe('concerns_assessor');
  });

  test('nobody else assesses it again', () => {
    expect(code(again(first(), grave, later(HOUR), person('USAM')))).toBe('not_seen');
    expect(code(again(first(), grave, later(HOUR), person('UANNE')))).toBe('ok');
  });
});

describe('a matter', () => {
  test.each<[Partial<Wish>, string]>([
    [{ title: '  ' }, 'title_missing'],
    [{ title: 'x'.repeat(151) }, 'too_long'],
    [{ baseline: 'x'.repeat(301) }, 'too_long'],
    [{ account: 'x'.repeat(2001) }, 'too_long'],
    [{ title: 'x'.repeat(150), baseline: 'x'.repeat(300) }, 'ok'],
  ])('needs a title, of a length that is kept: %j', (change, expected) => {
    expect(code(assessMatter(fresh, wish(mild, change), helen, now))).toBe(expected);
  });

  test.each<[Conclusion, string]>([
    [{ kind: 'ordinary' }, 'ok'],
    [{ kind: 'watch', until: later(HOUR) }, 'ok'],
    [{ kind: 'watch', until: null }, 'time_missing'],
    [{ kind: 'watch', until: now }, 'time_past'],
    [{ kind: 'watch', until: later(32 * DAY) }, 'time_too_far'],
    [{ kind: 'end' }, 'not_watched'],
    [{ kind: 'override', level: 'crisis', reason: ' ' }, 'reason_missing'],
    [{ kind: 'override', level: 'crisis', reason: 'x'.repeat(501) }, 'too_long'],
    [{ kind: 'override', level: 'crisis', reason: 'A minor is named' }, 'ok'],
  ])('is concluded: %j', (conclusion, expected) => {
    expect(code(move(first(), conclusion))).toBe(expected);
  });

  test('a press on an older state says what it has become', () => {
    const { kept } = after(first(), { kind: 'ordinary' });
    expect(conclude({ ...kept, outcomeId: 'O2' }, 1, { kind: 'ordinary' }, helen, now)).toMatchObject({
      refusal: { code: 'stale', matter: { status: 'ordinary' } },
    });
  });

  test('routed to ordinary care, it takes back its alarm, and can be assessed anew', () => {
    const watched = after(first(), { kind: 'watch', until: later(HOUR) });
    const { kept, decision } = after(watched.kept, { kind: 'ordinary' });
    expect(decision.cancel).toEqual([watched.kept.matter.alarmKey]);
    expect(kept.matter).toMatchObject({ status: 'ordinary', alarmKey: null, reassessAt: null });
    expect(again(kept, grave, later(DAY))).toMatchObject({ value: { matter: { status: 'assessed' } } });
  });

  test('once declared it is assessed in its room only', () => {
    const kept = first();
    const matter: Matter = { ...kept.matter, status: 'declared' };
    expect(code(again({ ...kept, matter }, grave, later(HOUR)))).toBe('already_declared');
    expect(code(move({ ...kept, matter }, { kind: 'ordinary' }))).toBe('already_declared');
  });

  test('a level somebody chose stands, and is held like one that was computed', () => {
    const { kept } = after(first(), { kind: 'override', level: 'crisis', reason: 'A minor is named' });
    expect(standingOf(kept.history)).toEqual({ level: 'crisis', since: later(MINUTE) });
    const next = again(kept, mild, later(7 * HOUR));
    expect(next).toMatchObject({ value: { assessment: { computed: 'watch', level: 'crisis', before: 'crisis' } } });
  });
});

describe('a watch', () => {
  const watched = (at = later(4 * HOUR)) => after(first(), { kind: 'watch', until: at });

  test('sets one alarm, which reminds whoever assessed it last, once', () => {
    const { kept, decision } = watched();
    const { matter } = kept;
    expect(decision.jobs).toMatchObject([{ kind: 'assessment.watch_due', at: later(4 * HOUR), key: matter.alarmKey }]);
    const rang = watchRang(matter, matter.alarmKey ?? '', matter.watcherId);
    expect(rang?.jobs).toMatchObject([{ kind: 'assessment.show_watch', data: { userId: 'UHELEN', reminder: 1 } }]);
    if (!rang) throw new Error('silent');
    expect(isOutstanding(rang.matter, 1)).toBe(true);
    expect(watchRang(rang.matter, matter.alarmKey ?? '', 'UHELEN')).toBeNull();
  });

  test.each<[string, Conclusion]>([
    ['moved', { kind: 'watch', until: later(9 * HOUR) }],
    ['ended', { kind: 'end' }],
    ['closed', { kind: 'ordinary' }],
  ])('that was %s does not ring any more', (_, conclusion) => {
    const { kept } = watched();
    const { kept: next, decision } = after(kept, conclusion);
    expect(decision.cancel).toEqual([kept.matter.alarmKey]);
    expect(watchRang(next.matter, kept.matter.alarmKey ?? '', 'UHELEN')).toBeNull();
  });

  test('assessed again stays a watch, with the next time its level says, and its reminder loses its buttons', () => {
    const { kept } = watched();
    const rang = watchRang(kept.matter, kept.matter.alarmKey ?? '', 'UHELEN');
    const decision = again({ ...kept, matter: rang?.matter ?? kept.matter }, grave, later(5 * HOUR), person('UANNE'));
    if (!decision.ok) throw new Error(decision.refusal.code);
    expect(decision.value.matter).toMatchObject({
      status: 'watch',
      watcherId: 'UANNE',
      reassessAt: later(6 * HOUR),
      remindedId: null,
    });
    expect(decision.jobs.map(({ kind }) => kind)).toEqual(['assessment.watch_due', 'assessment.show_watch']);
    expect(isOutstanding(decision.value.matter, 1)).toBe(false);
  });
});

const crisis = (level: Level = 'incident') => aCrisis(now, { level, leadId: 'UCLAIRE', declaredBy: 'UCLAIRE' });
const member: Member = { userId: 'UTOM', inCell: true, isLead: false };
const stranger: Member = { userId: 'USAM', inCell: false, isLead: false };

describe('in a crisis', () => {
  const assessed = (given: Rating, at: Crisis, by = member) =>
    assessCrisis(at, { history: none, weights, levelSince: now }, wish(given, { title: '' }), by, later(HOUR));
  const made = (given: Rating, at: Crisis): Assessment => {
    const decision = assessed(given, at);
    if (!decision.ok) throw new Error(decision.refusal.code);
    return decision.value;
  };
  const decide = (assessment: Assessment, level: Level, reason = '', by = member, at = crisis(), history?: History) =>
    decideLevel(
      at,
      { id: 'O1', assessment, level, reason, history: history ?? { assessments: [assessment], outcomes: [] } },
      by,
      later(2 * HOUR),
    );

  test('only the cell of an open crisis assesses it', () => {
    expect(code(assessed(grave, crisis(), stranger))).toBe('not_in_room');
    expect(code(assessed(grave, { ...crisis(), status: 'closed' }))).toBe('closed');
    expect(code(assessed(grave, crisis()))).toBe('ok');
  });

  test('the timeline tells score, level and rule in both languages, and the values in its data', () => {
    expect(assessed(grave, crisis())).toMatchObject({
      timeline: [
        {
          kind: 'crisis_assessed',
          actorId: 'UTOM',
          text: {
            en: 'Assessed: 56.5 out of 100, Crisis. The score decides: from 50 on, the level is Crisis.',
            fr: 'Évaluation : 56,5 sur 100, Crise. Le score décide : à partir de 50, le niveau est « Crise ».',
          },
          data: { score: 56.5, level: 'crisis', values: grave.values },
        },
      ],
    });
  });

  test('the level changes by one press, with what was computed as its reason', () => {
    const decision = decide(made(grave, crisis()), 'crisis');
    expect(decision).toMatchObject({
      value: { crisis: { level: 'crisis' }, outcome: { kind: 'applied', level: 'crisis', reason: '' } },
      timeline: [{ kind: 'level_changed' }],
    });
  });

  test.each<[string, () => unknown, string]>([
    ['a stranger', () => decide(made(grave, crisis()), 'crisis', '', stranger), 'not_in_room'],
    ['another level without a reason', () => decide(made(grave, crisis()), 'major'), 'reason_missing'],
    [
      'the level in force',
      () => decide(made(grave, crisis('crisis')), 'crisis', '', member, crisis('crisis')),
      'same_level',
    ],
    [
      'an assessment that another one replaced',
      () => {
        const [old, newer] = [made(grave, crisis()), made(mild, crisis())];
        return decide(old, 'crisis', '', member, crisis(), { assessments: [old, newer], outcomes: [] });
      },
      'superseded',
    ],
  ])('not: %s', (_, act, expected) => {
    expect(code(act() as { ok: true })).toBe(expected);
  });

  test('keeping the level against what was computed is recorded with its reason', () => {
    const decision = decide(made(grave, crisis()), 'incident', 'The video is fake');
    expect(decision).toMatchObject({
      value: { crisis: { level: 'incident' }, outcome: { kind: 'overridden', level: 'incident' } },
      timeline: [{ kind: 'level_kept', text: { en: expect.stringContaining('The video is fake') } }],
    });
  });

  test('what was assessed before the declaration is told once, if its declarer may see it', () => {
    const kept = { ...first(grave), outcomeId: 'O9' };
    const by = (userId: string) => ({ ...crisis('crisis'), declaredBy: userId });
    expect(linkToCrisis(kept, by('UHELEN'), helen, later(HOUR))).toMatchObject({
      value: { matter: { status: 'declared' }, outcome: { kind: 'declared', level: 'crisis' } },
      timeline: [{ kind: 'assessed_before', occurredAt: now, actorId: 'UHELEN' }],
    });
    expect(code(linkToCrisis(kept, by('USAM'), person('USAM'), later(HOUR)))).toBe('nothing_to_link');
    const declared = { ...kept, matter: { ...kept.matter, status: 'declared' as const } };
    expect(code(linkToCrisis(declared, by('UHELEN'), helen, later(HOUR)))).toBe('nothing_to_link');
  });
});

describe('when a crisis is assessed again', () => {
  const minutesOf = (row: Reassessment, since = now) => row.dueAt && (row.dueAt.getTime() - since.getTime()) / MINUTE;

  test.each(levels.map((level) => [level, levelPlans[level].reassess] as const))('at %s: %j', (level, beat) => {
    let { row } = planned(crisis(level), null, 'start', now);
    for (let step = 0; step < 6; step += 1) {
      expect(minutesOf(row)).toBe(beat && (step < beat.times ? beat.first : beat.later));
      ({ row } = planned(crisis(level), row, 'assessed', now));
    }
    expect(minutesOf(planned(crisis(level), row, 'level', now).row)).toBe(beat?.first ?? null);
  });

  test('there is one to come at most, and what was planned before is taken back', () => {
    const one = planned(crisis(), null, 'start', now);
    const two = planned(crisis(), one.row, 'assessed', later(HOUR));
    expect(two.cancel).toEqual([one.row.alarmKey]);
    expect(two.jobs.map(({ kind }) => kind)).toEqual(['assessment.reassess']);
    expect(reassessmentRang(crisis(), two.row, one.row.alarmKey ?? '')).toBeNull();
  });

  test('it rings once, for the lead, and not after the close', () => {
    const { row } = planned(crisis(), null, 'start', now);
    const key = row.alarmKey ?? '';
    expect(reassessmentRang({ ...crisis(), status: 'closed' }, row, key)).toBeNull();
    const rang = reassessmentRang(crisis(), row, key);
    expect(rang).toMatchObject({ row: { remindedId: 'UCLAIRE', reminder: 1 }, jobs: [{ kind: 'waiting.look' }] });
    expect(reassessmentRang(crisis(), rang?.row ?? null, key)).toBeNull();
    const next = planned(crisis(), rang?.row ?? null, 'assessed', later(3 * HOUR));
    expect(next.jobs.map(({ kind }) => kind)).toEqual([
      'assessment.reassess',
      'assessment.show_reminder',
      'waiting.look',
    ]);
    expect(next.row.remindedId).toBeNull();
  });

  test('nothing is planned for a closed crisis', () => {
    expect(planned({ ...crisis(), status: 'closed' }, null, 'start', now)).toMatchObject({
      row: { dueAt: null },
      jobs: [],
    });
  });
});

describe('calibrating', () => {
  const anne = { ...person('UANNE'), isAdmin: false };
  const current: SavedWeights = { version: 0, weights: standardWeights, saved: null };
  const heavier = { ...standardWeights, business: 28, harm: 10, sentiment: 0 };

  test.each<[string, Partial<Parameters<typeof changeWeights>[1]>, string]>([
    ['a sum of 100, and a reason', {}, 'ok'],
    ['another sum', { weights: { ...heavier, harm: 11 } }, 'weights_sum'],
    ['less than nothing', { weights: { ...heavier, harm: -2, legal: 24 } }, 'weights_range'],
    ['halves', { weights: { ...heavier, harm: 10.5, legal: 11.5 } }, 'weights_range'],
    ['what is no number', { weights: { ...heavier, harm: Number.NaN } }, 'weights_range'],
    ['the same', { weights: standardWeights }, 'weights_same'],
    ['no reason', { reason: ' ' }, 'weights_reason'],
    ['what somebody changed meanwhile', { basedOn: 3 }, 'weights_stale'],
  ])('%s', (_, change, expected) => {
    expect(
      code(changeWeights(current, { weights: heavier, reason: 'ten cases', basedOn: 0, ...change }, anne, now)),
    ).toBe(expected);
  });

  test('is for those in charge', () => {
    expect(mayCalibrate(anne)).toBe(true);
    expect(mayCalibrate({ ...person('UHELEN'), isAdmin: false })).toBe(false);
    expect(mayCalibrate({ ...person('UHELEN'), isAdmin: true })).toBe(true);
    expect(mayCalibrate({ ...person('UANNE', { isOutsider: true }), isAdmin: true })).toBe(false);
    expect(mayCalibrate({ ...person('USAM', { roster: [] }), isAdmin: false })).toBe(true);
  });

  test('replays every case with both weights, side by side, and counts', () => {
    const cases = [
      { title: 'Lids', ended: 'crisis' as const, ...rating({ reach: 3, source: 3, business: 4, evidence: 3 }) },
      { title: 'Tweet', ended: 'routine' as const, ...rating({ sentiment: 3, evidence: 1 }) },
      { title: 'Leak', ended: 'watch' as const, ...grave },
    ];
    expect(replay(cases, standardWeights, heavier)).toEqual({
      rows: [
        { title: 'Lids', ended: 'crisis', before: 'incident', after: 'crisis' },
        { title: 'Tweet', ended: 'routine', before: 'routine', after: 'routine' },
        { title: 'Leak', ended: 'watch', before: 'crisis', after: 'crisis' },
      ],
      before: { hits: 1, over: 1, under: 1 },
      after: { hits: 2, over: 1, under: 0 },
    });
  });

  test('people ended with what was decided last, or with the level that a crisis kept', () => {
    const [assessment] = first().history.assessments as [Assessment];
    const outcome = (level: Level): Outcome => ({
      id: 'O',
      assessmentId: assessment.id,
      kind: 'overridden',
      level,
      reason: '',
      decidedBy: 'U',
      decidedAt: now,
    });
    expect(endedWith(assessment, [], false)).toBeNull();
    expect(endedWith(assessment, [outcome('crisis'), outcome('incident')], false)).toBe('incident');
    expect(endedWith({ ...assessment, crisisId: 'C', before: 'crisis' }, [], false)).toBeNull();
    expect(endedWith({ ...assessment, crisisId: 'C', before: 'crisis' }, [], true)).toBe('crisis');
  });

  test('a case of the past needs a title', () => {
    const entered = {
      id: 'P1',
      workspaceId: 'T1',
      title: ' ',
      values: mild.values,
      flags: [],
      level: 'watch' as const,
      enteredBy: 'UANNE',
      enteredAt: now,
      removedBy: null,
      removedAt: null,
    };
    expect(code(enterCase(entered, anne))).toBe('case_title');
    expect(enterCase({ ...entered, title: ' Lids ' }, anne)).toMatchObject({ value: { title: 'Lids' } });
    expect(code(enterCase({ ...entered, title: 'x' }, { ...person('USAM'), isAdmin: false }))).toBe(
      'may_not_calibrate',
    );
  });
});
