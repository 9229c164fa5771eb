import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import type { Candidate } from '../../src/crises/owner.ts';
import type { Crisis, Member } from '../../src/crises/rules.ts';
import { dueLot, nextLotAt, showAll } from '../../src/tasks/lots.ts';
import {
  answering,
  changeTask,
  createTask,
  give,
  type Move,
  type NewTask,
  openTasks,
  shownTasks,
  type Task,
  urgentTasks,
} from '../../src/tasks/rules.ts';
import { genesisHash } from '../../src/timeline/chain.ts';
import { aCrisis } from '../support/crisis.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
const crisisId = '01900000-0000-7000-8000-000000000001';
const crisis = aCrisis(now, {
  id: crisisId,
  declaredBy: 'U1',
  channelName: 'crisis-soup',
  taskNumber: 4,
  timelineSeq: 3,
  timelineHash: genesisHash(crisisId),
});
const member = (userId: string): Member => ({ userId, inCell: true, isLead: userId === crisis.leadId });
const tom: Candidate = { userId: 'UTOM', name: 'Tom', trouble: null, inCell: true };
const sam: Candidate = { userId: 'USAM', name: 'Sam', trouble: null, inCell: false };
const wish: NewTask = {
  id: '01900000-0000-7000-8000-000000000002',
  title: 'Freeze scheduled posts',
  details: '',
  people: [tom],
  department: null,
  dueAt: later(60),
  dueProblem: null,
  sourceUrl: null,
};

function created(changes: Partial<NewTask> = {}): Task {
  const decision = createTask(crisis, { ...wish, ...changes }, member('U1'), now);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.value.task;
}
const move = (task: Task, ask: Move, options: { by?: string; at?: Date; version?: number } = {}) =>
  changeTask(task, options.version ?? task.version, ask, crisis, member(options.by ?? 'U2'), options.at ?? later(1));
function moved(task: Task, ask: Move, at = later(1)): Task {
  const decision = move(task, ask, { at });
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.value;
}
const kinds = (decision: { ok: boolean } & Partial<{ jobs: { kind: string }[] }>) => decision.jobs?.map((j) => j.kind);

describe('creating a task', () => {
  test('gives it the next number, a line of the list and an entry in both languages', () => {
    const decision = createTask(crisis, wish, member('U1'), now);
    expect(decision).toMatchObject({ ok: true, value: { crisis: { taskNumber: 5 }, task: { number: 5, version: 1 } } });
    expect(kinds(decision)).toEqual(['tasks.show_list']);
    expect(decision.ok && decision.timeline[0]?.text).toEqual({
      en: 'Task #5 created: Freeze scheduled posts, for <@UTOM>, due 22 Nov 2026, 12:00 (Europe/Paris)',
      fr: 'Tâche n° 5 créée : Freeze scheduled posts, pour <@UTOM>, échéance 22 nov. 2026, 12:00 (Europe/Paris)',
    });
  });

  test('brings somebody who is not in the cell into the room, and remembers who gave it', () => {
    const decision = createTask(crisis, { ...wish, people: [sam] }, member('U1'), now);
    expect(kinds(decision)).toEqual(['war_room.add', 'tasks.show_list']);
    expect(decision).toMatchObject({ value: { task: { assignedBy: 'U1', assignedAt: now } } });
    expect(createTask(crisis, wish, member('UTOM'), now)).toMatchObject({ value: { task: { assignedBy: null } } });
  });

  test.each<[string, Partial<NewTask>, string]>([
    ['without a title', { title: ' \n ' }, 'title_missing'],
    ['with a title of 301 characters', { title: 'x'.repeat(301) }, 'title_too_long'],
    ['with details of 3,001 characters', { details: 'x'.repeat(3001) }, 'details_too_long'],
    ['for two people', { people: [tom, sam] }, 'several_people'],
    ['for a guest', { people: [{ ...sam, trouble: 'guest' }] }, 'cannot_own'],
    ['for somebody who left', { people: [{ ...sam, trouble: 'deactivated' }] }, 'cannot_own'],
    ['for somebody of another organisation', { people: [{ ...sam, trouble: 'external' }] }, 'cannot_own'],
    ['for an app', { people: [{ ...sam, trouble: 'bot' }] }, 'cannot_own'],
    ['for somebody unknown', { people: [{ ...sam, trouble: 'unknown' }] }, 'cannot_own'],
    ['due in the past', { dueAt: now }, 'due_past'],
    ['due at a time with two readings', { dueProblem: { code: 'ambiguous', phrase: 'd’ici 2h' } }, 'due_ambiguous'],
  ])('is refused %s', (_, changes, code) => {
    expect(createTask(crisis, { ...wish, ...changes }, member('U1'), now)).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });

  test('a stranger learns nothing and a closed crisis takes no task', () => {
    const stranger = { userId: 'UX', inCell: false, isLead: false };
    expect(createTask(crisis, { ...wish, title: '' }, stranger, now)).toMatchObject({
      refusal: { code: 'not_in_room' },
    });
    expect(changeTask(created(), 9, { kind: 'done' }, crisis, stranger, now)).toMatchObject({
      refusal: { code: 'not_in_room' },
    });
    const closed: Crisis = { ...crisis, status: 'closed' };
    expect(createTask(closed, wish, member('U1'), now)).toMatchObject({ refusal: { code: 'closed' } });
  });
});

