import { bilingual } from '../../core/locale.ts';
import type { Pressable, Sight } from './scenario.ts';

/** Why an act could not be played. */
export type Problem =
  | { is: 'missing'; label: string; place: Pressable; saying: string | undefined }
  | { is: 'unsaid'; words: string }
  | { is: 'unasked'; label: string }
  | { is: 'not taken'; reasons: readonly string[] }
  | { is: 'unseen'; by: string; words: string; place: Sight['in'] }
  | { is: 'other'; text: string };

/** Where something is pressed or read. */
const placeNames = bilingual(
  {
    room: 'in the war room',
    dm: 'in the messages from the app',
    reply: 'in the answer that only one person sees',
    home: 'on the app’s Home tab',
    form: 'in the form',
    channel: (name: string) => `in ${name}`,
  },
  {
    room: 'dans la cellule de crise',
    dm: 'dans les messages de l’application',
    reply: 'dans la réponse qu’une seule personne voit',
    home: 'sur l’accueil de l’application',
    form: 'dans le formulaire',
    channel: (name) => `dans ${name}`,
  },
);

export function placeIn(language: 'en' | 'fr', place: Sight['in']): string {
  const names = placeNames(language);
  return place.startsWith('#') ? names.channel(place) : names[place as Pressable];
}

const words = bilingual(
  {
    missing: (label: string, where: string, beside: string) => `there is no “${label}”${beside} ${where}.`,
    saying: (text: string) => ` on anything that says “${text}”`,
    unsaid: (text: string) => `there is no message that says “${text}”.`,
    unasked: (label: string) => `no confirmation of “${label}” is open.`,
    notTaken: (reasons: string) => `the form was not taken. ${reasons}`.trim(),
    unseen: (by: string, text: string, where: string) => `${by} should now see “${text}” ${where}.`,
  },
  {
    missing: (label, where, beside) => `« ${label} »${beside} ne se trouve pas ${where}.`,
    saying: (text) => ` (près de « ${text} »)`,
    unsaid: (text) => `aucun message ne dit « ${text} ».`,
    unasked: (label) => `aucune confirmation de « ${label} » n’est ouverte.`,
    notTaken: (reasons) => `le formulaire n’a pas été accepté. ${reasons}`.trim(),
    unseen: (by, text, where) => `${by} devrait maintenant voir « ${text} » ${where}.`,
  },
);

export function problemIn(language: 'en' | 'fr', problem: Problem): string {
  const say = words(language);
  switch (problem.is) {
    case 'missing':
      return say.missing(
        problem.label,
        placeIn(language, problem.place),
        problem.saying === undefined ? '' : say.saying(problem.saying),
      );
    case 'unsaid':
      return say.unsaid(problem.words);
    case 'unasked':
      return say.unasked(problem.label);
    case 'not taken':
      return say.notTaken(problem.reasons.join(' '));
    case 'unseen':
      return say.unseen(problem.by, problem.words, placeIn(language, problem.place));
    case 'other':
      return problem.text;
  }
}
