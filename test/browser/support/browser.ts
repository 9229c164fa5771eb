import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { ToPage } from '../../../src/sandbox/page/wire.ts';

/** Debian's package first; another Chromium may be named in CHROMIUM. */
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumPath = PLACES.find((path) => path !== undefined && existsSync(path));

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Browser = {
  /** A window of the workspace, in one person's hands. */
  open(url: string, options?: { dark?: boolean; width?: number; height?: number }): Promise<Page>;
  /** The sandbox's time (ms) in the last thing this window was told; what had happened before it was told before. */
  toldUntil(page: Page): number;
  /** What should never happen: console errors, page errors, requests that leave this machine. */
  troubles: string[];
  close(): Promise<void>;
};

/** A real Chromium with a profile of its own, thrown away afterwards. */
export async function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('There is no Chromium on this machine.');
  const profile = mkdtempSync(join(tmpdir(), 'war-room-browser-'));
  const troubles: string[] = [];
  const told = new WeakMap<Page, number>();
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: FLAGS,
    headless: true,
    viewport: { width: 1360, height: 860 },
    locale: 'en-GB',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(15_000);
  context.on('page', (page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
    });
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) =>
        told.set(page, Math.max(told.get(page) ?? 0, timeIn(String(payload)))),
      );
    });
    page.on('pageerror', (error) => troubles.push(`page: ${error.message}`));
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(hostname))
        troubles.push(`request outside: ${request.url()}`);
    });
  });
  return {
    troubles,
    toldUntil: (page) => told.get(page) ?? 0,
    async open(url, { dark = false, width = 1360, height = 860 } = {}) {
      const page = await context.newPage();
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      await page.goto(url);
      return page;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function timeIn(frame: string): number {
  const message = JSON.parse(frame) as ToPage;
  if (!('pushes' in message)) return 0;
  return message.pushes.reduce((latest, push) => {
    if (push.type === 'hello') return Math.max(latest, push.hello.now);
    return push.type === 'clock' && !push.passing ? Math.max(latest, push.now) : latest;
  }, 0);
}
