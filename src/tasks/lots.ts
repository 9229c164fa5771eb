import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { inBoth } from '../core/locale.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import type { Kind } from './entry-kinds.ts';
import { isShown, showLot, type Task, type TaskRefusal } from './rules.ts';
import { words } from './text.ts';

/** So many of a lot are done: the next one appears before its time. */
const enough = 5;

export const hiddenTasks = (tasks: readonly Task[], now: Date): Task[] => tasks.filter((task) => !isShown(task, now));

/** When the next lot appears by itself; null when everything is shown. */
export const nextLotAt = (tasks: readonly Task[], now: Date): Date | null =>
  hiddenTasks(tasks, now)
    .flatMap(({ fromAt }) => (fromAt ? [fromAt] : []))
    .toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;

/** The next lot, once five of the one before it, or all, are done: those that appear now. */
export function dueLot(tasks: readonly Task[], now: Date): Task[] {
  const hidden = hiddenTasks(tasks, now);
  const next = Math.min(...hidden.map(({ lot }) => lot ?? 1));
  const last = Math.max(0, ...tasks.flatMap(({ lot }) => (lot !== null && lot < next ? [lot] : [])));
  const before = tasks.filter(({ lot }) => lot === last);
  const done = before.filter(({ status }) => status === 'done').length;
  if (hidden.length === 0 || done < Math.min(enough, before.length)) return [];
  return hidden.filter(({ lot }) => (lot ?? 1) === next).map((task) => ({ ...task, fromAt: now }));
}

/** The lead wants to see everything now. */
export function showAll(tasks: readonly Task[], crisis: Crisis, by: Member, now: Date): Decision<Task[], TaskRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (!by.isLead) return refuse({ code: 'not_lead' });
  const shown = hiddenTasks(tasks, now).map((task) => ({ ...task, fromAt: now }));
  if (shown.length === 0) return refuse({ code: 'nothing_hidden' });
  const told: NewEntry<Kind> = {
    kind: 'tasks_shown',
    occurredAt: now,
    actorId: by.userId,
    text: inBoth((l) => words(l).entry.shown(shown.length)),
    data: { numbers: shown.map(({ number }) => number) },
  };
  return accept(shown, { timeline: [told], jobs: showLot(crisis.id) });
}
