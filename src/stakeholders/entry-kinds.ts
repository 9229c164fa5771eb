import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  stakeholder_told: { weight: 58 },
  stakeholder_not_needed: { weight: 40 },
  stakeholder_waiting: { weight: 40 },
  stakeholder_added: { weight: 25 },
  stakeholders_listed: { weight: 15 },
  stakeholder_changed: { weight: 15 },
  stakeholder_moved: { weight: 5 },
});
export type Kind = keyof typeof kinds;
