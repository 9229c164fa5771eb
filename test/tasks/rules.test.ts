import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import type { Candidate } from '../../src/crises/owner.ts';
import type { Crisis, Member } from '../../src/crises/rules.ts';
import {
  changeTask,
  createTask,
  type Move,
  type NewTask,
  openTasks,
  type Reach,
  rearmAll,
  remind,
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
  test('gives it the next number, one card, one alarm and an entry in both languages', () => {
    const decision = createTask(crisis, wish, member('U1'), now);
    expect(decision).toMatchObject({ ok: true, value: { crisis: { taskNumber: 5 }, task: { number: 5, version: 1 } } });
    expect(kinds(decision)).toEqual(['tasks.show_card', 'tasks.remind']);
    expect(decision.ok && decision.timeline[0]?.text).toEqual({
      en: 'Task #5 created: Freeze scheduled posts, for <@UTOM>, due 22 Nov 2026, 12:00 (Europe/Paris)',
      fr: 'Tâche n° 5 créée : Freeze scheduled posts, pour <@UTOM>, échéance 22 nov. 2026, 12:00 (Europe/Paris)',
    });
  });

  test('brings somebody who is not in the cell into the room and tells them', () => {
    expect(kinds(createTask(crisis, { ...wish, people: [sam] }, member('U1'), now))).toEqual([
      'war_room.add',
      'tasks.tell_assigned',
      'tasks.show_card',
      'tasks.remind',
    ]);
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
    [{ kind: 'done' }, { status: 'done', doneBy: 'U2', remindKey: null, remindAt: null }, 'task_done'],
    [
      { kind: 'block', reason: ' waiting for legal ' },
      { status: 'blocked', blockedReason: 'waiting for legal' },
      'task_blocked',
    ],
    [{ kind: 'reassign', to: sam }, { assigneeId: 'USAM' }, 'task_reassigned'],
    [{ kind: 'due', dueAt: later(90) }, { dueAt: later(90), remindAt: later(80) }, 'task_due_changed'],
    [{ kind: 'due', dueAt: null }, { dueAt: null, remindAt: null, remindKey: null }, 'task_due_changed'],
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

  test('what is over or handed over takes its alarm back in the same decision', () => {
    const task = created();
    for (const ask of [
      { kind: 'done' },
      { kind: 'reassign', to: sam },
      { kind: 'due', dueAt: later(90) },
    ] satisfies Move[]) {
      const decision = move(task, ask);
      expect(decision.ok && decision.cancel).toEqual([task.remindKey]);
    }
    const started = move(task, { kind: 'start' });
    expect(started.ok && started.cancel).toEqual([]);
  });

  test('a due time that comes back gets a new alarm', () => {
    const first = created();
    const back = moved(moved(first, { kind: 'due', dueAt: later(90) }), { kind: 'due', dueAt: later(60) }, later(2));
    expect(back.remindAt).toEqual(first.remindAt);
    expect(back.remindKey).not.toBe(first.remindKey);
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

  test('a block is told to the lead, unless it is the lead’s own', () => {
    const ask: Move = { kind: 'block', reason: 'no access' };
    expect(kinds(move(created(), ask))).toContain('tasks.tell_blocked');
    expect(kinds(move(created(), ask, { by: 'ULEAD' }))).not.toContain('tasks.tell_blocked');
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
        const alarms = new Set<string>(task.remindKey ? [task.remindKey] : []);
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
          for (const key of decision.cancel) expect(alarms.delete(key)).toBe(true);
          for (const job of decision.jobs) {
            if (job.kind !== 'tasks.remind') continue;
            expect(alarms.has(job.key as string)).toBe(false);
            alarms.add(job.key as string);
          }
          expect([...alarms]).toEqual(task.remindKey ? [task.remindKey] : []);
        }
        expect(task.version).toBe(1 + entries.length);
      }),
    );
  });
});

describe('reminders', () => {
  const everybody = () => true;
  const ring = (tasks: Task[], at: Date, reachable: (id: string) => boolean = everybody, inCrisis = crisis) =>
    remind(tasks, tasks[0]?.remindKey as string, inCrisis, 'r1', reach(reachable), at);
  const reach = (isReachable: (id: string) => boolean): Reach => ({ isReachable, answersFor: () => null });

  test.each([
    [60, 50],
    [16, 6],
    [15, 15],
    [3, 3],
  ])('a task due in %i min is first reminded of in %i min', (due, first) => {
    expect(created({ dueAt: later(due) }).remindAt).toEqual(later(first));
  });

  test('come ten minutes before, at the due time, 15 min, 1 h and 5 h after it, then stop', () => {
    let task = created();
    const at: number[] = [];
    while (task.remindAt) {
      at.push((task.remindAt.getTime() - now.getTime()) / MINUTE);
      const decision = ring([task], task.remindAt);
      if (!decision.ok) throw new Error('nothing due');
      task = decision.value.tasks[0] as Task;
    }
    expect(at).toEqual([50, 60, 75, 120, 360]);
  });

  test('that were slept through become one', () => {
    const decision = ring([created()], later(130));
    expect(decision).toMatchObject({ ok: true, value: { tasks: [{ remindAt: later(360) }] } });
  });

  test('of one person within two minutes are one message, and the other alarms are taken back', () => {
    const near = [60, 61, 62].map((due, i) => created({ id: `task-${i}`, dueAt: later(due) }));
    const others = [created({ id: 'far', dueAt: later(63) }), created({ id: 'sam', dueAt: later(60), people: [sam] })];
    const decision = ring([...near, ...others], later(50));
    expect(decision.ok && decision.value.reminder).toMatchObject({
      userId: 'UTOM',
      taskIds: ['task-0', 'task-1', 'task-2'],
    });
    expect(decision.ok && decision.cancel).toEqual([near[1]?.remindKey, near[2]?.remindKey]);
    expect(decision.ok && decision.value.tasks.map((t) => t.remindAt)).toEqual([later(60), later(61), later(62)]);
  });

  test('go to the lead when nobody is in charge, somebody is stuck, or the person is gone', () => {
    const to = (task: Task, reachable = everybody) => {
      const decision = ring([task], later(50), reachable);
      return decision.ok && decision.value.reminder.userId;
    };
    expect(to(created())).toBe('UTOM');
    expect(to(created({ people: [] }))).toBe('ULEAD');
    expect(to(moved(created(), { kind: 'block', reason: 'x' }))).toBe('ULEAD');
    expect(to(created(), () => false)).toBe('ULEAD');
  });

  test('never come for what is done, changed since, or in a closed crisis', () => {
    const task = created();
    const nothing = { ok: false, refusal: { code: 'nothing_due' } };
    expect(
      remind([moved(task, { kind: 'done' })], task.remindKey as string, crisis, 'r1', reach(everybody), later(50)),
    ).toEqual(nothing);
    expect(
      remind(
        [moved(task, { kind: 'due', dueAt: later(90) })],
        task.remindKey as string,
        crisis,
        'r1',
        reach(everybody),
        later(50),
      ),
    ).toEqual(nothing);
    expect(ring([task], later(50), everybody, { ...crisis, status: 'closed' })).toEqual(nothing);
  });

  test('start again when a closed crisis is reopened', () => {
    const late = created();
    const decision = rearmAll([late, moved(created(), { kind: 'done' })], crisis, later(70));
    expect(decision).toMatchObject({ ok: true, value: [{ remindAt: later(75) }], cancel: [late.remindKey] });
  });
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
