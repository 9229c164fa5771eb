import { and, asc, eq, ilike, inArray, or, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { readAll } from '../../db/run-all.ts';
import { departments, directChannels, people, userGroups } from '../../db/schema/index.ts';
import type { Reader } from '../core/reader.ts';
import { type Department, type Editor, isOutsider, standardDepartments, theProduct } from './rules.ts';
import { departmentName } from './text.ts';

export type Person = typeof people.$inferSelect;
export type UserGroup = typeof userGroups.$inferSelect;
export type DepartmentRow = typeof departments.$inferSelect;

export const findPerson = async (db: Executor, workspaceId: string, userId: string): Promise<Person | undefined> =>
  (
    await db
      .select()
      .from(people)
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, userId)))
  )[0];

/** Deny by default: somebody who is not known is an outsider. */
export async function findEditor(db: Executor, workspaceId: string, userId: string): Promise<Editor> {
  const person = await findPerson(db, workspaceId, userId);
  if (!person) return { userId, isOutsider: true, isAdmin: false };
  return { userId, isOutsider: isOutsider(person), isAdmin: person.isAdmin };
}

export const findPeople = async (db: Executor, workspaceId: string, userIds: readonly string[]): Promise<Person[]> =>
  userIds.length === 0
    ? []
    : db
        .select()
        .from(people)
        .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, [...userIds])));

/** Everybody who can be asked for something and whose name begins with one of these words. */
export const peopleCalled = async (db: Executor, workspaceId: string, words: readonly string[]): Promise<Person[]> =>
  words.length === 0
    ? []
    : db
        .select()
        .from(people)
        .where(
          and(
            eq(people.workspaceId, workspaceId),
            eq(people.isBot, false),
            eq(people.isDeactivated, false),
            or(...words.map((word) => ilike(people.name, `${word.replace(/[\\%_]/g, '\\$&')}%`))),
          ),
        )
        .limit(500);

/** Names people; an id that is not known stands for itself. */
export async function namer(
  db: Executor,
  workspaceId: string,
  userIds: Iterable<string>,
): Promise<(userId: string) => string> {
  const known = await findPeople(db, workspaceId, [...new Set(userIds)]);
  const names = new Map(known.map((person) => [person.id, person.name]));
  return (userId) => names.get(userId) ?? (userId === theProduct ? 'Crisis War Room' : userId);
}

/** Whoever reads, with the names of people and departments that the text will hold. */
export async function readerFor(
  db: Executor,
  { workspaceId, language, timeZone, now }: { workspaceId: string } & Pick<Reader, 'language' | 'timeZone' | 'now'>,
  userIds: Iterable<string>,
): Promise<Reader> {
  const [named, rows] = await readAll([namer(db, workspaceId, userIds), departmentRowsOf(db, workspaceId)]);
  const own = new Map(rows.map(({ key, name }) => [key, name]));
  return { language, timeZone, now, named, department: (key) => departmentName(key, own.get(key) ?? null, language) };
}

export async function savePeople(db: Executor, rows: readonly Person[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 500) {
    await db
      .insert(people)
      .values(rows.slice(i, i + 500))
      .onConflictDoUpdate({
        target: [people.workspaceId, people.id],
        set: {
          name: sql`excluded.name`,
          language: sql`coalesce(excluded.language, ${people.language})`,
          timeZone: sql`coalesce(excluded.time_zone, ${people.timeZone})`,
          isBot: sql`excluded.is_bot`,
          isDeactivated: sql`excluded.is_deactivated`,
          isGuest: sql`excluded.is_guest`,
          isExternal: sql`excluded.is_external`,
          isAdmin: sql`excluded.is_admin`,
          refreshedAt: sql`excluded.refreshed_at`,
        },
      });
  }
}

