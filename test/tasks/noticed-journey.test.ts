import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promises } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Circle } from '../../src/stakeholders/rules.ts';
import { stakeholdersOf } from '../../src/stakeholders/store.ts';
import { askedIn } from '../../src/tasks/snapshot.ts';
import { tasksOf } from '../../src/tasks/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { handsIn } from '../facts/support.ts';
import { cardIn, stored, write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

const said = {
  en: {
    fact: '/crisis fact Glass was found in two jars',
    publish: 'Mark as published…',
    withdraw: 'Withdraw…',
    notTold: 'Not told after all',
    table: 'Who must hear',
    byAct: 'done by the act (fact F1 was recorded)',
    undone: 'is open again, what it asked for was undone',
    promised: 'it says that we speak again at: ',
  },
  fr: {
    fact: '/crise fait Du verre a été trouvé dans deux pots',
    publish: 'Marquer comme publié…',
    withdraw: 'Retirer…',
    notTold: 'Finalement pas informé',
    table: 'Qui doit être informé',
    byAct: 'terminée d’office (fait F1 consigné)',
    undone: 'rouverte, ce qu’elle demandait a été défait',
    promised: 'annonce notre prochaine prise de parole : ',
  },
};

describe.each(['en', 'fr'] as const)('a recall in which the product notices, in %s', (language) => {
  const w = said[language];
  let company: Company;
  let room: string;
  const { type, only, choose } = handsIn(
    () => company,
    () => room,
  );
  beforeAll(async () => {
    company = await startCompany({ playbooks: 'product', language });
    room = await company.declare('Glass in the soup', { playbook: 'product' });
    await company.pass(3_000);
  });
  afterAll(() => company?.close());

  const db = () => company.app.deps.db;
  const crisis = async () => (await stored(company, room)).crisis;
  const task = async (id: string) => {
    const found = (await tasksOf(db(), [(await crisis()).id])).find(({ origin }) => origin === `core/${id}`);
    if (!found) throw new Error(`no task ${id}`);
    return found;
  };
  const text = language === 'en' ? 'textEn' : 'textFr';
  const told = async (kind: string) =>
    (await entriesOf(db(), (await crisis()).id)).filter((entry) => entry.kind === kind);
  const who = async (circle: Circle) => {
    const found = (await stakeholdersOf(db(), (await crisis()).id)).find((one) => one.circle === circle);
    if (!found) throw new Error(`nobody of ${circle}`);
    return found;
  };
  /** What tasks are asked of somebody. */
  const asked = async () => (await askedIn(db(), await crisis(), company.now())).map((one) => one.task.title);
  /** What every change of the same two seconds brings. */
  const noticed = () => company.pass(3_000);
  const openTasks = async () =>
    (await Promise.all(['T6', 'T8', 'T9', 'T10', 'T12'].map(task)))
      .filter(({ status }) => status !== 'done')
      .map(({ origin }) => origin?.slice('core/'.length));

  async function approvedText(title: string, written: Parameters<typeof write>[3] = {}) {
    await write(company, company.tom, room, { title, ...written });
    for (const person of [company.helen, company.claire]) {
      await person.click(cardIn(person, room, title, 'statements.approve'), 'statements.approve');
      await company.settled();
    }
  }
  async function openPublishing(title: string) {
    await company.claire.click(cardIn(company.claire, room, title, w.publish), w.publish);
    return JSON.stringify(await company.claire.waitForModal({ callbackId: 'statements.publish' }));
  }
  async function publish(values: Record<string, unknown>) {
    company.claire.fill(values);
    const result = await company.claire.submit();
    await company.settled();
    return result;
  }

  test('management is asked for no approval that the policy does not want', async () => {
    await expect(task('T9b')).rejects.toThrow();
    expect(await openTasks()).toEqual(['T6', 'T8', 'T9', 'T10', 'T12']);
  });

  test('between the act and the job, nobody is asked; then the fact closes its task, in the name of who recorded it', async () => {
    await company.pass(15 * MINUTE);
    expect(await asked()).toContain((await task('T6')).title);
    await company.tom.command(w.fact, room);
    expect(await asked()).not.toContain((await task('T6')).title);
    await noticed();
    expect(await task('T6')).toMatchObject({ status: 'done', doneBy: company.tom.id });
    const [entry, ...more] = await told('task_done_by_act');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ actorId: company.tom.id });
    expect(entry?.[text]).toContain(w.byAct);
    expect(company.sandbox.transcript(room, { as: company.claire.id })).not.toContain((await task('T6')).title);
  });

  test('a person’s draft and the approvals close theirs, and nobody is asked for them', async () => {
    await approvedText('First words');
    await noticed();
    expect(await openTasks()).toEqual(['T10', 'T12']);
    expect(await task('T8')).toMatchObject({ doneBy: company.tom.id });
    expect(await task('T9')).toMatchObject({ doneBy: company.claire.id });
    const { title } = await task('T9');
    await company.pass(45 * MINUTE);
    expect(await asked()).not.toContain(title);
    const people = [company.claire, company.helen, company.anne, company.tom];
    expect(JSON.stringify(people.map((person) => person.dms()))).not.toContain(title);
  });

  test('publishing asks whom it reached, none ticked, says whose turn is passed over, and wants an answer about the next update', async () => {
    const form = await openPublishing('First words');
    const [buyers, employees, open] = [await who('affected'), await who('employees'), await who('public')];
    for (const { name } of [buyers, employees, open]) expect(form).toContain(name);
    expect(form).toContain('⚠️');
    expect(form).not.toContain('initial_options');
    const url = 'https://aurore.example/news';
    expect(await publish({ url })).toMatchObject({ outcome: 'errors', errors: { next: expect.any(String) } });
    const dueAt = new Date(Math.floor(company.now().getTime() / MINUTE) * MINUTE + 60 * MINUTE);
    const next = String(dueAt.getTime() / 1000);
    expect(await publish({ url, next, no_next: ['none'] })).toMatchObject({ outcome: 'errors' });
    expect((await stored(company, room)).last?.status).toBe('approved');
    expect(await publish({ no_next: [], told: [buyers.id, open.id] })).toMatchObject({ outcome: 'closed' });
    expect([await who('affected'), await who('public'), await who('employees')]).toMatchObject([
      { status: 'told', toldBy: company.claire.id, statementNumber: 3 },
      { status: 'told' },
      { status: 'waiting' },
    ]);
    expect(await db().select().from(promises)).toMatchObject([{ dueAt, keptAt: null, missedAt: null }]);
    expect((await told('update_promised')).map((entry) => entry[text])).toEqual([expect.stringContaining(w.promised)]);
    // The form warned; the room says it once, for all who were ticked.
    expect((await told('stakeholder_told')).map(({ data }) => data['before'])).toEqual([[], [employees.number]]);
    await noticed();
    expect(await task('T10')).toMatchObject({ status: 'done', doneBy: company.claire.id });
  });

  test('a note to ourselves offers employees only and asks for no promise; a mistaken “told” opens its task again', async () => {
    await approvedText('Note to all', { kind: 'internal_note', audience: 'employees' });
    const form = await openPublishing('Note to all');
    const employees = await who('employees');
    expect(form).toContain(employees.name);
    expect(form).not.toContain((await who('partners')).name);
    await publish({ where: 'Intranet', told: [employees.id] });
    await noticed();
    expect(await openTasks()).toEqual([]);
    await choose(company.claire, only(w.table), employees.name, w.notTold);
    await noticed();
    expect(await openTasks()).toEqual(['T12']);
    const [entry] = await told('task_undone');
    expect(entry).toMatchObject({ actorId: null });
    expect(entry?.[text]).toContain(w.undone);
  });

  test('a text that is withdrawn opens what it had closed, once', async () => {
    const { claire } = company;
    await claire.click(cardIn(claire, room, 'First words', w.withdraw), w.withdraw);
    await claire.waitForModal({ callbackId: 'statements.reason' });
    await publish({ reason: 'Wrong lot' });
    await noticed();
    expect(await openTasks()).toEqual(['T8', 'T9', 'T10', 'T12']);
    const before = await told('task_undone');
    await type(claire, w.fact);
    await noticed();
    expect(await told('task_undone')).toEqual(before);
    expect(company.sandbox.problems).toEqual([]);
  });
});
