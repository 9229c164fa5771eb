import type { Tx } from '../../db/client.ts';
import { runAll } from '../../db/run-all.ts';
import { accept, type Decision, refuse } from '../core/decision.ts';
import type { DueProblem } from '../core/due-time.ts';
import { newId } from '../core/ids.ts';
import { actIn } from '../crises/change.ts';
import { type Candidate, troubleWith } from '../crises/owner.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import {
  addResponders,
  candidateIn,
  findCrisisOf,
  findMember,
  lockCrisis,
  respondersOf,
  saveCrisis,
} from '../crises/store.ts';
import { commit, type Deps, order } from '../jobs/commit.ts';
import { findPeople } from '../people/store.ts';
import { calloutsOf } from '../responders/store.ts';
import type { Act } from '../slack/feature.ts';
import { closing, notice } from './noticed.ts';
import {
  answering,
  changeTask,
  createTask,
  type Move,
  openTasks,
  outOfDate,
  type Reach,
  type Reminder,
  rearmAll,
  refreshed,
  remind,
  type Task,
  type TaskRefusal,
} from './rules.ts';
import { evidenceOf, findTask, insertReminder, insertTask, saveTask, tasksOf } from './store.ts';

export type TaskWish = {
  id: string;
  title: string;
  details: string;
  /** Everybody who was named. */
  userIds: readonly string[];
  department: string | null;
  dueAt: Date | null;
  dueProblem: DueProblem | null;
  sourceUrl: string | null;
};
export type Created = { crisis: Crisis; task: Task; assignee: Candidate | null };

/** A task and its place in the room; somebody who is given one without being in the cell joins it. */
export function addTask(act: Act, crisisId: string, wish: TaskWish): Promise<Decision<Created, TaskRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member): Promise<Decision<Created, TaskRefusal>> => {
    const { userIds, ...rest } = wish;
    const people = await Promise.all(userIds.map((userId) => candidateIn(tx, crisis, member, userId)));
    const decision = createTask(crisis, { ...rest, people }, member, act.now());
    if (!decision.ok) return decision;
    const [assignee] = people;
    await runAll(saveCrisis(tx, decision.value.crisis), insertTask(tx, decision.value.task));
    await joinCell(tx, crisis, assignee, member, act.now());
    return { ...decision, value: { ...decision.value, assignee: assignee ?? null } };
  });
}

export type Target = { id: string; v: number };
/** A move as it is asked for, before the person it names has been looked up. */
export type Ask = Exclude<Move, { kind: 'reassign' }> | { kind: 'reassign'; userId: string };

/** One press or form about a task. A press that came too late changes nothing, but what was pressed is drawn afresh. */
export async function moveTask(act: Act, target: Target, ask: Ask): Promise<Decision<Task, TaskRefusal>> {
  const known = await findTask(act.db, target.id);
  if (!known) return refuse({ code: 'not_in_room' });
  const decision = await actIn(act, known.crisisId, async (tx, crisis, member) => {
    const task = (await findTask(tx, target.id)) ?? known;
    const move: Move =
      ask.kind === 'reassign' ? { kind: 'reassign', to: await candidateIn(tx, crisis, member, ask.userId) } : ask;
    const changed = changeTask(task, target.v, move, crisis, member, act.now());
    if (changed.ok) {
      await saveTask(tx, changed.value);
      if (move.kind === 'reassign') await joinCell(tx, crisis, move.to, member, act.now());
    }
    return changed;
  });
  await drawAfresh(act, decision);
  return decision;
}

/** Before a form is opened: whether the person may act, and whether the button still means what it says. */
export async function readTask(
  act: Act,
  target: Target,
  move: Move['kind'],
): Promise<Decision<{ task: Task; crisis: Crisis }, TaskRefusal>> {
  const task = await findTask(act.db, target.id);
  const crisis = task && (await findCrisisOf(act.db, act.who.workspaceId, task.crisisId));
  if (!task || !crisis) return refuse({ code: 'not_in_room' });
  const no =
    mayAct(crisis, await findMember(act.db, crisis, act.who.userId, act.channelId)) ?? outOfDate(task, target.v, move);
  const decision: Decision<{ task: Task; crisis: Crisis }, TaskRefusal> = no ? refuse(no) : accept({ task, crisis });
  await drawAfresh(act, decision);
  return decision;
}

async function drawAfresh(deps: Deps, decision: Decision<unknown, TaskRefusal>): Promise<void> {
  if (decision.ok || !('task' in decision.refusal)) return;
  const { task } = decision.refusal;
  await order(deps, refreshed(task));
}

/** What an alarm does. Returns `nothing_due` when what it was set for has changed since. */
export function remindPerson(deps: Deps, crisisId: string, key: string) {
  return commit<{ tasks: Task[]; reminder: Reminder }, { code: 'nothing_due' }>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const [all, evidence] = [await tasksOf(tx, [crisisId]), await evidenceOf(tx, crisisId)];
    // Between an act and the job that notices it, nobody is reminded of what they have done.
    const tasks = openTasks(all).filter((task) => !closing(task, evidence));
    const decision = remind(tasks, key, crisis, newId(), await reachIn(tx, crisis, tasks), deps.now());
    if (decision.ok) {
      await insertReminder(tx, decision.value.reminder);
      for (const task of decision.value.tasks) await saveTask(tx, task);
    }
    return { crisis, decision };
  });
}

/** Looks at what has been done in the product since: "done by the act", and open again where it was undone. */
export function noticeTasks(deps: Deps, crisisId: string) {
  return commit<Task[], { code: 'nothing_new' }>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = notice(await tasksOf(tx, [crisisId]), await evidenceOf(tx, crisisId), crisis, deps.now());
    if (decision.ok) for (const task of decision.value) await saveTask(tx, task);
    return { crisis, decision };
  });
}

/** Plans the reminders of a crisis's open tasks again, for a crisis that was closed and is open. */
export function rearmTasks(deps: Deps, crisisId: string) {
  return commit<Task[], { code: 'nothing_due' }>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = rearmAll(await tasksOf(tx, [crisisId]), crisis, deps.now());
    if (decision.ok) for (const task of decision.value) await saveTask(tx, task);
    return { crisis, decision };
  });
}

/** Who acts from the room is of the cell, and may be known by the room alone. */
const joinCell = async (
  tx: Tx,
  crisis: Crisis,
  person: Candidate | undefined,
  by: Member,
  now: Date,
): Promise<void> => {
  if (person && (!person.inCell || person.userId === by.userId))
    await addResponders(tx, crisis, [{ userId: person.userId, department: null }], now);
};

/** Who left the cell, or the company, is told nothing more about the crisis. */
async function reachIn(tx: Tx, crisis: Crisis, tasks: readonly Task[]): Promise<Reach> {
  const cell = (await respondersOf(tx, crisis.id)).filter((r) => !r.leftAt);
  const callouts = tasks.some((task) => task.department && !task.assigneeId) ? await calloutsOf(tx, crisis.id) : [];
  const asked = tasks.flatMap((task) => (task.assigneeId ? [task.assigneeId] : []));
  const known = await findPeople(tx, crisis.workspaceId, [...new Set([...asked, ...cell.map((r) => r.userId)])]);
  const able = new Set(known.filter((p) => !troubleWith(p)).map((p) => p.id));
  const here = cell.filter((r) => able.has(r.userId));
  return {
    isReachable: (userId) => able.has(userId) && (userId === crisis.leadId || here.some((r) => r.userId === userId)),
    answersFor: (department) => answering(department, callouts, here),
  };
}
