import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Installation, LogLevel } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/server/index.ts';
import { boltOn, call, room, sandboxWith } from './support.ts';

let sandbox: Sandbox;
let stoppers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stoppers) await stop();
  stoppers = [];
  await sandbox.stop();
});

describe('sockets', () => {
  it('give each payload to exactly one of them, in turn', async () => {
    sandbox = await sandboxWith();
    const texts: string[] = [];
    const one = await boltOn(sandbox, (app) =>
      app.command('/plain', async ({ ack }) => {
        texts.push('one');
        await ack();
      }),
    );
    const two = await boltOn(sandbox, (app) =>
      app.command('/plain', async ({ ack }) => {
        texts.push('two');
        await ack();
      }),
    );
    stoppers.push(one, two);
    expect(sandbox.sockets()).toBe(2);
    for (let i = 0; i < 4; i += 1) await sandbox.person('Claire').command('/plain', '#general');
    expect(texts.toSorted()).toEqual(['one', 'one', 'two', 'two']);
  });

  it('lose no command while one of two is being refreshed', async () => {
    sandbox = await sandboxWith();
    stoppers.push(await boltOn(sandbox, (app) => app.command('/plain', ({ ack }) => ack()), 2));
    sandbox.refreshSocket(0);
    const results = await Promise.all([1, 2, 3].map(() => sandbox.person('Claire').command('/plain', '#general')));
    expect(results.every((result) => result.ok)).toBe(true);
  });

  it('keep events for an app that is away, and send again what was not acknowledged', async () => {
    sandbox = await sandboxWith({ ackTimeoutMs: 60, eventRetryDelaysMs: [5, 5] });
    const channel = await room(sandbox, 'war-1', { users: 'U0CLAIRE0' });
    await sandbox.person('Claire').say(channel, 'while you were away');
    const seen: { id: string; retry: number }[] = [];
    const stop = await boltOn(sandbox, (app) => {
      app.use(async ({ body, context, next }) => {
        const { event_id: id = '' } = body as { event_id?: string };
        seen.push({ id, retry: context.retryNum ?? 0 });
        await next();
      });
    });
    stoppers.push(stop);
    await sandbox.waitFor(() => seen.length >= 2);
    await sandbox.settled();
    expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length);
    const before = seen.length;
    sandbox.replayLast();
    await sandbox.waitFor(() => seen.length === before + 1);
    expect(seen.at(-1)?.id).toBe(seen.at(-2)?.id);
    sandbox.faults.deliverTwice('message');
    await sandbox.person('Claire').say(channel, 'twice');
    await sandbox.waitFor(() => seen.length === before + 3);
    expect(seen.at(-1)?.id).toBe(seen.at(-2)?.id);
  });

  it('send an event again, saying so, when nobody acknowledged it', async () => {
    sandbox = await sandboxWith({ ackTimeoutMs: 20, eventRetryDelaysMs: [5, 5, 5] });
    const opened = await call(sandbox, 'apps.connections.open', {}, sandbox.appToken);
    const got: Record<string, unknown>[] = [];
    const deaf = new WebSocket(String(opened.url));
    deaf.on('message', (data: Buffer) => got.push(JSON.parse(data.toString()) as Record<string, unknown>));
    await sandbox.waitFor(() => got.some((one) => one.type === 'hello'));
    sandbox.updatePerson('Marc', { title: 'Spokesman' });
    await sandbox.settled();
    const sent = got.filter((one) => one.type === 'events_api');
    expect(sent.map((one) => one.retry_attempt)).toEqual([0, 1, 2, 3]);
    expect(new Set(sent.map((one) => (one.payload as { event_id: string }).event_id)).size).toBe(1);
  });

  it('come back by themselves after Slack was down', async () => {
    sandbox = await sandboxWith();
    stoppers.push(await boltOn(sandbox, (app) => app.command('/plain', ({ ack }) => ack())));
    sandbox.goDown();
    await sandbox.waitFor(() => sandbox.sockets() === 0);
    const response = await fetch(`${sandbox.apiUrl}api.test`);
    expect(response.status).toBe(503);
    sandbox.comeBack();
    expect((await call(sandbox, 'api.test')).ok).toBe(true);
  });
});

