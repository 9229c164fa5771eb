/** Tables to which rows are only ever added: triggers refuse anything else, and a role of its own may not even ask. */
export const evidenceTables = [
  'timeline_entries',
  'room_message_revisions',
  'statement_versions',
  'statement_verdicts',
  'settings_changes',
  'playbook_versions',
  'playbook_reviews',
  'template_clearances',
  'fact_revisions',
  'decisions',
  'assessments',
  'assessment_outcomes',
  'assessment_weights',
  'statement_answers',
] as const;
