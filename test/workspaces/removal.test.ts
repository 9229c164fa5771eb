import { createHmac } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, digests, installations } from '../../db/schema/index.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { directChannelsOf } from '../../src/people/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { installedConnections } from '../../src/workspaces/connections.ts';
import { quietLog, startCompany } from '../support/company.ts';
import { newKey, nova, type Shared, startShared } from '../support/shared.ts';

let shared: Shared;
let claire: Person;
let nina: Person;
let maisonRoom: string;
let novaRoom: string;
const keys = [newKey()] as const;
beforeAll(async () => {
  shared = await startShared({ keys });
  claire = shared.sandbox.person('Claire');
  nina = shared.sandbox.person('Nina');
  for (const team of [shared.sandbox.team.id, nova.id]) await shared.install(team);
  maisonRoom = await shared.declare(claire, 'Soup recall');
  novaRoom = await shared.declare(nina, 'Leaked prices');
});
afterAll(() => shared.close());

const db = () => shared.database.db;
const kept = async (workspaceId = nova.id) =>
  (await db().select().from(installations).where(eq(installations.workspaceId, workspaceId)))[0];
const crisisIn = async (channelId: string) => {
  const [found] = await db().select().from(crises).where(eq(crises.channelId, channelId));
  if (!found) throw new Error('no crisis');
  return found;
};
const digestsIn = async (room: string) =>
  (
    await db()
      .select()
      .from(digests)
      .where(eq(digests.crisisId, (await crisisIn(room)).id))
  ).length;
const callsOf = (token: string | undefined, since: number) =>
  shared.sandbox.calls.slice(since).filter((call) => call.token === token);
const waitingFor = async (crisisId: string) => {
  const [row] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from pgboss.job where state = 'retry' and start_after > now() + interval '5 minutes' and data->>'crisisId' = ${crisisId}`,
  );
  return row?.n ?? 0;
};
/** Delivers, signed, what Slack might deliver late. */
const deliver = async (body: string, type: string) => {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', shared.sandbox.signingSecret).update(`v0:${at}:${body}`).digest('hex');
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${signature}`,
  };
  const response = await fetch(shared.url('/slack/events'), { method: 'POST', body, headers });
  const text = await response.text();
  await shared.settled();
  return { status: response.status, text };
};

