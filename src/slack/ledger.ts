import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Executor } from '../../db/client.ts';
import { channelPaces, crises, deliveries, effects, restorations } from '../../db/schema/index.ts';
import { canonicalJson } from '../core/ids.ts';
import { after, DAY, SECOND } from '../core/time.ts';

export type Effect = typeof effects.$inferSelect;

/** Longer than a post may last: an attempt older than this has ended, in whatever way. */
const postLasts = 15 * SECOND;

export const findEffect = async (db: Executor, key: string): Promise<Effect | undefined> =>
  (await db.select().from(effects).where(eq(effects.key, key)))[0];

/** In the order of the keys; undefined for what was never shown. */
export async function findEffects(db: Executor, keys: readonly string[]): Promise<(Effect | undefined)[]> {
  const rows = await db
    .select()
    .from(effects)
    .where(inArray(effects.key, [...keys]));
  return keys.map((key) => rows.find((row) => row.key === key));
}

/** Every message of a crisis whose key begins so. */
export const effectsNamed = (db: Executor, crisisId: string, prefix: string): Promise<Effect[]> =>
  db
    .select()
    .from(effects)
    .where(and(eq(effects.crisisId, crisisId), sql`starts_with(${effects.key}, ${prefix})`));

type Attempt = Pick<Effect, 'key' | 'workspaceId' | 'crisisId' | 'channelId' | 'what' | 'job'> & {
  hasButtons?: boolean;
};
/** The right to send one message. It is lost when somebody else begins the next attempt. */
export type Claim = {
  attempt: number;
  /** When it was surely ours, by a clock that nobody sets. */
  heldAt: number;
};
type Begun =
  | { was: 'busy' }
  | { was: 'fresh'; claim: Claim }
  | { was: 'ambiguous'; claim: Claim; since: Date; lastAt: Date }
  | { was: 'done' | 'failed'; effect: Effect };

/**
 * Marks that a call is about to leave. Answers what went before: `fresh` (surely nothing has been sent), `ambiguous`
 * (something may have been), `busy` (somebody is sending it now: an attempt may last `lasts` milliseconds), or the
 * finished effect.
 */
export async function beginAttempt(db: Db, effect: Attempt, now: Date, lasts: number): Promise<Begun> {
  const heldAt = performance.now();
  const [inserted] = await db.execute<Inserted>(insertAttempt(effect, now));
  if (!inserted) return beginAgain(db, effect, now, lasts);
  return afterRestoration(inserted, { attempt: 1, heldAt }, now) ?? { was: 'fresh', claim: { attempt: 1, heldAt } };
}

/**
 * The same for a post, which also waits for its moment in the channel: `waitMs`, reserved in the same statement, because
 * every message that people see for the first time goes this way.
 */
export async function beginPost(
  db: Db,
  effect: Attempt & { channelId: string },
  now: Date,
  /** Slack counts seconds of its own, whatever time it is for the product. */
  { realNow, pace }: { realNow: Date; pace: Pace },
): Promise<Begun | { was: 'fresh'; claim: Claim; waitMs: number }> {
  const heldAt = performance.now();
  const [reserved] = await db.execute<{ nextPostAt: string } & Inserted>(sql`
    with attempt as (${insertAttempt(effect, now)})
    ${reserve(effect.channelId, realNow, pace, sql`from attempt`)}, (select "madeAt" from attempt) as "madeAt"`);
  if (!reserved) return beginAgain(db, effect, now, postLasts);
  const claim = { attempt: 1, heldAt };
  return afterRestoration(reserved, claim, now) ?? { was: 'fresh', claim, waitMs: waitUntil(reserved, realNow, pace) };
}

/** Of the copy that the database was filled from, while a restoration counts. */
type Inserted = { madeAt: string | null };

/** The restoration that counts now, if there is one. */
export const restoredFrom = async (db: Executor, now: Date) =>
  (
    await db
      .select()
      .from(restorations)
      .where(gt(restorations.restoredAt, after(now, -DAY)))
      .orderBy(desc(restorations.madeAt))
      .limit(1)
  )[0] ?? null;

/** What is new to a restored database may have been shown after the copy was made. */
const afterRestoration = ({ madeAt }: Inserted, claim: Claim, now: Date): Begun | null =>
  madeAt === null ? null : { was: 'ambiguous', claim, since: new Date(madeAt), lastAt: now };

