import { type Accepted, accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { alarm, inRoom, type Job } from '../core/jobs.ts';
import { type Level, levelPlans } from '../core/levels.ts';
import { inBoth } from '../core/locale.ts';
import type { Slices } from '../core/slices.ts';
import { after, DAY, duration, MINUTE } from '../core/time.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, type Member, mayAct, refreshBrief } from '../crises/rules.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

const fastBeats = 4;
/** After so many beats without a change the rhythm halves (discipline G2). */
const quietBeats = 2;
/** So soon after a change of level its own message stands for the digest. */
const justTurned = 5 * MINUTE;
export const shortestBeat = 10 * MINUTE;
export const longestBeat = DAY;

export type DigestRefusal = Extract<CommonRefusal, { code: 'not_in_room' | 'closed' }> | { code: 'beat_out_of_range' };

export type Rhythm = {
  level: Level;
  /** Set by a person for this crisis: null for the level's beat, 0 for none. */
  ownMinutes: number | null;
  /** Set for the workspace, by level; 0 for none. */
  workspaceMinutes: number | undefined;
  /** The declaration, the last change of level or the last reopening, and the beats since. */
  turnAt: Date;
  beatsAtLevel: number;
  /** Beats in a row at which nothing had changed. */
  quiet: number;
};

/** Milliseconds from one beat to the next; null when digests are switched off. */
export function beatOf(rhythm: Rhythm): number | null {
  const { first, later } = levelPlans[rhythm.level].digest;
  const minutes = rhythm.ownMinutes ?? rhythm.workspaceMinutes ?? (rhythm.beatsAtLevel < fastBeats ? first : later);
  if (minutes <= 0) return null;
  const beat = minutes * MINUTE;
  return rhythm.quiet >= quietBeats ? Math.min(beat * 2, Math.max(beat, longestBeat)) : beat;
}

/**
 * When the next digest is due after one that was due at `dueAt`. The beat keeps its phase; beats that passed while the
 * product was down are not made up for, and after a late digest at least half a beat goes by.
 */
export function nextDigestAt(dueAt: Date, beat: number, now: Date): Date {
  const missed = Math.max(0, Math.floor((now.getTime() - dueAt.getTime()) / beat));
  const next = after(dueAt, (missed + 1) * beat);
  return next.getTime() - now.getTime() < beat / 2 ? after(next, beat) : next;
}

export const beatKey = (crisisId: string, dueAt: Date): string => `digest:${crisisId}:${dueAt.getTime()}`;

const beatAlarm = (crisisId: string, dueAt: Date): Job =>
  alarm('digests.beat', { crisisId, dueAt: dueAt.toISOString() }, dueAt, beatKey(crisisId, dueAt));

const show = (crisisId: string, digestId: string): Job =>
  inRoom('digests.show', { crisisId, digestId }, `digest:${digestId}`);

/** Moves the beat of a crisis: takes back the alarm that was set, sets the new one. */
function rescheduled(crisis: Crisis, at: Date | null): { crisis: Crisis; jobs: Job[]; cancel: string[] } {
  const same = at && crisis.nextDigestAt && at.getTime() === crisis.nextDigestAt.getTime();
  return {
    crisis: { ...crisis, nextDigestAt: at },
    jobs: [...(at && !same ? [beatAlarm(crisis.id, at)] : []), refreshBrief(crisis.id)],
    cancel: crisis.nextDigestAt && !same ? [beatKey(crisis.id, crisis.nextDigestAt)] : [],
  };
}

/** The room is open, or open again: the beat starts. Asked twice, it starts once. */
export function startDigests(crisis: Crisis, rhythm: Rhythm, now: Date): Accepted<Crisis> {
  const beat = beatOf(rhythm);
  if (crisis.status !== 'open' || crisis.nextDigestAt || beat === null) return accept(crisis);
  const next = rescheduled(crisis, after(now, beat));
  return accept(next.crisis, { jobs: next.jobs, cancel: next.cancel });
}

/** The level changed, which its own message says: the next digest is one beat of the new level away. Asked twice, the same. */
export function restartDigests(crisis: Crisis, rhythm: Rhythm, now: Date): Accepted<Crisis> {
  if (crisis.status !== 'open') return accept(crisis);
  const beat = beatOf({ ...rhythm, quiet: 0 });
  const next = rescheduled(crisis, beat === null ? null : nextDigestAt(rhythm.turnAt, beat, now));
  return accept(next.crisis, { jobs: next.jobs, cancel: next.cancel });
}

export type DigestCause = { why: 'beat'; dueAt: Date } | { why: 'asked'; by: Member };

export type DigestPlan = { crisis: Crisis; digestId: string; outcome: 'posted' | 'skipped' | 'none' };

/**
 * Decides whether a digest is written. `changed`: something happened since the last one that people would want told.
 * A beat without a change posts nothing, and the brief says so; a person who asks is always answered.
 */
export function makeDigest(
  crisis: Crisis,
  cause: DigestCause,
  state: { digestId: string; changed: boolean; rhythm: Rhythm },
  now: Date,
): Decision<DigestPlan, DigestRefusal> {
  if (cause.why === 'asked') {
    const no = mayAct(crisis, cause.by);
    if (no) return refuse(no);
  }
  const { digestId, changed, rhythm } = state;
  const nothing = accept<DigestPlan>({ crisis, digestId, outcome: 'none' });
  if (crisis.status !== 'open') return nothing;
  if (cause.why === 'asked')
    return posted(rescheduled(crisis, afterAsked(crisis, rhythm, now)), digestId, cause.by, now);
  if (crisis.nextDigestAt?.getTime() !== cause.dueAt.getTime()) return nothing;
  if (now < after(rhythm.turnAt, justTurned)) {
    const { value, ...effects } = restartDigests(crisis, rhythm, now);
    return accept({ crisis: value, digestId, outcome: 'none' }, effects);
  }
  const quiet = changed ? 0 : rhythm.quiet + 1;
  const beat = beatOf({ ...rhythm, quiet, beatsAtLevel: rhythm.beatsAtLevel + 1 });
  const plan = rescheduled(crisis, beat === null ? null : nextDigestAt(cause.dueAt, beat, now));
  if (changed) return posted(plan, digestId, null, now);
  return accept({ crisis: plan.crisis, digestId, outcome: 'skipped' }, { jobs: plan.jobs, cancel: plan.cancel });
}

/** The beat stays where it is, unless it would come right behind what was just asked for. */
function afterAsked({ nextDigestAt: due }: Crisis, rhythm: Rhythm, now: Date): Date | null {
  const beat = beatOf({ ...rhythm, quiet: 0 });
  return due && beat !== null && due < after(now, shortestBeat) ? after(due, beat) : due;
}

function posted(
  plan: ReturnType<typeof rescheduled>,
  digestId: string,
  by: Member | null,
  now: Date,
): Accepted<DigestPlan> {
  const number = plan.crisis.digestNumber + 1;
  const crisis = { ...plan.crisis, digestNumber: number };
  const entry: NewEntry<Kind> = {
    kind: 'digest_posted',
    occurredAt: now,
    actorId: by?.userId ?? null,
    text: inBoth((l) => words(l).entry.posted(number)),
    data: { number },
  };
  return accept(
    { crisis, digestId, outcome: 'posted' },
    { timeline: [entry], jobs: [...plan.jobs, show(crisis.id, digestId)], cancel: plan.cancel },
  );
}

/** A person sets the rhythm of one crisis: a number of minutes, 0 to switch digests off, null for the level's own. */
export function setRhythm(
  crisis: Crisis,
  minutes: number | null,
  rhythm: Rhythm,
  by: Member,
  now: Date,
): Decision<Crisis, DigestRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (minutes && (minutes * MINUTE < shortestBeat || minutes * MINUTE > longestBeat))
    return refuse({ code: 'beat_out_of_range' });
  const beat = beatOf({ ...rhythm, ownMinutes: minutes, quiet: 0 });
  const next = rescheduled({ ...crisis, digestMinutes: minutes }, beat === null ? null : after(now, beat));
  return accept(next.crisis, {
    timeline: [
      {
        kind: 'digest_rhythm',
        occurredAt: now,
        actorId: by.userId,
        text: inBoth((l) =>
          words(l).entry.rhythm(minutes === null ? 'level' : 'own', beat === null ? null : duration(beat, l)),
        ),
        data: { minutes },
      } satisfies NewEntry<Kind>,
    ],
    jobs: next.jobs,
    cancel: next.cancel,
  });
}

