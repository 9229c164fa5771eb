import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Db, Executor } from '../../db/client.ts';
import { roomSteps, timelineEntries } from '../../db/schema/index.ts';
import { findResponder } from '../crises/store.ts';

export type RoomStep = typeof roomSteps.$inferSelect;
type StepKey = { crisisId: string; roomNumber: number; step: string };

const at = (key: StepKey) =>
  and(eq(roomSteps.crisisId, key.crisisId), eq(roomSteps.roomNumber, key.roomNumber), eq(roomSteps.step, key.step));

export const stepsOf = (db: Executor, crisisId: string, roomNumber: number): Promise<RoomStep[]> =>
  db
    .select()
    .from(roomSteps)
    .where(and(eq(roomSteps.crisisId, crisisId), eq(roomSteps.roomNumber, roomNumber)));

/** Written before the call leaves: after a crash, a step that was begun is looked at before it is repeated. */
export const beginStep = (db: Db, key: StepKey, detail: Record<string, unknown>, now: Date) =>
  db
    .insert(roomSteps)
    .values({ ...key, state: 'attempted', attemptedAt: now, detail })
    .onConflictDoUpdate({
      target: [roomSteps.crisisId, roomSteps.roomNumber, roomSteps.step],
      set: { state: 'attempted', attemptedAt: now, detail: sql`${roomSteps.detail} || excluded.detail`, error: null },
    });

export const endStep = (db: Db, key: StepKey, detail: Record<string, unknown> = {}) =>
  db
    .update(roomSteps)
    .set({ state: 'done', error: null, detail: sql`${roomSteps.detail} || ${JSON.stringify(detail)}::jsonb` })
    .where(at(key));

export const failStep = (db: Db, key: StepKey, error: string) =>
  db.update(roomSteps).set({ state: 'failed', error }).where(at(key));

/** Steps that failed for good are tried again when a person asks for it. */
export const clearFailedSteps = (db: Executor, crisisId: string, roomNumber: number) =>
  db
    .delete(roomSteps)
    .where(and(eq(roomSteps.crisisId, crisisId), eq(roomSteps.roomNumber, roomNumber), eq(roomSteps.state, 'failed')))
    .returning({ step: roomSteps.step });

/** When somebody left the room (ms), for one who has been there and is not any more. */
export const leftAtOf = async (db: Executor, crisisId: string, userId: string): Promise<number | null> =>
  (await findResponder(db, crisisId, userId))?.leftAt?.getTime() ?? null;

/** Whether the timeline holds a later coming or going of this person than one of that moment. */
export async function hasSinceMoved(db: Executor, crisisId: string, userId: string, at: Date): Promise<boolean> {
  const later = await db
    .select({ id: timelineEntries.id })
    .from(timelineEntries)
    .where(
      and(
        eq(timelineEntries.crisisId, crisisId),
        eq(timelineEntries.actorId, userId),
        inArray(timelineEntries.kind, ['person_joined', 'person_left']),
        gt(timelineEntries.occurredAt, at),
      ),
    )
    .limit(1);
  return later.length > 0;
}