const insertAttempt = (effect: Attempt, now: Date) => sql`
  insert into ${effects} (key, workspace_id, crisis_id, channel_id, what, has_buttons, job, state, attempts, first_attempt_at, attempted_at)
  values (${effect.key}, ${effect.workspaceId}, ${effect.crisisId}, ${effect.channelId}, ${effect.what}, ${effect.hasButtons ?? false},
    ${effect.job ? JSON.stringify(effect.job) : null}::jsonb, 'attempted', 1, ${now.toISOString()}, ${now.toISOString()})
  on conflict do nothing
  returning (select max(made_at) from ${restorations} where restored_at > ${after(now, -DAY).toISOString()}) as "madeAt"`;

async function beginAgain(db: Db, effect: Attempt, now: Date, lasts: number): Promise<Begun> {
  const before = await findEffect(db, effect.key);
  if (!before) return { was: 'busy' };
  if (before.state === 'done') return { was: 'done', effect: before };
  if (before.state === 'failed' || before.state === 'lost') return { was: 'failed', effect: before };
  const claim = { attempt: before.attempts + 1, heldAt: performance.now() };
  const claimed = await db
    .update(effects)
    .set({ state: 'attempted', attempts: claim.attempt, attemptedAt: now, channelId: effect.channelId })
    .where(
      and(
        eq(effects.key, effect.key),
        eq(effects.attempts, before.attempts),
        or(
          inArray(effects.state, ['unsent', 'unsure']),
          and(eq(effects.state, 'attempted'), lt(effects.attemptedAt, after(now, -lasts))),
        ),
      ),
    )
    .returning({ key: effects.key });
  if (claimed.length === 0) return { was: 'busy' };
  if (before.state === 'unsent') return { was: 'fresh', claim };
  return { was: 'ambiguous', claim, since: before.firstAttemptAt, lastAt: before.attemptedAt };
}

/**
 * Makes a claim last as long as a new one. Answers whether it still counts: a process that stood still may have lost it.
 */
export const renewClaim = (db: Executor, key: string, claim: Claim, now: Date): Promise<boolean> =>
  settle(db, key, claim, { attemptedAt: now }, eq(effects.state, 'attempted'));

/** What follows writes how an attempt ended, and answers whether that attempt still counted. */
const settle = async (db: Executor, key: string, { attempt }: Claim, ended: Partial<Effect>, also?: SQL) =>
  (
    await db
      .update(effects)
      .set(ended)
      .where(and(eq(effects.key, key), eq(effects.attempts, attempt), also))
      .returning({ key: effects.key })
  ).length > 0;

export const recordShown = (
  db: Executor,
  key: string,
  claim: Claim,
  at: { channelId: string; ts: string },
  contentHash: string,
) => settle(db, key, claim, { state: 'done', ...at, contentHash, error: null });

export const recordUnsent = (db: Executor, key: string, claim: Claim, error: string) =>
  settle(db, key, claim, { state: 'unsent', error });

/** `lastAt`: when it was last sent, if that was before this attempt. */
export const recordUnsure = (db: Executor, key: string, claim: Claim, error: string, lastAt?: Date) =>
  settle(db, key, claim, { state: 'unsure', error, ...(lastAt ? { attemptedAt: lastAt } : {}) });

export const recordFailed = (db: Executor, key: string, claim: Claim, error: string, state: 'failed' | 'lost') =>
  settle(db, key, claim, { state, error });

/** A message that could not even be drawn counts as refused: what stands below it must not wait for it for ever. */
export const recordUndrawn = (db: Executor, effect: Attempt, now: Date) =>
  db
    .insert(effects)
    .values({ ...effect, state: 'failed', error: 'fault', attempts: 0, firstAttemptAt: now, attemptedAt: now })
    .onConflictDoNothing();

/** `shown`: where it stands from now on, when it was posted afresh, and whether it got buttons by now. */
export const recordEdited = (
  db: Executor,
  key: string,
  contentHash: string,
  shown: { channelId?: string; ts?: string; hasButtons?: boolean },
) =>
  db
    .update(effects)
    .set({
      contentHash,
      error: null,
      ...(shown.ts ? { channelId: shown.channelId ?? null, ts: shown.ts } : {}),
      ...(shown.hasButtons ? { hasButtons: true } : {}),
    })
    .where(eq(effects.key, key));

/** The jobs that show what has, or had, buttons in a room and in direct messages: each once. */
export async function jobsWithButtons(
  db: Executor,
  crisisId: string,
  roomId: string | null,
): Promise<NonNullable<Effect['job']>[]> {
  const rows = await db
    .select({ job: effects.job })
    .from(effects)
    .where(
      and(
        eq(effects.crisisId, crisisId),
        eq(effects.state, 'done'),
        eq(effects.hasButtons, true),
        isNotNull(effects.job),
        // A room that was replaced cannot be written to any more.
        or(sql`${effects.channelId} like 'D%'`, ...(roomId ? [eq(effects.channelId, roomId)] : [])),
      ),
    )
    .orderBy(desc(effects.firstAttemptAt));
  return [...new Map(rows.flatMap(({ job }) => (job ? [[canonicalJson(job), job] as const] : []))).values()];
}

