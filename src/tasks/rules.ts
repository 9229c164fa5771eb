import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import type { DueProblem } from '../core/due-time.ts';
import { alarm, inRoom, type Job, toPerson } from '../core/jobs.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { after, dateTime, HOUR, MINUTE } from '../core/time.ts';
import { type Candidate, ownerProblem } from '../crises/owner.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import { mentionedIn } from '../timeline/export.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

export type TaskStatus = 'open' | 'started' | 'blocked' | 'done';
export type Task = {
  id: string;
  crisisId: string;
  number: number;
  title: string;
  details: string;
  department: string | null;
  assigneeId: string | null;
  createdBy: string;
  createdAt: Date;
  dueAt: Date | null;
  status: TaskStatus;
  blockedReason: string | null;
  startedBy: string | null;
  startedAt: Date | null;
  doneBy: string | null;
  doneAt: Date | null;
  /** On a done task: an act closed it then. On an open one: somebody reopened it then, and only what is done later closes it. */
  noticedAt: Date | null;
  /** What was said of it at the closing, when nobody had marked it done until then. */
  settledAs: 'done' | 'with_department' | 'dropped' | null;
  /** The line of a playbook it was made from, `core/T1`. */
  origin: string | null;
  sourceUrl: string | null;
  version: number;
  changedBy: string;
  changedAt: Date;
  remindStep: number | null;
  remindAt: Date | null;
  remindKey: string | null;
  reminderId: string | null;
  /** Who gave it, and with which version, when the person it is given to was told by a message of their own. */
  assignedBy: string | null;
  assignedVersion: number | null;
};

export const titleMax = 300;
export const detailsMax = 3_000;
export const reasonMax = 500;

export type TaskRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' | 'closed' | 'cannot_own' }>
  | { code: 'title_missing' }
  | { code: 'title_too_long'; length: number }
  | { code: 'details_too_long'; length: number }
  | { code: 'several_people'; userIds: string[] }
  | { code: 'due_past'; phrase: string | null }
  | { code: 'due_ambiguous'; phrase: string | null }
  | { code: 'due_too_far'; phrase: string | null }
  | { code: 'already_done'; task: Task }
  | { code: 'already_started'; task: Task }
  | { code: 'not_done'; task: Task }
  | { code: 'stale'; task: Task }
  | { code: 'reason_missing' }
  | { code: 'reason_too_long'; length: number }
  | { code: 'same_assignee'; name: string }
  | { code: 'same_due' };

export type NewTask = {
  id: string;
  title: string;
  details: string;
  /** Everybody who was named; more than one is refused, because a task has one owner. */
  people: readonly Candidate[];
  department: string | null;
  dueAt: Date | null;
  dueProblem: DueProblem | null;
  sourceUrl: string | null;
  origin?: string | null;
};

export function createTask(
  crisis: Crisis,
  wish: NewTask,
  by: Member,
  now: Date,
): Decision<{ crisis: Crisis; task: Task }, TaskRefusal> {
  const no = mayAct(crisis, by) ?? problemOf(wish, now);
  if (no) return refuse(no);
  const assignee = wish.people[0] ?? null;
  const number = crisis.taskNumber + 1;
  const task = armed(
    {
      id: wish.id,
      crisisId: crisis.id,
      number,
      title: oneLine(wish.title),
      details: wish.details.trim(),
      department: wish.department,
      assigneeId: assignee?.userId ?? null,
      createdBy: by.userId,
      createdAt: now,
      dueAt: wish.dueAt,
      status: 'open',
      blockedReason: null,
      startedBy: null,
      startedAt: null,
      doneBy: null,
      doneAt: null,
      noticedAt: null,
      settledAs: null,
      sourceUrl: wish.sourceUrl,
      origin: wish.origin ?? null,
      version: 1,
      changedBy: by.userId,
      changedAt: now,
      remindStep: null,
      remindAt: null,
      remindKey: null,
      reminderId: null,
      ...(isWelcomed(assignee, by) ? { assignedBy: by.userId, assignedVersion: 1 } : untold),
    },
    now,
  );
  const due = (l: Language) => dueWords(task.dueAt, crisis, l);
  return accept(
    { crisis: { ...crisis, taskNumber: number }, task },
    {
      timeline: [
        entry(task, 'task_created', now, by.userId, (w, l) => w.created(number, task.title, task.assigneeId, due(l)), {
          title: task.title,
          details: task.details,
          assigneeId: task.assigneeId,
          department: task.department,
          dueAt: task.dueAt?.toISOString() ?? null,
        }),
      ],
      jobs: [...welcome(task, assignee, by), showCard(task), ...alarmOf(task)],
    },
  );
}

