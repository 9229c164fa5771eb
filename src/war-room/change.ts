import { checkRoom } from '../closing/rules.ts';
import { accept, type Decision, type NewEntry } from '../core/decision.ts';
import { canonicalJson } from '../core/ids.ts';
import { type Job, toPerson } from '../core/jobs.ts';
import { actIn } from '../crises/change.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import {
  addResponders,
  clearInviteErrors,
  findCrisisOfChannel,
  lockCrisis,
  markLeft,
  markRoom,
  openCrisesOf,
  saveCrisis,
} from '../crises/store.ts';
import { commit, type Deps, DuplicateDelivery } from '../jobs/commit.ts';
import { showCall } from '../responders/orders.ts';
import type { Act } from '../slack/feature.ts';
import { failedEffectsOf, retryEffect } from '../slack/ledger.ts';
import {
  absent,
  type ChannelChange,
  channelChanged,
  channelRenamed,
  concernedIn,
  letIn,
  type RoomRefusal,
  repair,
  seen,
} from './rules.ts';
import { clearFailedSteps, hasSinceMoved, leftAtOf } from './store.ts';

export function letPersonIn(act: Act, crisisId: string, userId: string): Promise<Decision<string, RoomRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const leftAt = await leftAtOf(tx, crisisId, userId);
    const decision = letIn(crisis, { userId, leftAt }, member, act.now());
    if (decision.ok) await addResponders(tx, crisis, [{ userId, department: null }], act.now());
    return decision;
  });
}

export function repairRoom(act: Act, crisisId: string): Promise<Decision<Crisis, RoomRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const failed = await failedEffectsOf(tx, crisisId);
    // One job may owe several messages.
    const owed = new Map(failed.flatMap(({ job }) => (job ? [[canonicalJson(job), job]] : [])));
    const again = [...owed.values()].map(
      (job): Job => ({ ...(job as unknown as Omit<Job, 'order'>), ...(job.order ? { order: job.order } : {}) }),
    );
    // It says who could not be added.
    again.push(showCall(crisisId));
    const decision = repair(crisis, again, member, act.now());
    if (decision.ok) {
      await clearFailedSteps(tx, crisisId, crisis.roomNumber);
      await clearInviteErrors(tx, crisisId);
      for (const effect of failed) await retryEffect(tx, effect);
    }
    return decision;
  });
}

/** `deliveryKey`: null for what we did ourselves. */
type SeenInRoom = { workspaceId: string; channelId: string; deliveryKey: string | null };

/** Slack tells that somebody came into or left a war room. */
export function recordSeen(
  deps: Deps,
  where: SeenInRoom,
  kind: 'joined' | 'left',
  userId: string,
  isOutsider: boolean,
  at: Date,
) {
  return inItsCrisis(deps, where, async (tx, crisis) => {
    const now = deps.now();
    const happened = at < now ? at : now;
    // Slack does not always tell in order: what is older than what is known is written down, and changes nothing.
    if (!(await hasSinceMoved(tx, crisis.id, userId, happened))) {
      if (kind === 'joined') await addResponders(tx, crisis, [{ userId, department: null, inRoom: true }], now);
      else await markLeft(tx, crisis.id, userId, happened);
    }
    if (kind === 'joined' && isExcluded(crisis, userId)) return concernedIn(crisis, userId, happened);
    return {
      entry: seen(kind, userId, happened),
      jobs: kind === 'joined' && isOutsider ? [nameOutsider(crisis.id, userId)] : [],
    };
  });
}

const nameOutsider = (crisisId: string, userId: string): Job => ({
  kind: 'war_room.name_outsider',
  queue: 'outbox',
  order: `room:${crisisId}`,
  key: `outsider:${crisisId}:${userId}`,
  data: { crisisId, userId },
});

export function recordChannelChange(deps: Deps, where: SeenInRoom, kind: ChannelChange, actorId: string | null) {
  return inItsCrisis(deps, where, async (tx, crisis) => {
    const now = deps.now();
    await markRoom(tx, crisis.workspaceId, where.channelId, kind === 'unarchived' ? null : now);
    const entry = channelChanged(kind, now, actorId);
    if (kind === 'unarchived' || crisis.status !== 'open' || crisis.channelId !== where.channelId)
      return { entry, jobs: [] };
    // A room that is deleted does not come back; into the others the lead may invite us again.
    const follows =
      kind === 'deleted'
        ? checkRoom(crisis.id, now)
        : toPerson('war_room.tell_archived', { crisisId: crisis.id, userId: crisis.leadId, how: kind });
    return { entry, jobs: [follows] };
  });
}

export function recordRename(deps: Deps, where: SeenInRoom, name: string) {
  return inItsCrisis(deps, where, async (tx, crisis) => {
    if (crisis.channelName === name) return null;
    await saveCrisis(tx, { ...crisis, channelName: name });
    return { entry: channelRenamed(name, deps.now()), jobs: [] };
  });
}

/** Once for each absence and open crisis, however often it is asked. */
export async function recordAbsence(deps: Deps, workspaceId: string, removedAt: Date): Promise<void> {
  for (const { id } of await openCrisesOf(deps.db, workspaceId))
    await commit(deps, `absent:${id}:${removedAt.getTime()}`, async (tx) => {
      const crisis = await lockCrisis(tx, id);
      return { crisis, decision: accept(null, absent(crisis, removedAt, deps.now())) };
    }).catch((error: unknown) => {
      if (!(error instanceof DuplicateDelivery)) throw error;
    });
}

type InCrisis = (
  tx: Parameters<Parameters<Deps['db']['transaction']>[0]>[0],
  crisis: Crisis,
) => Promise<{ entry: NewEntry; jobs: Job[] } | null>;

/** Events of channels that are no war room concern nobody. */
async function inItsCrisis(deps: Deps, where: SeenInRoom, act: InCrisis): Promise<void> {
  const found = await findCrisisOfChannel(deps.db, where.workspaceId, where.channelId, null);
  if (!found) return;
  await commit(deps, where.deliveryKey, async (tx) => {
    const crisis = await lockCrisis(tx, found.id);
    const done = await act(tx, crisis);
    return { crisis, decision: accept(null, done ? { timeline: [done.entry], jobs: done.jobs } : {}) };
  });
}
