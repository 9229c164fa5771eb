import { accept, type Decision, refuse } from '../core/decision.ts';
import { actIn } from '../crises/change.ts';
import type { Candidate } from '../crises/owner.ts';
import { type Crisis, mayAct } from '../crises/rules.ts';
import { candidateIn, findCrisisOf, findMember } from '../crises/store.ts';
import type { Act } from '../slack/feature.ts';
import {
  addCause as add,
  type CauseRecord,
  type CauseRefusal,
  type CauseWish,
  changeCause as reviseCause,
} from './causes/rules.ts';
import { type CrisisDecision, type DecisionRefusal, type DecisionWish, decide as settle } from './decisions/rules.ts';
import {
  type MeasureMove,
  type MeasureRecord,
  type MeasureRefusal,
  type MeasureWish,
  measureOutOfDate,
  changeMeasure as moveMeasure,
  addMeasure as plan,
} from './measures/rules.ts';
import {
  type PostureInputs,
  type PostureQuestion,
  type PostureRefusal,
  setPosture,
  sharePosture,
} from './posture/rules.ts';
import {
  confirmFalse,
  type FactChange,
  type FactRecord,
  type FactRefusal,
  type FactWish,
  type RoomRefusal,
  recordFact,
  changeFact as revise,
} from './rules.ts';
import {
  decisionsOf,
  findCause,
  findFact,
  findMeasure,
  insertCause,
  insertDecision,
  insertFact,
  insertMeasure,
  nextNumber,
  postureInputsOf,
  saveCause,
  saveFact,
  saveMeasure,
  savePosture,
} from './store.ts';

/** A wish as it is asked for: a person is named by their id; null is the person who acts. */
type By<W, K extends string> = Omit<W, K> & { userId: string | null };
/** What was saved, and who answers for it. */
export type Saved<T> = { saved: T; owner: Candidate };
type Target = { id: string; v: number };

const withOwner = <T, R extends { code: string }>(decision: Decision<T, R>, owner: Candidate): Decision<Saved<T>, R> =>
  decision.ok ? { ...decision, value: { saved: decision.value, owner } } : decision;

export function addFact(
  act: Act,
  crisisId: string,
  { id, userId, ...wish }: By<FactWish, 'owner'> & { id: string },
): Promise<Decision<Saved<FactRecord>, FactRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const [owner, number] = await Promise.all([
      candidateIn(tx, crisis, member, userId),
      nextNumber(tx, 'fact', crisisId),
    ]);
    const decision = recordFact(crisis, { ...wish, id, number, owner }, member, act.now());
    if (decision.ok) await insertFact(tx, decision.value);
    return withOwner(decision, owner);
  });
}

/** One form about a fact, or the press of the second person who confirms that it is false. */
export async function changeFact(
  act: Act,
  { id, v }: Target,
  ask: By<FactChange, 'owner'> | 'second',
): Promise<Decision<Saved<FactRecord>, FactRefusal>> {
  const known = await findFact(act.db, id);
  if (!known) return refuse({ code: 'not_in_room' });
  return actIn(act, known.crisisId, async (tx, crisis, member) => {
    const fact = (await findFact(tx, id)) ?? known;
    const now = act.now();
    const owner = await candidateIn(tx, crisis, member, ask === 'second' ? fact.ownerId : ask.userId);
    const decision =
      ask === 'second'
        ? confirmFalse(fact, v, crisis, member, now)
        : revise(fact, v, { ...ask, owner }, crisis, member, now);
    if (decision.ok) await saveFact(tx, decision.value, fact);
    return withOwner(decision, owner);
  });
}

export function decide(
  act: Act,
  crisisId: string,
  { userId, ...wish }: By<DecisionWish, 'decider'>,
): Promise<Decision<Saved<CrisisDecision>, DecisionRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const [decider, made] = await Promise.all([candidateIn(tx, crisis, member, userId), decisionsOf(tx, crisisId)]);
    const decision = settle(crisis, { ...wish, decider }, made, member, act.now());
    if (decision.ok) await insertDecision(tx, decision.value);
    return withOwner(decision, decider);
  });
}

export function addMeasure(
  act: Act,
  crisisId: string,
  { id, userId, ...wish }: By<MeasureWish, 'owner'> & { id: string },
): Promise<Decision<Saved<MeasureRecord>, MeasureRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const [owner, number] = await Promise.all([
      candidateIn(tx, crisis, member, userId),
      nextNumber(tx, 'measure', crisisId),
    ]);
    const decision = plan(crisis, { ...wish, id, number, owner }, member, act.now());
    if (decision.ok) await insertMeasure(tx, decision.value);
    return withOwner(decision, owner);
  });
}