/** Right after the start of the only process there is: whatever was under way has ended with the process before it. */
export const endStaleAttempts = (db: Executor) =>
  db.update(effects).set({ state: 'unsure' }).where(eq(effects.state, 'attempted'));

/** The message stands as it was before. Answers whether that is news: an edit may be refused again and again. */
export const recordRefusedEdit = async (db: Executor, key: string, error: string, job: Effect['job']) =>
  (
    await db
      .update(effects)
      .set({ error, job })
      .where(and(eq(effects.key, key), isNull(effects.error)))
      .returning({ key: effects.key })
  ).length > 0;

/** A job that ended before it could show anything, kept like a message that was refused. */
export const recordUndone = (db: Executor, id: string, job: NonNullable<Effect['job']>, error: string, now: Date) => {
  const { crisisId = null, workspaceId = null } = job.data as Partial<Record<string, string>>;
  return db
    .insert(effects)
    .values({
      key: `job:${id}`,
      workspaceId: sql`coalesce(${workspaceId}, (select workspace_id from ${crises} where id = ${crisisId}), '')`,
      crisisId,
      state: 'failed',
      attempts: 1,
      firstAttemptAt: now,
      attemptedAt: now,
      what: job.kind,
      job,
      error,
    })
    .onConflictDoNothing();
};

/** Forgets the message, so that the next showing posts it anew: somebody deleted it, or a repair was asked for. */
export const forgetEffect = (db: Executor, key: string) => db.delete(effects).where(eq(effects.key, key));

/** What was never shown, and what shows an older state than it should. */
export const failedEffectsOf = (db: Executor, crisisId: string): Promise<Effect[]> =>
  db
    .select()
    .from(effects)
    .where(
      and(
        eq(effects.crisisId, crisisId),
        or(inArray(effects.state, ['failed', 'lost']), and(eq(effects.state, 'done'), isNotNull(effects.error))),
      ),
    );

/** Makes a repair begin anew: what was never shown is posted, what may be there is looked for, what is outdated edited. */
export const retryEffect = (db: Executor, { key, state, attempts }: Pick<Effect, 'key' | 'state' | 'attempts'>) =>
  // Of several attempts, one whose answer was lost may have landed after all.
  state === 'failed' && attempts === 1
    ? forgetEffect(db, key)
    : db
        .update(effects)
        .set({ error: null, ...(state === 'done' ? {} : { state: 'unsure' }) })
        .where(eq(effects.key, key));

const kept = { deliveries: 30 * DAY, effects: 365 * DAY, paces: DAY };

/**
 * Forgets what can be of no use any more: deliveries that Slack repeats within an hour, messages of crises closed for a
 * year, paces of channels that are quiet. What is open, refused or under way is kept, however old.
 */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  await db.delete(deliveries).where(lt(deliveries.receivedAt, after(now, -kept.deliveries)));
  await db.delete(channelPaces).where(lt(channelPaces.nextPostAt, after(now, -kept.paces)));
  const closed = db
    .select({ id: crises.id })
    .from(crises)
    .where(and(eq(crises.status, 'closed'), lt(crises.closedAt, after(now, -kept.effects))));
  await db
    .delete(effects)
    .where(
      or(
        and(eq(effects.state, 'done'), inArray(effects.crisisId, closed)),
        and(isNull(effects.crisisId), lt(effects.attemptedAt, after(now, -kept.effects))),
      ),
    );
}

/**
 * `now` and `wait` are of the seconds that Slack counts for a channel, `editsAt` of an edit, null when edits are not counted:
 * tests do not wait.
 */
export type Pace = {
  everyMs: number;
  burst: number;
  now(channelId: string): Date;
  wait(ms: number, channelId: string): Promise<void>;
  editsAt(now: Date): Date | null;
};

/** Slack takes about 50 edits a minute from a workspace: ours share 40, after a short burst. */
const editPace = { everyMs: 1.5 * SECOND, burst: 8 };

/**
 * In their order: `spare` edits are left to those before, and the same message is edited at most every `everyMs`. What
 * finds no edit left waits; drawn anew, it is the latest state of its message that is sent.
 */
const editPlans = {
  card: { spare: 0, everyMs: 0 },
  call: { spare: 1, everyMs: 0 },
  direct: { spare: 2, everyMs: 0 },
  brief: { spare: 3, everyMs: 5 * SECOND },
  board: { spare: 5, everyMs: 20 * SECOND },
};
export type EditPriority = keyof typeof editPlans;

