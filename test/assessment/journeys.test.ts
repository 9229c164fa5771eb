import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessmentOutcomes, assessments, crises, matters, reassessments } from '../../db/schema/index.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import type { Message, Person } from '../../src/sandbox/server/index.ts';
import { verifyChain } from '../../src/timeline/chain.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { pressWaiting, waiting } from '../statements/support.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';
import { assessThrough } from './support.ts';

let company: Company;
const db = () => company.app.deps.db;
const form = (person: Person): string => JSON.stringify(person.modal() ?? '');
const closeAll = async (...people: Person[]) => {
  for (const person of people) while (person.modal()) await person.close();
};
const assess = (person: Person, given: Record<string, unknown>) =>
  assessThrough(person, given, () => company.settled());
const open = async (person: Person, text: string, where = '#general') => {
  await closeAll(person);
  await person.command(text, where);
  await person.waitForModal({ callbackId: 'assessment.assess' });
};
const press = async (person: Person, id: string) => {
  const view = person.modal();
  if (!view) throw new Error('no form is open');
  await person.click(view, id);
  await company.settled();
};
const pick = async (person: Person, label: string) => {
  const view = person.modal();
  if (!view) throw new Error('no form is open');
  await person.select(view, { actionId: 'assessment.menu' }, label);
  await company.settled();
};
const calm = {
  harm: '0',
  legal: '0',
  reach: '0',
  source: '1',
  evidence: '0',
  sentiment: '0',
  business: '0',
  internal: '0',
};
const grave = {
  harm: '1',
  legal: '1',
  reach: '3',
  source: '3',
  evidence: '4',
  sentiment: '3',
  business: '1',
  internal: '2',
};
const contained = {
  harm: '0',
  legal: '1',
  reach: '2',
  source: '1',
  evidence: '1',
  sentiment: '4',
  business: '2',
  internal: '0',
};
const matter = async (title: string) => {
  const found = (await db().select().from(matters)).find((one) => one.title === title);
  if (!found) throw new Error(`no matter ${title}`);
  return found;
};
const crisisOf = async (room: string) => {
  const found = (await db().select().from(crises)).find((one) => one.channelId === room);
  if (!found) throw new Error('no crisis');
  return found;
};
const timeline = async (room: string) => {
  const crisis = await crisisOf(room);
  const entries = await entriesOf(db(), crisis.id);
  return entries;
};
const dms = (person: Person, start: RegExp): Message[] => person.dms().filter((m) => start.test(m.text));
const inRoom = (room: string): Message[] =>
  company.claire.sees(room).filter((m): m is Message => m.type === 'message' && / out of 100$| sur 100$/.test(m.text));

