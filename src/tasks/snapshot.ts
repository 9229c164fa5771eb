import type { Executor } from '../../db/client.ts';
import { readAll } from '../../db/run-all.ts';
import { troubleWith } from '../crises/owner.ts';
import type { Crisis } from '../crises/rules.ts';
import { respondersOf } from '../crises/store.ts';
import { findPeople } from '../people/store.ts';
import { calloutsOf } from '../responders/store.ts';
import { closing } from './noticed.ts';
import { answering, openTasks, shownTasks, type Task } from './rules.ts';
import { evidenceOf, tasksOf } from './store.ts';

/** An open task and who can act on it now; null where nobody can. */
export type Asked = { task: Task; userId: string | null };

/**
 * The open tasks that are shown, the most urgent first, without those whose act was done and that the product is about to
 * close. Who left the cell, or the company, is asked for nothing.
 */
export async function askedIn(db: Executor, crisis: Crisis, now: Date): Promise<Asked[]> {
  return whoseAre(db, crisis, shownTasks(await tasksOf(db, [crisis.id]), now));
}

/** The same of all open tasks, also of those that are shown later. */
export const askedLaterToo = async (db: Executor, crisis: Crisis): Promise<Asked[]> =>
  whoseAre(db, crisis, openTasks(await tasksOf(db, [crisis.id])));

async function whoseAre(db: Executor, crisis: Crisis, tasks: readonly Task[]): Promise<Asked[]> {
  if (tasks.length === 0) return [];
  const evidence = await evidenceOf(db, crisis.id);
  const [cell, callouts] = await readAll([respondersOf(db, crisis.id), calloutsOf(db, crisis.id)]);
  const inCell = cell.filter(({ leftAt }) => !leftAt);
  const ids = [...inCell, ...tasks.flatMap(({ assigneeId }) => (assigneeId ? [{ userId: assigneeId }] : []))];
  const people = await findPeople(db, crisis.workspaceId, [...new Set(ids.map(({ userId }) => userId))]);
  const able = new Set(people.filter((person) => !troubleWith(person)).map(({ id }) => id));
  const here = inCell.filter(({ userId }) => able.has(userId));
  const isHere = (userId: string) =>
    able.has(userId) && (userId === crisis.leadId || here.some((one) => one.userId === userId));
  const whoDoes = ({ assigneeId, department }: Task): string | null => {
    if (assigneeId) return isHere(assigneeId) ? assigneeId : null;
    if (department === 'lead') return crisis.leadId;
    return department && answering(department, callouts, here);
  };
  return tasks.filter((task) => !closing(task, evidence)).map((task) => ({ task, userId: whoDoes(task) }));
}
