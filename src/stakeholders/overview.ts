import type { Says } from '../core/slices.ts';
import { toldLine } from './lines.ts';
import { stakeholdersOf } from './store.ts';

export const says: Says = async (db, crisis) => {
  const stakeholders = await stakeholdersOf(db, crisis.id);
  return { names: [], line: (reader) => toldLine(stakeholders, reader) };
};
