import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    show_list: 'showing who must hear',
  },
  {
    show_list: 'afficher qui doit être informé',
  },
);
