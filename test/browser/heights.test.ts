import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from './support/browser.ts';
import { closeForms, fill, goTo, submit, type } from './support/hands.ts';
import { heightsOn, type Screen, screens } from './support/heights.ts';
import { openStage, type Stage } from './support/stage.ts';

const long =
  'Call back everybody who bought a jar of the lot in the eleven shops of the north, one by one, and write it down';

/** What a desktop shows of a conversation at once. */
const oneScreen = 667;

/** French needs more room than English. */
describe.skipIf(!chromiumPath)('heights in px, in French', () => {
  let stage: Stage;
  let room: string;
  let claire: Page;
  beforeAll(async () => {
    stage = await openStage({ language: 'fr', playbooks: 'product' });
    room = await stage.company.declare('Glass in the spring soup', { playbook: 'product', summary: long.repeat(8) });
    await stage.settled();
    claire = await stage.window('Claire', screens.desktop);
    await goTo(claire, room);
  }, 120_000);
  afterAll(() => stage.close());
  beforeEach(() => closeForms(claire));

  test('a room after its declaration is one screen: the brief, then the call, and nothing else', async () => {
    const messages = claire.locator('main .message:not(.note)');
    await messages.nth(1).waitFor();
    expect(await messages.count()).toBe(2);
    await messages.first().locator('.above-message .octicon-pin').waitFor();
    await messages.last().locator('button', { hasText: 'Je m’en charge' }).waitFor();
    expect(await heightsOn(claire).all()).toBeLessThanOrEqual(oneScreen);
  });

  test('/crise takes at most 260 px and shows four things to press', async () => {
    await type(claire, '/crise');
    const answer = claire.locator('main .message.ephemeral').last();
    await answer.waitFor();
    expect(await heightsOn(claire).message('Pour vous')).toBeLessThanOrEqual(260);
    expect(await answer.locator('.blocks button').count()).toBeLessThanOrEqual(4);
  });

  test('/crise aide takes at most 700 px', async () => {
    await type(claire, '/crise aide');
    expect(await heightsOn(claire).message('Les commandes courantes')).toBeLessThanOrEqual(700);
  });

  test('the assessment takes eight clicks in two steps, people and law first', async () => {
    let clicks = 0;
    const form = claire.locator('.modal-form');
    const press = async (block: string, value: string) => {
      const choice = form.locator(`[data-block-id="${block}"] label:has(input[value="${value}"])`);
      await choice.click();
      clicks += 1;
    };
    await type(claire, '/crise évaluer');
    await form.locator('[data-block-id="harm"]').waitFor();
    expect(await heightsOn(claire).form()).toBeLessThanOrEqual(900);
    await press('harm', '3');
    await press('legal', '2');
    await submit(claire);
    clicks += 1;
    await form.locator('[data-block-id="reach"]').waitFor();
    expect(await heightsOn(claire).form()).toBeLessThanOrEqual(1_700);
    for (const block of ['reach', 'source', 'evidence', 'sentiment']) await press(block, '2');
    await submit(claire);
    clicks += 1;
    await form.getByText('Niveau proposé').first().waitFor();
    expect(clicks).toBeLessThanOrEqual(8);
  });

  test('the card of a statement in review takes its text and 240 px', async () => {
    await type(claire, '/crise communiqué Premiers mots');
    await claire.locator('.modal-form').waitFor();
    await fill(claire, 'part_1', 'Deux clients nous ont signalé du verre. Nous cherchons d’où il vient.');
    await fill(claire, 'submit', ['now']);
    await submit(claire);
    await stage.settled();
    await closeForms(claire);
    const said = /Deux clients nous ont signalé du verre\. Nous/;
    const card = claire.locator('main .message', { hasText: said }).last();
    await card.locator('button', { hasText: 'Demander des modifications' }).waitFor();
    const text = await card.locator('.block', { hasText: said }).boundingBox();
    expect(await heightsOn(claire).message(said)).toBeLessThanOrEqual((text?.height ?? 0) + 240);
  });

  describe('with 40 tasks, 10 statements and 60 facts', () => {
    beforeAll(async () => {
      const { claire: by } = stage.company;
      for (let n = 1; n <= 40; n += 1) await by.command(`/crisis task ${n} ${long}`, room);
      for (let n = 1; n <= 60; n += 1) await by.command(`/crisis fact ${n} ${long}`, room);
      for (let n = 1; n <= 10; n += 1) {
        await by.command(`/crisis statement ${n} ${long}`, room);
        await by.waitForModal();
        by.fill({ part_1: `${n} ${long}.` });
        await by.submit();
        while (by.modal()) await by.close();
      }
      await stage.settled();
    }, 120_000);

    test.each<{ screen: Screen; most: number }>([
      { screen: 'desktop', most: 420 },
      { screen: 'phone', most: 700 },
    ])('the brief takes at most $most px on a $screen', async ({ screen, most }) => {
      const page = await stage.another('Claire');
      await goTo(page, room);
      await page.setViewportSize(screens[screen]);
      expect(await heightsOn(page).brief()).toBeLessThanOrEqual(most);
      await page.close();
    });
  });
});
