import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import type { Message } from '../../src/sandbox/server/index.ts';
import { Busy, hold } from '../../src/slack/deliver.ts';
import { settle } from '../faults/support/every-call.ts';
import { type Fault, faultNth } from '../faults/support/faults.ts';
import { keyOf } from '../faults/support/key.ts';
import { fillDecision, writeDecision } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';
import { nova, startShared } from '../support/shared.ts';

let company: Company;
let room: string;
let count = 0;
beforeAll(async () => {
  company = await startCompany();
  room = await company.declare('Soup recall');
  // Until everybody is told what waits on them.
  await company.pass(5 * SECOND);
});
afterEach(async () => {
  company.sandbox.faults.clear();
  company.sandbox.latency(0);
  await land();
});
afterAll(() => company.close());

const cards = (title: string) =>
  company.helen.sees(room).filter((m): m is Message => m.type === 'message' && m.text.includes(title));
const recorded = async (title: string) => {
  const [row] = await company.app.deps.db.execute<{ key: string; state: string; ts: string }>(
    sql`select key, state, ts from effects where what like ${`%${title}%`} and key like 'decision:%'`,
  );
  return row;
};
const nextTitle = () => `Errand ${(count += 1)} of the day`;
const write = (title: string) => writeDecision(company.helen, room, title);
const ask = async (title: string) => {
  await write(title);
  await company.helen.submit();
  await settle(company);
};
const isOf = (title: string) => (args: Record<string, unknown>) => JSON.stringify(args).includes(title);
/** Asked of Slack, not answered, and done later: the product sends it again. */
const askLate = async (title = nextTitle()) => {
  company.sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'late' });
  await ask(title);
  expect(cards(title)).toHaveLength(1);
  return title;
};
const land = async () => {
  await company.sandbox.catchUp();
  await settle(company);
};

