import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { crises, people, roomMessageRevisions, roomMessages, timelineEntries } from '../../db/schema/index.ts';
import type { NewEntry } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import { type ChainedEntry, entryHash, genesisHash } from './chain.ts';
import { type ExportedCrisis, type ExportedMessage, peopleIn, type TimelineExport, timelineExport } from './export.ts';

export type Entry = typeof timelineEntries.$inferSelect;
type Chain = { id: string; workspaceId: string; timelineSeq: number; timelineHash: string };

/** Adds entries at the end of a crisis's chain. The caller holds the lock on the crisis's row. Answers their ids. */
export async function appendEntries(tx: Tx, crisis: Chain, entries: readonly NewEntry[], now: Date): Promise<string[]> {
  if (entries.length === 0) return [];
  const names = await namesOf(tx, crisis.workspaceId, entries);
  let seq = crisis.timelineSeq;
  let prevHash = crisis.timelineHash;
  const rows = entries.map((entry) => {
    seq += 1;
    const fields: Omit<ChainedEntry, 'hash'> = {
      id: newId(),
      crisisId: crisis.id,
      seq,
      kind: entry.kind,
      occurredAt: entry.occurredAt,
      recordedAt: now,
      actorId: entry.actorId,
      actorName: entry.actorId ? (names.get(entry.actorId) ?? null) : null,
      textEn: storable(entry.text.en),
      textFr: storable(entry.text.fr),
      data: storableData(entry.data ?? {}),
      correctsId: entry.correctsId ?? null,
      prevHash,
    };
    prevHash = entryHash(fields);
    return { ...fields, workspaceId: crisis.workspaceId, hash: prevHash };
  });
  await tx.insert(timelineEntries).values(rows);
  await tx.update(crises).set({ timelineSeq: seq, timelineHash: prevHash }).where(eq(crises.id, crisis.id));
  return rows.map((row) => row.id);
}

/**
 * PostgreSQL refuses U+0000 and halves of surrogate pairs; everything else is kept as it was written, and what is hashed
 * is what is read back.
 */
const storable = (text: string): string => Buffer.from(text.replaceAll('\u0000', ''), 'utf8').toString('utf8');
const storableData = (data: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value)),
  ) as Record<string, unknown>;

const namesOf = (tx: Tx, workspaceId: string, entries: readonly NewEntry[]) =>
  namesFor(tx, workspaceId, [...new Set(entries.flatMap((e) => (e.actorId ? [e.actorId] : [])))]);

async function namesFor(db: Executor, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, [...ids])));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** In order of writing. `afterSeq` leaves out what came up to it; `limit` keeps the oldest. */
export const entriesOf = (db: Executor, crisisId: string, afterSeq = 0, limit = 100_000): Promise<Entry[]> =>
  db
    .select()
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), gt(timelineEntries.seq, afterSeq)))
    .orderBy(asc(timelineEntries.seq))
    .limit(limit);

/** What people wrote in the crisis's rooms, each message with all its wordings. */
async function messagesOf(db: Executor, crisisId: string): Promise<ExportedMessage[]> {
  const messages = await db
    .select()
    .from(roomMessages)
    .where(eq(roomMessages.crisisId, crisisId))
    .orderBy(asc(roomMessages.ts));
  const revisions = await db
    .select()
    .from(roomMessageRevisions)
    .where(eq(roomMessageRevisions.crisisId, crisisId))
    .orderBy(asc(roomMessageRevisions.occurredAt), asc(roomMessageRevisions.revision));
  const byMessage = new Map<string, typeof revisions>();
  for (const revision of revisions) {
    const key = `${revision.channelId} ${revision.ts}`;
    byMessage.set(key, [...(byMessage.get(key) ?? []), revision]);
  }
  return messages.map(({ channelId, ts, threadTs, authorId, files }) => ({
    channelId,
    ts,
    threadTs,
    authorId,
    files,
    revisions: (byMessage.get(`${channelId} ${ts}`) ?? []).map(
      ({ revision, change, text, occurredAt, recordedAt }) => ({ revision, change, text, occurredAt, recordedAt }),
    ),
  }));
}

/** The timeline up to `upToSeq` (all of it when not given), ready to leave as a file. */
export async function loadExport(
  db: Executor,
  crisis: ExportedCrisis & { workspaceId: string; timelineSeq: number },
  now: Date,
  upToSeq = crisis.timelineSeq,
): Promise<TimelineExport> {
  // Entries are only ever added: those up to a number are the same whenever they are read.
  const entries = await entriesOf(db, crisis.id, 0, upToSeq);
  const messages = await messagesOf(db, crisis.id);
  const people = await namesFor(db, crisis.workspaceId, peopleIn(entries, messages));
  const head = { entries: entries.length, hash: entries.at(-1)?.hash ?? genesisHash(crisis.id) };
  const named = (userId: string) => people.get(userId) ?? userId;
  return timelineExport({ exportedAt: now, crisis, head, entries, messages, named });
}
