import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    post_timeline: 'posting the timeline of the closing',
    post_files: 'posting the files of the closing',
    redraw: 'taking away the buttons of a closed crisis, or drawing them again',
    tell: 'telling somebody that the crisis is closed',
    check_room: 'finding or opening the room of the reopened crisis',
    announce_reopening: 'saying that the crisis is open again',
  },
  {
    post_timeline: 'publier la main courante de clôture',
    post_files: 'publier les fichiers de la clôture',
    redraw: 'retirer les boutons d’une crise close, ou les remettre',
    tell: 'prévenir quelqu’un que la crise est close',
    check_room: 'retrouver ou ouvrir la cellule de la crise rouverte',
    announce_reopening: 'annoncer que la crise est rouverte',
  },
);
