import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises } from '../../db/schema/index.ts';
import { features } from '../../src/features.ts';
import { findRoomMessage, revisionsOf } from '../../src/log/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let room: string;
const printed: string[] = [];
const kept = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
beforeAll(async () => {
  for (const { stream, write } of kept)
    stream.write = (chunk: string | Uint8Array, ...rest: []) => {
      printed.push(String(chunk));
      return write(chunk, ...rest);
    };
  company = await startCompany({ transport: 'http' });
  // Every form there is, in seconds: what is in them is what it is about.
  company.sandbox.enforceRateTiers(false);
  room = await company.declare('Soup recall');
});
afterAll(async () => {
  for (const { stream, write } of kept) stream.write = write;
  await company.close();
});

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';
const seconds = (ago = 0) => String(Math.floor(Date.now() / 1000) - ago);
const signed = (body: string, at = seconds()) => ({
  'x-slack-request-timestamp': at,
  'x-slack-signature': `v0=${createHmac('sha256', company.sandbox.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`,
});

/** More connections at once than this wait at the system's door, which turns some of them away. */
const agent = new Agent({ maxSockets: 200 });

/** As Slack would send it, whatever it is: the strongest forger there is. */
function send(
  body: string,
  type: string,
  headers: Record<string, string> = {},
  path = '/slack/events',
  method = 'POST',
) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const all = { 'content-type': type, ...signed(body), ...headers };
    const asked = request(
      { host: '127.0.0.1', port: company.app.port, path, method, headers: all, agent },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const entries = async () => {
  const [crisis] = await company.app.deps.db.select().from(crises);
  return (await entriesOf(company.app.deps.db, crisis?.id ?? '')).length;
};
const command = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    command: '/crisis',
    text: 'log From outside',
    team_id: company.app.workspaceId,
    user_id: company.helen.id,
    channel_id: room,
    trigger_id: `t${Math.random()}`,
    response_url: `${company.sandbox.apiUrl}nowhere`,
    ...more,
  }).toString();

/** What comes back says nothing of how the product is made, and nothing of what is in it. */
const innocent = (answer: { status: number; text: string }) => {
  expect(answer.text).not.toMatch(/\n\s+at |node_modules|\.ts:|Error:|Soup/);
  expect(answer.status).not.toBe(500);
};

describe('a request that Slack did not make', () => {
  const refused: [string, () => [string, string, Record<string, string>?], number[]][] = [
    ['is unsigned', () => [command(), form, { 'x-slack-signature': '' }], [401]],
    ['bears another signature', () => [command(), form, { 'x-slack-signature': `v0=${'0'.repeat(64)}` }], [401]],
    ['bears a signature of another length', () => [command(), form, { 'x-slack-signature': 'v0=00' }], [401]],
    ['bears a signature of another version', () => [command(), form, { 'x-slack-signature': 'v1=00' }], [401]],
    ['is six minutes old', () => [command(), form, signed(command(), seconds(360))], [401]],
    ['bears no time', () => [command(), form, { 'x-slack-request-timestamp': '' }], [401]],
    ['bears a time that is none', () => [command(), form, { 'x-slack-request-timestamp': 'now' }], [401]],
    [
      'hides a command behind a check of the certificate',
      () => [`ssl_check=1&${command()}`, form, { 'x-slack-signature': '' }],
      [200],
    ],
    ['is larger than a megabyte', () => [command({ padding: 'x'.repeat(1_100_000) }), form], [413]],
    ['says that it is something else', () => [command(), 'text/plain'], [400, 404]],
    ['is an image', () => ['\u0089PNG\u0000', 'image/png'], [400, 404]],
    ['is half of a JSON text', () => ['{"type":"event_callback"', json], [400]],
    ['is half of a payload', () => [`payload=${encodeURIComponent('{"type":')}`, form], [400]],
    ['is empty', () => ['', json], [400]],
    ['is null', () => ['null', json], [400]],
    ['holds null', () => ['payload=null', form], [400]],
    ['is nothing', () => ['', form], [200, 400, 404]],
  ];
  test.each(refused)('that %s is refused, and nothing changes', async (_, given, statuses) => {
    const before = await entries();
    const answer = await send(...given());
    innocent(answer);
    expect(statuses).toContain(answer.status);
    await company.settled();
    expect(await entries()).toBe(before);
  });

  test('is answered once: the same signed delivery again changes nothing', async () => {
    const before = await entries();
    const body = command();
    const headers = signed(body);
    for (let i = 0; i < 3; i += 1) expect(await send(body, form, headers)).toMatchObject({ status: 200 });
    await company.settled();
    expect(await entries()).toBe(before + 1);
  });

  test.each<[string, string, string]>([
    ['no address', 'POST', '//'],
    ['an address that cannot be read', 'POST', '/%'],
    ['an address out of the folder', 'GET', '/../../etc/passwd'],
    ['another way', 'DELETE', '/slack/events'],
    ['another address', 'POST', '/admin'],
  ])('with %s gets nothing', async (_, method, path) => {
    const answer = await send('', json, {}, path, method);
    innocent(answer);
    expect([400, 404]).toContain(answer.status);
  });
});

