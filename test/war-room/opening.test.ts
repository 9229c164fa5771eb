import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { after, MINUTE, SECOND } from '../../src/core/time.ts';
import { recordOpenedRoom } from '../../src/crises/change.ts';
import { findCrisis, findCrisisOfChannel, lastCrisisNumber, recordRoom, respondersOf } from '../../src/crises/store.ts';
import { slackPace } from '../../src/slack/ledger.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { recordSeen } from '../../src/war-room/change.ts';
import { type Company, startCompany } from '../support/company.ts';

const rooms = (company: Company) => company.sandbox.channels().filter((channel) => /^cris(is|e)-/.test(channel.name));
const briefs = (company: Company, room: string) =>
  company.claire.sees(room).filter((message) => message.text?.includes('Live brief'));

describe('opening a war room when Slack is not well', () => {
  let company: Company;
  let count = 0;
  beforeAll(async () => {
    company = await startCompany({ pace: 'hurried' });
  });
  beforeEach(() => {
    company.sandbox.faults.clear();
    count += 1;
  });
  afterAll(() => company.close());

  /** Titles that share no word: declarations of the same thing are a story of their own. */
  const title = () => `Matter${count}x${'abcdefghij'[count]}`.repeat(2);

  test.each([
    ['the channel was created but the answer was lost', 'conversations.create', { kind: 'reset', when: 'after' }],
    ['Slack fails before creating the channel', 'conversations.create', { kind: 'http', status: 503, when: 'before' }],
    ['Slack fails after creating the channel', 'conversations.create', { kind: 'http', status: 500, when: 'after' }],
    ['creating is rate-limited', 'conversations.create', { kind: 'rate_limited', retryAfter: 1 }],
    ['the brief was posted but the answer was lost', 'chat.postMessage', { kind: 'reset', when: 'after' }],
    ['posting fails', 'chat.postMessage', { kind: 'http', status: 502, when: 'before' }],
    ['inviting is rate-limited', 'conversations.invite', { kind: 'rate_limited', retryAfter: 1 }],
    ['people were invited but the answer was lost', 'conversations.invite', { kind: 'reset', when: 'after' }],
  ] as const)('one room, one brief and everybody in it although %s', async (_what, method, fault) => {
    const before = rooms(company).length;
    company.sandbox.faults.next(method, fault);
    const room = await company.declare(title(), { patient: true });
    await company.sandbox.waitFor(() => rooms(company).length > before && company.tom.sees(room).length > 0, {
      what: 'the room with everybody',
    });
    await company.settledWithRetries();
    expect(rooms(company)).toHaveLength(before + 1);
    expect(briefs(company, room)).toHaveLength(1);
    for (const person of [company.claire, company.helen, company.tom, company.anne])
      expect(() => person.sees(room)).not.toThrow();
  });

  test('a name that is taken takes the next suffix, and the room is never somebody else’s', async () => {
    const before = new Set(rooms(company).map((room) => room.id));
    company.sandbox.faults.next('conversations.create', { kind: 'error', error: 'name_taken' });
    const room = await company.declare(title());
    expect(before.has(room)).toBe(false);
    expect(company.sandbox.channel(room)?.name).toMatch(/-b$/);
  });

  test('the crisis stands and the declarer is told what to do when Slack forbids creating channels; repair opens the room', async () => {
    const before = rooms(company).length;
    company.sandbox.faults.always('conversations.create', { kind: 'error', error: 'restricted_action' });
    await expect(company.declare(title())).rejects.toThrow();
    expect(company.claire.dms().at(-1)?.text).toMatch(/Slack refuse/);
    expect(rooms(company)).toHaveLength(before);
    company.sandbox.faults.clear();
    const answer = await company.claire.command('/crise réparer', '#general');
    expect(answer.reply?.text).toMatch(/complète ce qui manque/);
    await company.settledWithRetries();
    expect(rooms(company)).toHaveLength(before + 1);
  });

  test('when Slack is away at the moment of declaring, the room opens by itself once Slack is back', async () => {
    const before = rooms(company).length;
    company.sandbox.faults.next('conversations.create', { kind: 'http', status: 503, when: 'before' }, { times: 3 });
    await company.declare(title()).catch(() => {});
    expect(rooms(company)).toHaveLength(before);
    await company.settledWithRetries();
    expect(rooms(company)).toHaveLength(before + 1);
    expect(company.claire.dms().at(-1)?.text).toMatch(/cellule de crise est ouverte/);
  });

  test('a name that Slack says is taken, while it may be our own channel that it does not list yet, is not left for another', async () => {
    const before = rooms(company).length;
    company.sandbox.faults.next('conversations.create', { kind: 'http', status: 503, when: 'before' });
    company.sandbox.faults.next('conversations.create', { kind: 'error', error: 'name_taken' });
    const room = await company.declare(title(), { patient: true });
    expect(rooms(company)).toHaveLength(before + 1);
    expect(company.sandbox.channel(room)?.name).not.toMatch(/-b$/);
  });

  test('a name that is still taken after a minute is somebody else’s: the next one is taken', async () => {
    const before = rooms(company).length;
    const isFirst = (args: Record<string, unknown>) => !String(args['name']).endsWith('-b');
    company.sandbox.faults.next('conversations.create', { kind: 'http', status: 503, when: 'before' });
    company.sandbox.faults.always('conversations.create', { kind: 'error', error: 'name_taken' }, { match: isFirst });
    await company.declare(title()).catch(() => {});
    expect(rooms(company)).toHaveLength(before);
    await company.pass(MINUTE);
    await company.sandbox.waitFor(() => rooms(company).length > before, { what: 'the room', timeoutMs: 20_000 });
    await company.settledWithRetries();
    expect(rooms(company).at(-1)?.name).toMatch(/-b$/);
  });

  test('a channel that we made before, or that is the room of another crisis, is not taken for the room', async () => {
    const { deps, slack, workspaceId } = company.app;
    const next = async (name: string) => `crisis-${(await lastCrisisNumber(deps.db, workspaceId)) + 1}-${name}`;
    const old = await slack.createChannel(await next('zebra'), true);
    await company.leap(3 * MINUTE);
    company.sandbox.faults.next('conversations.create', { kind: 'http', status: 503, when: 'before' });
    expect(company.sandbox.channel(await company.declare('Zebra', { patient: true }))?.name).toMatch(/zebra-b$/);

    const held = await slack.createChannel(await next('okapi'), true);
    const other = await findCrisisOfChannel(deps.db, workspaceId, rooms(company)[0]?.id ?? '', null);
    await deps.db.transaction((tx) =>
      recordRoom(tx, { workspaceId, channelId: held.id, crisisId: other?.id ?? '', openedAt: company.now() }),
    );
    company.sandbox.faults.next('conversations.create', { kind: 'http', status: 503, when: 'before' });
    const room = await company.declare('Okapi', { patient: true });
    expect(company.sandbox.channel(room)?.name).toMatch(/okapi-b$/);
    expect([old.id, held.id]).not.toContain(room);
  });

  test('the room of a crisis is never exchanged for another that turns up', async () => {
    const room = await company.declare(title());
    const { deps, workspaceId } = company.app;
    const crisis = await findCrisisOfChannel(deps.db, workspaceId, room, null);
    if (!crisis) throw new Error('no crisis');
    await expect(recordOpenedRoom(deps, crisis, { id: 'C0SECOND', name: 'crisis-again' })).rejects.toThrow('C0SECOND');
    await expect(recordOpenedRoom(deps, { ...crisis, roomNumber: 2 }, { id: room, name: 'x' })).rejects.toThrow(room);
    expect(await findCrisis(deps.db, crisis.id)).toEqual(crisis);
  });

  test('each repair says in the room what is still missing', async () => {
    company.sandbox.faults.always('conversations.setTopic', { kind: 'error', error: 'restricted_action' });
    const room = await company.declare(title());
    const missing = () => company.claire.sees(room).filter((m) => /manque des éléments|are missing/.test(m.text ?? ''));
    expect(missing()).toHaveLength(1);
    for (const repairs of [1, 2]) {
      await company.claire.command('/crise réparer', room);
      await company.settledWithRetries();
      expect(missing()).toHaveLength(1 + repairs);
    }
    company.sandbox.faults.clear();
    await company.claire.command('/crise réparer', room);
    await company.settledWithRetries();
    expect(missing()).toHaveLength(3);
    expect(company.sandbox.channel(room)?.topic.value).not.toBe('');
  });

  test('a guest of the roster is named in the room and never added', async () => {
    const guest = company.sandbox.addPerson({
      name: 'Gus Guest',
      is_restricted: true,
      locale: 'en-US',
      tz: 'Europe/Paris',
    });
    await company.app.deps.db.execute(
      `update departments set people_ids = array_append(people_ids, '${guest.id}') where key = 'marketing'`,
    );
    await company.settled();
    const room = await company.declare(title());
    expect(() => guest.sees(room)).toThrow();
    expect(company.sandbox.transcript(room, { as: company.claire.id })).toContain(
      'guests are never added to a war room automatically',
    );
    await company.app.deps.db.execute(
      `update departments set people_ids = array_remove(people_ids, '${guest.id}') where key = 'marketing'`,
    );
  });

  test('nothing that was shown broke a rule of Slack', () => {
    expect(company.sandbox.problems).toEqual([]);
    expect(company.sandbox.paceViolations).toEqual([]);
  });
});

