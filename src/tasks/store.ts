import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { people, taskReminders, tasks } from '../../db/schema/index.ts';
import type { Candidate, Reminder, Task } from './rules.ts';

export const findTask = async (db: Executor, taskId: string): Promise<Task | undefined> =>
  (await db.select().from(tasks).where(eq(tasks.id, taskId)))[0];

/** In the order of their numbers. */
export const tasksOf = (db: Executor, crisisIds: readonly string[]): Promise<Task[]> =>
  crisisIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(tasks)
        .where(inArray(tasks.crisisId, [...crisisIds]))
        .orderBy(asc(tasks.number));

export const insertTask = (tx: Tx, task: Task) => tx.insert(tasks).values(task);

export const saveTask = (tx: Tx, { id, ...changed }: Task) => tx.update(tasks).set(changed).where(eq(tasks.id, id));

export const insertReminder = (tx: Tx, reminder: Reminder) => tx.insert(taskReminders).values(reminder);

export const findReminder = async (db: Executor, reminderId: string): Promise<Reminder | undefined> =>
  (await db.select().from(taskReminders).where(eq(taskReminders.id, reminderId)))[0];

/** The people who are named, each with the reason why they cannot be given a task, if there is one. */
export async function candidatesOf(
  db: Executor,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Omit<Candidate, 'inCell'>[]> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, ids)));
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((userId) => {
    const person = known.get(userId);
    return { userId, name: person?.name ?? userId, trouble: troubleWith(person) };
  });
}

function troubleWith(person: typeof people.$inferSelect | undefined): Candidate['trouble'] {
  if (!person) return 'unknown';
  if (person.isBot) return 'bot';
  if (person.isDeactivated) return 'deactivated';
  if (person.isExternal) return 'external';
  return person.isGuest ? 'guest' : null;
}
