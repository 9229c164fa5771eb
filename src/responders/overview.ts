import type { Says } from '../core/slices.ts';
import { peopleInCallout } from './callout.ts';
import { cellLine } from './lines.ts';
import { calloutsOf } from './store.ts';

export const says: Says = async (db, crisis) => {
  const callouts = await calloutsOf(db, crisis.id);
  return { names: callouts.flatMap(peopleInCallout), line: (reader) => cellLine(callouts, reader) };
};
