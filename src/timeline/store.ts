import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { crises, people, timelineEntries } from '../../db/schema/index.ts';
import type { NewEntry } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import { type ChainedEntry, entryHash } from './chain.ts';

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
      data: JSON.parse(storable(JSON.stringify(entry.data ?? {}))) as Record<string, unknown>,
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

/** PostgreSQL refuses U+0000 in text and its escape in JSON; everything else is kept as it was written. */
const storable = (text: string): string => text.replaceAll('\u0000', '').replaceAll('\\u0000', '');

async function namesOf(tx: Tx, workspaceId: string, entries: readonly NewEntry[]) {
  const ids = [...new Set(entries.flatMap((e) => (e.actorId ? [e.actorId] : [])))];
  if (ids.length === 0) return new Map<string, string>();
  const rows = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, ids)));
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

/** The newest `limit` entries, in order of writing. */
export const lastEntriesOf = async (db: Executor, crisisId: string, limit: number): Promise<Entry[]> => {
  const rows = await db
    .select()
    .from(timelineEntries)
    .where(eq(timelineEntries.crisisId, crisisId))
    .orderBy(desc(timelineEntries.seq))
    .limit(limit);
  return rows.reverse();
};
