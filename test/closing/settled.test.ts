import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, tasks } from '../../db/schema/index.ts';
import { HOUR } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { type Company, startCompany } from '../support/company.ts';

describe('tasks that are open when a crisis is closed', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  const crisisIn = async (room: string) => {
    const crisis = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
    if (!crisis) throw new Error('no crisis');
    return crisis;
  };
  const tasksIn = async (room: string) =>
    company.app.deps.db
      .select()
      .from(tasks)
      .where(eq(tasks.crisisId, (await crisisIn(room)).id))
      .orderBy(tasks.number);
  const withTasks = async (title: string, count = 2) => {
    const room = await company.declare(title);
    for (let i = 1; i <= count; i += 1)
      await company.helen.command(`/crisis task Call shop ${i} <@${company.tom.id}> in 40 min`, room);
    await company.settled();
    return room;
  };
  const openForm = async (room: string) => {
    await company.helen.command('/crisis close', room);
    return company.helen.waitForModal({ callbackId: 'closing.close' });
  };

  test('are shown in the form, the five oldest of them, with the question what becomes of them all', async () => {
    const room = await withTasks('Seven open', 7);
    const form = JSON.stringify((await openForm(room)).blocks);
    expect(form).toContain('Tasks not done: 7');
    expect(form).toContain('Call shop 5');
    expect(form).not.toContain('Call shop 6');
    expect(form).toContain('… and 2 more');
    company.helen.fill({ note: 'over' });
    expect(await company.helen.submit()).toMatchObject({ ok: false });
    await company.helen.close();
    expect(await crisisIn(room)).toMatchObject({ status: 'open' });
  });

  test.each([
    ['done', 'Done without being marked, as said at the closing:', 'Dites faites à la clôture', 'tasks done: 2 of 2'],
    ['with_department', 'Continue in their department after the crisis:', 'Se poursuivent hors', 'tasks done: 0 of 2'],
    ['dropped', 'Dropped at the closing:', 'Abandonnées à la clôture', 'tasks done: 0 of 2'],
  ] as const)('are all settled as “%s” by one choice, which the timeline lists', async (how, said, french, figure) => {
    const room = await withTasks(`Settled as ${how}`);
    await openForm(room);
    // Nothing else is open but calls that nobody answered, of which the note speaks.
    company.helen.fill({ tasks: how, note: 'over' });
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    for (const task of await tasksIn(room))
      expect(task).toMatchObject({ status: 'done', settledAs: how, doneBy: company.helen.id, remindKey: null });
    const entries = await entriesOf(company.app.deps.db, (await crisisIn(room)).id);
    expect(entries.slice(-2).map((e) => e.kind)).toEqual(['tasks_settled', 'crisis_closed']);
    const entry = entries.at(-2);
    expect(entry?.textEn).toContain(said);
    expect(entry?.textEn).toContain(`#1 Call shop 1 (<@${company.tom.id}>)\n#2 Call shop 2`);
    expect(entry?.textFr).toContain(french);
    expect(entry).toMatchObject({ actorId: company.helen.id, data: { how, tasks: [1, 2] } });
    expect(JSON.stringify(company.helen.sees(room).find((m) => m.text.startsWith('Closed: ')))).toContain(figure);
    const reminders = () => company.tom.dms().filter((m) => m.text.includes(`Settled as ${how}`)).length;
    const before = reminders();
    await company.pass(5 * HOUR);
    expect(reminders()).toBe(before);
  });

  test('ask for the question again where one was opened while the form was', async () => {
    const room = await company.declare('Opened meanwhile');
    const first = await openForm(room);
    expect(first.blocks.map((block) => block['block_id'])).not.toContain('tasks');
    await company.tom.command('/crisis task One more', room);
    await company.settled();
    company.helen.fill({ note: 'all is said' });
    await company.helen.submit();
    const second = await company.helen.waitForModal({ callbackId: 'closing.close' });
    expect(JSON.stringify(second.blocks)).toContain('One more');
    expect(JSON.stringify(second.blocks)).toContain('all is said');
    company.helen.fill({ tasks: 'with_department' });
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    expect(await crisisIn(room)).toMatchObject({ status: 'closed' });
  });

  test('stay settled when it is reopened, and can be opened again one by one', async () => {
    const [crisis] = await company.app.deps.db.select().from(crises).where(eq(crises.title, 'Settled as dropped'));
    const room = crisis?.channelId ?? '';
    await company.helen.command('/crisis reopen the press is back', room);
    await company.settled();
    expect((await tasksIn(room)).map((task) => task.settledAs)).toEqual(['dropped', 'dropped']);
    await company.helen.command('/crisis tasks done', room);
    const list = await company.helen.waitForModal({ callbackId: 'tasks.list' });
    expect(JSON.stringify(list)).toContain('Dropped by Helen Park');
    await company.helen.select(list, { actionId: 'tasks.list_menu:1' }, 'Reopen');
    await company.settled();
    while (company.helen.modal()) await company.helen.close();
    expect((await tasksIn(room)).filter((task) => task.status === 'open')).toMatchObject([{ settledAs: null }]);
    expect(company.sandbox.problems).toEqual([]);
  });
});
