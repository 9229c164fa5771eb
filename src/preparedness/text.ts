import { bilingual } from '../core/locale.ts';
import type { Area, PlanRefusal } from './rules.ts';

export const words = bilingual(
  {
    feature: 'Preparedness',
    title: (score: number) => `Preparedness: ${score} of 100`,
    judgement:
      'A count of what is in place, weighted by our judgement (people 55, cleared words 20, playbooks 10, exercise 15): a reminder of what is missing, no promise that it will go well.',
    complete: 'Nothing is missing.',
    mark: (name: string, have: number, all: number) => `*${name}*: ${have} of ${all}`,
    exercise: (when: string) => `*Last exercise*: ${when}`,
    never: 'never, as far as anybody said',
    whatToDo:
      'An exercise of one hour finds more gaps than this list. Run one with the crisis cell, then write its day here.',
    area: {
      roster: 'Core departments with somebody to call',
      deputies: 'Core departments with a second person or a deputy',
      available: 'People of the roster who can be called',
      templates: 'Texts that legal has cleared and that are valid',
      playbooks: 'Playbooks reviewed in the last 90 days',
      exercise: 'Last exercise',
    } satisfies Record<Area, string>,
    fix: {
      roster: 'Name people',
      deputies: 'Name deputies',
      available: 'Replace people',
      templates: 'Clear texts',
      playbooks: 'Review playbooks',
      exercise: 'Write the day…',
    } satisfies Record<Area, string>,
    reminder: (name: string) => `Reminded once a month, while something is missing: ${name}.`,
    nobody: 'Nobody is reminded: name an owner.',
    off: 'Reminders are switched off.',
    change: 'Owner and reminders…',
    dm: {
      text: (score: number) => `Preparedness: ${score} of 100`,
      intro: 'If a crisis broke now, this would be missing (sent once a month, until nothing is):',
      how: '`/crisis plan` shows it whole. You get this as the owner of the preparation; it can be given to somebody else or switched off there.',
    },
    form: {
      title: 'Preparedness',
      submit: 'Save',
      cancel: 'Cancel',
      exercise: 'Last exercise held on',
      owner: 'Owner of the preparation',
      ownerHint: 'Reminded once a month while something is missing. Empty: whoever saved the settings last.',
      reminders: 'Monthly reminder',
      on: 'Sent while something is missing',
      off: 'Switched off',
    },
    help: 'how prepared you are, and what is missing',
    open: 'Preparedness',
    refused: {
      not_allowed: 'Only those in charge of the crisis cell and the workspace’s administrators may change this.',
      in_future: 'That day is still to come: write the day of an exercise that was held.',
      cannot_own: 'Guests, bots and deactivated accounts cannot be reminded. Choose somebody else.',
    } satisfies Record<PlanRefusal['code'], string>,
  },
  {
    feature: 'La préparation',
    title: (score) => `Préparation : ${score} sur 100`,
    judgement:
      'Un décompte de ce qui est en place, pondéré selon notre appréciation (personnes 55, textes prévalidés 20, fiches réflexes 10, exercice 15) : un rappel de ce qui manque, pas l’assurance que tout ira bien.',
    complete: 'Il ne manque rien.',
    mark: (name, have, all) => `*${name}* : ${have} sur ${all}`,
    exercise: (when) => `*Dernier exercice* : ${when}`,
    never: 'aucun n’a été indiqué',
    whatToDo:
      'Un exercice d’une heure révèle plus de manques que cette liste. Organisez-en un avec la cellule, puis inscrivez son jour ici.',
    area: {
      roster: 'Services essentiels où quelqu’un peut être appelé',
      deputies: 'Services essentiels dotés d’une seconde personne ou d’un suppléant',
      available: 'Personnes désignées qui peuvent être appelées',
      templates: 'Textes prévalidés par le juridique et en cours de validité',
      playbooks: 'Fiches réflexes relues ces 90 derniers jours',
      exercise: 'Dernier exercice',
    },
    fix: {
      roster: 'Désigner des personnes',
      deputies: 'Désigner des suppléants',
      available: 'Remplacer ces personnes',
      templates: 'Faire prévalider les textes',
      playbooks: 'Relire les fiches',
      exercise: 'Inscrire le jour…',
    },
    reminder: (name) => `Relance une fois par mois, tant qu’il manque quelque chose : ${name}.`,
    nobody: 'Personne n’est relancé : désignez un responsable.',
    off: 'Les relances sont désactivées.',
    change: 'Responsable et relances…',
    dm: {
      text: (score) => `Préparation : ${score} sur 100`,
      intro:
        'Si une crise éclatait maintenant, il manquerait ceci (rappel mensuel, tant que tout n’est pas en place) :',
      how: '`/crise préparation` montre tout. Vous recevez ce message comme responsable de la préparation ; il peut y être confié à quelqu’un d’autre, ou désactivé.',
    },
    form: {
      title: 'Préparation',
      submit: 'Enregistrer',
      cancel: 'Annuler',
      exercise: 'Dernier exercice tenu le',
      owner: 'Responsable de la préparation',
      ownerHint:
        'Relancé une fois par mois tant qu’il manque quelque chose. Vide : qui a enregistré les réglages en dernier.',
      reminders: 'Relance mensuelle',
      on: 'Envoyée tant qu’il manque quelque chose',
      off: 'Désactivée',
    },
    help: 'où en est votre préparation, et ce qui manque',
    open: 'Préparation',
    refused: {
      not_allowed:
        'Seuls les responsables de la cellule de crise et les administrateurs de l’espace peuvent modifier ceci.',
      in_future: 'Ce jour est encore à venir : inscrivez le jour d’un exercice qui a eu lieu.',
      cannot_own: 'Un invité, un bot ou un compte désactivé ne peut pas être relancé. Choisissez quelqu’un d’autre.',
    },
  },
);
