import type { Decision } from '../core/decision.ts';
import { commit } from '../jobs/commit.ts';
import { isOutsider } from '../people/rules.ts';
import { findEditor, findPerson } from '../people/store.ts';
import { loadSettings } from '../settings/store.ts';
import type { Act } from '../slack/feature.ts';
import { lockWorkspace } from '../workspaces/store.ts';
import { type PlanRefusal, type Preparation, prepare } from './rules.ts';
import { savePreparation } from './store.ts';

/** Writes down what a person says of the preparation: the last exercise, who owns it, whether they are reminded. */
export function saidOfPreparation(act: Act, wish: Preparation): Promise<Decision<Preparation, PlanRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const { workspaceId, userId } = act.who;
    const { timeZone } = await lockWorkspace(tx, workspaceId);
    const [{ editors }, person, editor] = await Promise.all([
      loadSettings(tx, workspaceId),
      wish.ownerId ? findPerson(tx, workspaceId, wish.ownerId) : undefined,
      findEditor(tx, workspaceId, userId),
    ]);
    const isReachable = person !== undefined && !isOutsider(person);
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(act.now());
    const decision = prepare(wish, wish.ownerId ? { isReachable } : null, editors, editor, today);
    if (decision.ok) await savePreparation(tx, workspaceId, decision.value, { id: userId, at: act.now() });
    return { crisis: null, decision };
  });
}