/** Where the people of a workspace are written to directly; null until Slack was asked, and for somebody deactivated. */
export const directChannelsOf = (db: Executor, workspaceId: string) => ({
  of: async (userId: string): Promise<string | null> => {
    const [found] = await db
      .select({ channelId: directChannels.channelId, isGone: people.isDeactivated })
      .from(directChannels)
      .leftJoin(people, and(eq(people.workspaceId, workspaceId), eq(people.id, userId)))
      .where(and(eq(directChannels.workspaceId, workspaceId), eq(directChannels.userId, userId)));
    return found && !found.isGone ? found.channelId : null;
  },
  save: (userId: string, channelId: string) =>
    db
      .insert(directChannels)
      .values({ workspaceId, userId, channelId })
      .onConflictDoUpdate({ target: [directChannels.workspaceId, directChannels.userId], set: { channelId } }),
  forget: async (channelId: string): Promise<boolean> =>
    (
      await db
        .delete(directChannels)
        .where(and(eq(directChannels.workspaceId, workspaceId), eq(directChannels.channelId, channelId)))
        .returning({ userId: directChannels.userId })
    ).length > 0,
});

export async function saveGroups(db: Executor, rows: readonly UserGroup[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(userGroups)
    .values([...rows])
    .onConflictDoUpdate({
      target: [userGroups.workspaceId, userGroups.id],
      set: {
        handle: sql`excluded.handle`,
        name: sql`excluded.name`,
        isDisabled: sql`excluded.is_disabled`,
        memberIds: sql`excluded.member_ids`,
        refreshedAt: sql`excluded.refreshed_at`,
      },
    });
}

export const groupsOf = (db: Executor, workspaceId: string): Promise<UserGroup[]> =>
  db.select().from(userGroups).where(eq(userGroups.workspaceId, workspaceId)).orderBy(asc(userGroups.handle));

/** The roster as it was entered: people and groups apart. */
export const departmentRowsOf = (db: Executor, workspaceId: string): Promise<DepartmentRow[]> =>
  db.select().from(departments).where(eq(departments.workspaceId, workspaceId)).orderBy(asc(departments.position));

/** The keys of the departments that something can be given to: the workspace's own, then the usual ones it has not listed. */
export const departmentKeysOf = async (db: Executor, workspaceId: string): Promise<string[]> => [
  ...new Set([...(await departmentRowsOf(db, workspaceId)).map(({ key }) => key), ...standardDepartments]),
];

/** The roster as it is called: from the database alone, so that no size of workspace slows a declaration down. */
export async function rosterOf(db: Executor, workspaceId: string): Promise<Department[]> {
  const rows = await departmentRowsOf(db, workspaceId);
  const groupIds = rows.flatMap((row) => row.groupIds);
  const groups = groupIds.length === 0 ? [] : await groupsOf(db, workspaceId);
  const members = new Map(groups.filter((g) => !g.isDisabled).map((g) => [g.id, g.memberIds]));
  const named = rows.map((row) => ({
    row,
    peopleIds: [...new Set([...row.peopleIds, ...row.groupIds.flatMap((id) => members.get(id) ?? [])])],
  }));
  const everybody = await findPeople(db, workspaceId, [
    ...new Set(named.flatMap((n) => [...n.peopleIds, ...n.row.deputyIds])),
  ]);
  const unavailable = new Set(everybody.filter((p) => p.isBot || p.isDeactivated).map((p) => p.id));
  const callable = (ids: readonly string[]) => ids.filter((id) => !unavailable.has(id));
  return named.map(({ row, peopleIds }) => ({
    key: row.key,
    name: row.name,
    peopleIds: callable(peopleIds),
    deputyIds: callable(row.deputyIds),
    absentIds: [...peopleIds, ...row.deputyIds].filter((id) => unavailable.has(id)),
  }));
}

/** Replaces the whole roster. */
export async function saveDepartments(tx: Tx, workspaceId: string, rows: readonly DepartmentRow[]): Promise<void> {
  await tx.delete(departments).where(eq(departments.workspaceId, workspaceId));
  if (rows.length > 0) await tx.insert(departments).values([...rows]);
}
