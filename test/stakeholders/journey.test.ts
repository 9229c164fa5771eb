import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises } from '../../db/schema/index.ts';
import { newId } from '../../src/core/ids.ts';
import { commit } from '../../src/jobs/commit.ts';
import type { ModalView } from '../../src/sandbox/server/index.ts';
import { listStakeholders } from '../../src/stakeholders/rules.ts';
import { addStakeholders, stakeholdersOf } from '../../src/stakeholders/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { handsIn } from '../facts/support.ts';
import { write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let room: string;

const db = () => company.app.deps.db;
const crisis = async () => {
  const found = (await db().select().from(crises)).find((one) => one.channelId === room);
  if (!found) throw new Error('no crisis');
  return found;
};
const names = async () => (await stakeholdersOf(db(), (await crisis()).id)).map((one) => one.name);
const last = async () => (await entriesOf(db(), (await crisis()).id)).at(-1);
const { type, only, choose, send } = handsIn(
  () => company,
  () => room,
);
const table = () => only('Qui doit être informé');

describe('qui doit être informé, en français', () => {
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    room = await company.declare('Rappel de la soupe');
  });
  afterAll(() => company.close());

  test('a playbook’s list is there at once, in its order, and is shown in the room', async () => {
    const found = await crisis();
    await commit(company.app.deps, null, async (tx) => {
      const list = [
        { id: newId(), name: 'Clients du lot L2231', channel: 'courriel', circle: 'affected', department: 'support' },
        { id: newId(), name: 'Journalistes', channel: 'communiqué', circle: 'press', department: 'communication' },
      ] as const;
      const decision = listStakeholders(found, [], list, null, company.now());
      await addStakeholders(tx, decision.value);
      return { crisis: found, decision };
    });
    await company.settled();
    expect(await last()).toMatchObject({ kind: 'stakeholders_listed', actorId: null });
    expect(table().text).toBe('Qui doit être informé : 0 sur 2.');
    expect(JSON.stringify(table().blocks)).toContain('à informer par Service client');
  });

  test('somebody who is added takes the place of their circle', async () => {
    await type(company.claire, '/crise partie Les salariés de l’usine');
    await send(company.claire, 'stakeholders.add', { circle: 'employees', channel: 'réunion à 15 h' });
    expect(await names()).toEqual(['Clients du lot L2231', 'Les salariés de l’usine', 'Journalistes']);
    await type(company.claire, '/crise partie les  salariés de l’usine');
    const refused = await send(company.claire, 'stakeholders.add', { circle: 'employees' });
    expect(refused).toContain('Déjà sur la liste, au n° 3');
    await company.claire.close();
  });

  test('who tells the press first is warned, is not stopped, and the list says it until it is made good', async () => {
    await write(company, company.claire, room, { title: 'Premiers mots', text: 'Nous rappelons la soupe.' });
    await choose(company.claire, table(), '*Journalistes*', 'Informé…');
    await company.claire.waitForModal({ callbackId: 'stakeholders.told' });
    expect(JSON.stringify(company.claire.modal())).toContain(
      'serait informé avant : Clients du lot L2231 et Les salariés',
    );
    await send(company.claire, 'stakeholders.told', { statement: '1' });
    expect((await stakeholdersOf(db(), (await crisis()).id)).at(-1)).toMatchObject({
      status: 'told',
      toldBy: company.claire.id,
      statementNumber: 1,
    });
    expect((await last())?.textFr).toContain('Pas encore informés à ce moment : Clients du lot L2231');
    expect(JSON.stringify(company.claire.modal())).toContain('« Journalistes » a été informé avant');
    await company.claire.close();
    expect(JSON.stringify(table().blocks)).toContain('Informez-les maintenant');
  });

  test('the live brief and the digest say who has not been told', async () => {
    await company.pass(10_000);
    const brief = JSON.stringify(only('Crise n° 1').blocks);
    expect(brief).toMatch(/\*Informés\*\s+\d sur \d+ · d’abord : Clients du lot L2231/);
    await type(company.claire, '/crise fait Un bris de verre a été trouvé dans un pot');
    await choose(company.claire, only('Ce que nous savons'), '*F1*', 'Confirmer…');
    await send(company.claire, 'facts.change', { source: 'Laboratoire' });
    await type(company.claire, '/crise point');
    const digest = JSON.stringify(only('Point de situation n° 1').blocks);
    expect(digest).toContain('pas encore informés : Clients du lot L2231, Les salariés de l’usine');
    expect(digest).toContain('*Faits*   Un bris de verre');
    expect(digest).toContain('Fait F1 désormais confirmé');
  });

  test('the order can be changed, and somebody left out for a reason', async () => {
    await choose(company.claire, table(), '*Les salariés', 'Plus tôt');
    expect((await names())[0]).toBe('Les salariés de l’usine');
    await choose(company.claire, table(), '*Clients', 'N’a pas à être informé…');
    await send(company.claire, 'stakeholders.not_needed', { reason: 'Aucun pot n’a été vendu' });
    expect(table().text).toBe('Qui doit être informé : 1 sur 2.');
    await type(company.claire, '/crise parties-prenantes');
    const list = () => JSON.stringify(company.claire.modal()?.blocks);
    await company.claire.waitForModal({ callbackId: 'stakeholders.list' });
    expect(list()).toContain('n’a pas à être informé : Aucun pot n’a été vendu');
    await choose(company.claire, company.claire.modal() as ModalView, '*Les salariés', 'Plus tard');
    expect(list().indexOf('*Les salariés')).toBeGreaterThan(list().indexOf('*Clients'));
    await company.claire.close();
  });

  test('of two who press at once, the second is told who was faster', async () => {
    const [mine, theirs] = [company.claire, company.helen];
    await choose(mine, table(), '*Les salariés', 'Informé…');
    await choose(theirs, table(), '*Les salariés', 'Informé…');
    await send(mine, 'stakeholders.told', {});
    const outcome = await send(theirs, 'stakeholders.told', {});
    expect(outcome).toContain('“Les salariés de l’usine”: told already by Claire Fontaine');
    await theirs.close();
    await type(theirs, '/crisis stakeholder');
    await theirs.waitForModal({ callbackId: 'stakeholders.list' });
    expect(JSON.stringify(theirs.modal())).toContain('told by Claire Fontaine');
    expect(table().text).toBe('Qui doit être informé : 2 sur 2.');
    expect(JSON.stringify(table().blocks)).not.toContain('Informez-les maintenant');
    expect(company.sandbox.problems).toEqual([]);
  });
});
