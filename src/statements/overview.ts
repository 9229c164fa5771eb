import type { Says } from '../core/slices.ts';
import { peopleIn, wordsLine } from './lines.ts';
import { approversRoster, statementsOf } from './store.ts';

export const says: Says = async (db, crisis) => {
  const [statements, roster] = await Promise.all([statementsOf(db, crisis.id), approversRoster(db, crisis)]);
  return {
    names: peopleIn(statements, roster, crisis),
    line: (reader) => wordsLine(statements, roster, crisis, reader),
    isForNewcomers: true,
  };
};
