import { startOfHour } from 'date-fns';
import type { NewEntry } from '../../core/decision.ts';
import type { Job } from '../../core/jobs.ts';
import { inBoth } from '../../core/locale.ts';
import { MINUTE } from '../../core/time.ts';
import type { Crisis } from '../../crises/rules.ts';
import type { Kind } from '../entry-kinds.ts';
import { words } from './text.ts';

/** How often the product says that it listens. */
export const beat = MINUTE;
/** Slack repeats an event three times, the last after 5 minutes (slack.md §6): what was missed for longer does not come. */
const longestSilence = 5 * MINUTE;

/** Where the first silence that is too long begins, among moments in order; null when there is none. */
export const silentSince = (moments: readonly Date[]): Date | null =>
  moments.find((at, i) => (moments[i + 1] ?? at).getTime() - at.getTime() > longestSilence) ?? null;

/**
 * A room that is read, a page with each job. `from`, `to`: when nobody listened; `from` null: it is not known that anything
 * was missed. `threads`: roots whose replies are still to be read, the first one from `cursor` on; the room's own messages
 * come before, while `isRoom`. `kept`: messages that were found so far.
 */
export type Reading = {
  crisisId: string;
  channelId: string;
  from: string | null;
  to: string;
  isRoom: boolean;
  cursor: string;
  threads: string[];
  kept: number;
};

export const readRoom = (room: { crisisId: string; channelId: string }, from: Date | null, to: Date): Job =>
  nextPage({
    crisisId: room.crisisId,
    channelId: room.channelId,
    from: from?.toISOString() ?? null,
    to: to.toISOString(),
    isRoom: true,
    cursor: '',
    threads: [],
    kept: 0,
  });

/** Slack is behind with its events: others may never come, so the room is read, once an hour at most. */
export const readAfterLate = (
  crisis: Pick<Crisis, 'id' | 'status'>,
  channelId: string,
  at: Date,
  now: Date,
): Job | null =>
  crisis.status === 'open' && now.getTime() - at.getTime() > longestSilence
    ? readRoom({ crisisId: crisis.id, channelId }, null, startOfHour(now))
    : null;

/** One job for each page: what reads ten thousand messages goes on where it stopped, and others get their turn. */
export const nextPage = (reading: Reading): Job<'log.read_room', Reading> => ({
  kind: 'log.read_room',
  queue: 'alarms',
  data: reading,
  key: pageKey(reading),
});

export const pageKey = ({ channelId, to, isRoom, cursor, threads }: Reading): string =>
  `read:${channelId}:${to}:${isRoom ? 'room' : (threads[0] ?? 'end')}:${cursor}`;

/** What is to be read after a page; null at the end. `roots`: threads that the page shows. */
export function after(reading: Reading, page: { cursor: string; roots: string[]; kept: number }): Reading {
  const kept = reading.kept + page.kept;
  const threads = reading.isRoom ? [...new Set([...reading.threads, ...page.roots])] : reading.threads;
  if (page.cursor) return { ...reading, threads, kept, cursor: page.cursor };
  return { ...reading, isRoom: false, cursor: '', kept, threads: reading.isRoom ? threads : threads.slice(1) };
}

export const isRead = ({ isRoom, threads }: Reading): boolean => !isRoom && threads.length === 0;

/** Nothing where nothing was missed, as far as is known. `problem`: why the room could not be read. */
export function notListening({ from, to, kept }: Reading, problem: string | null): NewEntry<Kind>[] {
  if (from === null && kept === 0) return [];
  return [
    {
      kind: from === null ? 'read_later' : 'not_listening',
      occurredAt: new Date(from ?? to),
      actorId: null,
      text: inBoth((l) => {
        const w = words(l);
        if (from === null) return w.readLater(kept);
        const span = w.span(new Date(from), new Date(to));
        return problem === null ? w.notListening(span, kept) : w.unread(span, problem);
      }),
      data: { from, to, kept, ...(problem === null ? {} : { problem }) },
    },
  ];
}
