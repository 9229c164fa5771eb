export type Piece = { kind: 'same' | 'removed' | 'added'; text: string };

/** Two stretches of more pairs of words than this are shown as replaced: comparing them would take longer than reading. */
const mostPairs = 8_000_000;
/** More changes than this no longer read as changes, and would not fit in a form. */
const mostPieces = 1_000;

/**
 * What changed from one text to the other, word by word. The pieces that are not `added` are the old text, those that
 * are not `removed` the new one, to the last space.
 */
export function difference(before: string, after: string): Piece[] {
  const lines = align(before.match(/[^\n]*\n|[^\n]+$/g) ?? [], after.match(/[^\n]*\n|[^\n]+$/g) ?? []);
  const pieces = merged(
    lines.flatMap(({ removed, added, same }) => [...words(removed, added), ...piece('same', same)]),
  );
  return pieces.length > mostPieces ? [...piece('removed', [before]), ...piece('added', [after])] : pieces;
}

/** What surrounds a change, in characters on each side, where only the changes are shown. */
const surroundings = 60;

/** The changes with the words around them, at most `max` characters; `isWhole` says whether all of them are there. */
export function inShort(pieces: readonly Piece[], max: number): { pieces: Piece[]; isWhole: boolean } {
  const short = pieces.map((one, i) => (one.kind === 'same' ? shortened(one, i > 0, i < pieces.length - 1) : one));
  const kept: Piece[] = [];
  let room = max;
  for (const one of short) {
    if (one.text.length > room)
      return { pieces: [...kept, { ...one, text: `${clipTo(one.text, room)}…` }], isWhole: false };
    kept.push(one);
    room -= one.text.length;
  }
  return { pieces: kept, isWhole: true };
}

function shortened(same: Piece, follows: boolean, precedes: boolean): Piece {
  const [start, end] = [follows ? surroundings : 0, precedes ? surroundings : 0];
  if (same.text.length <= start + end + 1) return same;
  const parts = [clipTo(same.text, start), '…', end > 0 ? wholeEnd(same.text.slice(-end)) : ''];
  return { ...same, text: parts.filter(Boolean).join(' ') };
}

/** Never half a character. */
const clipTo = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
const wholeEnd = (text: string): string => text.replace(/^[\uDC00-\uDFFF]/, '');

const words = (removed: string[], added: string[]): Piece[] =>
  align(tokens(removed.join('')), tokens(added.join(''))).flatMap((gap) => [
    ...piece('removed', gap.removed),
    ...piece('added', gap.added),
    ...piece('same', gap.same),
  ]);

const piece = (kind: Piece['kind'], parts: string[]): Piece[] =>
  parts.length > 0 ? [{ kind, text: parts.join('') }] : [];

/** A word or a sign with the blanks before it; together they are the text. */
const tokens = (text: string): string[] => text.match(/\s*(?:[\p{L}\p{N}]+|[^\s\p{L}\p{N}])|\s+$/gu) ?? [];

/** Where the two differ, followed by a stretch that is the same in both. */
type Gap = { removed: string[]; added: string[]; same: string[] };

function align(before: string[], after: string[]): Gap[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return [
    { removed: [], added: [], same: before.slice(0, start) },
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    { removed: [], added: [], same: before.slice(before.length - end) },
  ];
}

function middle(before: string[], after: string[]): Gap[] {
  if (before.length * after.length > mostPairs) return [{ removed: before, added: after, same: [] }];
  const common = commonLengths(before, after);
  const gaps: Gap[] = [];
  let gap: Gap = { removed: [], added: [], same: [] };
  const width = after.length + 1;
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      gap.same.push(before[i] as string);
      i += 1;
      j += 1;
      continue;
    }
    if (gap.same.length > 0) {
      gaps.push(gap);
      gap = { removed: [], added: [], same: [] };
    }
    const skip =
      j >= after.length || (i < before.length && at(common, (i + 1) * width + j) >= at(common, i * width + j + 1));
    if (skip) gap.removed.push(before[i++] as string);
    else gap.added.push(after[j++] as string);
  }
  return [...gaps, gap];
}

/** Of every pair of endings, how many words they have in common, in order. */
function commonLengths(before: string[], after: string[]): Uint16Array {
  const width = after.length + 1;
  const common = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const here = i * width + j;
      common[here] =
        before[i] === after[j]
          ? at(common, here + width + 1) + 1
          : Math.max(at(common, here + width), at(common, here + 1));
    }
  }
  return common;
}

const at = (numbers: Uint16Array, index: number): number => numbers[index] ?? 0;

function merged(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const { kind, text } of pieces) {
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text;
    else out.push({ kind, text });
  }
  return out;
}
