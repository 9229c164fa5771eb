import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    show_list: 'showing the tasks',
    fold: 'folding what an earlier version told somebody of their tasks',
    show_lot: 'showing the next tasks',
    notice: 'closing the tasks whose act was done',
  },
  {
    show_list: 'afficher les tâches',
    fold: 'replier ce qu’une version antérieure disait à quelqu’un de ses tâches',
    show_lot: 'afficher les tâches suivantes',
    notice: 'clore les tâches dont l’acte est fait',
  },
);