const absurd: [string, unknown][] = [
  ['a number', 7],
  ['a text', 'x'],
  ['a list', []],
  ['nothing', {}],
  ['deep', JSON.parse(`${'{"a":'.repeat(900)}1${'}'.repeat(900)}`)],
  ['deep lists', JSON.parse(`${'['.repeat(900)}${']'.repeat(900)}`)],
  ['a prototype', JSON.parse('{"__proto__":{"isOutsider":false,"admin":true},"constructor":{"prototype":{"x":1}}}')],
  ['many keys', Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]))],
];

describe('a signed request that makes no sense', () => {
  const who = () => ({
    user: { id: company.helen.id, team_id: company.app.workspaceId },
    team: { id: company.app.workspaceId },
    trigger_id: `t${Math.random()}`,
    api_app_id: company.sandbox.appId,
  });
  const payload = (value: unknown) => `payload=${encodeURIComponent(JSON.stringify(value))}`;
  const press = (action: unknown, more: object = {}) =>
    payload({ type: 'block_actions', ...who(), channel: { id: room }, actions: [action], ...more });
  const event = (inner: unknown) =>
    JSON.stringify({
      type: 'event_callback',
      team_id: company.app.workspaceId,
      event_id: `E${Math.random()}`,
      event: inner,
    });
  const submission = (callbackId: string, more: object) =>
    payload({
      type: 'view_submission',
      ...who(),
      view: {
        id: 'V1',
        hash: 'h',
        team_id: company.app.workspaceId,
        callback_id: callbackId,
        type: 'modal',
        blocks: [],
        ...more,
      },
    });

  /** None of these can end in an error page or in an unhandled error, and the product goes on. */
  async function survives(sent: [string, string][]): Promise<void> {
    const before = await entries();
    for (const answer of await Promise.all(sent.map(([body, type]) => send(body, type)))) innocent(answer);
    await company.settled();
    expect(await entries()).toBe(before);
  }

  const everyAction = features.flatMap((f) => f.actions ?? []).map((a) => a.id);
  const everyForm = features.flatMap((f) => f.forms ?? []).map((f) => f.id);

  test.each(absurd)('a body that is %s', async (_, value) => {
    await survives([
      [JSON.stringify(value), json],
      [payload(value), form],
    ]);
  });

  test('a command without its fields', async () => {
    const fields = ['text', 'channel_id', 'trigger_id', 'response_url'];
    await survives(
      fields.map((field) => {
        const body = new URLSearchParams(command({ text: 'list' }));
        body.delete(field);
        return [body.toString(), form];
      }),
    );
    for (const field of ['user_id', 'team_id', 'command']) {
      const body = new URLSearchParams(command());
      body.delete(field);
      await survives([[body.toString(), form]]);
    }
  });

  test('a command that is given twice, or is somebody nobody knows, or somewhere else', async () => {
    await survives([
      [`${command()}&text=log+b&user_id=${company.tom.id}`, form],
      [command({ user_id: 'U0NOBODY00' }), form],
      [command({ user_id: '__proto__' }), form],
      [command({ team_id: 'T0ELSEWHERE' }), form],
      [command({ channel_id: "C1' or '1'='1" }), form],
      [command({ channel_id: '\u0000' }), form],
    ]);
  });

  test('presses that carry nonsense, of every button there is', async () => {
    const presses = everyAction.flatMap((id): [string, string][] => {
      const values = absurd.slice(0, 8).map(([, value]) => JSON.stringify(value));
      return [
        ...[
          ...values,
          '',
          '{',
          '\u0000',
          'x'.repeat(3000),
          '{"crisisId":"not an id"}',
          `{"crisisId":"${'0'.repeat(36)}"}`,
        ].map((value): [string, string] => [press({ action_id: id, block_id: 'b', type: 'button', value }), form]),
        [press({ action_id: id }), form],
        [press({ action_id: id, type: 'static_select', selected_option: 'x' }), form],
        [press({ action_id: id, type: 'button', value: '{}' }, { view: { id: 1 } }), form],
        [press({ action_id: id, type: 'button', value: '{}' }, { user: {} }), form],
        [press({ action_id: id, type: 'button', value: '{}' }, { message: { ts: 5 } }), form],
      ];
    });
    await survives(presses);
  });

  test('forms that carry nonsense, every one there is', async () => {
    const sent = everyForm.flatMap((id): [string, string][] => [
      ...absurd.slice(0, 8).flatMap(([, value]): [string, string][] => [
        [submission(id, { private_metadata: JSON.stringify(value), state: { values: {} } }), form],
        [submission(id, { private_metadata: '{}', state: value }), form],
        [submission(id, { private_metadata: '{}', state: { values: value } }), form],
        [submission(id, { private_metadata: '{}', state: { values: { b: { text: value } } } }), form],
      ]),
      [submission(id, { private_metadata: '{', state: { values: {} } }), form],
      [submission(id, {}), form],
    ]);
    await survives(sent);
  });

  // Bolt lets what nobody takes wait for three seconds: these three wait together.
  const events = [...new Set(features.flatMap((f) => f.events ?? []).map((e) => e.type))];
  test.concurrent('events that carry nonsense', async () => {
    const sent = events.flatMap((type) => [
      { type },
      { type, channel: 'C0NOWHERE' },
      { type, channel: 5, user: {} },
      { type, user: null, item: 'x', message: [] },
    ]);
    const before = await entries();
    const statuses = await Promise.all(sent.map(async (inner) => (await send(event(inner), json)).status));
    // Somebody who is null is refused by Bolt before any of us sees it.
    expect(statuses).toEqual(sent.map((inner) => ('user' in inner && inner.user === null ? 400 : 200)));
    await company.settled();
    expect(await entries()).toBe(before);
  });

  test('of a message that lacks something, the rest is kept', async () => {
    const message = {
      type: 'message',
      channel: room,
      user: company.helen.id,
      ts: '1796112000.000100',
      text: 'We called them',
    };
    const nothing = {
      files: null,
      edited: null,
      thread_ts: null,
      subtype: null,
      previous_message: null,
      event_ts: null,
    };
    expect(await send(event({ ...message, ...nothing, files: [null, { id: 'F1', name: null }] }), json)).toMatchObject({
      status: 200,
    });
    const at = { workspaceId: company.app.workspaceId, channelId: room, ts: message.ts };
    expect(await findRoomMessage(company.app.deps.db, at)).toMatchObject({
      authorId: company.helen.id,
      files: [{ id: 'F1' }],
    });
    const changed = {
      type: 'message',
      subtype: 'message_changed',
      channel: room,
      message: { ...message, ...nothing, text: 'We wrote to them', edited: { user: null, ts: '1796112060.000000' } },
    };
    expect(await send(event({ ...changed, ...nothing, subtype: 'message_changed' }), json)).toMatchObject({
      status: 200,
    });
    expect((await revisionsOf(company.app.deps.db, at)).map(({ text }) => text)).toEqual([
      'We called them',
      'We wrote to them',
    ]);
  });

  test.concurrent('a body nested a hundred thousand deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await survives([
      [deep, json],
      [`payload=${deep}`, form],
      [`{"type":"block_actions","actions":${deep}}`, json],
      [`{"type":"event_callback","event":{"type":"message","message":${deep}}}`, json],
    ]);
  });

  test.concurrent('unknown buttons, forms and shortcuts', async () => {
    await survives([
      [press({ action_id: 'no.such', type: 'button', value: '{}' }), form],
      [press({ action_id: '__proto__', type: 'button', value: '{}' }), form],
      [submission('constructor', { state: { values: {} } }), form],
      [payload({ type: 'shortcut', ...who(), callback_id: 'toString' }), form],
      [payload({ type: 'message_action', ...who(), callback_id: 'log.from_message' }), form],
      [payload({ type: 'block_suggestion', ...who(), action_id: 'x', block_id: 'b', value: 'x' }), form],
      [payload({ type: 'view_closed', ...who() }), form],
      [payload({ type: 'dialog_submission', ...who(), callback_id: 'x', submission: {} }), form],
    ]);
  });

  test('leaves the product well, and says nothing of itself outside the log', async () => {
    const before = await entries();
    await company.helen.command('/crisis log Still here', room);
    await company.settled();
    expect(await entries()).toBe(before + 1);
    expect(company.helen.ephemerals(room).at(-1)?.text).toContain('Still here');
    expect(printed.join('')).not.toMatch(/\n\s+at .*src\//);
    expect(({} as Record<string, unknown>)['isOutsider']).toBeUndefined();
  });
});
