import { and, asc, count, desc, eq, gt, inArray, isNull, lt, lte, notLike, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor, Tx } from '../../db/client.ts';
import {
  deliveries,
  effects,
  messageDrafts,
  roomMessageRevisions,
  roomMessages,
  statementVersions,
  timelineEntries,
} from '../../db/schema/index.ts';
import { after, DAY } from '../core/time.ts';
import type { ChainedEntry } from '../timeline/chain.ts';
import { appendRevisions, type Entry } from '../timeline/store.ts';
import { lockWorkspace, saveWorkspace } from '../workspaces/store.ts';
import type { Known, Seen } from './capture.ts';
import type { Wording } from './print/document.ts';

export type RoomMessage = typeof roomMessages.$inferSelect;
type At = { workspaceId: string; channelId: string; ts: string };

const messageAt = (at: At) =>
  and(
    eq(roomMessages.workspaceId, at.workspaceId),
    eq(roomMessages.channelId, at.channelId),
    eq(roomMessages.ts, at.ts),
  );

export const findRoomMessage = async (db: Executor, at: At): Promise<RoomMessage | undefined> =>
  (await db.select().from(roomMessages).where(messageAt(at)))[0];

/** How many messages stand below one: what people wrote, and what the product showed. Threads do not count. */
export async function messagesBelow(db: Executor, { workspaceId, channelId, ts }: At): Promise<number> {
  // As Slack orders them: a database may sort text by other rules than those of its signs.
  const isBelow = (other: typeof effects.ts | typeof roomMessages.ts) => gt(sql`${other} collate "C"`, ts);
  const [theirs] = await db
    .select({ n: count() })
    .from(roomMessages)
    .where(
      and(
        eq(roomMessages.workspaceId, workspaceId),
        eq(roomMessages.channelId, channelId),
        isNull(roomMessages.threadTs),
        isNull(roomMessages.deletedAt),
        isBelow(roomMessages.ts),
      ),
    );
  const [ours] = await db
    .select({ n: count() })
    .from(effects)
    .where(
      and(
        eq(effects.channelId, channelId),
        eq(effects.state, 'done'),
        notLike(effects.key, '%@%'),
        notLike(effects.key, '%:text:%'),
        isBelow(effects.ts),
      ),
    );
  return (theirs?.n ?? 0) + (ours?.n ?? 0);
}

export const revisionsOf = (db: Executor, at: At): Promise<(Known & { revision: number })[]> =>
  db
    .select({
      change: roomMessageRevisions.change,
      text: roomMessageRevisions.text,
      at: roomMessageRevisions.occurredAt,
      revision: roomMessageRevisions.revision,
    })
    .from(roomMessageRevisions)
    .where(
      and(
        eq(roomMessageRevisions.workspaceId, at.workspaceId),
        eq(roomMessageRevisions.channelId, at.channelId),
        eq(roomMessageRevisions.ts, at.ts),
      ),
    )
    .orderBy(asc(roomMessageRevisions.revision));

/**
 * When the product last said that it listens, and every delivery since, oldest first; empty before it ever did. Locks the
 * workspace.
 */
export async function momentsHeard(tx: Tx, workspaceId: string): Promise<Date[]> {
  const { heardAt } = await lockWorkspace(tx, workspaceId);
  if (!heardAt) return [];
  const since = await tx
    .select({ at: deliveries.receivedAt })
    .from(deliveries)
    .where(gt(deliveries.receivedAt, heardAt))
    .orderBy(asc(deliveries.receivedAt));
  return [heardAt, ...since.map(({ at }) => at)];
}

export const markHeard = (tx: Tx, workspaceId: string, now: Date) => saveWorkspace(tx, workspaceId, { heardAt: now });

/** Those of some messages that are known, by their numbers. */
export async function knownAmong(db: Executor, at: Omit<At, 'ts'>, numbers: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ ts: roomMessages.ts })
    .from(roomMessages)
    .where(
      and(
        eq(roomMessages.workspaceId, at.workspaceId),
        eq(roomMessages.channelId, at.channelId),
        inArray(roomMessages.ts, [...numbers]),
      ),
    );
  return new Set(rows.map(({ ts }) => ts));
}

/** Adds wordings and sets the present one. The caller holds the lock on the crisis. */
export async function saveSeen(
  tx: Tx,
  message: Omit<RoomMessage, 'revision'>,
  known: number,
  added: readonly Seen[],
  now: Date,
  isReadLater: boolean,
): Promise<void> {
  const revision = known + added.length;
  const { text, files, deletedAt, authorId, threadTs } = message;
  await tx
    .insert(roomMessages)
    .values({ ...message, revision })
    .onConflictDoUpdate({
      target: [roomMessages.workspaceId, roomMessages.channelId, roomMessages.ts],
      set: {
        text,
        files,
        deletedAt,
        revision,
        authorId: sql`coalesce(${roomMessages.authorId}, ${authorId})`,
        threadTs: sql`coalesce(${roomMessages.threadTs}, ${threadTs})`,
      },
    });
  const revisions = added.map(({ change, byId, text: wording, at }, i) => {
    const { channelId, ts } = message;
    const seen = { channelId, ts, threadTs, authorId, files, revision: known + i + 1, change, byId };
    return { ...seen, text: wording, isReadLater, occurredAt: at, recordedAt: now };
  });
  await appendRevisions(tx, message, revisions);
}

