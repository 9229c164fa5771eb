import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomOf } from '../../src/sandbox/demo/player.ts';
import { scenarios } from '../../src/sandbox/demo/scenarios/all.ts';
import { chromiumPath } from './support/browser.ts';
import { closeForms, goTo } from './support/hands.ts';
import { live } from './support/player.ts';
import { openStage, type Stage } from './support/stage.ts';

describe.skipIf(!chromiumPath).each(scenarios)('a whole crisis in the browser: $title ($language)', (scenario) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ language: scenario.language, playbooks: 'product' });
  });
  afterAll(() => stage.close());

  test('is lived by at least four people, each in a window, without a console error or a request outside', async () => {
    await live(stage, scenario);
    const people = new Set(scenario.steps.map((step) => step.as).filter((as) => as !== 'time'));
    expect(people.size).toBeGreaterThanOrEqual(4);
    expect(stage.browser.troubles).toEqual([]);
    expect(stage.sandbox.problems).toEqual([]);

    const page = await stage.window('Claire');
    await closeForms(page);
    await goTo(page, roomOf(stage, scenario)?.id ?? '');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('main a.file-card').last().click(),
    ]);
    expect(await download.path()).toBeTruthy();
  }, 300_000);
});
