import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { waiting } from '../../db/schema/index.ts';
import type { Told } from './rules.ts';

export const toldIn = (db: Executor, crisisId: string): Promise<Told[]> =>
  db.select().from(waiting).where(eq(waiting.crisisId, crisisId));

export const toldTo = async (db: Executor, crisisId: string, userId: string): Promise<Told | undefined> =>
  (
    await db
      .select()
      .from(waiting)
      .where(and(eq(waiting.crisisId, crisisId), eq(waiting.userId, userId)))
  )[0];

export async function saveTold(tx: Tx, crisisId: string, rows: readonly Told[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(waiting)
    .values(rows.map((row) => ({ ...row, crisisId })))
    .onConflictDoUpdate({
      target: [waiting.crisisId, waiting.userId],
      set: {
        generation: sql`excluded.generation`,
        postedAt: sql`excluded.posted_at`,
        told: sql`excluded.told`,
        contentHash: sql`excluded.content_hash`,
      },
    });
}
