import { afterAll, beforeAll, expect, test } from 'vitest';
import { report } from './support/figures.ts';
import { allRefusals, callsOf, endsAs, nextRefusals, type Telling, tell, untold } from './support/matrix.ts';

const figures = { stories: 0, refusals: 0, 'needed no word': 0, seconds: 0 };
let undisturbed: Telling;
const began = performance.now();
beforeAll(async () => {
  undisturbed = await tell([]);
});
afterAll(() => {
  figures.seconds = Math.round((performance.now() - began) / 1000);
  report('refusals', figures);
});

test('a call that Slack refuses for good, in every way in which its method can be: somebody is told, and the repair completes it', async () => {
  const left = allRefusals(callsOf(undisturbed));
  while ([...left.values()].some((errors) => errors.length > 0)) {
    const plans = nextRefusals(left, undisturbed.calls);
    const { notices, said, missed } = await endsAs(undisturbed, plans);
    // Fewer calls than in an undisturbed story: those that found none have their turn in the next.
    const met = plans.filter((plan) => !missed.includes(plan));
    expect(untold(met, said)).toEqual([]);
    for (const { method, name } of met)
      left.set(
        method,
        (left.get(method) ?? []).filter((error) => error !== name),
      );
    figures.stories += 1;
    figures.refusals += met.length;
    if (notices.length === 0) figures['needed no word'] += met.length;
    expect(figures.stories).toBeLessThan(20);
  }
});
