import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, departments, people } from '../../db/schema/index.ts';
import { SECOND } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { cardIn } from '../statements/support.ts';
import { fillClosing } from '../support/acts.ts';
import { nova, type Shared, startShared } from '../support/shared.ts';

let shared: Shared;
let claire: Person;
let helen: Person;
let tom: Person;
let nina: Person;
let paul: Person;
let maison: string;
/** Each workspace's war room. */
let maisonRoom: string;
let novaRoom: string;

const db = () => shared.database.db;
const crisisOf = async (workspaceId: string) => {
  const found = (await db().select().from(crises)).find((crisis) => crisis.workspaceId === workspaceId);
  if (!found) throw new Error(`no crisis in ${workspaceId}`);
  return found;
};
const said = (by: Person, room: string) => JSON.stringify(by.sees(room));
const answered = (person: Person, room: string) => person.click(cardIn(person, room, 'responders.answer'), 'I’m on it');

beforeAll(async () => {
  shared = await startShared();
  maison = shared.sandbox.team.id;
  [claire, helen, tom, nina, paul] = ['Claire', 'Helen', 'Tom', 'Nina', 'Paul'].map((n) =>
    shared.sandbox.person(n),
  ) as [Person, Person, Person, Person, Person];
  for (const team of [maison, nova.id]) expect((await shared.install(team)).status).toBe(200);
  const department = (workspaceId: string, key: string, position: number, peopleIds: string[]) => ({
    workspaceId,
    key,
    name: null,
    position,
    peopleIds,
    deputyIds: [],
    groupIds: [],
  });
  await db()
    .insert(departments)
    .values([
      department(maison, 'communication', 0, [claire.id]),
      department(maison, 'legal', 1, [helen.id]),
      department(maison, 'marketing', 2, [tom.id]),
      department(nova.id, 'communication', 0, [nina.id]),
      department(nova.id, 'legal', 1, [paul.id]),
    ]);
  maisonRoom = await shared.declare(claire, 'Soup recall');
  novaRoom = await shared.declare(nina, 'Leaked prices');
});
afterAll(() => shared.close());

describe('one process, two workspaces', () => {
  test('each has its own crisis number 1, its own room, and calls its own people', async () => {
    expect(await crisisOf(maison)).toMatchObject({ number: 1, title: 'Soup recall', channelId: maisonRoom });
    expect(await crisisOf(nova.id)).toMatchObject({ number: 1, title: 'Leaked prices', channelId: novaRoom });
    const membersOf = (room: string) => shared.sandbox.channel(room)?.members.toSorted();
    const bot = (team: string) => shared.sandbox.installation(team)?.botUserId ?? '';
    expect(membersOf(maisonRoom)).toEqual([claire.id, helen.id, tom.id, bot(maison)].toSorted());
    expect(membersOf(novaRoom)).toEqual([nina.id, paul.id, bot(nova.id)].toSorted());
    expect(said(claire, maisonRoom)).not.toContain('Leaked prices');
    expect(said(nina, novaRoom)).not.toContain('Soup recall');
  });

  test('everything is asked with the token of its own workspace', async () => {
    const idsOf = new Map(
      (
        await db().execute<{ workspace_id: string; channel_id: string }>(
          sql`select workspace_id, channel_id from rooms`,
        )
      ).map((row) => [row.channel_id, row.workspace_id]),
    );
    const inRooms = shared.sandbox.calls.filter((call) => idsOf.has(String(call.args['channel'])));
    expect(inRooms.length).toBeGreaterThan(8);
    for (const call of inRooms) {
      const owner = idsOf.get(String(call.args['channel'])) ?? '';
      expect(call.token, call.method).toBe(shared.sandbox.installation(owner)?.botToken);
    }
    expect(shared.sandbox.calls.filter((call) => call.ok === false).map((call) => [call.method, call.error])).toEqual(
      [],
    );
  });

  test('knows the people of each apart', async () => {
    const known = await db().select().from(people);
    expect(known.find((p) => p.id === nina.id)?.workspaceId).toBe(nova.id);
    expect(known.find((p) => p.id === claire.id)?.workspaceId).toBe(maison);
    expect(known.filter((p) => p.workspaceId === nova.id).map((p) => p.name)).not.toContain(claire.name);
  });

  test('lists to each person the crises of their workspace only', async () => {
    const list = async (by: Person, command: string) => {
      await by.command(command, '#general');
      await shared.settled();
      return JSON.stringify(by.ephemerals().at(-1));
    };
    expect(await list(claire, '/crisis list')).toContain('Soup recall');
    expect(await list(claire, '/crisis list')).not.toContain('Leaked prices');
    expect(await list(nina, '/crisis list')).toContain('Leaked prices');
    expect(await list(nina, '/crisis')).not.toContain('Soup recall');
  });
});

