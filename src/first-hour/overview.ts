import { readAll } from '../../db/run-all.ts';
import type { Waits } from '../core/slices.ts';
import { approversRoster, statementsOf } from '../statements/store.ts';
import { firstWordsAt } from './clock.ts';
import { lateWait } from './views.ts';

/** Of the lead: the first words are late, from the moment that was written down until something is out. */
export const waits: Waits = async (db, crisis) => {
  if (!crisis.firstWordsLateAt) return [];
  const [statements, roster] = await readAll([statementsOf(db, crisis.id), approversRoster(db, crisis)]);
  return firstWordsAt(statements) ? [] : lateWait(crisis, crisis.firstWordsLateAt, statements, roster);
};
