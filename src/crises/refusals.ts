import { bilingual, type Language } from '../core/locale.ts';
import { context, type Message, message, paragraphs, section } from '../slack/blocks.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import type { OwnerRefusal, Trouble } from './owner.ts';

/** Every "no" that more than one slice says; a slice's own refusals are in its `refusals.ts`. */
export type CommonRefusal =
  | { code: 'not_in_room' }
  | { code: 'closed' }
  | { code: 'no_crisis' }
  /** `rooms`: those of the crises it may be about, as mrkdwn. */
  | { code: 'several_crises'; rooms: string }
  | OwnerRefusal
  | { code: 'nothing_changed' };

export const noWords = bilingual(
  {
    notInRoom: 'I cannot do that here: type it in the war room of the crisis, or ask its lead to add you.',
    closed: 'This crisis is closed. Reopen it first with `/crisis reopen`.',
    noCrisis: 'You are in no open crisis. Type it in a war room.',
    severalCrises: (rooms: string) =>
      `You are in several open crises. Type it in the room of the one you mean: ${rooms}.`,
    cannotOwn: (name: string, why: Trouble): string =>
      ({
        unknown: `I do not know ${name} in this workspace. Check the name, or choose somebody else.`,
        deactivated: `${name}’s account is deactivated. Choose somebody else.`,
        guest: `${name} is a guest, who cannot act in a war room. Choose somebody of the company.`,
        external: `${name} belongs to another organisation, and cannot act in a war room. Choose somebody of the company.`,
        excluded: `${name} cannot take part in this crisis; its lead knows why. Choose somebody else.`,
        bot: `${name} is an app, not a person. Choose somebody.`,
      })[why],
    nothingChanged: 'Nothing has changed: there is nothing to save.',
    tooLong: (length: number, max: number) => `At most ${max} characters, this has ${length}. Keep the essential.`,
    stale: (what: string, by: string, at: string) =>
      `${by} changed ${what} before you did, ${at}. I did nothing: close this, look at it as it stands now, and do it again if you still want to.`,
    yourText: 'Nothing is lost, here is what you wrote:',
  },
  {
    notInRoom:
      'Je ne peux pas faire cela ici : tapez-le dans la cellule de crise concernée, ou demandez à son pilote de vous y ajouter.',
    closed: 'Cette crise est close. Rouvrez-la d’abord avec `/crise rouvrir`.',
    noCrisis: 'Vous ne participez à aucune crise ouverte. Tapez-le dans une cellule.',
    severalCrises: (rooms) =>
      `Vous participez à plusieurs crises ouvertes. Tapez-le dans la cellule de celle dont il s’agit : ${rooms}.`,
    cannotOwn: (name, why) =>
      ({
        unknown: `Je ne connais pas ${name} dans cet espace. Vérifiez le nom, ou choisissez quelqu’un d’autre.`,
        deactivated: `Le compte de ${name} est désactivé. Choisissez quelqu’un d’autre.`,
        guest: `${name} a un compte invité, qui ne peut pas agir dans une cellule de crise. Choisissez quelqu’un de l’entreprise.`,
        external: `${name} appartient à une autre organisation et ne peut pas agir dans une cellule de crise. Choisissez quelqu’un de l’entreprise.`,
        excluded: `${name} ne peut pas prendre part à cette crise ; son pilote en connaît le motif. Choisissez quelqu’un d’autre.`,
        bot: `${name} est une application, pas une personne. Choisissez quelqu’un.`,
      })[why],
    nothingChanged: 'Rien n’a changé : il n’y a rien à enregistrer.',
    tooLong: (length, max) => `${max} caractères au plus, ce texte en a ${length}. Gardez l’essentiel.`,
    stale: (what, by, at) =>
      `${by} a modifié ${what} avant vous, ${at}. Je n’ai rien fait : fermez, regardez où l’on en est, et recommencez si vous le souhaitez toujours.`,
    yourText: 'Rien n’est perdu, voici ce que vous aviez écrit :',
  },
);

/** Why not, and what to do next. `several_crises` names rooms as mrkdwn, everything else is plain text. */
export function sayCommonNo(refusal: CommonRefusal, language: Language): string {
  const w = noWords(language);
  switch (refusal.code) {
    case 'not_in_room':
      return w.notInRoom;
    case 'closed':
      return w.closed;
    case 'no_crisis':
      return w.noCrisis;
    case 'several_crises':
      return w.severalCrises(refusal.rooms);
    case 'cannot_own':
      return w.cannotOwn(refusal.name, refusal.why);
    case 'nothing_changed':
      return w.nothingChanged;
  }
}

/** A "no" with what was typed, so that nothing has to be typed again. */
export const refusedText = (no: string, typed: string, language: Language): Message =>
  message(no, [section(escapeMrkdwn(no)), context(noWords(language).yourText), ...paragraphs(typed)]);

/** What was typed, given back, when the field that it belongs into cannot hold it; null when it can. */
export const tooLongToType = (typed: string, max: number, language: Language): Message | null =>
  typed.length > max ? refusedText(noWords(language).tooLong(typed.length, max), typed, language) : null;
