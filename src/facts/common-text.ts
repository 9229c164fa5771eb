import { bilingual } from '../core/locale.ts';
import type { Trouble } from '../crises/owner.ts';

/** Words that facts, decisions, causes, measures and the posture share. */
export const common = bilingual(
  {
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    crisis: 'Crisis',
    owner: 'Who answers for it?',
    ownerHint: 'You, if you leave it empty.',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    previous: 'Previous page',
    next: 'Next page',
    more: (count: number, command: string) => `_and ${count} more: \`${command}\`_`,
    notInRoom: 'I cannot do that here: type it in the war room of the crisis, or ask its lead to add you.',
    several: (rooms: string) => `You are in several open crises. Type it in the room of the one you mean: ${rooms}.`,
    saved: 'Saved',
    yourText: 'Nothing is lost, here is what you wrote:',
    closed: 'This crisis is closed. Reopen it first with `/crisis reopen`.',
    outsideCell: (name: string) =>
      `*${name}* is not in the war room and has not been told: call them with \`/crisis call\`, or tell them yourself.`,
    tooLong: (length: number, max: number) => `At most ${max} characters, this has ${length}. Keep the essential.`,
    nothingChanged: 'Nothing has changed: there is nothing to save.',
    cannotOwn: (name: string, why: Trouble): string =>
      ({
        unknown: `I do not know ${name} in this workspace. Check the name, or choose somebody else.`,
        deactivated: `${name}’s account is deactivated. Choose somebody else.`,
        guest: `${name} is a guest, who cannot act in a war room. Choose somebody of the company.`,
        external: `${name} belongs to another organisation, and cannot act in a war room. Choose somebody of the company.`,
        excluded: `${name} cannot take part in this crisis; its lead knows why. Choose somebody else.`,
        bot: `${name} is an app, not a person. Choose somebody.`,
      })[why],
    stale: (what: string, by: string, at: string) =>
      `${by} changed ${what} before you did, ${at}. I did nothing: close this, look at it as it stands now, and do it again if you still want to.`,
  },
  {
    cancel: 'Annuler',
    close: 'Fermer',
    save: 'Enregistrer',
    crisis: 'Crise',
    owner: 'Qui en répond ?',
    ownerHint: 'Vous, si vous laissez vide.',
    page: (page, pages) => `Page ${page} sur ${pages}`,
    previous: 'Page précédente',
    next: 'Page suivante',
    more: (count, command) => `_et ${count} de plus : \`${command}\`_`,
    notInRoom:
      'Je ne peux pas faire cela ici : tapez-le dans la cellule de crise concernée, ou demandez à son directeur de vous y ajouter.',
    several: (rooms) =>
      `Vous participez à plusieurs crises ouvertes. Tapez-le dans la cellule de celle dont il s’agit : ${rooms}.`,
    saved: 'Enregistré',
    yourText: 'Rien n’est perdu, voici ce que vous aviez écrit :',
    closed: 'Cette crise est close. Rouvrez-la d’abord avec `/crise rouvrir`.',
    outsideCell: (name) =>
      `*${name}* n’est pas dans la cellule et n’en sait rien : appelez cette personne avec \`/crise appeler\`, ou prévenez-la vous-même.`,
    tooLong: (length, max) => `${max} caractères au plus, ce texte en a ${length}. Gardez l’essentiel.`,
    nothingChanged: 'Rien n’a changé : il n’y a rien à enregistrer.',
    cannotOwn: (name, why) =>
      ({
        unknown: `Je ne connais pas ${name} dans cet espace. Vérifiez le nom, ou choisissez quelqu’un d’autre.`,
        deactivated: `Le compte de ${name} est désactivé. Choisissez quelqu’un d’autre.`,
        guest: `${name} a un compte invité, qui ne peut pas agir dans une cellule de crise. Choisissez quelqu’un de l’entreprise.`,
        external: `${name} appartient à une autre organisation et ne peut pas agir dans une cellule de crise. Choisissez quelqu’un de l’entreprise.`,
        excluded: `${name} ne peut pas prendre part à cette crise ; son directeur en connaît la raison. Choisissez quelqu’un d’autre.`,
        bot: `${name} est une application, pas une personne. Choisissez quelqu’un.`,
      })[why],
    stale: (what, by, at) =>
      `${by} a modifié ${what} avant vous, ${at}. Je n’ai rien fait : fermez, regardez où l’on en est, et recommencez si vous le souhaitez toujours.`,
  },
);
