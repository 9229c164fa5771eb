import { expect, test } from 'vitest';
import { race } from '../faults/support/races.ts';
import { seedOfRun } from '../faults/support/random.ts';
import { startCompany } from '../support/company.ts';

test('several people press at the same instant: the timeline explains what has come of it', async () => {
  const company = await startCompany();
  await race(company, { name: 'short', seed: seedOfRun(), runs: 3 });
  expect(company.sandbox.problems).toEqual([]);
  await company.close();
}, 60_000);
