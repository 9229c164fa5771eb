import { type EntryKind, unlistedKind } from './entries.ts';
import type { Job } from './jobs.ts';
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

type Slice = {
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
};

export function slicesOf(features: readonly Slice[]): Slices {
  const kinds = new Map(features.flatMap(({ entryKinds = {} }) => Object.entries(entryKinds)));
  const jobs = new Map(features.flatMap(({ jobs = [] }) => jobs.map(({ kind, what }) => [kind, what] as const)));
  return {
    jobName: (kind) => jobs.get(kind) ?? null,
    kindOf: (kind) => kinds.get(kind) ?? unlistedKind,
    follow: (turn, crisisId, data = {}) =>
      features.flatMap(({ follows = {} }) => follows[turn as Turn]?.(crisisId, data) ?? []),
  };
}
