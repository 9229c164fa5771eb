import { readAll } from '../../db/run-all.ts';
import type { Says, Waits } from '../core/slices.ts';
import { troubleWith } from '../crises/owner.ts';
import { respondersOf } from '../crises/store.ts';
import { findPeople } from '../people/store.ts';
import { isAwaitedByName, isOpen, peopleInCallout, turnIds } from './callout.ts';
import { cellLine } from './lines.ts';
import { calloutsOf } from './store.ts';
import { callWaits, namedWait } from './views.ts';

export const says: Says = async (db, crisis) => {
  const callouts = await calloutsOf(db, crisis.id);
  return { names: callouts.flatMap(peopleInCallout), line: (reader) => cellLine(callouts, reader) };
};

export const waits: Waits = async (db, crisis) => {
  const [callouts, cell] = await readAll([calloutsOf(db, crisis.id), respondersOf(db, crisis.id)]);
  const called = callouts.filter(isOpen).flatMap(turnIds);
  const asked = [...called, ...cell.filter(isAwaitedByName).map(({ userId }) => userId)];
  const people = await findPeople(db, crisis.workspaceId, [...new Set(asked)]);
  const goneIds = new Set(people.filter((person) => troubleWith(person) !== null).map(({ id }) => id));
  // Whom the declaration names is called for their department as well.
  const isSameCall = (userId: string, at: Date) =>
    called.includes(userId) && at.getTime() === crisis.declaredAt.getTime();
  const byName = cell.flatMap((row) =>
    row.calledAt &&
    !row.leftAt &&
    !goneIds.has(row.userId) &&
    isAwaitedByName(row) &&
    !isSameCall(row.userId, row.calledAt)
      ? [namedWait(crisis.id, { ...row, calledAt: row.calledAt })]
      : [],
  );
  return [...callWaits(crisis, callouts, goneIds), ...byName];
};
