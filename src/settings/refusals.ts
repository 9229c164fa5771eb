import { bilingual, type Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { FileProblem, FileProblemCode } from './file.ts';
import type { Flaw, Problem, SettingsRefusal } from './rules.ts';
import { words as settingsWords } from './text.ts';

type Say = string | ((...args: never[]) => string);

const words = bilingual(
  {
    flaw: {
      unknown: (name: string) => `${name} is not known to Slack here: choose somebody else.`,
      bot: (name: string) => `${name} is a bot and cannot answer: choose a person.`,
      deactivated: (name: string) => `${name} is deactivated in Slack: choose a successor.`,
      guest: (name: string) =>
        `${name} is a guest: guests never enter a war room by themselves. Choose a colleague, or add them by hand during the crisis.`,
      external: (name: string) =>
        `${name} belongs to another organisation and is never added by the bot. Choose a colleague.`,
      also_deputy: (name: string) => `${name} is both responsible and deputy: a deputy must be somebody else.`,
      too_many: (_name: string) => 'More than 50 people: choose fewer, or a user group.',
    } satisfies Record<Flaw, (name: string) => string>,
    refused: {
      not_allowed: (names: string) =>
        `You cannot change the settings: that is for the people named in communication or management, those trusted to declare, and Slack administrators. Ask one of them: ${names}.`,
      stale: (name: string, when: string) =>
        `${name} saved the settings ${when}, while you were editing: nothing of yours was saved. Open the settings again to see them as they stand.`,
      people: (lines: string) => `Nothing was saved:\n${lines}`,
      bad_time_zone: (given: string) =>
        `“${given}” is not a time zone I know. Write its international name, such as Europe/Paris.`,
      bad_beat: 'Choose between 10 and 1440 minutes, 0 for none, or leave it empty for the standard beat.',
      name_missing: 'Give the department a name.',
      name_too_long: 'Choose a name of at most 40 characters.',
      name_taken: (name: string) => `There is already a department called “${name}”.`,
      too_many_departments: 'Twenty departments are the most there can be: remove one first.',
    } satisfies Record<SettingsRefusal['code'], Say>,
    file: {
      not_json: 'this is not valid JSON from here on (a missing comma, quote or bracket?)',
      too_large: 'the file is too large to be a settings file',
      format: 'must be a settings file: "format": "crisis-war-room/settings"',
      version: 'must be 1: the file comes from another version of the product',
      language: 'must be "en" or "fr"',
      time_zone: 'must be a time zone such as "Europe/Paris"',
      yes_or_no: 'must be true or false',
      people: 'must be a list of Slack user ids, such as ["U0123ABCD"]',
      groups: 'must be a list of Slack user group ids, such as ["S0123ABCD"]',
      declarers: 'must be null (everybody but guests) or a list of Slack user ids',
      days: 'must be a whole number of days between 1 and 36500, or null',
      minutes: 'must be a whole number of minutes between 10 and 1440, or 0 for none',
      departments: 'must be a list of at most 20 departments',
      department: 'must be a department: key, people, deputies, groups',
      key: 'must be a short key in lower case, such as "legal" or "investor-relations"',
      name: 'must be a name of at most 40 characters',
      twice: 'appears twice',
      unknown_field: 'is not a setting: remove it, or check its spelling',
    } satisfies Record<FileProblemCode, string>,
    line: (line: number, where: string, what: string) => `Line ${line}${where ? `, \`${where}\`` : ''}: ${what}`,
  },
  {
    flaw: {
      unknown: (name) => `${name} est inconnu de Slack ici : choisissez quelqu’un d’autre.`,
      bot: (name) => `${name} est un bot et ne peut pas répondre : choisissez une personne.`,
      deactivated: (name) => `${name} est désactivé dans Slack : désignez un successeur.`,
      guest: (name) =>
        `${name} est un invité : un invité n’entre jamais de lui-même dans une cellule de crise. Choisissez un collègue, ou ajoutez cette personne à la main le moment venu.`,
      external: (name) =>
        `${name} appartient à une autre organisation et n’est jamais ajouté par le bot. Choisissez un collègue.`,
      also_deputy: (name) =>
        `${name} est à la fois responsable et suppléant : le suppléant doit être quelqu’un d’autre.`,
      too_many: () => 'Plus de 50 personnes : choisissez-en moins, ou un groupe Slack.',
    },
    refused: {
      not_allowed: (names) =>
        `Vous ne pouvez pas modifier les réglages : c’est réservé aux personnes désignées en communication ou à la direction, à celles qui peuvent déclencher et aux administrateurs Slack. Adressez-vous à l’une d’elles : ${names}.`,
      stale: (name, when) =>
        `${name} a enregistré les réglages ${when}, pendant que vous les modifiiez : rien de votre saisie n’a été enregistré. Rouvrez les réglages pour les voir tels qu’ils sont.`,
      people: (lines) => `Rien n’a été enregistré :\n${lines}`,
      bad_time_zone: (given) =>
        `« ${given} » n’est pas un fuseau horaire connu. Écrivez son nom international, par exemple Europe/Paris.`,
      bad_beat: 'Choisissez entre 10 et 1440 minutes, 0 pour aucun, ou laissez vide pour le rythme habituel.',
      name_missing: 'Donnez un nom au service.',
      name_too_long: 'Choisissez un nom de 40 caractères au plus.',
      name_taken: (name) => `Il existe déjà un service « ${name} ».`,
      too_many_departments: 'Il ne peut y avoir plus de vingt services : retirez-en un d’abord.',
    },
    file: {
      not_json: 'à partir d’ici ce n’est plus du JSON valide (une virgule, un guillemet ou une accolade manque ?)',
      too_large: 'le fichier est trop gros pour être un fichier de réglages',
      format: 'doit être un fichier de réglages : "format": "crisis-war-room/settings"',
      version: 'doit être 1 : le fichier vient d’une autre version du produit',
      language: 'doit être "en" ou "fr"',
      time_zone: 'doit être un fuseau horaire, par exemple "Europe/Paris"',
      yes_or_no: 'doit être true ou false',
      people: 'doit être une liste d’identifiants de membres Slack, par exemple ["U0123ABCD"]',
      groups: 'doit être une liste d’identifiants de groupes Slack, par exemple ["S0123ABCD"]',
      declarers: 'doit être null (tout le monde, sauf les invités) ou une liste d’identifiants de membres Slack',
      days: 'doit être un nombre entier de jours, entre 1 et 36500, ou null',
      minutes: 'doit être un nombre entier de minutes, entre 10 et 1440, ou 0 pour aucun',
      departments: 'doit être une liste de vingt services au plus',
      department: 'doit être un service : key, people, deputies, groups',
      key: 'doit être une clé courte en minuscules, par exemple "legal" ou "relations-investisseurs"',
      name: 'doit être un nom de 40 caractères au plus',
      twice: 'apparaît deux fois',
      unknown_field: 'n’est pas un réglage : retirez-le, ou vérifiez l’orthographe',
    },
    line: (line, where, what) => `Ligne ${line}${where ? `, \`${where}\`` : ''} : ${what}`,
  },
);

/** How people and instants are shown where the "no" is read. */
type Telling = Pick<Reader, 'language' | 'named'> & { at: (when: Date) => string };

/** Why not, and what to do next. */
export function sayNo(refusal: SettingsRefusal, { language, named, at }: Telling): string {
  const w = words(language).refused;
  switch (refusal.code) {
    case 'not_allowed':
      return w.not_allowed(someOf(refusal.editors.map(named)));
    case 'stale':
      return w.stale(
        refusal.savedBy ? named(refusal.savedBy) : settingsWords(language).commandLine,
        refusal.savedAt ? at(refusal.savedAt) : '',
      );
    case 'people':
      return w.people(refusal.problems.map((p) => `• ${sayProblem(p, language)}`).join('\n'));
    case 'bad_time_zone':
      return w.bad_time_zone(refusal.given);
    case 'name_taken':
      return w.name_taken(refusal.name);
    default:
      return w[refusal.code];
  }
}

const someOf = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join(', ')} …` : names.join(', ');

export const sayProblem = (problem: Pick<Problem, 'flaw' | 'name'>, language: Language): string =>
  words(language).flaw[problem.flaw](problem.name);

export const sayFileProblem = ({ line, where, code }: FileProblem, language: Language): string =>
  words(language).line(line, where, words(language).file[code]);
