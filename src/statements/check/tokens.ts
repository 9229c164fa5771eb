/** A word or a figure, without accents and case, and where it stands (UTF-16 units; `end` excluded). */
export type Token = { word: string; start: number; end: number };
/** A sentence as it was written, and where it stands. */
export type Sentence = { text: string; start: number; end: number };

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words and figures in order; what joins the parts of a figure (12,000 · 1.5) stays in it. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+/gu))
    tokens.push({ word: fold(match[0]), start: match.index, end: match.index + match[0].length });
  return tokens;
}

/** A full stop ends a sentence only before a blank and a capital: 1.5, 5 p.m. on Monday, addresses, `M. Dupont` stay whole. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const { index, 0: mark } of text.matchAll(/[.!?…]+["”»)]*(?=\s|$)|\n+/g)) {
    if (mark.startsWith('.') && goesOn(text, index)) continue;
    push(sentences, text, start, index + mark.length);
    start = index + mark.length;
  }
  push(sentences, text, start, text.length);
  return sentences;
}

const abbreviations = /(?<![\p{L}\p{N}])(?:m|mm|mr|mrs|ms|dr|prof|st|no|av|cf)$/iu;

const goesOn = (text: string, dot: number): boolean =>
  /^\.[ \u00a0]\p{Ll}/u.test(text.slice(dot, dot + 4)) || abbreviations.test(text.slice(Math.max(0, dot - 5), dot));

function push(sentences: Sentence[], text: string, from: number, to: number): void {
  const part = text.slice(from, to);
  const trimmed = part.trim();
  if (!trimmed) return;
  const start = from + part.indexOf(trimmed);
  sentences.push({ text: trimmed, start, end: start + trimmed.length });
}

/** As people count: what stands between blanks, signs alone left out (`:` and `»` have blanks before them in French). */
export const wordCount = (text: string): number =>
  text.split(/\s+/).filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;
