import { afterAll, beforeAll, expect, test } from 'vitest';
import { order } from '../../src/jobs/commit.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
beforeAll(async () => {
  company = await startCompany({ playbooks: 'product', language: 'en' });
});
afterAll(() => company.close());

const remind = async () => {
  const { deps, workspaceId } = company.app;
  await order(deps, [{ kind: 'preparedness.remind', queue: 'upkeep', data: { workspaceId } }]);
  await company.settled();
};
const said = () => JSON.stringify(company.helen.ephemerals().at(-1));

test('shows what is there and what is missing, each gap with the form that closes it, in both languages', async () => {
  await company.helen.command('/crisis plan', '#general');
  await company.settled();
  expect(said()).toMatch(/Preparedness: \d+ of 100/);
  expect(said()).toContain('Core departments with somebody to call*: 3 of 3');
  expect(said()).toContain('Core departments with a second person or a deputy*: 1 of 3');
  expect(said()).toContain('never, as far as anybody said');
  await company.claire.command('/crise préparation', '#general');
  await company.settled();
  const french = company.claire.ephemerals().at(-1);
  expect(JSON.stringify(french)).toContain('Services essentiels où quelqu’un peut être appelé* : 3 sur 3');
  await company.claire.click(french as never, 'Désigner des suppléants');
  expect(JSON.stringify(await company.claire.waitForModal())).toContain('uppléants');
  await company.claire.close();
  expect(company.sandbox.problems).toEqual([]);
});

test('nobody is reminded as long as nobody owns it; then the owner is, once a month', async () => {
  await remind();
  for (const person of [company.claire, company.anne, company.helen]) expect(person.dms()).toEqual([]);
  const [card] = company.claire.ephemerals().slice(-1);
  await company.claire.click(card as never, 'Responsable et relances…');
  await company.claire.waitForModal();
  company.claire.fill({ owner: company.anne.id, exercised_on: '2026-10-01' });
  await company.claire.submit();
  await company.settled();
  await remind();
  await remind();
  expect(company.anne.dms()).toHaveLength(1);
  expect(JSON.stringify(company.anne.dms())).not.toContain('Last exercise');
  await company.helen.command('/crisis plan', '#general');
  await company.settled();
  expect(said()).toContain('1 October 2026');
});

test('whoever is not in charge reads it and changes nothing', async () => {
  await company.helen.click(company.helen.ephemerals().at(-1) as never, 'Owner and reminders…');
  await company.settled();
  expect(said()).toContain('Only those in charge');
  expect(company.helen.modal()).toBeUndefined();
});

test('stands on the Home tab, one press from the whole of it', async () => {
  await company.claire.openHome();
  await company.settled();
  expect(JSON.stringify(company.claire.home())).toMatch(/Préparation : \d+ sur 100/);
});
