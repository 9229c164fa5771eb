import type { Db } from '../../../db/client.ts';
import { lockCrisis } from '../../crises/store.ts';
import { appendEntries } from '../../timeline/store.ts';
import { erasureEntry, isEmpty, type Plan, planErasure, type Wish } from './rules.ts';
import { blank, crisesIn, forgetName, foundIn } from './store.ts';

export type Planned = { crisisId: string; sign: string; plan: Plan };

/** What would be erased, crisis by crisis; those with nothing to erase or to refuse are left out. */
export async function plan(db: Db, workspaceId: string, wish: Wish): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const { id, number, codeName } of await crisesIn(db, workspaceId, wish.crisis)) {
    const { entries, messages } = await foundIn(db, id);
    const one = planErasure(wish, entries, messages);
    if (!isEmpty(one) || one.refused.length > 0)
      planned.push({ crisisId: id, sign: codeName ?? `#${number}`, plan: one });
  }
  return planned;
}

/** Erases what a wish comes to, one crisis at a time, each in one transaction with the entry that tells of it. */
export async function erase(db: Db, workspaceId: string, wish: Wish, now: Date): Promise<Planned[]> {
  const done: Planned[] = [];
  for (const planned of await plan(db, workspaceId, wish))
    await db.transaction(async (tx) => {
      const crisis = await lockCrisis(tx, planned.crisisId);
      const { entries, messages } = await foundIn(tx, crisis.id);
      const present = planErasure(wish, entries, messages);
      if (isEmpty(present)) return;
      await blank(tx, crisis.id, present);
      await appendEntries(tx, crisis, [erasureEntry(wish, present, now)], now);
      done.push({ ...planned, plan: present });
    });
  if (wish.person && wish.ofPerson.name) await forgetName(db, workspaceId, wish.person);
  return done;
}
