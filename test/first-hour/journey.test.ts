import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { startFirstHour } from '../../src/first-hour/change.ts';
import type { Message } from '../../src/sandbox/server/index.ts';
import { statementsOf } from '../../src/statements/store.ts';
import { tasksOf } from '../../src/tasks/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { approveAsked, cardFor, choose, waiting, write } from '../statements/support.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
afterEach(() => company?.close());

const crisisOf = async (room: string) => {
  const crisis = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
  if (!crisis) throw new Error('no crisis');
  return crisis;
};
const everything = async (room: string) => {
  const { db } = company.app.deps;
  const crisis = await crisisOf(room);
  return {
    crisis,
    tasks: await tasksOf(db, [crisis.id]),
    statements: (await statementsOf(db, crisis.id)).toReversed(),
    entries: await entriesOf(db, crisis.id),
  };
};
/** What the product posted there that begins so. */
const message = (room: string, beginning: string): Message => {
  const found = company.claire
    .sees(room)
    .find((m): m is Message => m.type === 'message' && m.text.startsWith(beginning));
  if (!found) throw new Error(`no ${beginning}`);
  return found;
};
const list = (room: string) => JSON.stringify(message(room, 'Tasks:').blocks);
const first = (room: string) => JSON.stringify(message(room, 'First hour:').blocks);
const shown = (room: string) => company.sandbox.transcript(room, { as: company.claire.id });

