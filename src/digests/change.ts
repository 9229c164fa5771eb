import type { Tx } from '../../db/client.ts';
import type { Decision } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import type { Actor } from '../crises/change.ts';
import type { Crisis } from '../crises/rules.ts';
import { findMember, lockCrisis, saveCrisis } from '../crises/store.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import type { Content } from './content.ts';
import { type DigestCause, type DigestPlan, type DigestRefusal, makeDigest, setRhythm, startDigests } from './rules.ts';
import { changedSince, gatherFacts, insertDigest, lastPosted, levelChangedSince, rhythmOf } from './store.ts';

export function startBeat(deps: Deps, crisisId: string): Promise<Decision<Crisis, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = startDigests(crisis, await rhythmOf(tx, crisis), deps.now());
    await saveCrisis(tx, decision.value);
    return { crisis, decision };
  });
}

export const beat = (deps: Deps, crisisId: string, dueAt: Date) =>
  writeDigest(deps, null, crisisId, async () => ({ why: 'beat', dueAt }));

/** The level changed: a digest at once, and the new level's rhythm. */
export const digestOfLevel = (deps: Deps, crisisId: string) =>
  writeDigest(deps, null, crisisId, async (tx) => {
    const last = await lastPosted(tx, crisisId);
    return { why: 'level', levelChanged: await levelChangedSince(tx, crisisId, last?.upToSeq ?? 0) };
  });

export const digestNow = (deps: Deps, by: Actor, crisisId: string) =>
  writeDigest(deps, by, crisisId, async (tx, crisis) => ({
    why: 'asked',
    by: await findMember(tx, crisis, by.userId, by.channelId),
  }));

function writeDigest(
  deps: Deps,
  by: Actor | null,
  crisisId: string,
  why: (tx: Tx, crisis: Crisis) => Promise<DigestCause>,
): Promise<Decision<DigestPlan, DigestRefusal>> {
  return commit(deps, by?.deliveryKey ?? null, async (tx) => {
    const now = deps.now();
    const crisis = await lockCrisis(tx, crisisId);
    const [cause, last] = [await why(tx, crisis), await lastPosted(tx, crisisId)];
    const [changed, rhythm] = [await changedSince(tx, crisis, last, now), await rhythmOf(tx, crisis)];
    const decision = makeDigest(crisis, cause, { digestId: newId(), changed, rhythm }, now);
    if (!decision.ok || decision.value.outcome === 'none') {
      if (decision.ok) await saveCrisis(tx, decision.value.crisis);
      return { crisis, decision };
    }
    const { crisis: next, digestId, outcome, halved } = decision.value;
    const content: Content = {
      previousNumber: last?.number ?? null,
      previousLevel: last?.level ?? null,
      fromSeq: last?.upToSeq ?? 0,
      nextAt: next.nextDigestAt?.toISOString() ?? null,
      summary: crisis.summary,
      halved,
      facts: await gatherFacts(tx, crisis, now),
    };
    await saveCrisis(tx, next);
    await insertDigest(tx, {
      id: digestId,
      crisisId,
      number: outcome === 'posted' ? next.digestNumber : null,
      askedBy: by?.userId ?? null,
      at: now,
      level: crisis.level,
      // With the entry that this digest itself writes.
      upToSeq: crisis.timelineSeq + (outcome === 'posted' ? 1 : 0),
      content,
    });
    return { crisis, decision };
  });
}

/** Minutes between digests of this crisis, from now on; 0: none, null: the level's own. */
export function changeRhythm(
  deps: Deps,
  by: Actor,
  crisisId: string,
  minutes: number | null,
): Promise<Decision<Crisis, DigestRefusal>> {
  return commit(deps, by.deliveryKey, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const member = await findMember(tx, crisis, by.userId, by.channelId);
    const decision = setRhythm(crisis, minutes, await rhythmOf(tx, crisis), member, deps.now());
    if (decision.ok) await saveCrisis(tx, decision.value);
    return { crisis, decision };
  });
}
