import type { Answer } from './lint.ts';
import { sentencesOf } from './tokens.ts';

type Text = { title: string; body: string };

/**
 * Of all answers to a statement, those that count for a wording: what was said of it, and what was said of an earlier one
 * in sentences that stand here word for word. What is said twice in the text is asked of the new place.
 */
export function following(given: readonly (Answer & { on: Text })[], version: Text & { number: number }): Answer[] {
  const here = new Set(partsOf(version));
  return given.flatMap(({ on, ...answer }) => {
    // That something is missing was said of no sentence.
    if (answer.versionNumber === version.number || answer.code === 'slot_missing') return [answer];
    const within = partsOf(on).filter((part) => here.has(part) && part.includes(answer.excerpt));
    return within.length > 0 ? [{ ...answer, within }] : [];
  });
}

const partsOf = ({ title, body }: Text): string[] => [title, ...sentencesOf(body).map(({ text }) => text)];
