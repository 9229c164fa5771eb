import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    show: 'showing your Home tab',
  },
  {
    show: 'afficher votre onglet Accueil',
  },
);
