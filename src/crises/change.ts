import type { Tx } from '../../db/client.ts';
import { type Decision, type Refusal, refuse } from '../core/decision.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { rosterOf } from '../people/store.ts';
import { lockWorkspace } from '../workspaces/store.ts';
import {
  type Crisis,
  type CrisisRefusal,
  calledDepartments,
  type Declaration,
  declare,
  type Member,
  roomOpened,
  roomReady,
  takeLead,
} from './rules.ts';
import {
  addResponders,
  findMember,
  insertCrisis,
  lastCrisisNumber,
  lockCrisis,
  lockCrisisOf,
  openCrisesOf,
  recordRoom,
  saveCrisis,
} from './store.ts';

export type Actor = {
  workspaceId: string;
  userId: string;
  isOutsider: boolean;
  channelId: string | null;
  deliveryKey: string;
};

/** Declares a crisis: the row, its first responders, the first entry and the order to open the room, or a refusal. */
export function declareCrisis(deps: Deps, by: Actor, wish: Declaration): Promise<Decision<Crisis, CrisisRefusal>> {
  return commit(deps, by.deliveryKey, async (tx) => {
    const now = deps.now();
    const workspace = await lockWorkspace(tx, by.workspaceId);
    const [lastNumber, open] = [await lastCrisisNumber(tx, workspace.id), await openCrisesOf(tx, workspace.id)];
    const decision = declare({ ...workspace, lastNumber }, wish, open, by, now);
    if (!decision.ok) return { crisis: null, decision };
    const crisis = decision.value;
    await insertCrisis(tx, crisis);
    const called = calledDepartments(await rosterOf(tx, workspace.id), crisis.level).flatMap((department) =>
      department.peopleIds.map((userId) => ({ userId, department: department.key })),
    );
    const own = called.find((c) => c.userId === by.userId)?.department ?? null;
    await addResponders(tx, crisis.id, [...called, { userId: by.userId, department: own }], now);
    return { crisis, decision };
  });
}

type NotInRoom = { code: 'not_in_room' };

/**
 * One act of a person in a crisis, which is locked for it. A crisis of another workspace is refused like a room that
 * the person is not in: a stranger learns not even that it exists.
 */
export function actIn<T, R extends Refusal>(
  deps: Deps,
  by: Actor,
  crisisId: string,
  act: (tx: Tx, crisis: Crisis, member: Member) => Promise<Decision<T, R>>,
): Promise<Decision<T, R | NotInRoom>> {
  return commit<T, R | NotInRoom>(deps, by.deliveryKey, async (tx) => {
    const crisis = await lockCrisisOf(tx, by.workspaceId, crisisId);
    if (!crisis) return { crisis: null, decision: refuse({ code: 'not_in_room' }) };
    return { crisis, decision: await act(tx, crisis, await findMember(tx, crisis, by.userId, by.channelId)) };
  });
}

/** One change of a crisis's own state: decided by a rule, saved with what it says happened. */
export function changeCrisis<R extends Refusal>(
  deps: Deps,
  by: Actor,
  crisisId: string,
  decide: (crisis: Crisis, by: Member) => Decision<Crisis, R>,
): Promise<Decision<Crisis, R | NotInRoom>> {
  return actIn(deps, by, crisisId, async (tx, crisis, member) => {
    const decision = decide(crisis, member);
    if (decision.ok) await saveCrisis(tx, decision.value);
    return decision;
  });
}

/** The new lead belongs to the cell, and to the room, wherever they were before. */
export function handOver(
  deps: Deps,
  by: Actor,
  crisisId: string,
  next: { userId: string; isOutsider: boolean },
  note: string,
): Promise<Decision<Crisis, CrisisRefusal>> {
  return actIn(deps, by, crisisId, async (tx, crisis, member) => {
    const now = deps.now();
    const decision = takeLead(crisis, next, note, member, now);
    if (!decision.ok) return decision;
    await saveCrisis(tx, decision.value);
    await addResponders(tx, crisisId, [{ userId: next.userId, department: null }], now);
    return decision;
  });
}

/** Records the channel that Slack gave. A second record of the same room changes nothing. */
export function recordOpenedRoom(deps: Deps, crisisId: string, channel: { id: string; name: string }) {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    if (crisis.channelId === channel.id)
      return { crisis, decision: { ok: true as const, value: crisis, timeline: [], jobs: [], cancel: [] } };
    const decision = roomOpened(crisis, channel, deps.now());
    await saveCrisis(tx, decision.value);
    await recordRoom(tx, { workspaceId: crisis.workspaceId, channelId: channel.id, crisisId, openedAt: deps.now() });
    return { crisis: decision.value, decision };
  });
}

export function recordRoomReady(deps: Deps, crisisId: string) {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    return { crisis, decision: roomReady(crisis) };
  });
}
