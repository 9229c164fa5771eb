import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { timelineEntries } from '../../db/schema/index.ts';
import { features } from '../../src/features.ts';
import type { Message } from '../../src/sandbox/server/index.ts';
import { type Feature, onEvent } from '../../src/slack/feature.ts';
import { type Company, startCompany } from '../support/company.ts';

const entriesLike = async ({ app }: Company, words: string) =>
  (await app.deps.db.select().from(timelineEntries)).filter((e) => `${e.kind} ${e.textEn}`.includes(words)).length;

describe.each(['socket', 'http'] as const)('nothing is acknowledged before it is committed (%s)', (transport) => {
  let company: Company;
  let room: string;
  let remark: Message;
  beforeAll(async () => {
    company = await startCompany({ transport });
    room = await company.declare('Soup recall');
    remark = await company.tom.say(room, 'The store in Lyon has closed');
    await company.settled();
  });
  afterAll(() => company.close());

  /** Nothing about a crisis can be committed until the answer is called. */
  async function holdCrises(): Promise<() => Promise<void>> {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let transaction: Promise<void> | undefined;
    await new Promise<void>((held) => {
      transaction = company.app.deps.db.transaction(async (tx) => {
        await tx.execute(sql`select id from crises for update`);
        held();
        await released;
      });
    });
    return async () => {
      release();
      await transaction;
    };
  }

  const acts: [string, string, (company: Company) => Promise<() => Promise<unknown>>, string][] = [
    [
      'a command',
      '/crisis',
      async ({ helen }) =>
        () =>
          helen.command('/crisis log Held command', room),
      'Held command',
    ],
    [
      'a press',
      'block_actions',
      async ({ helen }) => {
        const card = helen.sees(room).findLast((m) => JSON.stringify(m).includes('responders.answer'));
        return () => helen.click(card as Message, 'I’m on it');
      },
      'callout_answered',
    ],
    [
      'a form',
      'view_submission',
      async ({ helen }) => {
        await helen.command('/crisis task', room);
        await helen.waitForModal();
        helen.fill({ title: 'Held task' });
        return () => helen.submit();
      },
      'Held task',
    ],
    [
      'an event',
      'reaction_added',
      async ({ helen }) =>
        () =>
          helen.react(remark, 'pushpin'),
      'store in Lyon',
    ],
  ];

  test.each(acts)('%s', async (_what, name, prepare, words) => {
    const act = await prepare(company);
    // Whoever was seen a moment ago is known without a look into the database.
    const other = () => company.tom.command('/crisis xyzzy', room);
    await other();
    const before = await entriesLike(company, words);
    const release = await holdCrises();
    const acting = act();
    // Later deliveries go the same ways and come back: an answer that was on its way would be here by now.
    for (let later = 0; later < 4; later += 1) expect(await other()).toMatchObject({ ok: true });
    const held = company.sandbox.deliveries.findLast((d) => d.name === name && d.user === company.helen.id);
    const acknowledged = held?.ok;
    await release();
    await acting;
    await company.settled();
    expect(acknowledged).toBeUndefined();
    expect(held).toMatchObject({ ok: true });
    expect(await entriesLike(company, words)).toBe(before + 1);
  });
});

describe.each(['socket', 'http'] as const)('an event whose listener failed (%s)', (transport) => {
  let company: Company;
  const stumbles = { left: 0 };
  const stumbling: Feature = {
    name: 'stumbling',
    title: { en: '', fr: '' },
    events: [
      onEvent('reaction_added', z.unknown(), async () => {
        stumbles.left -= 1;
        if (stumbles.left >= 0) throw new Error('stumbled');
      }),
    ],
  };
  beforeAll(async () => {
    company = await startCompany({
      transport,
      features: [...features, stumbling],
      events: { ackTimeoutMs: 700, eventRetryDelaysMs: [1, 1, 1] },
    });
  });
  afterAll(() => company.close());

  test('is not acknowledged, so that Slack sends it again, and is done once', async () => {
    const room = await company.declare('Soup recall');
    const remark = await company.tom.say(room, 'The store in Lyon has closed');
    await company.settled();
    stumbles.left = 2;
    await company.helen.react(remark, 'pushpin');
    await company.settled();
    const sent = company.sandbox.deliveries.filter((d) => d.name === 'reaction_added' && d.user === company.helen.id);
    expect(sent.map((d) => d.ok)).toEqual([false, false, true]);
    expect(await entriesLike(company, 'store in Lyon')).toBe(1);
  });
});
