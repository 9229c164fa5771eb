import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  digest_posted: { weight: 0, inStory: false },
  digest_rhythm: { weight: 0 },
});
export type Kind = keyof typeof kinds;
