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
    const { timeZone } = await lockWorkspace(tx, act.who.workspaceId);
    const { editors } = await loadSettings(tx, act.who.workspaceId);
    const person = wish.ownerId ? await findPerson(tx, act.who.workspaceId, wish.ownerId) : undefined;
    const isReachable = person !== undefined && !isOutsider(person);
    const editor = await findEditor(tx, act.who.workspaceId, act.who.userId);
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(act.now());
    const decision = prepare(wish, wish.ownerId ? { isReachable } : null, editors, editor, today);
    if (decision.ok)
      await savePreparation(tx, act.who.workspaceId, decision.value, { id: act.who.userId, at: act.now() });
    return { crisis: null, decision };
  });
}
