import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  person_joined: { weight: 0, inStory: false },
  person_left: { weight: 0 },
  person_added: { weight: 0 },
  channel_archived: { weight: 0 },
  channel_unarchived: { weight: 0 },
  channel_deleted: { weight: 0 },
  channel_removed: { weight: 0 },
  channel_renamed: { weight: 0 },
  concerned_joined: { weight: 0 },
  bot_absent: { weight: 70 },
});
export type Kind = keyof typeof kinds;
