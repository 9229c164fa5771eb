import { type Level, levels } from '../core/levels.ts';
import { after, HOUR } from '../core/time.ts';

/** In the order in which they are asked: while one of the first two is unknown, no cap applies (discipline E3). */
export const dimensions = [
  'harm',
  'legal',
  'reach',
  'source',
  'evidence',
  'sentiment',
  'business',
  'internal',
] as const;
export type Dimension = (typeof dimensions)[number];

export const values = [0, 1, 2, 3, 4] as const;
export type Value = (typeof values)[number];
/** Null: nobody knows yet. */
export type Values = Record<Dimension, Value | null>;
export const nothingKnown = Object.fromEntries(dimensions.map((d) => [d, null])) as Values;
type Known = Record<Dimension, Value>;

/** Whole numbers that add up to `weightTotal`. */
export type Weights = Record<Dimension, number>;
export const weightTotal = 100;
/** Discipline E1. A judgement, not a published standard: a workspace calibrates its own. */
export const standardWeights: Weights = {
  harm: 20,
  legal: 12,
  reach: 18,
  source: 14,
  evidence: 12,
  sentiment: 10,
  business: 8,
  internal: 6,
};

/** What stands beside the dimensions and raises a floor or sets a cap. */
export const flags = ['threat', 'breach', 'contact', 'listed', 'opinion', 'satire', 'press'] as const;
export type Flag = (typeof flags)[number];

/** The score from which on a level begins (discipline E3); compared unrounded. */
export const thresholds: Record<Level, number> = { routine: 0, watch: 15, incident: 30, crisis: 50, major: 70 };

type Floor = 'harm' | 'threat' | 'authority' | 'contact_reach' | 'breach' | 'contact' | 'listed';
type Cap = 'ordinary' | 'opinion' | 'satire';
/** What decided the level. `held`: it would be lower, but it does not come down yet. */
export type Rule =
  | { code: 'score' }
  | { code: 'floor'; floor: Floor }
  | { code: 'cap'; cap: Cap }
  /** `under`: the score that must not be exceeded; `notBefore`: when a second look may lower it (ISO), null: too near. */
  | { code: 'held'; computed: Level; under: number; notBefore: string | null };

/** What is asked first, beside people and law; the rest of the flags comes with the rest of the dimensions. */
export const firstDimensions = ['harm', 'legal'] as const satisfies readonly Dimension[];
export const firstFlags = ['threat', 'breach', 'contact', 'listed'] as const satisfies readonly Flag[];
export const laterFlags = ['opinion', 'satire', 'press'] as const satisfies readonly Flag[];

/** How somebody rates each dimension, and what they say is also the case. */
export type Rating = { values: Values; flags: readonly Flag[] };
export type Computed = {
  /** 0 to 100, in quarters. */
  score: number;
  /** The score with everything unknown at 0, and at 4. */
  low: number;
  high: number;
  level: Level;
  lowest: Level;
  highest: Level;
  rule: Rule;
};

/** The point value of what is unknown: careful for people and law, low for the rest (discipline E2). */
export const assumed = (dimension: Dimension): Value => (dimension === 'harm' || dimension === 'legal' ? 2 : 1);

export function compute(rating: Rating, weights: Weights): Computed {
  const least = judgeWith(rating, () => 0, true, weights);
  const most = judgeWith(rating, () => 4, capsHold(rating), weights);
  return {
    ...pointOf(rating, weights),
    low: least.score,
    high: most.score,
    lowest: least.level,
    highest: most.level,
  };
}

const pointOf = (rating: Rating, weights: Weights): Judged => judgeWith(rating, assumed, capsHold(rating), weights);

const judgeWith = (
  rating: Rating,
  otherwise: (dimension: Dimension) => Value,
  caps: boolean,
  weights: Weights,
): Judged => judge(completed(rating.values, otherwise), rating.flags, weights, caps);

const capsHold = ({ values: given }: Rating): boolean => !isUnknown(given, 'harm') && !isUnknown(given, 'legal');

/** Nobody knows anything yet: there is nothing to compute. */
export const isEmpty = ({ values: given, flags: raised }: Rating): boolean =>
  raised.length === 0 && dimensions.every((dimension) => given[dimension] === null);

