import type { Tx } from '../../db/client.ts';
import { accept, type Decision, type Refusal, type Refused, refuse } from '../core/decision.ts';
import { Fault } from '../core/errors.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { isOutsider } from '../people/rules.ts';
import { findPeople, rosterOf } from '../people/store.ts';
import type { Act } from '../slack/feature.ts';
import { lockWorkspace } from '../workspaces/store.ts';
import {
  type Crisis,
  type CrisisRefusal,
  calledIn,
  changeExcluded,
  type Declaration,
  declare,
  isExcluded,
  lawyerIn,
  type Member,
  mayKnowTitle,
  roomOpened,
  rosterIn,
  type TeamWish,
  takeLead,
} from './rules.ts';
import {
  addResponders,
  cellOf,
  codeNamesOf,
  findMember,
  insertCrisis,
  lastCrisisNumber,
  lockCrisis,
  lockCrisisOf,
  markLeft,
  openCrisesOf,
  recordRoom,
  respondersOf,
  saveCrisis,
} from './store.ts';

/** Declares a crisis: the row, its first responders, the first entry and the order to open the room, or a refusal. */
export function declareCrisis(act: Act, wish: Declaration): Promise<Decision<Crisis, CrisisRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const now = act.now();
    const workspace = await lockWorkspace(tx, act.who.workspaceId);
    const [lastNumber, open, outsiderIds, codeNames, roster] = await Promise.all([
      lastCrisisNumber(tx, workspace.id),
      openCrisesOf(tx, workspace.id),
      outsidersAmong(tx, workspace.id, [...wish.teamIds, ...(wish.lawyerId ? [wish.lawyerId] : [])]),
      codeNamesOf(tx, workspace.id),
      rosterOf(tx, workspace.id),
    ]);
    const decision = declare(
      { ...workspace, lastNumber },
      { ...wish, outsiderIds, codeNames },
      await comparable(tx, open, act.who.userId),
      act.who,
      now,
    );
    if (!decision.ok) return { crisis: null, decision: await discreet(tx, decision, open, act.who) };
    const crisis = decision.value;
    if (crisis.isClosed && !lawyerIn(crisis, roster))
      return { crisis: null, decision: refuse({ code: 'lawyer_missing' }) };
    await insertCrisis(tx, crisis);
    const team = crisis.isClosed ? wish.teamIds.filter((id) => ![act.who.userId, crisis.lawyerId].includes(id)) : [];
    const called = calledIn(crisis, rosterIn(crisis, roster, new Set([...team, act.who.userId]))).flatMap(
      (department) => department.peopleIds.map((userId) => ({ userId, department: department.key })),
    );
    const named = [...team, act.who.userId].map((userId) => ({
      ...(called.find((c) => c.userId === userId) ?? { userId, department: null }),
      ...(team.includes(userId) ? { called: { at: now, by: act.who.userId, reason: '' } } : {}),
    }));
    await addResponders(tx, crisis, [...called, ...named], now);
    return { crisis, decision };
  });
}

async function outsidersAmong(tx: Tx, workspaceId: string, userIds: readonly string[]): Promise<string[]> {
  const people = await findPeople(tx, workspaceId, userIds);
  return userIds.filter((id) => !people.some((person) => person.id === id && !isOutsider(person)));
}

/** A title that somebody guesses must not reveal a closed team: outside of it, it resembles nothing. */
async function comparable(tx: Tx, open: readonly Crisis[], userId: string): Promise<Crisis[]> {
  const found: Crisis[] = [];
  for (const crisis of open)
    if (!crisis.isClosed || (await findMember(tx, crisis, userId, null)).inCell) found.push(crisis);
  return found;
}

/** A refusal without what this person may not know. */
async function discreet(
  tx: Tx,
  refused: Refused<CrisisRefusal>,
  open: readonly Crisis[],
  by: Act['who'],
): Promise<Refused<CrisisRefusal>> {
  const { refusal } = refused;
  const similar = refusal.code === 'similar_open' ? open.find((crisis) => crisis.id === refusal.crisisId) : undefined;
  if (refusal.code !== 'similar_open' || !similar) return refused;
  const member = await findMember(tx, similar, by.userId, null);
  const knows = mayKnowTitle(similar, member, await rosterOf(tx, by.workspaceId));
  return refuse({ ...refusal, title: knows ? refusal.title : null });
}

type NotInRoom = { code: 'not_in_room' };

/**
 * One act of a person in a crisis, which is locked for it. A crisis of another workspace is refused like a room that
 * the person is not in: a stranger learns not even that it exists.
 */
