import { randomBytes } from 'node:crypto';
import { buildManifest } from '../../manifests/build.ts';
import { startSharedApp } from '../../src/app.ts';
import type { Log } from '../../src/core/logger.ts';
import { type Person, startSandbox } from '../../src/sandbox/server/index.ts';
import { readTokenKey, type TokenKey, type TokenKeys } from '../../src/workspaces/tokens.ts';
import { aheadAtStart } from './clock.ts';
import { quietLog, settledIn } from './company.ts';
import { freshDatabase } from './database.ts';
import { paceWithoutWaiting } from './pace.ts';

export const newKey = (): TokenKey => readTokenKey(randomBytes(32).toString('base64')) as TokenKey;

type App = Awaited<ReturnType<typeof startSharedApp>>;
export type Shared = Awaited<ReturnType<typeof startShared>>;

/** The second workspace, beside "Maison Aurore". Its people have the same words for everything, and none in common. */
export const nova = { id: 'T0NOVA000', name: 'Nova & Söhne', domain: 'nova' };

/** One process on one database that workspaces install by OAuth: none has yet. */
export async function startShared({ keys = [newKey()], log = quietLog }: { keys?: TokenKeys; log?: Log } = {}) {
  const clock = { offset: aheadAtStart() };
  const now = () => new Date(Date.now() + clock.offset);
  const { pace, paceNow, editsNow } = paceWithoutWaiting(now);
  const [database, sandbox] = await Promise.all([
    freshDatabase(),
    startSandbox({ manifest: buildManifest('http'), now, paceNow, editsNow }),
  ]);
  sandbox.addTeam({
    ...nova,
    people: [
      { id: 'U0NINA000', name: 'Nina Novak' },
      { id: 'U0PAUL000', name: 'Paul Petit', locale: 'fr-FR' },
    ],
  });
  const start = (listed: TokenKeys) =>
    startSharedApp({
      database,
      now,
      log,
      pace,
      rateLimit: { burst: 1_000_000, everyMs: 1 },
      oauth: {
        clientId: sandbox.clientId,
        clientSecret: sandbox.clientSecret,
        keys: listed,
        scopes: Object.values(buildManifest('http').oauth_config.scopes).flat(),
        apiUrl: sandbox.apiUrl,
      },
      door: { signingSecret: sandbox.signingSecret, port: 0 },
    });
  const running: { app?: App } = {};
  const app = () => {
    if (!running.app) throw new Error('the product is stopped');
    return running.app;
  };
  const url = (path: string) => `http://127.0.0.1:${app().port}${path}`;
  const leap = (ms: number) => {
    clock.offset += ms;
    return app().advance(ms);
  };
  const settled = (retriesToo = false) => settledIn(sandbox, app(), leap)(retriesToo);
  const begin = async (listed: TokenKeys) => {
    running.app = await start(listed);
    sandbox.deliverByHttp(url('/slack/events'));
    await settled();
  };
  await begin(keys);

  /** The answer that Slack's consent page sends the browser back with. */
  const consent = async (browser: Browser, teamId: string) => {
    const asked = new URL((await browser.open(url('/slack/install'))).location);
    asked.searchParams.set('team', teamId);
    asked.searchParams.set('redirect_uri', url('/slack/oauth_redirect'));
    return (await browser.open(asked.href)).location;
  };

  return {
    sandbox,
    database,
    keys,
    app,
    url,
    settled,
    consent,
    pass: async (ms: number) => {
      await leap(ms);
      await settled();
    },
    /** Presses "Add to Slack", agrees, and waits for what follows. */
    install: async (teamId: string) => {
      const browser = newBrowser();
      const answer = await browser.open(await consent(browser, teamId));
      await settled();
      return answer;
    },
    /** Declares through the form and waits for the room. Answers the room's channel id. */
    declare: async (by: Person, title: string) => {
      const before = new Set(sandbox.channels().map((channel) => channel.id));
      await by.command(`/crisis declare ${title}`, '#general');
      await by.waitForModal();
      await by.submit();
      await settled();
      while (by.modal()) await by.close();
      const room = sandbox.channels().find((c) => !before.has(c.id) && c.name.startsWith('crisis-'));
      if (!room) throw new Error('no war room was opened');
      return room.id;
    },
    restart: async (listed: TokenKeys) => {
      await running.app?.stop();
      delete running.app;
      await begin(listed);
    },
    close: async () => {
      await running.app?.stop();
      await sandbox.stop();
      await database.drop();
    },
  };
}

type Page = { status: number; location: string; html: string; headers: Headers };
export type Browser = { open(url: string, language?: string): Promise<Page>; forget(): void };

/** Keeps cookies and follows nothing by itself. */
export function newBrowser(): Browser {
  let cookie = '';
  return {
    open: async (url, language = 'en') => {
      const response = await fetch(url, { redirect: 'manual', headers: { cookie, 'accept-language': language } });
      const set = response.headers.get('set-cookie');
      if (set) cookie = set.split(';')[0] ?? '';
      const { status, headers } = response;
      return { status, headers, location: headers.get('location') ?? '', html: await response.text() };
    },
    forget: () => {
      cookie = '';
    },
  };
}
