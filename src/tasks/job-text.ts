import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    show_card: 'showing a task',
    tell_blocked: 'saying that a task is blocked',
    tell_assigned: 'telling somebody of their task',
    remind: 'reminding somebody of their tasks',
    show_reminder: 'reminding somebody of their tasks',
    notice: 'closing the tasks whose act was done',
    rearm: 'setting the reminders of tasks again',
  },
  {
    show_card: 'afficher une tâche',
    tell_blocked: 'signaler qu’une tâche est bloquée',
    tell_assigned: 'prévenir quelqu’un de sa tâche',
    remind: 'relancer quelqu’un sur ses tâches',
    show_reminder: 'relancer quelqu’un sur ses tâches',
    notice: 'clore les tâches dont l’acte est fait',
    rearm: 'reprogrammer les relances de tâches',
  },
);
