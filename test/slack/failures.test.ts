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
    ['404', json({}, 404), 'permanent', 'http_404', 0],
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

  test('the call is made once: repeating is for those who know what it would do', async () => {
    answer = json({}, 500);
    const asked = calls;
    await failureOf(url);
    expect(calls).toBe(asked + 1);
  });
});
