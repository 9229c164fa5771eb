import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crises, matters, statements, taskReminders, tasks } from '../../db/schema/index.ts';
import { readCases } from '../../src/assessment/change.ts';
import { assessorOf } from '../../src/assessment/store.ts';
import { newId } from '../../src/core/ids.ts';
import { inRoom, toPerson } from '../../src/core/jobs.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { type Crisis, openRoom } from '../../src/crises/rules.ts';
import { respondersOf } from '../../src/crises/store.ts';
import { order } from '../../src/jobs/commit.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { statementsOf } from '../../src/statements/store.ts';
import { assessThrough } from '../assessment/support.ts';
import { write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

/** How a closed team begins: from what was assessed before, by people who may turn out to be concerned themselves. */
let company: Company;
const db = () => company.app.deps.db;
const view = (person: Person): string => JSON.stringify(person.modal() ?? '');
const closeAll = async (person: Person) => {
  while (person.modal()) await person.close();
};
const calm = { harm: '0', legal: '0', reach: '1', source: '1', evidence: '3', sentiment: '3', business: '0' };

beforeAll(async () => {
  company = await startCompany({ language: 'en' });
});
afterAll(() => company.close());

test('a guest cannot be chosen into a closed team, and nothing is declared', async () => {
  const { claire } = company;
  const guest = company.sandbox.addPerson({ id: 'U0GUEST00', name: 'Gus Guest', is_restricted: true });
  await claire.command('/crisis declare Zebra papers', '#general');
  await claire.select(await claire.waitForModal(), 'privacy', 'closed');
  await company.settled();
  claire.fill({ team: [guest.id] });
  expect(JSON.stringify([await claire.submit(), view(claire)])).toMatch(/invités|Guests/);
  await company.settled();
  expect(await db().select().from(crises)).toEqual([]);
  expect(guest.dms()).toEqual([]);
  await closeAll(claire);
});

test('who assessed it and turns out to be concerned learns nothing of what became of it', async () => {
  const { anne, claire } = company;
  await anne.command('/crisis assess Quagga remarks', '#general');
  await anne.waitForModal({ callbackId: 'assessment.assess' });
  await assessThrough(anne, { ...calm, internal: '0' }, () => company.settled());
  await anne.click(anne.modal() as never, 'assessment.move:watch');
  await company.settled();
  await anne.submit();
  await company.settled();
  await closeAll(anne);
  await company.pass(5 * HOUR);
  const reminder = structuredClone(anne.dms().at(-1));
  expect(reminder?.text).toContain('Quagga');

  await claire.command('/crisis assess list', '#general');
  await company.settled();
  const list = claire.ephemerals().at(-1);

  await claire.select(list as never, { actionId: 'assessment.menu' }, 'Déclencher une crise…');
  const form = await claire.waitForModal({ callbackId: 'crises.declare' });
  await claire.select(form, 'privacy', 'closed');
  await company.settled();
  claire.fill({ concerned: [anne.id] });
  await claire.submit();
  await company.settled();
  await closeAll(claire);
  expect((await db().select().from(matters))[0]?.status).toBe('declared');

  expect(anne.dms().at(-1)).toEqual(reminder);
  for (const move of ['again', 'end', 'show']) {
    const before = anne.ephemerals().length;
    await anne.click(reminder as never, `assessment.move:${move}`);
    await company.settled();
    expect([move, JSON.stringify(anne.ephemerals().slice(before)) + view(anne)]).toEqual([
      move,
      expect.stringMatching(/know of no such assessment|ne connais/),
    ]);
    await closeAll(anne);
  }
  await anne.command('/crisis assess list', '#general');
  await company.settled();
  expect(JSON.stringify(anne.ephemerals().at(-1))).not.toMatch(/1 declared/);
  const cases = async (person: Person) =>
    (
      await readCases(db(), {
        ...(await assessorOf(db(), company.app.workspaceId, person.id)),
        workspaceId: company.app.workspaceId,
      })
    ).assessed.map(({ title }) => title);
  expect([await cases(anne), await cases(claire)]).toEqual([[], ['Quagga remarks']]);
});

test('what is assessed as concerning one of us is seen by its assessor alone, and declared as a closed team without them', async () => {
  const { anne, claire, helen } = company;
  await helen.command('/crisis assess Kudu complaint', '#general');
  await helen.waitForModal({ callbackId: 'assessment.assess' });
  helen.fill({ concerned: [helen.id] });
  expect(JSON.stringify([await helen.submit(), view(helen)])).toContain('cannot assess what concerns you');
  await assessThrough(helen, { ...calm, internal: '2', concerned: [anne.id] }, () => company.settled());
  expect(view(helen)).toContain('It concerns *Anne Whitfield*');
  await helen.click(helen.modal() as never, 'assessment.move:watch');
  await company.settled();
  await helen.submit();
  await company.settled();
  await closeAll(helen);

  for (const other of [anne, claire]) {
    await other.command('/crisis assess list', '#general');
    await other.openHome();
    await company.settled();
    expect(JSON.stringify([other.ephemerals().at(-1), other.home(), other.dms()])).not.toContain('Kudu');
  }
  await company.pass(5 * HOUR);
  expect(helen.dms().map(({ text }) => text)).toContainEqual(expect.stringContaining('Kudu'));
  expect(JSON.stringify([anne.dms(), claire.dms()])).not.toContain('Kudu');

  await helen.command('/crisis assess list', '#general');
  await company.settled();
  await helen.select(helen.ephemerals().at(-1) as never, { actionId: 'assessment.menu' }, 'Declare a crisis…');
  await helen.waitForModal({ callbackId: 'crises.declare' });
  await helen.submit();
  await company.settled();
  await closeAll(helen);
  const made = (await db().select().from(crises)).find(({ title }) => title === 'Kudu complaint');
  expect(made).toMatchObject({ isClosed: true, isPrivate: true, excludedIds: [anne.id] });
  expect(JSON.stringify(anne.dms())).not.toContain('Kudu');
  expect(() => anne.sees(made?.channelId ?? '')).toThrow('cannot see');
});

test('a second crisis that turns out to be about somebody asks who they are, before anybody is called', async () => {
  const { helen, tom } = company;
  await company.declare('Okapi figures', { by: helen, level: 'incident' });
  await helen.command('/crisis declare Okapi figures', '#general');
  await helen.waitForModal();
  await helen.submit();
  const similar = await helen.waitForModal({ callbackId: 'crises.declare_anyway' });
  await helen.select(similar, 'playbook', 'executive');
  await company.settled();
  helen.fill({ concerned: [tom.id] });
  await helen.submit();
  await helen.waitForModal({ callbackId: 'crises.declare_anyway' });
  await helen.submit();
  await company.settled();
  const made = (await db().select().from(crises).orderBy(asc(crises.number))).filter(
    ({ title }) => title === 'Okapi figures',
  );
  expect(made.map(({ isClosed, excludedIds }) => [isClosed, excludedIds])).toEqual([
    [false, []],
    [true, [tom.id]],
  ]);
  const cell = await respondersOf(db(), made[1]?.id ?? '');
  expect(cell.map(({ userId }) => userId)).not.toContain(tom.id);
  expect(company.sandbox.problems).toEqual([]);
});

test('whoever is left out after they declared, were reminded and asked is told nothing more, not even by an edit', async () => {
  const { helen, tom } = company;
  const room = await company.declare('Ibex letters', { by: tom, level: 'incident' });
  const of = async () => (await db().select().from(crises)).find(({ title }) => title === 'Ibex letters') as Crisis;
  await tom.command(`/crisis task Find the letter <@${tom.id}> in 12 min`, room);
  await write(company, helen, room, { title: 'Ibex words', text: 'We know.', submit: true });
  await company.pass(13 * MINUTE);
  expect(JSON.stringify(tom.dms())).toContain('Find the letter');
  await helen.command('/crisis lead', room);
  await helen.command('/crisis team', room);
  await helen.waitForModal({ callbackId: 'crises.team' });
  helen.fill({ concerned: [tom.id] });
  await helen.submit();
  await company.settled();
  await closeAll(helen);

  const before = structuredClone(tom.dms());
  const crisis = await of();
  const [statement] = await statementsOf(db(), crisis.id);
  const reminder = (await db().select().from(taskReminders)).find(({ userId }) => userId === tom.id);
  await db().update(tasks).set({ title: 'Find the other letter' }).where(eq(tasks.crisisId, crisis.id));
  await db().update(crises).set({ channelId: null, roomNumber: 2 }).where(eq(crises.id, crisis.id));
  await db()
    .update(statements)
    .set({ askedIds: [tom.id] })
    .where(eq(statements.crisisId, crisis.id));
  await order(company.app.deps, [
    openRoom({ ...crisis, roomNumber: 2 }, null),
    inRoom('tasks.show_reminder', { crisisId: crisis.id, reminderId: reminder?.id }),
    inRoom('statements.refresh', { crisisId: crisis.id, statementId: statement?.id }),
  ]);
  await company.settledWithRetries();
  expect((await of()).channelId).not.toBeNull();
  expect(tom.dms()).toEqual(before);
  expect(JSON.stringify(helen.dms())).toContain((await of()).channelId);
});

test('what was ordered before somebody was left out is not done afterwards: they are not added, and sent nothing', async () => {
  const { helen, marc, sam } = company;
  const room = await company.declare('Eland memo', { by: helen, level: 'incident' });
  await helen.command('/crisis team', room);
  await helen.waitForModal({ callbackId: 'crises.team' });
  helen.fill({ concerned: [marc.id] });
  await helen.submit();
  await company.settled();
  await closeAll(helen);
  const crisis = (await db().select().from(crises)).find(({ title }) => title === 'Eland memo') as Crisis;
  const before = structuredClone(marc.dms());
  await order(
    company.app.deps,
    [marc, sam].flatMap(({ id: userId }) => [
      inRoom('war_room.add', { crisisId: crisis.id, userId }),
      toPerson('log.send_export', { crisisId: crisis.id, userId, exportId: newId(), upToSeq: 1 }),
    ]),
  );
  await company.settled();
  expect(() => marc.sees(room)).toThrow('cannot see');
  expect(marc.dms()).toEqual(before);
  // Whoever is not left out is added, and sent it.
  expect(() => sam.sees(room)).not.toThrow();
  const codeName = (await db().select().from(crises)).find(({ title }) => title === 'Eland memo')?.codeName ?? '-';
  expect(JSON.stringify(sam.dms())).toContain(`Timeline of *${codeName}*`);
  expect(JSON.stringify(sam.dms())).not.toContain('Eland memo');
});
