import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tasks } from '../../db/schema/index.ts';
import { after, MINUTE, SECOND } from '../../src/core/time.ts';
import { order } from '../../src/jobs/commit.ts';
import type { Message } from '../../src/sandbox/server/index.ts';
import { type EditPriority, takeEdit } from '../../src/slack/ledger.ts';
import type { TaskStatus } from '../../src/tasks/rules.ts';
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
const cardsOf = (room: string, number: number) => messagesIn(room).filter((m) => m.text.startsWith(`Task #${number}:`));
const card = (room: string, number = 1): Message => {
  const found = cardsOf(room, number).at(-1);
  if (!found) throw new Error(`no card of task ${number}`);
  return found;
};
const shows = (message: Message, words: string) => JSON.stringify(message.blocks).includes(words);
const addTask = async (room: string, title: string) => {
  await company.claire.command(`/crisis task ${title}`, room);
  await company.settled();
};
const press = async (room: string, number: number, label: string) => {
  await company.claire.click(card(room, number), label);
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
    await addTask(room, 'Stop the sale');
    await pass(10 * SECOND);
    await takeAll();
    const before = updates().length;
    await press(room, 1, 'Start');
    await press(room, 1, 'Start');
    await company.claire.command('/crisis level major', room);
    await addTask(room, 'Call the insurer');
    expect(cardsOf(room, 2)).toHaveLength(1);
    expect(shows(card(room), 'To do')).toBe(true);
    expect(updates()).toHaveLength(before);
    await company.app.deps.db.update(tasks).set({ title: 'Stop the sale everywhere' });
    await pass(20 * SECOND);
    expect(shows(card(room), 'everywhere')).toBe(true);
    expect(shows(card(room), 'Started')).toBe(true);
    expect(updates().filter((call) => call.args['ts'] === card(room).ts)).toHaveLength(1);
  });

  test('that Slack puts off hold nothing back either', async () => {
    await addTask(room, 'Write to the shops');
    await pass(10 * SECOND);
    company.sandbox.faults.next('chat.update', { kind: 'rate_limited', retryAfter: 30 });
    await press(room, 3, 'Start');
    await addTask(room, 'Write to the suppliers');
    expect(cardsOf(room, 4)).toHaveLength(1);
    expect(shows(card(room, 3), 'To do')).toBe(true);
    await pass(35 * SECOND);
    expect(shows(card(room, 3), 'Started')).toBe(true);
  });
});

describe('a message that Slack does not let us edit any more', () => {
  liveIn();
  test.each(['edit_window_closed', 'cant_update_message'])('(%s) is posted afresh, once', async (error) => {
    const room = await company.declare(`Crisis of ${error}`);
    await addTask(room, 'Stop the sale');
    await pass(10 * SECOND);
    const old = card(room);
    const ofTask = { match: (args: Record<string, unknown>) => String(args['text']).startsWith('Task #') };
    company.sandbox.faults.next('chat.update', { kind: 'error', error }, ofTask);
    await press(room, 1, 'Start');
    expect(cardsOf(room, 1).map((m) => shows(m, 'Started'))).toEqual([false, true]);
    const fresh = card(room);

    await press(room, 1, 'Done');
    expect(cardsOf(room, 1)).toHaveLength(2);
    expect(shows(card(room), 'Done')).toBe(true);
    expect(updates().at(-1)?.args['ts']).not.toBe(old.ts);

    company.sandbox.faults.always('chat.update', { kind: 'error', error }, ofTask);
    await press(room, 1, 'Reopen');
    expect(cardsOf(room, 1).map((m) => m.ts)).toEqual([old.ts, fresh.ts]);
    expect(JSON.stringify(company.claire.dms())).toContain(error);
    company.sandbox.faults.clear();
    await company.claire.command('/crisis repair', room);
    await company.settled();
    await pass(10 * SECOND);
    expect(cardsOf(room, 1)).toHaveLength(2);
    expect(shows(card(room), 'To do')).toBe(true);
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
  test('are never refused an edit, and in the end every card and every brief is right', {
    timeout: 90_000,
  }, async () => {
    const { db } = company.app.deps;
    const rooms: string[] = [];
    for (const title of titles) rooms.push(await company.declare(title));
    for (const room of rooms) for (const n of [1, 2, 3]) await addTask(room, `Task ${n}`);
    await pass(30 * SECOND, 3 * SECOND);
    const before = updates().length;
    let pressed = 0;
    for (const label of ['Start', 'Done', 'Reopen']) {
      for (const room of rooms)
        for (const number of [1, 2, 3]) {
          // What is not drawn yet cannot be pressed.
          if (!shows(card(room, number), `"${label}"`)) continue;
          await press(room, number, label);
          pressed += 1;
        }
      await pass(15 * SECOND, 3 * SECOND);
    }
    await pass(2 * MINUTE, 3 * SECOND);
    expect(pressed).toBeGreaterThan(40);
    expect(updates().length).toBeGreaterThan(before + 30);
    expect(updates().filter((call) => !call.ok)).toEqual([]);

    const left = await db.execute<{
      room: string;
      number: number;
      status: TaskStatus;
      crisisId: string;
      taskId: string;
    }>(
      sql`select channel_id as room, t.number, t.status, c.id as "crisisId", t.id as "taskId" from crises c join tasks t on t.crisis_id = c.id`,
    );
    expect(left).toHaveLength(30);
    const words = { open: '⚪ To do', started: '🔵 Started', blocked: '⛔ Blocked', done: '✅ Done' };
    for (const { room, number, status } of left)
      expect(JSON.stringify(card(room, number).blocks)).toContain(words[status]);
    // Drawn anew, nothing has to be edited: what stands there is what is true.
    const standing = updates().length;
    await order(
      company.app.deps,
      left.flatMap(({ crisisId, taskId }) => [
        { kind: 'war_room.refresh_brief', queue: 'outbox', order: `brief:${crisisId}`, data: { crisisId } },
        { kind: 'tasks.show_card', queue: 'outbox', order: `room:${crisisId}`, data: { crisisId, taskId } },
      ]),
    );
    await pass(15 * SECOND, 3 * SECOND);
    expect(updates()).toHaveLength(standing);
  });
});
