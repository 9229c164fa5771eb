import { randomBytes } from 'node:crypto';
import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Db, Executor, Tx } from '../../db/client.ts';
import { runAll } from '../../db/run-all.ts';
import { crises, people, roomMessageHeads, roomMessageRevisions, timelineEntries } from '../../db/schema/index.ts';
import type { NewEntry } from '../core/decision.ts';
import { Fault } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import type { Verifies } from '../core/slices.ts';
import { storable } from '../core/storable.ts';
import {
  type ChainedRevision,
  type ChainHead,
  entryHash,
  entryWordsHash,
  genesisHash,
  messagesGenesisHash,
  nameHash,
  revisionHash,
  revisionWordsHash,
  sealing,
  sealOf,
} from './chain.ts';
import { type ExportedCrisis, peopleIn, type TimelineExport, timelineExport } from './export.ts';
import { type Evidence, type Verdict, verifyEvidence } from './verify.ts';

export type Entry = typeof timelineEntries.$inferSelect;
type Chain = { id: string; workspaceId: string; timelineSeq: number; timelineHash: string };

/** Adds entries at the end of a crisis's chain. The caller holds the lock on the crisis's row. Answers their ids. */
export async function appendEntries(tx: Tx, crisis: Chain, entries: readonly NewEntry[], now: Date): Promise<string[]> {
  if (entries.length === 0) return [];
  const names = await namesOf(tx, crisis.workspaceId, entries);
  const seal = entries.some((entry) => sealing.has(entry.kind)) ? await messagesHead(tx, crisis.id) : null;
  let seq = crisis.timelineSeq;
  let prevHash = crisis.timelineHash;
  const rows = entries.map((entry) => {
    seq += 1;
    const fields = {
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
      data: storableData({ ...entry.data, ...(seal && sealing.has(entry.kind) ? { messages: seal } : {}) }),
      correctsId: entry.correctsId ?? null,
      wordsSalt: newSalt(),
      nameSalt: newSalt(),
      prevHash,
    };
    const committed = {
      ...fields,
      wordsHash: entryWordsHash(fields.wordsSalt, fields),
      nameHash: nameHash(fields.nameSalt, fields),
    };
    prevHash = entryHash(committed);
    return { ...committed, workspaceId: crisis.workspaceId, hash: prevHash };
  });
  await runAll(
    tx.insert(timelineEntries).values(rows),
    tx.update(crises).set({ timelineSeq: seq, timelineHash: prevHash }).where(eq(crises.id, crisis.id)),
  );
  return rows.map((row) => row.id);
}

/** 128 bits. */
const newSalt = () => randomBytes(16).toString('hex');

/** What is hashed is what is read back. */
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

/** The hash of the last entry that was written before an instant, or null. */
export async function hashBefore(db: Executor, crisisId: string, instant: Date): Promise<string | null> {
  const { hash, seq, recordedAt } = timelineEntries;
  const [entry] = await db
    .select({ hash })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), lt(recordedAt, instant)))
    .orderBy(desc(seq))
    .limit(1);
  return entry?.hash ?? null;
}

/** Adds revisions of room messages at the end of their chain. The caller holds the lock on the crisis's row. */
export async function appendRevisions(
  tx: Tx,
  crisis: { workspaceId: string; crisisId: string },
  revisions: readonly Omit<ChainedRevision, 'crisisId' | 'seq' | 'prevHash' | 'hash'>[],
): Promise<void> {
  if (revisions.length === 0) return;
  const { workspaceId, crisisId } = crisis;
  let { count, hash } = await messagesHead(tx, crisisId);
  const rows = revisions.map((revision) => {
    count += 1;
    const said = { ...revision, text: storable(revision.text) };
    const wordsSalt = newSalt();
    const committed = { ...said, wordsSalt, wordsHash: revisionWordsHash(wordsSalt, said) };
    const fields = { ...committed, crisisId, seq: count, prevHash: hash };
    hash = revisionHash(fields);
    return { ...fields, workspaceId, hash };
  });
  await tx.insert(roomMessageRevisions).values(rows);
  await tx
    .insert(roomMessageHeads)
    .values({ crisisId, count, hash })
    .onConflictDoUpdate({ target: roomMessageHeads.crisisId, set: { count, hash } });
}

async function messagesHead(db: Executor, crisisId: string): Promise<ChainHead> {
  const [head] = await db
    .select({ count: roomMessageHeads.count, hash: roomMessageHeads.hash })
    .from(roomMessageHeads)
    .where(eq(roomMessageHeads.crisisId, crisisId));
  return head ?? { count: 0, hash: messagesGenesisHash(crisisId) };
}

const revisionsOf = (db: Executor, crisisId: string): Promise<ChainedRevision[]> =>
  db
    .select()
    .from(roomMessageRevisions)
    .where(eq(roomMessageRevisions.crisisId, crisisId))
    .orderBy(asc(roomMessageRevisions.seq));

/**
 * The timeline up to `upToSeq` (all of it when not given), ready to leave as a file. It is dated by its last entry, which
 * ordered it: whenever it is made, the same files come of it.
 */
export async function loadExport(
  db: Executor,
  crisis: ExportedCrisis & { workspaceId: string; timelineSeq: number },
  upToSeq = crisis.timelineSeq,
): Promise<TimelineExport> {
  // Entries are only ever added: those up to a number are the same whenever they are read.
  const entries = await entriesOf(db, crisis.id, 0, upToSeq);
  const last = entries.at(-1);
  // A file that ends with a seal holds the messages that it sealed, so that the fingerprint covers the whole file.
  const sealed = last ? sealOf(last) : null;
  const messages = (await revisionsOf(db, crisis.id)).filter((one) => !sealed || one.seq <= sealed.count);
  const people = await namesFor(db, crisis.workspaceId, peopleIn(entries, messages));
  const head = {
    entries: entries.length,
    hash: last?.hash ?? genesisHash(crisis.id),
    messages: { count: messages.length, hash: messages.at(-1)?.hash ?? messagesGenesisHash(crisis.id) },
  };
  const named = (userId: string) => people.get(userId) ?? userId;
  return timelineExport({ exportedAt: last?.recordedAt ?? crisis.declaredAt, crisis, head, entries, messages, named });
}

/**
 * Checks what the database holds of a crisis, at one moment, and what slices keep beside the timeline. `postedHead`: a
 * fingerprint that somebody kept.
 */
export const verifyStored = (db: Db, crisisId: string, postedHead?: string, verify?: Verifies): Promise<Verdict> =>
  db.transaction(
    async (tx) => {
      const evidence = await loadEvidence(tx, crisisId);
      const verdict = verifyEvidence(evidence, postedHead);
      const untrue = verdict.ok ? await verify?.(tx, crisisId, evidence.entries) : null;
      return untrue ? { ok: false, code: 'untrue', ...untrue } : verdict;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );

async function loadEvidence(db: Executor, crisisId: string): Promise<Evidence> {
  const [head] = await db
    .select({ entries: crises.timelineSeq, hash: crises.timelineHash })
    .from(crises)
    .where(eq(crises.id, crisisId));
  if (!head) throw new Fault(`crisis ${crisisId} does not exist`);
  return {
    crisisId,
    entries: await entriesOf(db, crisisId, 0, head.entries + 1),
    messages: await revisionsOf(db, crisisId),
    head: { ...head, messages: await messagesHead(db, crisisId) },
  };
}
