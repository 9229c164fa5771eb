import { alarm, type Job, toPerson } from '../core/jobs.ts';
import type { Matter } from './records.ts';

type Moved = { matter: Matter; jobs: Job[]; cancel: string[] };

/** Keeps it as a watch: the person who assessed it last is reminded once, at `until`. What was set before is taken back. */
export function watched(matter: Matter, until: Date, before: Matter | null): Moved {
  const alarmKey = `watch:${matter.id}:${matter.version}`;
  const data = { workspaceId: matter.workspaceId, matterId: matter.id, key: alarmKey };
  return {
    matter: { ...matter, status: 'watch', reassessAt: until, alarmKey, remindedId: null },
    jobs: [alarm('assessment.watch_due', data, until, alarmKey), ...redrawn(before)],
    cancel: before?.alarmKey ? [before.alarmKey] : [],
  };
}

/** No watch (any more): nothing rings, and a reminder that was sent loses its buttons. */
export const released = (matter: Matter, before: Matter | null): Moved => ({
  matter: { ...matter, reassessAt: null, alarmKey: null, remindedId: null },
  jobs: redrawn(before),
  cancel: before?.alarmKey ? [before.alarmKey] : [],
});

const redrawn = (before: Matter | null): Job[] =>
  before?.remindedId ? [showWatch(before, before.remindedId, before.reminder)] : [];

const showWatch = ({ workspaceId, id }: Matter, userId: string, reminder: number): Job =>
  toPerson('assessment.show_watch', { workspaceId, userId, matterId: id, reminder });

/** The alarm rang. Null when what it was set for has changed since. */
export function watchRang(matter: Matter, key: string, recipientId: string): { matter: Matter; jobs: Job[] } | null {
  if (matter.status !== 'watch' || matter.alarmKey !== key) return null;
  const reminder = matter.reminder + 1;
  return {
    matter: { ...matter, alarmKey: null, reminder, remindedId: recipientId },
    jobs: [showWatch(matter, recipientId, reminder)],
  };
}

/** Whether a reminder that was sent still asks for something. */
export const isOutstanding = (matter: Matter, reminder: number): boolean =>
  matter.status === 'watch' && matter.remindedId !== null && matter.reminder === reminder;
