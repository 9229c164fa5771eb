import { bilingual } from '../../core/locale.ts';

export const words = bilingual(
  {
    text: (level: string, title: string) => `${title}: the level is now ${level}`,
    was: (level: string) => `was ${level}`,
    by: (who: string, time: string) => `${who}, ${time}`,
    times: (answer: string, approval: string) =>
      `Calls are answered within ${answer}, statements approved within ${approval}. Times already given have moved.`,
    job: 'saying that the level changed',
  },
  {
    text: (level, title) => `${title} : niveau ${level}`,
    was: (level) => `auparavant ${level}`,
    by: (who, time) => `${who}, ${time}`,
    times: (answer, approval) =>
      `Réponse aux alertes en ${answer}, validation des communiqués en ${approval}. Les heures déjà annoncées ont changé.`,
    job: 'annoncer le changement de niveau',
  },
);