describe('a workspace that removes the product', () => {
  let oldToken: string;
  /** What another process beside this one holds: nobody tells it what Slack told this one. */
  const another = () =>
    installedConnections({
      db: db(),
      log: quietLog,
      now: () => new Date(),
      keys,
      apiUrl: shared.sandbox.apiUrl,
      workspaceOfCrisis: async () => undefined,
      directChannels: (workspaceId) => directChannelsOf(db(), workspaceId),
    });
  let beside: ReturnType<typeof another>;

  test('has its token forgotten at once; its data stays', async () => {
    oldToken = shared.sandbox.installation(nova.id)?.botToken ?? '';
    beside = another();
    expect(await (await beside.of(nova.id)).slack.identity()).toMatchObject({ team_id: nova.id });
    const before = await entriesOf(db(), (await crisisIn(novaRoom)).id);
    shared.sandbox.uninstall(nova.id);
    await shared.settled();
    expect(await kept()).toMatchObject({ token: null, endedAt: expect.any(Date) });
    expect(await entriesOf(db(), (await crisisIn(novaRoom)).id)).toEqual(before);
  });

  test('is left alone: its work waits, while the work of the other goes on', async () => {
    const since = shared.sandbox.calls.length;
    const before = { nova: await digestsIn(novaRoom), maison: await digestsIn(maisonRoom) };
    await shared.pass(2 * HOUR);
    await shared.pass(2 * HOUR);
    expect(callsOf(oldToken, since)).toEqual([]);
    expect(await digestsIn(novaRoom)).toBe(before.nova);
    expect(await digestsIn(maisonRoom)).toBeGreaterThan(before.maison);
    expect(await waitingFor((await crisisIn(novaRoom)).id)).toBeGreaterThan(0);
    await claire.command('/crisis log Still here', maisonRoom);
    await shared.settled();
    expect((await entriesOf(db(), (await crisisIn(maisonRoom)).id)).at(-1)).toMatchObject({ textEn: 'Still here' });
  });

  test('is told so, in both languages, by a command that comes late, and nothing changes', async () => {
    const before = await entriesOf(db(), (await crisisIn(novaRoom)).id);
    const body = new URLSearchParams({
      command: '/crisis',
      text: 'log Too late',
      team_id: nova.id,
      user_id: nina.id,
      channel_id: novaRoom,
      trigger_id: 'late.1',
      response_url: 'http://127.0.0.1:9/',
    });
    const answer = await deliver(body.toString(), 'application/x-www-form-urlencoded');
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('no longer installed') });
    expect(answer.text).toContain('n’est plus installée');
    expect(await entriesOf(db(), (await crisisIn(novaRoom)).id)).toEqual(before);
  });

  test('goes on where it stood once it is installed again and the bot is back in the room', async () => {
    const before = await digestsIn(novaRoom);
    expect((await shared.install(nova.id)).status).toBe(200);
    await shared.settled(true);
    const fresh = shared.sandbox.installation(nova.id);
    expect(fresh?.botToken).not.toBe(oldToken);
    expect(await kept()).toMatchObject({ token: expect.stringMatching(/^v1\./), endedAt: null });
    expect(await digestsIn(novaRoom)).toBeGreaterThan(before);
    expect(await waitingFor((await crisisIn(novaRoom)).id)).toBe(0);
    // Slack takes the bot out of its rooms: the lead is told what to do, and the timeline says what it does not hold.
    expect(nina.dms().filter((message) => JSON.stringify(message).includes('am installed again'))).toHaveLength(1);
    const absences = (await entriesOf(db(), (await crisisIn(novaRoom)).id)).filter((e) => e.kind === 'bot_absent');
    expect(absences).toHaveLength(1);
    expect(absences[0]?.recordedAt.getTime()).toBeGreaterThan((absences[0]?.occurredAt.getTime() ?? 0) + 3 * HOUR);
    expect((await entriesOf(db(), (await crisisIn(maisonRoom)).id)).map((e) => e.kind)).not.toContain('bot_absent');
    await nina.invite(novaRoom, fresh?.botUserId ?? '');
    await nina.command('/crisis repair', novaRoom);
    await shared.settled(true);
    const shown = nina.sees(novaRoom).filter((message) => message.text.startsWith('Digest'));
    expect(shown.length).toBeGreaterThan(0);
    await nina.command('/crisis log Back again', novaRoom);
    await shared.settled();
    expect((await entriesOf(db(), (await crisisIn(novaRoom)).id)).at(-1)).toMatchObject({ textEn: 'Back again' });
  });

  test('is served again by the processes that still held its old token, at their second try', async () => {
    await expect((await beside.of(nova.id)).slack.identity()).rejects.toMatchObject({
      kind: 'transient',
      code: 'token_replaced',
    });
    expect(await (await beside.of(nova.id)).slack.identity()).toMatchObject({ team_id: nova.id });
    expect(await kept()).toMatchObject({ token: expect.stringMatching(/^v1\./), endedAt: null });
  });

  test('keeps its new installation when Slack sends the old news again', async () => {
    const news = shared.sandbox.deliveries.filter((one) => ['app_uninstalled', 'tokens_revoked'].includes(one.name));
    expect(news).toHaveLength(2);
    const before = await kept();
    for (const [i, one] of news.entries()) {
      const again = JSON.stringify({ ...one.payload, event_id: `EvAGAIN${i}` });
      expect(await deliver(again, 'application/json')).toMatchObject({ status: 200 });
    }
    expect(await kept()).toEqual(before);
  });
});

describe('a token that Slack refuses without a word of a removal', () => {
  test('stays: it may be an outage, and what waited is done when it is over', async () => {
    const before = { row: await kept(), digests: await digestsIn(novaRoom) };
    shared.sandbox.faults.always(
      'chat.postMessage',
      { kind: 'error', error: 'invalid_auth' },
      {
        match: (args) => args['channel'] === novaRoom,
      },
    );
    await nina.command('/crisis digest now', novaRoom);
    await shared.settled();
    expect(await digestsIn(novaRoom)).toBe(before.digests + 1);
    expect(await waitingFor((await crisisIn(novaRoom)).id)).toBeGreaterThan(0);
    expect(await kept()).toEqual(before.row);
    const [asked] = (await db().select().from(digests)).filter((one) => one.askedBy === nina.id);
    const posted = () =>
      nina.sees(novaRoom).filter((one) => one.text.startsWith(`Digest #${asked?.number} of `)).length;
    expect(posted()).toBe(0);
    shared.sandbox.faults.clear();
    await shared.pass(11 * MINUTE);
    expect(posted()).toBe(1);
  });
});

describe('with the token of one workspace in the environment', () => {
  test('nothing is stored at rest, and a removal is acknowledged without ending anything', async () => {
    const company = await startCompany({ transport: 'http' });
    try {
      expect(await company.app.deps.db.select().from(installations)).toEqual([]);
      company.sandbox.uninstall();
      await company.settled();
      const news = company.sandbox.deliveries.filter((one) => ['app_uninstalled', 'tokens_revoked'].includes(one.name));
      expect(news.map((one) => one.ok)).toEqual([true, true]);
      expect(await company.app.deps.db.select().from(installations)).toEqual([]);
    } finally {
      await company.close();
    }
  });
});
