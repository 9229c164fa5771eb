import type { Tx } from '../../db/client.ts';
import type { Decision } from '../core/decision.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { editorsOf } from '../people/rules.ts';
import { findEditor, rosterOf } from '../people/store.ts';
import { lockWorkspace } from '../workspaces/store.ts';
import { type ClearRefusal, clear, legalOf } from './clearing.ts';
import { type Desk, type Kept, type NewVersion, type PlaybookRefusal, review } from './editing.ts';
import type { Clearance } from './rules.ts';
import { addClearance, addReview, addVersion, keptOf, shelfOf } from './store.ts';

export type By = { workspaceId: string; userId: string; deliveryKey: string };

/** A new version of one playbook of a workspace, or why not. A decision of null says that nothing has changed. */
export function changePlaybook<T extends NewVersion | null>(
  deps: Deps,
  by: By,
  decide: (desk: Desk) => Decision<T, PlaybookRefusal>,
): Promise<Decision<T, PlaybookRefusal>> {
  return commit(deps, by.deliveryKey, async (tx) => {
    const decision = decide(await deskOf(tx, by, deps.now()));
    if (decision.ok && decision.value) await addVersion(tx, by.workspaceId, decision.value);
    return { crisis: null, decision };
  });
}

/** Records that somebody has read a version through. */
export function reviewPlaybook(
  deps: Deps,
  by: By,
  { key, version }: { key: string; version: number },
): Promise<Decision<Kept, PlaybookRefusal>> {
  return commit(deps, by.deliveryKey, async (tx) => {
    const now = deps.now();
    const decision = review(await deskOf(tx, by, now), key, version);
    if (decision.ok) await addReview(tx, by.workspaceId, { key, version, reviewedBy: by.userId, reviewedAt: now });
    return { crisis: null, decision };
  });
}

/** Legal clears one wording of a template. The playbook is held still meanwhile. */
export function clearTemplate(
  deps: Deps,
  by: By,
  wanted: { key: string; templateId: string; hash: string; until: Date | null },
): Promise<Decision<Clearance, ClearRefusal>> {
  return commit(deps, by.deliveryKey, async (tx) => {
    await lockWorkspace(tx, by.workspaceId);
    const kept = await keptOf(tx, by.workspaceId, wanted.key);
    const { userId, isOutsider } = await findEditor(tx, by.workspaceId, by.userId);
    const legal = legalOf(await rosterOf(tx, by.workspaceId));
    const decision = clear(kept, wanted, { userId, isOutsider, legal }, deps.now());
    if (decision.ok) await addClearance(tx, by.workspaceId, decision.value);
    return { crisis: null, decision };
  });
}

async function deskOf(tx: Tx, by: By, now: Date): Promise<Desk> {
  const { declarers } = await lockWorkspace(tx, by.workspaceId);
  const roster = await rosterOf(tx, by.workspaceId);
  return {
    editors: editorsOf(roster, declarers),
    by: await findEditor(tx, by.workspaceId, by.userId),
    shelf: await shelfOf(tx, by.workspaceId),
    now,
  };
}
