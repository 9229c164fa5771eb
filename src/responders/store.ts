import { and, asc, eq, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { callouts, crises, responders } from '../../db/schema/index.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { addResponders, type Responder } from '../crises/store.ts';
import { type Addition, type Callout } from './callout.ts';

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

export const findResponder = async (db: Executor, crisisId: string, userId: string): Promise<Responder | undefined> =>
  (
    await db
      .select()
      .from(responders)
      .where(and(eq(responders.crisisId, crisisId), eq(responders.userId, userId)))
  )[0];

/** Adds people to the cell and records what each of them said or was told. */
export async function saveCell(tx: Tx, crisis: Crisis, cell: readonly Addition[], now: Date): Promise<void> {
  const crisisId = crisis.id;
  await addResponders(tx, crisis, cell, now);
  for (const { userId, presentAt, called } of cell) {
    if (!presentAt && !called) continue;
    await tx
      .update(responders)
      .set({
        ...(presentAt ? { presentAt } : {}),
        ...(called
          ? { calledAt: called.at, calledBy: called.by, callReason: called.reason, inviteError: sql`null` }
          : {}),
      })
      .where(and(eq(responders.crisisId, crisisId), eq(responders.userId, userId)));
  }
}

/** Open crises that a person may join from outside their rooms: those they are of, and those open to the workspace. */
export async function joinableBy(db: Executor, workspaceId: string, userId: string): Promise<Crisis[]> {
  const rows = await db
    .select({ crisis: crises, member: responders.userId })
    .from(crises)
    .leftJoin(responders, and(eq(responders.crisisId, crises.id), eq(responders.userId, userId)))
    .where(and(eq(crises.workspaceId, workspaceId), eq(crises.status, 'open')))
    .orderBy(asc(crises.number));
  return rows
    .filter((row) => (row.member !== null || !row.crisis.isPrivate) && !isExcluded(row.crisis, userId))
    .map((row) => row.crisis);
}
