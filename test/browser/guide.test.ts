import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { roomOf } from '../../src/sandbox/demo/player.ts';
import { campaignFr } from '../../src/sandbox/demo/scenarios/campaign-fr.ts';
import { chromiumPath } from './support/browser.ts';
import { openStage, type Stage } from './support/stage.ts';

describe.skipIf(!chromiumPath)('the guide on the page', () => {
  const steps = campaignFr.acts.filter(({ step }) => step !== undefined).length;
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage({ language: 'fr', playbooks: 'product' });
  });
  afterEach(() => stage.close());

  const guide = (page: Page) => page.locator('.guide');
  const choose = async (page: Page) => {
    await guide(page).getByRole('button', { name: 'Choisir une histoire' }).click();
    await page.getByRole('menuitem', { name: campaignFr.title }).click();
  };
  const play = (page: Page) => guide(page).getByRole('button', { name: 'Jouer cette étape' });
  const at = (page: Page, n: number) => guide(page).getByText(`Étape ${n} sur ${steps}`).waitFor();

  test('goes on after Esc, is used above a form, and shows where the story goes on', async () => {
    const page = await stage.window('Claire');
    await choose(page);
    await guide(page).getByRole('button', { name: 'Devenir Marc Delacroix' }).waitFor();
    await play(page).click();
    await at(page, 2);

    // The assessment's result is open: its button is what comes next.
    const form = page.locator('.modal-form');
    await form.getByText('Ce que déclenche le niveau').waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await guide(page).getByText('Assess this').waitFor();

    await page.locator('main .composer textarea').fill('/crise évaluer Autre chose');
    await page.locator('main .composer textarea').press('Enter');
    await form.waitFor();
    await play(page).click();
    await at(page, 3);
    const room = roomOf(stage, campaignFr)?.id ?? '';
    await page.locator(`.sidebar-line[data-channel="${room}"][aria-current="page"]`).waitFor();
    expect(await guide(page).locator('.guide-trouble').count()).toBe(0);

    await guide(page).getByRole('button', { name: 'Devenir Tom Becker' }).click();
    await page.locator(`.sidebar-line[data-channel="${room}"][aria-current="page"]`).waitFor();
    await guide(page).getByText('You', { exact: true }).waitFor();
    expect(stage.browser.troubles).toEqual([]);
  });

  test.each([
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ])('covers neither the form nor the composer at $width px', async (size) => {
    const page = await stage.window('Claire', size);
    await choose(page);
    await stage.sandbox.person('Claire').command('/crise évaluer Une vidéo', '#general');
    const header = page.locator('.modal-header');
    await header.waitFor();
    await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
    const bottomOf = async (selector: string) => {
      const box = await page.locator(selector).boundingBox();
      return box ? box.y + box.height : Number.NaN;
    };
    expect(await bottomOf('.guide')).toBeLessThan((await header.boundingBox())?.y ?? 0);
    expect(await bottomOf('.modal-footer')).toBeLessThanOrEqual(size.height);
    expect(await bottomOf('.guide')).toBeLessThan(size.height / 4);

    await page.keyboard.press('F6');
    expect(await page.evaluate(() => document.activeElement?.closest('.guide') !== null)).toBe(true);
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => document.activeElement?.closest('.modal') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await header.waitFor({ state: 'detached' });
    expect(await bottomOf('main .composer')).toBeLessThanOrEqual(size.height);
  });
});

describe.skipIf(!chromiumPath)('the composer', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage({ language: 'fr' });
  });
  afterEach(() => stage.close());

  test('Enter picks the highlighted name, Esc closes the list only, and a second Enter sends', async () => {
    const page = await stage.window('Claire');
    const box = page.locator('main .composer textarea');
    await page.getByText('Il ne s’est encore rien passé').waitFor();
    const list = page.getByRole('listbox', { name: 'Personnes' });

    await box.pressSequentially('Bonjour @he');
    await list.waitFor();
    const active = await box.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).textContent()).toContain('Helen Park');
    await box.press('Enter');
    expect(await box.inputValue()).toBe('Bonjour @helen.park ');
    await list.waitFor({ state: 'detached' });

    await box.pressSequentially('et @t');
    await list.waitFor();
    await box.press('ArrowDown');
    await box.press('ArrowUp');
    await box.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await box.inputValue()).toBe('Bonjour @helen.park et @t');
    await box.press('Backspace');
    await list.waitFor();
    await box.pressSequentially('tom');
    await box.press('Tab');
    expect(await box.inputValue()).toBe('Bonjour @helen.park et @tom.becker ');
    await box.press('Enter');
    await page.locator('main .message', { hasText: 'Bonjour @Helen Park et @Tom Becker' }).waitFor();

    // In a command as well.
    await box.pressSequentially('/crise statut @he');
    await list.waitFor();
    await box.press('Enter');
    expect(await box.inputValue()).toBe('/crise statut @helen.park ');
    await box.press('Enter');
    await page.locator('main .message.ephemeral').waitFor();
    expect(await box.inputValue()).toBe('');
  });

  test('Slack’s own lines are in the language of their reader', async () => {
    const room = await stage.company.declare('Verre dans la soupe');
    const [claire, helen] = [await stage.window('Claire'), await stage.window('Helen')];
    for (const [page, words] of [
      [claire, 'a rejoint le canal'],
      [helen, 'has joined the channel'],
    ] as const) {
      await page.locator(`.sidebar-line[data-channel="${room}"]`).click();
      await page.locator('main .message.note', { hasText: words }).first().waitFor();
    }
    expect(await claire.locator('main .message', { hasText: 'joined the channel' }).count()).toBe(0);
  });
});
