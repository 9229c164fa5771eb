import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { Db, Executor } from '../../db/client.ts';
import { channelPaces, effects } from '../../db/schema/index.ts';
import { after, SECOND } from '../core/time.ts';

export type Effect = typeof effects.$inferSelect;

/** Longer than any call may last: an attempt older than this has ended, in whatever way. */
const attemptLasts = 15 * SECOND;

export const findEffect = async (db: Executor, key: string): Promise<Effect | undefined> =>
  (await db.select().from(effects).where(eq(effects.key, key)))[0];

/**
 * Marks that a call is about to leave. Answers what went before: `fresh` (surely nothing has been sent), `ambiguous`
 * (something may have been), `busy` (somebody is sending it now), or the finished effect.
 */
export async function beginAttempt(
  db: Db,
  effect: Pick<Effect, 'key' | 'workspaceId' | 'crisisId' | 'channelId' | 'what' | 'job'>,
  now: Date,
): Promise<{ was: 'fresh' | 'busy' } | { was: 'ambiguous'; since: Date } | { was: 'done' | 'failed'; effect: Effect }> {
  const inserted = await db
    .insert(effects)
    .values({ ...effect, state: 'attempted', attempts: 1, firstAttemptAt: now, attemptedAt: now })
    .onConflictDoNothing()
    .returning({ key: effects.key });
  if (inserted.length > 0) return { was: 'fresh' };
  const before = await findEffect(db, effect.key);
  if (!before) return { was: 'busy' };
  if (before.state === 'done' || before.state === 'failed') return { was: before.state, effect: before };
  const claimed = await db
    .update(effects)
    .set({ state: 'attempted', attempts: sql`${effects.attempts} + 1`, attemptedAt: now, channelId: effect.channelId })
    .where(
      and(
        eq(effects.key, effect.key),
        eq(effects.attempts, before.attempts),
        or(
          inArray(effects.state, ['unsent', 'unsure']),
          and(eq(effects.state, 'attempted'), lt(effects.attemptedAt, after(now, -attemptLasts))),
        ),
      ),
    )
    .returning({ key: effects.key });
  if (claimed.length === 0) return { was: 'busy' };
  return before.state === 'unsent' ? { was: 'fresh' } : { was: 'ambiguous', since: before.firstAttemptAt };
}

export const recordShown = (db: Executor, key: string, at: { channelId: string; ts: string }, contentHash: string) =>
  db
    .update(effects)
    .set({ state: 'done', channelId: at.channelId, ts: at.ts, contentHash, error: null })
    .where(eq(effects.key, key));

export const recordUnsent = (db: Executor, key: string, error: string) =>
  db.update(effects).set({ state: 'unsent', error }).where(eq(effects.key, key));

export const recordUnsure = (db: Executor, key: string, error: string) =>
  db.update(effects).set({ state: 'unsure', error }).where(eq(effects.key, key));

/** Right after the start of the only process there is: whatever was under way has ended with the process before it. */
export const endStaleAttempts = (db: Executor) =>
  db.update(effects).set({ state: 'unsure' }).where(eq(effects.state, 'attempted'));

export const recordFailed = (db: Executor, key: string, error: string) =>
  db.update(effects).set({ state: 'failed', error }).where(eq(effects.key, key));

/** Forgets the message, so that the next showing posts it anew: somebody deleted it, or a person asked for a repair. */
export const forgetEffect = (db: Executor, key: string) => db.delete(effects).where(eq(effects.key, key));

export const failedEffectsOf = (db: Executor, crisisId: string): Promise<Effect[]> =>
  db
    .select()
    .from(effects)
    .where(and(eq(effects.crisisId, crisisId), eq(effects.state, 'failed')));

export type Pace = { everyMs: number; burst: number };

/** What Slack lets a channel take for long, after a short burst. */
export const slackPace: Pace = { everyMs: SECOND, burst: 3 };

/**
 * Reserves the next moment at which a channel may be posted to (Slack: about one per second and channel, short bursts
 * allowed). Answers how long to wait, in milliseconds. Shared by all instances through the database.
 */
export async function reservePost(db: Db, channelId: string, now: Date, { everyMs, burst }: Pace): Promise<number> {
  // A channel that was quiet has saved up `burst - 1` posts.
  const floor = after(now, -(burst - 1) * everyMs);
  const [row] = await db
    .insert(channelPaces)
    .values({ channelId, nextPostAt: after(floor, everyMs) })
    .onConflictDoUpdate({
      target: channelPaces.channelId,
      set: {
        nextPostAt: sql`greatest(${channelPaces.nextPostAt}, ${floor.toISOString()}::timestamptz) + ${everyMs}::int * interval '1 millisecond'`,
      },
    })
    .returning({ nextPostAt: channelPaces.nextPostAt });
  return Math.max(0, (row?.nextPostAt.getTime() ?? 0) - everyMs - now.getTime());
}
