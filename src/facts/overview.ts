import type { Says } from '../core/slices.ts';
import { factsLine } from './lines.ts';
import { factsOf } from './store.ts';

export const says: Says = async (db, crisis) => {
  const facts = await factsOf(db, crisis.id);
  return { names: [], line: (reader) => factsLine(facts, reader) };
};
