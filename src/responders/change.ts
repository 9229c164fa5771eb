import type { Tx } from '../../db/client.ts';
import { type Decision, refuse } from '../core/decision.ts';
import { Fault } from '../core/errors.ts';
import { atLeast } from '../core/levels.ts';
import { actIn } from '../crises/change.ts';
import { troubleWith } from '../crises/owner.ts';
import { type Crisis, isExcluded, type Member, rosterIn } from '../crises/rules.ts';
import { addResponders, cellOf, findResponder, lockCrisis } from '../crises/store.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { type Department, departmentsOfPerson } from '../people/rules.ts';
import { findPeople, findPerson, rosterOf } from '../people/store.ts';
import { playbookOf } from '../playbooks/store.ts';
import type { Act } from '../slack/feature.ts';
import { type Caller, type Callout, type Change } from './callout.ts';
import {
  callAgain,
  callDepartments,
  callPeople,
  type Joined,
  join,
  lost,
  type PeopleCalled,
  type ResponderRefusal,
  silence,
} from './rules.ts';
import {
  type Answers,
  answerEach,
  answerOpen,
  type Declined,
  declineEach,
  declineOpen,
  type Which,
} from './several.ts';
import { calloutsOf, findCallout, saveCallouts } from './store.ts';

/** Calls the departments that the crisis's level calls and that were not called yet. Repeating it changes nothing. */
export function callCrisisDepartments(deps: Deps, crisisId: string): Promise<Decision<Change, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const cellIds = await cellOf(tx, crisisId);
    const roster = await callableRoster(tx, crisis, cellIds);
    const { roles } = atLeast(crisis.level, 'incident')
      ? await playbookOf(tx, crisis.workspaceId, crisis.playbook)
      : { roles: [] };
    const decision = callDepartments(crisis, roster, await calloutsOf(tx, crisisId), cellIds, deps.now(), roles);
    await save(tx, crisis, decision.value, deps.now());
    return { crisis, decision };
  });
}

/** The alarm of one version of a call-out. */
export function escalateSilence(deps: Deps, crisisId: string, calloutId: string, version: number) {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const callout = await mustFind(tx, calloutId);
    const decision = silence(crisis, callout, version, deps.now(), await goneOf(tx, crisis, callout));
    await save(tx, crisis, decision.value, deps.now());
    return { crisis, decision };
  });
}

/** People came or went: a department that waits only on those who went calls the next in line. */
export async function followPeople(deps: Deps, crisisId: string): Promise<void> {
  for (const { id } of await calloutsOf(deps.db, crisisId))
    await commit(deps, null, async (tx) => {
      const crisis = await lockCrisis(tx, crisisId);
      const callout = await mustFind(tx, id);
      const decision = lost(crisis, callout, await goneOf(tx, crisis, callout), deps.now());
      await save(tx, crisis, decision.value, deps.now());
      return { crisis, decision };
    });
}

async function goneOf(tx: Tx, { workspaceId }: Crisis, { peopleIds, deputyIds }: Callout): Promise<Set<string>> {
  const people = await findPeople(tx, workspaceId, [...peopleIds, ...deputyIds]);
  return new Set(people.filter((person) => troubleWith(person) !== null).map((person) => person.id));
}

/** “I’m on it”, for these calls; without them, for the one that is open for who presses. */
export const answerCalls = (act: Act, crisisId: string, calloutIds: readonly string[]) =>
  change<Answers, Which>(act, crisisId, async (tx, crisis, caller) => {
    const { all, picked } = await pick(tx, crisis, calloutIds);
    return picked.length > 0
      ? answerEach(crisis, picked, caller, act.now())
      : answerOpen(crisis, all, caller, act.now());
  });

/** “I cannot”, likewise. */
export const declineCalls = (act: Act, crisisId: string, calloutIds: readonly string[]) =>
  change<Declined, Which>(act, crisisId, async (tx, crisis, caller) => {
    const { all, picked } = await pick(tx, crisis, calloutIds);
    return picked.length > 0
      ? declineEach(crisis, picked, caller, act.now())
      : declineOpen(crisis, all, caller, act.now());
  });

async function pick(tx: Tx, crisis: Crisis, ids: readonly string[]) {
  const all = await calloutsOf(tx, crisis.id);
  return { all, picked: all.filter(({ id }) => ids.includes(id)) };
}

