import { checkRoom } from '../closing/rules.ts';
import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { type Job, toPerson } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { type Crisis, type CrisisRefusal, isExcluded, type Member, mayAct, openRoom } from '../crises/rules.ts';
import { readRoom } from '../log/missed/rules.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

export type RoomRefusal = CrisisRefusal;

const addToRoom = (crisisId: string, userId: string): Job => ({
  kind: 'war_room.add',
  queue: 'outbox',
  order: `room:${crisisId}`,
  data: { crisisId, userId },
});

/** Somebody who asks to be let in, or is; `leftAt` (ms) when they have been there before: each coming is told once. */
export type Newcomer = { userId: string; leftAt: number | null };

/** `join:…`, `added:…`: names what is said of one coming, so that the next one is said again. */
export const presenceKey = (what: 'join' | 'added', crisisId: string, userId: string, leftAt: number | null): string =>
  `${what}:${crisisId}:${userId}${leftAt === null ? '' : `:${leftAt}`}`;

/** Shows in the room that somebody wants to be added to it. */
export const joinRequest = (crisisId: string, { userId, leftAt }: Newcomer): Job => ({
  kind: 'war_room.join_request',
  queue: 'outbox',
  order: `room:${crisisId}`,
  key: presenceKey('join', crisisId, userId, leftAt),
  data: { crisisId, userId, leftAt },
});

/** Somebody of the cell lets a person in who asked for it. */
export function letIn(
  crisis: Crisis,
  { userId, leftAt }: Newcomer,
  by: Member,
  now: Date,
): Decision<string, RoomRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (isExcluded(crisis, userId)) return refuse({ code: 'excluded' });
  return accept(userId, {
    timeline: [entry('person_added', now, by.userId, (w) => w.seen.invited(userId), { userId })],
    jobs: [
      addToRoom(crisis.id, userId),
      toPerson(
        'war_room.tell_added',
        { crisisId: crisis.id, userId, leftAt },
        presenceKey('added', crisis.id, userId, leftAt),
      ),
    ],
  });
}

/** Asks again for everything that Slack refused or that was never recorded as done. */
export function repair(crisis: Crisis, refused: readonly Job[], by: Member, now: Date): Decision<Crisis, RoomRefusal> {
  if (!by.inCell) return refuse({ code: 'not_in_room' });
  const open = openRoom(crisis, null);
  const again: Job = {
    ...open,
    key: `${open.key}:repair:${now.getTime()}`,
    data: { ...open.data, repair: now.getTime() },
  };
  const read = crisis.channelId ? [readRoom({ crisisId: crisis.id, channelId: crisis.channelId }, null, now)] : [];
  // Before all else: what is missing of a lost room is not completed there.
  const look = crisis.channelId && crisis.status === 'open' ? [checkRoom(crisis.id, now)] : [];
  return accept(crisis, { jobs: [...look, again, ...refused, ...read] });
}

/** What Slack says of who came and went, and of the channel itself: evidence of who could read what, and when. */
export function seen(kind: 'joined' | 'left', userId: string, at: Date): NewEntry {
  return entry(kind === 'joined' ? 'person_joined' : 'person_left', at, userId, (w) => w.seen[kind](userId), {
    userId,
  });
}

/**
 * Somebody let the person concerned into the room by hand, which no bot can prevent: the lead is told at once what to
 * do, and the timeline says since when they could read. `otherId`: a job that names them as its person is never done.
 */
export function concernedIn(crisis: Crisis, userId: string, at: Date): { entry: NewEntry; jobs: Job[] } {
  const key = `concerned-in:${crisis.id}:${userId}:${at.getTime()}`;
  return {
    entry: entry('concerned_joined', at, userId, (w) => w.seen.concerned(userId), { userId }),
    jobs: [
      toPerson(
        'war_room.tell_concerned',
        { crisisId: crisis.id, userId: crisis.leadId, otherId: userId, at: at.getTime() },
        key,
      ),
    ],
  };
}

/** `removed`: somebody took the product out of it. */
export type ChannelChange = 'archived' | 'unarchived' | 'deleted' | 'removed';

export function channelChanged(kind: ChannelChange, at: Date, actorId: string | null): NewEntry {
  return entry(`channel_${kind}`, at, actorId, (w) => w.seen[kind], {});
}

export function channelRenamed(name: string, at: Date): NewEntry {
  return entry('channel_renamed', at, null, (w) => w.seen.renamed(name), { name });
}

/** While the product was not installed nobody recorded anything: the timeline itself says where it has a hole. */
export function absent(crisis: Crisis, removedAt: Date, now: Date): { timeline: NewEntry[]; jobs: Job[] } {
  const data = { until: now.toISOString() };
  return {
    timeline: [entry('bot_absent', removedAt, null, (w) => w.seen.absent, data)],
    jobs: [
      toPerson('war_room.tell_back', {
        crisisId: crisis.id,
        userId: crisis.leadId,
        removedAt: removedAt.toISOString(),
      }),
    ],
  };
}

type Say = (w: ReturnType<typeof words>) => string;

const entry = (
  kind: Kind,
  occurredAt: Date,
  actorId: string | null,
  say: Say,
  data: Record<string, unknown>,
): NewEntry => ({
  kind,
  occurredAt,
  actorId,
  text: inBoth((l) => say(words(l))),
  data,
});
