import { describe, expect, test } from 'vitest';
import { startCompany } from '../support/company.ts';
import { openOwn, postgresServer } from './support/databases.ts';
import { race } from './support/races.ts';
import { seedOfRun } from './support/random.ts';

const server = await postgresServer();
const lanes = [{ name: 'embedded', server: null }, ...(server ? [{ name: 'postgres', server }] : [])];

describe('several people press at the same instant', () => {
  test.each(lanes)(
    'nothing is lost, nothing stale is approved, and the timeline explains what has come of it ($name)',
    async ({ name, server: one }) => {
      const company = await startCompany({ database: openOwn(one) });
      try {
        await race(company, { name, seed: seedOfRun(), runs: Number(process.env['FAULTS_RACES'] ?? 25) });
        expect(company.sandbox.problems).toEqual([]);
      } finally {
        await company.close();
      }
    },
  );
});
