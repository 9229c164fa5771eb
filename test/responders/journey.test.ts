import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import { respondersOf } from '../../src/crises/store.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { type Company, startCompany } from '../support/company.ts';

const crisisIdOf = async (company: Company, room: string): Promise<string> => {
  const rows = await company.app.deps.db.select().from(crises);
  return rows.find((row) => row.channelId === room)?.id ?? '';
};
const calloutOf = async (company: Company, room: string, department: string) => {
  const found = await calloutsOf(company.app.deps.db, await crisisIdOf(company, room));
  return found.find((callout) => callout.department === department);
};
const kindsOf = async (company: Company, room: string) =>
  (await entriesOf(company.app.deps.db, await crisisIdOf(company, room))).map((entry) => entry.kind);

type Seen = ReturnType<Person['sees']>[number];
const contentOf = (message: { blocks?: unknown; text: string } | undefined): string =>
  JSON.stringify(message?.blocks ?? message?.text ?? '');
/** What is on the screen, by a text of it. */
const seen = (person: Person, room: string, text: string): Seen => {
  const found = person.sees(room).findLast((message) => contentOf(message).includes(text));
  if (!found) throw new Error(`${person.name} sees nothing that says "${text}"`);
  return found;
};
const dmSaying = (person: Person, text: string) => {
  const found = person.dms().findLast((message) => contentOf(message).includes(text));
  if (!found) throw new Error(`${person.name} has no message that says "${text}"`);
  return found;
};
/** What the product last said to this person alone. */
const told = (person: Person): string => person.ephemerals().at(-1)?.text ?? '';
const click = async (company: Company, person: Person, on: Seen, button: string) => {
  await person.click(on, button);
  await company.settled();
};
const type = async (company: Company, person: Person, command: string, where: string) => {
  await person.command(command, where);
  await company.settled();
};

