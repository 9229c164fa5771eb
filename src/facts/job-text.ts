import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    ask_second: 'asking for a second person to confirm that a fact is false',
    show_decision: 'showing a decision',
    show_posture: 'showing the advice on how to answer',
    show_table: 'showing what we know',
  },
  {
    ask_second: 'demander à une seconde personne de confirmer qu’un fait est faux',
    show_decision: 'afficher une décision',
    show_posture: 'afficher le conseil de posture',
    show_table: 'afficher ce que nous savons',
  },
);
