import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSlackFailure, SlackFailure } from '../../src/slack/failures.ts';
import { createGateway } from '../../src/slack/gateway.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (body: object, status = 200, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const raw =
  (body: string, status = 200): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end(body);
const no = (error: string, more: object = {}) => json({ ok: false, error, ...more });

let server: Server;
let url: string;
let answer: Answer;
let calls = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1;
    request.resume();
    request.on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function failureOf(apiUrl: string, timeoutMs = 2000): Promise<SlackFailure> {
  const gateway = createGateway({ token: 'xoxb-test', apiUrl, timeoutMs });
  const failure = await gateway.identity().then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof SlackFailure)) throw new Error(`not a SlackFailure: ${String(failure)}`);
  return failure;
}

describe('what a failed call means', () => {
  test.each<[string, Answer, SlackFailure['kind'], string, number]>([
    ['429 with its time', json({}, 429, { 'retry-after': '7' }), 'transient', 'rate_limited', 7000],
    ['429 without a time', json({}, 429), 'transient', 'rate_limited', 1000],
    ['a rate limit told in words', no('ratelimited'), 'transient', 'ratelimited', 0],
    ['service_unavailable', no('service_unavailable'), 'transient', 'service_unavailable', 0],
    ['500', json({}, 500), 'ambiguous', 'http_500', 0],
    ['503', json({}, 503), 'ambiguous', 'http_503', 0],
    ['404', json({}, 404), 'ambiguous', 'http_404', 0],
    ['408', raw('<h1>Request timeout</h1>', 408), 'ambiguous', 'http_408', 0],
    ['413', raw('', 413), 'ambiguous', 'http_413', 0],
    ['a 404 that looks like an answer', json({ ok: false, error: 'no_route' }, 404), 'ambiguous', 'http_404', 0],
    ['429 of days', json({}, 429, { 'retry-after': '259200' }), 'transient', 'rate_limited', 600_000],
    ['429 of less than nothing', json({}, 429, { 'retry-after': '-5' }), 'transient', 'rate_limited', 0],
    ['a page', raw('<html>Bad gateway</html>'), 'ambiguous', 'foreign_answer', 0],
    ['a word', raw('forbidden'), 'ambiguous', 'foreign_answer', 0],
    ['nothing', raw(''), 'ambiguous', 'foreign_answer', 0],
    ['half an answer', raw('{"ok":true,"ts":"17'), 'ambiguous', 'foreign_answer', 0],
    ['a list', raw('[]'), 'ambiguous', 'foreign_answer', 0],
    ['null', raw('null'), 'ambiguous', 'foreign_answer', 0],
    ['an object of somebody else', raw('{"message":"not found"}'), 'ambiguous', 'foreign_answer', 0],
    ['a refusal without a code', json({ ok: false }), 'ambiguous', 'foreign_answer', 0],
    ['a refusal in words', no('Access denied by the proxy'), 'ambiguous', 'foreign_answer', 0],
    ['a refusal of a thousand letters', no('a'.repeat(1000)), 'ambiguous', 'foreign_answer', 0],
    ['a refusal that is a number', json({ ok: false, error: 7 }), 'ambiguous', 'foreign_answer', 0],
    ['an answer without its fields', json({ ok: true }), 'ambiguous', 'incomplete_answer', 0],
    ['internal_error', no('internal_error'), 'ambiguous', 'internal_error', 0],
    ['fatal_error', no('fatal_error'), 'ambiguous', 'fatal_error', 0],
    ['request_timeout', no('request_timeout'), 'ambiguous', 'request_timeout', 0],
    ['channel_not_found', no('channel_not_found'), 'permanent', 'channel_not_found', 0],
    ['invalid_auth', no('invalid_auth'), 'transient', 'invalid_auth', 0],
    ['an error nobody knows', no('brand_new_error'), 'permanent', 'brand_new_error', 0],
    ['a line that is cut', (request) => void request.socket.destroy(), 'ambiguous', 'no_answer', 0],
  ])('%s', async (_, given, kind, code, retryAfterMs) => {
    answer = given;
    expect(await failureOf(url)).toMatchObject({ method: 'auth.test', kind, code, retryAfterMs });
  });

  test('no answer in time: Slack may still be working on it', async () => {
    answer = () => {};
    expect(await failureOf(url, 30)).toMatchObject({ kind: 'ambiguous', code: 'timeout' });
  });

  test('nobody listens: it cannot have had an effect', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    expect(await failureOf(`http://127.0.0.1:${port}/api/`)).toMatchObject({ kind: 'transient', code: 'unreachable' });
  });

  test('what Slack says beside the error is kept', async () => {
    answer = no('cant_invite', { errors: [{ user: 'U1', error: 'user_is_restricted' }] });
    const failure = await failureOf(url);
    expect(failure.details['errors']).toEqual([{ user: 'U1', error: 'user_is_restricted' }]);
    expect(failure.message).toBe('auth.test: cant_invite');
  });

  test('a failure that was understood already stays as it is', () => {
    const failure = new SlackFailure('pins.add', 'permanent', 'no_pin');
    expect(asSlackFailure('chat.update', failure)).toBe(failure);
  });

  test('a method that Slack has limited is not asked again before its time', async () => {
    const gateway = createGateway({ token: 'xoxb-test', apiUrl: url });
    answer = json({}, 429, { 'retry-after': '60' });
    await expect(gateway.identity()).rejects.toMatchObject({ code: 'rate_limited' });
    const asked = calls;
    await expect(gateway.identity()).rejects.toMatchObject({ code: 'rate_limited' });
    expect(calls).toBe(asked);
  });

  test('a method that Slack has limited for days is asked again after ten minutes', async () => {
    const clock = { at: Date.parse('2026-11-22T10:00:00Z') };
    const gateway = createGateway({ token: 'xoxb-test', apiUrl: url, now: () => new Date(clock.at) });
    answer = json({}, 429, { 'retry-after': '259200' });
    await expect(gateway.identity()).rejects.toMatchObject({ code: 'rate_limited' });
    answer = json({ ok: true, team_id: 'T1', team: 'One', user_id: 'U1', bot_id: 'B1', url: 'https://one.slack.com/' });
    clock.at += 599_000;
    await expect(gateway.identity()).rejects.toMatchObject({ code: 'rate_limited' });
    clock.at += 1000;
    await expect(gateway.identity()).resolves.toMatchObject({ team_id: 'T1' });
  });

  test('the call is made once: repeating is for those who know what it would do', async () => {
    answer = json({}, 500);
    const asked = calls;
    await failureOf(url);
    expect(calls).toBe(asked + 1);
  });
});

