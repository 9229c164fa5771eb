import type { Decision } from '../core/decision.ts';
import type { Actor } from '../crises/change.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { isOutsider } from '../people/rules.ts';
import { findEditor, findPerson } from '../people/store.ts';
import { loadSettings } from '../settings/store.ts';
import { lockWorkspace } from '../workspaces/store.ts';
import { type PlanRefusal, type Preparation, prepare } from './rules.ts';
import { savePreparation } from './store.ts';

/** Writes down what a person says of the preparation: the last exercise, who owns it, whether they are reminded. */
export function saidOfPreparation(
  deps: Deps,
  by: Actor,
  wish: Preparation,
): Promise<Decision<Preparation, PlanRefusal>> {
  return commit(deps, by.deliveryKey, async (tx) => {
    const { timeZone } = await lockWorkspace(tx, by.workspaceId);
    const { editors } = await loadSettings(tx, by.workspaceId);
    const person = wish.ownerId ? await findPerson(tx, by.workspaceId, wish.ownerId) : undefined;
    const isReachable = person !== undefined && !isOutsider(person);
    const editor = await findEditor(tx, by.workspaceId, by.userId);
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(deps.now());
    const decision = prepare(wish, wish.ownerId ? { isReachable } : null, editors, editor, today);
    if (decision.ok) await savePreparation(tx, by.workspaceId, decision.value, { id: by.userId, at: deps.now() });
    return { crisis: null, decision };
  });
}