describe('a post that lands after it was sent again', () => {
  test.each([0, 4, 14])('%i minutes later is taken away; the one that is recorded stays', async (minutes) => {
    const title = await askLate();
    await company.pass(minutes * MINUTE);
    await land();
    expect(cards(title)).toHaveLength(2);
    await company.pass(16 * MINUTE - minutes * MINUTE);
    expect(cards(title).map(({ ts }) => ts)).toEqual([(await recorded(title))?.ts]);
    expect(company.sandbox.problems).toEqual([]);
  });

  test('in a direct message as well', async () => {
    faultNth(
      company.sandbox.faults,
      'chat.postMessage',
      { kind: 'reset', when: 'late' },
      { n: 1, match: (args) => String(args['channel']).startsWith('D') },
    );
    await company.helen.command('/crisis timeline export', room);
    await settle(company);
    const told = () => company.helen.dms().filter((m) => keyOf(m).startsWith('export:'));
    expect(told()).toHaveLength(1);
    await land();
    expect(told()).toHaveLength(2);
    await company.pass(2 * MINUTE);
    expect(told()).toHaveLength(1);
  });

  test('is looked for until Slack lets us look, and taken away once although it is looked for three times', async () => {
    const title = await askLate();
    await land();
    company.sandbox.faults.always('conversations.history', { kind: 'http', status: 503, when: 'before' });
    company.sandbox.faults.next('chat.delete', { kind: 'reset', when: 'after' });
    await company.pass(20 * MINUTE);
    expect(cards(title)).toHaveLength(2);
    company.sandbox.faults.clear('conversations.history');
    await company.settledWithRetries();
    expect(cards(title)).toHaveLength(1);
    expect(company.sandbox.problems).toEqual([]);
  });

  test.each(['conversations.history', 'chat.delete'])('is tried for an hour where Slack refuses %s', async (method) => {
    const refuse = () => company.sandbox.faults.always(method, { kind: 'error', error: 'access_denied' });
    const [healed, given] = [await askLate(), await askLate()];
    await land();
    refuse();
    await company.pass(20 * MINUTE);
    expect([cards(healed).length, cards(given).length]).toEqual([2, 2]);
    company.sandbox.faults.clear();
    await company.settledWithRetries();
    expect([cards(healed).length, cards(given).length]).toEqual([1, 1]);

    const stays = await askLate();
    await land();
    refuse();
    await company.pass(20 * MINUTE);
    const from = company.now().getTime();
    await company.settledWithRetries();
    expect(cards(stays)).toHaveLength(2);
    expect(company.now().getTime() - from).toBeLessThan(HOUR);
  });

  test('stays when somebody has answered to it', async () => {
    const title = await askLate();
    await land();
    const twin = cards(title).at(-1) as Message;
    await company.tom.react(twin, 'eyes');
    await company.pass(20 * MINUTE);
    expect(cards(title)).toContainEqual(expect.objectContaining({ ts: twin.ts }));
  });

  test('goes, and what was shown anew because somebody deleted it stays', async () => {
    const title = await askLate();
    const { key, ts } = (await recorded(title)) as { key: string; ts: string };
    await fetch(`${company.sandbox.apiUrl}chat.delete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${company.sandbox.botToken}` },
      body: new URLSearchParams({ channel: room, ts }),
    });
    await land();
    const [twin] = cards(title);
    await company.tom.click(twin as Message, { actionId: 'facts.decide:replace' });
    await fillDecision(company.tom, 'Something else');
    await company.tom.submit();
    await settle(company);
    await company.pass(20 * MINUTE);
    const left = company.sandbox.channel(room)?.messages.filter((m) => keyOf(m) === key);
    expect(left?.map((m) => m.ts)).toEqual([(await recorded(title))?.ts]);
  });

  test.each([
    ['Slack refuses to let us look', 'conversations.history', 'lost'],
    ['Slack refuses it the second time', 'chat.postMessage', 'failed'],
  ])('and %s: the repair finds it', async (_what, method, state) => {
    const title = nextTitle();
    const { faults } = company.sandbox;
    faultNth(faults, 'chat.postMessage', { kind: 'reset', when: 'late' }, { n: 1, match: isOf(title) });
    const match = method === 'chat.postMessage' ? isOf(title) : () => true;
    faultNth(faults, method, { kind: 'error', error: 'missing_scope' }, { n: 1, match });
    await ask(title);
    expect((await recorded(title))?.state).toBe(state);
    await land();
    await company.claire.command('/crisis repair', room);
    await settle(company);
    await company.pass(20 * MINUTE);
    expect(cards(title)).toHaveLength(1);
    expect((await recorded(title))?.state).toBe('done');
  });
  test('is taken away by the process that comes after', async () => {
    const shared = await startShared();
    try {
      await shared.install(nova.id);
      const nina = shared.sandbox.person('Nina Novak');
      const here = await shared.declare(nina, 'Soup recall');
      await shared.pass(5 * SECOND);
      const seen = () => nina.sees(here).filter((m) => m.type === 'message' && m.text.includes('Stop the line'));
      await writeDecision(nina, here, 'Stop the line');
      shared.sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'late' });
      await nina.submit();
      await shared.settled(true);
      await shared.sandbox.catchUp();
      expect(seen()).toHaveLength(2);
      await shared.restart(shared.keys);
      await shared.pass(2 * MINUTE);
      expect(seen()).toHaveLength(1);
    } finally {
      await shared.close();
    }
  });
});

test('a post whose answer was lost is found although Slack’s clock is behind ours', async () => {
  const behind = await startCompany({ slackBehindMs: 40 * SECOND });
  try {
    const here = await behind.declare('Soup recall');
    await behind.pass(5 * SECOND);
    await writeDecision(behind.helen, here, 'Stop the line');
    behind.sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    await behind.helen.submit();
    await settle(behind);
    const seen = behind.helen.sees(here).filter((m) => m.type === 'message' && m.text.includes('Stop the line'));
    expect(seen).toHaveLength(1);
    expect(behind.sandbox.problems).toEqual([]);
  } finally {
    await behind.close();
  }
});