/** Calls a department of the roster by its key; one that the roster does not have has nobody. */
export const callDepartment = (act: Act, crisisId: string, key: string, reason: string) =>
  change<Change & { callout: Callout }>(act, crisisId, async (tx, crisis, caller) => {
    const cellIds = await cellOf(tx, crisis.id);
    const roster = await callableRoster(tx, crisis, cellIds);
    const department = roster.find((d) => d.key === key) ?? { key, name: null, peopleIds: [], deputyIds: [] };
    const before = (await calloutsOf(tx, crisis.id)).find((callout) => callout.department === key) ?? null;
    return callAgain(crisis, department, before, reason, caller, cellIds, act.now());
  });

export const callByName = (
  act: Act,
  crisisId: string,
  wish: { userIds: readonly string[]; department: string | null; reason: string },
) =>
  change<PeopleCalled>(act, crisisId, async (tx, crisis, caller) => {
    const ids = [...new Set(wish.userIds)];
    const known = await findPeople(tx, crisis.workspaceId, ids);
    const wanted = ids.map((userId) => ({
      userId,
      person: known.find((p) => p.id === userId) ?? null,
      isExcluded: isExcluded(crisis, userId),
    }));
    return callPeople(crisis, wanted, wish.department, wish.reason, caller, act.now());
  });

/** A private crisis and one that does not exist are refused in the same words. */
export async function joinCrisis(act: Act, crisisId: string): Promise<Decision<Joined, ResponderRefusal>> {
  const decision = await change<Joined>(act, crisisId, async (tx, crisis, caller) => {
    const [own] = departmentsOfPerson(await rosterOf(tx, crisis.workspaceId), act.who.userId);
    return join(crisis, await calloutsOf(tx, crisis.id), own ?? null, caller, act.now());
  });
  return !decision.ok && decision.refusal.code === 'not_in_room' ? refuse({ code: 'no_such_crisis' }) : decision;
}

function change<V extends Change, R extends { code: string } = never>(
  act: Act,
  crisisId: string,
  decide: (tx: Tx, crisis: Crisis, caller: Caller) => Promise<Decision<V, ResponderRefusal | R>>,
): Promise<Decision<V, ResponderRefusal | R>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const decision = await decide(tx, crisis, await callerOf(tx, crisis, member, act));
    if (decision.ok) await save(tx, crisis, decision.value, act.now());
    return decision;
  });
}

async function callerOf(tx: Tx, crisis: Crisis, member: Member, act: Act): Promise<Caller> {
  const [person, row] = await Promise.all([
    findPerson(tx, crisis.workspaceId, act.who.userId),
    findResponder(tx, crisis.id, act.who.userId),
  ]);
  return {
    ...member,
    isOutsider: person ? troubleWith(person) !== null : act.who.isOutsider,
    department: row?.department ?? null,
    inRoom: (row?.inRoom ?? false) || act.channelId === crisis.channelId,
    presentAt: row?.presentAt ?? null,
    calledAt: row?.calledAt ?? null,
  };
}

const save = async (tx: Tx, crisis: Crisis, { callouts, cell }: Change, now: Date): Promise<void> => {
  await saveCallouts(tx, callouts);
  await addResponders(tx, crisis, cell, now);
};

/** The roster without those who may never come: guests, people of other organisations, whom it concerns. */
async function callableRoster(tx: Tx, crisis: Crisis, cellIds: ReadonlySet<string>): Promise<Department[]> {
  const roster = await rosterOf(tx, crisis.workspaceId);
  const everybody = await findPeople(tx, crisis.workspaceId, [
    ...new Set(roster.flatMap((d) => [...d.peopleIds, ...d.deputyIds])),
  ]);
  const out = new Set(everybody.filter((p) => troubleWith(p) !== null).map((p) => p.id));
  const callable = (ids: readonly string[]) => ids.filter((id) => !out.has(id));
  const callableOnly = roster.map((d) => ({
    ...d,
    peopleIds: callable(d.peopleIds),
    deputyIds: callable(d.deputyIds),
    absentIds: [...(d.absentIds ?? []), ...[...d.peopleIds, ...d.deputyIds].filter((id) => out.has(id))],
  }));
  return rosterIn(crisis, callableOnly, cellIds);
}

async function mustFind(tx: Tx, calloutId: string): Promise<Callout> {
  const callout = await findCallout(tx, calloutId);
  if (!callout) throw new Fault(`call-out ${calloutId} does not exist`);
  return callout;
}
