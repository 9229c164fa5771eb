/** Chance that can be repeated: the same seed gives the same numbers. */
export function randomFrom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    between: (low: number, high: number): number => low + below(high - low + 1),
    chance: (probability: number): boolean => next() < probability,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
  };
}
export type Random = ReturnType<typeof randomFrom>;

/** `FAULTS_SEED=… npm run test:faults` repeats a run. */
export const seedOfRun = (): number => Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