export type DigestWish = { do: 'now' } | { do: 'off' } | { do: 'auto' } | { do: 'every'; minutes: number };

const every =
  /^(?:every|each|chaque|toutes?\s+les|tous\s+les)?\s*(?:(\d{1,4})\s*)?(m|mn|min|mins|minutes?|h|hours?|heures?)\s*(\d{1,2})?$/;

/** `every 30m`, `toutes les 2 h`, `off`, `maintenant`; null for words that say none of it. */
export function readWish(text: string): DigestWish | null {
  const asked = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/^de\s+situation\s*/, '');
  if (asked === '' || asked === 'now' || asked === 'maintenant') return { do: 'now' };
  if (['off', 'stop', 'none', 'arret', 'jamais', 'desactiver'].includes(asked)) return { do: 'off' };
  if (['on', 'auto', 'reprendre', 'activer'].includes(asked)) return { do: 'auto' };
  const match = every.exec(asked);
  if (!match) return null;
  const [, count, unit = '', rest] = match;
  const minutes = unit.startsWith('h') ? Number(count ?? 1) * 60 + Number(rest ?? 0) : Number(count ?? 1);
  return { do: 'every', minutes };
}

/** The most important first, of equals the latest; without what a digest never tells. */
export const ranked = <E extends { kind: string; seq: number }>(
  entries: readonly E[],
  kindOf: Slices['kindOf'],
): E[] => {
  const weight = (entry: E) => kindOf(entry.kind).weight;
  return entries.filter((entry) => weight(entry) > 0).toSorted((a, b) => weight(b) - weight(a) || b.seq - a.seq);
};
