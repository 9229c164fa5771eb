import { createHmac } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomMessageRevisions } from '../../db/schema/index.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { exportMarkdown } from '../../src/timeline/export.ts';
import { entriesOf, loadExport, verifyStored } from '../../src/timeline/store.ts';
import { verifyExport } from '../../src/timeline/verify.ts';
import { type Company, startCompany } from '../support/company.ts';

describe('what was written while nobody listened', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  const crisisHere = async () => {
    const crisis = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
    if (!crisis) throw new Error('no crisis');
    return crisis;
  };
  const told = async (kind: string) =>
    (await entriesOf(company.app.deps.db, (await crisisHere()).id)).filter((entry) => entry.kind === kind);
  const kept = async () => {
    const { crisisId, seq, text, isReadLater } = roomMessageRevisions;
    return company.app.deps.db
      .select({ text, isReadLater })
      .from(roomMessageRevisions)
      .where(eq(crisisId, (await crisisHere()).id))
      .orderBy(asc(seq));
  };
  const texts = async () => (await kept()).map(({ text }) => text);
  async function awayFor(ms: number, meanwhile: () => Promise<unknown>): Promise<void> {
    const { sandbox, app } = company;
    sandbox.goDown();
    await app.listen();
    await company.leap(ms / 2);
    await meanwhile();
    await company.leap(ms / 2);
    await app.listen();
    sandbox.comeBack();
    await sandbox.waitFor(() => sandbox.sockets() === 2, { timeoutMs: 20_000, what: 'two sockets' });
    await app.listen();
    await company.settledWithRetries();
  }

  test('for a few minutes is no gap: Slack brings it again', async () => {
    const { app, tom } = company;
    const root = await tom.say(room, 'The old thread');
    await company.settled();
    await app.listen();
    await awayFor(4 * MINUTE, () => tom.say(room, 'A short while later', { thread: root.ts }));
    expect(await texts()).toEqual(['The old thread', 'A short while later']);
    expect(await told('not_listening')).toEqual([]);
  });

  test('for 10.5 hours, threads included, is read, marked, and the gap told; 7 hours of late events double nothing', async () => {
    const { anne, claire, helen, tom, sandbox } = company;
    const brief = tom.sees(room).find((m) => m.user === sandbox.botUserId);
    const root = tom.sees(room).find((m) => m.text === 'The old thread');
    if (!brief || !root) throw new Error('no messages');
    sandbox.faults.misdeliver('message', 'lost');
    await awayFor(10.5 * HOUR, async () => {
      await helen.say(room, 'Nobody hears this');
      await tom.say(room, 'Nor this', { thread: root.ts });
      await claire.say(room, 'Nor this, below the brief', { thread: brief.ts });
      const gone = await tom.say(room, 'This goes');
      await tom.delete(gone);
      sandbox.faults.clear();
      sandbox.faults.misdeliver('message', 'late');
      await anne.say(room, 'This comes late');
    });
    const now = await kept();
    expect(now.filter(({ isReadLater }) => isReadLater).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Nobody hears this', 'Nor this', 'Nor this, below the brief', 'This comes late']),
    );
    expect(now).toHaveLength(6);
    const [gap, ...more] = await told('not_listening');
    expect(more).toEqual([]);
    expect(gap?.textEn).toMatch(
      /^Not listening from .* UTC\. The room was read later: 4 messages were missing, and kept\. What was edited/,
    );
    expect(gap?.textFr).toContain('4 messages manquaient et ont été conservés');
    expect(Date.parse(String(gap?.data['to'])) - Date.parse(String(gap?.data['from']))).toBeGreaterThanOrEqual(
      10.5 * HOUR,
    );

    for (let hour = 1; hour <= 7; hour += 1) {
      await claire.say(room, `Written in hour ${hour}`);
      await company.pass(HOUR);
      await sandbox.catchUp();
      await company.settled();
    }
    const all = await texts();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(13);
    expect(await told('not_listening')).toHaveLength(1);
    sandbox.faults.clear();
  });

  test('is said by verify and by every export, which hold', async () => {
    const { db } = company.app.deps;
    const crisis = await crisisHere();
    const [gap] = await told('not_listening');
    expect(await verifyStored(db, crisis.id)).toMatchObject({ ok: true, gaps: [gap?.seq] });
    await company.helen.command('/crisis verify', room);
    await company.settled();
    expect(company.helen.ephemerals(room).at(-1)?.text).toContain(
      `(the room was not listened to all the time: see entry ${gap?.seq})`,
    );
    const file = await loadExport(db, crisis);
    expect(exportMarkdown(file)).toContain(`The room was not listened to all the time: see entry ${gap?.seq}`);
    expect(verifyExport(JSON.parse(JSON.stringify(file)))).toMatchObject({ ok: true, gaps: [gap?.seq] });
  });

  test('is found by a repair where no silence was noticed', async () => {
    const { helen, tom, sandbox } = company;
    sandbox.faults.misdeliver('message', 'lost');
    await tom.say(room, 'Lost on the way');
    sandbox.faults.clear();
    await company.settled();
    expect(await texts()).not.toContain('Lost on the way');
    await helen.command('/crisis repair', room);
    await company.settled();
    expect(await texts()).toContain('Lost on the way');
    expect((await told('read_later')).map(({ textEn }) => textEn)).toEqual([
      'The room was read again: 1 message that had not been heard, and kept.',
    ]);
    await helen.command('/crisis repair', room);
    await company.settled();
    expect(await told('read_later')).toHaveLength(1);
  });

  test('in one thread is read although another has gone meanwhile', async () => {
    const { helen, tom, sandbox } = company;
    const roots = [await tom.say(room, 'One thread'), await tom.say(room, 'Another thread')];
    await company.settled();
    sandbox.faults.misdeliver('message', 'lost');
    await awayFor(HOUR, async () => {
      for (const root of roots) await helen.say(room, `Below ${root.text}`, { thread: root.ts });
      sandbox.faults.clear();
      sandbox.faults.next('conversations.replies', { kind: 'error', error: 'thread_not_found' });
    });
    expect((await told('not_listening')).at(-1)?.textEn).toContain('1 message was missing, and kept.');
    expect((await texts()).some((text) => text.startsWith('Below'))).toBe(true);
  });

  test('that Slack refuses to show is a gap with its reason', async () => {
    const { sandbox } = company;
    sandbox.faults.always('conversations.history', { kind: 'error', error: 'channel_not_found' });
    await awayFor(HOUR, async () => company.tom.say(room, 'Unreadable'));
    sandbox.faults.clear();
    expect((await told('not_listening')).at(-1)?.textEn).toContain(
      'What was written in that time could not be read: Slack says channel_not_found.',
    );
    expect(sandbox.problems).toEqual([]);
  });
});

