import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import type { DueProblem } from '../core/due-time.ts';
import { atOnce, inRoom, type Job } from '../core/jobs.ts';
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
  /** Who gave it to the person it is given to, and when; null for what nobody gave, or somebody took. */
  assignedBy: string | null;
  assignedAt: Date | null;
  /** Of a playbook's line: with which others it appears in a small team, from 1. */
  lot: number | null;
  /** Not shown before: a small team sees one lot after the other. */
  fromAt: Date | null;
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
  | { code: 'same_due' }
  | { code: 'not_lead' }
  | { code: 'nothing_hidden' }
  | { code: 'nothing_unfilled' };

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
  lot?: number | null;
  fromAt?: Date | null;
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
  const task: Task = {
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
    lot: wish.lot ?? null,
    fromAt: wish.fromAt ?? null,
    ...givenTo(assignee, by, now),
  };
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
      jobs: [...welcome(crisis.id, assignee, by), showList(crisis.id)],
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
  const moved = moves(task, move, by, crisis, now);
  if ('code' in moved) return refuse(moved);
  const saved = { ...task, ...moved.changed, version: task.version + 1, changedBy: by.userId, changedAt: now };
  return accept(saved, {
    timeline: [entry(task, moved.entry.kind, now, by.userId, moved.entry.say, moved.entry.data)],
    jobs: [...(moved.jobs ?? []), showList(crisis.id)],
  });
}

/** Why a press on this version of the task has no effect any more, or null. */
export function outOfDate(task: Task, version: number, move: Move['kind']): TaskRefusal | null {
  if (task.status === 'done' && move !== 'reopen') return { code: 'already_done', task };
  if (task.status === 'started' && move === 'start') return { code: 'already_started', task };
  if (task.status !== 'done' && move === 'reopen') return { code: 'not_done', task };
  return task.version === version ? null : { code: 'stale', task };
}

function moves(task: Task, move: Move, by: Member, crisis: Crisis, now: Date): Moved | TaskRefusal {
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
      };
    case 'reopen':
      return {
        changed: { ...untouched, noticedAt: now },
        entry: { kind: 'task_reopened', say: (w) => w.reopened(task.number, task.title), data: {} },
      };
    case 'block':
      return block(task, move.reason);
    case 'reassign':
      return reassign(task, move.to, by, now);
    case 'due':
      return setDue(task, move.dueAt, crisis, now);
    case 'postpone':
      return setDue(task, postponed(task, move.minutes, now), crisis, now);
  }
}

function block(task: Task, typed: string): Moved | TaskRefusal {
  const reason = typed.trim();
  if (!reason) return { code: 'reason_missing' };
  if (reason.length > reasonMax) return { code: 'reason_too_long', length: reason.length };
  return {
    changed: { status: 'blocked', blockedReason: reason },
    entry: { kind: 'task_blocked', say: (w) => w.blocked(task.number, task.title, reason), data: { reason } },
  };
}

function reassign(task: Task, to: Candidate, by: Member, now: Date): Moved | TaskRefusal {
  const noOwner = ownerProblem(to);
  if (noOwner) return noOwner;
  if (task.assigneeId === to.userId) return { code: 'same_assignee', name: to.name };
  return {
    changed: { assigneeId: to.userId, ...givenTo(to, by, now) },
    entry: {
      kind: 'task_reassigned',
      say: (w) => w.reassigned(task.number, task.title, task.assigneeId, to.userId),
      data: { from: task.assigneeId, to: to.userId },
    },
    jobs: welcome(task.crisisId, to, by),
  };
}

function setDue(task: Task, dueAt: Date | null, crisis: Crisis, now: Date): Moved | TaskRefusal {
  if (dueAt && dueAt <= now) return { code: 'due_past', phrase: null };
  if (task.dueAt?.getTime() === dueAt?.getTime()) return { code: 'same_due' };
  const data = { from: task.dueAt?.toISOString() ?? null, to: dueAt?.toISOString() ?? null };
  const say: Say = (w, l) =>
    w.dueChanged(task.number, task.title, dueWords(task.dueAt, crisis, l), dueWords(dueAt, crisis, l));
  return { changed: { dueAt }, entry: { kind: 'task_due_changed', say, data } };
}

/** From the due time, or from now when that is over: `+30 min` never leaves a task late. */
const postponed = (task: Task, minutes: number, now: Date): Date =>
  after(task.dueAt && task.dueAt > now ? task.dueAt : now, minutes * MINUTE);

