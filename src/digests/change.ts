import type { Tx } from '../../db/client.ts';
import type { Decision } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import { actIn } from '../crises/change.ts';
import type { Crisis } from '../crises/rules.ts';
import { lockCrisis, saveCrisis } from '../crises/store.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import type { Act } from '../slack/feature.ts';
import type { Content } from './content.ts';
import {
  type DigestCause,
  type DigestPlan,
  type DigestRefusal,
  makeDigest,
  restartDigests,
  setRhythm,
  startDigests,
} from './rules.ts';
import { changedSince, declaredLevel, gatherFacts, insertDigest, lastPosted, openTasks, rhythmOf } from './store.ts';

/** The room is open, or open again: sets the first beat. */
export function startBeat(deps: Deps, crisisId: string): Promise<Decision<Crisis, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = startDigests(crisis, await rhythmOf(tx, crisis), deps.now());
    await saveCrisis(tx, decision.value);
    return { crisis, decision };
  });
}

/** The level changed: the beat is the new level's from now on. */
export function restartBeat(deps: Deps, crisisId: string): Promise<Decision<Crisis, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = restartDigests(crisis, await rhythmOf(tx, crisis), deps.now());
    await saveCrisis(tx, decision.value);
    return { crisis, decision };
  });
}

/** The alarm of `dueAt` rang: writes a digest, or notes that there was nothing new. */
export const beat = (deps: Deps, crisisId: string, dueAt: Date) =>
  commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    return { crisis, decision: await writeDigest(deps, tx, crisis, { why: 'beat', dueAt }) };
  });

/** Writes the digest that a person asks for. */
export const digestNow = (act: Act, crisisId: string) =>
  actIn(act, crisisId, (tx, crisis, member) => writeDigest(act, tx, crisis, { why: 'asked', by: member }));

async function writeDigest(
  deps: Deps,
  tx: Tx,
  crisis: Crisis,
  cause: DigestCause,
): Promise<Decision<DigestPlan, DigestRefusal>> {
  const now = deps.now();
  const [last, open, rhythm] = await Promise.all([
    lastPosted(tx, crisis.id),
    openTasks(tx, crisis.id),
    rhythmOf(tx, crisis),
  ]);
  const changed = await changedSince(tx, crisis, last, open, now, deps.slices.kindOf);
  const decision = makeDigest(crisis, cause, { digestId: newId(), changed, rhythm }, now);
  if (!decision.ok) return decision;
  const { crisis: next, digestId, outcome } = decision.value;
  await saveCrisis(tx, next);
  if (outcome === 'none') return decision;
  const content: Content = {
    previousNumber: last?.number ?? null,
    previousLevel: last?.level ?? (await declaredLevel(tx, crisis.id)),
    fromSeq: last?.upToSeq ?? 0,
    nextAt: next.nextDigestAt?.toISOString() ?? null,
    summary: crisis.summary,
    facts: await gatherFacts(tx, crisis, open, now),
  };
  await insertDigest(tx, {
    id: digestId,
    crisisId: crisis.id,
    number: outcome === 'posted' ? next.digestNumber : null,
    askedBy: cause.why === 'asked' ? cause.by.userId : null,
    at: now,
    level: crisis.level,
    // With the entry that this digest itself writes.
    upToSeq: crisis.timelineSeq + (outcome === 'posted' ? 1 : 0),
    content,
  });
  return decision;
}

/** Minutes between digests of this crisis, from now on; 0: none, null: the level's own. */
export function changeRhythm(
  act: Act,
  crisisId: string,
  minutes: number | null,
): Promise<Decision<Crisis, DigestRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const decision = setRhythm(crisis, minutes, await rhythmOf(tx, crisis), member, act.now());
    if (decision.ok) await saveCrisis(tx, decision.value);
    return decision;
  });
}
