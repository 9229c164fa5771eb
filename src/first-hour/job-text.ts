import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    ring: 'saying that the first words are late',
    set_clock: 'setting the clock of the first words',
    show: 'showing the playbook',
    start: 'starting the playbook',
    tell_late: 'telling the lead that the first words are late',
  },
  {
    ring: 'signaler que la première prise de parole est en retard',
    set_clock: 'régler l’heure de la première prise de parole',
    show: 'afficher la fiche réflexe',
    start: 'lancer la fiche réflexe',
    tell_late: 'signaler au pilote que la première prise de parole est en retard',
  },
);