test('in production a room takes about one post a second', async () => {
  const company = await startCompany({ pace: 'slack' });
  const room = await company.declare();
  for (const department of ['communication', 'legal', 'marketing', 'management'])
    await company.claire.command(`/crisis call ${department}`, room);
  await company.settled();
  const posts = company.sandbox.calls
    .filter((call) => call.method === 'chat.postMessage' && call.args['channel'] === room)
    .map((call) => call.startedAt);
  const beyondTheBurst = posts.length - slackPace.burst;
  expect(beyondTheBurst).toBeGreaterThan(0);
  expect(Math.max(...posts) - Math.min(...posts)).toBeGreaterThan((beyondTheBurst - 0.1) * SECOND);
  await company.close();
});

test('the declarer is told in the form that they look at, and by a message only when it is closed', async () => {
  const company = await startCompany();
  const { claire, tom } = company;
  const rooms = () => company.sandbox.channels().filter(({ name }) => /^cris(is|e)-/.test(name));
  const declare = async (person: typeof claire, title: string) => {
    await person.command(`/crisis declare ${title}`, '#general');
    await person.waitForModal();
    await person.submit();
  };
  await declare(claire, 'Soup recall');
  await company.settled();
  expect(JSON.stringify(claire.modal())).toContain('La cellule de crise est ouverte');
  expect(claire.dms()).toEqual([]);
  await claire.close();
  await claire.command('/crise réparer', rooms()[0]?.id ?? '');
  await company.settled();
  expect(claire.dms()).toEqual([]);

  company.sandbox.faults.next('conversations.create', { kind: 'rate_limited', retryAfter: 1 });
  await declare(tom, 'Strike of the drivers');
  while (tom.modal()) await tom.close();
  await company.settledWithRetries();
  expect(tom.dms().filter(({ text }) => text === 'Your war room is open.')).toHaveLength(1);
  await company.close();
});

