import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  { look: 'reading what waits on people', show: 'telling somebody what waits on them' },
  { look: 'relever ce qui attend chacun', show: 'dire à quelqu’un ce qui l’attend' },
);
