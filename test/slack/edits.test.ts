import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decisions, people } from '../../db/schema/index.ts';
import { inRoom } from '../../src/core/jobs.ts';
import { after, MINUTE, SECOND } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { order } from '../../src/jobs/commit.ts';
import type { Message, Person } from '../../src/sandbox/server/index.ts';
import { type EditPriority, takeEdit } from '../../src/slack/ledger.ts';
import { fillDecision, writeDecision } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
const liveIn = () => {
  beforeAll(async () => {
    company = await startCompany({ edits: 'slack' });
  });
  afterAll(() => company.close());
};

const updates = () => company.sandbox.calls.filter((call) => call.method === 'chat.update');
const messagesIn = (room: string): Message[] =>
  company.claire.sees(room).filter((m): m is Message => m.type === 'message');
const cardsOf = (room: string, number: number) =>
  messagesIn(room).filter((m) => m.text.startsWith(`Decision D${number}:`));
const card = (room: string, number = 1): Message => {
  const found = cardsOf(room, number).at(-1);
  if (!found) throw new Error(`no card of decision ${number}`);
  return found;
};
const shows = (message: Message, words: string) => JSON.stringify(message.blocks ?? []).includes(words);
const submit = async () => {
  await company.claire.submit();
  await company.settled();
  while (company.claire.modal()) await company.claire.close();
};
const decide = async (room: string, text: string) => {
  await writeDecision(company.claire, room, text);
  await submit();
};
/** By which its card is edited, to say so. */
const replace = async (room: string, number: number, text: string) => {
  await company.claire.click(card(room, number), { actionId: 'facts.decide:replace' });
  await fillDecision(company.claire, text);
  await submit();
};
/** Whoever decided it has another name since, and the card is drawn anew. */
const rename = async (room: string, number: number, name: string) => {
  const { deps, workspaceId } = company.app;
  await deps.db.update(people).set({ name }).where(eq(people.id, company.claire.id));
  const crisisId = (await findCrisisOfChannel(deps.db, workspaceId, room, null))?.id ?? '';
  const [made] = await deps.db
    .select()
    .from(decisions)
    .where(and(eq(decisions.crisisId, crisisId), eq(decisions.number, number)));
  await order(deps, [inRoom('facts.show_decision', { crisisId, decisionId: made?.id })]);
  await company.settled();
};
/** In small steps: what one takes, the next waits for. */
const pass = async (ms: number, step = SECOND) => {
  for (let passed = 0; passed < ms; passed += step) await company.pass(step);
};
const take = (key: string, priority: EditPriority, now: Date, workspaceId = company.app.workspaceId) =>
  takeEdit(company.app.deps.db, { key, workspaceId }, priority, now);
/** Somebody else's edits, until none is left. */
async function takeAll(): Promise<void> {
  while ((await take('another', 'card', company.now())) === 0);
}

describe('the edits of a workspace', () => {
  const start = new Date('2026-11-22T10:00:00Z');
  liveIn();
  let room: string;
  beforeAll(async () => {
    room = await company.declare();
  });

  test('are shared by whoever asks at the same moment, and are 40 a minute for long', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, (_, i) => take(`m${i}`, 'card', start, 'T0SHARED')));
    expect(asked.filter((ms) => ms === 0)).toHaveLength(8);
    expect(await take('m', 'card', start, 'T0OTHER')).toBe(0);
    let taken = 0;
    for (let ms = 500; ms <= 5 * MINUTE; ms += 500)
      if ((await take(`m${ms}`, 'card', after(start, ms), 'T0SHARED')) === 0) taken += 1;
    expect(taken).toBe(200);
  });

  test('go to cards, the call, direct messages, the brief and the board, in this order', async () => {
    const left: Record<string, number> = {};
    for (const priority of ['board', 'brief', 'direct', 'call', 'card'] as const)
      for (left[priority] = 0; (await take(`${priority}${left[priority]}`, priority, start, 'T0ORDER')) === 0; )
        left[priority] += 1;
    expect(left).toEqual({ board: 3, brief: 2, direct: 1, call: 1, card: 1 });
    const soon = after(start, 1.5 * SECOND);
    for (const priority of ['board', 'brief', 'direct', 'call'] as const)
      expect(await take(`next ${priority}`, priority, soon, 'T0ORDER'), priority).toBeGreaterThan(0);
    expect(await take('next card', 'card', soon, 'T0ORDER')).toBe(0);
  });

  test.each([
    ['brief', 5],
    ['board', 20],
  ] as const)('of one %s are at least %d seconds apart', async (priority, seconds) => {
    const at = (s: number) => after(start, s * SECOND);
    const of = `T0${priority}`;
    expect(await take(priority, priority, start, of)).toBe(0);
    expect(await take(priority, priority, at(1), of)).toBe((seconds - 1) * SECOND);
    expect(await take(`another ${priority}`, priority, at(1), of)).toBe(0);
    expect(await take(priority, priority, at(seconds), of)).toBe(0);
  });

  test('wait in line, each message once, in the order in which they came', async () => {
    while ((await take('filler', 'card', start, 'T0LINE')) === 0);
    const turns: number[] = [];
    for (let i = 0; i < 100; i += 1) turns.push(await take(`card ${i}`, 'card', start, 'T0LINE'));
    expect(turns.map((ms) => ms - (turns[0] ?? 0))).toEqual(turns.map((_, i) => i * 1.5 * SECOND));
    expect(await take('card 7', 'card', after(start, SECOND), 'T0LINE')).toBe((turns[7] ?? 0) - SECOND);
    expect(await take('card 0', 'card', after(start, turns[0] ?? 0), 'T0LINE')).toBe(0);
  });

  test('that wait hold nothing back, and of those that wait for one message only the last state is sent', async () => {
    await decide(room, 'Stop the sale');
    await pass(10 * SECOND);
    await takeAll();
    const before = updates().length;
    await rename(room, 1, 'Claire of Lyon');
    await rename(room, 1, 'Claire of France');
    await company.claire.command('/crisis level major', room);
    await decide(room, 'Call the insurer');
    expect(cardsOf(room, 2)).toHaveLength(1);
    expect(shows(card(room), 'Claire Fontaine')).toBe(true);
    expect(updates()).toHaveLength(before);
    await rename(room, 1, 'Claire from everywhere');
    await pass(20 * SECOND);
    expect(shows(card(room), 'everywhere')).toBe(true);
    expect(updates().filter((call) => call.args['ts'] === card(room).ts)).toHaveLength(1);
  });

  test('that Slack puts off hold nothing back either', async () => {
    await decide(room, 'Write to the shops');
    await pass(10 * SECOND);
    company.sandbox.faults.next('chat.update', { kind: 'rate_limited', retryAfter: 30 });
    await rename(room, 3, 'Claire of the shops');
    await decide(room, 'Write to the suppliers');
    expect(cardsOf(room, 4)).toHaveLength(1);
    expect(shows(card(room, 3), 'Claire of the shops')).toBe(false);
    await pass(35 * SECOND);
    expect(shows(card(room, 3), 'Claire of the shops')).toBe(true);
  });
});

