import type { Level } from '../core/levels.ts';
import { bilingual, type Language } from '../core/locale.ts';
import { levelName } from '../crises/text.ts';
import { departmentName } from '../people/text.ts';
import type { FileProblem, FileProblemCode } from './file.ts';
import type { Flaw, Gap, Problem, SettingsRefusal } from './rules.ts';
import type { Difference } from './settings.ts';

type Say = string | ((...args: never[]) => string);

export const words = bilingual(
  {
    feature: 'Settings',
    help: 'who is called, deputies, who may declare, language, digests',
    usage: '[export | import]',
    title: 'Crisis cell settings',
    save: 'Save',
    close: 'Close',
    back: 'Back',
    again: 'Back to the settings',
    othersToo:
      'Somebody else has saved as well since you opened these settings. Below is what stands now: enter again what you had not saved.',
    intro:
      'Who is called the moment a crisis is declared. Only communication, legal and marketing are called below the level “crisis”.',
    firstTime:
      '*Two minutes now save twenty in a crisis.* Name at least one person for communication, legal and marketing, and save: the rest can wait.',
    savedBy: (name: string, when: string) => `Last saved by ${name}, ${when}.`,
    commandLine: 'an administrator, at the command line',
    choosePeople: 'Choose people',
    deputiesButton: 'Deputies and groups',
    generalButton: 'Declaring, language, digests',
    departmentsButton: 'Add or remove a department',
    exportButton: 'Export',
    importButton: 'Import',
    deputiesTitle: 'Deputies and groups',
    deputiesIntro:
      'Deputies are called when nobody of the department has answered in time. The members of a user group are called together with the people of its department.',
    deputies: (department: string) => `${department}: deputies`,
    groups: (department: string) => `${department}: user groups`,
    chooseGroups: 'Choose groups',
    noGroups: 'Slack shows no user group: either there is none, or the app was not given the right `usergroups:read`.',
    groupsByHandle: 'Write the handles, such as @legal-team @press-office.',
    disabledGroup: (handle: string) => `@${handle} (disabled)`,
    generalTitle: 'How crises are run',
    declarers: 'Who may declare a crisis',
    declarersHint: 'Leave empty so that everybody but guests may declare: the safest choice in a small company.',
    privacy: 'New war rooms are',
    privateRoom: 'Private: only the people called and those they add',
    publicRoom: 'Open: anybody in the workspace can find and join',
    language: 'Language of war rooms',
    languageHint: 'Each person is answered in the language of their own Slack; this one is for what everybody reads.',
    timeZone: 'Time zone',
    timeZoneHint: 'Its international name, such as Europe/Paris, America/Montreal or Asia/Singapore.',
    beat: (level: string) => `Minutes between digests at level “${level}”`,
    beatHint: {
      major: 'Empty: every 30 min four times, then hourly. 0: none.',
      crisis: 'Empty: hourly four times, then every 2 h. 0: none.',
      incident: 'Empty: every 4 h. 0: none.',
      watch: 'Empty: once a day. 0: none.',
    },
    departmentsTitle: 'Departments',
    newDepartment: 'Name of the new department',
    newDepartmentHint:
      'For example: Investor relations, Quality, IT security. Its people are then chosen like the others.',
    removeDepartments: 'Remove these departments',
    removeHint: 'Crises that are under way keep the people they already called.',
    importTitle: 'Import settings',
    importLabel: 'Settings file (JSON)',
    importHint: 'A file made by Export, changed or not. You will see every difference before anything is changed.',
    importSubmit: 'Show differences',
    importConfirm: 'Apply',
    importPreview: 'This file would change the following. Nothing is changed until you apply it.',
    importSame: 'This file says what the settings already say: there is nothing to change.',
    importMissing: 'Choose a file first.',
    importSlow: 'Slack did not hand the file over in time. Nothing was changed: send the form again.',
    importChanged: 'The file is not the one you were shown any more. Nothing was changed: import it again.',
    importRefused: 'Nothing was changed. What is wrong with the file:',
    importMore: (count: number) => `… and ${count} more.`,
    exporting: 'Your settings file is on its way: it comes to you as a direct message from me.',
    exportComment:
      'The crisis cell settings as they stand now. Keep the file in your repository; bring it back with `/crisis settings import`.',
    saved: 'Saved.',
    savedNothing: 'Nothing had changed: the settings stay as they are.',
    stillMissing: 'If a crisis broke now:',
    allReady: 'Communication, legal and marketing would all be called if a crisis broke now.',
    staleTitle: (name: string, when: string) =>
      `*${name} saved the settings ${when}, while you were editing.* What they changed:`,
    staleYours: 'What you had entered and is *not* saved:',
    staleNow: 'Below are the settings as they stand now: make your changes again and save.',
    change: {
      people: (department: string, what: string) => `*${department}*: ${what}`,
      deputies: (department: string, what: string) => `*${department}*, deputies: ${what}`,
      groups: (department: string, what: string) => `*${department}*, groups: ${what}`,
      department_added: (name: string) => `new department *${name}*`,
      department_removed: (name: string) => `department *${name}* removed`,
      added: (names: string) => `add ${names}`,
      removed: (names: string) => `remove ${names}`,
      declarers: (names: string) => `may declare: ${names}`,
      everybody: 'everybody but guests',
      private: 'new war rooms are private',
      public: 'new war rooms are open to the workspace',
      language: (name: string) => `language of war rooms: ${name}`,
      timeZone: (name: string) => `time zone: ${name}`,
      digest: (level: string, minutes: number) => `digest at level ${level}: every ${minutes} min`,
      digestStandard: (level: string) => `digest at level ${level}: standard beat`,
      digestNone: (level: string) => `digest at level ${level}: none`,
    },
    languages: { en: 'English', fr: 'French' },
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
    gap: {
      nobody: (department: string) => `Nobody is named for *${department}*`,
      alone: (department: string) => `*${department}* rests on one person: name a deputy`,
      unavailable: (department: string, name: string) => `*${department}*: ${name} can no longer be called`,
    } satisfies Record<Gap['kind'], (...args: never[]) => string>,
    refused: {
      not_allowed: (names: string) =>
        `You cannot change the settings: that is for the people named in communication or management, those trusted to declare, and Slack administrators. Ask one of them: ${names}.`,
      stale: (name: string, when: string) =>
        `${name} saved the settings ${when}, while you were editing: nothing of yours was saved. Open the settings again to see them as they stand.`,
      people: (lines: string) => `Nothing was saved:\n${lines}`,
      bad_time_zone: (given: string) =>
        `“${given}” is not a time zone I know. Write its international name, such as Europe/Paris.`,
      bad_beat: (_given: string) =>
        'Choose between 10 and 1440 minutes, 0 for none, or leave it empty for the standard beat.',
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
    feature: 'Les réglages',
    help: 'qui est alerté, suppléants, droits, langue, points de situation',
    usage: '[exporter | importer]',
    title: 'Réglages de la cellule',
    save: 'Enregistrer',
    close: 'Fermer',
    back: 'Retour',
    again: 'Revenir aux réglages',
    othersToo:
      'Quelqu’un d’autre a aussi enregistré depuis que vous avez ouvert ces réglages. Voici ce qui vaut maintenant : ressaisissez ce que vous n’aviez pas enregistré.',
    intro:
      'Qui est alerté dès qu’une crise est déclenchée. En dessous du niveau « crise », seuls la communication, le juridique et le marketing le sont.',
    firstTime:
      '*Deux minutes maintenant en épargnent vingt le jour venu.* Désignez au moins une personne pour la communication, le juridique et le marketing, puis enregistrez : le reste peut attendre.',
    savedBy: (name, when) => `Dernier enregistrement : ${name}, ${when}.`,
    commandLine: 'un administrateur, en ligne de commande',
    choosePeople: 'Choisir des personnes',
    deputiesButton: 'Suppléants et groupes',
    generalButton: 'Droits, langue, points de situation',
    departmentsButton: 'Ajouter ou retirer un service',
    exportButton: 'Exporter',
    importButton: 'Importer',
    deputiesTitle: 'Suppléants et groupes',
    deputiesIntro:
      'Les suppléants sont alertés quand personne du service n’a répondu à temps. Les membres d’un groupe Slack sont alertés en même temps que les personnes du service.',
    deputies: (department) => `${department} : suppléants`,
    groups: (department) => `${department} : groupes Slack`,
    chooseGroups: 'Choisir des groupes',
    noGroups:
      'Slack ne montre aucun groupe d’utilisateurs : soit il n’y en a pas, soit l’application n’a pas reçu le droit `usergroups:read`.',
    groupsByHandle: 'Écrivez les identifiants, par exemple @equipe-juridique @presse.',
    disabledGroup: (handle) => `@${handle} (désactivé)`,
    generalTitle: 'Conduite des crises',
    declarers: 'Qui peut déclencher une crise',
    declarersHint:
      'Laissez vide pour que chacun, sauf les invités, puisse déclencher : le choix le plus sûr dans une petite entreprise.',
    privacy: 'Les nouvelles cellules sont',
    privateRoom: 'Privées : seulement les personnes alertées et celles qu’elles ajoutent',
    publicRoom: 'Ouvertes : chacun dans l’espace peut les trouver et les rejoindre',
    language: 'Langue des cellules de crise',
    languageHint: 'Chacun reçoit ses réponses dans la langue de son Slack ; celle-ci vaut pour ce que tous lisent.',
    timeZone: 'Fuseau horaire',
    timeZoneHint: 'Son nom international, par exemple Europe/Paris, America/Montreal ou Indian/Reunion.',
    beat: (level) => `Minutes entre deux points de situation, niveau « ${level} »`,
    beatHint: {
      major: 'Vide : toutes les 30 min quatre fois, puis toutes les heures. 0 : aucun.',
      crisis: 'Vide : toutes les heures quatre fois, puis toutes les 2 h. 0 : aucun.',
      incident: 'Vide : toutes les 4 h. 0 : aucun.',
      watch: 'Vide : une fois par jour. 0 : aucun.',
    },
    departmentsTitle: 'Services',
    newDepartment: 'Nom du nouveau service',
    newDepartmentHint:
      'Par exemple : Relations investisseurs, Qualité, Sécurité informatique. Ses membres se choisissent ensuite comme pour les autres.',
    removeDepartments: 'Retirer ces services',
    removeHint: 'Les crises en cours gardent les personnes déjà alertées.',
    importTitle: 'Importer des réglages',
    importLabel: 'Fichier de réglages (JSON)',
    importHint: 'Un fichier issu d’Exporter, modifié ou non. Chaque différence vous est montrée avant tout changement.',
    importSubmit: 'Voir les différences',
    importConfirm: 'Appliquer',
    importPreview: 'Ce fichier changerait ce qui suit. Rien ne change tant que vous ne l’appliquez pas.',
    importSame: 'Ce fichier dit ce que disent déjà les réglages : il n’y a rien à changer.',
    importMissing: 'Choisissez d’abord un fichier.',
    importSlow: 'Slack n’a pas transmis le fichier à temps. Rien n’a changé : renvoyez le formulaire.',
    importChanged: 'Le fichier n’est plus celui qui vous a été montré. Rien n’a changé : importez-le de nouveau.',
    importRefused: 'Rien n’a changé. Ce qui ne va pas dans le fichier :',
    importMore: (count) => `… et ${count} de plus.`,
    exporting: 'Votre fichier de réglages arrive : je vous l’envoie par message privé.',
    exportComment:
      'Les réglages de la cellule de crise, tels qu’ils sont maintenant. Gardez ce fichier dans votre dépôt ; reprenez-le avec `/crise réglages importer`.',
    saved: 'Enregistré.',
    savedNothing: 'Rien n’avait changé : les réglages restent tels quels.',
    stillMissing: 'Si une crise éclatait maintenant :',
    allReady: 'Si une crise éclatait maintenant, la communication, le juridique et le marketing seraient alertés.',
    staleTitle: (name, when) =>
      `*${name} a enregistré les réglages ${when}, pendant que vous les modifiiez.* Ce qui a changé :`,
    staleYours: 'Ce que vous aviez saisi et qui n’est *pas* enregistré :',
    staleNow: 'Voici les réglages tels qu’ils sont maintenant : refaites vos changements et enregistrez.',
    change: {
      people: (department, what) => `*${department}* : ${what}`,
      deputies: (department, what) => `*${department}*, suppléants : ${what}`,
      groups: (department, what) => `*${department}*, groupes : ${what}`,
      department_added: (name) => `nouveau service *${name}*`,
      department_removed: (name) => `service *${name}* retiré`,
      added: (names) => `ajouter ${names}`,
      removed: (names) => `retirer ${names}`,
      declarers: (names) => `peuvent déclencher : ${names}`,
      everybody: 'tout le monde, sauf les invités',
      private: 'les nouvelles cellules sont privées',
      public: 'les nouvelles cellules sont ouvertes à tout l’espace',
      language: (name) => `langue des cellules : ${name}`,
      timeZone: (name) => `fuseau horaire : ${name}`,
      digest: (level, minutes) => `point de situation au niveau ${level} : toutes les ${minutes} min`,
      digestStandard: (level) => `point de situation au niveau ${level} : rythme habituel`,
      digestNone: (level) => `point de situation au niveau ${level} : aucun`,
    },
    languages: { en: 'anglais', fr: 'français' },
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
    gap: {
      nobody: (department) => `Personne n’est désigné pour *${department}*`,
      alone: (department) => `*${department}* repose sur une seule personne : désignez un suppléant`,
      unavailable: (department, name) => `*${department}* : ${name} ne peut plus être alerté`,
    },
    refused: {
      not_allowed: (names) =>
        `Vous ne pouvez pas modifier les réglages : c’est réservé aux personnes désignées en communication ou à la direction, à celles qui peuvent déclencher et aux administrateurs Slack. Adressez-vous à l’une d’elles : ${names}.`,
      stale: (name, when) =>
        `${name} a enregistré les réglages ${when}, pendant que vous les modifiiez : rien de votre saisie n’a été enregistré. Rouvrez les réglages pour les voir tels qu’ils sont.`,
      people: (lines) => `Rien n’a été enregistré :\n${lines}`,
      bad_time_zone: (given) =>
        `« ${given} » n’est pas un fuseau horaire connu. Écrivez son nom international, par exemple Europe/Paris.`,
      bad_beat: () => 'Choisissez entre 10 et 1440 minutes, 0 pour aucun, ou laissez vide pour le rythme habituel.',
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

/** Shows somebody, or a group, by name. */
export type Named = (id: string) => string;

/** `*Legal*: add Helen Park; remove Tom Becker`. `safe` makes names fit for where they are shown. */
export function differenceText(
  found: Difference,
  language: Language,
  named: Named,
  safe: (text: string) => string = (text) => text,
): string {
  const w = words(language).change;
  const list = (ids: readonly string[]) => ids.map((id) => safe(named(id))).join(', ');
  const nameOf = (d: { key: string; name: string | null }) => safe(departmentName(d.key, d.name, language));
  switch (found.what) {
    case 'people':
    case 'deputies':
    case 'groups': {
      const parts = [
        ...(found.added.length > 0 ? [w.added(list(found.added))] : []),
        ...(found.removed.length > 0 ? [w.removed(list(found.removed))] : []),
      ];
      return w[found.what](nameOf(found.department), parts.join(language === 'fr' ? ' ; ' : '; '));
    }
    case 'department_added':
    case 'department_removed':
      return w[found.what](nameOf(found.department));
    case 'declarers':
      return w.declarers(found.to ? list(found.to) : w.everybody);
    case 'private':
      return found.to ? w.private : w.public;
    case 'language':
      return w.language(words(language).languages[found.to]);
    case 'time_zone':
      return w.timeZone(safe(found.to));
    case 'digest':
      return digestText(found.level, found.to, language);
  }
}

function digestText(level: Level, minutes: number | null, language: Language): string {
  const w = words(language).change;
  if (minutes === 0) return w.digestNone(levelName(level, language));
  return minutes === null
    ? w.digestStandard(levelName(level, language))
    : w.digest(levelName(level, language), minutes);
}

export const problemText = (problem: Pick<Problem, 'flaw' | 'name'>, language: Language): string =>
  words(language).flaw[problem.flaw](problem.name);

export const fileProblemText = (problem: FileProblem, language: Language): string =>
  words(language).line(problem.line, problem.where, words(language).file[problem.code]);

/** The reason and the next step. `when` is an instant, written for whoever reads. */
export function refusalText(
  refusal: SettingsRefusal,
  language: Language,
  named: Named,
  when: (at: Date) => string,
): string {
  const w = words(language).refused;
  switch (refusal.code) {
    case 'not_allowed':
      return w.not_allowed(someOf(refusal.editors.map(named)));
    case 'stale':
      return w.stale(
        refusal.savedBy ? named(refusal.savedBy) : words(language).commandLine,
        refusal.savedAt ? when(refusal.savedAt) : '',
      );
    case 'people':
      return w.people(refusal.problems.map((p) => `• ${problemText(p, language)}`).join('\n'));
    case 'bad_time_zone':
      return w.bad_time_zone(refusal.given);
    case 'bad_beat':
      return w.bad_beat(String(refusal.given));
    case 'name_taken':
      return w.name_taken(refusal.name);
    case 'name_missing':
    case 'name_too_long':
    case 'too_many_departments':
      return w[refusal.code];
  }
}

const someOf = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join(', ')} …` : names.join(', ');

export function gapText(
  gap: Gap,
  own: (key: string) => string | null,
  language: Language,
  named: (name: string) => string,
): string {
  const w = words(language).gap;
  const department = named(departmentName(gap.department, own(gap.department), language));
  return gap.kind === 'unavailable' ? w.unavailable(department, named(gap.name)) : w[gap.kind](department);
}
