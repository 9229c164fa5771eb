import { bilingual } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { sayCommonNo } from '../crises/refusals.ts';
import type { LogRefusal } from './rules.ts';

const words = bilingual(
  {
    text_missing: 'Write what happened: an entry cannot be empty.',
    future: 'That moment has not come yet. Give the time at which it happened.',
    already_logged: (seq: string, by: string) => `This message is in the timeline already: entry ${seq}, by ${by}.`,
    unknown_entry: 'I cannot find that entry. Open the timeline again with `/crisis timeline`.',
    message_gone: 'Slack no longer has this message, so there is nothing to add. Write what it said: `/crisis log …`',
    product: 'the war room',
  },
  {
    text_missing: 'Écrivez ce qui s’est passé : une entrée ne peut pas être vide.',
    future: 'Ce moment n’est pas encore arrivé. Indiquez l’heure à laquelle cela s’est produit.',
    already_logged: (seq, by) => `Ce message figure déjà dans la main courante : entrée ${seq}, ajoutée par ${by}.`,
    unknown_entry: 'Je ne trouve pas cette entrée. Rouvrez la main courante avec `/crise chronologie`.',
    message_gone: 'Slack n’a plus ce message : il n’y a rien à ajouter. Écrivez ce qu’il disait : `/crise noter …`',
    product: 'la cellule de crise',
  },
);

/** Why not, and what to do next, as plain text but for the number of an entry in bold. */
export function sayNo(refusal: LogRefusal, { language, named }: Reader): string {
  const w = words(language);
  switch (refusal.code) {
    case 'already_logged':
      return w.already_logged(`*${refusal.seq}*`, refusal.by === null ? w.product : named(refusal.by));
    case 'not_in_room':
    case 'closed':
      return sayCommonNo(refusal, language);
    case 'text_missing':
    case 'future':
    case 'unknown_entry':
    case 'message_gone':
      return w[refusal.code];
  }
}
