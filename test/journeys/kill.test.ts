import { expect, test } from 'vitest';
import { seedOfRun } from '../faults/support/random.ts';
import { surviveKills } from '../faults/support/survive.ts';

test('a product that is killed a few times in the middle of a crisis loses nothing and repeats nothing', async () => {
  const seed = seedOfRun();
  expect(await surviveKills({ name: 'kill-short', server: null, seed, kills: 16, eagerness: 0.4, crises: 1 })).toEqual(
    [],
  );
}, 300_000);
