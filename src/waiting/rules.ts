import type { Level } from '../core/levels.ts';
import { after, HOUR, hourIn, MINUTE } from '../core/time.ts';
import type { Wait } from '../slack/waits.ts';

export type Told = { userId: string; generation: number; postedAt: Date; told: string[]; contentHash: string };

/** At most one new message in so many minutes: nobody who is called every four minutes reads the fifth (calm §3). */
const minutesBetween: Record<Level, number> = { routine: 30, watch: 30, incident: 30, crisis: 15, major: 10 };
/** What is urgent is told at once; what comes within so long after it joins it. */
const urgentTogether = 2 * MINUTE;
/** Of the person: nothing new but what is urgent, below a crisis. */
const quiet = { from: 22, until: 7 };

type Around = { level: Level; now: Date; timeZone: string; contentHash: string };

/**
 * What one person is told: `next` is what their row becomes, null where they were never told anything and nothing waits.
 * `lookAgainAt`: when something that is put off now may be told, or changes by itself.
 */
export function plan(
  userId: string,
  waits: readonly Wait[],
  before: Told | null,
  around: Around,
): { next: Told | null; lookAgainAt: Date | null } {
  const { now, contentHash } = around;
  const marks = waits.map(markOf);
  const isAllKnown = before?.told.includes(toldByEarlierVersion) ?? false;
  const news = isAllKnown ? [] : waits.filter((wait) => !before?.told.includes(markOf(wait)) && !isKnown(wait, before));
  const changes = waits.flatMap(({ changesAt }) => (changesAt && changesAt > now ? [changesAt] : []));
  if (news.length === 0) {
    const next = before && { ...before, told: marks, contentHash };
    return { next, lookAgainAt: earliest(changes) };
  }
  const tellAt = earliest(news.map((wait) => mayBeToldAt(wait, before, around))) as Date;
  if (tellAt > now) {
    const told = marks.filter((mark) => before?.told.includes(mark));
    return { next: before && { ...before, told, contentHash }, lookAgainAt: earliest([...changes, tellAt]) };
  }
  const generation = (before?.generation ?? 0) + 1;
  return { next: { userId, generation, postedAt: now, told: marks, contentHash }, lookAgainAt: earliest(changes) };
}

/** In a row that the upgrade made: an earlier version told them of everything that waited then, in other messages. */
const toldByEarlierVersion = '*';

const isKnown = ({ knownSince }: Wait, before: Told | null): boolean =>
  before !== null && knownSince != null && knownSince <= before.postedAt;

const markOf = ({ key, news }: Wait): string => `${key} ${news}`;

function mayBeToldAt({ isUrgent }: Wait, before: Told | null, { level, now, timeZone }: Around): Date {
  if (isUrgent) return before ? later(now, after(before.postedAt, urgentTogether)) : now;
  const at = before ? later(now, after(before.postedAt, minutesBetween[level] * MINUTE)) : now;
  return level === 'crisis' || level === 'major' ? at : morningOf(at, timeZone);
}

/** The first full hour at which the person is not asleep. */
function morningOf(at: Date, timeZone: string): Date {
  const hour = hourIn(at, timeZone);
  if (hour < quiet.from && hour >= quiet.until) return at;
  const hours = hour >= quiet.from ? 24 - hour + quiet.until : quiet.until - hour;
  const ahead = after(at, hours * HOUR);
  return after(ahead, -(ahead.getTime() % HOUR));
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
const earliest = (times: readonly Date[]): Date | null =>
  times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
