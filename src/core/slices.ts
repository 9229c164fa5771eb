import type { Executor } from '../../db/client.ts';
import { readAll } from '../../db/run-all.ts';
import type { Wait } from '../slack/waits.ts';
import type { Crisis } from './crisis.ts';
import type { NewEntry } from './decision.ts';
import { type EntryKind, unlistedKind } from './entries.ts';
import type { Job } from './jobs.ts';
import type { Saying } from './line.ts';
import type { Bilingual } from './locale.ts';

/** What may happen to a crisis as a whole that slices follow with work of their own: entries of these kinds, and the room. */
export type Turn =
  | 'level_changed'
  | 'lead_changed'
  /** Who is left out of it. */
  | 'team_changed'
  | 'crisis_closed'
  | 'crisis_reopened'
  /** The room was lost, and another one replaces it. */
  | 'room_lost'
  /** Everybody who can be is in the room. No entry tells it. */
  | 'room_ready';

/** Orders the work that follows. `data`: what the entry carries. */
export type Follow = (crisisId: string, data: Readonly<Record<string, unknown>>) => Job[];

/** What a slice says of a crisis in one line of the brief. */
export type Says = (db: Executor, crisis: Crisis, now: Date) => Promise<Saying>;
/** What waits on people in a crisis that is open. */
export type Waits = (db: Executor, crisis: Crisis, now: Date) => Promise<Wait[]>;

/** A row beside the timeline that is not what the timeline told of it: of which statement, in which version. */
export type Untrue = { of: 'wording' | 'verdict' | 'answer'; statement: number; version: number };
export type ToldEntry = Required<Pick<NewEntry, 'kind' | 'occurredAt' | 'actorId' | 'data'>>;
/** Holds what a slice keeps beside the timeline against the entries that told of it, all of them, in order. */
export type Verifies = (db: Executor, crisisId: string, entries: readonly ToldEntry[]) => Promise<Untrue | null>;

type Slice = {
  says?: Says;
  verifies?: Verifies;
  waits?: Waits;
  jobs?: readonly { kind: string; what: Bilingual }[];
  entryKinds?: Readonly<Record<string, EntryKind>>;
  follows?: Partial<Record<Turn, Follow>>;
};

/** What all slices together said of themselves. */
export type Slices = {
  /** Of a kind that no slice lists (an earlier version wrote it), what `unlistedKind` says. */
  kindOf: (kind: string) => EntryKind;
  /** What a kind of job does, for people; null for a kind that no slice registers. */
  jobName(kind: string): Bilingual | null;
  /** What follows a turn; nothing follows an entry of another kind. */
  follow(turn: string, crisisId: string, data?: Readonly<Record<string, unknown>>): Job[];
  /** The lines of all slices, in the order in which they are registered. */
  say(...of: Parameters<Says>): Promise<Saying[]>;
  /** What waits on everybody, calls and approvals first, then the soonest; nothing in a crisis that is closed, and nothing for whom it concerns. */
  waits(...of: Parameters<Waits>): Promise<Wait[]>;
  /** The first row of any slice that is not what the timeline told of it. */
  verify: Verifies;
};

export function slicesOf(features: readonly Slice[]): Slices {
  const kinds = new Map(features.flatMap(({ entryKinds = {} }) => Object.entries(entryKinds)));
  const jobs = new Map(features.flatMap(({ jobs = [] }) => jobs.map(({ kind, what }) => [kind, what] as const)));
  return {
    jobName: (kind) => jobs.get(kind) ?? null,
    kindOf: (kind) => kinds.get(kind) ?? unlistedKind,
    follow: (turn, crisisId, data = {}) =>
      features.flatMap(({ follows = {} }) => follows[turn as Turn]?.(crisisId, data) ?? []),
    say: (...of) => Promise.all(features.flatMap(({ says }) => says?.(...of) ?? [])),
    verify: async (...of) => {
      for (const { verifies } of features) {
        const untrue = await verifies?.(...of);
        if (untrue) return untrue;
      }
      return null;
    },
    waits: async (db, crisis, now) => {
      if (crisis.status === 'closed') return [];
      const all = await readAll(features.flatMap(({ waits }) => waits?.(db, crisis, now) ?? []));
      return all
        .flat()
        .filter(({ userId }) => !crisis.excludedIds.includes(userId))
        .toSorted(soonest);
    },
  };
}

/** Calls and approvals first; what is due, by its due time; what has none, after it. */
export const soonest = (a: Wait, b: Wait): number =>
  Number(b.isUrgent) - Number(a.isUrgent) || rank(a) - rank(b) || a.since.getTime() - b.since.getTime();

const rank = ({ dueAt }: Wait): number => dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
