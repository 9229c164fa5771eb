import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, tasks } from '../../db/schema/index.ts';
import { newId } from '../../src/core/ids.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import type { Message, Person } from '../../src/sandbox/server/index.ts';
import { verifyChain } from '../../src/timeline/chain.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let room: string;

const said = (person: Person, where = room): string => {
  const last = person.ephemerals(where).at(-1);
  return JSON.stringify(last ? [last.text, last.blocks] : null);
};
const cards = (number: number): Message[] =>
  company.claire
    .sees(room)
    .filter(
      (m): m is Message => m.type === 'message' && new RegExp(`^(Task #${number}:|Tâche n° ${number} :)`).test(m.text),
    );
const card = (number: number): Message => {
  const [first, ...more] = cards(number);
  if (!first || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} cards of task ${number}`);
  return first;
};
const rows = () => company.app.deps.db.select().from(tasks).orderBy(tasks.number);
const row = async (number: number) => {
  const found = (await rows()).find((task) => task.number === number);
  if (!found) throw new Error(`no task ${number}`);
  return found;
};
const type = async (person: Person, text: string, where = room) => {
  await person.command(text, where);
  await company.settled();
};
const reminders = (person: Person) => person.dms().filter((m) => /^(Reminder|Relance)/.test(m.text));
const timeline = async () => {
  const [crisis] = await company.app.deps.db.select().from(crises);
  return entriesOf(company.app.deps.db, crisis?.id ?? '');
};

describe('a task from one line to done', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test('one line makes a task for somebody by a time: one card, in place, that calls them', async () => {
    await type(company.helen, `/crisis task Freeze scheduled posts <@${company.tom.id}> in 20 min`);
    expect(said(company.helen)).toContain('For *Tom Becker*. Due');
    expect(JSON.stringify(card(1).blocks)).toContain(`<@${company.tom.id}>`);
    const task = await row(1);
    expect(task).toMatchObject({ title: 'Freeze scheduled posts', assigneeId: company.tom.id, status: 'open' });
    const minutes = ((task.dueAt?.getTime() ?? 0) - task.createdAt.getTime()) / MINUTE;
    expect(minutes).toBeCloseTo(20, 1);
  });

  test('the same in French, for a reader of French', async () => {
    await type(company.claire, `/crise tâche Prévenir les standards <@${company.helen.id}> dans 20 min`);
    expect(said(company.claire)).toContain('Pour *Helen Park*. Échéance :');
    expect(await row(2)).toMatchObject({ title: 'Prévenir les standards', assigneeId: company.helen.id });
  });

  test('a line without a due time says so and offers to set one', async () => {
    await type(company.helen, '/crisis task Check the May 5 contract');
    expect(await row(3)).toMatchObject({ title: 'Check the May 5 contract', dueAt: null, assigneeId: null });
    const note = company.helen.ephemerals(room).at(-1);
    if (!note) throw new Error('no answer');
    await company.helen.click(note, 'Set a due time…');
    await company.helen.waitForModal({ callbackId: 'tasks.due' });
    const due = new Date(Math.floor(company.now().getTime() / 60_000) * 60_000 + 2 * HOUR);
    company.helen.fill({ due: due.getTime() / 1000 });
    await company.helen.submit();
    await company.settled();
    expect((await row(3)).dueAt).toEqual(due);
  });

  test('two people who press at the same instant: one does it, the other is told who did', async () => {
    const shown = card(1);
    await Promise.all([company.tom.click(shown, 'Done'), company.helen.click(shown, 'Done')]);
    await company.settled();
    const task = await row(1);
    expect(task).toMatchObject({ status: 'done', version: 2 });
    const [first, second] =
      task.doneBy === company.tom.id ? [company.tom, company.helen] : [company.helen, company.tom];
    expect(said(second)).toContain(`Task #1 is already done: ${first.name}`);
    expect((await timeline()).filter((e) => e.kind === 'task_done')).toHaveLength(1);
    expect(JSON.stringify(card(1).blocks)).toContain('Done by');
  });

  test('a press on a card that changed meanwhile changes nothing and says what happened', async () => {
    const shown = structuredClone(card(2));
    await company.tom.click(shown, 'Start');
    await company.settled();
    const value = JSON.stringify({ id: (await row(2)).id, v: 1 });
    expect(JSON.stringify(card(2).blocks)).not.toContain(value.replaceAll('"', '\\"'));
    await Promise.all([company.helen.click(card(2), 'Done'), company.anne.click(card(2), 'Block…')]);
    await company.settled();
    expect(await row(2)).toMatchObject({ status: 'done', doneBy: company.helen.id });
    const form = company.anne.modal();
    if (form) {
      company.anne.fill({ reason: 'No access to the switchboard' });
      const outcome = await company.anne.submit();
      expect(JSON.stringify(outcome)).toContain('already done: Helen Park');
      await company.anne.close();
    } else expect(said(company.anne)).toContain('already done: Helen Park');
  });

  test('done can be taken back, by anybody of the cell', async () => {
    await company.anne.click(card(2), 'Reopen');
    await company.settled();
    expect(await row(2)).toMatchObject({ status: 'open', doneBy: null });
    expect((await timeline()).at(-1)).toMatchObject({ kind: 'task_reopened', actorId: company.anne.id });
  });

  test('blocking needs a reason, and the lead is called where the reason is', async () => {
    await company.helen.click(card(2), 'Block…');
    await company.helen.waitForModal({ callbackId: 'tasks.block' });
    company.helen.fill({ reason: 'The provider does <not> answer & nobody has a *second* number' });
    await company.helen.submit();
    await company.settled();
    expect(await row(2)).toMatchObject({ status: 'blocked' });
    const seen = company.sandbox.transcript(room, { as: company.claire.id });
    expect(seen).toContain('Blocked: The provider does <not> answer & nobody has a *second* number');
    expect(seen).toContain('@Claire Fontaine, task #2 is blocked, says *Helen Park*');
    expect(JSON.stringify(card(2).blocks)).toContain('Resume');
  });

  test('handing over to somebody outside the cell brings them in and tells them', async () => {
    expect(() => company.sam.sees(room)).toThrow();
    await company.helen.click(card(2), 'Reassign…');
    await company.helen.waitForModal({ callbackId: 'tasks.reassign' });
    company.helen.fill({ assignee: company.sam.id });
    await company.helen.submit();
    await company.settled();
    expect(await row(2)).toMatchObject({ assigneeId: company.sam.id });
    expect(() => company.sam.sees(room)).not.toThrow();
    expect(company.sam.dms().map((m) => m.text)).toContain('A task is yours: #2 Prévenir les standards');
  });

  test('the list shows what is open, mine, and done, and acts from its menus', async () => {
    await type(company.tom, '/crisis tasks');
    const list = company.tom.ephemerals(room).at(-1);
    if (!list) throw new Error('no list');
    expect(list.text).toContain('Open tasks (2)');
    await company.tom.select(list, { actionId: 'tasks.list_menu' }, 'Resume');
    await company.settled();
    expect(said(company.tom)).toMatch(/Task #\d is started/);
    await type(company.claire, '/crise tâches miennes');
    expect(said(company.claire)).toContain('Vous n’avez aucune tâche à faire');
    await type(company.tom, '/crisis tasks done');
    expect(said(company.tom)).toContain('Tasks done (1)');
  });

  test('the timeline tells every act, and its chain holds', async () => {
    const entries = await timeline();
    const acts = entries.map((e) => e.kind).filter((kind) => kind.startsWith('task_'));
    for (const kind of ['created', 'started', 'blocked', 'done', 'reassigned', 'due_changed', 'reopened'])
      expect(acts).toContain(`task_${kind}`);
    const versions = (await rows()).reduce((sum, task) => sum + task.version, 0);
    expect(acts).toHaveLength(versions);
    expect(verifyChain(entries[0]?.crisisId ?? '', entries)).toBeNull();
  });

  test('no payload was refused', () => expect(company.sandbox.problems).toEqual([]));
});

