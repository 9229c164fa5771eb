import { bilingual, plural } from '../../core/locale.ts';

/** In UTC: an entry is read in whatever zone its reader has. */
const utc = (at: Date) => at.toISOString().slice(0, 16).replace('T', ' ');

export const words = bilingual(
  {
    span: (from: Date, to: Date) => `Not listening from ${utc(from)} to ${utc(to)} UTC`,
    notListening: (span: string, kept: number) =>
      `${span}. ${
        kept === 0
          ? 'The room was read later: nothing was missing.'
          : `The room was read later: ${kept} ${kept === 1 ? 'message was' : 'messages were'} missing, and kept.`
      } What was edited or deleted in that time is not known.`,
    unread: (span: string, problem: string) =>
      `${span}. What was written in that time could not be read: Slack says ${problem}.`,
    readLater: (kept: number) =>
      `The room was read again: ${kept} ${kept === 1 ? 'message that had' : 'messages that had'} not been heard, and kept.`,
  },
  {
    span: (from, to) => `Pas à l’écoute du ${utc(from)} au ${utc(to)} UTC`,
    notListening: (span, kept) =>
      `${span}. ${
        kept === 0
          ? 'La cellule a été relue ensuite : rien ne manquait.'
          : `La cellule a été relue ensuite : ${kept} ${plural('fr', kept, 'message manquait et a été conservé', 'messages manquaient et ont été conservés')}.`
      } Ce qui a été modifié ou supprimé dans l’intervalle n’est pas connu.`,
    unread: (span, problem) =>
      `${span}. Ce qui a été écrit dans l’intervalle n’a pas pu être relu : Slack répond « ${problem} ».`,
    readLater: (kept) =>
      `La cellule a été relue : ${kept} ${plural('fr', kept, 'message n’avait pas été entendu et a été conservé', 'messages n’avaient pas été entendus et ont été conservés')}.`,
  },
);
