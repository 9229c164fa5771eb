import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Company, startCompany } from '../support/company.ts';

const rooms = (company: Company) => company.sandbox.channels().filter((channel) => /^cris(is|e)-/.test(channel.name));
const briefs = (company: Company, room: string) =>
  company.claire.sees(room).filter((message) => message.text?.includes('Live brief'));

describe('opening a war room when Slack is not well', () => {
  let company: Company;
  let count = 0;
  beforeAll(async () => {
    company = await startCompany({ pace: 'slack' });
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
    await company.sandbox.waitFor(() => rooms(company).length === before + 1, {
      what: 'the room, once Slack answers',
      timeoutMs: 20_000,
    });
    await company.settledWithRetries();
    expect(company.claire.dms().at(-1)?.text).toMatch(/cellule de crise est ouverte/);
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
    expect(JSON.stringify(similar)).toContain('was declared by Claire Fontaine');
    await company.sam.click(similar as never, 'Ask to be added');
    await company.settled();
    expect(() => company.sam.sees(room)).toThrow();
    const request = company.claire.sees(room).find((message) => message.text?.includes('asks to be added'));
    await company.claire.click(request as never, 'Add to the room');
    await company.settled();
    expect(() => company.sam.sees(room)).not.toThrow();
    expect(company.sam.dms().at(-1)?.text).toBe('You have been added to a war room');
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
      'looks like the same crisis',
    );
    expect(company.sandbox.problems).toEqual([]);
  });
});
