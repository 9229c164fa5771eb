import { afterAll, beforeAll, expect, test } from 'vitest';
import { crises } from '../../db/schema/index.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import type { Crisis } from '../../src/crises/rules.ts';
import { declareForm } from '../../src/crises/views.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { stakeholdersOf } from '../../src/stakeholders/store.ts';
import { approversRoster } from '../../src/statements/store.ts';
import { type Company, startCompany } from '../support/company.ts';

/** What the form of a closed team asks for, and whom it then calls. */
let company: Company;
beforeAll(async () => {
  company = await startCompany({ language: 'en', playbooks: 'product' });
  await company.app.deps.db.execute(
    `update departments set deputy_ids = array['${company.sam.id}'] where key = 'legal'`,
  );
});
afterAll(() => company.close());

const db = () => company.app.deps.db;
const closeAll = async (person: Person) => {
  while (person.modal()) await person.close();
};
async function open(by: Person, title: string, playbook = 'executive'): Promise<void> {
  await by.command(`/crisis declare ${title}`, '#general');
  await by.select(await by.waitForModal(), 'playbook', playbook);
  await company.settled();
}
async function made(title: string): Promise<Crisis> {
  const found = (await db().select().from(crises)).find((crisis) => crisis.title === title);
  if (!found) throw new Error('not declared');
  return found;
}
const legalOf = async (crisis: Crisis): Promise<string[]> =>
  (await calloutsOf(db(), crisis.id)).filter(({ department }) => department === 'legal').flatMap((c) => c.peopleIds);

test('when it concerns somebody of legal, another of legal is called, and nothing says that legal is missing', async () => {
  const { anne, helen, sam, sandbox } = company;
  await open(anne, 'Quagga bonus');
  expect(JSON.stringify(anne.modal())).not.toContain('Who is the lawyer?');
  anne.fill({ concerned: [helen.id] });
  await anne.submit();
  await company.settled();
  await closeAll(anne);
  const crisis = await made('Quagga bonus');
  expect(await legalOf(crisis)).toEqual([sam.id]);
  expect(() => sam.sees(crisis.channelId ?? '')).not.toThrow();
  expect(() => helen.sees(crisis.channelId ?? '')).toThrow();
  expect((await approversRoster(db(), crisis)).find(({ key }) => key === 'legal')?.peopleIds).toEqual([sam.id]);
  expect(sandbox.transcript(crisis.channelId ?? '', { as: anne.id })).not.toMatch(/closed team: \*?.*Legal/);
});

test('when nobody of legal is left, the form asks for a lawyer by name and takes no one who is left out', async () => {
  const { anne, helen, sam, tom, sandbox } = company;
  await open(anne, 'Zebra letters');
  anne.fill({ concerned: [helen.id, sam.id] });
  await anne.submit();
  await company.settled();
  const asked = JSON.stringify(anne.modal());
  expect(asked).toContain('Who is the lawyer?');
  expect(asked).not.toMatch(/settings|roster/i);
  expect((await db().select().from(crises)).map(({ title }) => title)).not.toContain('Zebra letters');
  anne.fill({ lawyer: sam.id });
  expect(JSON.stringify(await anne.submit())).toContain('cannot be the lawyer');
  anne.fill({ lawyer: tom.id });
  await anne.submit();
  await company.settled();
  await closeAll(anne);
  const crisis = await made('Zebra letters');
  expect(crisis.lawyerId).toBe(tom.id);
  expect(await legalOf(crisis)).toEqual([tom.id]);
  expect(() => tom.sees(crisis.channelId ?? '')).not.toThrow();
  expect((await approversRoster(db(), crisis)).find(({ key }) => key === 'legal')?.peopleIds).toEqual([tom.id]);
  expect(sandbox.transcript(crisis.channelId ?? '', { as: anne.id })).not.toContain('/crisis settings');
});