describe('a message that Slack does not let us edit any more', () => {
  liveIn();
  test.each(['edit_window_closed', 'cant_update_message'])('(%s) is posted afresh, once', async (error) => {
    const room = await company.declare(`Crisis of ${error}`);
    await decide(room, 'Stop the sale');
    await pass(10 * SECOND);
    const old = card(room);
    const ofCard = { match: (args: Record<string, unknown>) => String(args['text']).startsWith('Decision D1') };
    company.sandbox.faults.next('chat.update', { kind: 'error', error }, ofCard);
    await rename(room, 1, 'Claire of Lyon');
    expect(cardsOf(room, 1).map((m) => shows(m, 'Lyon'))).toEqual([false, true]);
    const fresh = card(room);

    await rename(room, 1, 'Claire of France');
    expect(cardsOf(room, 1)).toHaveLength(2);
    expect(shows(card(room), 'France')).toBe(true);
    expect(updates().at(-1)?.args['ts']).not.toBe(old.ts);

    company.sandbox.faults.always('chat.update', { kind: 'error', error }, ofCard);
    await rename(room, 1, 'Claire from everywhere');
    expect(cardsOf(room, 1).map((m) => m.ts)).toEqual([old.ts, fresh.ts]);
    expect(JSON.stringify(company.claire.dms())).toContain(error);
    company.sandbox.faults.clear();
    await company.claire.command('/crisis repair', room);
    await company.settled();
    await pass(10 * SECOND);
    expect(cardsOf(room, 1)).toHaveLength(2);
    expect(shows(card(room), 'everywhere')).toBe(true);
  });
});

const titles = [
  'Fire in Lyon',
  'Glass in the soup',
  'Leaked salaries',
  'Strike of drivers',
  'A director arrested',
  'Mice on video',
  'Stolen laptops',
  'Boycott by students',
  'Wrong allergen printed',
  'Flooded warehouse',
];

describe('ten busy rooms', () => {
  liveIn();
  test('are never refused an edit, and in the end every card, call, list and brief is right', {
    timeout: 180_000,
  }, async () => {
    const { db } = company.app.deps;
    const rooms: string[] = [];
    for (const title of titles) rooms.push(await company.declare(title));
    for (const room of rooms) await decide(room, 'Decided 1');
    await pass(30 * SECOND, 3 * SECOND);
    const before = updates().length;
    for (const number of [1, 2, 3]) {
      for (const room of rooms) {
        await replace(room, number, `Decided ${number + 1}`);
        await company.claire.command(`/crisis task Task ${number}`, room);
        await company.claire.command(`/crisis fact Fact ${number}`, room);
        const by = [company.helen, company.tom, company.anne][number - 1] as Person;
        const call = by.sees(room).find((m): m is Message => m.type === 'message' && shows(m, 'responders.answer'));
        await by.click(call as Message, { actionId: 'responders.answer' });
        await company.settled();
      }
      await pass(15 * SECOND, 3 * SECOND);
    }
    await pass(2 * MINUTE, 3 * SECOND);
    expect(updates().length).toBeGreaterThan(before + 30);
    expect(updates().filter((call) => !call.ok)).toEqual([]);

    const left = await db.execute<{ crisisId: string; decisionId: string; room: string; number: number }>(
      sql`select c.id as "crisisId", d.id as "decisionId", channel_id as room, d.number from crises c join decisions d on d.crisis_id = c.id`,
    );
    expect(left).toHaveLength(40);
    for (const { room, number } of left) expect(shows(card(room, number), 'this one no longer holds')).toBe(number < 4);
    // Drawn anew, nothing has to be edited: what stands there is what is true.
    const standing = updates().length;
    await order(
      company.app.deps,
      left.flatMap(({ crisisId, decisionId }) => [
        { kind: 'war_room.refresh_brief', queue: 'outbox', order: `brief:${crisisId}`, data: { crisisId } },
        inRoom('facts.show_decision', { crisisId, decisionId }),
        ...['tasks.show_list', 'facts.show_table', 'responders.show_call'].map((kind) => inRoom(kind, { crisisId })),
      ]),
    );
    await pass(15 * SECOND, 3 * SECOND);
    expect(updates()).toHaveLength(standing);
  });
});