describe('not every remark is a crisis', () => {
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test('an angry remark is assessed, routed to ordinary care in one press, and counted as no crisis', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess One furious tweet');
    expect(form(helen)).toContain('One furious tweet');
    await assess(helen, { ...calm, source: '0', sentiment: '3', evidence: '1' });
    expect(form(helen)).toContain('Proposed level: *⚪ Routine*');
    expect(form(helen)).toContain(
      'What weighs most: Hostility (Strongly negative, mockery) and Believable (An assertion)',
    );
    expect(form(helen)).toContain('10.5 out of 100');
    expect(form(helen)).toContain('below 15, the level is Routine');
    await press(helen, 'assessment.move:ordinary');
    expect(form(helen)).toContain('Not a crisis: *Helen');
    expect(await matter('One furious tweet')).toMatchObject({ status: 'ordinary', crisisId: null });
    await closeAll(helen);
    await helen.command('/crisis assess list', '#general');
    await company.settled();
    expect(JSON.stringify(helen.ephemerals().at(-1))).toContain('1 routed to ordinary care, 0 declared');
  });

  test('an empty form gives no level, and says so at a field', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess Something or other');
    const answer = await assess(helen, {});
    expect(JSON.stringify(answer)).toContain('from nothing no level follows');
    expect(helen.modal()?.callback_id).toBe('assessment.rest');
    expect((await db().select().from(matters)).filter(({ title }) => title === 'Something or other')).toEqual([]);
    await closeAll(helen);
  });

  test('going back from the second step finds the first as it was left, with nothing kept before', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess A letter from a lawyer');
    helen.fill({ harm: '1', legal: '2' });
    await helen.submit();
    expect(helen.modal()?.callback_id).toBe('assessment.rest');
    await helen.close();
    expect(helen.modal()?.callback_id).toBe('assessment.assess');
    const { values } = helen.modal() as unknown as { values: Record<string, Record<string, unknown>> };
    expect(JSON.stringify(values)).toMatch(/legal.*"2"/);
    expect((await db().select().from(assessments)).length).toBe(1);
    await closeAll(helen);
  });

  test('where people decide, the first step is enough: eight presses at most, and the rest can still be said', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess A child is in hospital');
    helen.fill({ harm: '4' });
    await helen.submit();
    await company.settled();
    expect(form(helen)).toContain('Proposed level: *🟠 Crisis*');
    expect(form(helen)).toContain('Death, serious injury or imminent danger: at least Crisis');
    await pick(helen, 'Say more…');
    expect(helen.modal()?.callback_id).toBe('assessment.rest');
    helen.fill({ reach: '4', source: '4', evidence: '3', sentiment: '4' });
    await helen.submit();
    await company.settled();
    expect(form(helen)).toContain('Proposed level: *🔴 Major crisis*');
    const all = (await db().select().from(assessments)).filter(({ values }) => values.harm === 4);
    expect(all.map(({ values }) => values.reach)).toEqual([null, 4]);
    await closeAll(helen);
  });

  test('Declare is red only once what is known makes it an incident, whatever else comes out', async () => {
    const { helen } = company;
    type Drawn = { type: string; elements?: { action_id?: string; style?: string }[] };
    const drawn = () =>
      ((helen.modal()?.blocks ?? []) as Drawn[])
        .filter(({ type }) => type === 'actions')
        .flatMap(({ elements }) => elements ?? []);
    const declareButton = () => drawn().find(({ action_id }) => action_id === 'assessment.move:declare');
    await open(helen, '/crisis assess A rumour');
    await assess(helen, { reach: '2', sentiment: '3' });
    expect(form(helen)).toContain('Proposed level: *🟡 Incident*');
    expect(declareButton()?.style).toBe('primary');
    await closeAll(helen);
    await open(helen, '/crisis assess A threat');
    await assess(helen, { flags: ['threat'] });
    expect(declareButton()?.style).toBe('danger');
    expect(drawn()).toHaveLength(4);
    await closeAll(helen);
  });

  test('what is unknown is shown as a range, and which answer would make it a crisis', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess Customers complain');
    await assess(helen, {
      ...calm,
      harm: 'unknown',
      legal: 'unknown',
      reach: '2',
      source: '1',
      sentiment: '3',
      evidence: '2',
      internal: '1',
    });
    expect(form(helen)).toContain('43.5 (27.5–59.5) out of 100');
    expect(form(helen)).toContain(
      'would become *Crisis* if People harmed, unknown today, turns out to be “Death, serious injury or imminent danger”',
    );
    await closeAll(helen);
  });

  test('a message is assessed from its menu, with the way back to it', async () => {
    const message = await company.sam.say('#general', 'They found a screw in a jar\nand posted it');
    await company.helen.messageShortcut('assessment.from_message', message);
    const shown = JSON.stringify(await company.helen.waitForModal({ callbackId: 'assessment.assess' }));
    expect(shown).toContain('They found a screw in a jar"');
    const link = `/archives/${message.channel}/p${message.ts.replace('.', '')}`;
    expect(shown).toContain(link);
    await assess(company.helen, grave);
    await press(company.helen, 'assessment.move:declare');
    const declaration = JSON.stringify(await company.helen.waitForModal({ callbackId: 'crises.declare' }));
    expect(declaration).toContain('They found a screw in a jar\\nand posted it\\n\\n');
    expect(declaration).toContain(link);
    await closeAll(company.helen);
  });

  test('a watch reminds once, is assessed again where it stands, and becomes a crisis that knows where it came from', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess A boycott is called for');
    await assess(helen, {
      ...calm,
      reach: '1',
      source: '1',
      sentiment: '3',
      evidence: '3',
      url: 'https://example.com/post',
    });
    expect(form(helen)).toContain('Proposed level: *🔵 Watch*');
    await press(helen, 'assessment.move:watch');
    expect(helen.modal()?.callback_id).toBe('assessment.watch');
    await helen.submit();
    await company.settled();
    expect(form(helen)).toContain('keeps it as a watch');
    const kept = await matter('A boycott is called for');
    expect((kept.reassessAt?.getTime() ?? 0) - kept.openedAt.getTime()).toBeGreaterThan(3.9 * HOUR);
    await closeAll(helen);

    await company.pass(4 * HOUR + MINUTE);
    await company.pass(8 * HOUR);
    const [reminder, ...more] = dms(helen, /^Time to look again/);
    expect(more).toEqual([]);
    await helen.click(reminder as Message, 'assessment.move:again');
    await helen.waitForModal({ callbackId: 'assessment.assess' });
    await assess(helen, {
      harm: '1',
      reach: '3',
      source: '3',
      evidence: '4',
      legal: '1',
      business: '1',
      internal: '2',
    });
    expect(form(helen)).toContain('Proposed level: *🟠 Crisis*');
    expect(dms(helen, /^Time to look again/)).toEqual([]);
    expect(dms(helen, /A boycott is called for: it was looked at again/)).toHaveLength(1);

    await press(helen, 'assessment.move:declare');
    await helen.waitForModal({ callbackId: 'crises.declare' });
    expect(form(helen)).toContain('A boycott is called for');
    expect(form(helen)).toContain('Assessed beforehand: Crisis, 56.5 out of 100');
    expect(form(helen)).toContain('https://example.com/post');
    await helen.submit();
    await company.settled();
    await closeAll(helen);
    const declared = await matter('A boycott is called for');
    expect(declared).toMatchObject({ status: 'declared', alarmKey: null });
    const crisis = (await db().select().from(crises)).find(({ id }) => id === declared.crisisId);
    expect(crisis).toMatchObject({ title: 'A boycott is called for', level: 'crisis', declaredBy: helen.id });
    const entries = await entriesOf(db(), crisis?.id ?? '');
    expect(entries.find(({ kind }) => kind === 'assessed_before')).toMatchObject({ actorId: helen.id });
    expect((await db().select().from(assessmentOutcomes)).map(({ kind }) => kind)).toContain('declared');
  });

  test('a watch can be ended from its reminder', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess Rumour about a plant');
    await assess(helen, { ...calm, reach: '1', source: '1', sentiment: '3', evidence: '3' });
    await press(helen, 'assessment.move:watch');
    await helen.submit();
    await company.settled();
    await closeAll(helen);
    await company.pass(4 * HOUR + MINUTE);
    const [reminder] = dms(helen, /^Time to look again/);
    await helen.click(reminder as Message, 'assessment.move:end');
    await company.settled();
    expect(await matter('Rumour about a plant')).toMatchObject({ status: 'ended', reassessAt: null, remindedId: null });
    expect(dms(helen, /Rumour about a plant: watch ended/)).toHaveLength(1);
  });

  test('a level chosen against the computed one needs a reason, and stands beside it', async () => {
    const { helen } = company;
    await open(helen, '/crisis assess Leak of a memo');
    await assess(helen, { ...calm, ...contained });
    await pick(helen, 'Choose another level…');
    helen.fill({ level: 'crisis' });
    expect(JSON.stringify(await helen.submit())).toContain('reason');
    helen.fill({ reason: 'The memo names a minor' });
    await helen.submit();
    await company.settled();
    expect(form(helen)).toContain('chose *🟠 Crisis* instead: The memo names a minor');
    expect(form(helen)).toContain('Proposed level: *🟡 Incident*');
    await closeAll(helen);
  });

  test('colleagues without a part in it do not see it; communication and management do', async () => {
    const seen = async (person: Person) => {
      await person.command('/crisis assess list', '#general');
      await company.settled();
      return JSON.stringify(person.ephemerals().at(-1));
    };
    expect(await seen(company.sam)).not.toContain('Leak of a memo');
    expect(await seen(company.tom)).not.toContain('Leak of a memo');
    expect(await seen(company.anne)).toContain('Leak of a memo');
    expect(await seen(company.claire)).toContain('Leak of a memo');
    await company.anne.openHome();
    await company.settled();
    expect(JSON.stringify(company.anne.home())).toContain('Leak of a memo');
    await company.sam.openHome();
    await company.settled();
    expect(JSON.stringify(company.sam.home())).not.toContain('Leak of a memo');
  });

  test('a press on a state that somebody else changed changes nothing, and says who', async () => {
    const { helen, anne } = company;
    await open(helen, '/crisis assess Two at once');
    await assess(helen, { ...calm, ...contained });
    await anne.command('/crisis assess list', '#general');
    await company.settled();
    const list = anne.ephemerals().at(-1);
    if (!list) throw new Error('no list');
    await press(helen, 'assessment.move:ordinary');
    await closeAll(helen);
    // The newest one that waits for a decision stands first.
    await anne.select(list, { actionId: 'assessment.menu' }, 'Route to ordinary care');
    await company.settled();
    expect(JSON.stringify(anne.ephemerals().at(-1))).toMatch(/Helen.*(changed this|a modifié)/);
    expect(await matter('Two at once')).toMatchObject({ status: 'ordinary', version: 2 });
  });

  test('weights are compared with the past before they are saved with a reason, and count from then on', async () => {
    const { anne } = company;
    await anne.command('/crisis calibrate', '#general');
    await anne.waitForModal({ callbackId: 'assessment.calibrate' });
    await press(anne, 'assessment.add_case');
    anne.fill({
      ...calm,
      title: 'Broken lids',
      level: 'crisis',
      reach: '3',
      source: '3',
      business: '4',
      evidence: '3',
    });
    await anne.submit();
    await company.settled();
    expect(anne.modal()?.callback_id).toBe('assessment.calibrate');
    expect(form(anne)).toMatch(/1 (entered by hand|saisi à la main)/);
    anne.fill({ weight_business: '28' });
    expect(JSON.stringify(await anne.submit())).toContain('120');
    anne.fill({ weight_harm: '10', weight_sentiment: '0' });
    await anne.submit();
    await company.settled();
    expect(anne.modal()?.callback_id).toBe('assessment.save_weights');
    expect(form(anne)).toContain('*Broken lids*: 🟡 Incident → 🟠 Crisis');
    expect(form(anne)).toContain('Leak of a memo');
    anne.fill({ reason: 'Sales decide our crises' });
    await anne.submit();
    await company.settled();
    await closeAll(anne);
    await open(company.helen, '/crisis assess After the change');
    await assess(company.helen, { ...calm, business: '4' });
    expect(form(company.helen)).toContain('your weights, version 1');
    expect(form(company.helen)).toContain('31.5 out of 100');
    await closeAll(company.helen);
    const all = await db().select().from(assessments);
    expect(new Set(all.map(({ weightsVersion }) => weightsVersion))).toEqual(new Set([0, 1]));
  });

  test('somebody who has no say in the weights is told who has', async () => {
    await company.tom.command('/crisis calibrate', '#general');
    await company.settled();
    expect(JSON.stringify(company.tom.ephemerals().at(-1))).toContain('Weights are for communication, management');
  });

  test('Slack would have taken everything that was shown', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('a crisis is assessed again', () => {
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.helen, level: 'incident' });
  });
  afterAll(() => company.close());
  const asked = async () => (await waiting(company, company.helen)).includes('assessment.again');

  test('the lead is asked once when the time of the level has come', async () => {
    expect(await asked()).toBe(false);
    await company.pass(2 * HOUR + MINUTE);
    await company.pass(12 * HOUR);
    expect(await asked()).toBe(true);
    expect(await waiting(company, company.helen)).toContain('*Is it still 🟡 Incident?* Time to assess it again.');
    expect(company.helen.dms().filter((m) => JSON.stringify(m.blocks).includes('Is it still'))).toHaveLength(1);
  });

  test('what is left open for two minutes is proposed to the room in three lines, and raising is one press of the cell', async () => {
    const { helen } = company;
    await pressWaiting(company, helen, 'Is it still');
    await helen.waitForModal({ callbackId: 'assessment.assess' });
    await assess(helen, grave);
    expect(form(helen)).toContain('The level in force is *🟡 Incident*');
    await closeAll(helen);
    expect(await asked()).toBe(false);
    expect(inRoom(room)).toEqual([]);
    await company.pass(2 * MINUTE);
    const [result] = inRoom(room);
    const [said, acts] = (result?.blocks ?? []) as unknown as [
      { text: { text: string } },
      { elements: { text: { text: string } }[] },
    ];
    expect(said.text.text.split('\n')).toHaveLength(3);
    expect(said.text.text).toContain('*Helen Park* proposes *🟠 Crisis*. The level in force is *🟡 Incident*.');
    expect(acts.elements.map(({ text }) => text.text)).toEqual(['Set the level: Crisis', 'See why…']);
    await company.tom.click(result as Message, 'assessment.see');
    await company.tom.waitForModal({ callbackId: 'assessment.notice' });
    expect(form(company.tom)).toContain('56.5 out of 100');
    await closeAll(company.tom);
    await company.tom.click(result as Message, 'assessment.apply');
    await company.settled();
    const [after] = inRoom(room);
    expect(JSON.stringify(after?.blocks)).toContain('Tom Becker* set the level to *🟠 Crisis*');
    expect(JSON.stringify(after?.blocks)).not.toContain('assessment.apply');
    const entries = await timeline(room);
    expect(entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['crisis_assessed', 'level_changed']));
    expect(entries.find(({ kind }) => kind === 'level_changed')?.textEn).toContain('assessed at 56.5 out of 100');
  });

  test('coming down takes a second assessment six hours later; what is decided in the form never asks the room', async () => {
    const { helen } = company;
    const again = async () => {
      await open(helen, '/crisis assess', room);
      await assess(helen, contained);
      return form(helen);
    };
    expect(await again()).toContain('Held at Crisis. The values give Incident');
    await company.pass(3 * HOUR);
    expect(await again()).toContain('Held at Crisis');
    await company.pass(3 * HOUR + MINUTE);
    expect(await again()).toContain('Proposed level: *🟡 Incident*');
    await press(helen, 'assessment.apply');
    expect(form(helen)).toContain('That is the level in force');
    expect((await crisisOf(room)).level).toBe('incident');
    await company.pass(3 * MINUTE);
    expect(inRoom(room)).toHaveLength(1);
    expect(JSON.stringify(inRoom(room)[0]?.blocks)).toContain('assessed again since');
  });

  test('another level than the computed one needs a reason, which the timeline and the room keep', async () => {
    const { helen } = company;
    await press(helen, 'assessment.override');
    await helen.waitForModal({ callbackId: 'assessment.override' });
    helen.fill({ level: 'major', reason: 'The minister is about to speak' });
    await helen.submit();
    await company.settled();
    expect((await crisisOf(room)).level).toBe('major');
    expect(form(helen)).toContain('*🔴 Major crisis* instead: The minister is about to speak');
    await closeAll(helen);
    const changed = (await timeline(room)).findLast(({ kind }) => kind === 'level_changed');
    expect(changed?.textEn).toContain(
      'The minister is about to speak (against the assessment: 32.5 out of 100, Incident)',
    );
    const told = company.claire.sees(room).findLast(({ text }) => text.includes('the level is now'));
    expect(JSON.stringify(told)).toContain('*🔴 Major crisis* ⬆ was Incident');
    expect(JSON.stringify(told)).toContain('The minister is about to speak');
  });

  test('a stranger to the room assesses nothing there', async () => {
    const crisis = await crisisOf(room);
    const before = (await db().select().from(assessments)).length;
    await company.sam.command('/crisis assess', '#general');
    await company.sam.waitForModal({ callbackId: 'assessment.assess' });
    await closeAll(company.sam);
    expect((await db().select().from(assessments)).length).toBe(before);
    expect(crisis.level).toBe('major');
  });

  test('there is one plan, its reminders stop at the close, and the timeline is whole', async () => {
    const { helen } = company;
    await company.pass(35 * MINUTE);
    expect(await asked()).toBe(true);
    expect(await db().select().from(reassessments)).toHaveLength(1);
    await open(helen, '/crisis assess', room);
    await assess(helen, grave);
    await closeAll(helen);
    expect(await asked()).toBe(false);
    await helen.command('/crisis close', room);
    await helen.waitForModal();
    fillClosing(helen, 'Over');
    await helen.submit();
    await company.settled();
    await closeAll(helen);
    await company.pass(5 * HOUR);
    expect(await asked()).toBe(false);
    const crisis = await crisisOf(room);
    expect(verifyChain(crisis.id, await entriesOf(db(), crisis.id))).toBeNull();
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('en français', () => {
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
  });
  afterAll(() => company.close());

  test('une évaluation se fait, se garde en veille et se rappelle en français', async () => {
    const { claire } = company;
    await open(claire, '/crise évaluer Un mème satirique');
    expect(form(claire)).toContain('Est-ce une crise ?');
    expect(form(claire)).toContain('Détresse, gêne pour beaucoup');
    await assess(claire, { ...calm, reach: '2', source: '1', sentiment: '1' });
    expect(form(claire)).toContain('Niveau proposé : *🔵 Veille*');
    expect(form(claire)).toContain('à partir de 15, le niveau est « Veille »');
    await press(claire, 'assessment.move:watch');
    await claire.submit();
    await company.settled();
    expect(form(claire)).toContain('garde ce sujet en veille');
    await closeAll(claire);
    await company.pass(4 * HOUR + MINUTE);
    expect(dms(claire, /^À revoir maintenant : Un mème satirique/)).toHaveLength(1);
    await claire.command('/crise évaluer liste', '#general');
    await company.settled();
    expect(JSON.stringify(claire.ephemerals().at(-1))).toContain('Le moment de revoir ce sujet est passé');
  });

  test('une crise se réévalue dans sa cellule, et la main courante le dit', async () => {
    const { claire } = company;
    const room = await company.declare('Rappel de soupe', { level: 'incident' });
    await open(claire, '/crise évaluer', room);
    await assess(claire, grave);
    await closeAll(claire);
    await company.pass(2 * MINUTE);
    const [result] = inRoom(room);
    expect(JSON.stringify(result?.blocks)).toContain('Fixer le niveau : Crise');
    await claire.click(result as Message, 'assessment.apply');
    await company.settled();
    const entry = (await timeline(room)).findLast(({ kind }) => kind === 'level_changed');
    expect(entry?.textFr).toContain(
      '« Incident » à « Crise » : évaluation à 56,5 sur 100. Le score décide : à partir de 50',
    );
    expect(company.sandbox.problems).toEqual([]);
  });
});
