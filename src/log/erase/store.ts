import { and, asc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../../db/client.ts';
import { runAll } from '../../../db/run-all.ts';
import { crises, people, roomMessageRevisions, roomMessages, timelineEntries } from '../../../db/schema/index.ts';
import { erasedMessage, erasedWords } from '../../timeline/chain.ts';
import type { EntryFound, MessageFound, Plan } from './rules.ts';

/** Of one number, or all; oldest first. */
export const crisesIn = (db: Executor, workspaceId: string, number: number | null) =>
  db
    .select({ id: crises.id, number: crises.number, codeName: crises.codeName })
    .from(crises)
    .where(and(eq(crises.workspaceId, workspaceId), number === null ? undefined : eq(crises.number, number)))
    .orderBy(asc(crises.declaredAt));

export async function foundIn(
  db: Executor,
  crisisId: string,
): Promise<{ entries: EntryFound[]; messages: MessageFound[] }> {
  const { seq, kind, actorId, actorName, data, textEn } = timelineEntries;
  const { channelId, ts, authorId, text } = roomMessageRevisions;
  const entries = await db
    .select({
      seq,
      kind,
      actorId,
      data,
      hasWords: sql<boolean>`${ne(textEn, erasedWords.textEn)}`,
      hasName: sql<boolean>`${isNotNull(actorName)}`,
    })
    .from(timelineEntries)
    .where(eq(timelineEntries.crisisId, crisisId))
    .orderBy(asc(seq));
  const messages = await db
    .select({
      seq: roomMessageRevisions.seq,
      channelId,
      ts,
      authorId,
      hasWords: sql<boolean>`${ne(text, erasedMessage.text)}`,
    })
    .from(roomMessageRevisions)
    .where(eq(roomMessageRevisions.crisisId, crisisId))
    .orderBy(asc(roomMessageRevisions.seq));
  return { entries, messages };
}

/** Takes words, names and salts out. The caller holds the lock on the crisis, and owns the tables. */
export async function blank(tx: Tx, crisisId: string, { words, names, messages }: Plan): Promise<void> {
  const entriesOf = (numbers: readonly number[]) =>
    and(eq(timelineEntries.crisisId, crisisId), inArray(timelineEntries.seq, [...numbers]));
  const revisions = and(eq(roomMessageRevisions.crisisId, crisisId), inArray(roomMessageRevisions.seq, messages));
  const { workspaceId, channelId, ts } = roomMessageRevisions;
  await runAll(
    tx
      .update(timelineEntries)
      .set({ ...erasedWords, wordsSalt: null })
      .where(entriesOf(words)),
    tx.update(timelineEntries).set({ actorName: null, nameSalt: null }).where(entriesOf(names)),
    tx
      .update(roomMessageRevisions)
      .set({ ...erasedMessage, wordsSalt: null })
      .where(revisions),
    tx
      .update(roomMessages)
      .set(erasedMessage)
      .where(
        sql`(${roomMessages.workspaceId}, ${roomMessages.channelId}, ${roomMessages.ts}) in ${tx.select({ workspaceId, channelId, ts }).from(roomMessageRevisions).where(revisions)}`,
      ),
  );
}

/** The name that the product keeps of somebody; their id stands for it from now on. */
export const forgetName = (db: Executor, workspaceId: string, personId: string) =>
  db
    .update(people)
    .set({ name: personId })
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
