import { asc, eq, inArray } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { taskReminders, tasks } from '../../db/schema/index.ts';
import type { Reminder, Task } from './rules.ts';

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

/** Lines of playbooks that were made into tasks. */
export const originsOf = async (db: Executor, crisisId: string): Promise<Set<string>> =>
  new Set((await tasksOf(db, [crisisId])).flatMap(({ origin }) => (origin ? [origin] : [])));

export const insertTasks = (tx: Tx, rows: readonly Task[]) =>
  rows.length === 0
    ? Promise.resolve()
    : tx
        .insert(tasks)
        .values([...rows])
        .then(() => undefined);

export const saveTask = (tx: Tx, { id, ...changed }: Task) => tx.update(tasks).set(changed).where(eq(tasks.id, id));

export const insertReminder = (tx: Tx, reminder: Reminder) => tx.insert(taskReminders).values(reminder);

export const findReminder = async (db: Executor, reminderId: string): Promise<Reminder | undefined> =>
  (await db.select().from(taskReminders).where(eq(taskReminders.id, reminderId)))[0];