/**
 * Takes one of the workspace's edits for a message. Answers 0, or in how many milliseconds its turn comes: messages of one
 * priority wait in one line, each once, so that however many wait, few ask.
 */
export async function takeEdit(
  db: Db,
  { key, workspaceId }: Pick<Effect, 'key' | 'workspaceId'>,
  priority: EditPriority,
  now: Date,
): Promise<number> {
  const { spare, everyMs } = editPlans[priority];
  const [all, mine, line] = [`edits:${workspaceId}`, `edit:${key}`, `edits:${workspaceId}:${priority}`];
  const at = (date: Date) => sql`${date.toISOString()}::timestamptz`;
  const floor = after(now, -(editPace.burst - 1) * editPace.everyMs);
  const step = sql`${editPace.everyMs}::int * interval '1 millisecond'`;
  const taken = await db.execute(sql`
    with taken as (
      insert into ${channelPaces} (channel_id, next_post_at)
      select ${all}::text, ${at(after(floor, editPace.everyMs))}
      where not exists (select from ${channelPaces} where channel_id = ${mine} and next_post_at > ${at(now)})
      on conflict (channel_id) do update set next_post_at = greatest(channel_paces.next_post_at, ${at(floor)}) + ${step}
        where channel_paces.next_post_at <= ${at(after(now, -spare * editPace.everyMs))}
      returning channel_id
    ), spaced as (
      insert into ${channelPaces} (channel_id, next_post_at)
      select ${mine}::text, ${at(after(now, everyMs))} from taken where ${everyMs}::int > 0
      on conflict (channel_id) do update set next_post_at = excluded.next_post_at
    )
    select channel_id from taken`);
  if (taken.length > 0) return 0;
  const paces = await db
    .select()
    .from(channelPaces)
    .where(inArray(channelPaces.channelId, [all, mine]));
  const waitFor = (id: string) =>
    (paces.find(({ channelId }) => channelId === id)?.nextPostAt.getTime() ?? 0) - now.getTime();
  if (waitFor(mine) > 0) return waitFor(mine);
  const soonest = at(after(now, Math.max(1, waitFor(all) + spare * editPace.everyMs)));
  const [turn] = await db.execute<{ nextPostAt: string }>(sql`
    with line as (
      insert into ${channelPaces} (channel_id, next_post_at) select ${line}::text, ${soonest} + ${step}
      on conflict (channel_id) do update set next_post_at = greatest(channel_paces.next_post_at, ${soonest}) + ${step}
      returning next_post_at - ${step} as turn
    )
    insert into ${channelPaces} (channel_id, next_post_at) select ${mine}::text, turn from line
    on conflict (channel_id) do update set next_post_at = excluded.next_post_at
    returning next_post_at as "nextPostAt"`);
  return Math.max(1, turn ? new Date(turn.nextPostAt).getTime() - now.getTime() : 0);
}

/** What Slack lets a channel take for long, after a short burst. */
export const slackPace: Pace = {
  everyMs: SECOND,
  burst: 3,
  now: () => new Date(),
  wait: (ms) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()),
  editsAt: (now) => now,
};

/**
 * Reserves the next moment at which a channel may be posted to (Slack: about one per second and channel, short bursts
 * allowed). Answers how long to wait, in milliseconds. Shared by all instances through the database.
 */
export async function reservePost(db: Db, channelId: string, now: Date, pace: Pace): Promise<number> {
  const [reserved] = await db.execute<{ nextPostAt: string }>(reserve(channelId, now, pace, sql``));
  return reserved ? waitUntil(reserved, now, pace) : 0;
}

function reserve(channelId: string, now: Date, { everyMs, burst }: Pick<Pace, 'everyMs' | 'burst'>, from: SQL): SQL {
  // A channel that was quiet has saved up `burst - 1` posts.
  const floor = after(now, -(burst - 1) * everyMs);
  const step = sql`${everyMs}::int * interval '1 millisecond'`;
  return sql`
    insert into ${channelPaces} (channel_id, next_post_at)
    select ${channelId}::text, ${after(floor, everyMs).toISOString()}::timestamptz ${from}
    on conflict (channel_id) do update
      set next_post_at = greatest(channel_paces.next_post_at, ${floor.toISOString()}::timestamptz) + ${step}
    returning next_post_at as "nextPostAt"`;
}

const waitUntil = ({ nextPostAt }: { nextPostAt: string }, now: Date, { everyMs }: Pace): number =>
  Math.max(0, new Date(nextPostAt).getTime() - everyMs - now.getTime());
