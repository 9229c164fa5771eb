import type { Executor, Tx } from '../../db/client.ts';
import { type Decision, refuse } from '../core/decision.ts';
import { Fault } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { inRoom, type Job } from '../core/jobs.ts';
import { type Actor, actIn } from '../crises/change.ts';
import type { Crisis, Member } from '../crises/rules.ts';
import { addResponders, findCrisisOf, findMember, lockCrisis, respondersOf, saveCrisis } from '../crises/store.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { departmentsOfPerson } from '../people/rules.ts';
import { draft, type Scene, type Statement, type StatementRefusal, submit } from './rules.ts';
import { approversRoster, crisisIdOf, findStatement, saveStatement } from './store.ts';
import type { Wording } from './wording.ts';

type Answer = Decision<Statement, StatementRefusal>;

/** Writes a first version, and submits it in the same breath when asked to. */
export function draftStatement(
  deps: Deps,
  by: Actor,
  crisisId: string,
  wish: Wording & { id: string },
  submitNow: boolean,
): Promise<Answer> {
  return actIn(deps, by, crisisId, async (tx, crisis, member) => {
    const scene = await sceneOf(deps, tx, crisis, member);
    const number = crisis.statementNumber + 1;
    const decision = then(draft(wish, number, scene), submitNow, scene);
    if (!decision.ok) return decision;
    await saveCrisis(tx, { ...crisis, statementNumber: number });
    return kept(deps, tx, crisis, null, decision);
  });
}

/** One act of a person on a statement: the crisis is locked, so acts on one statement follow one another. */
export async function changeStatement(
  deps: Deps,
  by: Actor,
  statementId: string,
  decide: (statement: Statement, scene: Scene) => Answer,
  submitNow = false,
): Promise<Answer> {
  const crisisId = await crisisIdOf(deps.db, statementId);
  if (!crisisId) return refuse({ code: 'not_in_room' });
  return actIn(deps, by, crisisId, async (tx, crisis, member) => {
    const statement = (await findStatement(tx, statementId)) as Statement;
    const scene = await sceneOf(deps, tx, crisis, member);
    const decision = then(decide(statement, scene), submitNow, scene);
    return decision.ok ? kept(deps, tx, crisis, statement, decision) : decision;
  });
}

/** A deadline, or a change of level: nobody pressed anything. */
export function wakeStatement(
  deps: Deps,
  statementId: string,
  decide: (statement: Statement, scene: Omit<Scene, 'by'>) => Answer,
): Promise<Answer> {
  return commit(deps, null, async (tx) => {
    const crisisId = await crisisIdOf(tx, statementId);
    if (!crisisId) throw new Fault(`statement ${statementId} does not exist`);
    const crisis = await lockCrisis(tx, crisisId);
    const statement = (await findStatement(tx, statementId)) as Statement;
    const roster = await approversRoster(tx, crisis.workspaceId);
    const decision = decide(statement, { crisis, roster, now: deps.now(), newId });
    return { crisis, decision: decision.ok ? await kept(deps, tx, crisis, statement, decision) : decision };
  });
}

/** What somebody of the cell may see of a statement; null for strangers, who learn not even that it exists. */
export async function openStatement(
  deps: Deps,
  by: Actor,
  statementId: string,
): Promise<{ statement: Statement; scene: Scene } | null> {
  const statement = await findStatement(deps.db, statementId);
  const crisis = statement ? await findCrisisOf(deps.db, by.workspaceId, statement.crisisId) : undefined;
  if (!statement || !crisis) return null;
  const member = await findMember(deps.db, crisis, by.userId, by.channelId);
  const scene = await sceneOf(deps, deps.db, crisis, member);
  return scene.by.inCell ? { statement, scene } : null;
}

async function sceneOf(deps: Deps, tx: Executor, crisis: Crisis, by: Member): Promise<Scene> {
  return {
    crisis,
    by,
    roster: await approversRoster(tx, crisis.workspaceId),
    now: deps.now(),
    newId,
  };
}

function then(decision: Answer, submitNow: boolean, scene: Scene): Answer {
  if (!decision.ok || !submitNow) return decision;
  const { current } = decision.value;
  const submitted = submit(decision.value, { version: current.number, hash: current.hash }, scene);
  if (!submitted.ok) return submitted;
  return {
    ok: true,
    value: submitted.value,
    timeline: [...decision.timeline, ...submitted.timeline],
    jobs: [...decision.jobs, ...submitted.jobs],
    cancel: [...decision.cancel, ...submitted.cancel],
  };
}

/** Saves, and brings into the cell those who are asked to approve without being in it: they could neither read nor answer. */
async function kept(
  deps: Deps,
  tx: Tx,
  crisis: Crisis,
  before: Statement | null,
  decision: Extract<Answer, { ok: true }>,
): Promise<Answer> {
  await saveStatement(tx, before, decision.value);
  const newlyAsked = decision.value.askedIds.filter((id) => !before?.askedIds.includes(id));
  if (newlyAsked.length === 0) return decision;
  const cell = new Set((await respondersOf(tx, crisis.id)).filter((r) => !r.leftAt).map((r) => r.userId));
  const called = newlyAsked.filter((id) => !cell.has(id) && id !== crisis.leadId);
  const roster = await approversRoster(tx, crisis.workspaceId);
  const rows = called.map((userId) => {
    const [department] = departmentsOfPerson(roster, userId);
    return { userId, department: department?.key ?? null, isDeputy: department?.isDeputy ?? false };
  });
  await addResponders(tx, crisis.id, rows, deps.now());
  return { ...decision, jobs: [...decision.jobs, ...called.map((userId) => invite(crisis.id, userId))] };
}

/** Named here, done by the war room's jobs. */
const invite = (crisisId: string, userId: string): Job => inRoom('war_room.add', { crisisId, userId });
