import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { departments } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { type Company, startCompany } from '../support/company.ts';
import { approveAsked, cardFor, cardIn, pressWaiting, stored, waiting, write } from './support.ts';

const dmsTo = (to: Person): string => JSON.stringify(to.dms().map((m) => m.blocks));

async function change(company: Company, by: Person, people: Record<string, string[]>) {
  await by.command('/crisis settings', '#general');
  await by.waitForModal({ callbackId: 'settings.roster' });
  by.fill(people);
  expect((await by.submit()).outcome).toBe('updated');
  await company.settled();
  await by.close();
}

describe('somebody of communication puts themselves down as legal during a review', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.anne });
    await write(company, company.tom, room);
    await change(company, company.claire, { people_legal: ['Claire'] });
  });
  afterAll(() => company.close());

  test('the crisis says who was added and removed, by whom, once', async () => {
    const { entries } = await stored(company, room);
    const changes = entries.filter((e) => e.kind === 'statement_roster');
    expect(changes).toHaveLength(1);
    const { claire, helen } = company;
    expect(changes[0]).toMatchObject({ actorId: claire.id });
    expect(changes[0]?.textEn).toContain(`Legal: added <@${claire.id}>, removed <@${helen.id}>`);
    expect(changes[0]?.textFr).toContain(`Juridique : ajout de <@${claire.id}>, retrait de <@${helen.id}>`);
  });

  test('whoever was removed is told, and keeps the seat', async () => {
    const { claire, helen, sam } = company;
    expect(await waiting(company, helen)).toContain('The settings changed since');
    for (const other of [claire, sam]) expect(dmsTo(other)).not.toContain('The settings changed since');
    await claire.click(cardIn(claire, room, 'statements.approve'), 'statements.approve');
    await company.settled();
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'in_review' });
    expect(last?.verdicts.map((v) => v.department)).toEqual(['communication']);
    await approveAsked(company, helen, 'Approve statement 1');
    expect((await stored(company, room)).last).toMatchObject({ status: 'approved' });
  });

  test('the next text goes by the settings as they are then', async () => {
    await write(company, company.tom, room, { title: 'More words' });
    const { last } = await stored(company, room);
    expect(last?.askedIds).toEqual([company.claire.id]);
  });
});

describe('a company in which one person answers for everything', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    const { db } = company.app.deps;
    await db.delete(departments).where(eq(departments.key, 'management'));
    await db.update(departments).set({ peopleIds: [company.claire.id], deputyIds: [] });
    room = await company.declare('Rappel', { by: company.claire });
    await company.claire.command(`/crisis call <@${company.tom.id}|tom> Text`, room);
    await company.settled();
    await write(company, company.tom, room, { language: 'fr' });
    await company.claire.click(cardIn(company.claire, room, 'statements.approve'), 'statements.approve');
    await company.settled();
  });
  afterAll(() => company.close());

  test('is told that nobody else can approve, and the lead allows two seats with a reason', async () => {
    const { claire, sandbox } = company;
    expect((await stored(company, room)).last?.status).toBe('in_review');
    await company.pass(30 * MINUTE);
    await pressWaiting(company, claire, 'Personne d’autre ne peut valider le communiqué 1');
    await claire.waitForModal({ callbackId: 'statements.reason' });
    claire.fill({ reason: 'Nous sommes deux ici' });
    await claire.submit();
    await company.settled();
    expect(sandbox.transcript(room, { as: claire.id })).toContain('Motif : Nous sommes deux ici');
    const { entries } = await stored(company, room);
    expect(entries.find((e) => e.kind === 'statement_waived')?.textFr).toContain('Nous sommes deux ici');
    await claire.click(cardIn(claire, room, 'statements.approve'), 'statements.approve');
    await company.settled();
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'approved' });
    expect(last?.verdicts.map((v) => v.userId)).toEqual([claire.id, claire.id]);
  });
});

test('an author whose words a colleague only touched is neither asked nor heard', async () => {
  const company = await startCompany();
  const { claire, marc, tom, anne } = company;
  const room = await company.declare('Soup recall', { by: anne });
  await write(company, claire, room, { submit: false });
  await tom.click(await cardFor(company, tom, room, 1), 'statements.more:main');
  await tom.waitForModal({ callbackId: 'statements.draft' });
  tom.fill({ part_1: 'Some customers report glass, in a soup. We are stopping its sale.', submit: ['now'] });
  await tom.submit();
  await company.settled();
  expect((await stored(company, room)).last).toMatchObject({ status: 'in_review', current: { number: 2 } });
  expect(await waiting(company, claire)).not.toContain('Valider le communiqué');
  expect(await waiting(company, marc)).toContain('Valider le communiqué');
  await claire.click(cardIn(claire, room, 'statements.approve'), 'statements.approve');
  await company.settled();
  expect((await stored(company, room)).last?.verdicts).toEqual([]);
  await company.close();
});
