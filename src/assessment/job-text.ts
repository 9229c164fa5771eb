import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    show: 'showing an assessment',
    watch_due: 'reminding somebody of what they watch',
    show_watch: 'reminding somebody of what they watch',
    start: 'setting the time of the next assessment',
    level_changed: 'setting the time of the next assessment',
    reassess: 'reminding the lead to assess again',
    show_reminder: 'reminding the lead to assess again',
    link: 'adding the first assessment to the timeline',
  },
  {
    show: 'afficher une évaluation',
    watch_due: 'rappeler à quelqu’un un sujet en veille',
    show_watch: 'rappeler à quelqu’un un sujet en veille',
    start: 'fixer l’heure de la prochaine évaluation',
    level_changed: 'fixer l’heure de la prochaine évaluation',
    reassess: 'rappeler au pilote de crise de réévaluer',
    show_reminder: 'rappeler au pilote de crise de réévaluer',
    link: 'ajouter la première évaluation à la main courante',
  },
);
