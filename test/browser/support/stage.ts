import type { Page } from 'playwright-core';
import type { World } from '../../../src/sandbox/demo/player.ts';
import { nextDeadline, settledIn } from '../../../src/sandbox/demo/stage.ts';
import { openBook } from '../../../src/sandbox/page/book.ts';
import { openPage } from '../../../src/sandbox/page/index.ts';
import { seedRoster } from '../../../src/sandbox/trial/roster.ts';
import { type Company, type CompanyOptions, startCompany } from '../../support/company.ts';
import { type Browser, openBrowser } from './browser.ts';
import * as hands from './hands.ts';

export type Stage = World & {
  company: Company;
  browser: Browser;
  /** The window of a person, opened the first time somebody asks for it. */
  window(name: string, options?: Parameters<Browser['open']>[1]): Promise<Page>;
  /** One more window, beside the first. */
  another(name: string, options?: Parameters<Browser['open']>[1]): Promise<Page>;
  /** When a window shows what had happened when time last passed: nobody acts on what they do not see yet. */
  caughtUp(page: Page): Promise<void>;
  close(): Promise<void>;
};

/** A company with its workspace page, and a browser to look at it. */
export async function openStage(options: CompanyOptions = {}): Promise<Stage> {
  const [company, browser] = await Promise.all([startCompany({ ...options, roster: 'none' }), openBrowser()]);
  const { sandbox, app } = company;
  await seedRoster(app, sandbox);
  const settled = settledIn(app, sandbox);
  const advance = async (ms: number) => {
    for (let left = ms; left > 0; ) {
      const jump = Math.min(left, await nextDeadline(app));
      await company.pass(jump);
      left -= jump;
    }
  };
  const page = await openPage({
    sandbox,
    advance,
    book: (pass) => openBook({ sandbox, settled, advance: pass }),
  });
  let passed = 0;
  const windows = new Map<string, Promise<Page>>();
  const another: Stage['another'] = async (name, look) => {
    const opened = await browser.open(`${page.url}?as=${sandbox.person(name).id}&at=start`, look);
    await opened.locator('.composer textarea').waitFor();
    return opened;
  };
  return {
    company,
    browser,
    sandbox,
    async advance(ms) {
      await page.pass(ms);
      // Every window is told the time once it has passed.
      passed = sandbox.clock.now().getTime();
    },
    settled,
    another,
    window(name, look) {
      const known = windows.get(name) ?? another(name, look);
      windows.set(name, known);
      return known;
    },
    caughtUp: (page) => hands.seen(page, 'window that has caught up', async () => browser.toldUntil(page) >= passed),
    close: async () => {
      await browser.close();
      await company.close();
    },
  };
}
