import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import { wordingHash } from '../../src/statements/wording.ts';
import { type Company, startCompany } from '../support/company.ts';
import { cardIn, lastDm, messagesIn, stored, write } from './support.ts';

describe('a statement in English', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.anne, level: 'incident' });
  });
  afterAll(() => company.close());

  test('goes from draft to publication through the approval of two departments, each step in the timeline', async () => {
    const { marc, claire, helen, sandbox } = company;
    await company.sandbox.person('Anne').invite(room, [marc.id]);
    await company.settled();
    await write(company, marc, room, { submit: false });
    const draft = cardIn(claire, room, 'First words');
    expect(sandbox.transcript(room, { as: claire.id })).toContain('Draft: nobody has been asked yet.');
    await marc.click(draft, 'statements.submit');
    await company.settled();
    const asked = sandbox.transcript(room, { as: helen.id });
    expect(asked).toContain('*Communication*: waiting on @Claire Fontaine');
    expect(asked).toContain('*Legal*: waiting on @Helen Park');
    expect(lastDm(helen, 'asks for your approval').text).toBe('Statement 1 “First words” waits for approval');

    await helen.click(lastDm(helen, 'First words'), 'statements.approve');
    await company.settled();
    expect(JSON.stringify(lastDm(helen, 'First words').blocks)).toContain('You approved this version');
    expect((await stored(company, room)).last?.status).toBe('in_review');
    await claire.click(cardIn(claire, room, 'statements.approve'), 'statements.approve');
    await company.settled();
    expect((await stored(company, room)).last?.status).toBe('approved');
    expect(lastDm(marc, 'est validé').blocks).toBeDefined();

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
  });

  test('loses every approval when one character changes, and the old card has no button any more', async () => {
    const { claire, helen, marc, sandbox } = company;
    await write(company, marc, room, { title: 'Second words' });
    const first = cardIn(claire, room, 'Second words');
    await helen.click(first, 'statements.approve');
    await company.settled();
    await claire.click(first, 'Edit…');
    await claire.waitForModal({ callbackId: 'statements.draft' });
    claire.fill({ part_1: 'Some customers report glass in a soup. We are stopping all sales.' });
    await claire.submit();
    await company.settled();
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'draft', current: { number: 2, authorId: claire.id } });
    expect(last?.verdicts.map((v) => v.voidedAt !== null)).toEqual([true]);
    const old = messagesIn(claire, room).find((m) => m.ts === first.ts);
    expect(JSON.stringify(old?.blocks)).toContain('replaced by version 2');
    expect(JSON.stringify(old?.blocks)).not.toContain('statements.');
    expect(sandbox.transcript(room, { as: helen.id })).toContain(
      'The approval of the version before by Legal (Helen Park) is void',
    );
    expect(JSON.stringify(lastDm(helen, 'Second words').blocks)).toContain('replaced by version 2');
  });

  test('shows what changed between two versions', async () => {
    const { helen } = company;
    await helen.click(cardIn(helen, room, 'Second words', 'statements.submit'), 'See differences');
    const modal = await helen.waitForModal({ callbackId: 'statements.differences' });
    expect(JSON.stringify(modal.blocks)).toContain('[− its sale−]');
    expect(JSON.stringify(modal.blocks)).toContain('[+ all sales+]');
    expect(JSON.stringify(modal.blocks)).toContain('"strike":true');
    await helen.close();
  });

  test('is not approved by its author, who is told why', async () => {
    const { claire, helen } = company;
    const card = cardIn(claire, room, 'Second words', 'statements.submit');
    await helen.click(card, 'statements.submit');
    await company.settled();
    const asked = JSON.stringify(lastDm(company.anne, 'Second words').blocks);
    expect(asked).toContain('The text has changed since version 1.');
    expect(asked).toContain('The approval by Legal (Helen Park) fell with it');
    expect(asked).toContain('[+ all sales+]');
    await company.anne.click(lastDm(company.anne, 'Second words'), 'See differences');
    await company.anne.waitForModal({ callbackId: 'statements.differences' });
    await company.anne.close();
    const waiting = cardIn(claire, room, 'Second words', 'statements.approve');
    for (const person of [claire, helen]) {
      await person.click(waiting, 'statements.approve');
      await company.settled();
    }
    expect(helen.ephemerals(room).at(-1)?.text).toContain('nobody approves what they submitted');
    expect(claire.ephemerals(room).at(-1)?.text).toContain('personne ne valide ses propres mots');
    const { last } = await stored(company, room);
    expect(last?.status).toBe('in_review');
    expect(last?.verdicts.filter((v) => !v.voidedAt)).toEqual([]);
  });

  test('refuses a button of an old text, says who wrote the new one, and shows that one', async () => {
    const { anne, helen, marc, sandbox } = company;
    await write(company, marc, room, { title: 'Third words' });
    const card = cardIn(anne, room, 'Third words');
    const asked = lastDm(helen, 'Third words');
    sandbox.faults.always('chat.update', { kind: 'error', error: 'cant_update_message' });
    await anne.click(card, 'Edit…');
    await anne.waitForModal({ callbackId: 'statements.draft' });
    anne.fill({ part_1: 'Rewritten.', submit: ['now'] });
    await anne.submit();
    await company.settled();
    sandbox.faults.clear();
    for (const old of [card, asked]) {
      await helen.click(old, 'statements.approve');
      await company.settled();
    }
    const told = helen
      .ephemerals()
      .slice(-4)
      .map((m) => JSON.stringify([m.text, m.blocks]));
    expect(told[0]).toContain('There is a version 2 by Anne Whitfield');
    expect(told[1]).toContain('Rewritten.');
    expect(told[1]).toContain('statements.approve');
    expect(told[2]).toContain('There is a version 2');
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'in_review', verdicts: [] });
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

  test('goes back to its author with the reason, and a button to edit', async () => {
    const { helen, marc } = company;
    await write(company, marc, room, { title: 'Fifth words' });
    await helen.click(cardIn(helen, room, 'Fifth words'), 'Request changes…');
    await helen.waitForModal({ callbackId: 'statements.reason' });
    helen.fill({ reason: '   ' });
    expect(await helen.submit()).toMatchObject({
      outcome: 'errors',
      errors: { reason: expect.stringContaining('Say why') },
    });
    helen.fill({ reason: 'The batch <number> is *wrong* & <!here>' });
    await helen.submit();
    await company.settled();
    expect((await stored(company, room)).last?.status).toBe('changes_requested');
    const told = lastDm(marc, 'demande des modifications');
    expect(JSON.stringify(told.blocks)).toContain('The batch <number> is *wrong* & <!here>');
    await marc.click(told, 'Modifier…');
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
      '*2. Second words*: ⏳ In review, waiting on Communication (Anne Whitfield) and Legal (Anne Whitfield) for 3 min',
    );
    expect(list).toContain('*5. Fifth words*: ✏️ Changes requested');
    await helen.command('/crisis statement 4', room);
    await company.settled();
    expect(JSON.stringify(helen.ephemerals(room).at(-1)?.blocks)).toContain('Fourth words');
    await sam.command('/crisis statements', '#general');
    await company.settled();
    expect(JSON.stringify(sam.ephemerals('#general'))).not.toContain('words');
  });

  test('is withdrawn with a reason, and one that is out must be taken down by hand', async () => {
    const { claire } = company;
    await claire.click(cardIn(claire, room, 'First words'), 'Withdraw…');
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
    expect(sandbox.transcript(other, { as: anne.id })).toContain('*Management*: waiting on @Anne Whitfield');
    sandbox.faults.deliverTwice('block_actions');
    await anne.click(lastDm(anne, 'We apologise'), 'statements.approve');
    await company.settled();
    const { last } = await stored(company, other);
    expect(last?.verdicts).toMatchObject([{ department: 'management', userId: anne.id, capacity: 'person' }]);
    expect(anne.ephemerals().at(-1)?.text).toContain('is recorded');
  });

  test('is compared with whichever earlier version is picked', async () => {
    const { claire } = company;
    await write(company, claire, room, { title: 'Sixth words', text: 'One.', submit: false });
    for (const text of ['Two.', 'Three.']) {
      await claire.click(cardIn(claire, room, 'Sixth words', 'statements.submit'), 'Edit…');
      await claire.waitForModal({ callbackId: 'statements.draft' });
      claire.fill({ part_1: text });
      await claire.submit();
      await company.settled();
    }
    await claire.click(cardIn(claire, room, 'Sixth words', 'statements.submit'), 'See differences');
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
