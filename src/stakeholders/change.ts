import type { Tx } from '../../db/client.ts';
import { accept, type Decision, refuse } from '../core/decision.ts';
import { type Actor, actIn } from '../crises/change.ts';
import { type Crisis, isExcluded, mayAct } from '../crises/rules.ts';
import { findCrisisOf, findMember } from '../crises/store.ts';
import type { Deps } from '../jobs/commit.ts';
import { findPeople } from '../people/store.ts';
import { type Candidate, troubleWith } from '../tasks/rules.ts';
import {
  addStakeholder as add,
  changeStakeholder as change,
  outOfDate,
  type Stakeholder,
  type StakeholderMove,
  type StakeholderRefusal,
  type StakeholderWish,
} from './rules.ts';
import { addStakeholders, findStakeholder, saveStakeholder, stakeholdersOf } from './store.ts';

/** As asked for: who tells them is named by their id. */
type By<W> = Omit<W, 'owner'> & { userId: string | null };
export type StakeholderAsk = Exclude<StakeholderMove, { kind: 'edit' }> | ({ kind: 'edit' } & By<StakeholderWish>);
type Answer = Promise<Decision<Stakeholder, StakeholderRefusal>>;

export function addStakeholder(
  deps: Deps,
  by: Actor,
  crisisId: string,
  { userId, ...wish }: By<StakeholderWish> & { id: string },
): Answer {
  return actIn(deps, by, crisisId, async (tx, crisis, member) => {
    const [there, owner] = [await stakeholdersOf(tx, crisisId), await candidate(tx, crisis, userId)];
    const decision = add(crisis, there, { ...wish, owner }, member, deps.now());
    if (!decision.ok) return decision;
    const { stakeholder, others } = decision.value;
    await addStakeholders(tx, [stakeholder]);
    for (const other of others) await saveStakeholder(tx, other);
    return { ...decision, value: stakeholder };
  });
}

type Target = { id: string; v: number };

export async function changeStakeholder(deps: Deps, by: Actor, { id, v }: Target, ask: StakeholderAsk): Answer {
  const known = await findStakeholder(deps.db, id);
  if (!known) return refuse({ code: 'not_in_room' });
  return actIn(deps, by, known.crisisId, async (tx, crisis, member) => {
    const there = await stakeholdersOf(tx, crisis.id);
    const stakeholder = there.find((one) => one.id === id) ?? known;
    const move: StakeholderMove =
      ask.kind === 'edit' ? { ...ask, owner: await candidate(tx, crisis, ask.userId) } : ask;
    const decision = change(stakeholder, v, move, there, crisis, member, deps.now());
    if (!decision.ok) return decision;
    for (const one of [decision.value.stakeholder, ...decision.value.others]) await saveStakeholder(tx, one);
    return { ...decision, value: decision.value.stakeholder };
  });
}

/** Before a form is opened: whether the person may act, and whether the menu still means what it says. */
export async function readStakeholder(
  deps: Deps,
  by: Actor,
  { id, v }: Target,
  move: StakeholderMove['kind'],
): Promise<Decision<{ stakeholder: Stakeholder; crisis: Crisis }, StakeholderRefusal>> {
  const stakeholder = await findStakeholder(deps.db, id);
  const crisis = stakeholder && (await findCrisisOf(deps.db, by.workspaceId, stakeholder.crisisId));
  if (!stakeholder || !crisis) return refuse({ code: 'not_in_room' });
  const member = await findMember(deps.db, crisis, by.userId, by.channelId);
  const no = mayAct(crisis, member) ?? outOfDate(stakeholder, v, move);
  return no ? refuse(no) : accept({ stakeholder, crisis });
}

async function candidate(tx: Tx, crisis: Crisis, userId: string | null): Promise<Candidate | null> {
  if (!userId) return null;
  const [person] = await findPeople(tx, crisis.workspaceId, [userId]);
  const { inCell } = await findMember(tx, crisis, userId, null);
  return {
    userId,
    name: person?.name ?? userId,
    trouble: isExcluded(crisis, userId) ? 'excluded' : troubleWith(person),
    inCell,
  };
}
