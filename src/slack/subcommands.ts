import type { Subcommand } from './feature.ts';

export type Found =
  | { entry: Subcommand; rest: string }
  | { unknown: string; near: Subcommand | null }
  | { empty: true };

/** Finds what `/crisis <text>` asks for; both languages' words work in either language, accents and case aside. */
export function findSubcommand(entries: readonly Subcommand[], text: string): Found {
  const trimmed = text.trim();
  if (!trimmed) return { empty: true };
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(trimmed) ?? [];
  const asked = folded(word);
  const entry = entries.find((e) => namesOf(e).some((name) => folded(name) === asked));
  return entry ? { entry, rest: rest.trim() } : { unknown: word, near: nearest(entries, word) };
}

type Named = Pick<Subcommand, 'name' | 'aliases'>;

/** The entry whose name was meant: one slip away, two in a long word. Null rather than one that nobody meant. */
export function nearest<E extends Named>(entries: readonly E[], word: string): E | null {
  const asked = folded(word);
  const [best] = entries
    .map((e) => ({ e, distance: Math.min(...namesOf(e).map((name) => editDistance(folded(name), asked))) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= (asked.length > 5 ? 2 : 1) ? best.e : null;
}

const namesOf = (entry: Named) => [entry.name, ...entry.aliases];

/** `Clôre` and `clore` are the same word to somebody in a hurry. */
export const folded = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Two letters typed in the wrong order are one slip: in a hurry it is the commonest. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution, swap);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
