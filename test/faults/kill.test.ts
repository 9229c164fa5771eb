import { describe, expect, test } from 'vitest';
import { postgresServer } from './support/databases.ts';
import { seedOfRun } from './support/random.ts';
import { surviveKills } from './support/survive.ts';

const server = await postgresServer();
const wanted = Number(process.env['FAULTS_KILLS'] ?? 520);
const lanes = server ? [null, server] : [null];

describe.concurrent('killed at any boundary and started again, each effect is seen once and nothing accepted is lost', () => {
  test.each(lanes.map((one, i) => ({ engine: one ? 'postgres' : 'embedded', server: one, i })))(
    'on the $engine engine',
    async ({ engine, server: one, i }) => {
      const seed = seedOfRun() + i;
      const problems = await surviveKills({
        name: `kill-${engine}`,
        server: one,
        seed,
        kills: Math.ceil(wanted / lanes.length),
        eagerness: 0.9,
        crises: 100,
      });
      expect(problems).toEqual([]);
    },
    20 * 60_000,
  );
});
