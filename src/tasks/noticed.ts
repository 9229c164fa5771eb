import { accept, type Decision, refuse } from '../core/decision.ts';
import type { Crisis } from '../crises/rules.ts';
import { theProduct } from '../people/rules.ts';
import { coreKey } from '../playbooks/rules.ts';
import { dueLot } from './lots.ts';
import { entry, showLot, type Task, untouched } from './rules.ts';

/** What people do in the product that a task of the core playbook asks for. */
export type Act = 'level' | 'fact' | 'draft' | 'approval' | 'publication' | 'employees' | 'digest';

/**
 * An act that still stands. `number`: of the fact, statement or digest. `byId`: null where the product did it. `at`: when it
 * was written down, never a time that somebody typed.
 */
export type Evidence = { act: Act; number: number | null; byId: string | null; at: Date };

/** By id: a workspace that words a task of the core anew keeps what closes it. */
const askedBy: Readonly<Record<string, Act>> = {
  T1: 'level',
  T6: 'fact',
  T8: 'draft',
  T9: 'approval',
  T9b: 'approval',
  T10: 'publication',
  T12: 'employees',
  T14: 'digest',
};

/** The act that closes it, if there is one. */
export const actOf = ({ origin }: Pick<Task, 'origin'>): Act | null => {
  const [playbook, id = ''] = origin?.split('/') ?? [];
  return playbook === coreKey && Object.hasOwn(askedBy, id) ? (askedBy[id] as Act) : null;
};

const standingFor = (task: Task, evidence: readonly Evidence[]): Evidence[] => {
  const asked = actOf(task);
  return evidence.filter(({ act }) => act === asked);
};

/** What closes an open task: the first act that it asked for, since somebody reopened it by hand; undefined when there is none. */
export const closing = (task: Task, evidence: readonly Evidence[]): Evidence | undefined =>
  task.status === 'done'
    ? undefined
    : standingFor(task, evidence)
        .filter(({ at }) => !task.noticedAt || at > task.noticedAt)
        .toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];

/** An act closed it, and nothing of what was done stands any more. What a person closed stays closed. */
const isUndone = (task: Task, evidence: readonly Evidence[]): boolean =>
  task.status === 'done' && task.noticedAt !== null && standingFor(task, evidence).length === 0;

/**
 * Closes the tasks whose act has been done, reopens those whose act was undone, and shows the next lot once enough is done:
 * the tasks that changed.
 */
export function notice(
  tasks: readonly Task[],
  evidence: readonly Evidence[],
  crisis: Crisis,
  now: Date,
): Decision<Task[], { code: 'nothing_new' }> {
  if (crisis.status === 'closed') return refuse({ code: 'nothing_new' });
  const moves = tasks.flatMap((task) => {
    const act = closing(task, evidence);
    if (act) return [close(task, act, now)];
    return isUndone(task, evidence) ? [reopen(task, now)] : [];
  });
  const moved = new Map(moves.map(({ saved }) => [saved.id, saved]));
  const lot = dueLot(
    tasks.map((task) => moved.get(task.id) ?? task),
    now,
  );
  for (const task of lot) moved.set(task.id, task);
  if (moved.size === 0) return refuse({ code: 'nothing_new' });
  return accept([...moved.values()], { timeline: moves.map(({ told }) => told), jobs: showLot(crisis.id) });
}

function close(task: Task, { act, number, byId }: Evidence, now: Date) {
  const done = { status: 'done', doneBy: byId, doneAt: now, noticedAt: now, blockedReason: null } as const;
  return {
    saved: changed(task, done, byId, now),
    told: entry(
      task,
      'task_done_by_act',
      now,
      byId,
      (w) => w.doneByAct(task.number, task.title, w.act[act](number ?? 0)),
      {
        act,
        of: number,
      },
    ),
  };
}

const reopen = (task: Task, now: Date) => ({
  saved: changed(task, { ...untouched, noticedAt: null }, null, now),
  told: entry(task, 'task_undone', now, null, (w) => w.undone(task.number, task.title), {}),
});

const changed = (task: Task, to: Partial<Task>, byId: string | null, now: Date): Task => ({
  ...task,
  ...to,
  version: task.version + 1,
  changedBy: byId ?? theProduct,
  changedAt: now,
});
