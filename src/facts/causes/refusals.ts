import { bilingual } from '../../core/locale.ts';
import type { Reader } from '../../core/reader.ts';
import { momentOf } from '../../core/time.ts';
import { noWords, sayCommonNo } from '../../crises/refusals.ts';
import { type CauseRefusal, causeMax, evidenceMax } from './rules.ts';

const words = bilingual(
  {
    text_missing: () => 'Say what the cause is, or may be.',
    evidence_missing: (wanted: 'confirmed' | 'ruled_out') =>
      wanted === 'confirmed'
        ? 'A confirmed cause needs its evidence: a report, a test, a person who knows. Without it, leave it as a hypothesis.'
        : 'Say what rules it out: a report, a test, a person who knows. Without it, leave it as a hypothesis.',
    what: (number: number) => `cause C${number}`,
  },
  {
    text_missing: () => 'Dites quelle est la cause, ou quelle elle pourrait être.',
    evidence_missing: (wanted) =>
      wanted === 'confirmed'
        ? 'Une cause confirmée a besoin de ses éléments : un rapport, un essai, une personne qui sait. Sans eux, laissez-la en hypothèse.'
        : 'Dites ce qui l’écarte : un rapport, un essai, une personne qui sait. Sans cela, laissez-la en hypothèse.',
    what: (number) => `la cause C${number}`,
  },
);

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: CauseRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language), noWords(reader.language)];
  switch (refusal.code) {
    case 'text_too_long':
      return shared.tooLong(refusal.length, causeMax);
    case 'evidence_too_long':
      return shared.tooLong(refusal.length, evidenceMax);
    case 'evidence_missing':
      return w.evidence_missing(refusal.status);
    case 'stale': {
      const { number, changedBy, changedAt } = refusal.cause;
      return shared.stale(w.what(number), reader.named(changedBy), momentOf(changedAt, reader));
    }
    case 'text_missing':
      return w.text_missing();
    case 'not_in_room':
    case 'closed':
    case 'cannot_own':
    case 'nothing_changed':
      return sayCommonNo(refusal, reader.language);
  }
}