describe('an answer that lacks what is needed is as good as none', () => {
  const at = { channelId: 'C1' };
  const gateway = () => createGateway({ token: 'xoxb-test', apiUrl: url });
  const shown = { text: 'Hello', blocks: [] };
  test.each<[string, object, () => Promise<unknown>]>([
    ['a post without its timestamp', { channel: 'C1' }, () => gateway().postMessage(at, shown, 'k')],
    ['a post with an empty timestamp', { channel: 'C1', ts: '' }, () => gateway().postMessage(at, shown, 'k')],
    ['a history without messages', {}, () => gateway().recentMessages(at, new Date(0))],
    ['a thread without messages', {}, () => gateway().recentMessages({ ...at, threadTs: '1.2' }, new Date(0))],
    ['one message that is none', { messages: [{}] }, () => gateway().messageAt('C1', '1.2')],
    ['a channel without its id', { channel: { name: 'crisis' } }, () => gateway().createChannel('crisis', true)],
    ['a list of channels that is none', { channels: null }, () => gateway().ownChannels(true)],
    ['a direct message without its id', { channel: {} }, () => gateway().directChannel('U1')],
    ['an upload without its address', { file_id: 'F1' }, () => gateway().uploadFile(at, file)],
    ['people', {}, () => gateway().people()],
    ['a person', { user: {} }, () => gateway().person('U1')],
    ['groups', {}, () => gateway().userGroups()],
    ['a form', { view: {} }, () => gateway().openView('1.2', {} as never)],
  ])('%s', async (_, fields, ask) => {
    answer = json({ ok: true, ...fields });
    await expect(ask()).rejects.toMatchObject({ kind: 'ambiguous', code: 'incomplete_answer' });
  });
  const file = { name: 'a.txt', title: 'A', content: 'a' };

  test('a file of which Slack does not say that it shared it', async () => {
    answer = (request, response) => json({ ok: true, upload_url: `${url}upload`, file_id: 'F1' })(request, response);
    await expect(gateway().uploadFile(at, file)).rejects.toMatchObject({
      method: 'files.completeUploadExternal',
      kind: 'ambiguous',
      code: 'incomplete_answer',
    });
  });
});
