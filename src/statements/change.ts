import type { Executor, Tx } from '../../db/client.ts';
import { type Decision, refuse } from '../core/decision.ts';
import { Fault } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { inRoom, type Job } from '../core/jobs.ts';
import { actIn } from '../crises/change.ts';
import type { Crisis, Member } from '../crises/rules.ts';
import { addResponders, findCrisisOf, findMember, lockCrisis, respondersOf, saveCrisis } from '../crises/store.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { departmentsOfPerson } from '../people/rules.ts';
import { rosterOf } from '../people/store.ts';
import type { Act } from '../slack/feature.ts';
import { saveStakeholder, stakeholdersOf } from '../stakeholders/store.ts';
import { approve } from './approval.ts';
import { askLegal, type Kept, pair, type Reply, reply } from './check/answers.ts';
import type { Material } from './check/lint.ts';
import { showCard } from './orders.ts';
import { type PublicationWish, type Published, publishAndTell } from './publishing.ts';
import { draft, submit } from './rules.ts';
import { materialOf, originOf } from './snapshot.ts';
import { type MessageMapWish, saveMap } from './start/map-rules.ts';
import { type Context, type Seen, type Statement, type StatementRefusal } from './statement.ts';
import {
  approversRoster,
  crisisIdOf,
  findStatement,
  insertAnswers,
  insertPromise,
  messageMapOf,
  type StoredMap,
  saveMessageMap,
  saveStatement,
  saveTerms,
} from './store.ts';
import type { Wording } from './wording.ts';

type Answer = Decision<Statement, StatementRefusal>;

/**
 * Writes a first version, and submits it in the same breath when asked to. What blocks a submission does not undo the
 * writing: the answer is the draft then.
 */
export function draftStatement(
  act: Act,
  crisisId: string,
  wish: Wording & { id: string; from?: { playbook: string; template: string } | null },
  submitNow: boolean,
): Promise<Answer> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const context = await contextOf(act, tx, crisis, member);
    const number = crisis.statementNumber + 1;
    const { from, ...wording } = wish;
    const origin = from ? await originOf(tx, crisis.workspaceId, from, wording.language, act.now()) : null;
    const decision = await andSubmit(tx, draft({ ...wording, origin }, number, context), submitNow, context);
    if (!decision.ok) return decision;
    await saveCrisis(tx, { ...crisis, statementNumber: number });
    return kept(tx, context, null, decision);
  });
}

/** One act of a person on a statement: the crisis is locked, so acts on one statement follow one another. */
export async function changeStatement(
  act: Act,
  statementId: string,
  decide: (statement: Statement, context: Context) => Answer,
  submitNow = false,
): Promise<Answer> {
  const crisisId = await crisisIdOf(act.db, statementId);
  if (!crisisId) return refuse({ code: 'not_in_room' });
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const statement = (await findStatement(tx, statementId)) as Statement;
    const context = await contextOf(act, tx, crisis, member);
    const decision = await andSubmit(tx, decide(statement, context), submitNow, context);
    return decision.ok ? kept(tx, context, statement, decision) : decision;
  });
}

/** Somebody says that it is out: whom it reached has heard in the same breath. */
export const publishStatement = (
  act: Act,
  statementId: string,
  wish: PublicationWish,
): Promise<Decision<Published, StatementRefusal>> =>
  onStatement(act, statementId, async (tx, before, context) => {
    const decision = publishAndTell(before, wish, context, await stakeholdersOf(tx, before.crisisId));
    if (!decision.ok) return decision;
    const { statement, told, promised } = decision.value;
    await saveStatement(tx, before, statement);
    for (const one of told) await saveStakeholder(tx, one);
    if (promised) await insertPromise(tx, promised);
    return decision;
  });

/** A deadline, or a change of level: nobody pressed anything. */
export function wakeStatement(
  deps: Deps,
  statementId: string,
  decide: (statement: Statement, context: Omit<Context, 'by'>) => Answer,
): Promise<Answer> {
  return commit(deps, null, async (tx) => {
    const crisisId = await crisisIdOf(tx, statementId);
    if (!crisisId) throw new Fault(`statement ${statementId} does not exist`);
    const crisis = await lockCrisis(tx, crisisId);
    const statement = (await findStatement(tx, statementId)) as Statement;
    const context = await around(deps, tx, crisis);
    const decision = decide(statement, context);
    return { crisis, decision: decision.ok ? await kept(tx, context, statement, decision) : decision };
  });
}

/** What somebody of the cell may see of a statement; null for strangers, who learn not even that it exists. */
export async function openStatement(
  act: Act,
  statementId: string,
): Promise<{ statement: Statement; context: Context } | null> {
  const statement = await findStatement(act.db, statementId);
  const crisis = statement ? await findCrisisOf(act.db, act.who.workspaceId, statement.crisisId) : undefined;
  if (!statement || !crisis) return null;
  const member = await findMember(act.db, crisis, act.who.userId, act.channelId);
  const context = await contextOf(act, act.db, crisis, member);
  return context.by.inCell ? { statement, context } : null;
}

const contextOf = async (deps: Deps, tx: Executor, crisis: Crisis, by: Member): Promise<Context> => ({
  ...(await around(deps, tx, crisis)),
  by,
});

const around = async (deps: Deps, tx: Executor, crisis: Crisis): Promise<Omit<Context, 'by'>> => ({
  crisis,
  roster: await approversRoster(tx, crisis),
  named: await rosterOf(tx, crisis.workspaceId),
  now: deps.now(),
  newId,
});

