import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../../db/client.ts';
import { crises, responders } from '../../../db/schema/index.ts';
import type { Department } from '../../people/rules.ts';
import { findPeople, rosterOf } from '../../people/store.ts';
import { type Candidate, troubleWith } from '../owner.ts';
import { type Crisis, isExcluded, type Member, rosterOfCell } from '../rules.ts';

/** Somebody who was called or added to a crisis cell, whether they are in its room, and what they said. */
export type Responder = typeof responders.$inferSelect;

const memberOf = (crisisId: string, userId: string) =>
  and(eq(responders.crisisId, crisisId), eq(responders.userId, userId));

export const findResponder = async (db: Executor, crisisId: string, userId: string): Promise<Responder | undefined> =>
  (await db.select().from(responders).where(memberOf(crisisId, userId)))[0];

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
  const row = await findResponder(db, crisis.id, userId);
  return { userId, inCell: row !== undefined && row.leftAt === null, isLead };
}

/** Somebody as a candidate for something in a crisis; `userId` null stands for the one who acts. */
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

/** Open crises that a person may join from outside their rooms: those they are of, and those open to the workspace. */
export async function joinableBy(db: Executor, workspaceId: string, userId: string): Promise<Crisis[]> {
  const rows = await db
    .select({ crisis: crises, member: responders.userId })
    .from(crises)
    .leftJoin(responders, and(eq(responders.crisisId, crises.id), eq(responders.userId, userId)))
    .where(and(eq(crises.workspaceId, workspaceId), eq(crises.status, 'open')))
    .orderBy(asc(crises.declaredAt));
  return rows
    .filter((row) => (row.member !== null || !row.crisis.isPrivate) && !isExcluded(row.crisis, userId))
    .map((row) => row.crisis);
}

export const respondersOf = (db: Executor, crisisId: string): Promise<Responder[]> =>
  db
    .select()
    .from(responders)
    .where(eq(responders.crisisId, crisisId))
    .orderBy(asc(responders.addedAt), asc(responders.userId));

type Addition = {
  userId: string;
  department: string | null;
  isDeputy?: boolean;
  inRoom?: boolean;
  /** When they said that they are on it. */
  presentAt?: Date;
  /** When they were called by name, by whom and why. */
  called?: { at: Date; by: string; reason: string };
};

/**
 * Adds people to the cell; somebody who had left is back, and nobody loses a department they answer for. A person
 * whom the crisis concerns is never added.
 */
export async function addResponders(
  db: Executor,
  crisis: Pick<Crisis, 'id' | 'excludedIds'>,
  wanted: readonly Addition[],
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
  for (const { userId, presentAt, called } of added) {
    if (!presentAt && !called) continue;
    const call = called && { calledAt: called.at, calledBy: called.by, callReason: called.reason, inviteError: null };
    await db
      .update(responders)
      .set({ ...(presentAt ? { presentAt } : {}), ...call })
      .where(memberOf(crisisId, userId));
  }
}

/** Everybody who has not left. */
export const cellOf = async (db: Executor, crisisId: string): Promise<Set<string>> =>
  new Set((await respondersOf(db, crisisId)).filter((r) => !r.leftAt).map((r) => r.userId));

/** The roster, of which a closed team knows only its own. */
export async function rosterOfCrisis(
  db: Executor,
  crisis: Pick<Crisis, 'id' | 'workspaceId' | 'isClosed' | 'excludedIds' | 'lawyerId'>,
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
  db.update(responders).set({ inviteError: error }).where(memberOf(crisisId, userId));

/** Those who could not be added are invited again. */
export const clearInviteErrors = (db: Executor, crisisId: string) =>
  db.update(responders).set({ inviteError: null }).where(eq(responders.crisisId, crisisId));

export const markLeft = (db: Executor, crisisId: string, userId: string, now: Date) =>
  db.update(responders).set({ inRoom: false, leftAt: now }).where(memberOf(crisisId, userId));

/** Nobody is in a room that does not exist yet: everybody who has not left is invited to it. */
export const forgetPresence = (tx: Tx, crisisId: string) =>
  tx
    .update(responders)
    .set({ inRoom: false, inviteError: null })
    .where(and(eq(responders.crisisId, crisisId), isNull(responders.leftAt)));