describe('signed HTTP', () => {
  async function httpApp(setUp: (app: App) => void): Promise<string> {
    const receiver = new HTTPReceiver({ signingSecret: sandbox.signingSecret, logLevel: LogLevel.ERROR });
    const app = new App({
      token: sandbox.botToken,
      receiver,
      deferInitialization: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: sandbox.apiUrl },
    });
    setUp(app);
    await app.init();
    const server = await receiver.start(0);
    stoppers.push(
      () => Promise.resolve(void server.close()),
      () => Promise.resolve(server.closeAllConnections()),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  }

  it('carries commands, submissions and events, signed', async () => {
    sandbox = await sandboxWith();
    const heard: string[] = [];
    const plain = (text: string) => ({ type: 'plain_text' as const, text });
    const url = await httpApp((app) => {
      app.command('/crisis', async ({ ack, body, client }) => {
        await ack({ text: 'Opening the form', response_type: 'ephemeral' });
        const element = { type: 'plain_text_input' as const, action_id: 'v' };
        const blocks = [{ type: 'input' as const, block_id: 'title', label: plain('Title'), element }];
        await client.views.open({
          trigger_id: body.trigger_id,
          view: { type: 'modal', callback_id: 'form', title: plain('Form'), submit: plain('Send'), blocks },
        });
      });
      app.view('form', ({ ack }) => ack({ response_action: 'errors', errors: { title: 'Say more' } }));
      app.message('hello', async ({ message }) => void heard.push(message.ts));
    });
    sandbox.deliverByHttp(url);
    expect(await sandbox.verifyUrl(url)).toBe(true);
    expect((await sandbox.sslCheck(url)).ok).toBe(true);
    const claire = sandbox.person('Claire');
    expect((await claire.command('/crisis', '#general')).reply?.text).toBe('Opening the form');
    await claire.waitForModal();
    claire.fill({ title: 'x' });
    expect(await claire.submit()).toMatchObject({ outcome: 'errors', errors: { title: 'Say more' } });
    const channel = await room(sandbox, 'war-1', { users: claire.id });
    const { ts } = await claire.say(channel, 'hello');
    await sandbox.waitFor(() => heard.length === 1);
    expect(heard).toEqual([ts]);
  });

  it('is refused by the app when the secret is another', async () => {
    sandbox = await sandboxWith();
    const other = await sandboxWith();
    stoppers.push(() => other.stop());
    const url = await httpApp((app) => app.command('/plain', ({ ack }) => ack()));
    other.deliverByHttp(url);
    expect(await other.person('Claire').command('/plain', '#general')).toMatchObject({
      ok: false,
      failure: 'http_401',
    });
  });

  it('installs the app in two workspaces and uses each one’s own token', async () => {
    sandbox = await sandboxWith();
    const second = sandbox.addTeam({
      id: 'T0SECOND0',
      name: 'Second',
      domain: 'second',
      people: [{ id: 'U0NINA000', name: 'Nina Novak' }],
    });
    const kept = new Map<string, Installation>();
    const receiver = new HTTPReceiver({
      signingSecret: sandbox.signingSecret,
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      stateSecret: 'a-state-secret',
      scopes: ['commands', 'chat:write'],
      logLevel: LogLevel.ERROR,
      installationStore: {
        storeInstallation: async (one) => void kept.set(one.team?.id ?? '', one),
        fetchInstallation: async (query) => kept.get(query.teamId ?? '') as never,
      },
      installerOptions: {
        authorizationUrl: sandbox.authorizeUrl,
        directInstall: true,
        stateVerification: false,
        clientOptions: { slackApiUrl: sandbox.apiUrl },
      },
    });
    const app = new App({
      receiver,
      deferInitialization: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: sandbox.apiUrl },
    });
    app.command('/plain', async ({ ack, client }) => ack(String((await client.auth.test()).team_id)));
    await app.init();
    const server = await receiver.start(0);
    stoppers.push(
      () => Promise.resolve(void server.close()),
      () => Promise.resolve(server.closeAllConnections()),
    );
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const team of [sandbox.team.id, second.id]) await installIn(base, team);
    sandbox.deliverByHttp(`${base}/slack/events`);
    expect((await sandbox.person('Claire').command('/plain', '#general')).reply?.text).toBe(sandbox.team.id);
    const general = sandbox.channels().find((c) => c.team_id === second.id)?.id ?? '';
    expect((await sandbox.person('Nina').command('/plain', general)).reply?.text).toBe(second.id);
    expect(sandbox.installation(second.id)?.scopes).toEqual(['commands', 'chat:write']);
  });

  async function installIn(base: string, team: string): Promise<void> {
    const start = await fetch(`${base}/slack/install`, { redirect: 'manual' });
    const consent = new URL(start.headers.get('location') ?? '');
    consent.searchParams.set('team', team);
    consent.searchParams.set('redirect_uri', `${base}/slack/oauth_redirect`);
    const agreed = await fetch(consent, { redirect: 'manual' });
    const done = await fetch(agreed.headers.get('location') ?? '');
    expect(done.status).toBe(200);
  }
});
