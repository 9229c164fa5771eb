import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    sync: 'reading the list of people from Slack',
  },
  {
    sync: 'lire la liste des personnes dans Slack',
  },
);