test('what is said of who is not called is true, and blames no settings', async () => {
  const { anne, tom, sandbox } = company;
  await open(anne, 'Okapi figures');
  anne.fill({ concerned: [tom.id] });
  await anne.submit();
  await company.settled();
  await closeAll(anne);
  const room = (await made('Okapi figures')).channelId ?? '';
  await anne.command('/crisis who', room);
  await company.settled();
  const said = sandbox.transcript(room, { as: anne.id }) + JSON.stringify(anne.ephemerals().at(-1));
  expect(said).not.toMatch(/Nobody is (set up|named)|not called at this level/i);
  const { reply } = await anne.command('/crisis call marketing', room);
  expect(reply?.text).toContain('In this closed team I call nobody for *Marketing*');
});

test('leaving the lawyer out later calls another, or asks for one by name', async () => {
  const { anne, helen, sam, tom } = company;
  await open(anne, 'Ibex memos');
  await anne.submit();
  await company.settled();
  await closeAll(anne);
  const { channelId } = await made('Ibex memos');
  const room = channelId ?? '';
  const leave = async (values: Record<string, unknown>) => {
    anne.fill(values);
    await anne.submit();
    await company.settled();
  };
  await anne.command('/crisis team', room);
  await anne.waitForModal({ callbackId: 'crises.team' });
  await leave({ concerned: [helen.id] });
  await closeAll(anne);
  expect(() => sam.sees(room)).not.toThrow();
  await anne.command('/crisis team', room);
  await anne.waitForModal({ callbackId: 'crises.team' });
  await leave({ concerned: [helen.id, sam.id] });
  expect(JSON.stringify(anne.modal())).toContain('Who is the lawyer?');
  await leave({ lawyer: tom.id });
  await closeAll(anne);
  expect((await made('Ibex memos')).excludedIds).toEqual([helen.id, sam.id]);
  const crisis = await made('Ibex memos');
  expect((await approversRoster(db(), crisis)).find(({ key }) => key === 'legal')?.peopleIds).toEqual([tom.id]);
  // Also when they are there already for something else, and were written to a moment ago.
  await company.pass(3 * MINUTE);
  expect(JSON.stringify(tom.dms().at(-1))).toContain('calls you to this crisis');
  expect(() => tom.sees(room)).not.toThrow();
});

test('the victim is not the accused: told first, by a person, and not called by me', async () => {
  const { anne, marc, tom, sandbox } = company;
  await open(anne, 'Kudu threats', 'harassment');
  const form = JSON.stringify(anne.modal());
  expect(form).toContain('Who is targeted?');
  expect(form).toContain('Who is accused, or must not know?');
  anne.fill({ targeted: [tom.id], concerned: [tom.id] });
  expect(JSON.stringify(await anne.submit())).toContain('told first');
  anne.fill({ targeted: [tom.id], concerned: [marc.id] });
  await anne.submit();
  await company.settled();
  await closeAll(anne);
  const crisis = await made('Kudu threats');
  expect(crisis).toMatchObject({ targetedIds: [tom.id], excludedIds: [marc.id] });
  expect(() => tom.sees(crisis.channelId ?? '')).toThrow();
  const [first] = await stakeholdersOf(db(), crisis.id);
  expect(first).toMatchObject({ name: 'The person targeted (Tom Becker)', circle: 'affected', status: 'waiting' });
  await company.pass(5 * SECOND);
  expect(sandbox.transcript(crisis.channelId ?? '', { as: anne.id })).toMatch(
    /0 of 6 · first: The person targeted \(Tom Becker\)/,
  );
  expect(sandbox.problems).toEqual([]);
});

test('in French as well', () => {
  const playbooks = [{ key: 'other', name: { en: 'Other', fr: 'Autre' } }];
  const drawn = JSON.stringify(declareForm({ isPrivate: true, closed: 'chosen', asksLawyer: true }, playbooks, 'fr'));
  for (const said of ['Qui est visé ?', 'à écarter du dossier', 'Qui est le juriste ?']) expect(drawn).toContain(said);
});
