import { bilingual } from '../core/locale.ts';

/** Words that facts, decisions, causes, measures and the posture share. */
export const common = bilingual(
  {
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    owner: 'Who answers for it?',
    ownerHint: 'You, if you leave it empty.',
    more: (count: number, command: string) => `_and ${count} more: \`${command}\`_`,
    saved: 'Saved',
    outsideCell: (name: string) =>
      `*${name}* is not in the war room and has not been told: call them with \`/crisis call\`, or tell them yourself.`,
  },
  {
    cancel: 'Annuler',
    close: 'Fermer',
    save: 'Enregistrer',
    owner: 'Qui en répond ?',
    ownerHint: 'Vous, si vous laissez vide.',
    more: (count, command) => `_et ${count} de plus : \`${command}\`_`,
    saved: 'Enregistré',
    outsideCell: (name) =>
      `*${name}* n’est pas dans la cellule et n’en sait rien : appelez cette personne avec \`/crise appeler\`, ou prévenez-la vous-même.`,
  },
);
