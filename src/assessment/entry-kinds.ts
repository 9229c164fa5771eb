import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  crisis_assessed: { weight: 50 },
  assessed_before: { weight: 45 },
  level_kept: { weight: 55 },
});
export type Kind = keyof typeof kinds;
