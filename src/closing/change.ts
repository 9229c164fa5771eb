import { accept, type Decision } from '../core/decision.ts';
import { actIn } from '../crises/change.ts';
import type { Crisis } from '../crises/rules.ts';
import { forgetPresence, lockCrisis, markRoom, saveCrisis } from '../crises/store.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import type { Act } from '../slack/feature.ts';
import { announce, type ClosingRefusal, closeCrisis, moveToNewRoom, reopenCrisis } from './rules.ts';
import { openWorkOf, timesWritten } from './store.ts';

export function close(act: Act, crisisId: string, note: string): Promise<Decision<Crisis, ClosingRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const [open, before] = await Promise.all([openWorkOf(tx, crisisId), timesWritten(tx, crisisId, 'crisis_closed')]);
    const decision = closeCrisis(crisis, member, open, note, before + 1, act.now());
    if (decision.ok) await saveCrisis(tx, decision.value);
    return decision;
  });
}

export function reopen(act: Act, crisisId: string, reason: string): Promise<Decision<Crisis, ClosingRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const before = await timesWritten(tx, crisisId, 'crisis_reopened');
    const decision = reopenCrisis(crisis, member, reason, before + 1, act.now());
    if (decision.ok) await saveCrisis(tx, decision.value);
    return decision;
  });
}

/** The old room works: the crisis goes on in it. */
export function keepRoom(deps: Deps, crisisId: string, reopening: number): Promise<Decision<Crisis, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    return { crisis, decision: accept(crisis, { jobs: [announce(crisisId, reopening, null)] }) };
  });
}

/** Slack says that the old room is lost to us: a new one is ordered, with everybody in it. */
export function replaceRoom(
  deps: Deps,
  crisisId: string,
  lost: { channelId: string; isArchived: boolean },
  reopening: number,
): Promise<Decision<Crisis, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = moveToNewRoom(crisis, lost.channelId, reopening, deps.now());
    if (decision.ok && decision.value !== crisis) {
      await saveCrisis(tx, decision.value);
      await forgetPresence(tx, crisisId);
      if (lost.isArchived) await markRoom(tx, crisis.workspaceId, lost.channelId, deps.now());
    }
    return { crisis: decision.ok ? decision.value : crisis, decision };
  });
}
