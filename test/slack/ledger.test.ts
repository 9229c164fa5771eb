import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { order } from '../../src/jobs/commit.ts';
import { settle } from '../faults/support/every-call.ts';
import { writeDecision } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());

describe('the nightly upkeep', () => {
  test('forgets what can be of no use any more, and keeps what is open, refused or recent, however old', async () => {
    const { db } = company.app.deps;
    const [open, closed, lately] = [
      await company.declare('Glass in the soup'),
      await company.declare('Strike at Lyon'),
      await company.declare('Leaked prices'),
    ];
    const ago = (days: number) => new Date(company.now().getTime() - days * DAY).toISOString();
    await db.execute(sql`update crises set status = 'closed', closed_at = ${ago(366)} where channel_id = ${closed}`);
    await db.execute(sql`update crises set status = 'closed', closed_at = ${ago(364)} where channel_id = ${lately}`);
    const effect = (key: string, room: string | null, state: string, days: number) =>
      db.execute(sql`
        insert into effects (key, workspace_id, crisis_id, state, attempts, first_attempt_at, attempted_at, what)
        values (${key}, ${company.app.workspaceId}, (select id from crises where channel_id = ${room}), ${state}, 1, ${ago(days)}, ${ago(days)}, '')`);
    for (const [name, room] of Object.entries({ open, closed, lately }))
      for (const state of ['done', 'failed', 'lost', 'unsure']) await effect(`${name} ${state}`, room, state, 800);
    await effect('nobody’s, old', null, 'done', 366);
    await effect('nobody’s, recent', null, 'failed', 364);
    for (const days of [31, 29])
      await db.execute(sql`insert into deliveries (key, received_at) values (${`${days} days`}, ${ago(days)})`);
    for (const days of [2, 0])
      await db.execute(sql`insert into channel_paces (channel_id, next_post_at) values (${`C${days}`}, ${ago(days)})`);

    const { workspaceId } = company.app;
    await order(company.app.deps, [{ kind: 'war_room.forget_old', queue: 'upkeep', data: { workspaceId } }]);
    await company.settled();

    const left = async (query: ReturnType<typeof sql>) =>
      [...(await db.execute<{ name: string }>(query))].map(({ name }) => name);
    expect(await left(sql`select key as name from effects where what = '' order by key collate "C"`)).toEqual([
      'closed failed',
      'closed lost',
      'closed unsure',
      'lately done',
      'lately failed',
      'lately lost',
      'lately unsure',
      'nobody’s, recent',
      'open done',
      'open failed',
      'open lost',
      'open unsure',
    ]);
    expect(await left(sql`select key as name from deliveries where key like '% days'`)).toEqual(['29 days']);
    expect(await left(sql`select channel_id as name from channel_paces where length(channel_id) = 2`)).toEqual(['C0']);
  });
});

describe('a list of Slack’s that is longer than a page', () => {
  test('of people is read to its end', async () => {
    const { db } = company.app.deps;
    for (let i = 0; i < 250; i += 1) company.sandbox.addPerson({ name: `Colleague ${i}` });
    await company.settled();
    // They were announced one by one: here only the list tells of them.
    await db.execute(sql`delete from people`);
    const { workspaceId } = company.app;
    await order(company.app.deps, [{ kind: 'people.sync', queue: 'upkeep', data: { workspaceId } }]);
    await company.settled();
    const [found] = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from people where name like 'Colleague %'`,
    );
    expect(found?.n).toBe(250);
  });

  test('of messages is searched to its end for one whose answer was lost: it is not posted twice', async () => {
    const room = await company.declare('Power cut in the factory');
    company.sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    company.sandbox.faults.always('conversations.history', { kind: 'http', status: 503, when: 'before' });
    await writeDecision(company.helen, room, 'Stop the line');
    await company.helen.submit();
    await company.settled();
    for (let i = 0; i < 210; i += 1) await company.tom.say(room, `Line ${i}`);
    await company.settled();
    company.sandbox.faults.clear();
    const before = company.sandbox.calls.length;
    await settle(company);
    expect(
      company.sandbox.calls.slice(before).filter(({ method }) => method === 'conversations.history').length,
    ).toBeGreaterThan(1);
    const cards = company.helen
      .sees(room)
      .filter((m) => m.type === 'message' && /Stop the line/.test(JSON.stringify(m.blocks)));
    expect(cards).toHaveLength(1);
  });
});
