import { describe, expect, test } from 'vitest';
import { postgresServer } from './support/databases.ts';
import { seedOfRun } from './support/random.ts';
import { surviveKills } from './support/survive.ts';

const server = await postgresServer();
const wanted = Number(process.env['FAULTS_KILLS'] ?? 520);
const onPostgres = server ? Math.floor(wanted / 2) : 0;
const lanes = [
  { engine: 'embedded', server: null, kills: wanted - onPostgres },
  ...(server ? [{ engine: 'postgres', server, kills: onPostgres }] : []),
];

describe.concurrent('killed at any boundary and started again, each effect is seen once and nothing accepted is lost', () => {
  test.each(lanes)(
    'on the $engine engine',
    async ({ engine, server: one, kills }) => {
      const seed = seedOfRun() + (one ? 1 : 0);
      const problems = await surviveKills({
        name: `kill-${engine}`,
        server: one,
        seed,
        kills,
        eagerness: 0.9,
        crises: 100,
      });
      expect(problems).toEqual([]);
    },
    20 * 60_000,
  );
});
