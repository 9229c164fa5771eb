import type { Says, Waits } from '../core/slices.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Wait } from '../slack/waits.ts';
import { blockedLine, nowLine, unfilledLine, waitLine } from './line.ts';
import { actOf } from './noticed.ts';
import { peopleIn, type Task } from './rules.ts';
import { askedIn } from './snapshot.ts';
import { tasksOf } from './store.ts';
import { doneButton, nameButton, openButton } from './views.ts';

export const says: Says = async (db, crisis) => {
  const tasks = await tasksOf(db, [crisis.id]);
  return { names: tasks.flatMap(peopleIn), line: (reader) => nowLine(tasks, reader) };
};

/** Nobody sees more of their own at once. */
const mostAtOnce = 3;

/** A person's next three tasks; for the lead besides, what is blocked, and in one line what nobody has. */
export const waits: Waits = async (db, crisis, now) => {
  const asked = await askedIn(db, crisis, now);
  const blocked = asked.filter(({ task }) => task.status === 'blocked').map(({ task }) => task);
  const free = asked.filter(({ task }) => task.status !== 'blocked');
  const unfilled = free.flatMap(({ task, userId }) => (userId ? [] : [task]));
  const people = [...new Set(free.flatMap(({ userId }) => userId ?? []))];
  return [
    ...people.flatMap((userId) =>
      free
        // An approval is asked for by itself, once there is something to approve.
        .filter((one) => one.userId === userId && actOf(one.task) !== 'approval')
        .slice(0, mostAtOnce)
        .map(({ task }) => waitFor(task, userId, now)),
    ),
    ...blocked.map((task) => waitForLead(task, crisis)),
    ...(unfilled.length > 0 ? [waitForNames(unfilled, crisis)] : []),
  ];
};

function waitFor(task: Task, userId: string, now: Date): Wait {
  const { dueAt, createdAt, fromAt, assignedAt } = task;
  const isLate = dueAt !== null && dueAt <= now;
  const since = [createdAt, fromAt ?? createdAt, assignedAt ?? createdAt].reduce((a, b) => (a > b ? a : b));
  return {
    userId,
    key: `task:${task.id}`,
    news: isLate ? 'due' : task.assignedBy ? 'given' : 'open',
    isUrgent: false,
    since,
    // It moves up once another is done, which is no news.
    knownSince: isLate && dueAt > since ? dueAt : since,
    dueAt,
    changesAt: dueAt && !isLate ? dueAt : null,
    names: peopleIn(task),
    text: (reader) => waitLine(task, isLate, reader),
    button: (language) => doneButton(task, language),
  };
}

function waitForLead(task: Task, { leadId }: Crisis): Wait {
  return {
    userId: leadId,
    key: `blocked:${task.id}`,
    news: 'blocked',
    isUrgent: false,
    since: task.changedAt,
    dueAt: task.dueAt,
    changesAt: null,
    names: peopleIn(task),
    text: (reader) => blockedLine(task, reader),
    button: (language) => openButton(task, language),
  };
}

function waitForNames(tasks: readonly Task[], { id, leadId, declaredAt }: Crisis): Wait {
  return {
    userId: leadId,
    key: 'tasks:nobody',
    news: 'nobody',
    isUrgent: false,
    since: declaredAt,
    dueAt: tasks[0]?.dueAt ?? null,
    changesAt: null,
    names: tasks.flatMap(peopleIn),
    text: (reader) => unfilledLine(tasks, reader),
    button: (language) => nameButton(id, language),
  };
}
