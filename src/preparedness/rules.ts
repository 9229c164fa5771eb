import { accept, type Decision, refuse } from '../core/decision.ts';
import { after, DAY } from '../core/time.ts';
import { coreDepartments, type Editor, mayChange } from '../people/rules.ts';
import type { Gap } from '../settings/rules.ts';

export const areas = ['roster', 'deputies', 'available', 'templates', 'playbooks', 'exercise'] as const;
export type Area = (typeof areas)[number];

/**
 * What each area counts for, of 100. Our judgement, to be calibrated: people who can be reached come first, because
 * nothing else works without them; then words that legal has cleared, since approval is what usually takes the time
 * (discipline C11); then having done it once.
 */
export const weights: Record<Area, number> = {
  roster: 30,
  deputies: 15,
  available: 10,
  templates: 20,
  playbooks: 10,
  exercise: 15,
};

/** Days within which a review or an exercise counts fully; an exercise counts half for twice as long. Our judgement. */
const fresh = { review: 90, exercise: 180 };

export type Known = {
  gaps: readonly Gap[];
  /** Everybody who is named in the roster, as person or deputy. */
  named: number;
  templates: { cleared: number; all: number };
  playbooks: { reviewedAt: (Date | null)[] };
  exercisedOn: Date | null;
};

/** One area: how much of it is there (0 to 1), and the two numbers that say so, where there are any. */
export type Mark = { area: Area; share: number; have: number; all: number };
export type Plan = { score: number; marks: Mark[] };

/** From 0, nothing is there, to 100. A count of what is in place, and no promise that it will go well. */
export function planOf(known: Known, now: Date): Plan {
  const of = (kind: Gap['kind']) => known.gaps.filter((gap) => gap.kind === kind).length;
  const core = coreDepartments.length;
  const manned = core - of('nobody');
  const reviewed = known.playbooks.reviewedAt.filter((at) => at && at >= after(now, -fresh.review * DAY)).length;
  const marks: Mark[] = [
    mark('roster', manned, core),
    mark('deputies', manned - of('alone'), core),
    mark('available', known.named - of('unavailable'), known.named),
    mark('templates', known.templates.cleared, known.templates.all),
    mark('playbooks', reviewed, known.playbooks.reviewedAt.length),
    { area: 'exercise', share: exerciseShare(known.exercisedOn, now), have: 0, all: 0 },
  ];
  return { score: Math.floor(marks.reduce((sum, { area, share }) => sum + weights[area] * share, 0)), marks };
}

const mark = (area: Area, have: number, all: number): Mark => ({ area, have, all, share: all > 0 ? have / all : 0 });

function exerciseShare(on: Date | null, now: Date): number {
  if (!on) return 0;
  if (on >= after(now, -fresh.exercise * DAY)) return 1;
  return on >= after(now, -2 * fresh.exercise * DAY) ? 0.5 : 0;
}

export const missing = (plan: Plan): Mark[] => plan.marks.filter(({ share }) => share < 1);

export type Preparation = { exercisedOn: string | null; ownerId: string | null; remindersOff: boolean };
export type PlanRefusal = { code: 'not_allowed' } | { code: 'in_future' } | { code: 'cannot_own' };

/** `today`: the day it is for the workspace, `2026-11-22`. */
export function prepare(
  wish: Preparation,
  owner: { isReachable: boolean } | null,
  editors: readonly string[],
  by: Editor,
  today: string,
): Decision<Preparation, PlanRefusal> {
  if (!mayChange(editors, by)) return refuse({ code: 'not_allowed' });
  if (wish.exercisedOn && wish.exercisedOn > today) return refuse({ code: 'in_future' });
  if (wish.ownerId && !owner?.isReachable) return refuse({ code: 'cannot_own' });
  return accept(wish);
}

/** Who is reminded this month: nobody where nothing is missing, or where somebody switched it off. */
export function reminded(
  plan: Plan,
  { ownerId, remindersOff }: Pick<Preparation, 'ownerId' | 'remindersOff'>,
  settingsBy: string | null,
): string | null {
  return remindersOff || missing(plan).length === 0 ? null : (ownerId ?? settingsBy);
}