export type MeasureAsk = Exclude<MeasureMove, { kind: 'change' }> | ({ kind: 'change' } & By<MeasureWish, 'owner'>);

export async function changeMeasure(
  act: Act,
  { id, v }: Target,
  ask: MeasureAsk,
): Promise<Decision<Saved<MeasureRecord>, MeasureRefusal>> {
  const known = await findMeasure(act.db, id);
  if (!known) return refuse({ code: 'not_in_room' });
  return actIn(act, known.crisisId, async (tx, crisis, member) => {
    const measure = (await findMeasure(tx, id)) ?? known;
    const owner = await candidateIn(tx, crisis, member, ask.kind === 'change' ? ask.userId : measure.ownerId);
    const move = ask.kind === 'change' ? { ...ask, owner } : ask;
    const decision = moveMeasure(measure, v, move, crisis, member, act.now());
    if (decision.ok) await saveMeasure(tx, decision.value);
    return withOwner(decision, owner);
  });
}

export function addCause(
  act: Act,
  crisisId: string,
  { id, userId, ...wish }: By<CauseWish, 'owner'> & { id: string },
): Promise<Decision<Saved<CauseRecord>, CauseRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const [owner, number] = await Promise.all([
      candidateIn(tx, crisis, member, userId),
      nextNumber(tx, 'cause', crisisId),
    ]);
    const decision = add(crisis, { ...wish, id, number, owner }, member, act.now());
    if (decision.ok) await insertCause(tx, decision.value);
    return withOwner(decision, owner);
  });
}

export async function changeCause(
  act: Act,
  { id, v }: Target,
  { userId, ...wish }: By<CauseWish, 'owner'>,
): Promise<Decision<Saved<CauseRecord>, CauseRefusal>> {
  const known = await findCause(act.db, id);
  if (!known) return refuse({ code: 'not_in_room' });
  return actIn(act, known.crisisId, async (tx, crisis, member) => {
    const cause = (await findCause(tx, id)) ?? known;
    const owner = await candidateIn(tx, crisis, member, userId);
    const decision = reviseCause(cause, v, { ...wish, owner }, crisis, member, act.now());
    if (decision.ok) await saveCause(tx, decision.value);
    return withOwner(decision, owner);
  });
}

/** `version`: of the answers that the form showed, 0 when there were none. */
export function answerPosture(
  act: Act,
  crisisId: string,
  version: number,
  question: PostureQuestion,
): Promise<Decision<PostureInputs, PostureRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const before = await postureInputsOf(tx, crisisId);
    const decision = setPosture(before, version, question, crisis, member, act.now());
    if (decision.ok) await savePosture(tx, decision.value);
    return decision;
  });
}

export function showPosture(
  act: Act,
  crisisId: string,
  version: number,
): Promise<Decision<PostureInputs, PostureRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member): Promise<Decision<PostureInputs, PostureRefusal>> => {
    const inputs = await postureInputsOf(tx, crisisId);
    return inputs ? sharePosture(inputs, version, crisis, member) : refuse({ code: 'not_in_room' });
  });
}

/** What a form is to be opened for, and its crisis. */
export type Read<T> = { found: T; crisis: Crisis };

/** Before a form is opened: whether the person may act, and whether the button still means what it says. */
export async function readFact(act: Act, { id, v }: Target): Promise<Decision<Read<FactRecord>, FactRefusal>> {
  return readable(act, await findFact(act.db, id), (fact) =>
    fact.version === v ? null : { code: 'stale' as const, fact },
  );
}

export async function readMeasure(
  act: Act,
  { id, v }: Target,
  move: MeasureMove['kind'],
): Promise<Decision<Read<MeasureRecord>, MeasureRefusal>> {
  return readable(act, await findMeasure(act.db, id), (measure) => measureOutOfDate(measure, v, move));
}

export async function readCause(act: Act, { id, v }: Target): Promise<Decision<Read<CauseRecord>, CauseRefusal>> {
  return readable(act, await findCause(act.db, id), (cause) =>
    cause.version === v ? null : { code: 'stale' as const, cause },
  );
}

async function readable<T extends { crisisId: string }, R extends { code: string }>(
  act: Act,
  found: T | undefined,
  problem: (found: T) => R | null,
): Promise<Decision<Read<T>, R | RoomRefusal>> {
  const crisis = found && (await findCrisisOf(act.db, act.who.workspaceId, found.crisisId));
  if (!found || !crisis) return refuse({ code: 'not_in_room' });
  const no = mayAct(crisis, await findMember(act.db, crisis, act.who.userId, act.channelId)) ?? problem(found);
  return no ? refuse(no) : accept({ found, crisis });
}
