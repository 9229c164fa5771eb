import { bilingual, type Language } from '../core/locale.ts';
import { sayCommonNo } from '../crises/refusals.ts';
import type { HourRefusal } from './rules.ts';

const words = bilingual(
  {
    room_is_open:
      'This playbook is for a closed team, and everybody in the workspace can find this room. Declare a closed team with it instead.',
    too_low: 'At the level “routine” nothing is started. Raise the level first: `/crisis level incident [reason]`.',
    unknown_playbook: 'I do not know that playbook. Type `/crisis start` alone to choose one.',
    nothing_missing: 'Everything this playbook asks for at this level is there already.',
  },
  {
    room_is_open:
      'Cette fiche est pour une équipe fermée, et chacun dans l’espace peut trouver cette cellule. Déclenchez plutôt une équipe fermée avec elle.',
    too_low: 'Au niveau « routine », rien n’est lancé. Relevez d’abord le niveau : `/crise niveau incident [motif]`.',
    unknown_playbook: 'Je ne connais pas cette fiche réflexe. Tapez `/crise lancer` seul pour en choisir une.',
    nothing_missing: 'Tout ce que cette fiche demande à ce niveau existe déjà.',
  },
);

/** Why not, and what to do next, as mrkdwn. */
export const sayNo = (refusal: HourRefusal, language: Language): string =>
  refusal.code === 'not_in_room' || refusal.code === 'closed'
    ? sayCommonNo(refusal, language)
    : words(language)[refusal.code];
