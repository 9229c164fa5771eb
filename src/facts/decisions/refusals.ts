import { bilingual } from '../../core/locale.ts';
import type { Reader } from '../../core/reader.ts';
import { noWords, sayCommonNo } from '../../crises/refusals.ts';
import { becauseMax, type DecisionRefusal, decisionMax, optionsMax } from './rules.ts';

const words = bilingual(
  {
    text_missing: () => 'Say what was decided.',
    reason_missing: () => 'Say why: a decision without its reason cannot be explained later.',
    replaces_unknown: (number: number) =>
      `There is no decision D${number} in this crisis. Choose another one, or none.`,
    replaced_already: (number: number, by: number) =>
      `D${number} has been replaced by D${by} already. If this one replaces that, choose D${by}.`,
  },
  {
    text_missing: () => 'Dites ce qui a été décidé.',
    reason_missing: () => 'Dites pourquoi : une décision sans motif ne s’explique plus ensuite.',
    replaces_unknown: (number) =>
      `Il n’y a pas de décision D${number} dans cette crise. Choisissez-en une autre, ou aucune.`,
    replaced_already: (number, by) =>
      `D${number} a déjà été remplacée par D${by}. Si la nouvelle remplace celle-là, choisissez D${by}.`,
  },
);

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: DecisionRefusal, { language }: Pick<Reader, 'language'>): string {
  const [w, shared] = [words(language), noWords(language)];
  switch (refusal.code) {
    case 'text_too_long':
      return shared.tooLong(refusal.length, decisionMax);
    case 'options_too_long':
      return shared.tooLong(refusal.length, optionsMax);
    case 'reason_too_long':
      return shared.tooLong(refusal.length, becauseMax);
    case 'replaces_unknown':
      return w.replaces_unknown(refusal.number);
    case 'replaced_already':
      return w.replaced_already(refusal.number, refusal.by);
    case 'text_missing':
    case 'reason_missing':
      return w[refusal.code]();
    case 'not_in_room':
    case 'closed':
    case 'cannot_own':
      return sayCommonNo(refusal, language);
  }
}
