import type { NewEntry } from '../core/decision.ts';
import { inBoth } from '../core/locale.ts';
import type { Kind } from './entry-kinds.ts';
import { entryWords } from './entry-text.ts';
import { type SeatNames, seatName, storedNames } from './names.ts';
import type { Approvers } from './policy.ts';
import type { Statement } from './statement.ts';
import { shortHash } from './wording.ts';

type Say = (w: ReturnType<typeof entryWords>, names: SeatNames) => string;

/** The timeline entry of what happened to a statement; it names the wording that stands. */
export function entry(
  statement: Statement,
  kind: Kind,
  occurredAt: Date,
  actorId: string | null,
  say: Say,
  data: Record<string, unknown> = {},
): NewEntry {
  const { number, current } = statement;
  return {
    kind,
    occurredAt,
    actorId,
    text: inBoth((l) => {
      const w = entryWords(l);
      return w.about(number, current.title, current.number, shortHash(current.hash), say(w, storedNames(l)));
    }),
    data: { statementId: statement.id, number, version: current.number, hash: current.hash, ...data },
  };
}

/** Who approves in place of a seat, and why: one sentence for each. */
export const standIns = (waiting: readonly Approvers[], names: SeatNames): string[] =>
  waiting.flatMap(({ seat, standIn }) =>
    standIn ? [entryWords(names.language).standIn(seatName(seat, names), standIn.by, standIn.because)] : [],
  );
