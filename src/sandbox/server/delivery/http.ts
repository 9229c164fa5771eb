import { createHmac } from 'node:crypto';
import { realTime } from '../clock.ts';
import type { Ack, Json } from '../types.ts';
import type { Envelope, Transport, World } from '../world.ts';

/** Delivers as Slack does over HTTP: signed, within three seconds, the answer in the body. */
export function createHttpTransport(world: World, url: string): Transport {
  return {
    ready: () => true,
    send: (envelope) => post(world, url, bodyOf(envelope), retryHeaders(envelope)),
  };
}

/** What Slack sends when an administrator saves the request URL. */
export async function verifyUrl(world: World, url: string): Promise<boolean> {
  const challenge = 'a-challenge-to-be-echoed';
  const body = { token: world.state.verificationToken, challenge, type: 'url_verification' };
  const ack = await post(world, url, { type: 'application/json', text: JSON.stringify(body) }, {});
  if (!ack.ok) return false;
  return ack.body === challenge || (isObject(ack.body) && ack.body.challenge === challenge);
}

/** The probe Slack sends now and then to a command's URL. */
export function sslCheck(world: World, url: string): Promise<Ack> {
  const text = new URLSearchParams({ ssl_check: '1', token: world.state.verificationToken }).toString();
  return post(world, url, { type: 'application/x-www-form-urlencoded', text }, {});
}

type Body = { type: string; text: string };

function bodyOf(envelope: Envelope): Body {
  const form = 'application/x-www-form-urlencoded';
  if (envelope.type === 'events_api') return { type: 'application/json', text: JSON.stringify(envelope.payload) };
  if (envelope.type === 'interactive') {
    return { type: form, text: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString() };
  }
  const fields = Object.entries(envelope.payload).map(([key, value]) => [key, String(value)] as [string, string]);
  return { type: form, text: new URLSearchParams(fields).toString() };
}

function retryHeaders(envelope: Envelope): Record<string, string> {
  if (!envelope.retry || envelope.type !== 'events_api') return {};
  return { 'x-slack-retry-num': String(envelope.retry.attempt), 'x-slack-retry-reason': envelope.retry.reason };
}

async function post(world: World, url: string, body: Body, extra: Record<string, string>): Promise<Ack> {
  const startedAt = realTime();
  const elapsed = (): number => realTime() - startedAt;
  // The signature carries real time: receivers compare it with their own clock.
  const timestamp = String(Math.floor(Date.now() / 1000));
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(world.settings.ackTimeoutMs),
      headers: {
        'content-type': body.type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': sign(world.state.signingSecret, timestamp, body.text),
        ...extra,
      },
      body: body.text,
    });
    const answer = await readBody(response);
    if (response.status === 200) return { ok: true, body: answer, ms: elapsed() };
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    return { ok: false, failure: noRetry ? 'no_retry' : `http_${response.status}`, ms: elapsed() };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { ok: false, failure: timedOut ? 'timeout' : 'connection_failed', ms: elapsed() };
  }
}

function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return {};
  if (!(response.headers.get('content-type') ?? '').includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
