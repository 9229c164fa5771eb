import { accept, type Decision, refuse } from '../core/decision.ts';
import { type Level, levels } from '../core/levels.ts';
import { type Editor, editorsOf, mayChange } from '../people/rules.ts';
import type { Assessment, Outcome } from './records.ts';
import type { Assessor } from './rules.ts';
import { compute, dimensions, type Flag, type Rating, type Values, type Weights, weightTotal } from './score.ts';

/** `saved`: null for the standard weights, which nobody of the workspace chose. */
export type SavedWeights = {
  version: number;
  weights: Weights;
  saved: { by: string; at: Date; reason: string } | null;
};

/** A case from before, entered by hand, with what it should have been called. */
export type PastCase = {
  id: string;
  workspaceId: string;
  title: string;
  values: Values;
  flags: Flag[];
  level: Level;
  enteredBy: string;
  enteredAt: Date;
  removedBy: string | null;
  removedAt: Date | null;
};

export const caseTitleMax = 100;
export const weightReasonMax = 500;

export type Calibrator = Assessor & Editor;

export type CalibrationRefusal =
  | { code: 'may_not_calibrate' }
  | { code: 'weights_sum'; sum: number }
  | { code: 'weights_range' }
  | { code: 'weights_same' }
  | { code: 'weights_stale'; by: string | null }
  | { code: 'weights_reason' }
  | { code: 'case_title' }
  | { code: 'case_gone' };

/** As for the settings. */
export const mayCalibrate = (by: Calibrator): boolean => mayChange(editorsOf(by.roster, by.declarers), by);

/** One case to compute again. `ended`: the level that people ended with. */
export type Replayed = Rating & { title: string; ended: Level };
export type Comparison = { title: string; ended: Level; before: Level; after: Level };
export type Tally = { hits: number; over: number; under: number };

/** Every case with both weights, and how often each agrees with what people ended with. */
export function replay(cases: readonly Replayed[], current: Weights, proposed: Weights) {
  const rows: Comparison[] = cases.map((one) => ({
    title: one.title,
    ended: one.ended,
    before: compute(one, current).level,
    after: compute(one, proposed).level,
  }));
  return { rows, before: tally(rows, (row) => row.before), after: tally(rows, (row) => row.after) };
}

function tally(rows: readonly Comparison[], of: (row: Comparison) => Level): Tally {
  const off = rows.map((row) => levels.indexOf(of(row)) - levels.indexOf(row.ended));
  return {
    hits: off.filter((n) => n === 0).length,
    over: off.filter((n) => n > 0).length,
    under: off.filter((n) => n < 0).length,
  };
}

/**
 * The level that people ended with after an assessment: the last one somebody decided on, otherwise the one that a crisis
 * kept until it was closed. Null while nobody decided anything.
 */
export function endedWith({ before }: Assessment, outcomes: readonly Outcome[], isClosed: boolean): Level | null {
  return outcomes.at(-1)?.level ?? (isClosed ? before : null);
}

export function weightsFlaw(weights: Weights): CalibrationRefusal | null {
  const all = dimensions.map((dimension) => weights[dimension]);
  if (all.some((weight) => !Number.isInteger(weight) || weight < 0 || weight > weightTotal))
    return { code: 'weights_range' };
  const sum = all.reduce((a, b) => a + b, 0);
  return sum === weightTotal ? null : { code: 'weights_sum', sum };
}

/** A new version of the weights. `basedOn`: the version that its author compared with. */
export function changeWeights(
  current: SavedWeights,
  wish: { weights: Weights; reason: string; basedOn: number },
  by: Calibrator,
  now: Date,
): Decision<SavedWeights & { saved: NonNullable<SavedWeights['saved']> }, CalibrationRefusal> {
  const { weights, basedOn } = wish;
  const reason = wish.reason.trim();
  if (!mayCalibrate(by)) return refuse({ code: 'may_not_calibrate' });
  const flaw = weightsFlaw(weights);
  if (flaw) return refuse(flaw);
  if (current.version !== basedOn) return refuse({ code: 'weights_stale', by: current.saved?.by ?? null });
  if (dimensions.every((d) => current.weights[d] === weights[d])) return refuse({ code: 'weights_same' });
  if (!reason || reason.length > weightReasonMax) return refuse({ code: 'weights_reason' });
  return accept({ version: current.version + 1, weights, saved: { by: by.userId, at: now, reason } });
}

export function enterCase(entered: PastCase, by: Calibrator): Decision<PastCase, CalibrationRefusal> {
  const title = entered.title.trim();
  if (!mayCalibrate(by)) return refuse({ code: 'may_not_calibrate' });
  return title && title.length <= caseTitleMax ? accept({ ...entered, title }) : refuse({ code: 'case_title' });
}
