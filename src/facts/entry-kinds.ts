import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  decision_made: { weight: 85 },
  decision_replaced: { weight: 85 },
  fact_confirmed: { weight: 85 },
  fact_corrected: { weight: 85 },
  fact_doubted: { weight: 85 },
  fact_said_false: { weight: 85 },
  fact_false: { weight: 85 },
  fact_changed: { weight: 50 },
  fact_recorded: { weight: 45 },
  cause_confirmed: { weight: 72 },
  cause_ruled_out: { weight: 72 },
  cause_hypothesis: { weight: 35 },
  cause_changed: { weight: 30 },
  measure_done: { weight: 58 },
  measure_reopened: { weight: 45 },
  measure_added: { weight: 35 },
  measure_changed: { weight: 30 },
  posture_set: { weight: 40 },
});
export type Kind = keyof typeof kinds;