/**
 * Who answers for a department of a cell: the person who said "I'm on it" for it, else one of it who is there, else the
 * first who was called; once those were silent, the first of its deputies. Null where nobody of it is in the cell.
 */
export function answering(
  department: string,
  callouts: readonly { department: string; answeredBy: string | null; stage: 'people' | 'deputies' | 'lead' }[],
  cell: readonly { userId: string; department: string | null; isDeputy: boolean; presentAt: Date | null }[],
): string | null {
  const theirs = cell.filter((one) => one.department === department);
  const callout = callouts.find((one) => one.department === department);
  const answered = cell.find((one) => one.userId === callout?.answeredBy) ?? theirs.find((one) => one.presentAt);
  const [people, deputies] = [theirs.filter((one) => !one.isDeputy), theirs.filter((one) => one.isDeputy)];
  const inTurn = callout && callout.stage !== 'people' ? [...deputies, ...people] : [...people, ...deputies];
  return (answered ?? inTurn[0])?.userId ?? null;
}

/** What nobody has, by which somebody is named for it: its department, or the task itself. */
export const gapOf = ({ department, id }: Pick<Task, 'department' | 'id'>): string => department ?? id;

/** Several tasks that nobody has go to one person. */
export function give(
  tasks: readonly Task[],
  to: Candidate,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<Task[], TaskRefusal> {
  const decisions = tasks.map((task) => changeTask(task, task.version, { kind: 'reassign', to }, crisis, by, now));
  const given = decisions.flatMap((decision) => (decision.ok ? [decision] : []));
  const refused = decisions.find((decision) => !decision.ok);
  if (refused && !refused.ok) return refused;
  const no = mayAct(crisis, by);
  if (given.length === 0) return refuse(no ?? { code: 'nothing_unfilled' });
  return accept(
    given.map(({ value }) => value),
    {
      timeline: given.flatMap(({ timeline }) => timeline),
      jobs: [...welcome(crisis.id, to, by), showList(crisis.id)],
    },
  );
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

/** What a person began, blocked or ended is shown, whenever its lot comes. */
export const isShown = ({ status, fromAt }: Pick<Task, 'status' | 'fromAt'>, now: Date): boolean =>
  status !== 'open' || fromAt === null || fromAt <= now;

/** Not done, the most urgent first, those of a later lot included. */
export const openTasks = (tasks: readonly Task[]): Task[] => byDue(tasks.filter((task) => task.status !== 'done'));

/** The same without those of a later lot. */
export const shownTasks = (tasks: readonly Task[], now: Date): Task[] =>
  openTasks(tasks).filter((task) => isShown(task, now));

/** Open tasks whose due time is over, and those due within the hour (discipline G1: the two a digest tells). */
export function urgentTasks(tasks: readonly Task[], now: Date): { overdue: Task[]; dueSoon: Task[] } {
  const open = shownTasks(tasks, now);
  return {
    overdue: open.filter((task) => task.dueAt && task.dueAt <= now),
    dueSoon: open.filter((task) => task.dueAt && task.dueAt > now && task.dueAt <= after(now, HOUR)),
  };
}

export const showList = (crisisId: string): Job => inRoom('tasks.show_list', { crisisId });

/** Everything in which a lot appears, where no entry of the timeline tells of it. */
export const showLot = (crisisId: string): Job[] => [
  showList(crisisId),
  atOnce('waiting.look', { crisisId }),
  { kind: 'war_room.refresh_brief', queue: 'outbox', order: `brief:${crisisId}`, data: { crisisId } },
];

/** Makes one line of what an earlier version showed of a task. Once for ever. */
export const fold = (crisisId: string, key: string): Job => ({
  kind: 'tasks.fold',
  queue: 'outbox',
  order: `fold:${crisisId}`,
  key: `tasks.fold:${key}`,
  data: { crisisId, key },
});

const givenTo = (assignee: Candidate | null, by: Member, now: Date): Pick<Task, 'assignedBy' | 'assignedAt'> => {
  const isGiven = assignee !== null && assignee.userId !== by.userId;
  return { assignedBy: isGiven ? by.userId : null, assignedAt: isGiven ? now : null };
};

/** Somebody who is not in the room yet is brought in. */
const welcome = (crisisId: string, assignee: Candidate | null, by: Member): Job[] =>
  assignee && !assignee.inCell && assignee.userId !== by.userId
    ? [inRoom('war_room.add', { crisisId, userId: assignee.userId })]
    : [];

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
