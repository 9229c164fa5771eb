import {
  type Dimension,
  dimensions,
  type Flag,
  type Rating,
  type Value,
  type Values,
} from '../../src/assessment/score.ts';
import type { Person } from '../../src/sandbox/server/index.ts';

const inFirst = new Set(['title', 'harm', 'legal', 'flags', 'concerned']);

/** Answers both steps of the form that is open, or the first alone where it decides; what is not named stays as it stands. */
export async function assessThrough(
  person: Person,
  given: Record<string, unknown>,
  settled: () => Promise<unknown>,
): ReturnType<Person['submit']> {
  const part = (isFirst: boolean) =>
    Object.fromEntries(Object.entries(given).filter(([k]) => inFirst.has(k) === isFirst));
  person.fill(part(true));
  const first = await person.submit();
  await settled();
  if (person.modal()?.callback_id !== 'assessment.rest') return first;
  person.fill(part(false));
  const answer = await person.submit();
  await settled();
  return answer;
}

/** Everything that is not named is known to be 0. */
export const rating = (given: Partial<Record<Dimension, Value | null>>, ...flags: Flag[]): Rating => ({
  values: { ...(Object.fromEntries(dimensions.map((d) => [d, 0])) as Values), ...given },
  flags,
});
