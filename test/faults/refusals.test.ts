import { afterAll, describe, expect, test } from 'vitest';
import { report } from './support/figures.ts';
import { differences, type Telling, tell } from './support/matrix.ts';
import { randomFrom, seedOfRun } from './support/random.ts';
import { inStories, isTold, type RefusalPlan, refusalPlans, triedElsewhere } from './support/refusing.ts';

/** `FAULTS_ALL=1`: every method at every place with every error, which takes most of an hour. */
const everything = process.env['FAULTS_ALL'] === '1';
const seed = seedOfRun();
const began = performance.now();
const undisturbed = await tell([]);
const { plans, leftOut } = refusalPlans(undisturbed, randomFrom(seed), everything);
const stories = inStories(plans, 2).map((story, i) => ({ number: i + 1, story }));

const figures = { seed, stories: 0, refusals: 0, told: 0, 'without a trace': 0, leftOut, seconds: 0 };
/** Of which nobody was told: to be right, it must have left no trace. */
const untold: RefusalPlan[] = [];
const missed: RefusalPlan[] = [];
process.stdout.write(
  `\nrefusals: FAULTS_SEED=${seed}, ${plans.length} in ${stories.length} stories. Left out: ${leftOut}, which FAULTS_ALL=1 tries too; and, tried elsewhere, ${Object.entries(
    triedElsewhere,
  )
    .map(([what, where]) => `${what} (${where})`)
    .join(', ')}.\n`,
);
afterAll(() => {
  figures.seconds = Math.round((performance.now() - began) / 1000);
  report('refusals', figures);
});

const wordsOf = (notice: string) => [...notice.matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text).join(' ');
const nameOf = ({ method, at, n, error }: RefusalPlan) => `${error} at call ${n} of ${method} (${at})`;

async function ends(story: readonly RefusalPlan[]): Promise<Telling> {
  const told = await tell(story);
  const what = story.map(nameOf).join('\n');
  expect(told.silent, what).toEqual([]);
  expect(
    differences(undisturbed.portrait, told.portrait),
    `${what}\n\n${told.notices.map(wordsOf).join('\n')}`,
  ).toEqual([]);
  figures.stories += 1;
  return told;
}

describe('what Slack refuses for good is told and repaired, or leaves no trace', () => {
  test.each(stories)('story $number', async ({ story }) => {
    const told = await ends(story);
    missed.push(...(told.missed as RefusalPlan[]));
    const met = story.filter((plan) => told.met.has(plan));
    const said = met.filter((plan) => isTold(plan, told));
    figures.refusals += met.length;
    figures.told += said.length;
    untold.push(...met.filter((plan) => !said.includes(plan)));
  });

  test('calls that were not made in that story are refused in another', async () => {
    for (const story of inStories(missed.splice(0), 1)) {
      const told = await ends(story);
      expect((told.missed as RefusalPlan[]).map(nameOf)).toEqual([]);
      const said = story.filter((plan) => isTold(plan, told));
      figures.refusals += story.length;
      figures.told += said.length;
      untold.push(...story.filter((plan) => !said.includes(plan)));
    }
  });

  test('what nobody was told of needs no repair', async () => {
    for (let left = untold; left.length > 0; ) {
      const again: RefusalPlan[] = [];
      const said: string[] = [];
      for (const story of inStories(left, 1)) {
        const told = await ends(story);
        const met = story.filter((plan) => told.met.has(plan));
        const unsaid = told.repairs === 0 ? [] : met.filter((plan) => !isTold(plan, told));
        if (told.repairs === 0) figures['without a trace'] += met.length;
        else figures.told += met.length - unsaid.length;
        again.push(...unsaid);
        if (unsaid.length > 0) said.push(...told.notices.map(wordsOf));
      }
      // Told this time: it depends on what comes first. What is left is tried without it.
      expect(again.length, [...again.map(nameOf), '', ...said].join('\n')).toBeLessThan(left.length);
      left = again;
    }
  });
});
