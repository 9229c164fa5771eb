import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openPage } from '../../src/sandbox/page/index.ts';
import type { Deed, Push, ToPage } from '../../src/sandbox/page/wire.ts';
import type { Sandbox } from '../../src/sandbox/server/index.ts';
import { call, room, sandboxWith } from './support.ts';

let sandbox: Sandbox;
const opened: WebSocket[] = [];
beforeEach(async () => {
  sandbox = await sandboxWith();
  await openPage({ sandbox, advance: async () => {}, site: Promise.resolve(new Map()) });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.close();
  await sandbox.stop();
});

describe('the page’s server', () => {
  test('answers this machine’s own pages only: another host name or another site’s page gets nothing', async () => {
    expect(await statusOf({ host: `localhost:${sandbox.port}` })).toBe(200);
    expect(await statusOf({ host: 'evil.example' })).toBe(403);
    expect(await statusOf({ host: `localhost:${sandbox.port}`, origin: 'https://evil.example' })).toBe(403);
    // Another page of this machine, by another port or another name, is another site.
    expect(await statusOf({ host: `localhost:${sandbox.port}`, origin: 'http://localhost:3000' })).toBe(403);
    for (const origin of ['https://evil.example', 'http://localhost:3000']) {
      const socket = new WebSocket(`ws://127.0.0.1:${sandbox.port}/live?as=U0CLAIRE0`, { origin });
      await expect(new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))).rejects.toThrow();
    }
  });

  test('tells a person only what they can see: a private room and a whisper stay with those they are for', async () => {
    const secret = await room(sandbox, 'secret', { private: true, users: 'U0HELEN00' });
    const [helen, sam] = await Promise.all([openWindow('U0HELEN00'), openWindow('U0SAM0000')]);
    await call(sandbox, 'chat.postMessage', { channel: secret, text: 'the plan' });
    await call(sandbox, 'chat.postEphemeral', { channel: secret, user: 'U0HELEN00', text: 'for you alone' });
    await helen.saw('for you alone');
    expect(JSON.stringify(helen.pushes)).toContain('the plan');
    expect(JSON.stringify(sam.pushes)).not.toMatch(/the plan|for you alone|secret/);
    const history = await sam.ask({ do: 'history', channel: secret });
    expect(history).toMatchObject({ ok: false, error: expect.stringContaining('cannot see') });
  });

  test('counts what is unread, and forgets it in every window of the reader once it is read', async () => {
    const [one, two] = await Promise.all([openWindow('U0HELEN00'), openWindow('U0HELEN00')]);
    const general = sandbox.channel('general')?.id ?? '';
    const { ts } = await sandbox.person('Tom').say('#general', 'hello @helen.park');
    await two.saw('"mention_count":1');
    await one.ask({ do: 'read', channel: general, ts });
    await two.saw(`"last_read":"${ts}"`);
  });

  test('what is typed in a form is kept as typed, and what is wrong with it is said at submission', async () => {
    const { id } = sandbox.person('Claire');
    const window = await openWindow(id);
    expect(await window.ask({ do: 'submit', view: 'V0' })).toMatchObject({ ok: false });
    expect(await window.ask({ do: 'command', channel: 'general', text: '/nothing' })).toMatchObject({
      ok: true,
      result: { ok: false, failure: 'invalid_command' },
    });
    await window.saw('/nothing is not a valid command');
  });

  test('goes on answering while Slack is down, and brings it back', async () => {
    const window = await openWindow('U0CLAIRE0');
    await window.ask({ do: 'fault', fault: 'slack_down' });
    await expect(call(sandbox, 'auth.test')).rejects.toThrow();
    expect(await statusOf({ host: `localhost:${sandbox.port}` })).toBe(200);
    await window.ask({ do: 'fault', fault: 'slack_up' });
    expect(await call(sandbox, 'auth.test')).toMatchObject({ ok: true });
  });
});

const statusOf = (headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: sandbox.port, path: '/who.json', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

/** A window without a browser. */
async function openWindow(as: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${sandbox.port}/live?as=${as}`);
  opened.push(socket);
  const pushes: Push[] = [];
  const answers = new Map<number, (outcome: unknown) => void>();
  const watchers = new Set<() => void>();
  let asked = 0;
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as ToPage;
    if ('pushes' in message) pushes.push(...message.pushes);
    else answers.get(message.id)?.(message.outcome);
    for (const watcher of watchers) watcher();
  });
  const saw = (words: string): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!JSON.stringify(pushes).includes(words)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  await saw('"hello"');
  return {
    pushes,
    saw,
    ask: (deed: Deed): Promise<unknown> =>
      new Promise((resolve) => {
        asked += 1;
        answers.set(asked, resolve);
        socket.send(JSON.stringify({ id: asked, deed }));
      }),
  };
}
