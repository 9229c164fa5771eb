import type { Says } from '../core/slices.ts';
import { nowLine } from './line.ts';
import { peopleIn } from './rules.ts';
import { tasksOf } from './store.ts';

export const says: Says = async (db, crisis) => {
  const tasks = await tasksOf(db, [crisis.id]);
  return { names: tasks.flatMap(peopleIn), line: (reader) => nowLine(tasks, reader) };
};