describe('calling the departments', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.tom });
  });
  afterAll(() => company.close());

  test('each department gets one card that names its people, after they were invited', () => {
    const cards = company.helen.sees(room).filter((message) => contentOf(message).includes('responders.answer'));
    expect(cards.map((card) => /<@(U\w+)>/.exec(contentOf(card))?.[1])).toEqual([
      company.claire.id,
      company.helen.id,
      company.anne.id,
    ]);
    expect(contentOf(seen(company.helen, room, 'Marketing'))).toContain('Tom Becker, who declared the crisis');
    const calls = company.sandbox.calls.map((call) => call.method);
    expect(calls.indexOf('conversations.invite')).toBeLessThan(
      company.sandbox.calls.findIndex((call) => JSON.stringify(call.args ?? '').includes('responders.answer')),
    );
  });

  test('an answer is written down, shown on the card with its delay, and takes back the alarm', async () => {
    await company.pass(3 * MINUTE);
    await click(company, company.helen, seen(company.helen, room, 'Legal is called'), 'I’m on it');
    expect(told(company.helen)).toContain('you are on it for *Legal*');
    const card = contentOf(seen(company.tom, room, '*Legal*: Helen Park is on it, after 3 min'));
    expect(card).not.toContain('responders.');
    await company.pass(10 * MINUTE);
    await company.pass(10 * MINUTE);
    expect(await calloutOf(company, room, 'legal')).toMatchObject({ stage: 'people', answeredBy: company.helen.id });
  });

  test('silence calls the deputies, then tells the lead, each once and by a message of their own', async () => {
    const { marc, tom } = company;
    const dm = dmSaying(marc, 'suppléant');
    expect(contentOf(dm)).toContain('Communication');
    expect(marc.dms().filter((m) => contentOf(m).includes('responders.answer'))).toHaveLength(1);
    expect(() => marc.sees(room)).not.toThrow();
    expect(contentOf(dmSaying(tom, 'Nobody has answered for *Communication*'))).toContain('Call someone');
    const escalations = (await kindsOf(company, room)).filter((kind) => kind === 'callout_escalated');
    // Communication twice, management once: it has no deputies.
    expect(escalations).toHaveLength(3);
    await company.pass(60 * MINUTE);
    expect((await kindsOf(company, room)).filter((kind) => kind === 'callout_escalated')).toHaveLength(3);
  });

  test('a deputy answers from the direct message, and nothing is asked of anybody any more', async () => {
    const { marc, tom, claire } = company;
    await click(company, marc, dmSaying(marc, 'responders.answer'), 'Je m’en charge');
    expect(await calloutOf(company, room, 'communication')).toMatchObject({ answeredBy: marc.id });
    expect(contentOf(dmSaying(marc, 'Vous vous en chargez'))).not.toContain('responders.');
    expect(contentOf(dmSaying(tom, 'Marc Delacroix is on it'))).not.toContain('responders.');
    expect(contentOf(seen(claire, room, 'Marc Delacroix is on it'))).not.toContain('responders.');
  });

  test('the lead calls somebody to stand in, who then answers for the department', async () => {
    const { tom, sam } = company;
    await tom.click(dmSaying(tom, 'Nobody has answered for *Management*'), 'Call someone');
    await tom.waitForModal();
    tom.fill({ people: [sam.id], reason: 'Anne is on a plane' });
    await tom.submit();
    await company.settled();
    expect(contentOf(dmSaying(sam, 'asks you to come'))).toContain('Anne is on a plane');
    await click(company, sam, dmSaying(sam, 'asks you to come'), 'I’m on it');
    expect(await calloutOf(company, room, 'management')).toMatchObject({ answeredBy: sam.id });
    expect(contentOf(seen(tom, room, '*Tom Becker* calls'))).toContain('✅ Sam Stranger');
    expect(contentOf(dmSaying(sam, 'You are on it'))).not.toContain('responders.');
  });

  test('/crisis who says who has answered and who has not', async () => {
    await type(company, company.helen, '/crisis who', room);
    const list = contentOf(company.helen.ephemerals().at(-1));
    expect(list).toContain('4 of 4 departments have answered');
    expect(list).toContain('Legal: Helen Park, after 3 min');
    expect(list).toContain('Anne Whitfield: ');
    expect(list).toContain('Marc Delacroix (deputy): on it since');
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('who may answer', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { level: 'incident' });
  });
  afterAll(() => company.close());

  test('a member of another department is refused with the reason, and nothing is written', async () => {
    await click(company, company.tom, seen(company.tom, room, 'Legal is called'), 'I’m on it');
    expect(told(company.tom)).toContain('Only Legal, its deputies or the crisis lead can answer');
    expect(await calloutOf(company, room, 'legal')).toMatchObject({ answeredBy: null });
  });

  test('“I cannot” tells the next in line at once', async () => {
    await click(company, company.helen, seen(company.helen, room, 'Legal is called'), 'I cannot: tell the crisis lead');
    expect(told(company.helen)).toContain('the crisis lead has just been told');
    expect(contentOf(dmSaying(company.claire, 'Personne n’a répondu'))).toContain('Non disponible : Helen Park');
  });

  test('two people answering at the same moment: one answer, the other is told and recorded', async () => {
    const { helen, claire } = company;
    await Promise.all([
      helen.click(seen(helen, room, 'nobody has answered'), 'I’m on it'),
      claire.click(seen(claire, room, 'nobody has answered'), 'I’m on it'),
    ]);
    await company.settled();
    const answers = (await kindsOf(company, room)).filter((kind) => kind === 'callout_answered');
    expect(answers).toHaveLength(1);
    const callout = await calloutOf(company, room, 'legal');
    expect([helen.id, claire.id]).toContain(callout?.answeredBy);
    const replies = [told(helen), told(claire)];
    expect(replies.filter((text) => /you are on it for \*Legal\*|vous vous en chargez/.test(text))).toHaveLength(1);
    expect(replies.filter((text) => /already answered|a déjà répondu/.test(text))).toHaveLength(1);
  });

  test('guests and deactivated accounts are refused by name, colleagues are called', async () => {
    const guest = company.sandbox.addPerson({ id: 'U0GUEST00', name: 'Gus Guest', is_restricted: true });
    await company.settled();
    await type(company, company.claire, `/crise appeler <@${guest.id}> <@${company.sam.id}> la presse est là`, room);
    expect(told(company.claire)).toContain('*Gus Guest* : compte invité');
    expect(told(company.claire)).toContain('*Sam Stranger*');
    const cell = await respondersOf(company.app.deps.db, await crisisIdOf(company, room));
    expect(cell.some((row) => row.userId === guest.id)).toBe(false);
    expect(cell.find((row) => row.userId === company.sam.id)).toMatchObject({ inRoom: true });
    await type(company, company.claire, '/crise appeler quelqu’un', room);
    expect(told(company.claire)).toContain('Dites qui appeler');
  });

  test('a higher level calls the departments that it adds', async () => {
    expect(await calloutOf(company, room, 'management')).toBeUndefined();
    await type(company, company.claire, '/crisis level crisis the press has it', room);
    expect(await calloutOf(company, room, 'management')).toMatchObject({ stage: 'people', answeredBy: null });
    expect(contentOf(seen(company.anne, room, 'Management is called'))).toContain(company.anne.id);
  });

  test('a department is called again by its name in either language, on a new card', async () => {
    await type(company, company.claire, '/crise appeler juridique le régulateur appelle', room);
    expect(told(company.claire)).toContain('Juridique');
    const card = seen(company.helen, room, 'Legal is called');
    expect(contentOf(card)).toContain('le régulateur appelle');
    await type(company, company.helen, '/crisis join', room);
    expect(await calloutOf(company, room, 'legal')).toMatchObject({ round: 2, answeredBy: company.helen.id });
  });

  test('after closing, alarms do nothing and buttons say that it is closed', async () => {
    await company.app.deps.db.update(crises).set({ status: 'closed' });
    const before = await kindsOf(company, room);
    await company.pass(60 * MINUTE);
    expect(await kindsOf(company, room)).toEqual(before);
    await click(company, company.anne, seen(company.anne, room, 'Management is called'), 'I’m on it');
    expect(told(company.anne)).toContain('This crisis is closed');
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('what can no longer or not yet be done', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.tom });
  });
  afterAll(() => company.close());

  test('whoever joins after their department has answered is shown on its card', async () => {
    const { helen, marc, claire } = company;
    await click(company, claire, seen(claire, room, 'Communication is called'), 'I’m on it');
    await claire.invite(room, marc.id);
    await company.settled();
    await type(company, marc, '/crisis join', room);
    expect(contentOf(seen(helen, room, '*Communication*: Claire Fontaine is on it'))).toContain('Marc Delacroix');
  });

  test('somebody who has left the cell is told so at the press, before any form opens', async () => {
    const { tom, helen } = company;
    await company.pass(10 * MINUTE);
    await company.pass(10 * MINUTE);
    await type(company, helen, '/crisis lead', room);
    await tom.leave(room);
    await company.settled();
    await click(company, tom, dmSaying(tom, 'Nobody has answered for *Management*'), 'Call someone');
    expect(tom.modal()).toBeUndefined();
    expect(told(tom)).toContain('type it in the war room');
  });

  test('a call made while the room is opened anew is told at once, and shown as soon as there is a room', async () => {
    const { helen, sam } = company;
    const { db } = company.app.deps;
    await db.update(crises).set({ channelId: null });
    await helen.command(`/crisis call <@${sam.id}> the press is here`, room);
    const dm = () => sam.dms().find((m) => contentOf(m).includes('asks you to come'));
    expect(contentOf(await company.sandbox.waitFor(dm, { what: 'the call' }))).toContain('it is being opened');
    await db.update(crises).set({ channelId: room });
    await company.settledWithRetries();
    expect(contentOf(seen(helen, room, '*Helen Park* calls'))).toContain('the press is here');
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('joining from elsewhere', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test('a private crisis is refused to strangers in the words of one that does not exist', async () => {
    await company.declare('Secret matter');
    await type(company, company.sam, '/crisis join 1', '#general');
    const refused = told(company.sam);
    await type(company, company.sam, '/crisis join 7', '#general');
    expect(told(company.sam)).toBe(refused);
    expect(refused).not.toContain('Secret');
  });

  test('an open crisis is joined by anybody of the company', async () => {
    const room = await company.declare('Delivery strike', { privacy: 'public' });
    await type(company, company.sam, '/crisis join', '#general');
    expect(told(company.sam)).toContain('You are in the crisis cell');
    const cell = await respondersOf(company.app.deps.db, await crisisIdOf(company, room));
    expect(cell.find((row) => row.userId === company.sam.id)).toMatchObject({ inRoom: true });
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('en français', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    room = await company.declare('Rappel de la soupe', { by: company.tom });
  });
  afterAll(() => company.close());

  test('la cellule lit des alertes, des relances et des accusés de réception en français', async () => {
    const { claire, anne } = company;
    expect(contentOf(seen(claire, room, 'Service Juridique alerté'))).toContain('Réponse attendue avant');
    await company.pass(10 * MINUTE);
    expect(contentOf(seen(anne, room, 'suppléants alertés'))).toContain('Sans réponse : Claire Fontaine');
    expect(contentOf(seen(anne, room, 'Juridique : personne n’a répondu'))).toContain('/crise appeler');
    await click(company, claire, seen(claire, room, 'suppléants alertés'), 'Je m’en charge');
    expect(contentOf(seen(anne, room, 'Claire Fontaine s’en charge, au bout de 10 min'))).not.toContain('responders.');
    expect(company.marc.dms().some((m) => contentOf(m).includes('Plus rien ne vous est demandé'))).toBe(true);
    await type(company, claire, '/crise qui', room);
    const list = contentOf(claire.ephemerals().at(-1));
    expect(list).toContain('2 services sur 4 ont répondu');
    expect(list).toContain('Helen Park : sans réponse depuis 10 min');
    expect(company.sandbox.problems).toEqual([]);
  });
});
