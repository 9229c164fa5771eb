import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  statement_published: { weight: 95 },
  statement_withdrawn: { weight: 95 },
  statement_approved: { weight: 68 },
  statement_rejected: { weight: 68 },
  statement_changes_requested: { weight: 68 },
  statement_overdue: { weight: 66 },
  statement_submitted: { weight: 60 },
  statement_approval: { weight: 50 },
  statement_roster: { weight: 66 },
  statement_waived: { weight: 66 },
  statement_relayed: { weight: 50 },
  statement_drafted: { weight: 40 },
  statement_edited: { weight: 40 },
  statement_required: { weight: 40 },
  statement_checked: { weight: 40 },
  statement_legal_asked: { weight: 40 },
  statement_legal_ok: { weight: 40 },
  update_promised: { weight: 45 },
  statement_paired: { weight: 25 },
  message_map_saved: { weight: 30 },
});
export type Kind = keyof typeof kinds;
