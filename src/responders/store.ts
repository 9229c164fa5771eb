import { asc, eq } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { callouts } from '../../db/schema/index.ts';
import type { Callout } from './callout.ts';

/** The departments called in a crisis. */
export const calloutsOf = (db: Executor, crisisId: string): Promise<Callout[]> =>
  db.select().from(callouts).where(eq(callouts.crisisId, crisisId)).orderBy(asc(callouts.department));

export const findCallout = async (db: Executor, calloutId: string): Promise<Callout | undefined> =>
  (await db.select().from(callouts).where(eq(callouts.id, calloutId)))[0];

export async function saveCallouts(tx: Tx, rows: readonly Callout[]): Promise<void> {
  for (const row of rows) {
    const { id: _id, crisisId: _crisisId, department: _department, ...changed } = row;
    await tx.insert(callouts).values(row).onConflictDoUpdate({ target: callouts.id, set: changed });
  }
}
