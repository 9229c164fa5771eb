import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { crises, rooms, workspaces } from '../../db/schema/index.ts';
import { Fault } from '../core/errors.ts';
import { type Crisis, type CrisisName, isExcluded } from './rules.ts';

export * from './cell/store.ts';

export const findCrisis = async (db: Executor, crisisId: string): Promise<Crisis | undefined> =>
  (await db.select().from(crises).where(eq(crises.id, crisisId)))[0];

/** A crisis that a person's press named: theirs, or none. */
export const findCrisisOf = async (db: Executor, workspaceId: string, crisisId: string): Promise<Crisis | undefined> =>
  (
    await db
      .select()
      .from(crises)
      .where(and(eq(crises.id, crisisId), eq(crises.workspaceId, workspaceId)))
  )[0];

/** The one that somebody named; whether they may know of it is asked by whoever looks. */
export const findCrisisNamed = async (
  db: Executor,
  workspaceId: string,
  name: CrisisName,
): Promise<Crisis | undefined> => {
  const is =
    'number' in name
      ? eq(crises.number, name.number)
      : 'codeName' in name
        ? eq(crises.codeName, name.codeName)
        : eq(crises.channelId, name.channelId);
  return (
    await db
      .select()
      .from(crises)
      .where(and(eq(crises.workspaceId, workspaceId), is))
  )[0];
};

/** For ever the same: a crisis does not move. */
export const workspaceOfCrisis = async (db: Executor, crisisId: string): Promise<string | undefined> =>
  (await db.select({ id: crises.workspaceId }).from(crises).where(eq(crises.id, crisisId)))[0]?.id;

/**
 * The crisis whose room this is, or was before a reopening. `userId`: who asks, for whom there is none if it concerns
 * them, even if somebody has let them into the channel; null when nobody does.
 */
export async function findCrisisOfChannel(
  db: Executor,
  workspaceId: string,
  channelId: string,
  userId: string | null,
): Promise<Crisis | undefined> {
  const [found] = await db
    .select({ crisis: crises })
    .from(rooms)
    .innerJoin(crises, eq(crises.id, rooms.crisisId))
    .where(and(eq(rooms.workspaceId, workspaceId), eq(rooms.channelId, channelId)));
  return found && (userId === null || !isExcluded(found.crisis, userId)) ? found.crisis : undefined;
}

/**
 * The crisis, locked until the transaction ends. Everything that changes in a crisis takes this lock first: its changes
 * follow one another, and its timeline has one order. For alarms and other work of our own; what a person does goes
 * through `actIn`.
 */
export async function lockCrisis(tx: Tx, crisisId: string): Promise<Crisis> {
  const [found] = await tx.select().from(crises).where(eq(crises.id, crisisId)).for('update');
  if (!found) throw new Fault(`crisis ${crisisId} does not exist`);
  return found;
}

/** The same for an id that a person's press carried, which is looked for in that person's workspace only. */
export const lockCrisisOf = async (tx: Tx, workspaceId: string, crisisId: string): Promise<Crisis | undefined> =>
  (
    await tx
      .select()
      .from(crises)
      .where(and(eq(crises.id, crisisId), eq(crises.workspaceId, workspaceId)))
      .for('update')
  )[0];

/** Everything but the head of the timeline, which only the timeline moves. */
export async function saveCrisis(tx: Tx, crisis: Crisis): Promise<void> {
  const { id, timelineSeq: _seq, timelineHash: _hash, ...changed } = crisis;
  await tx.update(crises).set(changed).where(eq(crises.id, id));
}

export const insertCrisis = (tx: Tx, crisis: Crisis) => tx.insert(crises).values(crisis);

export const openCrisesOf = (db: Executor, workspaceId: string): Promise<Crisis[]> =>
  db
    .select()
    .from(crises)
    .where(and(eq(crises.workspaceId, workspaceId), eq(crises.status, 'open')))
    .orderBy(desc(crises.declaredAt));

export async function lastCrisisNumber(db: Executor, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({
      last: sql<number>`greatest(max(${crises.number}), (select ${workspaces.numbersFrom} from ${workspaces} where ${workspaces.id} = ${workspaceId}))`.mapWith(
        Number,
      ),
    })
    .from(crises)
    .where(eq(crises.workspaceId, workspaceId));
  return row?.last ?? 0;
}

/** Of every closed team there has been: a name that is said again would be taken for the one before. */
export const codeNamesOf = async (db: Executor, workspaceId: string): Promise<Set<string>> => {
  const rows = await db
    .select({ name: crises.codeName })
    .from(crises)
    .where(and(eq(crises.workspaceId, workspaceId), isNotNull(crises.codeName)));
  return new Set(rows.flatMap(({ name }) => name ?? []));
};

export const recordRoom = (
  tx: Tx,
  room: { workspaceId: string; channelId: string; crisisId: string; openedAt: Date },
) => tx.insert(rooms).values(room).onConflictDoNothing();

export const markRoom = (tx: Tx, workspaceId: string, channelId: string, archivedAt: Date | null) =>
  tx
    .update(rooms)
    .set({ archivedAt })
    .where(and(eq(rooms.workspaceId, workspaceId), eq(rooms.channelId, channelId)));