/** Why a task cannot be created by anybody, or null. */
function problemOf(wish: NewTask, now: Date): TaskRefusal | null {
  const title = oneLine(wish.title);
  if (wish.dueProblem) return { code: `due_${wish.dueProblem.code}`, phrase: wish.dueProblem.phrase };
  if (!title) return { code: 'title_missing' };
  if (title.length > titleMax) return { code: 'title_too_long', length: title.length };
  if (wish.details.trim().length > detailsMax) return { code: 'details_too_long', length: wish.details.trim().length };
  if (wish.people.length > 1) return { code: 'several_people', userIds: wish.people.map((p) => p.userId) };
  const [person] = wish.people;
  const noOwner = person && ownerProblem(person);
  if (noOwner) return noOwner;
  if (wish.dueAt && wish.dueAt <= now) return { code: 'due_past', phrase: null };
  return null;
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

export type Move =
  | { kind: 'start' }
  | { kind: 'done' }
  | { kind: 'block'; reason: string }
  | { kind: 'reopen' }
  | { kind: 'reassign'; to: Candidate }
  | { kind: 'due'; dueAt: Date | null }
  | { kind: 'postpone'; minutes: number };

export const untouched = {
  status: 'open',
  doneBy: null,
  doneAt: null,
  settledAs: null,
  startedBy: null,
  startedAt: null,
} as const;

type Moved = {
  changed: Partial<Task>;
  entry: { kind: Kind; say: Say; data: Record<string, unknown> };
  jobs?: Job[];
  /** Reminders start again from now. */
  rearm?: boolean;
};

/**
 * One press. It counts only if nothing has changed since the button was drawn: of two people who press at the same
 * instant, the second is told what the first one did, and nothing is lost.
 */
export function changeTask(
  task: Task,
  version: number,
  move: Move,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<Task, TaskRefusal> {
  const no = mayAct(crisis, by) ?? outOfDate(task, version, move.kind);
  if (no) return refuse(no);
  const moved = moves(task, move, crisis, by, now);
  if ('code' in moved) return refuse(moved);
  const next = { ...task, ...moved.changed, version: task.version + 1, changedBy: by.userId, changedAt: now };
  const saved = moved.rearm ? armed(next, now) : next;
  return accept(saved, {
    timeline: [entry(task, moved.entry.kind, now, by.userId, moved.entry.say, moved.entry.data)],
    jobs: [...(moved.jobs ?? []), ...refreshed(saved), ...(moved.rearm ? alarmOf(saved) : [])],
    cancel: moved.rearm && task.remindKey ? [task.remindKey] : [],
  });
}

/** Why a press on this version of the task has no effect any more, or null. */
export function outOfDate(task: Task, version: number, move: Move['kind']): TaskRefusal | null {
  if (task.status === 'done' && move !== 'reopen') return { code: 'already_done', task };
  if (task.status === 'started' && move === 'start') return { code: 'already_started', task };
  if (task.status !== 'done' && move === 'reopen') return { code: 'not_done', task };
  return task.version === version ? null : { code: 'stale', task };
}

function moves(task: Task, move: Move, crisis: Crisis, by: Member, now: Date): Moved | TaskRefusal {
  switch (move.kind) {
    case 'start':
      return {
        changed: { status: 'started', startedBy: by.userId, startedAt: now, blockedReason: null },
        entry: { kind: 'task_started', say: (w) => w.started(task.number, task.title), data: {} },
      };
    case 'done':
      return {
        changed: { status: 'done', doneBy: by.userId, doneAt: now, noticedAt: null, blockedReason: null },
        entry: { kind: 'task_done', say: (w) => w.done(task.number, task.title), data: {} },
        rearm: true,
      };
    case 'reopen':
      return {
        changed: { ...untouched, noticedAt: now },
        entry: { kind: 'task_reopened', say: (w) => w.reopened(task.number, task.title), data: {} },
        rearm: true,
      };
    case 'block':
      return block(task, move.reason, crisis, by);
    case 'reassign':
      return reassign(task, move.to, by);
    case 'due':
      return setDue(task, move.dueAt, crisis, now);
    case 'postpone':
      return setDue(task, postponed(task, move.minutes, now), crisis, now);
  }
}

function block(task: Task, typed: string, crisis: Crisis, by: Member): Moved | TaskRefusal {
  const reason = typed.trim();
  if (!reason) return { code: 'reason_missing' };
  if (reason.length > reasonMax) return { code: 'reason_too_long', length: reason.length };
  return {
    changed: { status: 'blocked', blockedReason: reason },
    entry: { kind: 'task_blocked', say: (w) => w.blocked(task.number, task.title, reason), data: { reason } },
    // The lead can clear the way, and already knows when the block is their own.
    jobs: by.userId === crisis.leadId ? [] : [tellBlocked(task)],
  };
}

function reassign(task: Task, to: Candidate, by: Member): Moved | TaskRefusal {
  const noOwner = ownerProblem(to);
  if (noOwner) return noOwner;
  if (task.assigneeId === to.userId) return { code: 'same_assignee', name: to.name };
  const isTold = to.userId !== by.userId;
  const told = isTold ? { assignedBy: by.userId, assignedVersion: task.version + 1 } : untold;
  const next = { ...task, assigneeId: to.userId, ...told };
  return {
    changed: { assigneeId: to.userId, ...told },
    entry: {
      kind: 'task_reassigned',
      say: (w) => w.reassigned(task.number, task.title, task.assigneeId, to.userId),
      data: { from: task.assigneeId, to: to.userId },
    },
    // An edited card notifies nobody: the person is told by a message.
    jobs: [
      ...(to.inCell ? [] : [addToRoom(next, to.userId)]),
      ...(isTold ? [tellAssigned(next)] : []),
      ...showAssigned(task),
    ],
    rearm: true,
  };
}

function setDue(task: Task, dueAt: Date | null, crisis: Crisis, now: Date): Moved | TaskRefusal {
  if (dueAt && dueAt <= now) return { code: 'due_past', phrase: null };
  if (task.dueAt?.getTime() === dueAt?.getTime()) return { code: 'same_due' };
  const data = { from: task.dueAt?.toISOString() ?? null, to: dueAt?.toISOString() ?? null };
  const say: Say = (w, l) =>
    w.dueChanged(task.number, task.title, dueWords(task.dueAt, crisis, l), dueWords(dueAt, crisis, l));
  return { changed: { dueAt }, entry: { kind: 'task_due_changed', say, data }, rearm: true };
}

/** From the due time, or from now when that is over: `+30 min` never leaves a task late. */
const postponed = (task: Task, minutes: number, now: Date): Date =>
  after(task.dueAt && task.dueAt > now ? task.dueAt : now, minutes * MINUTE);

/**
 * Reminders, counted from the due time: ten minutes before, at it, and three times after it at growing distance. Then
 * the person is left alone; overdue tasks stay in the brief and in every digest, where the lead sees them.
 */
const reminderSteps = [-10 * MINUTE, 0, 15 * MINUTE, HOUR, 5 * HOUR] as const;
/** A task due sooner than this was given too recently to be reminded of before it is due. */
const tooSoonToRemind = 15 * MINUTE;
/** Reminders of one person that fall this close together are one message. */
const mergeWindow = 2 * MINUTE;

function nextReminder(dueAt: Date, since: Date): { step: number; at: Date } | null {
  const step = reminderSteps.findIndex((offset) => after(dueAt, offset) > since);
  const offset = reminderSteps[step];
  return offset === undefined ? null : { step, at: after(dueAt, offset) };
}

/** With its reminders planned afresh from `now`: none once it is done or while it has no due time. */
export function armed(task: Task, now: Date): Task {
  if (!task.dueAt || task.status === 'done') return planned(task, null, now);
  const first = nextReminder(task.dueAt, now);
  const isTooSoon = first?.step === 0 && task.dueAt.getTime() - now.getTime() <= tooSoonToRemind;
  return planned(task, isTooSoon ? { step: 1, at: task.dueAt } : first, now);
}

const planned = (task: Task, next: { step: number; at: Date } | null, now: Date): Task => ({
  ...task,
  remindStep: next?.step ?? null,
  remindAt: next?.at ?? null,
  // Keys are for ever: when it was planned makes a due time that comes back a new alarm.
  remindKey: next ? `task-remind:${task.id}:${task.version}:${now.getTime()}:${next.step}` : null,
});

export const alarmOf = (task: Task): Job[] =>
  task.remindAt && task.remindKey
    ? [alarm('tasks.remind', { crisisId: task.crisisId, key: task.remindKey }, task.remindAt, task.remindKey)]
    : [];

/** Whom a reminder can reach: a person, if they are of the cell still, and who answers for a department. */
export type Reach = { isReachable: (userId: string) => boolean; answersFor: (department: string) => string | null };

/**
 * Who can act on it now: the person it is given to, else the one who answers for its department; the lead where there is
 * nobody, or where somebody is stuck.
 */
function recipientOf(task: Task, crisis: Crisis, { isReachable, answersFor }: Reach): string {
  const own = task.assigneeId ?? (task.department ? answersFor(task.department) : null);
  return own && task.status !== 'blocked' && isReachable(own) ? own : crisis.leadId;
}

/**
 * Who answers for a department of a cell: the person who said "I'm on it" for it, else one of it who has answered, else
 * the first who was called. Null where nobody of it is in the cell.
 */
export function answering(
  department: string,
  callouts: readonly { department: string; answeredBy: string | null }[],
  cell: readonly { userId: string; department: string | null; isDeputy: boolean; presentAt: Date | null }[],
): string | null {
  const theirs = cell.filter((one) => one.department === department);
  const answered = callouts.find((callout) => callout.department === department)?.answeredBy;
  if (answered && cell.some((one) => one.userId === answered)) return answered;
  const first = theirs.find((one) => one.presentAt) ?? theirs.find((one) => !one.isDeputy) ?? theirs[0];
  return first?.userId ?? null;
}

export type Reminder = { id: string; crisisId: string; userId: string; sentAt: Date; taskIds: string[] };

/** An alarm rang: everything the same person would be reminded of within two minutes goes into one message. */
export function remind(
  tasks: readonly Task[],
  key: string,
  crisis: Crisis,
  reminderId: string,
  reach: Reach,
  now: Date,
): Decision<{ tasks: Task[]; reminder: Reminder }, { code: 'nothing_due' }> {
  const rung = tasks.find((task) => task.remindKey === key && task.status !== 'done');
  if (crisis.status === 'closed' || !rung) return refuse({ code: 'nothing_due' });
  const userId = recipientOf(rung, crisis, reach);
  const until = after(now, mergeWindow);
  const together = tasks.filter(
    (task) => task === rung || (task.remindAt && task.remindAt <= until && recipientOf(task, crisis, reach) === userId),
  );
  const next = together.map((task) => ({
    ...planned(task, task.dueAt ? nextReminder(task.dueAt, until) : null, now),
    reminderId,
  }));
  const earlier = new Set(together.flatMap((task) => (task.reminderId ? [task.reminderId] : [])));
  return accept(
    {
      tasks: next,
      reminder: { id: reminderId, crisisId: crisis.id, userId, sentAt: now, taskIds: byDue(together).map((t) => t.id) },
    },
    {
      jobs: [...[...earlier, reminderId].map((id) => showReminder(crisis.id, id)), ...next.flatMap(alarmOf)],
      cancel: together.flatMap((task) => (task.remindKey && task !== rung ? [task.remindKey] : [])),
    },
  );
}

/** A crisis that is open again: its alarms may have rung unheard while it was closed. */
export function rearmAll(tasks: readonly Task[], crisis: Crisis, now: Date): Decision<Task[], { code: 'nothing_due' }> {
  if (crisis.status === 'closed') return refuse({ code: 'nothing_due' });
  const active = openTasks(tasks);
  const next = active.map((task) => armed(task, now));
  return accept(next, {
    // A line of a playbook that nobody has touched has no card yet.
    jobs: next.flatMap((task) => [...(task.origin && task.version === 1 ? [] : [showCard(task)]), ...alarmOf(task)]),
    cancel: active.flatMap((task) => (task.remindKey ? [task.remindKey] : [])),
  });
}

/** Whose task it is: theirs, or nobody's yet of a department that they answer for. */
export const isOn = (task: Pick<Task, 'assigneeId' | 'department'>, userId: string, departments: readonly string[]) =>
  task.assigneeId ? task.assigneeId === userId : task.department !== null && departments.includes(task.department);

/** Everybody a task names: its people, and those in its texts. */
export const peopleIn = (task: Task): string[] => [
  ...[task.assigneeId, task.assignedBy, task.createdBy, task.changedBy, task.startedBy, task.doneBy].filter(
    (id) => id !== null,
  ),
  ...mentionedIn(`${task.title} ${task.details} ${task.blockedReason ?? ''}`),
];

/** Tasks without a due time come last. */
const byDue = (tasks: readonly Task[]): Task[] => {
  const rank = (task: Task) => task.dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return tasks.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number);
};

/** Not done, the most urgent first. */
export const openTasks = (tasks: readonly Task[]): Task[] => byDue(tasks.filter((task) => task.status !== 'done'));

/** Open tasks whose due time is over, and those due within the hour (discipline G1: the two a digest tells). */
export function urgentTasks(tasks: readonly Task[], now: Date): { overdue: Task[]; dueSoon: Task[] } {
  const open = openTasks(tasks);
  return {
    overdue: open.filter((task) => task.dueAt && task.dueAt <= now),
    dueSoon: open.filter((task) => task.dueAt && task.dueAt > now && task.dueAt <= after(now, HOUR)),
  };
}

const showCard = (task: Task): Job => inRoom('tasks.show_card', { crisisId: task.crisisId, taskId: task.id });

/** One order per message: a reminder and what changes in it are shown one after the other. */
const showReminder = (crisisId: string, reminderId: string): Job => ({
  kind: 'tasks.show_reminder',
  queue: 'outbox',
  order: `task-reminder:${reminderId}`,
  data: { crisisId, reminderId },
});

/** Everything in which the task is shown with buttons. */
export const refreshed = (task: Task): Job[] => [showCard(task), ...shownBesides(task)];

/** The same, for what nobody pressed: a line of a playbook that has no card gets none. */
export const redrawn = (task: Task): Job[] => [
  inRoom('tasks.show_card', { crisisId: task.crisisId, taskId: task.id, redraw: true }),
  ...shownBesides(task),
];

const shownBesides = (task: Task): Job[] => [
  ...(task.reminderId ? [showReminder(task.crisisId, task.reminderId)] : []),
  ...showAssigned(task),
];

const tellBlocked = (task: Task): Job =>
  inRoom(
    'tasks.tell_blocked',
    { crisisId: task.crisisId, taskId: task.id, version: task.version + 1 },
    `task-blocked:${task.id}:${task.version + 1}`,
  );

const untold = { assignedBy: null, assignedVersion: null };

const tellAssigned = (task: Task): Job => ({
  ...assignedNote(task),
  key: `task-assigned:${task.id}:${task.assignedVersion}`,
});
/** What the person was told, drawn again from what is true now. */
const showAssigned = (task: Task): Job[] => (task.assignedVersion ? [assignedNote(task)] : []);
const assignedNote = ({ crisisId, id, assigneeId, assignedVersion }: Task): Job =>
  toPerson('tasks.tell_assigned', {
    crisisId,
    taskId: id,
    userId: assigneeId as string,
    version: assignedVersion as number,
  });

const addToRoom = (task: Task, userId: string): Job => inRoom('war_room.add', { crisisId: task.crisisId, userId });

/** In the room the card calls the person; somebody who is not in it yet is brought in and told. */
const welcome = (task: Task, assignee: Candidate | null, by: Member): Job[] =>
  assignee && isWelcomed(assignee, by) ? [addToRoom(task, assignee.userId), tellAssigned(task)] : [];
const isWelcomed = (assignee: Candidate | null, by: Member): boolean =>
  assignee !== null && !assignee.inCell && assignee.userId !== by.userId;

const dueWords = (dueAt: Date | null, crisis: Crisis, language: Language): string | null =>
  dueAt ? `${dateTime(dueAt, crisis.timeZone, language)} (${crisis.timeZone})` : null;

type Say = (w: ReturnType<typeof words>['entry'], language: Language) => string;

export const entry = (
  task: Pick<Task, 'id' | 'number'>,
  kind: Kind,
  occurredAt: Date,
  actorId: string | null,
  say: Say,
  data: Record<string, unknown>,
): NewEntry => ({
  kind,
  occurredAt,
  actorId,
  text: inBoth((l) => say(words(l).entry, l)),
  data: { taskId: task.id, number: task.number, ...data },
});
