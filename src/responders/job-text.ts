import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    call_departments: 'calling the departments',
    escalate: 'calling the deputies of a department that does not answer',
    people_changed: 'calling the next in line of a department',
    show_first_call: 'showing who is called',
    show_call: 'showing who is called',
    mention: 'calling somebody in the room',
    tell: 'calling somebody by direct message',
  },
  {
    call_departments: 'alerter les services',
    escalate: 'alerter les suppléants d’un service qui ne répond pas',
    people_changed: 'alerter les suivants d’un service',
    show_first_call: 'afficher qui est alerté',
    show_call: 'afficher qui est alerté',
    mention: 'alerter quelqu’un dans la cellule',
    tell: 'alerter quelqu’un par message direct',
  },
);
