import { bilingual } from '../../core/locale.ts';
import type { Reader } from '../../core/reader.ts';
import { momentOf } from '../../core/time.ts';
import { noWords, sayCommonNo } from '../../crises/refusals.ts';
import { type MeasureRefusal, measureMax, proofMax } from './rules.ts';

const words = bilingual(
  {
    text_missing: () => 'Say what you are doing about it.',
    done_in_future: () => 'That moment is still to come. A measure is done when it is done.',
    already_done: (number: number, by: string, at: string) => `Measure M${number} is done already: ${by}, ${at}.`,
    not_done: (number: number) => `Measure M${number} is not done, so there is nothing to take back.`,
    what: (number: number) => `measure M${number}`,
  },
  {
    text_missing: () => 'Dites ce que vous faites.',
    done_in_future: () => 'Ce moment est à venir. Une mesure est réalisée quand elle l’est.',
    already_done: (number, by, at) => `La mesure M${number} est déjà réalisée : ${by}, ${at}.`,
    not_done: (number) => `La mesure M${number} n’est pas réalisée : il n’y a rien à retirer.`,
    what: (number) => `la mesure M${number}`,
  },
);

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: MeasureRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language), noWords(reader.language)];
  switch (refusal.code) {
    case 'text_too_long':
      return shared.tooLong(refusal.length, measureMax);
    case 'proof_too_long':
      return shared.tooLong(refusal.length, proofMax);
    case 'already_done': {
      const { number, doneBy, doneAt, changedBy, changedAt } = refusal.measure;
      return w.already_done(number, reader.named(doneBy ?? changedBy), momentOf(doneAt ?? changedAt, reader));
    }
    case 'not_done':
      return w.not_done(refusal.measure.number);
    case 'stale': {
      const { number, changedBy, changedAt } = refusal.measure;
      return shared.stale(w.what(number), reader.named(changedBy), momentOf(changedAt, reader));
    }
    case 'text_missing':
    case 'done_in_future':
      return w[refusal.code]();
    case 'not_in_room':
    case 'closed':
    case 'cannot_own':
    case 'nothing_changed':
      return sayCommonNo(refusal, reader.language);
  }
}
