import { createServer } from 'node:http';

/** Answers every Slack call at once with what its caller needs, so that the bench measures the product and not a workspace. */
const [team = '', user = ''] = process.argv.slice(2);
let n = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    n += 1;
    const method = request.url?.split('/').at(-1)?.split('?')[0] ?? '';
    const answers: Record<string, object> = {
      'auth.test': {
        team_id: team,
        team: 'Bench',
        user_id: 'U0BENCHBOT',
        bot_id: 'B0BENCHBOT',
        url: 'https://bench.slack.com/',
      },
      'users.list': { members: [person(user)] },
      'users.info': { user: person(user) },
      'usergroups.list': { usergroups: [] },
      'views.open': { view: { id: `V${n}`, hash: `${n}` } },
      'conversations.create': { channel: { id: `C0ROOM${n}`, name: `crisis-${n}` } },
      'conversations.open': { channel: { id: 'D0BENCH' } },
      'chat.postMessage': { channel: 'C0ROOM', ts: `${1_700_000_000 + n}.000100` },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...answers[method] }));
  });
});
const person = (id: string) => ({ id, real_name: 'Claire Fontaine', locale: 'fr-FR', tz: 'Europe/Paris' });
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