/**
 * People or law decide by themselves: whatever else comes out, it is an incident at least, and graver than the level in
 * force. Then nothing more needs to be asked now.
 */
export function isDecided({ values: given, flags: raised }: Rating, weights: Weights, inForce: Level | null): boolean {
  const first = Object.fromEntries(
    dimensions.map((d) => [d, (firstDimensions as readonly string[]).includes(d) ? given[d] : null]),
  ) as Values;
  const { lowest } = compute(
    { values: first, flags: raised.filter((f) => (firstFlags as readonly string[]).includes(f)) },
    weights,
  );
  return rank(lowest) >= rank('incident') && (inForce === null || rank(lowest) > rank(inForce));
}

/** What makes the score: the dimensions that are known to weigh, the heaviest first. */
export const weighingMost = ({ values: given }: Rating, weights: Weights, most = 3): Dimension[] =>
  dimensions
    .filter((d) => (given[d] ?? 0) > 0)
    .toSorted((a, b) => weights[b] * (given[b] ?? 0) - weights[a] * (given[a] ?? 0))
    .slice(0, most);

const isUnknown = (given: Values, dimension: Dimension): boolean => given[dimension] === null;

const completed = (given: Values, otherwise: (dimension: Dimension) => Value): Known =>
  Object.fromEntries(dimensions.map((d) => [d, given[d] ?? otherwise(d)])) as Known;

type Judged = { score: number; level: Level; rule: Rule };

/** A floor beats a cap altogether: what raises it is no ordinary criticism (discipline E3). */
function judge(known: Known, raised: readonly Flag[], weights: Weights, caps: boolean): Judged {
  const score = dimensions.reduce((sum, d) => sum + weights[d] * known[d], 0) / 4;
  const level = levelOf(score);
  const floor = floorOf(known, raised);
  if (floor) {
    const isRaised = rank(floor.level) > rank(level);
    return { score, level: isRaised ? floor.level : level, rule: isRaised ? floor.rule : { code: 'score' } };
  }
  const cap = caps && rank(level) > rank('watch') ? capOf(known, raised) : null;
  return cap ? { score, level: 'watch', rule: { code: 'cap', cap } } : { score, level, rule: { code: 'score' } };
}

const rank = (level: Level): number => levels.indexOf(level);
const levelOf = (score: number): Level => levels.findLast((level) => score >= thresholds[level]) ?? 'routine';

/** Discipline E3; of several, the highest, and the first of equal ones. */
function floorOf(known: Known, raised: readonly Flag[]): { level: Level; rule: Rule } | null {
  const is = (flag: Flag) => raised.includes(flag);
  const all: [boolean, Floor, Level][] = [
    [known.harm === 4, 'harm', 'crisis'],
    [is('threat'), 'threat', 'crisis'],
    [known.source === 4 && known.evidence >= 3, 'authority', 'crisis'],
    [is('contact') && known.reach >= 2, 'contact_reach', 'crisis'],
    [is('breach'), 'breach', 'incident'],
    [is('contact'), 'contact', 'incident'],
    [is('listed'), 'listed', 'incident'],
  ];
  const found = all.find(([applies]) => applies);
  return found ? { level: found[2], rule: { code: 'floor', floor: found[1] } } : null;
}

/** "Not every negative comment" (discipline E3): what is at most a watch, however hostile. */
function capOf(known: Known, raised: readonly Flag[]): Cap | null {
  const isLow = known.harm <= 1 && known.legal <= 1 && known.reach <= 1 && known.source <= 1;
  if (isLow) return 'ordinary';
  if (known.reach >= 3) return null;
  if (raised.includes('opinion')) return 'opinion';
  return raised.includes('satire') && !raised.includes('press') ? 'satire' : null;
}

/** One thing that is otherwise, and the level it would make. `from` is null where it is unknown today. */
export type Shift =
  | { what: 'dimension'; dimension: Dimension; from: Value | null; to: Value; level: Level }
  | { what: 'flag'; flag: Flag; on: boolean; level: Level };
export type Outlook = {
  /** The smallest single change that raises or lowers the level. */
  raise: Shift | null;
  lower: Shift | null;
  /** Each unknown that would raise it by itself, from which value on. */
  unknowns: { dimension: Dimension; from: Value; level: Level }[];
  /** No unknown does by itself, but all of them together would. */
  together: Level | null;
};

