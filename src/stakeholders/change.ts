import { accept, type Decision, refuse } from '../core/decision.ts';
import { actIn } from '../crises/change.ts';
import { type Crisis, mayAct } from '../crises/rules.ts';
import { candidateIn, findCrisisOf, findMember } from '../crises/store.ts';
import type { Act } from '../slack/feature.ts';
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
  act: Act,
  crisisId: string,
  { userId, ...wish }: By<StakeholderWish> & { id: string },
): Answer {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const [there, owner] = await Promise.all([
      stakeholdersOf(tx, crisisId),
      userId ? candidateIn(tx, crisis, member, userId) : null,
    ]);
    const decision = add(crisis, there, { ...wish, owner }, member, act.now());
    if (!decision.ok) return decision;
    const { stakeholder, others } = decision.value;
    await addStakeholders(tx, [stakeholder]);
    for (const other of others) await saveStakeholder(tx, other);
    return { ...decision, value: stakeholder };
  });
}

type Target = { id: string; v: number };

export async function changeStakeholder(act: Act, { id, v }: Target, ask: StakeholderAsk): Answer {
  const known = await findStakeholder(act.db, id);
  if (!known) return refuse({ code: 'not_in_room' });
  return actIn(act, known.crisisId, async (tx, crisis, member) => {
    const there = await stakeholdersOf(tx, crisis.id);
    const stakeholder = there.find((one) => one.id === id) ?? known;
    const move: StakeholderMove =
      ask.kind === 'edit'
        ? { ...ask, owner: ask.userId ? await candidateIn(tx, crisis, member, ask.userId) : null }
        : ask;
    const decision = change(stakeholder, v, move, there, crisis, member, act.now());
    if (!decision.ok) return decision;
    for (const one of [decision.value.stakeholder, ...decision.value.others]) await saveStakeholder(tx, one);
    return { ...decision, value: decision.value.stakeholder };
  });
}

/** Before a form is opened: whether the person may act, and whether the menu still means what it says. */
export async function readStakeholder(
  act: Act,
  { id, v }: Target,
  move: StakeholderMove['kind'],
): Promise<Decision<{ stakeholder: Stakeholder; crisis: Crisis }, StakeholderRefusal>> {
  const stakeholder = await findStakeholder(act.db, id);
  const crisis = stakeholder && (await findCrisisOf(act.db, act.who.workspaceId, stakeholder.crisisId));
  if (!stakeholder || !crisis) return refuse({ code: 'not_in_room' });
  const member = await findMember(act.db, crisis, act.who.userId, act.channelId);
  const no = mayAct(crisis, member) ?? outOfDate(stakeholder, v, move);
  return no ? refuse(no) : accept({ stakeholder, crisis });
}
