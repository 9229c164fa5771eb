import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installations, workspaces } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import { newBrowser, nova, type Shared, startShared } from '../support/shared.ts';

let shared: Shared;
const logged: string[] = [];
const keep = (fields: object, message: string) => void logged.push(JSON.stringify([fields, message]));
beforeAll(async () => {
  shared = await startShared({ log: { info: keep, warn: keep, error: keep } });
});
afterAll(() => shared.close());

const kept = async () => shared.database.db.select().from(installations);
const cleanHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-type': 'text/html; charset=utf-8',
};

describe('Add to Slack', () => {
  test('sends the browser to Slack, for the scopes of the manifest, with a state that only this browser has', async () => {
    const answer = await newBrowser().open(shared.url('/slack/install'));
    expect(answer.status).toBe(302);
    const asked = new URL(answer.location);
    expect(asked.origin + asked.pathname).toBe(shared.sandbox.authorizeUrl);
    expect(asked.searchParams.get('scope')?.split(',')).toEqual(
      expect.arrayContaining(['commands', 'usergroups:read']),
    );
    expect(asked.searchParams.get('state')?.length).toBeGreaterThan(100);
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure; HttpOnly; .*Max-Age=600/);
  });

  test('says what to do next, in the language of the browser, and whatever the name of the workspace', async () => {
    for (const [language, title, lang] of [
      ['fr-FR,fr;q=0.9', 'Crisis War Room est installée dans Nova &amp; Söhne', 'fr'],
      ['de,en', 'Crisis War Room is installed in Nova &amp; Söhne', 'en'],
    ] as const) {
      const browser = newBrowser();
      const answer = await browser.open(await shared.consent(browser, nova.id), language);
      await shared.settled();
      expect(answer.status).toBe(200);
      expect(answer.html).toContain(`<h1>${title}</h1>`);
      expect(answer.html).toContain(`<html lang="${lang}">`);
      expect(Object.fromEntries(answer.headers)).toMatchObject(cleanHeaders);
    }
    expect(await kept()).toMatchObject([{ workspaceId: nova.id, endedAt: null, installedBy: 'U0NINA000' }]);
    const [workspace] = await shared.database.db.select().from(workspaces);
    expect(workspace).toMatchObject({ id: nova.id, name: nova.name, domain: nova.domain });
  });
});

describe('what is refused, and installs nothing', () => {
  const refused = async (open: () => Promise<{ status: number; html: string }>) => {
    const before = await kept();
    const answer = await open();
    expect(await kept()).toEqual(before);
    expect(answer.html).toMatch(/<h1>Crisis War Room (was not installed|n’a pas été installée)<\/h1>/);
    expect(answer.html).toContain('href="/slack/install"');
    return answer;
  };
  const redirect = (query: Record<string, string>) =>
    shared.url(`/slack/oauth_redirect?${new URLSearchParams(query).toString()}`);

  test('an answer without the cookie of the browser that began', async () => {
    const browser = newBrowser();
    const answer = await shared.consent(browser, shared.sandbox.team.id);
    const page = await refused(() => newBrowser().open(answer, 'fr'));
    expect(page).toMatchObject({ status: 400 });
    expect(page.html).toContain('dans un autre navigateur');
  });

  test('an answer that comes a second time, even with a fresh code and the old cookie', async () => {
    const browser = newBrowser();
    const first = new URL((await browser.open(shared.url('/slack/install'))).location);
    const agree = async () => {
      first.searchParams.set('team', nova.id);
      first.searchParams.set('redirect_uri', shared.url('/slack/oauth_redirect'));
      return (await fetch(first, { redirect: 'manual' })).headers.get('location') ?? '';
    };
    const cookie = `slack-app-oauth-state=${first.searchParams.get('state')}`;
    const open = async (address: string) => {
      const response = await fetch(address, { headers: { cookie } });
      return { status: response.status, html: await response.text() };
    };
    expect((await open(await agree())).status).toBe(200);
    const again = await agree();
    const page = await refused(() => open(again));
    expect(page).toMatchObject({ status: 400 });
    expect(page.html).toContain('a second time');
  });

  test('an answer after more than ten minutes', async () => {
    const browser = newBrowser();
    const answer = await shared.consent(browser, nova.id);
    await shared.pass(10 * MINUTE + 2000);
    const page = await refused(() => browser.open(answer));
    expect(page).toMatchObject({ status: 400 });
    expect(page.html).toContain('within ten minutes');
  });

  test('a state that we did not sign, and none at all', async () => {
    const forged = 'eyJhbGciOiJub25lIn0.eyJpbnN0YWxsT3B0aW9ucyI6e30sIm5vdyI6IjIwOTktMDEtMDEifQ.';
    for (const state of [forged, '']) {
      const open = async () => {
        const headers = { cookie: `slack-app-oauth-state=${state}` };
        const response = await fetch(redirect({ code: 'x', state }), { headers });
        return { status: response.status, html: await response.text() };
      };
      expect(await refused(open)).toMatchObject({ status: 400 });
    }
  });

  test('somebody who cancels in Slack is told that nothing was changed', async () => {
    const browser = newBrowser();
    await browser.open(shared.url('/slack/install'));
    const page = await refused(() => browser.open(redirect({ error: 'access_denied', state: 'x' })));
    expect(page.html).toContain('You cancelled in Slack');
  });

  test('a code that Slack does not know: the reference on the page is in the log', async () => {
    const browser = newBrowser();
    const state = new URL((await browser.open(shared.url('/slack/install'))).location).searchParams.get('state') ?? '';
    const page = await refused(() => browser.open(redirect({ code: 'guessed', state })));
    expect(page.status).toBe(500);
    const [, reference] = /reference: ([0-9A-F]{8})/.exec(page.html) ?? [];
    expect(logged.filter((line) => line.includes(reference ?? '-'))).toHaveLength(1);
    expect(logged.find((line) => line.includes(reference ?? '-'))).toContain('invalid_code');
  });
});

describe('a backup of the database', () => {
  test('gives no token: none is in any row of any table', async () => {
    await shared.install(shared.sandbox.team.id);
    await shared.declare(shared.sandbox.person('Claire'), 'Soup recall');
    const { db, engine } = shared.database;
    const tables = await db.execute<{ name: string }>(
      sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    let dump = '';
    for (const { name } of tables)
      for (const { text } of await db.execute<{ text: string }>(sql`select t::text as text from ${sql.raw(name)} t`))
        dump += `${text}\n`;
    // The search itself works: what is at rest is there, the workspace's name and the encrypted token among it.
    expect(tables.length).toBeGreaterThan(20);
    expect(dump).toContain('Maison Aurore');
    expect(dump).toContain('Soup recall');
    expect(dump.match(/v1\.[0-9a-f]{8}\./g)).toHaveLength(2);
    const tokens = [shared.sandbox.team.id, nova.id].map((id) => shared.sandbox.installation(id)?.botToken ?? '');
    const secrets = [...tokens.flatMap((token) => [token, token.split('-').at(-1) ?? '']), shared.sandbox.clientSecret];
    const raw =
      engine.name === 'embedded' ? Buffer.from(await (await engine.pglite.dumpDataDir('none')).arrayBuffer()) : null;
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20);
      for (const form of ['utf8', 'hex', 'base64url'] as const) {
        const written = Buffer.from(secret).toString(form);
        expect(dump.includes(written)).toBe(false);
        expect(raw?.includes(written) ?? false).toBe(false);
      }
    }
  });

  test('and the log holds none either', () => {
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toMatch(/xox[a-z]-/);
    expect(logged.join('\n')).not.toContain(shared.sandbox.clientSecret);
  });
});