describe('a "no" and hostile words', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test.each([
    ['Call them <@U0TOM0000> <@U0HELEN00> in 5 min', 'you named Tom Becker, Helen Park'],
    ['Call them <@U0GUEST00> in 5 min', 'Gina Guest is a guest'],
    ['Call them <@U0LEFT000> in 5 min', 'Leo Left’s account is deactivated'],
    [`Call them ${'x'.repeat(300)} in 5 min`, 'has at most 300 characters'],
    ['Call them in 9999 weeks', 'more than a year away'],
    ['in 5 min', 'Say what has to be done'],
  ])('a task is refused by name, and its words are given back: %s', async (text, why) => {
    if (!company.sandbox.people().some((p) => p.id === 'U0GUEST00')) {
      company.sandbox.addPerson({ id: 'U0GUEST00', name: 'Gina Guest', is_restricted: true });
      company.sandbox.addPerson({ id: 'U0LEFT000', name: 'Leo Left', deleted: true });
      await company.settled();
    }
    const before = (await rows()).length;
    await type(company.helen, `/crisis task ${text}`);
    expect(said(company.helen)).toContain(why);
    const words =
      text
        .replace(/<@\w+>/g, '')
        .replace(/\s+/g, ' ')
        .trim()
        .split(' ')[0] ?? '';
    expect(said(company.helen)).toContain(words);
    expect(await rows()).toHaveLength(before);
  });

  test.each([
    ['a broadcast', 'Warn <!channel> and <!here> now'],
    ['mrkdwn', '*bold* _it_ ~no~ `code` <https://evil.example|bank> &amp; > quote'],
    ['right to left', '\u202Eתודה رسالة \u202D end'],
    ['emoji', '🥣👩🏽‍⚖️🇫🇷 soupe'.repeat(12)],
    ['300 characters that all need escaping', '&'.repeat(300)],
  ])('%s in a title calls nobody, breaks nothing, and is shown as written', async (_, title) => {
    await type(company.helen, '/crisis task');
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    company.helen.fill({ title });
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    const task = (await rows()).at(-1);
    expect(task?.title).toBe(title);
    const shown = card(task?.number ?? 0);
    expect(JSON.stringify(shown.blocks)).not.toMatch(/<!(channel|here|everyone)>/);
    await type(company.helen, '/crisis tasks');
  });

  test('details of 3,000 characters are in the thread, to the last one', async () => {
    const details = `<!channel> ${'Détail '.repeat(426)}FIN.`;
    await type(company.helen, '/crisis task');
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    company.helen.fill({ title: 'Read it all', details, assignee: company.tom.id });
    await company.helen.submit();
    await company.settled();
    const parent = card((await rows()).at(-1)?.number ?? 0);
    const reply = company.claire
      .sees(room)
      .find((m) => m.type === 'message' && m.thread_ts === parent.ts && m.ts !== parent.ts);
    const text = (reply?.blocks ?? []).map((b) => (b as { text?: { text?: string } }).text?.text ?? '').join('');
    expect(text).toBe(details);
  });

  test('a form that is refused keeps what was typed and says why at the field', async () => {
    await type(company.helen, '/crisis task');
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    company.helen.fill({ title: 'Late', due: Math.floor(company.now().getTime() / 1000) - 3600 });
    expect(await company.helen.submit()).toMatchObject({ errors: { due: expect.stringContaining('over already') } });
    await company.helen.close();
  });

  test('a long list is on several pages, one press apart, and every task is on one of them', async () => {
    const model = await row(1);
    const more = Array.from({ length: 20 }, (_, i) => ({ ...model, id: newId(), number: 100 + i, reminderId: null }));
    await company.app.deps.db.insert(tasks).values(more);
    await type(company.tom, '/crisis tasks');
    const seen: number[] = [];
    for (let page = 0; page < 10; page += 1) {
      const list = company.tom.ephemerals(room).at(-1);
      if (!list) throw new Error('no list');
      for (const [, n] of JSON.stringify(list.blocks).matchAll(/\*#(\d+)\*/g)) seen.push(Number(n));
      if (!JSON.stringify(list.blocks).includes('Next page')) break;
      await company.tom.click(list, 'Next page');
      await company.settled();
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual((await rows()).map((t) => t.number));
  });

  test('a stranger can neither press nor see', async () => {
    const task = await row(1);
    const answer = await company.app.deps.db.select().from(tasks).where(eq(tasks.id, task.id));
    await type(company.sam, '/crisis task Look around in 5 min', '#general');
    expect(said(company.sam, '#general')).toContain('I cannot do that here');
    expect(said(company.sam, '#general')).toContain('Look around in 5 min');
    await type(company.sam, '/crisis tasks', '#general');
    expect(said(company.sam, '#general')).toContain('You are in no open crisis');
    expect(await company.app.deps.db.select().from(tasks).where(eq(tasks.id, task.id))).toEqual(answer);
  });

  test('no payload was refused', () => expect(company.sandbox.problems).toEqual([]));
});

describe('from a message', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test('a message of the room becomes a task with the way back to it', async () => {
    const message = await company.tom.say(room, 'The agency still has the old visuals\nAsk Julie to take them down');
    await company.helen.messageShortcut('tasks.from_message', message);
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    company.helen.fill({ assignee: company.tom.id });
    await company.helen.submit();
    await company.settled();
    const task = (await rows()).at(-1);
    expect(task).toMatchObject({ title: 'The agency still has the old visuals', assigneeId: company.tom.id });
    expect(task?.details).toContain('Ask Julie to take them down');
    expect(task?.sourceUrl).toMatch(/^https:\/\//);
    expect(JSON.stringify(card(task?.number ?? 0).blocks)).toContain('original message');
  });

  test('from elsewhere the person says for which crisis, and is told where it went', async () => {
    await company.sandbox.person('Tom').say('#general', 'A journalist asks on LinkedIn');
    const message = company.helen.sees('#general').at(-1) as Message;
    await company.helen.messageShortcut('tasks.from_message', message);
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    await company.helen.submit();
    await company.settled();
    expect((await rows()).at(-1)).toMatchObject({ title: 'A journalist asks on LinkedIn' });
    expect(JSON.stringify(company.helen.modal()?.blocks)).toContain('is in the war room');
    await company.helen.close();
  });

  test('a line typed elsewhere opens the form with everything already read', async () => {
    await type(company.helen, `/crisis task Call the agency <@${company.tom.id}> in 2 h`, '#general');
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    await company.helen.submit();
    await company.settled();
    expect((await rows()).at(-1)).toMatchObject({ title: 'Call the agency', assigneeId: company.tom.id });
    expect((await rows()).at(-1)?.dueAt).not.toBeNull();
    await company.helen.close();
  });

  test('no payload was refused', () => expect(company.sandbox.problems).toEqual([]));
});

describe('reminders', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test('three tasks due together are one message to the person, before and at the due time', async () => {
    for (const title of ['One', 'Two', 'Three'])
      await company.helen.command(`/crisis task ${title} <@${company.tom.id}> in 30 min`, room);
    await company.settled();
    await company.pass(19 * MINUTE);
    expect(reminders(company.tom)).toHaveLength(0);
    await company.pass(2 * MINUTE);
    expect(reminders(company.tom)).toHaveLength(1);
    const [first] = reminders(company.tom);
    expect(first?.text).toContain('#1 One, #2 Two, #3 Three');
    expect(JSON.stringify(first?.blocks)).toContain('Soup recall');
    expect(JSON.stringify(first?.blocks)).toContain(`<#${room}>`);
  });

  test('its buttons act, and it shows what they did', async () => {
    const first = reminders(company.tom)[0] as Message;
    const values = (await rows()).map((t) => JSON.stringify({ id: t.id, v: t.version }));
    await company.tom.click(first, { actionId: 'tasks.done', value: values[0] as string });
    await company.tom.click(first, { actionId: 'tasks.postpone', value: values[1] as string });
    await company.settled();
    expect(await row(1)).toMatchObject({ status: 'done', doneBy: company.tom.id });
    expect((await row(2)).version).toBe(2);
    expect(JSON.stringify(reminders(company.tom)[0]?.blocks)).toContain('Done by Tom Becker');
    expect(JSON.stringify(card(1).blocks)).toContain('Done by Tom Becker');
  });

  test('only the task that is still due comes again; late ones three times, then no more', async () => {
    await company.pass(10 * MINUTE);
    expect(reminders(company.tom)).toHaveLength(2);
    expect(reminders(company.tom).at(-1)?.text).toContain('#3 Three');
    expect(reminders(company.tom).at(-1)?.text).not.toContain('#1');
    expect(JSON.stringify(reminders(company.tom)[0]?.blocks)).toContain('see the newer reminder below');
    await company.tom.click(reminders(company.tom)[0] as Message, {
      actionId: 'tasks.done',
      value: JSON.stringify({ id: (await row(2)).id, v: 2 }),
    });
    await company.settled();
    expect(await row(2)).toMatchObject({ status: 'done' });
    for (const hours of [0.5, 1, 5, 12, 24]) await company.pass(hours * HOUR);
    expect(reminders(company.tom)).toHaveLength(5);
  });

  test('a task of nobody is the lead’s to be reminded of, in their language', async () => {
    await type(company.helen, '/crisis task Find who has the keys in 5 min');
    await company.pass(6 * MINUTE);
    const [reminder] = reminders(company.claire);
    expect(reminder?.text).toMatch(/^Relance, crise Soup recall/);
    expect(JSON.stringify(reminder?.blocks)).toContain('attribuée à personne');
  });

  test('after closing nobody is reminded', async () => {
    await type(company.helen, `/crisis task Last one <@${company.tom.id}> in 5 min`);
    const before = reminders(company.tom).length;
    await company.app.deps.db.update(crises).set({ status: 'closed' });
    await company.pass(6 * HOUR);
    expect(reminders(company.tom)).toHaveLength(before);
  });

  test('no payload was refused', () => expect(company.sandbox.problems).toEqual([]));
});

describe('a task that a message of one’s own brings', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  const told = (person: Person): Message => {
    const found = person.dms().findLast((m) => /^A task is yours|^Une tâche vous est confiée/.test(m.text));
    if (!found) throw new Error(`${person.name} was told of no task`);
    return found;
  };
  const saysTo = (person: Person) => JSON.stringify(told(person).blocks);

  test('is begun, blocked and done from that message, which says how it stands', async () => {
    const { helen, sam, claire } = company;
    await type(helen, `/crisis task Call the factory <@${sam.id}>`);
    expect(saysTo(sam)).toContain('Helen Park');
    await sam.click(told(sam), { actionId: 'tasks.start' });
    await company.settled();
    expect(await row(1)).toMatchObject({ status: 'started', startedBy: sam.id });
    await claire.click(card(1), { actionId: 'tasks.block' });
    await claire.waitForModal({ callbackId: 'tasks.block' });
    claire.fill({ reason: 'Nobody picks up' });
    await claire.submit();
    await company.settled();
    expect(saysTo(sam)).toContain('Nobody picks up');
    expect(saysTo(sam)).toContain('*Helen Park* gave you a task');
    await sam.click(told(sam), { actionId: 'tasks.block' });
    await sam.waitForModal({ callbackId: 'tasks.block' });
    await sam.close();
    await sam.click(told(sam), { actionId: 'tasks.done' });
    await company.settled();
    expect(await row(1)).toMatchObject({ status: 'done', doneBy: sam.id });
    expect(saysTo(sam)).not.toContain('tasks.');
    expect(sam.dms().filter((m) => m.text.startsWith('A task is yours'))).toHaveLength(1);
  });

  test('is somebody else’s once it was given on: the message says so', async () => {
    const { helen, sam, tom } = company;
    await type(helen, `/crisis task Call the shops <@${tom.id}>`);
    const give = async (to: Person) => {
      await helen.click(card(2), 'Reassign…');
      await helen.waitForModal({ callbackId: 'tasks.reassign' });
      helen.fill({ assignee: to.id });
      await helen.submit();
      await company.settled();
    };
    await give(sam);
    expect(saysTo(sam)).toContain('tasks.start');
    await give(tom);
    expect(saysTo(sam)).toContain('given to somebody else since');
    expect(saysTo(sam)).not.toContain('tasks.');
    expect(saysTo(tom)).toContain('tasks.start');
    await give(sam);
    expect(saysTo(sam)).toContain('tasks.start');
    expect(company.sandbox.problems).toEqual([]);
  });
});
