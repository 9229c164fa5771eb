import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { crises, timelineEntries } from '../../db/schema/index.ts';
import { type Crisis, closeTeam, hideName } from '../../src/crises/rules.ts';
import { codeNamesOf } from '../../src/crises/store.ts';
import { order } from '../../src/jobs/commit.ts';
import { type Company, startCompany } from '../support/company.ts';

/** A crisis that everybody could read the name of, and that is closed to somebody later. */
let company: Company;
beforeAll(async () => {
  company = await startCompany({ language: 'en' });
});
afterEach(() => company.sandbox.faults.clear());
afterAll(() => company.close());

const db = () => company.app.deps.db;
const crisisOf = async (room: string): Promise<Crisis> => {
  const [found] = await db().select().from(crises).where(eq(crises.channelId, room));
  if (!found) throw new Error('no crisis');
  return found;
};
const renames = async ({ id }: Crisis): Promise<number> =>
  (
    await db()
      .select()
      .from(timelineEntries)
      .where(and(eq(timelineEntries.crisisId, id), eq(timelineEntries.kind, 'channel_renamed')))
  ).length;
const told = (codeName: string | null): number =>
  company.helen.dms().filter(({ blocks }) => JSON.stringify(blocks).includes(`is now called *${codeName}*`)).length;

async function leaveOut(room: string, concerned: string[]): Promise<void> {
  const { helen } = company;
  await helen.command('/crisis team', room);
  await helen.waitForModal({ callbackId: 'crises.team' });
  helen.fill({ concerned });
  await helen.submit();
  await company.settledWithRetries();
  while (helen.modal()) await helen.close();
}

test('it is renamed once, its topic and messages lose the title, and the lead is told that the old name was visible', async () => {
  const { sandbox, helen, marc, tom } = company;
  const room = await company.declare('Okapi figures', { by: helen, level: 'incident' });
  expect(sandbox.channel(room)?.name).toBe('crisis-1-okapi-figures');
  expect(sandbox.channel(room)?.topic.value).toContain('Okapi figures');
  await leaveOut(room, [marc.id]);
  const crisis = await crisisOf(room);
  const name = `crisis-${crisis.codeName}`;
  expect(crisis).toMatchObject({ number: 1, isClosed: true, channelName: name });
  expect(sandbox.channel(room)).toMatchObject({ name, previous_names: ['crisis-1-okapi-figures'] });
  expect(sandbox.channel(room)?.topic.value).toBe(`🟡 Incident · ${crisis.codeName}`);
  expect([await renames(crisis), told(crisis.codeName)]).toEqual([1, 1]);

  await leaveOut(room, [marc.id, tom.id]);
  await order(company.app.deps, [...hideName(crisis), ...hideName(crisis)]);
  await company.settled();
  expect(sandbox.channel(room)?.previous_names).toHaveLength(1);
  expect([await renames(crisis), told(crisis.codeName)]).toEqual([1, 1]);
  // Whoever is in it names it by either; for others there is none.
  for (const typed of ['1', crisis.codeName, `#${name}`]) {
    expect([typed, (await helen.command(`/crisis join ${typed}`, '#general')).reply?.text]).toEqual([
      typed,
      expect.stringContaining(room),
    ]);
    expect((await marc.command(`/crisis join ${typed}`, '#general')).reply?.text).toMatch(
      /^Il n’y a pas ici de crise ouverte/,
    );
  }
  expect(sandbox.problems).toEqual([]);
});

test.each([
  ['the answer was lost', 'Kudu', { kind: 'reset', when: 'after' }],
  ['Slack failed after it', 'Gazelle', { kind: 'http', status: 500, when: 'after' }],
  ['Slack failed before it', 'Walrus', { kind: 'http', status: 503, when: 'before' }],
  ['it is rate-limited', 'Impala', { kind: 'rate_limited', retryAfter: 2 }],
] as const)('it is renamed once although %s', async (_, title, fault) => {
  const { sandbox, helen, marc } = company;
  const room = await company.declare(title, {
    by: helen,
    level: 'incident',
  });
  sandbox.faults.next('conversations.rename', fault);
  await leaveOut(room, [marc.id]);
  const crisis = await crisisOf(room);
  expect(sandbox.channel(room)?.previous_names).toHaveLength(1);
  expect(crisis.channelName).toBe(`crisis-${crisis.codeName}`);
  expect([await renames(crisis), told(crisis.codeName)]).toEqual([1, 1]);
});

test('a name that somebody else has is left to them', async () => {
  const { sandbox, helen, marc, app } = company;
  const room = await company.declare('Zebra letters', { by: helen, level: 'incident' });
  const { codeName } = closeTeam(await crisisOf(room), await codeNamesOf(db(), app.workspaceId));
  await app.slack.createChannel(`crisis-${codeName}`, false);
  await leaveOut(room, [marc.id]);
  expect(sandbox.channel(room)?.name).toBe(`crisis-${codeName}-b`);
});

test('where Slack forbids it the lead is told, and a repair does it', async () => {
  const { sandbox, helen, marc } = company;
  const room = await company.declare('Gnu memo', { by: helen, level: 'incident' });
  sandbox.faults.always('conversations.rename', { kind: 'error', error: 'restricted_action' });
  await leaveOut(room, [marc.id]);
  const crisis = await crisisOf(room);
  expect(sandbox.channel(room)?.name).toMatch(/gnu-memo$/);
  const seen = JSON.stringify([helen.dms(), helen.sees(room)]);
  expect(seen).toContain('renaming the room of a closed team');
  sandbox.faults.clear();
  await helen.command('/crisis repair', room);
  await company.settledWithRetries();
  expect(sandbox.channel(room)?.name).toBe(`crisis-${crisis.codeName}`);
  expect(told(crisis.codeName)).toBe(1);
});

test('a name that people give the room afterwards stays', async () => {
  const { sandbox, helen, marc, sam, app } = company;
  const room = await company.declare('Eland list', { by: helen, level: 'incident' });
  await leaveOut(room, [marc.id]);
  await app.slack.renameChannel(room, 'our-own-name');
  await company.settled();
  await leaveOut(room, [marc.id, sam.id]);
  expect(sandbox.channel(room)?.name).toBe('our-own-name');
});

test('one that an earlier version closed goes on under its number and title, and gets its code name with the next change', async () => {
  const { sandbox, helen, marc, sam } = company;
  const room = await company.declare('Ibex report', { by: helen, level: 'incident' });
  await db()
    .update(crises)
    .set({ isClosed: true, excludedIds: [marc.id] })
    .where(eq(crises.channelId, room));
  await helen.command('/crisis list', '#general');
  await company.settled();
  expect(JSON.stringify(helen.ephemerals().at(-1))).toContain('Ibex report');
  await leaveOut(room, [marc.id, sam.id]);
  expect(sandbox.channel(room)?.name).toBe(`crisis-${(await crisisOf(room)).codeName}`);
});