async function andSubmit(tx: Tx, decision: Answer, submitNow: boolean, context: Context): Promise<Answer> {
  if (!decision.ok || !submitNow) return decision;
  const { current } = decision.value;
  const material = await materialOf(tx, context.crisis, decision.value);
  const submitted = submit(decision.value, { version: current.number, hash: current.hash }, context, material);
  // What was written is kept whatever the check says; whoever wrote it is shown what stands against it.
  if (!submitted.ok) return submitted.refusal.code === 'blocked' ? decision : submitted;
  return {
    ok: true,
    value: submitted.value,
    timeline: [...decision.timeline, ...submitted.timeline],
    jobs: [...decision.jobs, ...submitted.jobs],
    cancel: [...decision.cancel, ...submitted.cancel],
  };
}

/** Asks for approval of what was on somebody's screen, once nothing that blocks is left. */
export const submitStatement = (act: Act, statementId: string, seen: Seen): Promise<Answer> =>
  onStatement(act, statementId, async (tx, statement, context, material) => {
    const decision = submit(statement, seen, context, material);
    return decision.ok ? kept(tx, context, statement, decision) : decision;
  });

/** Approves what was on somebody's screen, against what is known at this moment. */
export const approveStatement = (act: Act, statementId: string, seen: Seen): Promise<Answer> =>
  onStatement(act, statementId, async (tx, statement, context, material) => {
    const decision = approve(statement, seen, context, material);
    return decision.ok ? kept(tx, context, statement, decision) : decision;
  });

/** An answer to what the check found. */
export const answerCheck = (
  act: Act,
  statementId: string,
  seen: Seen,
  said: Reply,
): Promise<Decision<Kept, StatementRefusal>> =>
  onStatement(act, statementId, async (tx, statement, context, material) => {
    const decision = reply(statement, seen, said, context, material);
    if (!decision.ok) return decision;
    await saveTerms(tx, statement.crisisId, decision.value.terms);
    await insertAnswers(tx, statement.id, decision.value.answers);
    return decision;
  });

export const askLegalAbout = (act: Act, statementId: string, seen: Seen): Promise<Decision<Kept, StatementRefusal>> =>
  onStatement(act, statementId, async (_tx, statement, context, material) =>
    askLegal(statement, seen, context, material),
  );

/** `otherId`: null takes the link away. Those who were linked before to either of the two no longer are. */
export const pairStatements = (
  act: Act,
  statementId: string,
  otherId: string | null,
): Promise<Decision<Statement[], StatementRefusal>> =>
  onStatement(act, statementId, async (tx, statement, context) => {
    const other = otherId ? await findStatement(tx, otherId) : undefined;
    if (otherId && other?.crisisId !== statement.crisisId) return refuse({ code: 'not_a_twin' });
    const decision = pair(statement, other ?? null, context);
    if (!decision.ok) return decision;
    const redrawn: Job[] = [];
    for (const id of [statement.twinId, other?.twinId]) {
      const left = id ? await findStatement(tx, id) : undefined;
      if (!left) continue;
      await saveStatement(tx, left, { ...left, twinId: null });
      redrawn.push(showCard(left, left.current.number));
    }
    for (const one of decision.value) await saveStatement(tx, one, one);
    return { ...decision, jobs: [...decision.jobs, ...redrawn] };
  });

export const saveMessages = (
  act: Act,
  crisisId: string,
  wish: MessageMapWish,
): Promise<Decision<StoredMap, StatementRefusal>> =>
  actIn(act, crisisId, async (tx, crisis, member) => {
    const decision = saveMap(await messageMapOf(tx, crisisId), wish, crisis, member, act.now());
    if (decision.ok) await saveMessageMap(tx, decision.value);
    return decision;
  });

async function onStatement<T>(
  act: Act,
  statementId: string,
  decide: (
    tx: Tx,
    statement: Statement,
    context: Context,
    material: Material,
  ) => Promise<Decision<T, StatementRefusal>>,
): Promise<Decision<T, StatementRefusal>> {
  const crisisId = await crisisIdOf(act.db, statementId);
  if (!crisisId) return refuse({ code: 'not_in_room' });
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const statement = (await findStatement(tx, statementId)) as Statement;
    const context = await contextOf(act, tx, crisis, member);
    return decide(tx, statement, context, await materialOf(tx, crisis, statement));
  });
}

/** Saves, and brings into the cell those who are asked to approve without being in it: they could neither read nor answer. */
async function kept(
  tx: Tx,
  { crisis, roster, now }: Omit<Context, 'by'>,
  before: Statement | null,
  decision: Extract<Answer, { ok: true }>,
): Promise<Answer> {
  await saveStatement(tx, before, decision.value);
  const newlyAsked = decision.value.askedIds.filter((id) => !before?.askedIds.includes(id));
  if (newlyAsked.length === 0) return decision;
  const cell = new Set((await respondersOf(tx, crisis.id)).filter((r) => !r.leftAt).map((r) => r.userId));
  const called = newlyAsked.filter((id) => !cell.has(id) && id !== crisis.leadId);
  const rows = called.map((userId) => {
    const [department] = departmentsOfPerson(roster, userId);
    return { userId, department: department?.key ?? null, isDeputy: department?.isDeputy ?? false };
  });
  await addResponders(tx, crisis, rows, now);
  return { ...decision, jobs: [...decision.jobs, ...called.map((userId) => invite(crisis.id, userId))] };
}

/** Named here, done by the war room's jobs. */
const invite = (crisisId: string, userId: string): Job => inRoom('war_room.add', { crisisId, userId });
