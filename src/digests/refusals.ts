import { bilingual, type Language } from '../core/locale.ts';
import { sayCommonNo } from '../crises/refusals.ts';
import type { DigestRefusal } from './rules.ts';

const words = bilingual(
  {
    beat: 'Digests come every 10 minutes at most, and once a day at least. Try `/crisis digest every 30m`.',
  },
  {
    beat: 'Un point vient au plus toutes les 10 minutes, au moins une fois par jour. Essayez `/crise point toutes les 30 min`.',
  },
);

/** Why not, and what to do next, as mrkdwn. */
export const sayNo = (refusal: DigestRefusal, language: Language): string =>
  refusal.code === 'beat_out_of_range' ? words(language).beat : sayCommonNo(refusal, language);