test('a link that Slack shows is no wording of its own, and a deleted root with replies is a deletion', async () => {
  const company = await startCompany();
  const room = await company.declare('Soup recall');
  const root = await company.tom.say(room, 'See https://example.com');
  await company.settled();
  await company.tom.unfurl(root, 'An example');
  await company.helen.say(room, 'Read it', { thread: root.ts });
  await company.settled();
  await company.tom.delete(root);
  await company.settled();
  const { text, change, seq } = roomMessageRevisions;
  const kept = await company.app.deps.db.select({ text, change }).from(roomMessageRevisions).orderBy(asc(seq));
  expect(kept).toEqual([
    { text: 'See https://example.com', change: 'posted' },
    { text: 'Read it', change: 'posted' },
    { text: 'See https://example.com', change: 'deleted' },
  ]);
  expect(company.sandbox.problems).toEqual([]);
  await company.close();
});

test('events that Slack leaves out, because there were too many, are a gap of that minute, and the room is read', async () => {
  const company = await startCompany({ transport: 'http' });
  const { app, sandbox, tom } = company;
  const room = await company.declare('Soup recall');
  sandbox.faults.misdeliver('message', 'lost');
  await tom.say(room, 'One of thirty thousand');
  sandbox.faults.clear();
  const minute = Math.floor(company.now().getTime() / 60_000) * 60;
  const body = JSON.stringify({
    token: 'x',
    type: 'app_rate_limited',
    team_id: app.workspaceId,
    minute_rate_limited: minute,
    api_app_id: 'A0',
  });
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', sandbox.signingSecret).update(`v0:${at}:${body}`).digest('hex');
  const response = await fetch(`http://127.0.0.1:${app.port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
  });
  expect(response.status).toBe(200);
  await company.settled();
  const crisis = await findCrisisOfChannel(app.deps.db, app.workspaceId, room, null);
  const gaps = (await entriesOf(app.deps.db, crisis?.id ?? '')).filter(({ kind }) => kind === 'not_listening');
  expect(gaps.map(({ data }) => data)).toEqual([
    {
      from: new Date(minute * 1000).toISOString(),
      to: new Date(minute * 1000 + 60_000).toISOString(),
      kept: 1,
    },
  ]);
  expect(sandbox.problems).toEqual([]);
  await company.close();
});
