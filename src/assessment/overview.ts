import type { Waits } from '../core/slices.ts';
import { findReassessment } from './store.ts';
import { reassessWait } from './views.ts';

/** Of the lead: whether the level still holds, from the time of the level until somebody assesses it or changes it. */
export const waits: Waits = async (db, crisis) => {
  const row = await findReassessment(db, crisis.id);
  return row?.remindedId && row.dueAt ? [reassessWait(crisis, row.reminder, row.dueAt)] : [];
};
