import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    export: 'sending the settings as a file',
  },
  {
    export: 'envoyer les réglages en fichier',
  },
);
