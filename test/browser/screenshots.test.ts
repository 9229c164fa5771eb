import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { playAct, roomOf } from '../../src/sandbox/demo/player.ts';
import { productEn } from '../../src/sandbox/demo/scenarios/product-en.ts';
import { betweenActs } from '../../src/sandbox/demo/stage.ts';
import { chromiumPath } from './support/browser.ts';
import { closeForms, goHome, goTo, type } from './support/hands.ts';
import { openStage, type Stage } from './support/stage.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** `npm run screenshots`: the pictures of the README, taken while the demo's crisis is lived. */
describe.skipIf(!chromiumPath || !process.env['SCREENSHOTS'])('the pictures of the README', () => {
  let stage: Stage;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    stage = await openStage({ language: 'en', playbooks: 'product' });
  });
  afterAll(() => stage.close());

  /** Plays until something can be seen in the room by Anne, and stops there. */
  async function playUntil(seen: (transcript: string) => boolean): Promise<void> {
    const { anne } = stage.company;
    const transcript = () => {
      const room = roomOf(stage, productEn);
      return room?.members.includes(anne.id) ? stage.sandbox.transcript(room.id, { as: anne.id }) : '';
    };
    while (next < productEn.acts.length && !seen(transcript())) {
      const act = productEn.acts[next];
      if (!act) return;
      if (next > 0) await stage.advance(betweenActs);
      await playAct(stage, productEn, act);
      next += 1;
    }
  }
  let next = 0;

  const shoot = async (page: Page, name: string) => {
    await page.mouse.move(4, 400);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${folder}${name}.png` });
  };
  const show = (message: Locator) => message.evaluate((node) => node.scrollIntoView({ block: 'start' }));

  test('war room, assessment, check, statement form, approval card, digest, timeline, Home', async () => {
    const helen = await stage.window('Helen', { width: 1280, height: 900 });
    await playUntil((seen) => seen.includes('Marketing*: Marc Delacroix is on it'));
    const room = roomOf(stage, productEn)?.id ?? '';
    await goTo(helen, room);
    await show(helen.locator('main .message', { hasText: 'Crisis #1' }).first());
    await shoot(helen, 'war-room');

    await type(helen, '/crisis statement First words on the spring soup');
    await helen.locator('.modal-form textarea').first().waitFor();
    await shoot(helen, 'statement-form');
    await closeForms(helen);

    await playUntil((seen) => seen.includes('Major crisis* ⬆ was Crisis'));
    await goTo(helen, room);
    await type(helen, '/crisis assess');
    await helen.locator('.modal-form', { hasText: 'People harmed or at risk' }).waitFor();
    await shoot(helen, 'assessment');
    await closeForms(helen);

    await playUntil((seen) => seen.includes('2 points to settle'));
    await goTo(helen, room);
    await helen
      .locator('main .message', { hasText: 'worn seal on filling line 2 let glass into the jars. We' })
      .last()
      .locator('button', { hasText: 'Check…' })
      .click();
    await helen.locator('.modal-form', { hasText: 'A cause that is not confirmed' }).waitFor();
    await shoot(helen, 'check');
    await closeForms(helen);

    await playUntil((seen) => seen.includes('[Approve]'));
    await goTo(helen, room);
    await show(helen.locator('main .message', { has: helen.locator('span:text-is("Approve")') }).last());
    await shoot(helen, 'approval');

    await playUntil((seen) => seen.includes('*Digest 1*'));
    await show(helen.locator('main .message', { hasText: /Digest \d/ }).last());
    await shoot(helen, 'digest');

    await goHome(helen);
    await shoot(helen, 'home');

    await playUntil(() => false);
    await goTo(helen, room);
    await show(helen.locator('main .message', { hasText: 'End of the timeline' }).last());
    await shoot(helen, 'timeline');
  }, 240_000);
});
