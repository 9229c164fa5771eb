import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    show_card: 'showing a statement',
    told_before: 'updating what somebody was told of a statement',
    relay: 'asking the deputies to approve a statement',
    overdue: 'saying that an approval is overdue',
    crisis_changed: 'checking who must approve the statements',
    rearm: 'setting the deadlines of approvals again',
    recheck: 'checking statements against the facts again',
    refresh: 'updating a statement',
  },
  {
    show_card: 'afficher un communiqué',
    told_before: 'mettre à jour ce qui a été dit à quelqu’un d’un communiqué',
    relay: 'demander la validation aux suppléants',
    overdue: 'signaler qu’une validation est en retard',
    crisis_changed: 'vérifier qui doit valider les communiqués',
    rearm: 'reprogrammer les échéances de validation',
    recheck: 'vérifier de nouveau les communiqués au regard des faits',
    refresh: 'mettre à jour un communiqué',
  },
);