describe('declaring with a playbook', () => {
  test('shows a small team seven tasks, the next lot at its time, and says nothing of it in the channel', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Glass in the soup', { playbook: 'product' });
    const { crisis, tasks, statements, entries } = await everything(room);
    expect(tasks).toHaveLength(24);
    expect(tasks.filter(({ fromAt }) => fromAt === null)).toHaveLength(7);
    expect(statements.map(({ current }) => [current.language, current.kind])).toEqual([
      ['en', 'holding'],
      ['fr', 'holding'],
    ]);
    expect(entries.filter((entry) => entry.kind === 'playbook_started')).toMatchObject([{ actorId: null }]);
    expect(entries.some((entry) => entry.kind === 'task_created' || entry.kind === 'statement_drafted')).toBe(false);
    expect(statements.map(({ origin }) => origin?.playbook)).toEqual(['product', 'product']);
    expect(statements.map(({ twinId }) => twinId)).toEqual(statements.map(({ id }) => id).toReversed());
    expect(list(room)).toContain('7 now, 17 later');
    expect(list(room)).not.toContain('<@');
    expect(list(room)).not.toContain('Record the first facts');
    expect(first(room)).toContain('First hour: Product or service failure');
    expect(first(room)).toContain('Legal reminders (');
    await company.leap(crisis.declaredAt.getTime() + 15 * MINUTE - company.now().getTime());
    await company.settled();
    expect(list(room)).toContain('19 now, 5 later');
    expect(company.sandbox.problems).toEqual([]);
  });

  test('who is named for a department that nobody fills has its tasks of later lots too', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Glass in the soup', { playbook: 'product' });
    const { claire, marc } = company;
    await company.pass(5 * SECOND);
    await claire.click(claire.dms().at(-1) as Message, 'Désigner…');
    await claire.waitForModal({ callbackId: 'tasks.name' });
    claire.fill({ gap: 'support', who: marc.id });
    await claire.submit();
    await company.settled();
    const { tasks } = await everything(room);
    const owners = tasks.filter(({ department }) => department === 'support').map(({ assigneeId }) => assigneeId);
    expect(owners).toEqual([marc.id, marc.id, marc.id]);
  });

  test('the lead shows all of them, nobody else does; its legal reminders are read by whoever asks', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Glass in the soup', { playbook: 'product' });
    const { claire, helen } = company;
    await helen.click(message(room, 'Tasks:'), 'Show all 24');
    await company.settled();
    expect(helen.ephemerals(room).at(-1)?.text).toContain('Only the crisis lead');
    await claire.click(message(room, 'Tasks:'), 'Show all 24');
    await company.settled();
    expect(list(room)).toContain('24 now');
    expect((await everything(room)).entries.filter(({ kind }) => kind === 'tasks_shown')).toMatchObject([
      { actorId: claire.id },
    ]);
    await helen.click(message(room, 'First hour:'), 'first-hour.reminders');
    const shown_ = JSON.stringify(await helen.waitForModal({ callbackId: 'first-hour.notice' }));
    expect(shown_).toContain('checked ');
  });

  test('starts it in French at half the pace of an incident', async () => {
    company = await startCompany({ playbooks: 'product', language: 'fr' });
    const room = await company.declare('Du verre dans la soupe', { playbook: 'product', level: 'incident' });
    const { crisis, tasks, statements } = await everything(room);
    expect(tasks[0]?.dueAt).toEqual(new Date(crisis.declaredAt.getTime() + 20 * MINUTE));
    expect(new Set(tasks.map(({ fromAt }) => fromAt && fromAt.getTime() - crisis.declaredAt.getTime()))).toEqual(
      new Set([null, 30 * MINUTE, 90 * MINUTE]),
    );
    expect(statements.map(({ current }) => current.language)).toEqual(['fr', 'en']);
    expect(shown(room)).toContain('Première heure : Défaillance');
    expect(shown(room)).toContain('Tâches');
    expect(company.sandbox.problems).toEqual([]);
  });

  test('is started by any word of its name, in either language, and shows one time where aim and limit are one', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Glass in the soup', { level: 'incident' });
    expect(shown(room)).not.toMatch(/aim \d/);
    for (const [typed, answer] of [
      ['campa', /do not know that playbook|ne connais pas/],
      ['défaillance', /“Product or service failure” is started|« Défaillance/],
    ] as const) {
      const { reply } = await company.claire.command(`/crisis start ${typed}`, room);
      expect(reply?.text).toMatch(answer);
      await company.settled();
    }
    expect((await crisisOf(room)).playbook).toBe('product');
  });

  test('captures and reads at watch, nothing at routine, and starts the rest when the level rises, once', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Glass in the soup', { playbook: 'product', level: 'watch' });
    const before = await everything(room);
    expect(before.tasks.map((task) => task.origin)).toEqual(['core/T3', 'core/T4']);
    expect(before.statements).toEqual([]);
    for (const level of ['crisis', 'major']) {
      await company.claire.command(`/crisis level ${level} it spreads`, room);
      await company.settled();
    }
    const after = await everything(room);
    expect(after.tasks).toHaveLength(24);
    expect(new Set(after.tasks.map((task) => task.origin)).size).toBe(24);
    expect(after.statements).toHaveLength(2);
  });

  test('a role of the playbook that is a department of the workspace is called, at any level', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    await company.app.deps.db.execute(
      sql`insert into departments (workspace_id, key, name, position, people_ids, deputy_ids, group_ids)
          values (${company.app.workspaceId}, 'quality', 'Quality and safety', 7, array[${company.sam.id}], '{}', '{}')`,
    );
    const room = await company.declare('Glass in the soup', { playbook: 'product', level: 'incident' });
    expect(shown(room)).toContain('○ *Quality and safety* @Sam');
    await company.sam.command('/crisis tasks mine', '#general');
    await company.sam.waitForModal({ callbackId: 'tasks.list' });
    expect(JSON.stringify(company.sam.modal()?.blocks)).toContain('Establish which batches');
  });

  test('each person reads three tasks at most in one message; what nobody fills is one line of the lead', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    await company.declare('Glass in the soup', { playbook: 'product' });
    await company.pass(20 * MINUTE);
    const told = (person: typeof company.helen) =>
      JSON.stringify(
        person.dms().findLast((m) => /waits on you\*|vous attend\*/.test(JSON.stringify(m.blocks)))?.blocks,
      );
    expect(told(company.helen)).toContain('Choose the legal clocks');
    for (const person of [company.helen, company.tom, company.claire])
      expect(told(person).match(/"tasks\.done/g)?.length ?? 0).toBeLessThanOrEqual(3);
    expect(new Set((await waiting(company, company.claire)).match(/Personne pour : [^"]*/g)).size).toBe(1);
  });

  test('a draft of the playbook is nobody’s words: with a cell of three it is submitted by one and approved by others', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Glass in the soup', { by: company.tom, playbook: 'product' });
    // Blanks are nobody's words either: whoever fills them in is the author.
    await company.tom.click(await cardFor(company, company.tom, room, 1), 'Edit…');
    await company.tom.waitForModal();
    company.tom.fill({ part_1: 'We are checking a report about a soup. Next update at 12:00.', submit: ['now'] });
    await company.tom.submit();
    await company.settled();
    for (const person of [company.claire, company.helen])
      await approveAsked(company, person, 'Holding statement: product failure');
    const { statements } = await everything(room);
    expect(statements[0]?.status).toBe('approved');
  });
});

describe('the blanks of a playbook’s draft', () => {
  const labelsOf = (card: Pick<Message, 'blocks'>) =>
    (card.blocks ?? []).flatMap((block) =>
      ((block['elements'] ?? []) as { text?: { text: string } }[]).flatMap(({ text }) => text?.text ?? []),
    );

  test('are filled one by one, with what is confirmed; what is left empty stays a visible blank', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const { helen } = company;
    const room = await company.declare('Glass in the soup', { by: helen, playbook: 'product' });
    await helen.command('/crisis fact Glass was found in two jars', room);
    await company.settled();
    await helen.click(helen.ephemerals().at(-1) as never, 'Confirm…');
    await helen.waitForModal({ callbackId: 'facts.change' });
    helen.fill({ source: 'Laboratory' });
    await helen.submit();
    await company.settled();
    const card = () => cardFor(company, helen, room, 1);
    expect(labelsOf(await card()).slice(0, 2)).toEqual(['Fill in the blanks…', 'Edit…']);

    await helen.click(await card(), 'Fill in the blanks…');
    const form = JSON.stringify(await helen.waitForModal({ callbackId: 'statements.fill_draft' }));
    expect(form).toContain('Since {time} we have been aware of {fact}');
    expect(form).toContain('Confirmed, to be put in the words of the sentence: Glass was found in two jars');
    expect(form).not.toContain('"initial_value":"Glass');
    helen.fill({
      blank_fact: 'glass in two jars',
      blank_time: 'this morning',
      blank_product: 'our {soup}',
      blank_contact: '  ',
    });
    await helen.submit();
    const text = JSON.stringify(await helen.waitForModal({ callbackId: 'statements.draft' }));
    expect(text).toContain('Since this morning we have been aware of glass in two jars involving our {soup}.');
    expect(text).toContain('{contact}');
    await helen.submit();
    await company.settled();
    expect((await everything(room)).statements[0]?.current).toMatchObject({ number: 2, authorId: helen.id });
    while (helen.modal()) await helen.close();
    expect(labelsOf(await card())[0]).toBe('Fill in the blanks…');

    await helen.click(await card(), 'Edit…');
    await helen.waitForModal({ callbackId: 'statements.draft' });
    helen.fill({ part_1: 'Since this morning we have been checking a report.' });
    await helen.submit();
    await company.settled();
    while (helen.modal()) await helen.close();
    expect(labelsOf(await card())[0]).toBe('Submit for approval');
  });

  test('that would make the text longer than any form holds are refused, and nothing typed is lost', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const { helen } = company;
    const room = await company.declare('Glass in the soup', { by: helen, playbook: 'product' });
    await write(company, helen, room, { title: 'Often', text: '{fact} '.repeat(100), submit: false });
    await helen.click(await cardFor(company, helen, room, 3), 'Fill in the blanks…');
    await helen.waitForModal({ callbackId: 'statements.fill_draft' });
    helen.fill({ blank_fact: 'glass '.repeat(100) });
    expect(JSON.stringify(await helen.submit())).toContain('60,');
    expect(helen.modal()?.callback_id).toBe('statements.fill_draft');
  });

  test('of a text that was withdrawn meanwhile are kept nowhere, and whoever typed them is told', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const { claire, helen } = company;
    const room = await company.declare('Glass in the soup', { by: helen, playbook: 'product' });
    await helen.click(await cardFor(company, helen, room, 1), 'Fill in the blanks…');
    await helen.waitForModal({ callbackId: 'statements.fill_draft' });
    await claire.command('/crisis join', room);
    await choose(claire, await cardFor(company, claire, room, 1), 'withdraw');
    await claire.waitForModal({ callbackId: 'statements.reason' });
    claire.fill({ reason: 'Not ours' });
    await claire.submit();
    await company.settled();
    helen.fill({ blank_time: 'this morning' });
    await helen.submit();
    await company.settled();
    expect(JSON.stringify(helen.modal())).toContain('withdrawn');
    expect((await everything(room)).statements[0]?.current.number).toBe(1);
  });
});

