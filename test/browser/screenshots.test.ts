import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import { fillClosing } from '../support/acts.ts';
import { chromiumPath } from './support/browser.ts';
import { closeForms, fill, goHome, goTo, goToAppMessages, press, submit, type } from './support/hands.ts';
import { screens } from './support/heights.ts';
import { openStage, type Stage } from './support/stage.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** `npm run screenshots`: the pictures of the README, in the hands of the lawyer of a crisis. */
describe.skipIf(!chromiumPath || !process.env['SCREENSHOTS'])('the pictures of the README', () => {
  let stage: Stage;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    stage = await openStage({ language: 'en', playbooks: 'product' });
  });
  afterAll(() => stage.close());

  const shoot = async (page: Page, name: string) => {
    await page.mouse.move(4, 400);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${folder}${name}.png` });
  };
  const show = (message: Locator) => message.evaluate((node) => node.scrollIntoView({ block: 'start' }));

  test('war room, assessment, statement form, check, approval, digest, Home, a phone, timeline', async () => {
    const { company } = stage;
    const { claire } = company;
    const room = await company.declare('Glass in the spring soup', {
      playbook: 'product',
      summary: 'Two customers report a splinter of glass in a 500 ml jar. Nobody is hurt. Photos from both.',
    });
    const helen = await stage.window('Helen', screens.desktop);
    const dark = await stage.another('Helen', { ...screens.desktop, dark: true });
    const tom = await stage.window('Tom');
    const form = helen.locator('.modal-form');
    const write = async (title: string, text: string) => {
      await goTo(helen, room);
      await type(helen, `/crisis statement ${title}`);
      await fill(helen, 'part_1', text);
      await fill(helen, 'submit', ['now']);
      await submit(helen);
      await stage.settled();
    };

    await claire.command('/crisis fact Both jars are of lot L2231, filled on Tuesday', room);
    await claire.command('/crisis fact Lot L2231 was delivered to 14 shops', room);
    await goTo(tom, room);
    await press(tom, tom.locator('main .message', { hasText: 'Called.' }).last(), 'I’m on it');
    await stage.advance(MINUTE);
    for (const [page, name] of [
      [helen, 'war-room'],
      [dark, 'war-room-dark'],
    ] as const) {
      await goTo(page, room);
      await page.locator('main .message', { hasText: 'Called.' }).last().waitFor();
      await shoot(page, name);
    }

    await type(helen, '/crisis statement First words on the spring soup');
    await form.locator('textarea').first().waitFor();
    await shoot(helen, 'statement-form');
    await closeForms(helen);

    await type(helen, '/crisis assess');
    await form.locator('[data-block-id="harm"]').waitFor();
    const rate = (block: string, value: number) =>
      form.locator(`[data-block-id="${block}"] label:has(input[value="${value}"])`).click();
    await rate('harm', 3);
    await rate('legal', 2);
    await submit(helen);
    await form.locator('[data-block-id="reach"]').waitFor();
    for (const block of ['reach', 'source', 'evidence', 'sentiment']) await rate(block, 2);
    await submit(helen);
    await form.getByText('Proposed level').first().waitFor();
    await shoot(helen, 'assessment');
    await closeForms(helen);

    await write('On the cause', 'A worn seal on filling line 2 let glass into the jars. We have stopped the sale.');
    await helen.locator('main .message').last().waitFor();
    await shoot(helen, 'check');
    await closeForms(helen);

    await claire.command('/crisis statement First words', room);
    await claire.waitForModal();
    claire.fill({
      part_1:
        'Two customers have told us of glass in a jar of our spring soup, lot L2231. If you have this jar at home, please do not eat it. We are looking for the cause, and will say more here at noon.',
      submit: ['now'],
    });
    await claire.submit();
    while (claire.modal()) await claire.close();
    await stage.settled();
    await stage.advance(MINUTE);
    await goTo(helen, room);
    await helen
      .locator('main .message', { has: helen.locator('span:text-is("Approve")') })
      .last()
      .waitFor();
    await shoot(helen, 'approval');

    await goHome(helen);
    await helen.locator('.home').getByText('Approve statement').first().waitFor();
    await shoot(helen, 'home');

    await goToAppMessages(dark);
    await dark.setViewportSize(screens.phone);
    await shoot(dark, 'phone');

    await stage.advance(20 * MINUTE);
    await claire.command('/crisis digest now', room);
    await stage.settled();
    await goTo(helen, room);
    await show(helen.locator('main .message', { hasText: /Digest \d/ }).last());
    await shoot(helen, 'digest');

    await claire.command('/crisis close', room);
    await claire.waitForModal();
    fillClosing(claire, 'The lot is out of the shops; those who bought it have been called.');
    await claire.submit();
    await stage.settled();
    await stage.advance(2 * MINUTE);
    await goTo(helen, room);
    const closed = helen.locator('main .message', { hasText: 'Closed: Glass in the spring soup' }).last();
    await closed.locator('.thread-line').click();
    await helen.locator('.side-panel .message').nth(1).waitFor();
    await shoot(helen, 'timeline');
  }, 240_000);
});