/** "What would change this level" (discipline E2). */
export function outlookOf(rating: Rating, weights: Weights): Outlook {
  const now = compute(rating, weights);
  const shifts = [...dimensionShifts(rating, weights), ...flagShifts(rating, weights)];
  const unknowns = dimensions
    .filter((d) => isUnknown(rating.values, d))
    .flatMap((dimension) => {
      const found = values
        .map((from) => ({ dimension, from, level: withValue(rating, dimension, from, weights) }))
        .find(({ level }) => rank(level) > rank(now.level));
      return found ? [found] : [];
    });
  const crosses = rank(now.highest) > rank(now.level);
  return {
    raise: shifts.find(({ level }) => rank(level) > rank(now.level)) ?? null,
    lower: shifts.find(({ level }) => rank(level) < rank(now.level)) ?? null,
    unknowns,
    together: crosses && unknowns.length === 0 ? now.highest : null,
  };
}

const withValue = (rating: Rating, dimension: Dimension, value: Value, weights: Weights): Level =>
  pointOf({ ...rating, values: { ...rating.values, [dimension]: value } }, weights).level;

/** The nearest values first; at the same distance the dimension that weighs most. */
function dimensionShifts({ values: given, flags: raised }: Rating, weights: Weights): Shift[] {
  return dimensions
    .flatMap((dimension) => {
      const from = given[dimension];
      const start = from ?? assumed(dimension);
      return values
        .filter((to) => to !== from)
        .map((to) => ({
          distance: Math.abs(to - start),
          weight: weights[dimension],
          shift: {
            what: 'dimension' as const,
            dimension,
            from,
            to,
            level: withValue({ values: given, flags: raised }, dimension, to, weights),
          },
        }));
    })
    .sort((a, b) => a.distance - b.distance || b.weight - a.weight)
    .map(({ shift }) => shift);
}

const flagShifts = (rating: Rating, weights: Weights): Shift[] =>
  flags.map((flag) => {
    const on = !rating.flags.includes(flag);
    const raised = on ? [...rating.flags, flag] : rating.flags.filter((other) => other !== flag);
    return { what: 'flag', flag, on, level: pointOf({ ...rating, flags: raised }, weights).level };
  });

/** What an assessment computed, before the level that stood is considered. */
export type Look = { at: Date; score: number; level: Level; isCapped: boolean };
/** The level that is in force, and since when. */
export type Standing = { level: Level; since: Date };

/** Points under a threshold, and hours over which it must stay so, before a level comes down (discipline E3). */
const margin = 5;
const patienceOf = (level: Level): number => (rank(level) >= rank('crisis') ? 6 * HOUR : 2 * HOUR);

/**
 * The level after one more look. Up at once; down only when this look and those before it, without a break, were clear
 * of the level for long enough: two looks far enough apart, and none between them that said otherwise. Only looks since
 * the level was taken count.
 */
export function settle(
  look: Look,
  standing: Standing | null,
  earlier: readonly Look[],
): { level: Level; held: Extract<Rule, { code: 'held' }> | null } {
  if (!standing || rank(look.level) >= rank(standing.level)) return { level: look.level, held: null };
  const looks = [...earlier.filter(({ at }) => at >= standing.since), look].toSorted(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
  for (let at = rank(standing.level); at > rank(look.level); at -= 1) {
    const level = levels[at] as Level;
    const begun = clearSince(level, looks);
    const due = begun && after(begun, patienceOf(level));
    if (due && due <= look.at) continue;
    const held = { code: 'held', computed: look.level, under: thresholds[level] - margin } as const;
    return { level, held: { ...held, notBefore: due?.toISOString() ?? null } };
  }
  return { level: look.level, held: null };
}

/** When the unbroken run of looks that are clear of the level began; null when the last one is not. */
function clearSince(level: Level, looks: readonly Look[]): Date | null {
  const broken = looks.findLastIndex((look) => !isClear(look, level));
  return looks[broken + 1]?.at ?? null;
}

/** A cap needs no margin: it is not a matter of points. */
const isClear = (look: Look, level: Level): boolean =>
  rank(look.level) < rank(level) && (look.isCapped || look.score <= thresholds[level] - margin);