/** The entry that a message is in the timeline as, if it is. */
export async function entryOfMessage(
  db: Executor,
  crisisId: string,
  at: { channelId: string; ts: string },
): Promise<{ seq: number; by: string | null } | null> {
  const [found] = await db
    .select({ seq: timelineEntries.seq, by: timelineEntries.actorId })
    .from(timelineEntries)
    .where(
      and(
        eq(timelineEntries.crisisId, crisisId),
        eq(timelineEntries.kind, 'message_logged'),
        sql`${timelineEntries.data}->>'channelId' = ${at.channelId}`,
        sql`${timelineEntries.data}->>'ts' = ${at.ts}`,
      ),
    )
    .limit(1);
  return found ?? null;
}

export const findEntry = async (db: Executor, crisisId: string, entryId: string): Promise<Entry | undefined> =>
  (
    await db
      .select()
      .from(timelineEntries)
      .where(and(eq(timelineEntries.crisisId, crisisId), eq(timelineEntries.id, entryId)))
  )[0];

/** The newest `limit` entries up to `upToSeq`, in order of writing. */
export const pageOfEntries = async (
  db: Executor,
  crisisId: string,
  upToSeq: number,
  limit: number,
): Promise<Entry[]> => {
  const rows = await db
    .select()
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), lte(timelineEntries.seq, upToSeq)))
    .orderBy(desc(timelineEntries.seq))
    .limit(limit);
  return rows.reverse();
};

export async function numbersOfEntries(
  db: Executor,
  crisisId: string,
  entryIds: readonly string[],
): Promise<Map<string, number>> {
  if (entryIds.length === 0) return new Map();
  const rows = await db
    .select({ id: timelineEntries.id, seq: timelineEntries.seq })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), inArray(timelineEntries.id, [...entryIds])));
  return new Map(rows.map((row) => [row.id, row.seq]));
}

export type Draft = typeof messageDrafts.$inferSelect;

/** Kept until the crisis is chosen; what was never chosen is forgotten after a day. */
export async function keepDraft(db: Executor, draft: Draft): Promise<void> {
  await db.delete(messageDrafts).where(lt(messageDrafts.createdAt, after(draft.createdAt, -DAY)));
  await db.insert(messageDrafts).values(draft);
}

export const findDraft = async (db: Executor, id: string, userId: string): Promise<Draft | undefined> =>
  (
    await db
      .select()
      .from(messageDrafts)
      .where(and(eq(messageDrafts.id, id), eq(messageDrafts.userId, userId)))
  )[0];

export const dropDraft = (tx: Tx, id: string) => tx.delete(messageDrafts).where(eq(messageDrafts.id, id));

const naming = z.object({
  statementId: z.uuid(),
  number: z.number(),
  version: z.number(),
  hash: z.string(),
  url: z.string().nullish(),
  where: z.string().nullish(),
});
const becomes = {
  statement_approved: 'approved',
  statement_published: 'published',
  statement_withdrawn: 'withdrawn',
} as const;

/** The wordings that these entries say were approved or published, whole: the hash that binds them is the timeline's. */
export async function wordingsIn(db: Executor, entries: readonly ChainedEntry[]): Promise<Wording[]> {
  const known = new Map<string, Wording & { statementId: string }>();
  for (const { kind, data, seq, occurredAt: at } of entries) {
    const is = becomes[kind as keyof typeof becomes];
    const named = is && naming.safeParse(data);
    if (!named?.success) continue;
    const { statementId, number, version, hash, url, where } = named.data;
    const key = `${statementId} ${version}`;
    const before = known.get(key);
    // A draft that was withdrawn is nobody's word.
    if (!before && is === 'withdrawn') continue;
    const wording = before ?? { statementId, number, version, hash, seq, title: '', body: null, states: [] };
    wording.states.push({ is, at, place: is === 'published' ? [where, url].filter(Boolean).join(', ') : '' });
    known.set(key, wording);
  }
  const ids = [...new Set([...known.values()].map(({ statementId }) => statementId))];
  if (ids.length === 0) return [];
  const rows = await db.select().from(statementVersions).where(inArray(statementVersions.statementId, ids));
  for (const { statementId, number, hash, title, body } of rows) {
    const wording = known.get(`${statementId} ${number}`);
    if (wording?.hash === hash) Object.assign(wording, { title, body });
  }
  return [...known.values()];
}
