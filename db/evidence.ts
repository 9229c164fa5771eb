/** Tables to which rows are only ever added: triggers refuse anything else, and a role of its own may not even ask. */
export const evidenceTables = [
  'timeline_entries',
  'room_message_revisions',
  'statement_versions',
  'settings_changes',
] as const;
