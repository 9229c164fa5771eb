import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    fetch_message: 'adding a message to the timeline',
    tell_refused: 'saying that a reaction added nothing to the timeline',
    send_export: 'sending the timeline as files',
    read_room: 'reading what was missed in the room',
  },
  {
    fetch_message: 'ajouter un message à la main courante',
    tell_refused: 'dire qu’une réaction n’a rien ajouté à la main courante',
    send_export: 'envoyer la main courante en fichiers',
    read_room: 'relire ce qui a été manqué dans la cellule',
  },
);
