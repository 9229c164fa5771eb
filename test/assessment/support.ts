import {
  type Dimension,
  dimensions,
  type Flag,
  type Rating,
  type Value,
  type Values,
} from '../../src/assessment/score.ts';

/** Everything that is not named is known to be 0. */
export const rating = (given: Partial<Record<Dimension, Value | null>>, ...flags: Flag[]): Rating => ({
  values: { ...(Object.fromEntries(dimensions.map((d) => [d, 0])) as Values), ...given },
  flags,
});