describe('once', () => {
  test('started twice by a job that comes back, by a repair and by a reopening, there is one first hour', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Glass in the soup', { playbook: 'product' });
    const before = await everything(room);
    const again = await startFirstHour(company.app.deps, before.crisis.id);
    expect(again).toMatchObject({ ok: false, refusal: { code: 'nothing_missing' } });
    await company.claire.command('/crisis repair', room);
    await company.settled();
    await company.claire.command('/crisis close', room);
    await company.claire.waitForModal();
    fillClosing(company.claire, 'Handed to support');
    await company.claire.submit();
    await company.settled();
    await company.claire.command('/crisis reopen it is back', room);
    await company.settled();
    const after = await everything(room);
    expect(after.tasks.map(({ id }) => id)).toEqual(before.tasks.map(({ id }) => id));
    expect(after.statements.map(({ id }) => id)).toEqual(before.statements.map(({ id }) => id));
    expect(shown(room).match(/First hour: /g)).toHaveLength(1);
    expect(shown(room)).not.toContain('Task 1');
  });

  test('declared before anybody knew the kind, a playbook that is started later adds only what is missing', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const room = await company.declare('Something strange');
    const core = await everything(room);
    expect(core.tasks).toHaveLength(15);
    await company.claire.command('/crisis', room);
    await company.settled();
    await company.claire.select(company.claire.ephemerals().at(-1) as never, 'home.run', 'start');
    await company.claire.waitForModal();
    company.claire.fill({ playbook_to_start: 'breach' });
    await company.claire.submit();
    await company.settled();
    const after = await everything(room);
    expect(after.crisis.playbook).toBe('breach');
    expect(after.tasks.slice(0, 15).map(({ id }) => id)).toEqual(core.tasks.map(({ id }) => id));
    expect(after.tasks.length).toBeGreaterThan(15);
    expect(after.entries.filter(({ kind }) => kind === 'playbook_started').map(({ actorId }) => actorId)).toEqual([
      null,
      company.claire.id,
    ]);
    const typed = await company.claire.command('/crisis start breach', room);
    expect(typed.reply?.text).toContain('existe déjà');
    expect((await company.claire.command('/crisis start nonsense', room)).reply?.text).toContain('Je ne connais pas');
  });

  test('a clone started after what it was cloned from adds what is its own, and nothing twice', async () => {
    company = await startCompany({ playbooks: 'product', language: 'en' });
    const { claire } = company;
    await claire.command('/crisis playbook product', '#general');
    await claire.click(await claire.waitForModal({ callbackId: 'playbooks.one' }), 'playbooks.clone');
    await claire.waitForModal({ callbackId: 'playbooks.clone' });
    claire.fill({ name_en: 'Glass in a jar', name_fr: 'Verre dans un bocal' });
    await claire.submit();
    await company.settled();
    await claire.select(claire.modal() as never, 'playbooks.edit', 'task:');
    await claire.waitForModal({ callbackId: 'playbooks.edit' });
    claire.fill({ title_en: 'Stop line 4', title_fr: 'Arrêter la ligne 4', department: 'operations', due: '12' });
    await claire.submit();
    await company.settled();
    while (claire.modal()) await claire.close();
    const room = await company.declare('Glass in a jar', { playbook: 'product' });
    const first = await everything(room);

    expect((await claire.command('/crisis start glass in a jar', room)).reply?.text).toContain('Verre dans un bocal');
    await company.settled();
    const after = await everything(room);
    expect(after.tasks.slice(first.tasks.length).map(({ title }) => title)).toEqual(['Stop line 4']);
    expect(after.statements).toHaveLength(first.statements.length);
    expect((await claire.command('/crisis start product', room)).reply?.text).toContain('aucune tâche de plus');
  });
});

