import { bilingual } from '../../core/locale.ts';
import type { Reader } from '../../core/reader.ts';
import { momentOf } from '../../core/time.ts';
import { noWords, sayCommonNo } from '../../crises/refusals.ts';
import type { PostureRefusal } from './rules.ts';

const words = bilingual({ what: 'the answers' }, { what: 'les réponses' });

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: PostureRefusal, reader: Reader): string {
  const { language } = reader;
  if (refusal.code !== 'stale') return sayCommonNo(refusal, language);
  const { setBy, setAt } = refusal.inputs;
  return noWords(language).stale(words(language).what, reader.named(setBy), momentOf(setAt, reader));
}
