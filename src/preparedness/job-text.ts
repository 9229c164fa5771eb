import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    remind: 'reminding somebody to keep the preparation up to date',
  },
  {
    remind: 'rappeler à quelqu’un de tenir la préparation à jour',
  },
);