describe('two people declaring the same thing', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test('the second is told about the first before a second room opens, and can ask to be let in', async () => {
    const room = await company.declare('Recall of the spring soup');
    await company.sam.command('/crisis declare Spring soup recall', '#general');
    await company.sam.waitForModal();
    await company.sam.submit();
    const similar = company.sam.modal();
    // Sam is not of its cell: a private crisis is not named to whoever guesses its title.
    expect(JSON.stringify(similar)).toContain('Claire Fontaine declared a confidential crisis that resembles this');
    expect(JSON.stringify(similar)).not.toContain('*Recall of');
    await company.sam.click(similar as never, 'Ask to be added');
    await company.settled();
    expect(() => company.sam.sees(room)).toThrow();
    const request = company.claire.sees(room).find((message) => message.text?.includes('asks to be added'));
    await company.claire.click(request as never, 'Add to the room');
    await company.settled();
    expect(() => company.sam.sees(room)).not.toThrow();
    expect(company.sam.dms().at(-1)?.text).toBe('You have been added to a war room');
  });

  test('whoever is of its cell, or of management, is told which crisis it is', async () => {
    for (const person of [company.helen, company.anne]) {
      await person.command('/crisis declare Spring soup recall', '#general');
      await person.waitForModal();
      await person.submit();
      expect(JSON.stringify(person.modal())).toContain('*Recall of the spring soup* was declared by Claire Fontaine');
      await person.close();
    }
  });

  test('somebody who has left can ask again, and is shown and told again', async () => {
    const { sam, claire } = company;
    const [room] = rooms(company).map((channel) => channel.id);
    const requests = () => claire.sees(room ?? '').filter((message) => message.text?.includes('asks to be added'));
    while (sam.modal()) await sam.close();
    await sam.leave(room ?? '');
    await company.settled();
    await sam.command('/crisis declare Spring soup recall', '#general');
    await sam.waitForModal();
    await sam.submit();
    const similar = sam.modal() as never;
    for (const _twice of [1, 2]) await sam.click(similar, 'Ask to be added');
    await company.settled();
    expect(requests()).toHaveLength(2);
    await claire.click(requests().at(-1) as never, 'Add to the room');
    await company.settled();
    expect(sam.sees(room ?? '').length).toBeGreaterThan(0);
    expect(sam.dms().filter((message) => message.text === 'You have been added to a war room')).toHaveLength(2);
    while (sam.modal()) await sam.close();
  });

  test('comings and goings that Slack tells in the wrong order end in what is true', async () => {
    const { sam } = company;
    const [room] = rooms(company).map((channel) => channel.id);
    const crisis = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room ?? '', null);
    const seen = async () =>
      (await respondersOf(company.app.deps.db, crisis?.id ?? '')).find((row) => row.userId === sam.id);
    const tell = (kind: 'joined' | 'left', secondsAgo: number) => {
      const where = {
        workspaceId: company.app.workspaceId,
        channelId: room ?? '',
        deliveryKey: `${kind}${secondsAgo}`,
      };
      return recordSeen(company.app.deps, where, kind, sam.id, false, after(company.now(), -secondsAgo * SECOND));
    };
    await company.pass(MINUTE);
    await tell('left', 10);
    await tell('joined', 20);
    expect(await seen()).toMatchObject({ inRoom: false, leftAt: expect.any(Date) });
    await tell('joined', 1);
    await tell('left', 5);
    expect(await seen()).toMatchObject({ inRoom: true, leftAt: null });
    const told = (await entriesOf(company.app.deps.db, crisis?.id ?? '')).filter(
      (entry) => entry.actorId === sam.id && /^person_(joined|left)$/.test(entry.kind),
    );
    expect(told.slice(-4).map((entry) => entry.kind)).toEqual([
      'person_left',
      'person_joined',
      'person_joined',
      'person_left',
    ]);
  });

  test('declaring separately is possible, and the first room is told', async () => {
    const [first] = rooms(company);
    await company.tom.command('/crisis declare Spring soup recall in Germany', '#general');
    await company.tom.waitForModal();
    await company.tom.submit();
    await company.tom.submit();
    await company.settled();
    expect(rooms(company)).toHaveLength(2);
    expect(company.sandbox.transcript(first?.id ?? '', { as: company.claire.id })).toContain(
      'a confidential crisis that looks like this one',
    );
    // Sam, in the first room, is not of the second crisis.
    expect(company.sandbox.transcript(first?.id ?? '', { as: company.claire.id })).not.toContain('in Germany');
  });

  test('where everybody in the room is of the second crisis too, it is named', async () => {
    const room = await company.declare('Drivers on strike');
    await company.helen.command('/crisis declare Strike of the drivers', '#general');
    await company.helen.waitForModal();
    await company.helen.submit();
    await company.helen.submit();
    await company.settled();
    expect(company.sandbox.transcript(room, { as: company.claire.id })).toContain('Strike of the drivers');
    expect(company.sandbox.problems).toEqual([]);
  });
});
