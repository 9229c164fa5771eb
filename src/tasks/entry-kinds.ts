import { entryKinds } from '../core/entries.ts';

export const kinds = entryKinds({
  task_blocked: { weight: 62 },
  task_done: { weight: 55 },
  tasks_settled: { weight: 50 },
  task_reopened: { weight: 40 },
  task_undone: { weight: 30 },
  task_created: { weight: 25 },
  task_started: { weight: 25 },
  task_reassigned: { weight: 25 },
  task_due_changed: { weight: 25 },
  task_done_by_act: { weight: 15 },
  tasks_shown: { weight: 10 },
});
export type Kind = keyof typeof kinds;
