import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { departments } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import { offeredLead } from '../../src/crises/lead/rules.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { budgetFor } from '../../src/statements/policy.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { cardIn, waiting, write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
const db = () => company.app.deps.db;
const crisisOf = async (room: string) => {
  const crisis = await findCrisisOfChannel(db(), company.app.workspaceId, room, null);
  if (!crisis) throw new Error('no crisis');
  return crisis;
};
const kindsOf = async (room: string) => (await entriesOf(db(), (await crisisOf(room)).id)).map((e) => e.kind);
const offersTo = (to: Person) =>
  to.dms().filter((m) => /ne peut plus agir|can no longer act/.test(JSON.stringify(m.blocks ?? [])));

const department = (key: string, peopleIds: string[], deputyIds: string[] = [], absentIds: string[] = []) => ({
  key,
  name: null,
  peopleIds,
  deputyIds,
  absentIds,
});

test.each<[string, string[], ReturnType<typeof department>[]]>([
  [
    'the deputy of their department',
    ['d'],
    [department('legal', [], ['d'], ['lead']), department('communication', ['x'], ['y'])],
  ],
  [
    'the deputy of communication where they have none',
    ['y'],
    [department('legal', [], [], ['lead']), department('communication', ['x'], ['y'])],
  ],
  ['management where nobody is a deputy', ['m'], [department('communication', ['x']), department('management', ['m'])]],
  ['nobody', [], [department('management', ['lead'])]],
])('the lead is offered to %s', (_, expected, roster) => expect(offeredLead('lead', roster)).toEqual(expected));

describe('a lead whose account is deactivated', () => {
  beforeEach(async () => {
    company = await startCompany();
  });
  afterEach(() => company.close());

  test('is told to the deputy, who takes the lead with one press; the brief says so meanwhile', async () => {
    const { claire, marc, helen, anne, sandbox } = company;
    const room = await company.declare('Soup recall', { by: claire });
    sandbox.updatePerson('Claire', { deleted: true });
    await company.pass(15 * MINUTE);
    await company.pass(3_000);
    expect(sandbox.transcript(room, { as: helen.id })).toContain('can no longer act in Slack: take the lead');
    const [offer, ...more] = offersTo(marc);
    expect(more).toEqual([]);
    for (const other of [helen, anne]) expect(offersTo(other)).toEqual([]);
    expect(await kindsOf(room)).toContain('lead_unavailable');
    await marc.click(offer as never, 'crises.take_lead');
    await company.settled();
    await company.pass(3_000);
    expect((await crisisOf(room)).leadId).toBe(marc.id);
    expect(offersTo(marc)).toEqual([]);
    expect(sandbox.transcript(room, { as: helen.id })).not.toContain('can no longer act in Slack: take the lead');
    expect(sandbox.problems).toEqual([]);
  });

  test('is management’s where there is no deputy; a second press is told that somebody leads', async () => {
    const { tom, anne, sam, sandbox } = company;
    await db().update(departments).set({ deputyIds: [] });
    await db()
      .update(departments)
      .set({ peopleIds: [anne.id, sam.id] })
      .where(eq(departments.key, 'management'));
    const room = await company.declare('Soup recall', { by: tom });
    sandbox.updatePerson('Tom', { deleted: true });
    await company.pass(15 * MINUTE);
    const [toAnne, toSam] = [offersTo(anne)[0], offersTo(sam)[0]];
    await Promise.all([anne.click(toAnne as never, 'crises.take_lead'), sam.click(toSam as never, 'crises.take_lead')]);
    await company.settled();
    const { leadId } = await crisisOf(room);
    expect([anne.id, sam.id]).toContain(leadId);
    expect((await kindsOf(room)).filter((kind) => kind === 'lead_changed')).toHaveLength(1);
    const second = leadId === anne.id ? sam : anne;
    expect(JSON.stringify(second.ephemerals())).toMatch(/Somebody else leads|Quelqu’un d’autre dirige/);
  });

  test('is found within a quarter of an hour where Slack never said so, and is back when they are', async () => {
    const { claire, marc, sandbox } = company;
    const room = await company.declare('Soup recall', { by: claire });
    sandbox.updatePerson('Claire', { deleted: true });
    await company.settled();
    expect(offersTo(marc)).toEqual([]);
    await company.pass(15 * MINUTE);
    expect(offersTo(marc)).toHaveLength(1);
    await company.pass(15 * MINUTE);
    await company.pass(15 * MINUTE);
    expect((await kindsOf(room)).filter((kind) => kind === 'lead_unavailable')).toHaveLength(1);
    expect(offersTo(marc)).toHaveLength(1);
    sandbox.updatePerson('Claire', { deleted: false });
    await company.pass(15 * MINUTE);
    expect((await kindsOf(room)).at(-1)).toBe('lead_back');
    expect(offersTo(marc)).toEqual([]);
  });
});

describe('somebody of a department who is deactivated during a review', () => {
  test('is read again before the deputies are asked, who wait for nobody', async () => {
    company = await startCompany();
    const { anne, tom, marc, sandbox } = company;
    const room = await company.declare('Soup recall', { by: anne, level: 'incident' });
    await write(company, tom, room);
    sandbox.updatePerson('Marc', { deleted: true });
    // Half of the time to approve.
    const { relayAt } = budgetFor('incident', company.now());
    await company.pass(relayAt.getTime() - company.now().getTime() + MINUTE);
    expect((await kindsOf(room)).filter((kind) => kind === 'statement_relayed')).toEqual([]);
    expect(marc.dms().filter((m) => JSON.stringify(m.blocks).includes('statements.read'))).toEqual([]);
    await company.close();
  });

  test('is waited for no more: the next in line is asked and approves', async () => {
    company = await startCompany();
    const { anne, tom, marc, claire, sandbox } = company;
    const room = await company.declare('Soup recall', { by: anne });
    await write(company, tom, room);
    expect(await waiting(company, marc)).not.toContain('statements.read');
    sandbox.updatePerson('Claire', { deleted: true });
    await company.pass(15 * MINUTE);
    expect(await waiting(company, marc)).toContain('statements.read');
    expect(JSON.stringify(cardIn(tom, room, 'statements.approve').blocks)).toContain(marc.name);
    expect(JSON.stringify(cardIn(tom, room, 'statements.approve').blocks)).not.toContain(claire.name);
  });
  afterAll(() => company.close());
});

test('whom a closed team keeps out is never offered its lead', async () => {
  company = await startCompany();
  const { claire, marc, anne, helen, sandbox } = company;
  await claire.command('/crisis declare A matter', '#general');
  await claire.waitForModal();
  await claire.select(await claire.waitForModal(), 'privacy', 'closed');
  await company.settled();
  claire.fill({ concerned: [anne.id], team: [helen.id] });
  await claire.submit();
  await company.settled();
  sandbox.updatePerson('Claire', { deleted: true });
  await company.settled();
  await company.pass(16 * MINUTE);
  for (const out of [marc, anne]) expect(offersTo(out)).toEqual([]);
  const room = sandbox.channels().find((channel) => /^cris(is|e)-/.test(channel.name));
  expect(sandbox.transcript(room?.id as string, { as: helen.id })).toContain('[I take the lead]');
  await company.close();
});
