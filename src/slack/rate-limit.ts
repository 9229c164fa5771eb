import { SECOND } from '../core/time.ts';

/** How many acts a person may do at once, and after how many milliseconds one more. */
export type RateLimit = { burst: number; everyMs: number };

/** Thirty at once and sixty a minute: nobody in a crisis presses faster, a script does. */
const human: RateLimit = { burst: 30, everyMs: SECOND };

/** People remembered at the same time; whoever has not acted for a while is forgotten. */
const most = 10_000;

/**
 * Answers whether this person may do one more act now. Kept in this process: several instances together allow as many
 * times more. `at` is any clock that only goes forward, in milliseconds.
 */
export function createRateLimit({ burst, everyMs }: RateLimit = human): (person: string, at: number) => boolean {
  const spent = new Map<string, { acts: number; at: number }>();
  return (person, at) => {
    const before = spent.get(person);
    const left = before ? Math.max(0, before.acts - (at - before.at) / everyMs) : 0;
    const mayAct = left + 1 <= burst;
    // Whoever acted last stands last: behind the first who is not to be forgotten yet, hardly anybody is.
    spent.delete(person);
    if (spent.size >= most)
      for (const [one, { acts, at: then }] of spent) {
        if (at - then <= acts * everyMs) break;
        spent.delete(one);
      }
    spent.set(person, { acts: mayAct ? left + 1 : left, at });
    return mayAct;
  };
}
