import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  crisis_declared: { weight: 0 },
  room_opened: { weight: 0 },
  level_changed: { weight: 100 },
  lead_changed: { weight: 80 },
  lead_unavailable: { weight: 90 },
  lead_back: { weight: 40 },
  team_changed: { weight: 30 },
  people_called: { weight: 35 },
});
export type Kind = keyof typeof kinds;
