import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignFr } from '../../src/sandbox/demo/scenarios/campaign-fr.ts';
import { chromiumPath } from './support/browser.ts';
import { closeForms, goHome, goTo, type } from './support/hands.ts';
import { openStage, type Stage } from './support/stage.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!chromiumPath)('the page for everybody', () => {
  let stage: Stage;
  let room: string;
  beforeAll(async () => {
    stage = await openStage();
    room = await stage.company.declare('Glass in the spring soup', { summary: 'Two customers report glass.' });
  });
  afterAll(() => stage.close());

  test.each([
    { look: 'light', dark: false, width: 1360 },
    { look: 'dark', dark: true, width: 1360 },
    { look: 'narrow', dark: false, width: 420 },
  ])('has no serious axe violation: room, thread, inspector, home and form, $look', async ({ dark, width }) => {
    for (const name of ['Helen', 'Claire']) {
      const page = await stage.another(name, { dark, width: 1360 });
      await closeForms(page);
      await goTo(page, room);
      await page.setViewportSize({ width, height: 860 });
      await seriousProblems(page, 'room');
      const last = page.locator('main .message').last();
      await last.hover();
      await page.setViewportSize({ width: 1360, height: 860 });
      await last.hover();
      await last.locator('.message-toolbar button').nth(1).click();
      await page.locator('.side-panel').waitFor();
      await page.setViewportSize({ width, height: 860 });
      await seriousProblems(page, 'thread');
      await page.setViewportSize({ width: 1360, height: 860 });
      await page.locator('.top-end button').first().click();
      await page.locator('.inspector').waitFor();
      await seriousProblems(page, 'inspector');
      await page.locator('.inspector .panel-header button').click();
      await goHome(page);
      await seriousProblems(page, 'home');
      await goTo(page, stage.sandbox.channel('general')?.id ?? '');
      await type(page, '/crisis declare Something else');
      await page.locator('.modal-form').waitFor();
      await page.setViewportSize({ width, height: 860 });
      await seriousProblems(page, 'form');
      await page.keyboard.press('Escape');
      await page.close();
    }
    expect(stage.browser.troubles).toEqual([]);
  });

  test('a crisis is declared with the keyboard alone', async () => {
    const page = await stage.another('Claire');
    await closeForms(page);
    const before = stage.sandbox.channels().length;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('general');
    await page.keyboard.press('Enter');
    await page.keyboard.type('/crisis decl');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Keyboard only');
    await page.keyboard.press('Enter');
    await page.locator('.modal-form').waitFor();
    for (let i = 0; i < 12 && !(await focusIsOn(page, 'textarea')); i += 1) await page.keyboard.press('Tab');
    await page.keyboard.type('Declared without a mouse.');
    for (let i = 0; i < 12 && !(await focusIsOn(page, 'button[type="submit"]')); i += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await stage.sandbox.waitFor(() => stage.sandbox.channels().length > before, { what: 'the war room' });
    await stage.settled();
    const opened = stage.sandbox.channels().findLast((one) => one.name.startsWith('cris'));
    expect(stage.sandbox.transcript(opened?.id ?? '')).toContain('Declared without a mouse.');
    await page.close();
  });

  test('a form that is refused says why, in the person’s language, and puts the focus where it is wrong', async () => {
    const page = await stage.another('Claire');
    await closeForms(page);
    await type(page, '/crisis declare');
    await page.locator('.modal-form').waitFor();
    await page.locator('.modal-form input').first().fill('');
    await page.locator('.modal-footer button[type="submit"]').click();
    await page.getByText('Veuillez remplir ce champ obligatoire.').waitFor();
    expect(await focusIsOn(page, 'input')).toBe(true);
    await page.close();
  });

  // Last: the story that it begins stays chosen.
  test('has no serious axe violation with the guide above a form, what goes into it listed there', async () => {
    const page = await stage.another('Claire');
    await page.locator('.guide').getByRole('button', { name: 'Choisir une histoire' }).click();
    await page.getByRole('menuitem', { name: campaignFr.title }).click();
    const { claire, marc } = stage.company;
    const said = await marc.say('#communication', 'Elle est reprise avec le mot-clé #MamanÀLaCuisine');
    await claire.messageShortcut('assessment.from_message', said);
    await page.locator('.guide-value').first().waitFor();
    for (const width of [1360, 420]) {
      await page.setViewportSize({ width, height: 860 });
      await seriousProblems(page, 'guide');
    }
    await page.close();
  });
});

const focusIsOn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(`.modal-form ${wanted}`) ?? false, selector);

async function seriousProblems(page: Page, where: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${where}: ${id} ${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`)
          .join(' | ')}`,
    );
  expect(serious).toEqual([]);
}
