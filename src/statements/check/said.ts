import type { Sentence, Token } from './tokens.ts';
import { tokensOf } from './tokens.ts';

/** Where a text says something, and whether in the very words. */
export type Said = { start: number; end: number; exact: boolean };

/** A text that is asked about several times: where each word stands, and in which sentences each stem. */
export type Heard = {
  tokens: readonly Token[];
  places: ReadonlyMap<string, readonly number[]>;
  sentences: readonly Sentence[];
  stems: ReadonlyMap<string, ReadonlySet<number>>;
};

/** `sentences`: of this text, in order. */
export function heard(text: string, sentences: readonly Sentence[]): Heard {
  const tokens = tokensOf(text);
  const places = new Map<string, number[]>();
  const stems = new Map<string, Set<number>>();
  let at = 0;
  for (const [i, { word, start }] of tokens.entries()) {
    placed(places, word, () => []).push(i);
    while (at < sentences.length - 1 && start >= (sentences[at] as Sentence).end) at += 1;
    placed(stems, stem(word), () => new Set<number>()).add(at);
  }
  return { tokens, places, sentences, stems };
}

function placed<T>(map: Map<string, T>, key: string, fresh: () => T): T {
  const value = map.get(key) ?? fresh();
  map.set(key, value);
  return value;
}

/** Words of this many letters or fewer say little; figures count whatever their length. */
const longestSmallWord = 3;
/** Of the words that say something, how many a sentence must hold to be taken for the same thing: our judgement. */
const alike = 0.75;
const fewestWords = 3;

/**
 * Whether the text says `what`: word for word, or in a sentence that holds most of its words and all of its figures.
 * Only a person can tell whether the second says the same thing; `exact` is false then.
 */
export function says(spoken: Heard, what: string): Said | null {
  const asked = tokensOf(what);
  const exact = asked.length >= 2 ? inTheseWords(spoken, asked) : null;
  if (exact) return exact;
  const telling = [...new Set(asked.filter(({ word }) => isTelling(word)).map(({ word }) => stem(word)))];
  if (telling.length < fewestWords) return null;
  const figures = telling.filter(isFigure);
  const held = new Map<number, number>();
  for (const word of telling) for (const i of spoken.stems.get(word) ?? []) held.set(i, (held.get(i) ?? 0) + 1);
  const [best] = [...held]
    .filter(([i]) => figures.every((figure) => spoken.stems.get(figure)?.has(i)))
    .sort(([i, a], [j, b]) => b - a || i - j);
  const sentence = best ? spoken.sentences[best[0]] : undefined;
  if (!best || !sentence || best[1] / telling.length < alike) return null;
  return { start: sentence.start, end: sentence.end, exact: false };
}

function inTheseWords({ tokens, places }: Heard, asked: readonly Token[]): Said | null {
  const first = places
    .get(asked[0]?.word ?? '')
    ?.find((i) => asked.every(({ word }, n) => tokens[i + n]?.word === word));
  if (first === undefined) return null;
  const last = tokens[first + asked.length - 1] as Token;
  return { start: (tokens[first] as Token).start, end: last.end, exact: true };
}

const isFigure = (word: string): boolean => /^\p{N}/u.test(word);
const isTelling = (word: string): boolean => isFigure(word) || word.length > longestSmallWord;
/** `reported`, `reports` and `reporting` are one word here. */
const stem = (word: string): string => (isFigure(word) ? word : word.slice(0, 5));
