import type { Tx } from '../../db/client.ts';
import type { Decision } from '../core/decision.ts';
import { commit } from '../jobs/commit.ts';
import { editorsOf } from '../people/rules.ts';
import { findEditor, rosterOf } from '../people/store.ts';
import type { Act } from '../slack/feature.ts';
import { lockWorkspace } from '../workspaces/store.ts';
import { type ClearRefusal, clear, legalOf } from './clearing.ts';
import { type Desk, type Kept, type NewVersion, type PlaybookRefusal, review } from './editing.ts';
import type { Clearance } from './rules.ts';
import { addClearance, addReview, addVersion, keptOf, shelfOf } from './store.ts';

/** A new version of one playbook of a workspace, or why not. A decision of null says that nothing has changed. */
export function changePlaybook<T extends NewVersion | null>(
  act: Act,
  decide: (desk: Desk) => Decision<T, PlaybookRefusal>,
): Promise<Decision<T, PlaybookRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const decision = decide(await deskOf(tx, act));
    if (decision.ok && decision.value) await addVersion(tx, act.who.workspaceId, decision.value);
    return { crisis: null, decision };
  });
}

/** Records that somebody has read a version through. */
export function reviewPlaybook(
  act: Act,
  { key, version }: { key: string; version: number },
): Promise<Decision<Kept, PlaybookRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const { workspaceId, userId } = act.who;
    const decision = review(await deskOf(tx, act), key, version);
    if (decision.ok) await addReview(tx, workspaceId, { key, version, reviewedBy: userId, reviewedAt: act.now() });
    return { crisis: null, decision };
  });
}

/** Legal clears one wording of a template. The playbook is held still meanwhile. */
export function clearTemplate(
  act: Act,
  wanted: { key: string; templateId: string; hash: string; until: Date | null },
): Promise<Decision<Clearance, ClearRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const { workspaceId, userId } = act.who;
    await lockWorkspace(tx, workspaceId);
    const [kept, { isOutsider }, roster] = await Promise.all([
      keptOf(tx, workspaceId, wanted.key),
      findEditor(tx, workspaceId, userId),
      rosterOf(tx, workspaceId),
    ]);
    const by = { userId, isOutsider, legal: legalOf(roster) };
    const decision = clear(kept, wanted, by, act.now());
    if (decision.ok) await addClearance(tx, workspaceId, decision.value);
    return { crisis: null, decision };
  });
}

async function deskOf(tx: Tx, { who: { workspaceId, userId }, now }: Act): Promise<Desk> {
  const { declarers } = await lockWorkspace(tx, workspaceId);
  const [roster, by, shelf] = await Promise.all([
    rosterOf(tx, workspaceId),
    findEditor(tx, workspaceId, userId),
    shelfOf(tx, workspaceId),
  ]);
  return { editors: editorsOf(roster, declarers), by, shelf, now: now() };
}