export function actIn<T, R extends Refusal>(
  act: Act,
  crisisId: string,
  decide: (tx: Tx, crisis: Crisis, member: Member) => Promise<Decision<T, R>>,
): Promise<Decision<T, R | NotInRoom>> {
  return commit<T, R | NotInRoom>(act, act.deliveryKey, async (tx) => {
    const crisis = await lockCrisisOf(tx, act.who.workspaceId, crisisId);
    if (!crisis || isExcluded(crisis, act.who.userId))
      return { crisis: null, decision: refuse({ code: 'not_in_room' }) };
    return { crisis, decision: await decide(tx, crisis, await findMember(tx, crisis, act.who.userId, act.channelId)) };
  });
}

/** One change of a crisis's own state: decided by a rule, saved with what it says happened. */
export function changeCrisis<R extends Refusal>(
  act: Act,
  crisisId: string,
  decide: (crisis: Crisis, by: Member) => Decision<Crisis, R>,
): Promise<Decision<Crisis, R | NotInRoom>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const decision = decide(crisis, member);
    if (decision.ok) await saveCrisis(tx, decision.value);
    return decision;
  });
}

/**
 * The new lead belongs to the cell, and to the room, wherever they were before. `insteadOf`: refused when somebody else
 * leads by now.
 */
export function handOver(
  act: Act,
  crisisId: string,
  next: { userId: string; isOutsider: boolean },
  note: string,
  insteadOf?: string,
): Promise<Decision<Crisis, CrisisRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member): Promise<Decision<Crisis, CrisisRefusal>> => {
    if (insteadOf && member.inCell && crisis.leadId !== insteadOf) return refuse({ code: 'lead_taken' });
    const now = act.now();
    const decision = takeLead(crisis, next, note, member, now);
    if (!decision.ok) return decision;
    await saveCrisis(tx, decision.value);
    await addResponders(tx, crisis, [{ userId: next.userId, department: null }], now);
    return decision;
  });
}

/** Changes who is left out. Those who now are belong to the cell no more. */
export function leaveOut(
  act: Act,
  crisisId: string,
  wish: Omit<TeamWish, 'outsiderIds'>,
): Promise<Decision<{ before: Crisis; after: Crisis; inRoomIds: string[] }, CrisisRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const now = act.now();
    const [roster, cellIds, codeNames, outsiderIds] = await Promise.all([
      rosterOf(tx, crisis.workspaceId),
      cellOf(tx, crisisId),
      codeNamesOf(tx, crisis.workspaceId),
      outsidersAmong(tx, crisis.workspaceId, wish.lawyerId ? [wish.lawyerId] : []),
    ]);
    const known = { roster, cellIds, codeNames };
    const decision = changeExcluded(crisis, { ...wish, outsiderIds }, known, member, now);
    if (!decision.ok) return decision;
    const { crisis: after, calledId } = decision.value;
    await saveCrisis(tx, after);
    const inRoom = (await respondersOf(tx, crisisId)).filter((r) => r.inRoom && isExcluded(after, r.userId));
    for (const userId of after.excludedIds) await markLeft(tx, crisisId, userId, now);
    if (calledId) {
      const called = { at: now, by: act.who.userId, reason: '' };
      await addResponders(tx, after, [{ userId: calledId, department: 'legal', called }], now);
    }
    return { ...decision, value: { before: crisis, after, inRoomIds: inRoom.map((r) => r.userId) } };
  });
}

/**
 * Records the channel that Slack gave. A second record of the same room changes nothing; another channel never takes
 * the place of the one that people are in: that is a Fault, and the opening comes back to the recorded one.
 */
export function recordOpenedRoom(
  deps: Deps,
  { id: crisisId, roomNumber }: Pick<Crisis, 'id' | 'roomNumber'>,
  channel: { id: string; name: string },
) {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const isAnother = crisis.channelId !== null && crisis.channelId !== channel.id;
    if (isAnother || crisis.roomNumber !== roomNumber)
      throw new Fault(
        `${channel.id} is not the room of crisis ${crisisId}, which is ${crisis.channelId ?? 'none yet'}`,
      );
    if (crisis.channelId) return { crisis, decision: accept(crisis) };
    const decision = roomOpened(crisis, channel, deps.now());
    await saveCrisis(tx, decision.value);
    await recordRoom(tx, { workspaceId: crisis.workspaceId, channelId: channel.id, crisisId, openedAt: deps.now() });
    return { crisis: decision.value, decision };
  });
}

/** Everybody who can be is in the room: now they can be called there, since a mention reaches only who is in it. */
export function recordRoomReady(deps: Deps, crisisId: string) {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    return { crisis, decision: accept(crisis, { jobs: deps.slices.follow('room_ready', crisisId) }) };
  });
}
