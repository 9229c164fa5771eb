import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server/index.ts';
import { call, room, sandboxWith } from './support.ts';

let sandbox: Sandbox;
let channel: string;
let client: WebClient;
beforeEach(async () => {
  sandbox = await sandboxWith();
  channel = await room(sandbox, 'war-1');
  client = new WebClient(sandbox.botToken, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});
afterEach(() => sandbox.stop());

const said = () => sandbox.channel(channel)?.messages.filter((m) => m.text === 'once').length;
const post = () => client.chat.postMessage({ channel, text: 'once' });

describe('a fault switch', () => {
  it('answers 429 with the time to wait', async () => {
    sandbox.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await post();
    expect(said()).toBe(1);
  });

  it('fails before the effect, or after it', async () => {
    sandbox.faults.next('chat.postMessage', { kind: 'http', status: 502, when: 'before' });
    await expect(post()).rejects.toMatchObject({ statusCode: 502 });
    expect(said()).toBe(0);
    sandbox.faults.next('chat.postMessage', { kind: 'http', status: 502, when: 'after' });
    await expect(post()).rejects.toMatchObject({ statusCode: 502 });
    expect(said()).toBe(1);
  });

  it('cuts the line before the effect, or after it', async () => {
    sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'before' });
    await expect(post()).rejects.toThrow('request error');
    expect(said()).toBe(0);
    sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    await expect(post()).rejects.toThrow('request error');
    expect(said()).toBe(1);
  });

  it('lets the effect come when it is told to catch up, once', async () => {
    sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'late' });
    await expect(post()).rejects.toThrow('request error');
    await sandbox.settled();
    expect(said()).toBe(0);
    await sandbox.catchUp();
    await sandbox.catchUp();
    expect(said()).toBe(1);
  });

  it('answers with any body, in place of an answer or after the effect', async () => {
    const ask = () =>
      fetch(`${sandbox.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.botToken}` },
        body: new URLSearchParams({ channel, text: 'once' }),
      });
    sandbox.faults.next('chat.postMessage', { kind: 'body', status: 413, body: '<html>', when: 'before' });
    const refused = await ask();
    expect([refused.status, await refused.text(), said()]).toEqual([413, '<html>', 0]);
    sandbox.faults.next('chat.postMessage', { kind: 'body', body: '{"ok":true}', when: 'after' });
    const halved = await ask();
    expect([halved.status, await halved.text(), said()]).toEqual([200, '{"ok":true}', 1]);
    expect(sandbox.calls.slice(-2).map((c) => c.ok)).toEqual([false, false]);
  });

  it('lets the effect of a slow call happen though its caller has gone', async () => {
    sandbox.faults.next('chat.postMessage', { kind: 'slow', ms: 80, when: 'after' });
    const impatient = new WebClient(sandbox.botToken, {
      slackApiUrl: sandbox.apiUrl,
      retryConfig: { retries: 0 },
      timeout: 20,
    });
    await expect(impatient.chat.postMessage({ channel, text: 'once' })).rejects.toThrow();
    expect(said()).toBe(0);
    await sandbox.settled();
    expect(said()).toBe(1);
  });

  it('gives any platform error, to the calls it is meant for, as often as asked', async () => {
    const match = (args: Record<string, unknown>) => args.name === 'war-2';
    sandbox.faults.next('conversations.create', { kind: 'error', error: 'restricted_action' }, { times: 2, match });
    expect((await call(sandbox, 'conversations.create', { name: 'war-3' })).ok).toBe(true);
    expect((await call(sandbox, 'conversations.create', { name: 'war-2' })).error).toBe('restricted_action');
    expect((await call(sandbox, 'conversations.create', { name: 'war-2' })).error).toBe('restricted_action');
    expect((await call(sandbox, 'conversations.create', { name: 'war-2' })).ok).toBe(true);
    sandbox.faults.always('pins.add', { kind: 'error', error: 'missing_scope', needed: 'pins:write' });
    expect(await call(sandbox, 'pins.add')).toMatchObject({ error: 'missing_scope', needed: 'pins:write' });
    sandbox.faults.clear();
    expect((await call(sandbox, 'pins.add')).error).toBe('channel_not_found');
  });

  it('is written down with each call, and how long the call took', async () => {
    sandbox.latency(20);
    sandbox.faults.next('auth.test', { kind: 'error', error: 'account_inactive' });
    await call(sandbox, 'auth.test');
    const last = sandbox.calls.at(-1);
    expect(last).toMatchObject({ method: 'auth.test', ok: false, error: 'account_inactive', fault: 'error' });
    expect((last?.finishedAt ?? 0) - (last?.startedAt ?? 0)).toBeGreaterThanOrEqual(19);
  });

  it('refuses connections altogether while Slack is unreachable', async () => {
    sandbox.goDown('refuse');
    await expect(post()).rejects.toThrow('request error');
    sandbox.comeBack();
    await post();
    expect(said()).toBe(1);
  });
});
