import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    show_card: 'showing a statement',
    ask: 'asking somebody to approve a statement',
    tell: 'telling somebody what became of a statement',
    tell_roster: 'telling somebody of a change of the settings during a review',
    relay: 'asking the deputies to approve a statement',
    overdue: 'saying that an approval is overdue',
    crisis_changed: 'checking who must approve the statements',
    rearm: 'setting the deadlines of approvals again',
    ask_legal: 'asking legal about a statement',
    recheck: 'checking statements against the facts again',
    refresh: 'updating a statement',
  },
  {
    show_card: 'afficher un communiqué',
    ask: 'demander à quelqu’un de valider un communiqué',
    tell: 'dire à quelqu’un ce que devient un communiqué',
    tell_roster: 'prévenir d’un changement des réglages en cours de validation',
    relay: 'demander la validation aux suppléants',
    overdue: 'signaler qu’une validation est en retard',
    crisis_changed: 'vérifier qui doit valider les communiqués',
    rearm: 'reprogrammer les échéances de validation',
    ask_legal: 'demander l’avis du juridique sur un communiqué',
    recheck: 'vérifier de nouveau les communiqués au regard des faits',
    refresh: 'mettre à jour un communiqué',
  },
);
