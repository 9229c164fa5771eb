import { bilingual, type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { clip } from '../slack/limits.ts';
import type { ClearRefusal } from './clearing.ts';
import type { PlaybookRefusal } from './editing.ts';
import type { Problem } from './edits.ts';
import { nameOf, timeOf } from './lines.ts';
import { limitsOfPlaybooks } from './rules.ts';
import { words as playbookWords } from './text.ts';

const words = bilingual(
  {
    refused: {
      not_allowed: (names: string) => `Playbooks can be changed by ${names}. Ask one of them.`,
      unknown: 'This playbook or text is not there any more. Open the list again.',
      name_taken: (name: string) => `Another playbook is called “${name}”: choose another name.`,
      too_many_playbooks: `A workspace has at most ${limitsOfPlaybooks.playbooks} playbooks: change one that you do not use.`,
      stays: 'This one cannot be cloned or retired: every crisis needs it.',
      not_ours: 'This is the product’s own version already.',
      not_legal: (names: string) => `Only legal clears texts: ask ${names}.`,
      nobodyLegal: 'somebody to be named for legal in the settings',
      text_changed:
        'The text was edited since you opened it. Open it again and read the new words before you clear them.',
      own_words: 'You edited these words last: somebody else of legal has to clear them.',
      bad_until: 'Choose a date in the future, one year from now at most.',
      too_many: (limit: number) => `A playbook holds at most ${limit} of these: remove one first.`,
    },
    problems: {
      missing: 'Fill this in, in both languages.',
      only_one_language: 'Fill this in as well, or leave both languages empty.',
      too_long: (limit: number, line: string) => `At most ${limit} characters: “${line}”`,
      too_many: (limit: number) => `At most ${limit} lines.`,
      unequal_lines: (en: number, fr: number) => `English has ${en} lines and French ${fr}: the same number is needed.`,
      bad_resource: (line: string) => `Write “English | French | telephone or address”: “${line}”`,
      unpaired: (en: string, fr: string) =>
        `The same placeholders are needed in both languages.${en ? ` Only in English: ${en}.` : ''}${fr ? ` Only in French: ${fr}.` : ''}`,
      minutes: 'A whole number from 5 to 1440.',
      choose: 'Choose one.',
    },
    stale: (who: string, when: string) =>
      `⚠️ ${who} saved another version ${when}. Nothing was done: this is what stands now, look at it and press again.`,
    staleForm: (who: string, when: string) =>
      `⚠️ ${who} saved this ${when}, while you were writing. Below is what stands now; what you typed is still in the fields. *Save* replaces theirs by yours.`,
    somebody: 'Somebody',
    meanwhile: 'meanwhile',
  },
  {
    refused: {
      not_allowed: (names) => `Peuvent modifier les fiches : ${names}. Demandez à l’une de ces personnes.`,
      unknown: 'Cette fiche ou ce texte n’existe plus. Rouvrez la liste.',
      name_taken: (name) => `Une autre fiche s’appelle « ${name} » : choisissez un autre nom.`,
      too_many_playbooks: `Un espace a au plus ${limitsOfPlaybooks.playbooks} fiches : modifiez-en une qui ne sert pas.`,
      stays: 'Celle-ci ne peut être ni dupliquée ni retirée : chaque crise en a besoin.',
      not_ours: 'C’est déjà la fiche fournie.',
      not_legal: (names) => `Seul le juridique prévalide les textes : demandez à ${names}.`,
      nobodyLegal: 'une personne à désigner au juridique dans les réglages',
      text_changed:
        'Le texte a été modifié depuis que vous l’avez ouvert. Rouvrez-le et lisez les nouveaux mots avant de les prévalider.',
      own_words:
        'Vous êtes la dernière personne à avoir modifié ces mots : quelqu’un d’autre du juridique doit les prévalider.',
      bad_until: 'Choisissez une date à venir, dans un an au plus.',
      too_many: (limit) => `Une fiche en contient au plus ${limit} : supprimez-en d’abord.`,
    },
    problems: {
      missing: 'À remplir, dans les deux langues.',
      only_one_language: 'À remplir aussi, ou laissez les deux langues vides.',
      too_long: (limit, line) => `Au plus ${limit} caractères : « ${line} »`,
      too_many: (limit) => `Au plus ${limit} lignes.`,
      unequal_lines: (en, fr) => `L’anglais a ${en} lignes et le français ${fr} : il en faut autant.`,
      bad_resource: (line) => `Écrivez « anglais | français | téléphone ou adresse » : « ${line} »`,
      unpaired: (en, fr) =>
        `Les mêmes champs à compléter sont nécessaires dans les deux langues.${en ? ` Seulement en anglais : ${en}.` : ''}${fr ? ` Seulement en français : ${fr}.` : ''}`,
      minutes: 'Un nombre entier de 5 à 1440.',
      choose: 'Choisissez.',
    },
    stale: (who, when) =>
      `⚠️ ${who} a enregistré une autre version ${when}. Rien n’a été fait : voici ce qui vaut maintenant, relisez puis appuyez à nouveau.`,
    staleForm: (who, when) =>
      `⚠️ ${who} a enregistré ceci ${when}, pendant que vous écriviez. Voici ce qui vaut maintenant ; votre saisie est toujours dans les champs. *Enregistrer* remplace sa version par la vôtre.`,
    somebody: 'Quelqu’un',
    meanwhile: 'entre-temps',
  },
);

export type Refusal = PlaybookRefusal | ClearRefusal | { code: 'too_many'; limit: number };

/** mrkdwn: why not, and what to do next. */
export function sayNo(refusal: Refusal, reader: Reader): string {
  const { language } = reader;
  const w = words(language);
  const names = (ids: readonly string[]) =>
    list(
      language,
      ids.map((id) => nameOf(id, reader)),
    );
  switch (refusal.code) {
    case 'not_allowed':
      return w.refused.not_allowed(names(refusal.editors) || playbookWords(language).nobody);
    case 'not_legal':
      return w.refused.not_legal(names(refusal.legal) || w.refused.nobodyLegal);
    case 'name_taken':
      return w.refused.name_taken(refusal.name);
    case 'too_many':
      return w.refused.too_many(refusal.limit);
    case 'stale':
      return w.stale(...saved(refusal, reader));
    default:
      return w.refused[refusal.code];
  }
}

type Stale = Extract<PlaybookRefusal, { code: 'stale' }>;

/** The same over the form that was submitted, which keeps what was typed. */
export const sayStale = (refusal: Stale, reader: Reader): string =>
  words(reader.language).staleForm(...saved(refusal, reader));

function saved({ changedBy, changedAt }: Stale, reader: Reader): [who: string, when: string] {
  const w = words(reader.language);
  return [changedBy ? nameOf(changedBy, reader) : w.somebody, changedAt ? timeOf(changedAt, reader) : w.meanwhile];
}

/** Plain text, for under the field. */
export function sayProblem(problem: Problem, language: Language): string {
  const w = words(language).problems;
  const inBraces = (keys: readonly string[]) => keys.map((key) => `{${key}}`).join(', ');
  switch (problem.code) {
    case 'too_long':
      return w.too_long(problem.limit, clip(problem.line, 60));
    case 'too_many':
      return w.too_many(problem.limit);
    case 'unequal_lines':
      return w.unequal_lines(problem.en, problem.fr);
    case 'bad_resource':
      return w.bad_resource(clip(problem.line, 60));
    case 'unpaired':
      return w.unpaired(inBraces(problem.en), inBraces(problem.fr));
    default:
      return w[problem.code];
  }
}
