import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  callout_escalated: { weight: 50 },
  department_called: { weight: 35 },
  callout_answered: { weight: 35 },
  responder_present: { weight: 35 },
});
export type Kind = keyof typeof kinds;