describe('a process that stood still while somebody else took its message over', () => {
  /** Slack and the pace are made slow enough for what happens meanwhile, on a busy machine too. */
  const patiently = { timeout: 10_000, interval: 20 };
  const sent = (title: string) =>
    company.sandbox.calls.filter((c) => c.method === 'chat.postMessage' && JSON.stringify(c.args).includes(title));
  /** As the next attempt of another process does. */
  const takeOver = async (title: string) => {
    await expect.poll(() => recorded(title), patiently).toMatchObject({ state: 'attempted' });
    await company.app.deps.db.execute(sql`update effects set attempts = attempts + 1 where what like ${`%${title}%`}`);
  };
  const ended = async () => {
    const jobs = await company.app.deps.db.execute<{ code: string }>(
      sql`select output->>'code' as code from pgboss.job where state = 'retry'`,
    );
    return [...jobs].map(({ code }) => code);
  };
  const isOnce = async (title: string) => {
    await settle(company);
    await company.pass(20 * SECOND);
    await settle(company);
    expect(cards(title)).toHaveLength(1);
  };

  test('asks the ledger again before it sends, as soon as its claim is not fresh any more', async () => {
    const title = nextTitle();
    await write(title);
    company.sandbox.latency(1500);
    await company.helen.submit();
    await expect.poll(() => recorded(title), patiently).toMatchObject({ state: 'attempted' });
    const { key } = (await recorded(title)) as { key: string };
    const fresh = { hasWaited: false, goodFor: 4 * SECOND };
    const claim = (attempt: number, ageMs: number) => ({ attempt, heldAt: performance.now() - ageMs });
    await hold(company.app.deps, key, claim(1, 5 * SECOND), fresh);
    await hold(company.app.deps, key, claim(1, 0), { ...fresh, hasWaited: true });
    await takeOver(title);
    await hold(company.app.deps, key, claim(1, 3 * SECOND), fresh);
    await expect(hold(company.app.deps, key, claim(1, 5 * SECOND), fresh)).rejects.toBeInstanceOf(Busy);
    await expect(hold(company.app.deps, key, claim(1, 0), { ...fresh, hasWaited: true })).rejects.toBeInstanceOf(Busy);
    await expect.poll(ended, patiently).toEqual(['busy']);
    company.sandbox.latency(0);
    await isOnce(title);
  });

  test('does not send it once its wait is over', async () => {
    const before = { company, room };
    company = await startCompany({ pace: 'hurried' });
    room = await company.declare('Soup recall');
    const title = nextTitle();
    await company.pass(5 * SECOND);
    await write(title);
    await company.app.deps.db.execute(
      sql`update channel_paces set next_post_at = now() + interval '1500 ms' where channel_id = ${room}`,
    );
    await company.helen.submit();
    await takeOver(title);
    await expect.poll(ended, patiently).toEqual(['busy']);
    expect(sent(title)).toEqual([]);
    await isOnce(title);
    await company.close();
    ({ company, room } = before);
  });

  test.each<[string, Fault | null, string]>([
    ['that it was shown', null, 'busy'],
    ['that it was refused', { kind: 'error', error: 'restricted_action' }, 'busy'],
    ['that nothing came of it', { kind: 'rate_limited', retryAfter: 1 }, 'rate_limited'],
    ['that it does not know', { kind: 'reset', when: 'after' }, 'no_answer'],
  ])('does not write down %s', async (_what, fault, code) => {
    const title = nextTitle();
    const told = company.claire.dms().length;
    await write(title);
    company.sandbox.latency(1500);
    if (fault) faultNth(company.sandbox.faults, 'chat.postMessage', fault, { n: 1, match: isOf(title) });
    await company.helen.submit();
    await takeOver(title);
    await expect.poll(ended, patiently).toEqual([code]);
    company.sandbox.latency(0);
    expect(await recorded(title)).toMatchObject({ state: 'attempted', ts: null });
    await isOnce(title);
    expect(company.claire.dms()).toHaveLength(told);
  });
});

describe('a file whose answer is lost and that Slack shares late', () => {
  const files = () =>
    company.helen
      .dms()
      .flatMap((m) => (m.files ?? []).map((id) => company.sandbox.file(id)?.name.replace(/.*\./, '') ?? ''));
  const lose = (when: 'late' | 'before') =>
    faultNth(company.sandbox.faults, 'files.completeUploadExternal', { kind: 'reset', when }, { n: 1 });

  test('is looked for again before it is sent again', async () => {
    const before = files().length;
    lose('late');
    await company.helen.command('/crisis timeline export', room);
    await company.settled();
    await company.pass(20 * SECOND);
    await land();
    expect(files().slice(before).toSorted()).toEqual(['json', 'md', 'pdf']);
  });

  test('is sent again when it is not there half a minute later', async () => {
    const before = files().length;
    lose('before');
    const from = company.now();
    await company.helen.command('/crisis timeline export', room);
    await settle(company);
    expect(files().slice(before).toSorted()).toEqual(['json', 'md', 'pdf']);
    expect(company.now().getTime() - from.getTime()).toBeGreaterThan(30 * SECOND);
  });
});
