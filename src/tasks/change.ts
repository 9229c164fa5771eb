import type { Tx } from '../../db/client.ts';
import { runAll } from '../../db/run-all.ts';
import { accept, type Decision, refuse } from '../core/decision.ts';
import type { DueProblem } from '../core/due-time.ts';
import { actIn } from '../crises/change.ts';
import type { Candidate } from '../crises/owner.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import { addResponders, candidateIn, findCrisisOf, findMember, lockCrisis, saveCrisis } from '../crises/store.ts';
import { commit, type Deps, order } from '../jobs/commit.ts';
import type { Act } from '../slack/feature.ts';
import { showAll } from './lots.ts';
import { notice } from './noticed.ts';
import {
  changeTask,
  createTask,
  gapOf,
  give,
  type Move,
  outOfDate,
  showList,
  type Task,
  type TaskRefusal,
} from './rules.ts';
import { askedLaterToo } from './snapshot.ts';
import { evidenceOf, findTask, insertTask, saveTask, tasksOf } from './store.ts';

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
  if (!decision.ok && 'task' in decision.refusal) await order(deps, [showList(decision.refusal.task.crisisId)]);
}

/** Every lot at once, for a lead who wants to see them. */
export const showAllTasks = (act: Act, crisisId: string): Promise<Decision<Task[], TaskRefusal>> =>
  actIn(act, crisisId, async (tx, crisis, member) => {
    const decision = showAll(await tasksOf(tx, [crisisId]), crisis, member, act.now());
    if (decision.ok) for (const task of decision.value) await saveTask(tx, task);
    return decision;
  });

/** Gives somebody what nobody has: the open tasks of a department, of later lots too, or one task that has none. */
export const giveUnfilled = (act: Act, crisisId: string, what: string, userId: string) =>
  actIn<Task[], TaskRefusal>(act, crisisId, async (tx, crisis, member) => {
    const to = await candidateIn(tx, crisis, member, userId);
    const unfilled = (await askedLaterToo(tx, crisis)).flatMap((one) => (one.userId ? [] : [one.task]));
    const decision = give(
      unfilled.filter((task) => gapOf(task) === what),
      to,
      crisis,
      member,
      act.now(),
    );
    if (!decision.ok) return decision;
    for (const task of decision.value) await saveTask(tx, task);
    await joinCell(tx, crisis, to, member, act.now(), decision.value[0]?.department ?? null);
    return decision;
  });

/** Looks at what has been done in the product since: "done by the act", and open again where it was undone. */
export function noticeTasks(deps: Deps, crisisId: string) {
  return commit<Task[], { code: 'nothing_new' }>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = notice(await tasksOf(tx, [crisisId]), await evidenceOf(tx, crisisId), crisis, deps.now());
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
  department: string | null = null,
): Promise<void> => {
  if (person && (department || !person.inCell || person.userId === by.userId))
    await addResponders(tx, crisis, [{ userId: person.userId, department }], now);
};
