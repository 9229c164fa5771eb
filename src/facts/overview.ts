import type { Says, Waits } from '../core/slices.ts';
import { cellOf } from '../crises/store.ts';
import { factsLine } from './lines.ts';
import { isSaidFalseByOne, secondFor } from './rules.ts';
import { factsOf } from './store.ts';
import { secondWait } from './views.ts';

export const says: Says = async (db, crisis) => {
  const facts = await factsOf(db, crisis.id);
  return { names: [], line: (reader) => factsLine(facts, reader) };
};

/** Of one person for each fact that somebody says is false: to confirm it, or not. */
export const waits: Waits = async (db, crisis) => {
  const facts = (await factsOf(db, crisis.id)).filter(isSaidFalseByOne);
  if (facts.length === 0) return [];
  const cell = await cellOf(db, crisis.id);
  const there = [crisis.leadId, ...cell].filter((userId) => !crisis.excludedIds.includes(userId));
  return facts.flatMap((fact) => {
    const userId = secondFor(fact, there);
    return userId ? [secondWait(fact, userId)] : [];
  });
};
