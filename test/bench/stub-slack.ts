import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StubCall = { method: string; fields: URLSearchParams };

/**
 * Answers every Slack call at once with what its caller needs, so that the bench measures the product and not a
 * workspace. Answers its port.
 */
export async function startStub(onCall: (call: StubCall) => void = () => {}): Promise<{ port: number; close(): void }> {
  let n = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      n += 1;
      const method = request.url?.split('/').at(-1)?.split('?')[0] ?? '';
      const fields = new URLSearchParams(body);
      onCall({ method, fields });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, ...answerTo(method, fields, n) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answerTo(method: string, fields: URLSearchParams, n: number): object {
  switch (method) {
    case 'auth.test':
      return {
        team_id: 'T0BENCH',
        team: 'Bench',
        user_id: 'U0BENCHBOT',
        bot_id: 'B0BENCHBOT',
        url: 'https://bench.slack.com/',
      };
    case 'users.list':
      return { members: [person('U0CLAIRE')] };
    case 'users.info':
      return { user: person(fields.get('user') ?? '') };
    case 'usergroups.list':
      return { usergroups: [] };
    case 'views.open':
      return { view: { id: `V${n}`, hash: `${n}` } };
    case 'conversations.create':
      return { channel: { id: `C0ROOM${n}`, name: `crisis-${n}` } };
    case 'conversations.open':
      return { channel: { id: 'D0BENCH' } };
    case 'chat.postMessage':
      return { channel: fields.get('channel'), ts: `${1_700_000_000 + n}.000100` };
    default:
      return {};
  }
}

const person = (id: string) => ({ id, real_name: `Person ${id}`, locale: 'fr-FR', tz: 'Europe/Paris' });
