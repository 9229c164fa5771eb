import type { Locator, Page } from 'playwright-core';

/** What a person does in a window, by what they see there. */

export async function goTo(page: Page, channelId: string): Promise<void> {
  const line = page.locator(`.sidebar-line[data-channel="${channelId}"]`);
  await line.click();
  await page.locator(`.sidebar-line[data-channel="${channelId}"][aria-current="page"]`).waitFor();
}

export async function goHome(page: Page): Promise<void> {
  await page.locator('.sidebar-section').last().locator('.sidebar-line').click();
  const toHome = page.locator('.channel-header > button', { hasText: /^(Home|Accueil)$/ });
  if ((await page.locator('.home').count()) === 0) await toHome.click();
  await page.locator('.home').waitFor();
}

export async function goToAppMessages(page: Page): Promise<void> {
  await goHome(page);
  await page.locator('.channel-header button.tab').click();
  await page.locator('.composer').waitFor();
}

export async function type(page: Page, text: string, within: string = 'main'): Promise<void> {
  const box = page.locator(`${within} .composer textarea`);
  await box.fill(text);
  // The list of completions would take Enter for itself.
  await box.press('Escape');
  await box.press('Enter');
}

export const messageSaying = (page: Page, text: string): Locator =>
  page.locator('main .message', { hasText: text }).last();

export const buttonCalled = (within: Locator, label: string): Locator =>
  within.locator('button.button', { has: within.page().locator(`span:text-is(${JSON.stringify(label)})`) }).last();

/** Presses a button, or the entry of a menu, as soon as there is one, and answers its confirmation. */
export async function press(page: Page, within: Locator, label: string, confirm = true): Promise<void> {
  const button = buttonCalled(within, label);
  let asks = false;
  await seen(page, `button or menu entry "${label}"`, async () => {
    if ((await button.count()) === 0) return pickFromMenu(page, within, label);
    asks = (await button.getAttribute('aria-haspopup')) === 'dialog';
    await button.click();
    return true;
  });
  const dialog = page.getByRole('alertdialog');
  if (asks) await dialog.waitFor();
  if (confirm && (await dialog.count()) > 0) await dialog.locator('.confirm-buttons button').last().click();
}

async function pickFromMenu(page: Page, within: Locator, label: string): Promise<boolean> {
  const menus = await within.locator('.button-icon').all();
  for (const menu of menus.reverse()) {
    await menu.click();
    const entries = page.getByRole('menuitem');
    await entries.first().waitFor();
    const entry = page.getByRole('menuitem', { name: label, exact: false });
    if ((await entry.count()) > 0) {
      await entry.first().click();
      return true;
    }
    await page.keyboard.press('Escape');
    await entries.first().waitFor({ state: 'detached' });
  }
  return false;
}

const PATIENCE_MS = 15_000;

/** Tries until it works: a window may draw a moment later than the server knows. */
export async function seen(page: Page, what: string, attempt: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await attempt())) {
    if (performance.now() > end) throw new Error(`There is no ${what}.`);
    await drawn(page);
  }
  await drawn(page);
}

/** When the page has drawn what the last event led to. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Fills one field of the open form, whatever it is. */
export async function fill(page: Page, field: string, value: string | string[]): Promise<void> {
  const frame = page.locator(`.modal-form [data-block-id="${field}"]`);
  // A form that the server has opened may not be on the screen yet.
  await frame.first().waitFor();
  if ((await frame.locator('.date-segment[data-type="hour"]').count()) > 0) return writeMoment(frame, Number(value));
  const writing = frame.locator('textarea, input.text-input');
  if ((await writing.count()) > 0) return writing.first().fill([value].flat().join('\n'));
  const picker = frame.locator('.picker-button');
  if ((await picker.count()) === 0) return tick(frame, [value].flat());
  await picker.click();
  const list = page.locator('.popover .listbox');
  await list.waitFor();
  for (const one of [value].flat()) {
    const byKey = list.locator(`[role="option"][data-key="${one}"]`);
    const option =
      (await byKey.count()) > 0 ? byKey : list.getByRole('option').filter({ hasText: one.replace('@', '') });
    await option.first().click();
  }
  if (await list.isVisible()) await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
}

/** A form shows moments in the time zone of its reader: those who fill such a field in these stories live in Paris. */
async function writeMoment(frame: Locator, unix: number): Promise<void> {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  }).formatToParts(unix * 1000);
  for (const { type, value } of parts) {
    const segment = frame.locator(`.date-segment[data-type="${type}"]`);
    if (type === 'literal' || (await segment.count()) === 0) continue;
    const isTwelveHours = (await frame.locator('.date-segment[data-type="dayPeriod"]').count()) > 0;
    const hour = Number(value) % 12 || 12;
    await segment.pressSequentially(type === 'hour' && isTwelveHours ? String(hour) : value);
    if (type === 'hour' && isTwelveHours)
      await frame.locator('.date-segment[data-type="dayPeriod"]').pressSequentially(Number(value) < 12 ? 'A' : 'P');
  }
}

async function tick(frame: Locator, values: string[]): Promise<void> {
  for (const value of values) {
    const byValue = frame.locator(`label:has(input[value="${value}"])`);
    const label = (await byValue.count()) > 0 ? byValue : frame.locator('label', { hasText: value }).last();
    if (!(await label.locator('input').isChecked())) await label.click();
  }
}

export async function submit(page: Page): Promise<void> {
  await page.locator('.modal-footer button[type="submit"]').click();
}

export async function closeForms(page: Page): Promise<void> {
  while ((await page.locator('.modal-form').count()) > 0) {
    await page.locator('.modal-header button').last().click();
    await page.locator('.modal-form').waitFor({ state: 'detached' });
  }
}

export async function react(page: Page, message: Locator, emoji: string): Promise<void> {
  await message.hover();
  await message.locator('.message-toolbar button').first().click();
  await page.locator('.emoji-picker input').fill(emoji.replaceAll('_', ' '));
  await page.locator(`.emoji-choice[aria-label=":${emoji}:"]`).click();
}

export async function chooseForMessage(page: Page, message: Locator, entry: string | RegExp): Promise<void> {
  await message.hover();
  await message.locator('.message-toolbar button').last().click();
  await page.getByRole('menuitem', { name: entry }).click();
}
