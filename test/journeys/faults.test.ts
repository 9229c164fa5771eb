import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import type { Message } from '../../src/sandbox/server/index.ts';
import { settle } from '../faults/support/every-call.ts';
import { type Fault, faultNth } from '../faults/support/faults.ts';
import { keyOf } from '../faults/support/key.ts';
import { fillDecision, writeDecision } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

/** A slice of `npm run test:faults`, which plays every call against every fault. */
describe('one message in the room although', () => {
  let company: Company;
  let room: string;
  let count = 0;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
    // Until everybody is told what waits on them.
    await company.pass(5 * SECOND);
  });
  afterAll(() => company.close());

  const cards = (title: string) =>
    company.helen
      .sees(room)
      .filter((m): m is Message => m.type === 'message' && keyOf(m).startsWith('decision:'))
      .filter((m) => m.text.endsWith(`: ${title}`));
  /** What was sent twice before is looked for again for so long. */
  const othersLookedFor = async () => {
    await company.leap(16 * MINUTE);
    await settle(company);
  };
  async function order(method: string, fault: Fault): Promise<string> {
    count += 1;
    const title = `Errand ${count}`;
    await writeDecision(company.helen, room, title);
    faultNth(company.sandbox.faults, method, fault, { n: 1 });
    await company.helen.submit();
    await settle(company);
    company.sandbox.faults.clear();
    return title;
  }

  test.each<[string, Fault]>([
    ['Slack asks to wait two minutes', { kind: 'rate_limited', retryAfter: 120 }],
    ['Slack fails before the effect', { kind: 'http', status: 503, when: 'before' }],
    ['Slack fails after the effect', { kind: 'http', status: 500, when: 'after' }],
    ['the answer is lost', { kind: 'reset', when: 'after' }],
    ['the app was locked out for a moment', { kind: 'error', error: 'token_revoked' }],
    ['the answer lacks the timestamp', { kind: 'body', body: '{"ok":true}', when: 'after' }],
    ['there was no effect, and the answer lacks the timestamp', { kind: 'body', body: '{"ok":true}', when: 'before' }],
  ])('%s', async (_what, fault) => {
    expect(cards(await order('chat.postMessage', fault))).toHaveLength(1);
  });

  const page = '<html>Our proxy says hello</html>';
  test.each([
    [200, page],
    [200, ''],
    [200, '{"ok":true,"channel":"C'],
    [200, '[]'],
    [404, page],
    [408, ''],
    [413, page],
  ])(
    'something in front of Slack answers %i with %j: nobody is told, nothing of it is stored',
    async (status, body) => {
      const told = company.claire.dms().length;
      for (const when of ['before', 'after'] as const) {
        const title = await order('chat.postMessage', { kind: 'body', status, body, when });
        expect(cards(title)).toHaveLength(1);
        await company.claire.command('/crisis repair', room);
        await settle(company);
        expect(cards(title)).toHaveLength(1);
      }
      expect(company.claire.dms()).toHaveLength(told);
      const stored = await company.app.deps.db.execute<{ row: unknown }>(
        sql`select to_jsonb(e) as row from effects e union all select to_jsonb(j) from pgboss.job j`,
      );
      expect(JSON.stringify([...stored])).not.toMatch(/proxy says|<html>/);
    },
  );

  test('its answer is lost, and the answer to the look is only “ok”: that is no reason to send it again', async () => {
    await othersLookedFor();
    faultNth(
      company.sandbox.faults,
      'conversations.history',
      { kind: 'body', body: '{"ok":true}', when: 'after' },
      { n: 1 },
    );
    expect(cards(await order('chat.postMessage', { kind: 'reset', when: 'after' }))).toHaveLength(1);
  });

  test('Slack refuses it for good: the lead is told, and the repair shows it', async () => {
    const title = await order('chat.postMessage', { kind: 'error', error: 'restricted_action' });
    expect(cards(title)).toHaveLength(0);
    expect(JSON.stringify(company.claire.dms().at(-1)?.blocks)).toContain('`restricted_action`');
    await company.claire.command('/crisis repair', room);
    await settle(company);
    expect(cards(title)).toHaveLength(1);
  });

  test('Slack refuses the call of a person: the lead reads their name', async () => {
    const ofCall = (args: Record<string, unknown>) => String(args['text']).includes('calls you: the press is here');
    faultNth(
      company.sandbox.faults,
      'chat.postMessage',
      { kind: 'error', error: 'channel_not_found' },
      { n: 1, match: ofCall },
    );
    await company.helen.command(`/crisis call <@${company.sam.id}> the press is here`, room);
    await settle(company);
    company.sandbox.faults.clear();
    const told = JSON.stringify(company.claire.dms().at(-1)?.blocks);
    expect(told).toContain('*Sam Stranger*: *Helen Park* calls you: the press is here');
    expect(told).not.toContain(company.sam.id);
  });

  test('Slack refuses a direct message: the hour and the room in it can be read where it is told', async () => {
    const ofWaiting = (args: Record<string, unknown>) => String(args['text']).includes('<!date^');
    faultNth(
      company.sandbox.faults,
      'chat.postMessage',
      { kind: 'error', error: 'not_in_channel' },
      { n: 1, match: ofWaiting },
    );
    await company.helen.command('/crisis call legal the press is here', room);
    await company.pass(3 * MINUTE);
    await settle(company);
    company.sandbox.faults.clear();
    const told = company.sandbox.transcript(room);
    expect(told).toMatch(/refused to show this in a direct message/);
    expect(told).not.toMatch(/<!date|<#C/);
  });

  test('its answer is lost and Slack refuses to let us look: the lead is told why, and the repair finds it', async () => {
    await othersLookedFor();
    faultNth(company.sandbox.faults, 'conversations.history', { kind: 'error', error: 'missing_scope' }, { n: 1 });
    const title = await order('chat.postMessage', { kind: 'reset', when: 'after' });
    const told = JSON.stringify(company.claire.dms().at(-1)?.blocks);
    expect(told).toContain('refuse que le bot aille voir (`missing_scope`)');
    expect(told).toContain(title);
    await company.claire.command('/crisis repair', room);
    await settle(company);
    expect(cards(title)).toHaveLength(1);
  });

  test('an edit is refused for good: the lead is told, and the repair makes it', async () => {
    const title = await order('chat.postMessage', { kind: 'http', status: 503, when: 'before' });
    const [card] = cards(title);
    await company.helen.click(card as Message, { actionId: 'facts.decide:replace' });
    await fillDecision(company.helen, 'Another errand');
    const ofCard = { n: 1, match: (args: Record<string, unknown>) => args['ts'] === card?.ts };
    faultNth(company.sandbox.faults, 'chat.update', { kind: 'error', error: 'block_mismatch' }, ofCard);
    await company.helen.submit();
    await settle(company);
    expect(JSON.stringify(company.claire.dms().at(-1)?.blocks)).toContain('`block_mismatch`');
    await company.claire.command('/crisis repair', room);
    await settle(company);
    expect(JSON.stringify(cards(title))).toContain('this one no longer holds');
    expect(company.sandbox.problems).toEqual([]);
  });

  test('its edit is refused for good: what hangs on it is shown all the same', async () => {
    company.sandbox.faults.always('chat.update', { kind: 'error', error: 'block_mismatch' });
    await company.helen.command('/crisis fact The portal is down', room);
    await company.pass(5 * SECOND);
    await settle(company);
    company.sandbox.faults.clear();
    const brief = company.claire.sees(room).find((m) => m.text.includes('Live brief'));
    const inThread = company.sandbox.channel(room)?.messages.filter((m) => m.thread_ts === brief?.ts);
    expect(JSON.stringify(inThread)).toContain('The portal is down');
    expect(JSON.stringify(company.claire.dms().at(-1)?.blocks)).toContain('`block_mismatch`');
    expect(company.sandbox.problems).toEqual([]);
  });

  test('somebody deletes it: it is shown anew, and what was pinned is pinned again', async () => {
    const { sandbox, helen } = company;
    const briefs = () => helen.sees(room).filter((m) => m.text.includes('Live brief'));
    for (const { ts } of briefs())
      await fetch(`${sandbox.apiUrl}chat.delete`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.botToken}` },
        body: new URLSearchParams({ channel: room, ts }),
      });
    expect(briefs()).toEqual([]);
    await helen.command('/crisis task Errand of the brief', room);
    await company.pass(5 * SECOND);
    await settle(company);
    expect(briefs()).toHaveLength(1);
    expect(sandbox.channel(room)?.pins.map((pin) => pin.ts)).toEqual(briefs().map(({ ts }) => ts));
    expect(sandbox.problems).toEqual([]);
  });
});