describe('the clock of the first words', () => {
  test('turns amber at the aim and red at the limit, tells the lead once, and stops with the first words outside', async () => {
    company = await startCompany({ language: 'en' });
    const room = await company.declare('Glass in the soup');
    expect(shown(room)).toMatch(/First words 🟢 nothing said yet/);
    await company.pass(45 * MINUTE);
    expect(shown(room)).toMatch(/🟠 nothing said yet/);
    await write(company, company.helen, room, {
      title: 'To staff',
      text: 'Stay calm.',
      kind: 'internal_note',
    });
    await company.pass(15 * MINUTE);
    expect(shown(room)).toMatch(/🔴 nothing said yet/);
    const { claire } = company;
    const late = 'La première prise de parole tarde';
    expect(await waiting(company, claire)).toContain(late);
    expect(await waiting(company, claire)).toContain('Aucun texte pour l’instant');
    await claire.command('/crisis level major it spreads', room);
    await company.pass(30 * MINUTE);
    // Told once: what is edited later tells nobody.
    const first = claire.dms().filter(({ text }) => text.startsWith(late));
    expect(first.length).toBeLessThanOrEqual(1);
    const { crisis, entries } = await everything(room);
    expect(entries.filter(({ kind }) => kind === 'first_words_late')).toHaveLength(1);
    const { db } = company.app.deps;
    const publishedAt = new Date(crisis.declaredAt.getTime() + 92 * MINUTE);
    await write(company, company.claire, room, { title: 'First words', text: 'We are checking.' });
    await db.execute(
      sql`update statements set status = 'published', published_at = ${publishedAt.toISOString()} where number = 2`,
    );
    await company.claire.command('/crisis log said on the site', room);
    await company.pass(MINUTE);
    expect(shown(room)).toContain('after 1 h 32');
    expect(await waiting(company, claire)).not.toContain(late);
  });

  test('a higher level has less time: the alarm follows it', async () => {
    company = await startCompany({ language: 'en' });
    const room = await company.declare('Glass in the soup', { level: 'watch' });
    expect(shown(room)).not.toContain('First words');
    await company.pass(40 * MINUTE);
    await company.claire.command('/crisis level major it spreads', room);
    await company.settled();
    const { entries } = await everything(room);
    expect(entries.map(({ kind }) => kind)).toContain('first_words_late');
    expect(await waiting(company, company.claire)).toContain('La première prise de parole tarde');
  });
});