describe('what somebody did in one workspace, done again by somebody of another', () => {
  /** Stands where Slack takes what is answered later, and keeps it. */
  const told: string[] = [];
  let ear: Server;
  beforeAll(async () => {
    ear = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => void response.end(String(told.push(body))));
    });
    await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void ear.close());

  const words = ['Soup recall', 'Freeze the campaign', 'glass was found', 'Glass in a soup', 'mayor called'];

  beforeAll(async () => {
    await answered(helen, maisonRoom);
    await shared.settled();
    await claire.command(`/crisis task Freeze the campaign <@${tom.id}> in 20 min`, maisonRoom);
    await shared.settled();
    await tom.command('/crisis tasks', maisonRoom);
    await tom.waitForModal({ callbackId: 'tasks.list' });
    await tom.select(tom.modal() as never, { actionId: 'tasks.list_menu:1' }, 'Start');
    await shared.settled();
    while (tom.modal()) await tom.close();
    await tom.command('/crisis statement Glass in a soup', maisonRoom);
    await tom.waitForModal({ callbackId: 'statements.draft' });
    tom.fill({ part_1: 'Some glass was found in a soup.', submit: ['now'] });
    await tom.submit();
    await shared.settled();
    await helen.click(cardIn(helen, maisonRoom, 'Glass in a soup'), 'statements.approve');
    await shared.settled();
    for (const text of ['log The mayor called', 'level major It grows', 'digest now', 'timeline', 'who', 'tasks'])
      await claire.command(`/crisis ${text}`, maisonRoom);
    for (const text of ['statements', 'list', 'status', 'settings', 'repair', `lead <@${helen.id}>`])
      await claire.command(`/crisis ${text}`, maisonRoom);
    while (claire.modal()) await claire.close();
    await shared.settled();
    const page = helen.ephemerals(maisonRoom).length;
    await helen.command('/crisis timeline', maisonRoom);
    await helen.click(helen.ephemerals(maisonRoom)[page] as never, { actionId: 'log.export' });
    await helen.say(maisonRoom, 'What do we know?');
    await helen.openHome();
    await helen.command('/crisis close', maisonRoom);
    await helen.waitForModal({ callbackId: 'closing.close' });
    fillClosing(helen, 'Over');
    await helen.submit();
    while (helen.modal()) await helen.close();
    // The last change shows in the live brief two seconds later.
    await shared.pass(5 * SECOND);
  });

  test.each([
    ['from their own room', () => novaRoom],
    ['as if from the room of the other', () => maisonRoom],
  ])('changes nothing and shows nothing (%s)', async (_, channel) => {
    const crisis = await crisisOf(maison);
    const recorded = shared.sandbox.deliveries.filter((one) => JSON.stringify(one.payload).includes(maison));
    const names = new Set(recorded.map((one) => one.name));
    expect(recorded.length).toBeGreaterThan(30);
    expect(names).toEqual(new Set([...names, 'block_actions', 'view_submission', '/crisis', 'message']));
    const before = await evidence(crisis.id);
    const calls = shared.sandbox.calls.length;
    told.length = 0;
    const answers: string[] = [];
    for (const [i, one] of recorded.entries()) {
      const key = `forged-${channel()}-${i}`;
      // What people typed themselves is no secret to them: what comes back must not hold it either.
      let text = JSON.stringify(one.payload).replaceAll(maison, nova.id).replaceAll(maisonRoom, channel());
      for (const word of words) text = text.replaceAll(word, 'xxx');
      const payload = foreign(JSON.parse(text) as Json, key);
      answers.push(await post(one.type, payload));
    }
    await shared.settled(true);
    const asked = shared.sandbox.calls.slice(calls);
    const theirs = shared.sandbox.installation(maison)?.botToken;
    expect(asked.filter((call) => call.token === theirs).map((call) => [call.method, call.args])).toEqual([]);
    expect(told.length).toBeGreaterThan(10);
    const shownText = JSON.stringify([answers, told, asked.map((call) => call.args)]);
    for (const secret of [...words, helen.name, tom.name]) expect(shownText, secret).not.toContain(secret);
    expect(await evidence(crisis.id)).toEqual(before);
  });

  type Json = Record<string, unknown>;

  /** The same payload, signed by Slack, from Nina of Nova. */
  function foreign(payload: Json, key: string): Json {
    const user = { id: nina.id, name: 'nina', username: 'nina', team_id: nova.id };
    const url = `http://127.0.0.1:${(ear.address() as AddressInfo).port}/`;
    const view = payload['view'] as Json | undefined;
    const event = payload['event'] as Json | undefined;
    return {
      ...payload,
      trigger_id: key,
      ...('user_id' in payload ? { user_id: nina.id } : {}),
      ...('user' in payload ? { user } : {}),
      ...('response_url' in payload ? { response_url: url } : {}),
      ...(view ? { view: { ...view, hash: key, ...(view['type'] === 'modal' ? { id: key } : {}) } } : {}),
      ...('event_id' in payload ? { event_id: key } : {}),
      ...(event && 'user' in event && typeof event['user'] === 'string' ? { event: { ...event, user: nina.id } } : {}),
    };
  }

  async function post(type: string, payload: Json): Promise<string> {
    const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
    const isEvent = type === 'events_api';
    const body = isEvent
      ? JSON.stringify(payload)
      : type === 'interactive'
        ? form({ payload: JSON.stringify(payload) })
        : form(Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)])));
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', shared.sandbox.signingSecret).update(`v0:${at}:${body}`).digest('hex');
    const response = await fetch(shared.url('/slack/events'), {
      method: 'POST',
      body,
      headers: {
        'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': at,
        'x-slack-signature': `v0=${signature}`,
      },
    });
    return response.text();
  }

  /** Every row that belongs to the crisis or the workspace, in every table; and the jobs it ever ordered. */
  async function evidence(crisisId: string) {
    const tables = await db().execute<{ name: string }>(
      sql`select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const found: Record<string, string[]> = {};
    for (const { name } of tables) {
      const rows = await db().execute<{ text: string }>(sql`select t::text as text from ${sql.identifier(name)} t`);
      found[name] = rows.map((row) => row.text).filter((text) => text.includes(crisisId) || text.includes(maison));
    }
    const jobs = await db().execute<{ id: string; data: unknown }>(
      sql`select id, data from pgboss.job where data::text like ${`%${crisisId}%`} order by id`,
    );
    expect(found['timeline_entries']?.length).toBeGreaterThan(8);
    return { found, jobs: [...jobs] };
  }
});
