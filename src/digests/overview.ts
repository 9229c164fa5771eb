import type { Says } from '../core/slices.ts';
import { digestLine } from './line.ts';
import { quietAt } from './store.ts';

export const says: Says = async (db, crisis) => {
  const quiet = await quietAt(db, crisis.id);
  return { names: [], line: (reader) => digestLine(crisis, quiet, reader) };
};
