import { wordCount } from '../check/tokens.ts';

/** Three messages, each with three proofs (discipline C9: 27 words, 9 seconds, 3 messages). */
export type MessageMap = readonly { message: string; proofs: readonly string[] }[];

const mostWords = 27;
export const messages = 3;
const proofsEach = 3;
/** What somebody says aloud without hurry: 27 words take nine seconds. */
const wordsPerSecond = 3;

export type MapCheck = {
  words: number;
  seconds: number;
  isLong: boolean;
  /** Numbers, from 1, of messages that are empty. */
  missing: number[];
  /** Messages, by number, that have fewer than three proofs. */
  unproved: { message: number; proofs: number }[];
};

export function checkMap(map: MessageMap): MapCheck {
  const said = Array.from({ length: messages }, (_, i) => map[i]?.message.trim() ?? '');
  const words = said.reduce((total, message) => total + wordCount(message), 0);
  return {
    words,
    seconds: Math.ceil(words / wordsPerSecond),
    isLong: words > mostWords,
    missing: said.flatMap((message, i) => (message ? [] : [i + 1])),
    unproved: said.flatMap((message, i) => {
      const proofs = (map[i]?.proofs ?? []).filter((proof) => proof.trim()).length;
      return message && proofs < proofsEach ? [{ message: i + 1, proofs }] : [];
    }),
  };
}

/** The messages with their proofs under them, as a text to go on from. */
export const textOfMap = (map: MessageMap): string =>
  map
    .filter(({ message }) => message.trim())
    .map(({ message, proofs }) => [message.trim(), ...proofs.map((p) => p.trim()).filter(Boolean)].join(' '))
    .join('\n\n');
