import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import type { EphemeralMessage, Message, ModalView, Person } from '../../src/sandbox/server/index.ts';
import { wordingHash } from '../../src/statements/wording.ts';
import { type Company, startCompany } from '../support/company.ts';
import {
  approveAsked,
  cardFor,
  cardIn,
  choose,
  messagesIn,
  pressWaiting,
  readAsked,
  stored,
  waiting,
  write,
} from './support.ts';

describe('a statement in English', () => {
  let company: Company;
  let room: string;
  const cardsIn = (by: Person, where: string, title = 'First words') =>
    messagesIn(by, where).filter((m) => JSON.stringify(m.blocks ?? []).includes(`· ${title}*`));
  async function edit(by: Person, card: Message | EphemeralMessage, text: string, submit = false) {
    const { elements } = (card.blocks ?? []).at(-1) as unknown as {
      elements: { action_id: string; options?: { value: string }[] }[];
    };
    const menu = elements.find(({ options }) => options?.some(({ value }) => value.includes('"edit"')));
    if (menu) await choose(by, card, 'edit');
    else await by.click(card, 'statements.more:main');
    await by.waitForModal({ callbackId: 'statements.draft' });
    by.fill({ part_1: text, ...(submit ? { submit: ['now'] } : {}) });
    await by.submit();
    await company.settled();
    while (by.modal()) await by.close();
  }
  /** A message as it still stands on a screen that shows no edits. */
  const asItWas = (by: Person, where: string, card: Message): Message => {
    const found = messagesIn(by, where).find((m) => m.ts === card.ts) as Message;
    found.blocks = structuredClone(card.blocks ?? []);
    return found;
  };
  beforeAll(async () => {
    company = await startCompany();
    // In a graver one, nothing waits for the morning: the story may be told at night.
    room = await company.declare('Soup recall', { by: company.anne, level: 'crisis' });
  });
  afterAll(() => company.close());

  test('goes from draft to publication through the approval of two departments, each step in the timeline', async () => {
    const { marc, claire, helen, sandbox } = company;
    await company.sandbox.person('Anne').invite(room, [marc.id]);
    await company.settled();
    await write(company, marc, room, { submit: false });
    expect(cardsIn(claire, room)).toEqual([]);
    expect(JSON.stringify((await cardFor(company, claire, room, 1)).blocks)).toContain(
      'personne n’a encore été sollicité',
    );
    await marc.click(await cardFor(company, marc, room, 1), 'statements.submit');
    await company.settled();
    expect(cardsIn(claire, room)).toHaveLength(1);
    const asked = sandbox.transcript(room, { as: helen.id });
    expect(asked).toContain('○ *Communication* Claire Fontaine, waiting since');
    expect(asked).toContain('○ *Legal* Helen Park, waiting since');
    expect(await waiting(company, helen)).toContain(
      '*Approve statement 1* “First words”, version 1, for Legal. Asked by Marc',
    );

    const form = await approveAsked(company, helen, 'Approve statement 1');
    expect(form).toContain('Some customers report glass in a soup. We are stopping its sale.');
    expect(await waiting(company, helen)).not.toContain('Approve statement 1');
    expect((await stored(company, room)).last?.status).toBe('in_review');
    await claire.click(cardIn(claire, room, 'statements.approve'), 'statements.approve');
    await company.settled();
    expect((await stored(company, room)).last?.status).toBe('approved');
    expect(await waiting(company, marc)).toContain('Publier le communiqué 1');

    await company.pass(2 * MINUTE);
    await claire.click(cardIn(claire, room, 'Mark as published'), 'Mark as published…');
    await claire.waitForModal({ callbackId: 'statements.publish' });
    claire.fill({ url: 'https://aurore.example/news', no_next: ['none'] });
    expect((await claire.submit()).outcome).toBe('closed');
    await company.settled();
    const { last, entries } = await stored(company, room);
    expect(last).toMatchObject({ status: 'published', publishedUrl: 'https://aurore.example/news' });
    expect(entries.map((e) => e.kind)).toEqual([
      'statement_drafted',
      'statement_submitted',
      'statement_approval',
      'statement_approval',
      'statement_approved',
      'statement_published',
    ]);
    const hash = last?.current.hash ?? '';
    for (const entry of entries) {
      expect(entry.data).toMatchObject({ statementId: last?.id, version: 1, hash });
      expect(entry.textEn).toContain(`version 1 (${hash.slice(0, 8)})`);
      expect(entry.textFr).toContain(`version 1 (${hash.slice(0, 8)})`);
    }
    expect(sandbox.transcript(room, { as: claire.id })).toContain('https://aurore.example/news');
    expect(cardsIn(claire, room)).toHaveLength(1);
    for (const person of [helen, marc]) expect(await waiting(company, person)).not.toMatch(/(statement|communiqué) 1/);
  });

  test('loses every approval when one character changes, in the card where it stands, and who approved is told at once', async () => {
    const { claire, helen, marc, sandbox } = company;
    await write(company, marc, room, { title: 'Second words' });
    const card = cardIn(claire, room, 'Second words');
    await helen.click(card, 'statements.approve');
    await company.settled();
    await edit(claire, card, 'Some customers report glass in a soup. We are stopping all sales.');
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'draft', current: { number: 2, authorId: claire.id } });
    expect(last?.verdicts.map((v) => v.versionNumber)).toEqual([1]);
    const now = messagesIn(claire, room).find((m) => m.ts === card.ts);
    expect(JSON.stringify(now?.blocks)).toContain('We are stopping all sales.');
    expect(JSON.stringify(now?.blocks)).not.toContain('statements.approve');
    expect(cardsIn(claire, room, 'Second words')).toHaveLength(1);
    expect(sandbox.transcript(room, { as: helen.id })).toContain(
      'The approval of the version before by Legal (Helen Park) is void',
    );
    await company.pass(2 * MINUTE);
    expect(await waiting(company, helen)).toContain('*Your approval of statement 2 is void* “Second words”: Claire');
  });

  test('shows what changed between two versions', async () => {
    const { helen } = company;
    await choose(helen, cardIn(helen, room, 'Second words', 'statements.submit'), 'diff');
    const modal = await helen.waitForModal({ callbackId: 'statements.differences' });
    expect(JSON.stringify(modal.blocks)).toContain('[− its sale−]');
    expect(JSON.stringify(modal.blocks)).toContain('[+ all sales+]');
    expect(JSON.stringify(modal.blocks)).toContain('"strike":true');
    await helen.close();
  });

  test('is not approved by its author, who is told why', async () => {
    const { claire, helen, anne } = company;
    const card = cardIn(claire, room, 'Second words', 'statements.submit');
    await helen.click(card, 'statements.submit');
    await company.settled();
    const asked = await readAsked(company, anne, 'Approve statement 2');
    expect(asked).toContain('The text has changed since version 1.');
    expect(asked).toContain('The approval by Legal (Helen Park) is void');
    expect(asked).toContain('[+ all sales+]');
    await anne.click(anne.modal() as ModalView, 'See differences');
    await anne.waitForModal({ callbackId: 'statements.differences' });
    while (anne.modal()) await anne.close();
    const waits = cardIn(claire, room, 'Second words', 'statements.approve');
    for (const person of [claire, helen]) {
      await person.click(waits, 'statements.approve');
      await company.settled();
    }
    expect(helen.ephemerals(room).at(-1)?.text).toContain('nobody approves what they submitted');
    expect(claire.ephemerals(room).at(-1)?.text).toContain('personne ne valide ses propres mots');
    expect(JSON.stringify((await cardFor(company, claire, room, 2)).blocks)).toContain(
      'personne ne valide ses propres mots',
    );
    const { last } = await stored(company, room);
    expect(last?.status).toBe('in_review');
    expect(last?.verdicts.filter((v) => v.versionNumber === last.current.number)).toEqual([]);
  });

  test('refuses a button of an old drawing, says who wrote the new text, and shows that one', async () => {
    const { anne, helen, marc, sandbox } = company;
    await write(company, marc, room, { title: 'Third words' });
    const card = structuredClone(cardIn(anne, room, 'Third words'));
    await edit(anne, card, 'Rewritten.', true);
    expect(messagesIn(anne, room).find((m) => m.ts === card.ts)?.blocks).not.toEqual(card.blocks);
    for (const label of ['statements.approve', 'Request changes…'] as const) {
      await helen.click(asItWas(helen, room, card), label);
      await company.settled();
      const form = JSON.stringify((await helen.waitForModal({ callbackId: 'statements.read' })).blocks);
      expect(form).toContain('There is a version 2 by Anne Whitfield');
      expect(form).toContain('Rewritten.');
      expect(form).toContain('statements.approve');
      while (helen.modal()) await helen.close();
    }
    expect(sandbox.problems).toEqual([]);
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'in_review', verdicts: [] });
  });

  test('a form that was open while a new version came says so, and shows that one', async () => {
    const { helen, tom } = company;
    await readAsked(company, helen, 'Third words');
    await edit(tom, cardIn(tom, room, 'Third words', 'statements.approve'), 'Rewritten again.', true);
    await helen.click(helen.modal() as ModalView, 'statements.approve');
    await company.settled();
    const form = JSON.stringify(helen.modal()?.blocks);
    expect(form).toContain('There is a version 3 by Tom Becker');
    expect(form).toContain('Rewritten again.');
    expect((await stored(company, room)).last?.verdicts).toEqual([]);
    await helen.click(helen.modal() as ModalView, 'statements.approve');
    await company.settled();
    expect((await stored(company, room)).last?.verdicts).toMatchObject([{ versionNumber: 3, userId: helen.id }]);
    while (helen.modal()) await helen.close();
  });

  test('two people who approve at the same moment both count, once each', async () => {
    const { claire, helen, marc } = company;
    await write(company, marc, room, { title: 'Fourth words' });
    const card = cardIn(claire, room, 'Fourth words');
    await Promise.all([claire.click(card, 'statements.approve'), helen.click(card, 'statements.approve')]);
    await company.settled();
    const { last, entries } = await stored(company, room);
    expect(last?.status).toBe('approved');
    expect(last?.verdicts.map((v) => v.department).toSorted()).toEqual(['communication', 'legal']);
    expect(entries.filter((e) => e.kind === 'statement_approved' && e.data['statementId'] === last?.id)).toHaveLength(
      1,
    );
  });

  test('an approval and a rejection at the same moment: one of the two counts, and the other is told', async () => {
    const { claire, helen, marc } = company;
    await write(company, marc, room, { title: 'Contested words' });
    await claire.click(cardIn(claire, room, 'Contested words'), 'Request changes…');
    await claire.waitForModal({ callbackId: 'statements.reason' });
    claire.fill({ reason: 'Too long' });
    const [sent] = await Promise.all([
      claire.submit(),
      helen.click(cardIn(helen, room, 'Contested words'), 'statements.approve'),
    ]);
    await company.settled();
    const { last } = await stored(company, room);
    expect(last?.status).toBe('changes_requested');
    expect(sent.outcome).toBe('closed');
    if (last?.verdicts.length === 1) expect(helen.ephemerals(room).at(-1)?.text).toContain('not in review');
    expect(cardsIn(claire, room, 'Contested words')).toHaveLength(1);
  });

  test('goes back to its author with the reason, and a button to edit', async () => {
    const { helen, marc } = company;
    await write(company, marc, room, { title: 'Fifth words' });
    await readAsked(company, helen, 'Fifth words');
    await helen.click(helen.modal() as ModalView, 'Request changes…');
    await helen.waitForModal({ callbackId: 'statements.reason' });
    helen.fill({ reason: '   ' });
    expect(await helen.submit()).toMatchObject({
      outcome: 'errors',
      errors: { reason: expect.stringContaining('Say why') },
    });
    helen.fill({ reason: 'The batch <number> is *wrong* & <!here>' });
    await helen.submit();
    await company.settled();
    expect(JSON.stringify(helen.modal()?.blocks)).toContain('The author has your words');
    while (helen.modal()) await helen.close();
    const { last } = await stored(company, room);
    expect(last?.status).toBe('changes_requested');
    expect(JSON.stringify(cardIn(helen, room, 'Fifth words').blocks)).toContain(
      'The batch <number> is *wrong* & <!here>',
    );
    await pressWaiting(company, marc, `demande des modifications* du communiqué ${last?.number}`);
    const form = await marc.waitForModal({ callbackId: 'statements.draft' });
    expect(JSON.stringify(form.blocks)).toContain('Some customers report glass');
    await marc.close();
  });

  test('shows on whom each statement waits, and since when', async () => {
    const { helen, sam } = company;
    await company.pass(3 * MINUTE);
    await helen.command('/crisis statements', room);
    await company.settled();
    const list = JSON.stringify(helen.ephemerals(room).at(-1)?.blocks);
    expect(list).toContain(
      '*2 Second words* · ⏳ In review · Communication (Anne Whitfield) and Legal (Anne Whitfield) for ',
    );
    expect(list).toContain('*6 Fifth words* · ✏️ Changes requested');
    await helen.command('/crisis statement 4', room);
    await company.settled();
    expect(JSON.stringify(helen.ephemerals(room).at(-1)?.blocks)).toContain('Fourth words');
    await sam.command('/crisis statements', '#general');
    await company.settled();
    expect(JSON.stringify(sam.ephemerals('#general'))).not.toContain('words');
  });

  test('is withdrawn with a reason, and one that is out must be taken down by hand', async () => {
    const { claire } = company;
    await choose(claire, cardIn(claire, room, 'First words'), 'withdraw');
    await claire.waitForModal({ callbackId: 'statements.reason' });
    claire.fill({ reason: 'Wrong batch' });
    await claire.submit();
    await company.settled();
    expect(company.sandbox.transcript(room, { as: claire.id })).toContain(
      'It was published and must be taken down by hand: https://aurore.example/news',
    );
  });

  test('calls into the room those who must approve and are not in it, and a press that Slack brings twice counts once', async () => {
    const { claire, anne, tom, sandbox } = company;
    const other = await company.declare('Data leak', { by: claire, level: 'incident' });
    expect(() => anne.sees(other)).toThrow();
    await write(company, tom, other, { title: 'We apologise', kind: 'sensitive' });
    expect(sandbox.transcript(other, { as: anne.id })).toContain('*Management* Anne Whitfield, waiting since');
    await readAsked(company, anne, 'We apologise');
    sandbox.faults.deliverTwice('block_actions');
    await anne.click(anne.modal() as ModalView, 'statements.approve');
    await company.settled();
    const { last } = await stored(company, other);
    expect(last?.verdicts).toMatchObject([{ department: 'management', userId: anne.id, capacity: 'person' }]);
    expect(JSON.stringify(anne.modal()?.blocks)).toContain('is recorded');
    while (anne.modal()) await anne.close();
  });

  test('is compared with whichever earlier version is picked', async () => {
    const { claire } = company;
    await write(company, claire, room, { title: 'Sixth words', text: 'One.', submit: false });
    const number = (await stored(company, room)).last?.number ?? 0;
    for (const text of ['Two.', 'Three.']) await edit(claire, await cardFor(company, claire, room, number), text);
    await choose(claire, await cardFor(company, claire, room, number), 'diff');
    const shown = () => JSON.stringify(claire.modal()?.blocks);
    const form = await claire.waitForModal({ callbackId: 'statements.differences' });
    expect(shown()).toContain('De la version 2 à la version 3');
    await claire.select(form, 'statements.compare', '1');
    await company.settled();
    expect(shown()).toContain('De la version 1 à la version 3');
    expect(shown()).toContain('[−One');
    await claire.close();
  });

  test('keeps every wording under the hash that was approved', async () => {
    const { all, versions } = await stored(company, room);
    for (const statement of all)
      for (const version of await versions(statement.id)) expect(wordingHash(version)).toBe(version.hash);
  });

  test('sends nothing that Slack would refuse', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});
