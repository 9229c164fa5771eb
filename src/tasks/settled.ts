import { type Accepted, accept } from '../core/decision.ts';
import { bilingual, inBoth, type Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Kind } from './entry-kinds.ts';
import { showList, type Task } from './rules.ts';

/** What somebody says at the closing of tasks that nobody marked. */
export const settlements = ['done', 'with_department', 'dropped'] as const;
export type Settlement = (typeof settlements)[number];

const words = bilingual(
  {
    entry: {
      done: 'Done without being marked, as said at the closing:',
      with_department: 'Continue in their department after the crisis:',
      dropped: 'Dropped at the closing:',
    },
    task: (number: number, title: string, whose: string | null) =>
      `#${number} ${title}${whose === null ? '' : ` (${whose})`}`,
    line: {
      done: (who: string, at: string) => `Done, said ${who} at the closing, ${at}`,
      with_department: (_who: string, at: string) => `Goes on with its department since ${at}`,
      dropped: (who: string, at: string) => `Dropped by ${who}, ${at}`,
    },
  },
  {
    entry: {
      done: 'Dites faites à la clôture, sans avoir été marquées :',
      with_department: 'Se poursuivent hors de la crise, dans leur service :',
      dropped: 'Abandonnées à la clôture :',
    },
    task: (number, title, whose) => `n° ${number} ${title}${whose === null ? '' : ` (${whose})`}`,
    line: {
      done: (who, at) => `Faite, selon ${who} à la clôture, ${at}`,
      with_department: (_who, at) => `Se poursuit dans son service depuis ${at}`,
      dropped: (who, at) => `Abandonnée par ${who}, ${at}`,
    },
  },
);

/** Instead of who did it, for a task that was settled at the closing. */
export const settledLine = (how: Settlement, who: string, at: string, language: Language): string =>
  words(language).line[how](who, at);

/** Done, as far as anybody has said; what goes on elsewhere or was dropped is open no more, and not done either. */
export const isDone = ({ status, settledAs }: Pick<Task, 'status' | 'settledAs'>): boolean =>
  status === 'done' && (settledAs === null || settledAs === 'done');

/** Settles all of these open tasks at once. `department`: its name as it is written down. */
export function settleAll(
  tasks: readonly Task[],
  how: Settlement,
  { crisis, byId, now }: { crisis: Crisis; byId: string; now: Date },
  department: (key: string, language: Language) => string,
): Accepted<Task[]> {
  if (tasks.length === 0) return accept([]);
  const settled = tasks.map((task) => ({
    ...task,
    status: 'done' as const,
    settledAs: how,
    doneBy: byId,
    doneAt: now,
    noticedAt: null,
    blockedReason: null,
    version: task.version + 1,
    changedBy: byId,
    changedAt: now,
  }));
  const whose = ({ assigneeId, department: key }: Task, l: Language) =>
    key ? department(key, l) : assigneeId && `<@${assigneeId}>`;
  return accept(settled, {
    timeline: [
      {
        kind: 'tasks_settled' satisfies Kind,
        occurredAt: now,
        actorId: byId,
        text: inBoth((l) => {
          const w = words(l);
          return [w.entry[how], ...tasks.map((task) => w.task(task.number, task.title, whose(task, l)))].join('\n');
        }),
        data: { how, crisisId: crisis.id, tasks: tasks.map(({ number }) => number) },
      },
    ],
    jobs: [showList(crisis.id)],
  });
}
