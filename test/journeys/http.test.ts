import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, tasks } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

const contentOf = (message: { text: string; blocks?: unknown }) => JSON.stringify([message.text, message.blocks]);
const seen = (person: Person, room: string, text: string) => {
  const found = person.sees(room).findLast((message) => contentOf(message).includes(text));
  if (!found) throw new Error(`${person.name} sees nothing that says "${text}"`);
  return found;
};

describe.each([
  {
    language: 'en' as const,
    command: '/crisis',
    said: {
      answer: 'I’m on it',
      task: 'task Freeze the campaign',
      due: 'in 20 min',
      log: 'log The regulator called',
      digest: 'digest now',
      posted: 'Digest #1 of Soup recall',
      close: 'close',
      closed: 'Closed: Soup recall',
      story: 'The timeline.',
    },
  },
  {
    language: 'fr' as const,
    command: '/crise',
    said: {
      answer: 'Je m’en charge',
      task: 'tâche Geler la campagne',
      due: 'dans 20 min',
      log: 'noter Le régulateur a appelé',
      digest: 'point maintenant',
      posted: 'Point de situation n° 1 sur Soup recall',
      close: 'clore',
      closed: 'Crise close : Soup recall',
      story: 'La main courante.',
    },
  },
])('a crisis from beginning to end, over HTTP ($language)', ({ language, command, said }) => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ transport: 'http', language });
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());
  const type = async (person: Person, text: string) => {
    const result = await person.command(`${command} ${text}`, room);
    await company.settled();
    expect(result, text).toMatchObject({ ok: true });
  };
  const kinds = async () => {
    const [crisis] = await company.app.deps.db.select().from(crises);
    return (await entriesOf(company.app.deps.db, crisis?.id ?? '')).map((entry) => entry.kind);
  };

  test('a department answers its call', async () => {
    await company.helen.click(seen(company.helen, room, 'responders.answer'), said.answer);
    await company.settled();
    expect(await kinds()).toContain('callout_answered');
  });

  test('a line makes a task that is due, a line makes an entry', async () => {
    await type(company.helen, `${said.task} <@${company.tom.id}> ${said.due}`);
    const [task] = await company.app.deps.db.select().from(tasks);
    expect(task).toMatchObject({ assigneeId: company.tom.id, status: 'open' });
    expect(((task?.dueAt?.getTime() ?? 0) - (task?.createdAt.getTime() ?? 0)) / MINUTE).toBeCloseTo(20, 1);
    await type(company.tom, said.log);
    expect(await kinds()).toContain('note');
  });

  test('a digest is posted on demand', async () => {
    await type(company.helen, said.digest);
    seen(company.anne, room, said.posted);
  });

  test('closing posts the timeline', async () => {
    await type(company.helen, said.close);
    await company.helen.waitForModal({ callbackId: 'closing.close' });
    fillClosing(company.helen, 'Over.');
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    seen(company.claire, room, said.closed);
    seen(company.claire, room, said.story);
    expect((company.claire.sees(room) as { files?: string[] }[]).flatMap((m) => m.files ?? [])).toHaveLength(3);
    const [crisis] = await company.app.deps.db.select().from(crises);
    expect(crisis?.status).toBe('closed');
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('the door', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ transport: 'http' });
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  const url = (path = '/slack/events') => `http://127.0.0.1:${company.app.port}${path}`;
  const order = (text: string, more = '') =>
    new URLSearchParams({
      command: '/crisis',
      text,
      team_id: company.app.workspaceId,
      user_id: company.helen.id,
      channel_id: room,
      trigger_id: `forged-${text.length}-${more.length}`,
      response_url: 'https://hooks.slack.com/commands/x',
      padding: more,
    }).toString();
  const seconds = (ago = 0) => String(Math.floor(Date.now() / 1000) - ago);
  const signed = (body: string, at = seconds(), secret = company.sandbox.signingSecret) => ({
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  });
  const post = async (body: string, headers: Record<string, string>) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(url(), { method: 'POST', body, headers: { ...type, ...headers } });
    const text = await response.text();
    await company.settled();
    return { status: response.status, text };
  };
  const entries = async () => {
    const [crisis] = await company.app.deps.db.select().from(crises);
    return (await entriesOf(company.app.deps.db, crisis?.id ?? '')).length;
  };

  test('takes what Slack has signed', async () => {
    const before = await entries();
    const body = order('log Signed by Slack');
    expect(await post(body, signed(body))).toMatchObject({ status: 200 });
    expect(await entries()).toBe(before + 1);
  });

  const body = (more = '') => order('log Forged', more);
  test.each<[string, () => [string, Record<string, string>], number]>([
    ['unsigned', () => [body(), {}], 401],
    ['signed with another secret', () => [body(), signed(body(), seconds(), 'f'.repeat(32))], 401],
    ['with the signature of another text', () => [body(), signed(order('log Something'))], 401],
    ['with a signature that is none', () => [body(), { ...signed(body()), 'x-slack-signature': 'v0=zz' }], 401],
    ['without a time', () => [body(), { 'x-slack-signature': signed(body())['x-slack-signature'] }], 401],
    ['signed six minutes ago', () => [body(), signed(body(), seconds(360))], 401],
    ['larger than a megabyte', () => [body('x'.repeat(1_100_000)), signed(body('x'.repeat(1_100_000)))], 413],
  ])('refuses what is %s, and nothing changes', async (_, given, status) => {
    const before = await entries();
    const answer = await post(...given());
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('Soup');
    expect(await entries()).toBe(before);
  });

  test('answers the checks that Slack makes of the address', async () => {
    expect(await company.sandbox.verifyUrl(url())).toBe(true);
    expect(await company.sandbox.sslCheck(url())).toMatchObject({ ok: true });
  });

  test('says that it is well, to anybody, and nothing more', async () => {
    const response = await fetch(url('/healthz'));
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
    expect((await fetch(url('/elsewhere'))).status).toBe(404);
    expect((await fetch(url())).status).toBe(404);
  });

  test('goes on taking deliveries afterwards', async () => {
    const before = await entries();
    await company.helen.command('/crisis log Still here', room);
    await company.settled();
    expect(await entries()).toBe(before + 1);
    expect(company.sandbox.problems).toEqual([]);
  });
});
