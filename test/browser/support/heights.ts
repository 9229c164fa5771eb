import type { Locator, Page } from 'playwright-core';

/** The sizes for which heights are promised. */
export const screens = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Screen = keyof typeof screens;

/** How many px people have to read, as the page draws it in its present size; what scrolls counts in full. */
export function heightsOn(page: Page) {
  const messages = (within = 'main') => page.locator(`${within} .message:not(.note)`);

  /** One message, the last that says so. */
  async function message(saying: string | RegExp, within = 'main'): Promise<number> {
    const found = messages(within).filter({ hasText: saying }).last();
    await found.waitFor();
    return (await heightsOf(found))[0] ?? 0;
  }
  /** The pinned message, far up in a room that is full. */
  async function brief(): Promise<number> {
    const pinned = messages().filter({ has: page.locator('.above-message .octicon-pin') });
    const earlier = page.locator('.earlier');
    await messages().first().waitFor();
    while ((await pinned.count()) === 0 && (await earlier.count()) > 0) await earlier.click();
    await pinned.waitFor();
    return sum(await heightsOf(pinned));
  }
  /** All messages of a conversation or a thread; Slack's own lines fall where they fall. */
  const all = (within = 'main'): Promise<number> => heightsOf(messages(within)).then(sum);
  /** The open form with its title and its buttons. */
  const form = (): Promise<number> => inFull(page.locator('.modal-form'), '.modal-body');
  /** The app's Home. */
  const home = (): Promise<number> => heightsOf(page.locator('.home > .blocks')).then(sum);

  return { message, brief, all, form, home };
}

/** Once fonts are there and nothing moves any more. */
async function heightsOf(found: Locator): Promise<number[]> {
  await still(found.page());
  return found.evaluateAll((nodes) => nodes.map((node) => Math.ceil(node.getBoundingClientRect().height)));
}

async function inFull(frame: Locator, scrolled: string): Promise<number> {
  await frame.waitFor();
  await still(frame.page());
  return frame.evaluate((node, selector) => {
    const body = node.querySelector(selector);
    return Math.ceil(node.getBoundingClientRect().height + (body ? body.scrollHeight - body.clientHeight : 0));
  }, scrolled);
}

const still = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
  });

const sum = (heights: readonly number[]): number => heights.reduce((total, one) => total + one, 0);
