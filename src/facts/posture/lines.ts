import type { Language } from '../../core/locale.ts';
import { type Posture, type PostureQuestion, postureOf } from './rules.ts';
import { words } from './text.ts';

type Part = { heading: string; items: readonly string[] };

/**
 * The suggestion in words, in the order in which it is read: first, then, better not, why. Plain text of the product's
 * own, which holds nothing that people wrote.
 */
function postureParts(question: PostureQuestion, language: Language): Part[] {
  const w = words(language);
  const posture = postureOf(question);
  return [
    { heading: w.headings.first, items: posture.first.map((one) => w.first[one]) },
    { heading: w.headings.posture, items: thenOf(posture, language) },
    { heading: w.headings.avoid, items: posture.avoid.map((one) => w.avoid[one]) },
    { heading: w.headings.because, items: posture.because.map((one) => w.because[one]) },
  ];
}

const thenOf = ({ posture }: Posture, language: Language): string[] => {
  const w = words(language);
  return posture.length > 0 ? posture.map((one) => w.stance[one]) : [w.onlyFirst];
};

/**
 * The same as mrkdwn, one text per part, for a form or card. The caller says beside it that it is a suggestion
 * (`postureNote`).
 */
export const postureTexts = (question: PostureQuestion, language: Language): string[] =>
  postureParts(question, language).map(({ heading, items }) =>
    [`*${heading}*`, ...items.map((item) => `• ${item}`)].join('\n'),
  );

/** That it is a suggestion, and where it comes from. */
export const postureNote = (language: Language): string[] => [words(language).suggestion, words(language).caveat];
