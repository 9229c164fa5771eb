import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  note: { weight: 75 },
  correction: { weight: 75 },
  message_logged: { weight: 70 },
  message_deleted: { weight: 65 },
  message_edited: { weight: 0 },
  timeline_exported: { weight: 0 },
  words_erased: { weight: 0 },
  not_listening: { weight: 60 },
  read_later: { weight: 0 },
});
export type Kind = keyof typeof kinds;
