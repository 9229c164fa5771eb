import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  crisis_closed: { weight: 100 },
  crisis_reopened: { weight: 100 },
  room_lost: { weight: 0 },
});
export type Kind = keyof typeof kinds;
