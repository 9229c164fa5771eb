import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  first_words_late: { weight: 82 },
  playbook_started: { weight: 30 },
});
export type Kind = keyof typeof kinds;
