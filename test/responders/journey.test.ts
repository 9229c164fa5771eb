import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, departments } from '../../db/schema/index.ts';
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
const times = async (company: Company, room: string, kind: string) =>
  (await kindsOf(company, room)).filter((one) => one === kind).length;

type Seen = ReturnType<Person['sees']>[number];
const contentOf = (message: { blocks?: unknown; text: string } | undefined): string =>
  JSON.stringify(message?.blocks ?? message?.text ?? '');

/** What the product says in a room that is no reply, and is not one of Slack's own lines. */
const posted = (company: Company, room: string): Seen[] =>
  (company.sandbox.channel(room)?.messages ?? []).filter(
    (m) => m.user === company.sandbox.botUserId && !m.subtype && (!m.thread_ts || m.thread_ts === m.ts),
  );
const isCall = (message: Seen): boolean => /Called:|Alerte :|Everybody who was called|Tout le monde/.test(message.text);
/** The one message that says who is called. */
const call = (company: Company, room: string): Seen => {
  const [only, ...more] = posted(company, room).filter(isCall);
  if (!only || more.length > 0) throw new Error(`${only ? 1 + more.length : 0} messages say who is called`);
  return only;
};
const said = (company: Company, room: string): string => contentOf(call(company, room));
/** What was replied to it. */
const replies = (company: Company, room: string): string[] => {
  const { ts } = call(company, room);
  return (company.sandbox.channel(room)?.messages ?? [])
    .filter((m) => m.thread_ts === ts && m.ts !== ts)
    .map((m) => contentOf(m));
};
/** What waits on a person, as their last message says it. */
const waits = (person: Person): Seen => {
  const found = person
    .dms()
    .findLast((m) => /responders\.|Nothing waits on you|Rien ne vous attend/.test(contentOf(m)));
  if (!found) throw new Error(`nothing was said to ${person.name}`);
  return found;
};
/** Somebody's Slack may still show what a message was. */
const showAgain = (company: Company, room: string, { ts, blocks }: Seen): Seen => {
  const shown = company.sandbox.channel(room)?.messages.find((message) => message.ts === ts);
  if (!shown) throw new Error('the message is gone');
  return Object.assign(shown, { blocks: structuredClone(blocks) });
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
/** What changes within two seconds is told at their end. */
const moment = (company: Company) => company.pass(3_000);
/** Lines as Slack shows them on a wide screen. */
const linesOf = (message: Seen): number =>
  ((message.blocks ?? []) as { type: string; text?: { text: string } }[]).reduce(
    (sum, block) => sum + (block.type === 'section' ? (block.text?.text.split('\n').length ?? 0) : 1),
    0,
  );

describe('calling the departments', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.tom });
    await moment(company);
  });
  afterAll(() => company.close());

  test('one message calls everybody by name, below the brief, last and alone in the room, after they were invited', () => {
    expect(posted(company, room).map((m) => isCall(m))).toEqual([false, true]);
    const text = said(company, room);
    for (const person of [company.claire, company.helen, company.anne]) expect(text).toContain(`<@${person.id}>`);
    expect(text).toContain('● *Marketing* Tom Becker');
    expect(text).toContain('I call Marc Delacroix; where there is no deputy, I tell Tom Becker');
    expect(replies(company, room)).toEqual([]);
    const calls = company.sandbox.calls.map(({ method }) => method);
    expect(calls.lastIndexOf('conversations.invite')).toBeLessThan(
      company.sandbox.calls.findIndex(({ args }) => JSON.stringify(args ?? '').includes('responders.answer')),
    );
  });

  test('everybody called has it in their direct message too, with the same buttons; nobody else does', () => {
    for (const person of [company.claire, company.helen, company.anne])
      expect(contentOf(waits(person))).toMatch(/responders\.answer.*responders\.cannot/);
    expect(company.marc.dms()).toEqual([]);
    expect(company.tom.dms()).toEqual([]);
  });

  test('an answer is written down, edits the message, takes back the alarm and what waited', async () => {
    await company.pass(3 * MINUTE);
    await click(company, company.helen, call(company, room), 'I’m on it');
    expect(told(company.helen)).toContain('You are on it for *Legal*');
    expect(told(company.helen)).toContain('First of all: say what must not be said');
    expect(said(company, room)).toContain('● *Legal* Helen Park, after 3 min');
    await moment(company);
    expect(contentOf(waits(company.helen))).toContain('Nothing waits on you');
    await company.pass(10 * MINUTE);
    await company.pass(10 * MINUTE);
    expect(await calloutOf(company, room, 'legal')).toMatchObject({ stage: 'people', answeredBy: company.helen.id });
  });

  test('silence calls the deputies, then tells the lead, each once: a mention in the thread, and what waits on them', async () => {
    const { marc, tom } = company;
    await moment(company);
    expect(
      replies(company, room).filter((text) => text.includes(`<@${marc.id}>: you are called as deputy`)),
    ).toHaveLength(1);
    expect(contentOf(waits(marc))).toContain('Alerte : service Communication*, en suppléance');
    expect(() => marc.sees(room)).not.toThrow();
    const forLead = replies(company, room).filter((text) => text.includes(`<@${tom.id}>: nobody is on it for`));
    expect(forLead).toHaveLength(2);
    expect(contentOf(waits(tom))).toContain('Nobody is on it for *Communication*');
    expect(contentOf(waits(tom))).toContain('Call someone');
    // Communication twice, management once: it has no deputies.
    expect(await times(company, room, 'callout_escalated')).toBe(3);
    await company.pass(60 * MINUTE);
    expect(await times(company, room, 'callout_escalated')).toBe(3);
    expect(replies(company, room)).toHaveLength(3);
  });

  test('a deputy answers from the direct message, and nothing is asked of anybody for it any more', async () => {
    const { marc, tom, claire } = company;
    await click(company, marc, waits(marc), 'Je m’en charge');
    await moment(company);
    expect(await calloutOf(company, room, 'communication')).toMatchObject({ answeredBy: marc.id });
    for (const person of [marc, claire]) expect(contentOf(waits(person))).toContain('Rien ne vous attend');
    expect(contentOf(waits(tom))).not.toContain('Communication');
    expect(said(company, room)).toContain('● *Communication* Marc Delacroix, after');
  });

  test('the lead calls somebody to stand in, who is mentioned, answers for the department, and all is one line', async () => {
    const { tom, sam } = company;
    await tom.click(waits(tom), 'Call someone');
    await tom.waitForModal();
    tom.fill({ people: [sam.id], reason: 'Anne is on a plane' });
    await tom.submit();
    await company.settled();
    expect(replies(company, room).at(-1)).toContain(`<@${sam.id}>: *Tom Becker* calls you: Anne is on a plane`);
    await moment(company);
    expect(contentOf(waits(sam))).toContain('*Tom Becker* calls you to this crisis: Anne is on a plane');
    await click(company, sam, waits(sam), 'I’m on it');
    expect(await calloutOf(company, room, 'management')).toMatchObject({ answeredBy: sam.id });
    await moment(company);
    for (const person of [sam, company.anne]) expect(contentOf(waits(person))).toContain('Nothing waits on you');
    // The lead still has the first words, which are late.
    expect(contentOf(tom.dms().at(-1))).not.toContain('responders.');
    expect(contentOf(tom.dms().at(-1))).toContain('The first words are late');
    expect(linesOf(call(company, room))).toBe(1);
    expect(said(company, room)).toContain('Everybody who was called has answered: Marc Delacroix, Helen Park');
    expect(said(company, room)).not.toContain('responders.');
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

describe('who presses the one button', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    const { db } = company.app.deps;
    await db
      .update(departments)
      .set({ peopleIds: [company.helen.id] })
      .where(eq(departments.key, 'marketing'));
    room = await company.declare('Soup recall', { level: 'incident' });
  });
  afterAll(() => company.close());

  test('is told who is called, when nobody called them, and nothing is written', async () => {
    await company.tom.invite('#general', company.sandbox.botUserId).catch(() => {});
    await type(company, company.claire, `/crise appeler <@${company.sam.id}> la presse est là`, room);
    await click(company, company.sam, call(company, room), 'I’m on it');
    await click(company, company.sam, call(company, room), 'I’m on it');
    expect(told(company.sam)).toContain(
      'You are not called. Waiting for *Legal* (Helen Park) and *Marketing* (Helen Park)',
    );
    await click(company, company.sam, call(company, room), 'I cannot: call my deputy');
    expect(told(company.sam)).toContain('You are not called');
    expect(await times(company, room, 'callout_answered')).toBe(0);
  });

  test('says for which departments, when several wait for them', async () => {
    const { helen } = company;
    await helen.click(call(company, room), 'I cannot: call my deputy');
    const view = await helen.waitForModal();
    expect(JSON.stringify(view)).toContain('For which departments?');
    helen.fill({ departments: [(await calloutOf(company, room, 'marketing'))?.id] });
    await helen.submit();
    await company.settled();
    expect(JSON.stringify(helen.modal())).toContain(
      'the crisis lead has just been told that *Marketing* needs somebody',
    );
    while (helen.modal()) await helen.close();
    expect(await calloutOf(company, room, 'marketing')).toMatchObject({ stage: 'lead', declinedIds: [helen.id] });

    await helen.click(call(company, room), 'I’m on it');
    await helen.waitForModal();
    helen.fill({
      departments: [(await calloutOf(company, room, 'legal'))?.id, (await calloutOf(company, room, 'marketing'))?.id],
    });
    await helen.submit();
    await company.settled();
    expect(JSON.stringify(helen.modal())).toContain('You are on it for *Legal and Marketing*');
    while (helen.modal()) await helen.close();
    expect(await times(company, room, 'callout_answered')).toBe(2);
    expect(linesOf(call(company, room))).toBe(1);
  });

  test('two who press at the same moment: one answer, the other is told so and recorded as on it too', async () => {
    await company.app.deps.db
      .update(departments)
      .set({ peopleIds: [company.helen.id, company.tom.id] })
      .where(eq(departments.key, 'legal'));
    await type(company, company.claire, '/crise appeler juridique le régulateur appelle', room);
    const open = call(company, room);
    await Promise.all([company.helen.click(open, 'I’m on it'), company.tom.click(open, 'I’m on it')]);
    await company.settled();
    expect(await times(company, room, 'callout_answered')).toBe(3);
    const answers = [told(company.helen), told(company.tom)];
    expect(answers.filter((text) => text.includes('You are on it for *Legal*'))).toHaveLength(1);
    expect(answers.filter((text) => text.includes('has already answered for *Legal*'))).toHaveLength(1);
  });

  test('a department called again by its name, in either language, is told its reason where it is called', async () => {
    expect(replies(company, room).at(-1)).toContain('you are called for *Legal*: le régulateur appelle');
    await moment(company);
    expect(await calloutOf(company, room, 'legal')).toMatchObject({ round: 2 });
  });

  test('a higher level calls the departments that it adds: in the thread, and in their direct message', async () => {
    expect(await calloutOf(company, room, 'management')).toBeUndefined();
    await type(company, company.claire, '/crisis level crisis the press has it', room);
    expect(await calloutOf(company, room, 'management')).toMatchObject({ stage: 'people', answeredBy: null });
    expect(replies(company, room).at(-1)).toContain(`<@${company.anne.id}>: you are called for *Management*`);
    await moment(company);
    expect(said(company, room)).toContain('○ *Management* Anne Whitfield');
    expect(contentOf(waits(company.anne))).toContain('You are called for *Management*, answer by');
  });

  test('guests and deactivated accounts are refused by name, colleagues are called', async () => {
    const guest = company.sandbox.addPerson({ id: 'U0GUEST00', name: 'Gus Guest', is_restricted: true });
    await company.settled();
    await type(company, company.claire, `/crise appeler <@${guest.id}> <@${company.marc.id}> la presse est là`, room);
    expect(told(company.claire)).toContain('*Gus Guest* : compte invité');
    expect(told(company.claire)).toContain('*Marc Delacroix*');
    const cell = await respondersOf(company.app.deps.db, await crisisIdOf(company, room));
    expect(cell.some((row) => row.userId === guest.id)).toBe(false);
    expect(cell.find((row) => row.userId === company.marc.id)).toMatchObject({ inRoom: true });
    await type(company, company.claire, '/crise appeler quelqu’un', room);
    expect(told(company.claire)).toContain('Dites qui appeler');
  });

  test('after closing the message is one line, alarms do nothing, and an older drawing says that it is closed', async () => {
    const open = structuredClone(call(company, room));
    await type(company, company.claire, '/crise clore', room);
    await company.claire.waitForModal();
    company.claire.fill({ note: 'Over' });
    await company.claire.submit();
    await company.settled();
    while (company.claire.modal()) await company.claire.close();
    const closed = company.sandbox.channel(room)?.messages.find(({ ts }) => ts === open.ts);
    expect(contentOf(closed)).toContain('nobody is called any more');
    expect(contentOf(closed)).not.toContain('responders.');
    const before = await times(company, room, 'callout_escalated');
    await company.pass(60 * MINUTE);
    expect(await times(company, room, 'callout_escalated')).toBe(before);
    await click(company, company.anne, showAgain(company, room, open), 'I’m on it');
    expect(told(company.anne)).toContain('This crisis is closed');
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('what can no longer or not yet be done', () => {
  let company: Company;
  let room: string;
  let older: Seen;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.tom });
  });
  afterAll(() => company.close());

  test('“I cannot” tells the next in line at once', async () => {
    const { helen, tom } = company;
    await click(company, helen, call(company, room), 'I cannot: call my deputy');
    expect(told(helen)).toContain('the crisis lead has just been told');
    await moment(company);
    older = structuredClone(waits(tom));
    expect(contentOf(older)).toContain('Nobody is on it for *Legal* (Helen Park cannot)');
    expect(said(company, room)).toContain('○ *Legal* Helen Park cannot; lead told');
    await click(company, helen, call(company, room), 'I cannot: call my deputy');
    expect(told(helen)).toContain('already been passed on');
  });

  test('whoever joins after their department has answered is shown beside who did', async () => {
    const { marc, claire } = company;
    await click(company, claire, call(company, room), 'I’m on it');
    await claire.invite(room, marc.id);
    await company.settled();
    await type(company, marc, '/crisis join', room);
    expect(said(company, room)).toContain('● *Communication* Claire Fontaine and Marc Delacroix');
  });

  test('somebody who has left the cell is told so at the press, before any form opens', async () => {
    const { tom, helen } = company;
    await company.pass(10 * MINUTE);
    await company.pass(10 * MINUTE);
    await type(company, helen, '/crisis lead', room);
    await tom.leave(room);
    await company.settled();
    await click(company, tom, showAgain(company, older.channel, older), 'Call someone');
    expect(tom.modal()).toBeUndefined();
    expect(told(tom)).toContain('type it in the war room');
  });

  test('the new lead hears of the silence; the former one does not any more', async () => {
    await moment(company);
    expect(contentOf(waits(company.helen))).toContain('Nobody is on it for *Management*');
    expect(contentOf(waits(company.tom))).toContain('Nothing waits on you');
  });

  test('a call made while the room is opened anew is told at once, and shown as soon as there is a room', async () => {
    const { helen, sam } = company;
    const { db } = company.app.deps;
    await db.update(crises).set({ channelId: null });
    await helen.command(`/crisis call <@${sam.id}> the press is here`, room);
    await company.leap(3_000);
    const dm = () => sam.dms().find((m) => contentOf(m).includes('calls you to this crisis'));
    await company.sandbox.waitFor(dm, { what: 'the call' });
    await db.update(crises).set({ channelId: room });
    await company.settledWithRetries();
    expect(said(company, room)).toContain('○ Sam Stranger, called by Helen Park');
    expect(replies(company, room).at(-1)).toContain('*Helen Park* calls you: the press is here');
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('people are called by what is typed', () => {
  test.each([
    ['@sam the press is here', 'sam', 'calls you: the press is here'],
    ['Sam the press is here', 'sam', 'calls you: the press is here'],
    ['@Sam Stranger', 'sam', '*Tom Becker* calls you'],
    ['legal', 'helen', 'called'],
  ])('/crisis call %s', async (typed, who, said) => {
    const company = await startCompany();
    const room = await company.declare('Soup recall', { by: company.tom });
    await type(company, company.tom, `/crisis call ${typed}`, room);
    expect(told(company.tom)).toMatch(who === 'sam' ? /I have called \*Sam Stranger\*/ : /Helen Park/);
    if (who === 'sam') expect(replies(company, room).at(-1)).toContain(said);
    await company.close();
  });

  test('a name that is nobody’s is said, and calls nobody', async () => {
    const company = await startCompany();
    const room = await company.declare('Soup recall', { by: company.tom });
    const before = await times(company, room, 'people_called');
    await type(company, company.tom, '/crisis call @zoe the press is here', room);
    expect(told(company.tom)).toContain('I know nobody called zoe here, or several');
    expect(await times(company, room, 'people_called')).toBe(before);
    await company.close();
  });
});

describe('when Slack is not well', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test.each([
    ['the answer to the call is lost', 'Soup recall', { kind: 'reset', when: 'after' }],
    ['the call is refused for a moment', 'Strike of drivers', { kind: 'http', status: 503, when: 'before' }],
  ] as const)('one call, and each mention once, although %s', async (_what, title, fault) => {
    const calls = (args: Record<string, unknown>) => /responders\.answer|you are called/.test(JSON.stringify(args));
    company.sandbox.faults.next('chat.postMessage', fault, { match: calls });
    const room = await company.declare(title, { patient: true });
    await company.settledWithRetries();
    expect(linesOf(call(company, room))).toBeLessThanOrEqual(8);
    company.sandbox.faults.next('chat.postMessage', fault, { match: calls });
    await type(company, company.claire, '/crise appeler juridique vite', room);
    await company.settledWithRetries();
    expect(replies(company, room)).toHaveLength(1);
    expect(replies(company, room)[0]).toContain(`<@${company.helen.id}>: you are called for *Legal*: vite`);
  });

  test('a call that somebody deleted is posted afresh when something is new', async () => {
    const room = await company.declare('Quite another thing');
    const { ts } = call(company, room);
    const slack = company.sandbox.channel(room);
    slack?.messages.splice(
      slack.messages.findIndex((m) => m.ts === ts),
      1,
    );
    await type(company, company.helen, '/crisis join', room);
    await company.settledWithRetries();
    expect(call(company, room).ts).not.toBe(ts);
    expect(said(company, room)).toContain('● *Legal* Helen Park');
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

describe('a large cell', () => {
  test('eight departments are called in at most eight lines, the silent ones first', async () => {
    const company = await startCompany();
    const { db } = company.app.deps;
    const more = ['hr', 'support', 'quality', 'security'].map((key, i) => ({
      workspaceId: company.app.workspaceId,
      key,
      name: i > 1 ? `Quality and security of plant ${i}` : null,
      position: 4 + i,
      peopleIds: [company.sam.id],
      deputyIds: [company.marc.id],
      groupIds: [],
    }));
    await db.insert(departments).values(more);
    const room = await company.declare('Soup recall', { by: company.tom, level: 'major' });
    expect(linesOf(call(company, room))).toBeLessThanOrEqual(8);
    expect(said(company, room).match(/[○●]/g)).toHaveLength(8);
    expect(said(company, room).indexOf('●')).toBeGreaterThan(said(company, room).lastIndexOf('○'));
    await type(company, company.tom, `/crisis call <@${company.marc.id}> one more`, room);
    expect(linesOf(call(company, room))).toBeLessThanOrEqual(8);
    expect(said(company, room)).toContain('1 more: `/crisis who`');
    expect(company.sandbox.problems).toEqual([]);
    await company.close();
  });
});

describe('a crisis that an earlier version called people to', () => {
  test('its cards and messages become one line, nobody is mentioned again, and its buttons still work', async () => {
    const company = await startCompany();
    const room = await company.declare('Soup recall', { by: company.tom });
    const { db } = company.app.deps;
    const crisisId = await crisisIdOf(company, room);
    const legal = await calloutOf(company, room, 'legal');
    // What stands in the room takes the name of a card of that version.
    await db.execute(sql`update effects set key = ${`callout:${legal?.id}`} where key = ${`call:${crisisId}`}`);
    const card = structuredClone(call(company, room));
    const old = JSON.stringify({ crisisId, calloutId: legal?.id });
    for (const block of card.blocks as { elements?: { value?: string }[] }[])
      for (const element of block.elements ?? []) if (element.value) element.value = old;
    await click(company, company.helen, showAgain(company, room, card), 'I’m on it');
    await company.settledWithRetries();
    expect(await calloutOf(company, room, 'legal')).toMatchObject({ answeredBy: company.helen.id });
    const after = company.sandbox.channel(room)?.messages.find(({ ts }) => ts === card.ts);
    expect(after?.text).toBe('Who is called is now in one message, further down.');
    expect(said(company, room)).toContain('○ *Communication* Claire Fontaine');
    expect(said(company, room)).not.toContain('<@');
    expect(replies(company, room)).toEqual([]);
    expect(company.sandbox.problems).toEqual([]);
    await company.close();
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
    const { claire } = company;
    expect(said(company, room)).toContain('dès que vous prenez le relais');
    expect(said(company, room)).toContain('j’alerte Marc Delacroix');
    await company.pass(10 * MINUTE);
    await moment(company);
    expect(said(company, room)).toContain('Marc Delacroix (suppléance ; sans réponse : Claire Fontaine)');
    expect(replies(company, room).join()).toContain('personne ne prend le relais pour le *service Juridique*');
    await click(company, claire, call(company, room), 'Je m’en charge');
    expect(said(company, room)).toContain('● *Communication* Claire Fontaine, en 10 min');
    await moment(company);
    expect(contentOf(waits(company.marc))).toContain('Rien ne vous attend');
    await type(company, claire, '/crise qui', room);
    const list = contentOf(claire.ephemerals().at(-1));
    expect(list).toContain('2 services sur 4 ont répondu');
    expect(list).toContain('Helen Park : sans réponse depuis 10 min');
    expect(company.sandbox.problems).toEqual([]);
  });
});
