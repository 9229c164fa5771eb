import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    call_departments: 'calling the departments',
    escalate: 'calling the deputies of a department that does not answer',
    people_changed: 'calling the next in line of a department',
    show_first_cards: 'showing who is called',
    show_card: 'showing who is called for a department',
    tell_called: 'calling somebody by direct message',
    tell_person: 'calling somebody by direct message',
    show_call: 'showing who is called',
  },
  {
    call_departments: 'alerter les services',
    escalate: 'alerter les suppléants d’un service qui ne répond pas',
    people_changed: 'alerter les suivants d’un service',
    show_first_cards: 'afficher qui est alerté',
    show_card: 'afficher qui est alerté pour un service',
    tell_called: 'alerter quelqu’un par message direct',
    tell_person: 'alerter quelqu’un par message direct',
    show_call: 'afficher qui est alerté',
  },
);
