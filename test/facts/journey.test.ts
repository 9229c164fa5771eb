import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, factRevisions } from '../../db/schema/index.ts';
import { SECOND } from '../../src/core/time.ts';
import { causesOf, decisionsOf, factsOf, measuresOf } from '../../src/facts/store.ts';
import type { Message, ModalView, Person } from '../../src/sandbox/server/index.ts';
import { verifyChain } from '../../src/timeline/chain.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { waiting } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';
import { handsIn } from './support.ts';

let company: Company;
let room: string;

const db = () => company.app.deps.db;
const crisis = async () => {
  const found = (await db().select().from(crises)).find((one) => one.channelId === room);
  if (!found) throw new Error('no crisis');
  return found;
};
const timeline = async () => entriesOf(db(), (await crisis()).id);
const last = async () => (await timeline()).at(-1);
const { type, said, note, only, press, choose, send } = handsIn(
  () => company,
  () => room,
);
const table = () => only('What we know');
const fact = async (number: number) => {
  const found = (await factsOf(db(), (await crisis()).id)).find((one) => one.number === number);
  if (!found) throw new Error(`no fact ${number}`);
  return found;
};

describe('what is known, in English', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test('one line records a fact as being checked, and the table appears with the first one', async () => {
    expect(() => table()).toThrow('0 messages');
    await type(company.helen, '/crisis fact Lot L2231 was delivered to 14 shops');
    expect(await fact(1)).toMatchObject({ status: 'checking', ownerId: company.helen.id, source: '', revision: 1 });
    expect(said(company.helen)).toContain('It has no source yet');
    expect(table().text).toBe('What we know: 0 confirmed, 1 being checked, 0 false.');
    expect(await last()).toMatchObject({ kind: 'fact_recorded' });
    expect((await last())?.textFr).toContain('Fait F1, en cours de vérification : Lot L2231');
  });

  test('a confirmed fact has a source and the name of who confirmed it', async () => {
    await press(company.helen, note(company.helen), 'Confirm…');
    const refused = await send(company.helen, 'facts.change', {});
    expect(refused).toContain('A confirmed fact needs its source');
    await send(company.helen, 'facts.change', { source: 'Delivery notes of 21 November' });
    expect(await fact(1)).toMatchObject({ status: 'confirmed', confirmedBy: company.helen.id, version: 2 });
    expect(await last()).toMatchObject({ kind: 'fact_confirmed', actorId: company.helen.id });
    const seen = company.sandbox.transcript(room, { as: company.claire.id });
    expect(seen).toContain('Confirmed: statements may rely on it');
    expect(seen).toContain('source: Delivery notes of 21 November');
  });

  test('the table is one message, edited in place', async () => {
    await type(company.tom, '/crisis fact A customer cut her lip');
    expect(table().text).toBe('What we know: 1 confirmed, 1 being checked, 0 false.');
  });

  test('a correction keeps every wording and asks for its reason', async () => {
    await choose(company.tom, table(), '*F1*', 'Change…');
    const refused = await send(company.tom, 'facts.change', { text: 'Lot L2231 was delivered to 16 shops' });
    expect(refused).toContain('say why it changes');
    const trusting = await send(company.tom, 'facts.change', {
      fact_status: 'confirmed',
      reason: 'Two shops were missing from the list',
    });
    expect(trusting).toContain('say what you have them from');
    await send(company.tom, 'facts.change', { fact_status: 'kept' });
    expect(await fact(1)).toMatchObject({
      text: 'Lot L2231 was delivered to 16 shops',
      revision: 2,
      status: 'checking',
      confirmedBy: null,
      source: '',
    });
    await company.tom.close();
    expect((await db().select().from(factRevisions)).map((one) => one.text)).toContain(
      'Lot L2231 was delivered to 14 shops',
    );
    expect(await last()).toMatchObject({ kind: 'fact_doubted' });
    expect((await last())?.textEn).toContain('It said before: Lot L2231 was delivered to 14 shops');
    await choose(company.tom, table(), '*F1*', 'Confirm…');
    await send(company.tom, 'facts.change', { source: 'Second list, read by me' });
    expect(await fact(1)).toMatchObject({ status: 'confirmed', confirmedBy: company.tom.id });
  });

  test('false is said once two people have confirmed it', async () => {
    await type(company.tom, '/crisis fact');
    const refused = await send(company.tom, 'facts.record', {
      text: 'Our plant used bottles from a closed site',
      fact_status: 'false',
    });
    expect(refused).toContain('say what shows it');
    await send(company.tom, 'facts.record', { source: 'Purchasing register' });
    expect(JSON.stringify(company.tom.modal())).toContain('until a second person of the cell confirms');
    await company.tom.close();
    expect(await fact(3)).toMatchObject({ status: 'checking', falseSaidBy: company.tom.id });
    // Nothing is posted: the lead is asked, since who answers for it is who said so.
    expect(await waiting(company, company.claire)).toContain('Tom Becker affirme que le fait *F3* est faux');
    expect(await waiting(company, company.tom)).not.toContain('*F3*');
    const { tom, anne, claire } = company;
    const fromList = async (person: Person) => {
      await choose(person, table(), '*F3*', 'It is false…');
      return person.waitForModal({ callbackId: 'facts.second' });
    };
    await press(tom, await fromList(tom), 'I confirm that it is false');
    expect(JSON.stringify(tom.modal()) + said(tom)).toContain('You are the one who said that it is false');
    await tom.close();
    const form = await fromList(anne);
    const asked = claire.dms().findLast((message) => JSON.stringify(message.blocks).includes('*F3*'));
    await Promise.all([
      anne.click(form, 'I confirm that it is false'),
      claire.click(asked as Message, 'Je confirme que c’est faux'),
    ]);
    await company.settled();
    expect(await fact(3)).toMatchObject({ status: 'false', falseSaidBy: tom.id, version: 2 });
    expect((await timeline()).filter((entry) => entry.kind === 'fact_false')).toHaveLength(1);
    expect(await waiting(company, claire)).not.toContain('*F3*');
    while (anne.modal()) await anne.close();
  });

  test('a form that was drawn before somebody else’s change is told so, and changes nothing', async () => {
    await choose(company.helen, table(), '*F2*', 'Change…');
    await company.helen.waitForModal({ callbackId: 'facts.change' });
    await choose(company.anne, table(), '*F2*', 'Confirm…');
    await send(company.anne, 'facts.change', { source: 'Call with the customer' });
    company.helen.fill({ text: 'A customer cut her hand' });
    const outcome = JSON.stringify(await company.helen.submit());
    expect(outcome).toContain('Anne Whitfield changed fact F2 before you did');
    await company.helen.close();
    expect(await fact(2)).toMatchObject({ text: 'A customer cut her lip', status: 'confirmed' });
  });

  test('a decision has its reason and its decider, is shown whole, and is replaced, never changed', async () => {
    await type(company.helen, '/crisis decide We stop the sale of lot L2231');
    const refused = await send(company.helen, 'facts.decide', { reason: ' ' });
    expect(refused).toContain('Say why');
    await send(company.helen, 'facts.decide', {
      reason: 'Two people were hurt',
      options: 'Wait for the laboratory',
      decider: company.anne.id,
    });
    const card = only('Decision D1');
    expect(JSON.stringify(card.blocks)).toContain('decided by Anne Whitfield');
    await press(company.claire, card, 'Replace…');
    await send(company.claire, 'facts.decide', { text: 'We recall every lot of November', reason: 'A third case' });
    expect(await decisionsOf(db(), (await crisis()).id)).toMatchObject([
      { number: 1, text: 'We stop the sale of lot L2231', deciderId: company.anne.id },
      { number: 2, replaces: 1, deciderId: company.claire.id },
    ]);
    expect(JSON.stringify(only('Decision D1').blocks)).toContain('Replaced by D2');
    expect(await last()).toMatchObject({ kind: 'decision_replaced' });
    await expect(db().execute('update decisions set text = $$other$$')).rejects.toThrow();
  });

  test('a measure is a promise until it is done, with its proof', async () => {
    await type(company.tom, '/crisis measure Every jar is tested');
    await send(company.tom, 'facts.add_measure', { is_public: 'yes', owner: company.anne.id });
    expect(JSON.stringify(table().blocks)).toContain('as planned, not as done');
    await choose(company.anne, table(), '*M1*', 'Done…');
    await send(company.anne, 'facts.measure_done', { proof: 'https://lab.example/2231' });
    expect(await measuresOf(db(), (await crisis()).id)).toMatchObject([
      { number: 1, isPublic: true, doneBy: company.anne.id, proof: 'https://lab.example/2231' },
    ]);
    await type(company.tom, '/crisis measure');
    expect(said(company.tom)).toContain('proof: https://lab.example/2231');
  });

  test('a cause stays a hypothesis until there is evidence', async () => {
    await type(company.helen, '/crisis cause A worn seal let glass into the line');
    const refused = await send(company.helen, 'facts.add_cause', { family: 'quality', cause_status: 'confirmed' });
    expect(refused).toContain('A confirmed cause needs its evidence');
    await send(company.helen, 'facts.add_cause', { cause_status: 'hypothesis' });
    expect(JSON.stringify(table().blocks)).toContain('hypothesis, not to be said outside');
    expect(await causesOf(db(), (await crisis()).id)).toMatchObject([{ number: 1, status: 'hypothesis' }]);
  });

  test('the posture is a suggestion with its reasons, kept for the crisis and shown to the room on demand', async () => {
    await type(company.claire, '/crisis posture');
    await company.claire.waitForModal({ callbackId: 'facts.posture' });
    expect(JSON.stringify(company.claire.modal())).toContain('préremplie d’après la fiche réflexe');
    await send(company.claire, 'facts.posture', { cluster: 'accident', truth: 'unknown' });
    expect(JSON.stringify(company.claire.modal())).toContain('tant qu’on ne sait pas ce qui est vrai');
    await company.claire.close();
    expect(await last()).toMatchObject({ kind: 'posture_set', actorId: company.claire.id });
    await type(company.helen, '/crisis posture');
    expect(said(company.helen)).toContain('never a verdict');
    await press(company.helen, note(company.helen), 'Show it in the room');
    expect(JSON.stringify(only('A suggestion of what to say first').blocks)).toContain('only the two above');
  });

  test('the list is narrowed down to words and acts on each fact', async () => {
    await type(company.anne, '/crisis facts hand lip');
    const { anne } = company;
    const shown = () => JSON.stringify(anne.modal()?.blocks);
    await anne.waitForModal({ callbackId: 'facts.list' });
    expect(shown()).not.toMatch(/\*F\d/);
    anne.fill({ words: 'lip' });
    await anne.submit();
    await company.settled();
    expect(shown()).toContain('*F2*');
    expect(shown()).not.toContain('*F1*');
    await choose(anne, anne.modal() as ModalView, '*F2*', 'Change…');
    const outcome = await send(anne, 'facts.change', { text: 'A customer cut her hand', reason: 'She called again' });
    expect(outcome).not.toContain('errors');
    while (anne.modal()) await anne.close();
    expect(await fact(2)).toMatchObject({ text: 'A customer cut her hand', changedBy: anne.id });
  });

  test('the timeline holds together', async () => {
    expect(verifyChain((await crisis()).id, await timeline())).toBeNull();
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('ce que l’on sait, en français', () => {
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    room = await company.declare('Rappel de la soupe');
  });
  afterAll(() => company.close());

  test('un message de la cellule devient un fait, avec sa source', async () => {
    const message = await company.tom.say(room, 'Le lot L2231 est parti dans 14 magasins');
    await company.claire.messageShortcut('facts.from_message', message);
    await send(company.claire, 'facts.record', { fact_status: 'confirmed' });
    expect(await fact(1)).toMatchObject({ status: 'confirmed', confirmedBy: company.claire.id });
    expect((await fact(1)).source).toMatch(/^Tom Becker, https:\/\//);
    const seen = only('Ce que nous savons : 1 confirmé, 0 en vérification, 0 faux.');
    expect(JSON.stringify(seen.blocks)).toContain('Confirmé : un communiqué peut s’y appuyer');
  });

  test('faux se dit à deux, et se retire si c’était une erreur', async () => {
    await choose(company.claire, only('Ce que nous savons'), '*F1*', 'Modifier…');
    await send(company.claire, 'facts.change', { fact_status: 'false', reason: 'Le bon de livraison est d’octobre' });
    await company.claire.close();
    expect((await last())?.textFr).toContain('Fait F1 désormais déclaré faux par une personne');
    await choose(company.anne, only('Ce que nous savons'), '*F1*', 'C’est faux…');
    await press(company.anne, await company.anne.waitForModal({ callbackId: 'facts.second' }), 'It is not false…');
    await send(company.anne, 'facts.change', { fact_status: 'confirmed', reason: 'Appel au magasin' });
    expect(await fact(1)).toMatchObject({ status: 'confirmed', confirmedBy: company.anne.id, falseSaidBy: null });
    while (company.anne.modal()) await company.anne.close();
  });

  test('décision, mesure et cause se disent en français', async () => {
    await type(company.claire, '/crise décider Nous arrêtons la vente');
    await send(company.claire, 'facts.decide', { reason: 'Deux blessés', decider: company.sam.id });
    expect(JSON.stringify(company.claire.modal())).toContain('n’est pas dans la cellule');
    await company.claire.close();
    await type(company.claire, '/crise mesure Tous les pots sont analysés');
    await send(company.claire, 'facts.add_measure', { is_public: 'yes' });
    await type(company.claire, '/crise cause Un joint usé');
    await send(company.claire, 'facts.add_cause', { family: 'quality' });
    const seen = company.sandbox.transcript(room, { as: company.claire.id });
    for (const words of [
      'décidé par Sam',
      'consigné par Claire Fontaine',
      'peut être dit à l’extérieur *au futur, pas comme fait*',
      '*hypothèse, ne pas la dire à l’extérieur* · Qualité d’un produit ou d’un service',
    ])
      expect(seen).toContain(words);
    await type(company.claire, '/crise décisions');
    expect(said(company.claire)).toContain('Décisions (1)');
  });

  test('dans une crise close, plus rien ne change', async () => {
    await type(company.claire, '/crise clore');
    await send(company.claire, 'closing.close', { note: 'Terminé' });
    // The buttons are taken away two seconds later.
    await company.pass(3 * SECOND);
    await type(company.claire, '/crise faits');
    const list = JSON.stringify(await company.claire.waitForModal({ callbackId: 'facts.list' }));
    expect(list).toContain('*F1*');
    expect(list).not.toMatch(/facts\.(menu|add)/);
    expect(JSON.stringify(only('Ce que nous savons'))).not.toContain('action_id');
  });
});
