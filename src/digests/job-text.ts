import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    start: 'starting the digests',
    level_changed: 'setting the digests to the new level',
    beat: 'the next digest',
    show: 'showing a digest',
  },
  {
    start: 'lancer les points de situation',
    level_changed: 'régler les points de situation sur le nouveau niveau',
    beat: 'le prochain point de situation',
    show: 'afficher un point de situation',
  },
);
