import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    post_timeline: 'posting the timeline of the closing',
    post_files: 'posting the files of the closing',
    redraw: 'taking away the buttons of a closed crisis, or drawing them again',
    tell: 'telling somebody that the crisis is closed',
    check_room: 'looking for the room of a crisis, or opening a new one',
    announce_reopening: 'saying that the crisis is open again',
    announce_move: 'saying that the crisis goes on in a new room',
  },
  {
    post_timeline: 'publier la main courante de clôture',
    post_files: 'publier les fichiers de la clôture',
    redraw: 'retirer les boutons d’une crise close, ou les remettre',
    tell: 'prévenir quelqu’un que la crise est close',
    check_room: 'retrouver la cellule d’une crise, ou en ouvrir une nouvelle',
    announce_reopening: 'annoncer que la crise est rouverte',
    announce_move: 'annoncer que la crise continue dans une nouvelle cellule',
  },
);