describe('pressing', () => {
  test.each<[Move, Partial<Task>, string]>([
    [{ kind: 'start' }, { status: 'started', startedBy: 'U2' }, 'task_started'],
    [{ kind: 'done' }, { status: 'done', doneBy: 'U2' }, 'task_done'],
    [
      { kind: 'block', reason: ' waiting for legal ' },
      { status: 'blocked', blockedReason: 'waiting for legal' },
      'task_blocked',
    ],
    [{ kind: 'reassign', to: sam }, { assigneeId: 'USAM', assignedBy: 'U2', assignedAt: later(1) }, 'task_reassigned'],
    [{ kind: 'due', dueAt: later(90) }, { dueAt: later(90) }, 'task_due_changed'],
    [{ kind: 'due', dueAt: null }, { dueAt: null }, 'task_due_changed'],
    [{ kind: 'postpone', minutes: 30 }, { dueAt: later(90) }, 'task_due_changed'],
  ])('%j moves the version, says who and when, and is in the timeline', (ask, expected, kind) => {
    const decision = move(created(), ask);
    expect(decision).toMatchObject({
      ok: true,
      value: { ...expected, version: 2, changedBy: 'U2', changedAt: later(1) },
      timeline: [{ kind, actorId: 'U2', data: { number: 5 } }],
    });
  });

  test('what somebody had is reassigned, what nobody had is given', () => {
    const saidOf = (task: Task) => {
      const decision = move(task, { kind: 'reassign', to: sam });
      return decision.ok ? decision.timeline[0]?.text : null;
    };
    expect(saidOf(created())?.en).toContain('reassigned from <@UTOM> to <@USAM>');
    expect(saidOf({ ...created(), assigneeId: null })?.fr).toContain('confiée à <@USAM>');
  });

  test('+30 min on a task that is late counts from now', () => {
    expect(moved(created(), { kind: 'postpone', minutes: 30 }, later(100)).dueAt).toEqual(later(130));
  });

  test('after somebody else changed it, a press says who did what, and changes nothing', () => {
    const started = moved(created(), { kind: 'start' });
    expect(move(started, { kind: 'block', reason: 'no access' }, { version: 1 })).toEqual({
      ok: false,
      refusal: { code: 'stale', task: started },
    });
  });

  test('the same end twice is harmless', () => {
    const done = moved(created(), { kind: 'done' });
    for (const version of [1, 2])
      expect(move(done, { kind: 'done' }, { version })).toMatchObject({
        refusal: { code: 'already_done', task: { doneBy: 'U2' } },
      });
    const started = moved(created(), { kind: 'start' });
    expect(move(started, { kind: 'start' }, { version: 1 })).toMatchObject({ refusal: { code: 'already_started' } });
    expect(move(started, { kind: 'reopen' })).toMatchObject({ refusal: { code: 'not_done' } });
  });

  test.each<[Move, string]>([
    [{ kind: 'block', reason: '  ' }, 'reason_missing'],
    [{ kind: 'block', reason: 'x'.repeat(501) }, 'reason_too_long'],
    [{ kind: 'reassign', to: tom }, 'same_assignee'],
    [{ kind: 'reassign', to: { ...sam, trouble: 'guest' } }, 'cannot_own'],
    [{ kind: 'due', dueAt: later(0) }, 'due_past'],
    [{ kind: 'due', dueAt: later(60) }, 'same_due'],
  ])('%j is refused', (ask, code) => {
    expect(move(created(), ask)).toMatchObject({ ok: false, refusal: { code } });
  });

  test('however three people press, no accepted press is lost and no version is used twice', () => {
    const asks = fc.constantFrom<Move>(
      { kind: 'start' },
      { kind: 'done' },
      { kind: 'block', reason: 'x' },
      { kind: 'reopen' },
      { kind: 'reassign', to: tom },
      { kind: 'reassign', to: sam },
      { kind: 'postpone', minutes: 30 },
    );
    const presses = fc.array(fc.record({ who: fc.nat(2), ask: asks, looks: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(presses, (all) => {
        let task = created();
        const seen = [task, task, task];
        const entries: { actorId: string | null }[] = [];
        for (const [i, { who, ask, looks }] of all.entries()) {
          if (looks) seen[who] = task;
          const before = task;
          const decision = move(task, ask, { by: `U${who}`, at: later(i), version: (seen[who] as Task).version });
          if (!decision.ok) {
            expect(task).toBe(before);
            continue;
          }
          task = decision.value;
          expect(task.version).toBe(before.version + 1);
          expect((seen[who] as Task).version).toBe(before.version);
          entries.push(...decision.timeline);
        }
        expect(task.version).toBe(1 + entries.length);
      }),
    );
  });
});

describe('who answers for a department', () => {
  const cell = [
    { userId: 'UHELEN', department: 'legal', isDeputy: false, presentAt: null },
    { userId: 'UPAUL', department: 'legal', isDeputy: false, presentAt: null },
    { userId: 'UDEP', department: 'legal', isDeputy: true, presentAt: null },
  ];
  const callout = (stage: 'people' | 'deputies' | 'lead', answeredBy: string | null = null) => [
    { department: 'legal', stage, answeredBy },
  ];
  test.each([
    ['the first who was called', callout('people'), cell, 'UHELEN'],
    ['whoever is on it', callout('people', 'UPAUL'), cell, 'UPAUL'],
    [
      'whoever is there',
      callout('people'),
      cell.map((one) => ({ ...one, presentAt: one.userId === 'UPAUL' ? now : null })),
      'UPAUL',
    ],
    ['a deputy, only once the people were silent', callout('deputies'), cell, 'UDEP'],
    ['somebody called by name', [], cell, 'UHELEN'],
    ['nobody, where nobody of it is in the cell', callout('people'), [], null],
  ])('%s', (_, callouts, people, expected) => {
    expect(answering('legal', callouts, people)).toBe(expected);
  });
});

describe('lots', () => {
  const at = (lot: number, i: number) =>
    created({ id: `task-${lot}-${i}`, lot, fromAt: lot === 1 ? null : later(lot === 2 ? 15 : 45) });
  const lots = (...sizes: number[]) => sizes.flatMap((size, k) => Array.from({ length: size }, (_, i) => at(k + 1, i)));
  const done = (tasks: Task[], count: number) =>
    tasks.map((task, i) => (i < count ? moved(task, { kind: 'done' }) : task));
  const ids = (tasks: Task[]) => tasks.map(({ id }) => id);

  test('what comes later is not shown before its time, nor urgent', () => {
    const tasks = lots(2, 1);
    expect(ids(shownTasks(tasks, later(14)))).toEqual(['task-1-0', 'task-1-1']);
    expect(shownTasks(tasks, later(15))).toHaveLength(3);
    expect(nextLotAt(tasks, now)).toEqual(later(15));
    expect(urgentTasks(tasks, now).dueSoon).toHaveLength(2);
  });

  test.each([
    ['four of seven are done: nothing yet', 7, 4, 0],
    ['five of seven are done: the next lot', 7, 5, 3],
    ['all of two are done: the next lot', 2, 2, 3],
    ['one of two is done: nothing yet', 2, 1, 0],
  ])('%s', (_, size, ended, appear) => {
    const next = dueLot(done(lots(size, 3, 2), ended), later(2));
    expect(next).toHaveLength(appear);
    for (const task of next) expect(task).toMatchObject({ lot: 2, fromAt: later(2) });
  });

  test('somebody who begins a later task makes it seen', () => {
    const [task] = lots(0, 1);
    expect(shownTasks([moved(task as Task, { kind: 'start' })], later(2))).toHaveLength(1);
  });

  test('the lead shows everything, nobody else does, and once', () => {
    const tasks = lots(1, 2, 3);
    const shown = showAll(tasks, crisis, member('ULEAD'), later(1));
    expect(shown.ok && [shown.value.length, shown.timeline.map(({ kind }) => kind)]).toEqual([5, ['tasks_shown']]);
    expect(showAll(tasks, crisis, member('U2'), later(1))).toMatchObject({ refusal: { code: 'not_lead' } });
    expect(showAll(lots(1), crisis, member('ULEAD'), now)).toMatchObject({ refusal: { code: 'nothing_hidden' } });
  });
});

test('what nobody has goes to one person in one act, whole or not at all', () => {
  const tasks = ['a', 'b'].map((id) => created({ id, people: [], department: 'quality' }));
  const given = give(tasks, sam, crisis, member('ULEAD'), later(1));
  expect(given).toMatchObject({ ok: true, value: [{ assigneeId: 'USAM' }, { assigneeId: 'USAM' }] });
  expect(kinds(given)).toEqual(['war_room.add', 'tasks.show_list']);
  expect(give(tasks, { ...sam, trouble: 'guest' }, crisis, member('ULEAD'), now)).toMatchObject({
    refusal: { code: 'cannot_own' },
  });
  expect(give([], sam, crisis, member('ULEAD'), now)).toMatchObject({ refusal: { code: 'nothing_unfilled' } });
});

test('open tasks come most urgent first; overdue ones and those of the next hour are told apart', () => {
  const tasks = [
    created({ id: 'none', dueAt: null }),
    created({ id: 'soon', dueAt: later(40) }),
    created({ id: 'late', dueAt: later(10) }),
    created({ id: 'tomorrow', dueAt: later(1440) }),
    moved(created({ id: 'done' }), { kind: 'done' }),
  ];
  expect(openTasks(tasks).map((t) => t.id)).toEqual(['late', 'soon', 'tomorrow', 'none']);
  const { overdue, dueSoon } = urgentTasks(tasks, later(20));
  expect([overdue.map((t) => t.id), dueSoon.map((t) => t.id)]).toEqual([['late'], ['soon']]);
});
