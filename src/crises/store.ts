import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { crises, responders, rooms } from '../../db/schema/index.ts';
import { Fault } from '../core/errors.ts';
import type { Department } from '../people/rules.ts';
import { findPeople, rosterOf } from '../people/store.ts';
import { type Candidate, troubleWith } from './owner.ts';
import { type Crisis, isExcluded, type Member, rosterOfCell } from './rules.ts';

export type Responder = typeof responders.$inferSelect;

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

/**
 * What a person is to a crisis. Acting from its room proves membership: Slack lets nobody else act there. Anybody else
 * must have been called or added, and not have left. Whom it concerns is a stranger wherever they are.
 */
export async function findMember(
  db: Executor,
  crisis: Crisis,
  userId: string,
  channelId: string | null,
): Promise<Member> {
  if (isExcluded(crisis, userId)) return { userId, inCell: false, isLead: false };
  const isLead = crisis.leadId === userId;
  if (isLead || (channelId !== null && channelId === crisis.channelId)) return { userId, inCell: true, isLead };
  const [row] = await db
    .select({ leftAt: responders.leftAt })
    .from(responders)
    .where(and(eq(responders.crisisId, crisis.id), eq(responders.userId, userId)));
  return { userId, inCell: row !== undefined && row.leftAt === null, isLead };
}

/** Somebody as a candidate for something in a crisis; `userId` null stands for whoever acts. */
export async function candidateIn(
  db: Executor,
  crisis: Crisis,
  by: Member,
  userId: string | null = null,
): Promise<Candidate> {
  const id = userId ?? by.userId;
  const [[person], member] = await Promise.all([
    findPeople(db, crisis.workspaceId, [id]),
    id === by.userId ? by : findMember(db, crisis, id, null),
  ]);
  const trouble = isExcluded(crisis, id) ? 'excluded' : troubleWith(person);
  return { userId: id, name: person?.name ?? id, trouble, inCell: member.inCell };
}

export const openCrisesOf = (db: Executor, workspaceId: string): Promise<Crisis[]> =>
  db
    .select()
    .from(crises)
    .where(and(eq(crises.workspaceId, workspaceId), eq(crises.status, 'open')))
    .orderBy(desc(crises.declaredAt));

/** Crises a person is part of, open ones first, newest first. */
export async function crisesOfPerson(db: Executor, workspaceId: string, userId: string, limit = 20): Promise<Crisis[]> {
  const rows = await db
    .selectDistinctOn([crises.id], { crisis: crises })
    .from(crises)
    .innerJoin(
      responders,
      and(eq(responders.crisisId, crises.id), eq(responders.userId, userId), isNull(responders.leftAt)),
    )
    .where(eq(crises.workspaceId, workspaceId));
  const rank = (crisis: Crisis) => (crisis.status === 'open' ? 0 : 1);
  return rows
    .map((row) => row.crisis)
    .filter((crisis) => !isExcluded(crisis, userId))
    .sort((a, b) => rank(a) - rank(b) || b.declaredAt.getTime() - a.declaredAt.getTime())
    .slice(0, limit);
}

export async function lastCrisisNumber(db: Executor, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({ last: sql<number>`coalesce(max(${crises.number}), 0)`.mapWith(Number) })
    .from(crises)
    .where(eq(crises.workspaceId, workspaceId));
  return row?.last ?? 0;
}

export const respondersOf = (db: Executor, crisisId: string): Promise<Responder[]> =>
  db
    .select()
    .from(responders)
    .where(eq(responders.crisisId, crisisId))
    .orderBy(asc(responders.addedAt), asc(responders.userId));

/**
 * Adds people to the cell; somebody who had left is back, and nobody loses a department they answer for. Whom the crisis
 * concerns is never among them, whoever asks.
 */
export async function addResponders(
  db: Executor,
  crisis: Pick<Crisis, 'id' | 'excludedIds'>,
  wanted: readonly { userId: string; department: string | null; isDeputy?: boolean; inRoom?: boolean }[],
  now: Date,
): Promise<void> {
  const crisisId = crisis.id;
  const added = wanted.filter(({ userId }) => !isExcluded(crisis, userId));
  if (added.length === 0) return;
  const rows = [...new Map(added.map((a) => [a.userId, a])).values()].map((a) => ({
    crisisId,
    userId: a.userId,
    department: a.department,
    isDeputy: a.isDeputy ?? false,
    inRoom: a.inRoom ?? false,
    addedAt: now,
  }));
  await db
    .insert(responders)
    .values(rows)
    .onConflictDoUpdate({
      target: [responders.crisisId, responders.userId],
      set: {
        leftAt: null,
        department: sql`coalesce(${responders.department}, excluded.department)`,
        inRoom: sql`${responders.inRoom} or excluded.in_room`,
        inviteError: sql`case when excluded.in_room then null else ${responders.inviteError} end`,
      },
    });
}

export const markCalled = (
  db: Executor,
  crisisId: string,
  userIds: readonly string[],
  call: { at: Date; by: string; reason: string },
) =>
  userIds.length === 0
    ? Promise.resolve()
    : db
        .update(responders)
        .set({ calledAt: call.at, calledBy: call.by, callReason: call.reason })
        .where(and(eq(responders.crisisId, crisisId), inArray(responders.userId, [...userIds])))
        .then(() => undefined);

/** Everybody who has not left. */
export const cellOf = async (db: Executor, crisisId: string): Promise<Set<string>> =>
  new Set((await respondersOf(db, crisisId)).filter((r) => !r.leftAt).map((r) => r.userId));

/** The roster, of which a closed team knows only its own. */
export async function rosterOfCrisis(
  db: Executor,
  crisis: Pick<Crisis, 'id' | 'workspaceId' | 'isClosed' | 'excludedIds'>,
): Promise<Department[]> {
  const roster = await rosterOf(db, crisis.workspaceId);
  return crisis.isClosed ? rosterOfCell(crisis, roster, await cellOf(db, crisis.id)) : roster;
}

export const markInRoom = (db: Executor, crisisId: string, userIds: readonly string[]) =>
  userIds.length === 0
    ? Promise.resolve()
    : db
        .update(responders)
        .set({ inRoom: true, leftAt: null, inviteError: null })
        .where(and(eq(responders.crisisId, crisisId), inArray(responders.userId, [...userIds])))
        .then(() => undefined);

export const markInviteError = (db: Executor, crisisId: string, userId: string, error: string) =>
  db
    .update(responders)
    .set({ inviteError: error })
    .where(and(eq(responders.crisisId, crisisId), eq(responders.userId, userId)));

/** Whoever could not be added is invited again. */
export const clearInviteErrors = (db: Executor, crisisId: string) =>
  db.update(responders).set({ inviteError: null }).where(eq(responders.crisisId, crisisId));

export const markLeft = (db: Executor, crisisId: string, userId: string, now: Date) =>
  db
    .update(responders)
    .set({ inRoom: false, leftAt: now })
    .where(and(eq(responders.crisisId, crisisId), eq(responders.userId, userId)));

export const recordRoom = (
  tx: Tx,
  room: { workspaceId: string; channelId: string; crisisId: string; openedAt: Date },
) => tx.insert(rooms).values(room).onConflictDoNothing();

export const markRoom = (tx: Tx, workspaceId: string, channelId: string, archivedAt: Date | null) =>
  tx
    .update(rooms)
    .set({ archivedAt })
    .where(and(eq(rooms.workspaceId, workspaceId), eq(rooms.channelId, channelId)));
