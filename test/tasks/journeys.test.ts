import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, departments, tasks } from '../../db/schema/index.ts';
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
/** The lists of tasks in the thread of the brief. */
const lists = (): Message[] =>
  company.claire
    .sees(room)
    .filter((m): m is Message => m.type === 'message' && /^(Tasks|Tâches)( :|:)/.test(m.text) && m.thread_ts !== m.ts);
const board = (): string => {
  const [first, ...more] = lists();
  if (!first || more.length > 0) throw new Error(`${lists().length} lists of tasks`);
  return JSON.stringify(first.blocks);
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
/** What every change of the same two seconds brings. */
const told = () => company.pass(3_000);
/** The message of what waits on somebody that stands now. */
const waiting = (person: Person): Message => {
  const found = person.dms().findLast((m) => /waits on you|vous attend/i.test(JSON.stringify(m.blocks)));
  if (!found) throw new Error(`nothing waits on ${person.name}: ${JSON.stringify(person.dms().map((m) => m.text))}`);
  return found;
};
const waits = (person: Person): string => JSON.stringify(waiting(person).blocks);
const timeline = async () => {
  const [crisis] = await company.app.deps.db.select().from(crises);
  return entriesOf(company.app.deps.db, crisis?.id ?? '');
};
/** Opens the list of tasks, and presses what a row of it offers. */
async function choose(person: Person, number: number, label: string, command = '/crisis tasks') {
  await person.command(command, room);
  await person.waitForModal({ callbackId: 'tasks.list' });
  await person.select(person.modal() as never, { actionId: `tasks.list_menu:${number}` }, label);
  await company.settled();
}
const close = async (person: Person) => {
  while (person.modal()) await person.close();
};

describe('a task from one line to done', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test('one line makes a task for somebody by a time: one list in the brief’s thread, which calls nobody', async () => {
    await type(company.helen, `/crisis task Freeze scheduled posts <@${company.tom.id}> in 20 min`);
    expect(said(company.helen)).toContain('For *Tom Becker*. Due');
    expect(board()).toContain('Freeze scheduled posts · Tom Becker');
    expect(board()).not.toContain('<@');
    const task = await row(1);
    expect(task).toMatchObject({ title: 'Freeze scheduled posts', assigneeId: company.tom.id, status: 'open' });
    const minutes = ((task.dueAt?.getTime() ?? 0) - task.createdAt.getTime()) / MINUTE;
    expect(minutes).toBeCloseTo(20, 1);
  });

  test('whoever it is given to reads it in what waits on them, and by whom', async () => {
    await told();
    expect(waits(company.tom)).toContain('Freeze scheduled posts');
    expect(waits(company.tom)).toContain('from Helen Park');
  });

  test('the same in French, for a reader of French', async () => {
    await type(company.claire, `/crise tâche Prévenir les standards <@${company.helen.id}> dans 20 min`);
    expect(said(company.claire)).toContain('Pour *Helen Park*. Échéance :');
    expect(await row(2)).toMatchObject({ title: 'Prévenir les standards', assigneeId: company.helen.id });
    expect(lists()).toHaveLength(1);
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
    await close(company.helen);
    expect((await row(3)).dueAt).toEqual(due);
  });

  test('two people who press at the same instant: one does it, who presses later is told who did', async () => {
    await type(company.helen, `/crisis task Call the plant <@${company.helen.id}> in 30 min`);
    const value = JSON.stringify({ id: (await row(1)).id, v: 1 });
    const press = { actionId: 'tasks.done:1', value };
    await company.tom.command('/crisis tasks', room);
    const opened = structuredClone(await company.tom.waitForModal({ callbackId: 'tasks.list' }));
    await company.anne.command('/crisis tasks', room);
    const annes = structuredClone(await company.anne.waitForModal({ callbackId: 'tasks.list' }));
    await Promise.all([
      company.tom.click(structuredClone(waiting(company.tom)), press),
      company.anne.select(annes, { actionId: 'tasks.list_menu:1' }, 'Mark done'),
    ]);
    await told();
    const done = await row(1);
    expect(done).toMatchObject({ status: 'done', version: 2 });
    expect((await timeline()).filter((e) => e.kind === 'task_done')).toHaveLength(1);
    expect(waits(company.tom)).not.toContain('Freeze scheduled posts');
    expect(board()).not.toContain('Freeze scheduled posts');
    // From the list that was drawn before.
    await company.tom.select(opened, { actionId: 'tasks.list_menu:1' }, 'Mark done');
    await company.settled();
    expect(JSON.stringify(company.tom.modal()?.blocks)).toContain('Task #1 is already done');
    await Promise.all([close(company.tom), close(company.anne)]);
  });

  test('done can be taken back in the list, by anybody of the cell', async () => {
    await choose(company.anne, 1, 'Reopen', '/crisis tasks done');
    expect(JSON.stringify(company.anne.modal())).not.toContain('Freeze scheduled posts');
    await close(company.anne);
    expect(await row(1)).toMatchObject({ status: 'open', doneBy: null });
    expect((await timeline()).at(-1)).toMatchObject({ kind: 'task_reopened', actorId: company.anne.id });
  });

  test('blocking needs a reason, which waits on the lead and on nobody else, and is no message in the room', async () => {
    const before = company.claire.sees(room).length;
    await choose(company.helen, 2, 'More…');
    await company.helen.waitForModal({ callbackId: 'tasks.task' });
    await company.helen.select(company.helen.modal() as never, { actionId: 'tasks.menu:2' }, 'Block…');
    await company.helen.waitForModal({ callbackId: 'tasks.block' });
    company.helen.fill({ reason: 'The provider does <not> answer' });
    await company.helen.submit();
    await company.settled();
    await close(company.helen);
    expect(await row(2)).toMatchObject({ status: 'blocked' });
    expect(company.claire.sees(room)).toHaveLength(before);
    await company.pass(16 * MINUTE);
    expect(waits(company.claire)).toContain('est bloquée : The provider does &lt;not&gt; answer');
    expect(waits(company.helen)).not.toContain('Prévenir les standards');
  });

  test('the lead opens what is blocked, whole, and gives it to somebody outside the cell, who is told', async () => {
    expect(() => company.sam.sees(room)).toThrow();
    await company.claire.click(waiting(company.claire), 'Plus…');
    await company.claire.waitForModal({ callbackId: 'tasks.task' });
    await company.claire.select(company.claire.modal() as never, { actionId: 'tasks.menu:2' }, 'Réattribuer…');
    await company.claire.waitForModal({ callbackId: 'tasks.reassign' });
    company.claire.fill({ assignee: company.sam.id });
    await company.claire.submit();
    await company.settled();
    await close(company.claire);
    expect(await row(2)).toMatchObject({ assigneeId: company.sam.id });
    expect(() => company.sam.sees(room)).not.toThrow();
    await choose(company.claire, 2, 'Reprendre', '/crise tâches');
    await close(company.claire);
    await told();
    expect(waits(company.sam)).toContain('Prévenir les standards');
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

  test('a name that only ends the title stays in it, and the reply says how to give the task', async () => {
    await type(company.helen, '/crisis task Freeze the posts Tom in 20 min');
    expect(said(company.helen)).toContain('I left “Tom” in the title: write @Tom to give it to them.');
    expect((await rows()).at(-1)).toMatchObject({ title: 'Freeze the posts Tom', assigneeId: null });
  });

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
  ])('%s in a title calls nobody, breaks nothing, and is whole in the list', async (_, title) => {
    await type(company.helen, '/crisis task');
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    company.helen.fill({ title });
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    await close(company.helen);
    const task = (await rows()).at(-1);
    expect(task?.title).toBe(title);
    expect(board()).not.toMatch(/<!(channel|here|everyone)>/);
    await type(company.helen, '/crisis tasks');
    expect(JSON.stringify(company.helen.modal()?.blocks)).toContain(`*#${task?.number}*`);
    await close(company.helen);
  });

  test('details of 3,000 characters are in the task, to the last one', async () => {
    const details = `<!channel> ${'Détail '.repeat(426)}FIN.`;
    await type(company.helen, '/crisis task');
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    company.helen.fill({ title: 'Read it all', details, assignee: company.tom.id });
    await company.helen.submit();
    await company.settled();
    await close(company.helen);
    await choose(company.tom, (await rows()).at(-1)?.number ?? 0, 'More…');
    const shown = await company.tom.waitForModal({ callbackId: 'tasks.task' });
    const text = shown.blocks.map((b) => (b as { text?: { text?: string } }).text?.text ?? '').join('');
    expect(text).toContain(details);
    await close(company.tom);
  });

  test('a form that is refused keeps what was typed and says why at the field', async () => {
    await type(company.helen, '/crisis task');
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    company.helen.fill({ title: 'Late', due: Math.floor(company.now().getTime() / 1000) - 3600 });
    expect(await company.helen.submit()).toMatchObject({ errors: { due: expect.stringContaining('over already') } });
    await company.helen.close();
  });

  test('43 tasks are on pages of one form, one press apart, and are narrowed by words, state and whose they are', async () => {
    const model = await row(1);
    const more = Array.from({ length: 37 }, (_, i) => ({
      ...model,
      id: newId(),
      number: 100 + i,
      title: i % 2 ? 'Call the shops' : 'Count the jars',
      assigneeId: i === 3 ? company.tom.id : null,
    }));
    await company.app.deps.db.insert(tasks).values(more);
    const { tom } = company;
    await type(tom, '/crisis tasks');
    const numbers = () => [...JSON.stringify(tom.modal()?.blocks).matchAll(/\*#(\d+)\*/g)].map(([, n]) => Number(n));
    const seen: number[] = [];
    for (let page = 0; page < 10; page += 1) {
      seen.push(...numbers());
      if (!JSON.stringify(tom.modal()?.blocks).includes('Next page')) break;
      await tom.click(tom.modal() as never, 'Next page');
      await company.settled();
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual((await rows()).map((t) => t.number));
    const last = numbers();
    await tom.select(tom.modal() as never, { actionId: `tasks.list_menu:${last[0]}` }, 'Start');
    await company.settled();
    expect(numbers()).toEqual(expect.arrayContaining(last));
    tom.fill({ words: 'shops' });
    await tom.submit();
    await company.settled();
    expect(JSON.stringify(tom.modal()?.blocks)).toContain('18 of ');
    await tom.select(tom.modal() as never, { actionId: 'tasks.filter:who' }, 'Mine');
    await company.settled();
    expect(numbers()).toEqual([103]);
    await close(tom);
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
    await close(company.helen);
    const task = (await rows()).at(-1);
    expect(task).toMatchObject({ title: 'The agency still has the old visuals', assigneeId: company.tom.id });
    expect(task?.details).toContain('Ask Julie to take them down');
    expect(task?.sourceUrl).toMatch(/^https:\/\//);
    await choose(company.tom, 1, 'More…');
    expect(JSON.stringify(await company.tom.waitForModal({ callbackId: 'tasks.task' }))).toContain('original message');
    await close(company.tom);
  });

  test('from elsewhere the person says for which crisis, and is told where it went', async () => {
    await company.sandbox.person('Tom').say('#general', 'A journalist asks on LinkedIn');
    const message = company.helen.sees('#general').at(-1) as Message;
    await company.helen.messageShortcut('tasks.from_message', message);
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    await company.helen.submit();
    await company.settled();
    expect((await rows()).at(-1)).toMatchObject({ title: 'A journalist asks on LinkedIn' });
    expect(JSON.stringify(company.helen.modal()?.blocks)).toContain('is in the list');
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

  test('a name that is typed finds its person; one that is nobody’s is said, and not left in the title', async () => {
    const number = (await rows()).length + 1;
    await type(company.helen, '/crisis task Answer the insurer @anne in 50 min');
    expect(await row(number)).toMatchObject({ title: 'Answer the insurer', assigneeId: company.anne.id });
    await type(company.helen, '/crisis task Answer the mayor, Anne in 50 min');
    expect(await row(number + 1)).toMatchObject({ title: 'Answer the mayor', assigneeId: company.anne.id });
    await type(company.helen, '/crisis task Answer the press @nobody in 50 min');
    expect(await row(number + 2)).toMatchObject({ title: 'Answer the press', assigneeId: null });
    expect(said(company.helen)).toContain('I know nobody by @nobody here, or several');
  });

  test('no payload was refused', () => expect(company.sandbox.problems).toEqual([]));
});

describe('what waits on people', () => {
  const messages = (person: Person) =>
    person.dms().filter((m) => /waits on you|vous attend/.test(JSON.stringify(m.blocks)));
  const task = (title: string, department: string | null, minutes: number, by = company.helen) =>
    (async () => {
      await by.command('/crisis task', room);
      await by.waitForModal({ callbackId: 'tasks.create' });
      const due = Math.floor(company.now().getTime() / 60_000) * 60 + minutes * 60;
      by.fill({ title, due, ...(department ? { department } : {}) });
      await by.submit();
      await company.settled();
      await close(by);
    })();
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
    for (const person of [company.tom, company.claire, company.anne]) await person.command('/crisis join', room);
    await company.settled();
  });
  afterAll(() => company.close());

  test('are the three soonest of a person, each with its button; the next takes the place of what is done, silently', async () => {
    // The latest first: whenever the first message leaves, what it shows was there before it.
    for (const [i, title] of ['Five', 'Four', 'Three', 'Two', 'One'].entries()) await task(title, 'marketing', 44 - i);
    await company.pass(20 * MINUTE);
    await told();
    for (const title of ['One', 'Two', 'Three']) expect(waits(company.tom)).toContain(title);
    expect(waits(company.tom)).not.toContain('Four');
    const before = messages(company.tom).length;
    await company.tom.click(waiting(company.tom), 'Mark done');
    await told();
    expect((await row(5)).doneBy).toBe(company.tom.id);
    expect(waits(company.tom)).toContain('Four');
    expect(waits(company.tom)).not.toContain('Five');
    expect(messages(company.tom)).toHaveLength(before);
  });

  test('what falls due is told once, and nobody is told every few minutes', async () => {
    const before = messages(company.tom).length;
    await company.pass(3 * HOUR);
    const after = messages(company.tom).length;
    expect(after).toBeGreaterThan(before);
    expect(after).toBeLessThanOrEqual(before + 2);
    expect(waits(company.tom)).toContain('*late*');
    await company.pass(5 * HOUR);
    expect(messages(company.tom)).toHaveLength(after);
  });

  test('a department’s deputy hears of its tasks only once the person before them was silent', async () => {
    await company.close();
    company = await startCompany();
    await company.app.deps.db
      .update(departments)
      .set({ deputyIds: [company.sam.id] })
      .where(eq(departments.key, 'legal'));
    room = await company.declare('Soup recall');
    await task('Read the contract', 'legal', 60, company.tom);
    await told();
    expect(company.sam.dms().some((m) => JSON.stringify(m.blocks).includes('Read the contract'))).toBe(false);
    await company.pass(12 * MINUTE);
    await told();
    expect(waits(company.sam)).toContain('Read the contract');
  });

  test('work that nobody fills is one line of the lead, with a button that names somebody for all of it', async () => {
    for (const title of ['Check the lots', 'Keep samples', 'Trace the jars']) await task(title, 'hr', 30);
    await company.pass(20 * MINUTE);
    const lines = waits(company.claire).match(/Personne pour : [^"]*/g);
    expect(lines).toEqual([expect.stringContaining('(3 tâches)')]);
    await company.claire.click(waiting(company.claire), 'Désigner…');
    await company.claire.waitForModal({ callbackId: 'tasks.name' });
    company.claire.fill({ who: company.marc.id });
    await company.claire.submit();
    await told();
    expect((await rows()).filter(({ assigneeId }) => assigneeId === company.marc.id)).toHaveLength(3);
    expect(waits(company.claire)).not.toContain('Personne pour');
    expect(waits(company.marc)).toContain('Check the lots');
  });

  test('ends with the crisis: the message says so, and no button is left', async () => {
    await company.app.deps.db.update(crises).set({ status: 'closed' });
    const before = messages(company.marc).length;
    await company.pass(6 * HOUR);
    expect(messages(company.marc)).toHaveLength(before);
    expect(company.sandbox.problems).toEqual([]);
  });
});
