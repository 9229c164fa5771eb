import { limits, splitText } from '../../slack/limits.ts';

/**
 * A text in as many fields as Slack needs, and what stands between them. Slack may or may not trim a field: the spaces
 * around each part are kept apart, so that a form that is opened and saved gives back the same text to the last one.
 */
export type Parts = {
  parts: string[];
  /** One more than parts: what stands before the first, between each two, and after the last. */
  joiners: string[];
};

/** Less than a field takes, so that words can be added to each part. */
const partLength = limits.textInput - 200;
/** The form's metadata holds 3,000 characters; longer runs of blanks stay in the part. */
const longestJoiner = 40;
export const newParagraph = '\n\n';
export const mostParts = 16;

export function cutIntoParts(text: string): Parts {
  const cut = splitText(text, partLength).map(withoutEdges);
  const joiners = [...cut, null].map((part, i) => (cut[i - 1]?.tail ?? '') + (part?.head ?? ''));
  return { parts: cut.map((part) => part.core), joiners };
}

/** A part that was emptied takes what stood before it along. */
export function joinParts({ parts, joiners }: Parts): string {
  const kept = parts.map((part, i) => ({ part, before: joiners[i] ?? newParagraph })).filter(({ part }) => part !== '');
  if (kept.length === 0) return '';
  const text = kept.map(({ part, before }, i) => (i === 0 ? part : before + part)).join('');
  return (joiners[0] ?? '') + text + (joiners[parts.length] ?? '');
}

export const withRoom = ({ parts, joiners }: Parts): Parts => ({
  parts: [...parts, ''],
  joiners: [...joiners.slice(0, parts.length), newParagraph, joiners[parts.length] ?? ''],
});

function withoutEdges(part: string): { head: string; core: string; tail: string } {
  if (part.trim() === '') return { head: '', core: part, tail: '' };
  const head = (/^\s*/.exec(part)?.[0] ?? '').slice(0, longestJoiner);
  const tail = part.slice(part.trimEnd().length).slice(-longestJoiner);
  return { head, core: part.slice(head.length, part.length - tail.length), tail };
}
