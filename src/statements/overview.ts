import { readAll } from '../../db/run-all.ts';
import type { Says, Verifies, Waits } from '../core/slices.ts';
import { respondersOf } from '../crises/store.ts';
import { forLegal } from './check/answers.ts';
import { lint } from './check/lint.ts';
import { firstUntrue } from './kept.ts';
import { peopleIn, wordsLine } from './lines.ts';
import { materialOf } from './snapshot.ts';
import { checkedText } from './statement.ts';
import { approversRoster, askedOfLegal, keptOf, statementsOf } from './store.ts';
import { type LegalAsk, waitsFor } from './waits.ts';

export const says: Says = async (db, crisis) => {
  const [statements, roster] = await readAll([statementsOf(db, crisis.id), approversRoster(db, crisis)]);
  return {
    names: peopleIn(statements, roster, crisis),
    line: (reader) => wordsLine(statements, roster, crisis, reader),
    isForNewcomers: statements.some(({ status }) => status === 'published'),
  };
};

export const verifies: Verifies = async (db, crisisId, entries) => firstUntrue(entries, await keptOf(db, crisisId));

export const waits: Waits = async (db, crisis) => {
  const statements = await statementsOf(db, crisis.id);
  if (statements.length === 0) return [];
  const [roster, asked, cell] = await readAll([
    approversRoster(db, crisis),
    askedOfLegal(db, crisis.id),
    respondersOf(db, crisis.id),
  ]);
  // Who left the room, or was removed, reads nothing of it any more.
  const left = new Set(cell.filter(({ leftAt }) => leftAt).map(({ userId }) => userId));
  const all = await readAll(
    statements.map(async (statement) => {
      const ask = statement.status === 'draft' ? asked.get(statement.id) : undefined;
      if (!ask) return waitsFor(statement, { crisis, roster }, null);
      const open = forLegal(lint(checkedText(statement.current), await materialOf(db, crisis, statement)));
      const legal: LegalAsk | null = open.length > 0 ? { ...ask, excerpts: open.map(({ excerpt }) => excerpt) } : null;
      return waitsFor(statement, { crisis, roster }, legal);
    }),
  );
  return all.flat().filter(({ userId }) => !left.has(userId));
};
