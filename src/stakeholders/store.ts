import { asc, eq } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { stakeholders } from '../../db/schema/index.ts';
import type { Stakeholder } from './rules.ts';

/** In the order in which they hear. */
export const stakeholdersOf = (db: Executor, crisisId: string): Promise<Stakeholder[]> =>
  db
    .select()
    .from(stakeholders)
    .where(eq(stakeholders.crisisId, crisisId))
    .orderBy(asc(stakeholders.position), asc(stakeholders.number));

export const findStakeholder = async (db: Executor, id: string): Promise<Stakeholder | undefined> =>
  (await db.select().from(stakeholders).where(eq(stakeholders.id, id)))[0];

export const addStakeholders = async (tx: Tx, added: readonly Stakeholder[]): Promise<void> => {
  if (added.length > 0) await tx.insert(stakeholders).values([...added]);
};

export const saveStakeholder = (tx: Tx, { id, ...changed }: Stakeholder) =>
  tx.update(stakeholders).set(changed).where(eq(stakeholders.id, id));
