import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from './support/browser.ts';
import { goTo } from './support/hands.ts';
import { heightsOn, type Screen, screens } from './support/heights.ts';
import { openStage, type Stage } from './support/stage.ts';

const long =
  'Call back everybody who bought a jar of the lot in the eleven shops of the north, one by one, and write it down';

/** French needs more room than English. */
describe.skipIf(!chromiumPath)('heights in px, in French', () => {
  let stage: Stage;
  let room: string;
  beforeAll(async () => {
    stage = await openStage({ language: 'fr', playbooks: 'product' });
    const { company } = stage;
    room = await company.declare('Glass in the spring soup', { playbook: 'product', summary: long.repeat(8) });
    await fillUp();
    await stage.settled();
  }, 120_000);
  afterAll(() => stage.close());

  /** 40 tasks, 10 statements and 60 facts, as people record them. */
  async function fillUp(): Promise<void> {
    const { claire } = stage.company;
    for (let n = 1; n <= 40; n += 1) await claire.command(`/crisis task ${n} ${long}`, room);
    for (let n = 1; n <= 60; n += 1) await claire.command(`/crisis fact ${n} ${long}`, room);
    for (let n = 1; n <= 10; n += 1) {
      await claire.command(`/crisis statement ${n} ${long}`, room);
      await claire.waitForModal();
      claire.fill({ part_1: `${n} ${long}.` });
      await claire.submit();
      while (claire.modal()) await claire.close();
    }
  }

  test.each<{ screen: Screen; most: number }>([
    { screen: 'desktop', most: 420 },
    { screen: 'phone', most: 700 },
  ])(
    'the brief with 40 tasks, 10 statements and 60 facts takes at most $most px on a $screen',
    async ({ screen, most }) => {
      const page = await stage.another('Claire');
      await goTo(page, room);
      await page.setViewportSize(screens[screen]);
      expect(await heightsOn(page).brief()).toBeLessThanOrEqual(most);
      await page.close();
    },
  );
});
