import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { inRoom } from '../../src/core/jobs.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { features } from '../../src/features.ts';
import { order } from '../../src/jobs/commit.ts';
import { onJob } from '../../src/slack/feature.ts';
import { settle } from '../faults/support/every-call.ts';
import { type Company, startCompany } from '../support/company.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
const runs = { broken: 0, next: 0 };
let isBroken = true;
const title = { en: 'Broken', fr: 'En panne' };
const feature = {
  name: 'broken',
  title,
  jobs: [
    onJob('test.broken', title, ofCrisis, async () => {
      runs.broken += 1;
      if (isBroken) throw new TypeError('a secret of the code');
    }),
    onJob('test.next', title, ofCrisis, async () => {
      runs.next += 1;
    }),
  ],
};

const references: unknown[] = [];
let company: Company;
beforeAll(async () => {
  company = await startCompany({
    features: [...features, feature],
    log: {
      info: () => {},
      warn: () => {},
      error: (fields) => void references.push((fields as { reference?: string }).reference),
    },
  });
});
afterAll(() => company.close());

test('work that meets a bug is given up at the fifth time: the lead is told with a reference, what waits goes on, and a repair does it', async () => {
  const room = await company.declare('Glass in the soup');
  const crisisId = (await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null))?.id ?? '';
  await order(company.app.deps, [inRoom('test.broken', { crisisId }), inRoom('test.next', { crisisId })]);
  await settle(company);
  expect(runs).toEqual({ broken: 5, next: 1 });
  const told = JSON.stringify(company.claire.dms().at(-1));
  expect(told).toContain(title.fr);
  expect(told).toContain(`\`${String(references.at(-1))}\``);
  expect(told).not.toContain('secret');

  isBroken = false;
  await company.claire.command('/crisis repair', room);
  await settle(company);
  expect(runs.broken).toBe(6);
});
