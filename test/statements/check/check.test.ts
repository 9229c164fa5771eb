import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { templateClearances } from '../../../db/schema/index.ts';
import { newId } from '../../../src/core/ids.ts';
import { DAY } from '../../../src/core/time.ts';
import { changeFact } from '../../../src/facts/change.ts';
import { factsOf, insertFact, insertMeasure } from '../../../src/facts/store.ts';
import { productPlaybook } from '../../../src/playbooks/product.ts';
import { templateHash } from '../../../src/playbooks/rules.ts';
import type { Message, Person } from '../../../src/sandbox/server/index.ts';
import { answersOf, termsOf } from '../../../src/statements/store.ts';
import { actOf } from '../../support/acts.ts';
import { type Company, startCompany } from '../../support/company.ts';
import { approveAsked, cardFor, cardIn, choose, readAsked, stored, waiting, write } from '../support.ts';

let company: Company;
let room: string;

const shown = (person: Person): string => JSON.stringify(person.modal()?.blocks ?? []);
const said = (message: Pick<Message, 'blocks'>): string => JSON.stringify(message.blocks);
/** By its title: the playbook has drafted some before. */
async function cardOf(person: Person, title: string) {
  const { all } = await stored(company, room);
  return cardFor(company, person, room, all.findLast(({ current }) => current.title === title)?.number ?? 0);
}
async function press(person: Person, label: string): Promise<void> {
  const view = person.modal();
  if (!view) throw new Error('no form is open');
  await person.click(view, label);
  await company.settled();
}
async function measureDone(text: string): Promise<void> {
  const { crisis } = await stored(company, room);
  const now = company.now();
  await company.app.deps.db.transaction((tx) =>
    insertMeasure(tx, {
      id: newId(),
      crisisId: crisis.id,
      number: 1,
      text,
      ownerId: company.tom.id,
      dueAt: null,
      isPublic: true,
      doneAt: now,
      doneBy: company.tom.id,
      proof: '',
      version: 1,
      recordedBy: company.tom.id,
      recordedAt: now,
      changedBy: company.tom.id,
      changedAt: now,
    }),
  );
}

describe('a text that says too much', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.anne, level: 'incident', playbook: 'product' });
    await measureDone('The sale of lot L24117 was stopped in all shops');
  });
  afterAll(() => company.close());
  const text =
    'We have stopped the sale of lot L24117. Jane Miller, of Green Lid, says it was never her. Next update at 5 p.m.';

  test('is saved and not submitted, and its author is shown what to answer', async () => {
    const { helen } = company;
    await write(company, helen, room, { title: 'Too much', text });
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'draft', current: { body: text } });
    expect(helen.modal()?.callback_id).toBe('statements.check');
    const view = shown(helen);
    expect(view).toContain('It was not submitted');
    expect(view).toContain('3 points must be answered');
    expect(view).toContain('*Told as done*: “We have stopped the sale of lot L24117.”');
    expect(view).toContain('Is this a person?');
    expect(view).toContain('*An absolute*: “never”');
    expect(said(await cardOf(company.anne, 'Too much'))).toContain('to answer before it can be submitted');
  });

  test('cannot be submitted by its button either: the answer says what stands against it', async () => {
    const { anne } = company;
    await anne.click(await cardOf(anne, 'Too much'), 'statements.submit');
    await company.settled();
    expect(anne.ephemerals(room).at(-1)?.text).toContain('not submitted: told as done and a person is named');
    expect(anne.modal()?.callback_id).toBe('statements.check');
    await anne.close();
    expect((await stored(company, room)).last?.status).toBe('draft');
  });

  test('stands on a measure that is done, once its author has chosen it', async () => {
    const { helen } = company;
    await press(helen, 'Link what was done…');
    await helen.waitForModal({ callbackId: 'statements.explain' });
    expect(await helen.submit()).toMatchObject({
      outcome: 'errors',
      errors: { reason: expect.stringContaining('Choose') },
    });
    const choices = JSON.stringify(helen.modal()?.blocks);
    const measure = /measure:[0-9a-f-]{36}/.exec(choices)?.[0] ?? '';
    helen.fill({ targets: [measure] });
    await helen.submit();
    await company.settled();
    expect(helen.modal()?.callback_id).toBe('statements.check');
    expect(shown(helen)).toContain('2 points must be answered');
    expect(shown(helen)).toContain('stands on Measure 1');
  });

  test('is asked which words name a person; what is none is recorded by name, what is one goes to legal', async () => {
    const { helen, anne } = company;
    const view = helen.modal();
    if (!view) throw new Error('no form');
    const button = (excerpt: string, which: string) => {
      const blocks = view.blocks as { type: string; text?: { text: string }; elements?: { action_id: string }[] }[];
      const at = blocks.findIndex((b) => b.text?.text.includes(`“${excerpt}”`));
      return blocks[at + 1]?.elements?.find((e) => e.action_id.endsWith(`-${which}`))?.action_id ?? '';
    };
    await helen.click(view, button('Green Lid', 'not_person'));
    await company.settled();
    expect(shown(helen)).toContain('Said not to be people: Green Lid (Helen Park)');
    await press(helen, 'Yes, a person: ask legal');
    // Legal wrote it: whoever stands in for legal is asked, never the author.
    const ask = await readAsked(company, anne, 'May this be said?');
    expect(ask).toContain('Jane Miller');
    expect(ask).toContain('Next update at 5 p.m.');
    expect(shown(helen)).not.toContain('Legal: these may be said');
    const { crisis } = await stored(company, room);
    expect(await termsOf(company.app.deps.db, crisis.id)).toHaveLength(2);
  });

  test('is submitted once legal agreed to this very wording, and a named person takes legal and management', async () => {
    const { helen, anne } = company;
    await press(anne, 'Legal: these may be said');
    while (anne.modal()) await anne.close();
    expect(await waiting(company, anne)).not.toContain('May this be said?');
    await helen.close();
    await helen.click(await cardOf(helen, 'Too much'), 'statements.submit');
    await company.settled();
    const { last, entries } = await stored(company, room);
    expect(last).toMatchObject({ status: 'in_review' });
    expect(last?.requiredDepartments.toSorted()).toEqual(['communication', 'legal', 'management']);
    expect(entries.map((e) => e.kind)).toEqual([
      'statement_drafted',
      'statement_checked',
      'statement_checked',
      'statement_checked',
      'statement_legal_ok',
      'statement_submitted',
    ]);
    const asked = await readAsked(company, company.claire, 'Too much');
    await company.claire.close();
    expect(asked).toContain('Accord du juridique : « Jane Miller » (Anne Whitfield)');
    expect(asked).toContain('s’appuie sur Mesure 1');
    expect(asked).toContain('💡 2 remarques : ');
    expect(asked).toContain('Un absolu');
  });

  test('keeps its answers where a sentence did not change, and is asked anew where it did', async () => {
    const { helen } = company;
    const rewrite = async (by: Person, written: string) => {
      await choose(by, cardIn(by, room, 'Too much'), 'edit').catch(() =>
        by.click(cardIn(by, room, 'Too much'), 'statements.more:main'),
      );
      await by.waitForModal({ callbackId: 'statements.draft' });
      by.fill({ part_1: written });
      await by.submit();
      await company.settled();
    };
    await rewrite(helen, `${text} Thank you.`);
    const { last } = await stored(company, room);
    expect(last).toMatchObject({ status: 'draft', current: { number: 2 } });
    if (!last) throw new Error('no statement');
    expect((await answersOf(company.app.deps.db, last.id, last.current)).map(({ answer }) => answer)).toEqual([
      'linked',
      'legal_ok',
    ]);
    expect(shown(helen)).not.toContain('must be answered');
    expect(shown(helen)).toContain('Legal agreed to “Jane Miller” (Anne Whitfield)');
    await helen.close();

    await rewrite(helen, `${text.replace('her', 'the oven')} Jane Miller lies. Thank you.`);
    expect(shown(helen)).toContain('1 point must be answered');
    expect(shown(helen)).toContain('*A person is named*: “Jane Miller”');
    expect(shown(helen)).not.toContain('Is this a person?');
    await helen.close();
  });

  test('a fact that is being checked blocks until it is confirmed', async () => {
    const { helen } = company;
    const { crisis } = await stored(company, room);
    const fact = (status: 'checking' | 'confirmed', id = newId()) => ({
      id,
      crisisId: crisis.id,
      number: 1,
      text: 'Two people were hurt',
      status,
      ownerId: helen.id,
      source: 'Hospital',
      recordedBy: helen.id,
      recordedAt: company.now(),
      changedBy: helen.id,
      changedAt: company.now(),
      revision: 1,
      version: 1,
      confirmedBy: null,
      confirmedAt: null,
      falseSaidBy: null,
      falseSaidAt: null,
      falseConfirmedBy: null,
      falseVersion: null,
    });
    await company.app.deps.db.transaction((tx) => insertFact(tx, fact('checking')));
    await write(company, helen, room, { title: 'Hurt', text: 'We are sorry. Two people were hurt.', kind: 'email' });
    expect(shown(helen)).toContain('*A fact that is still being checked*: “Two people were hurt”');
    expect(shown(helen)).toContain('Fact 1: Two people were hurt');
    expect((await stored(company, room)).last?.status).toBe('draft');
    await helen.close();
  });

  test('what was confirmed when it was submitted and is doubted since stands on its card, and nobody can approve it', async () => {
    const { helen, claire } = company;
    const settle = async (status: 'confirmed' | 'checking') => {
      const { crisis } = await stored(company, room);
      const [fact] = await factsOf(company.app.deps.db, crisis.id);
      if (!fact) throw new Error('no fact');
      const ask = { text: fact.text, status, source: 'Hospital', userId: null, reason: 'The hospital says so' };
      const { deps, workspaceId } = company.app;
      const decision = await changeFact(
        actOf(deps, { workspaceId, userId: helen.id, channelId: room }),
        { id: fact.id, v: fact.version },
        ask,
      );
      expect(decision.ok).toBe(true);
      await company.settled();
    };
    await settle('confirmed');
    const draft = await cardOf(helen, 'Hurt');
    expect(said(draft)).not.toContain('before it can be submitted');
    await helen.click(draft, 'statements.submit');
    await company.settled();
    expect((await stored(company, room)).last?.status).toBe('in_review');
    await settle('checking');
    expect(said(cardIn(helen, room, 'Hurt'))).toContain('Does not stand as things are known now');
    expect(await readAsked(company, claire, '« Hurt »')).toContain('Ne tient plus d’après ce que l’on sait');
    await press(claire, 'Valider');
    expect(shown(claire)).toContain('pas (ou plus) confirmé : fait 1');
    while (claire.modal()) await claire.close();
    expect((await stored(company, room)).last?.verdicts).toEqual([]);
    await settle('confirmed');
    await approveAsked(company, claire, '« Hurt »');
    expect((await stored(company, room)).last?.verdicts).toHaveLength(1);
  });

  test('nothing of this was refused by Slack', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('a crisis in French', () => {
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    const product = productPlaybook('product');
    const [template] = product?.templates ?? [];
    if (!template) throw new Error('no template');
    await company.app.deps.db.insert(templateClearances).values({
      id: newId(),
      workspaceId: company.app.workspaceId,
      playbook: 'product',
      templateId: template.id,
      hash: templateHash(template),
      clearedBy: company.helen.id,
      clearedAt: company.now(),
      validUntil: new Date(company.now().getTime() + 90 * DAY),
    });
    room = await company.declare('Soupe', { by: company.claire, level: 'incident', playbook: 'product' });
  });
  afterAll(() => company.close());

  test('begins from a cleared template, whose blanks are asked for, and approvers read what was filled in', async () => {
    const { claire, helen, marc } = company;
    await company.claire.invite(room, [marc.id]);
    await claire.command('/crise modèle', room);
    await claire.waitForModal({ callbackId: 'statements.templates' });
    expect(shown(claire)).toContain('✅ Prévalidé par Helen Park');
    await press(claire, 'statements.use_template:0-fr');
    await claire.waitForModal({ callbackId: 'statements.fill' });
    const blanks: Record<string, string> = {
      fact: 'la présence de verre',
      product: 'notre soupe',
      time: '9 h',
      instruction: 'ne la consommez pas',
      action1: 'arrêté la vente',
      url: 'https://aurore.example/soupe',
      contact: '0 800 117 117',
      next_update: '17 h',
    };
    claire.fill(Object.fromEntries(Object.entries(blanks).map(([key, value]) => [`blank_${key}`, value])));
    await claire.submit();
    await claire.waitForModal({ callbackId: 'statements.draft' });
    expect(shown(claire)).toContain('la présence de verre concernant notre soupe');
    expect(shown(claire)).toContain('*Ton :*');
    claire.fill({ submit: ['now'] });
    await claire.submit();
    await company.settled();
    expect(shown(claire)).toContain('*Pas encore rempli* : « {action2} »');
    await press(claire, 'Modifier le texte…');
    await claire.waitForModal({ callbackId: 'statements.draft' });
    const { last } = await stored(company, room);
    claire.fill({
      part_1: (last?.current.body ?? '').replace(
        'Nous avons arrêté la vente et {action2}.',
        'Nous avons arrêté la vente et prévenu les magasins.',
      ),
    });
    await claire.submit();
    await company.settled();
    await press(claire, 'Relier ce qui a été fait…');
    claire.fill({ reason: 'Décision de la direction, appliquée à 9 h 30' });
    await claire.submit();
    await company.settled();
    await press(claire, 'Soumettre à validation');
    const done = await stored(company, room);
    expect(done.last).toMatchObject({
      status: 'in_review',
      origin: { playbook: 'product', cleared: { by: helen.id } },
    });
    const asked = await readAsked(company, helen, 'Approve statement');
    await helen.close();
    expect(asked).toContain('Since the template that');
    expect(asked).toContain('[− {fait}−]');
    expect(asked).toContain('la présence de verre');
    expect(asked).toContain('only the blanks were filled: check the facts');
    while (claire.modal()) await claire.close();
  });

  test('has its statement in both languages: what differs stands on both cards and before approvers', async () => {
    const { claire, helen } = company;
    await write(company, claire, room, {
      title: 'Points',
      kind: 'email',
      language: 'fr',
      text: 'Deux personnes sont touchées. Numéro de lot : L24117. Prochain point à 17 h.',
    });
    await write(company, helen, room, {
      title: 'Update',
      kind: 'email',
      language: 'en',
      submit: false,
      text: 'Two people are affected. Lot number: L24171. Next update at 6 p.m.',
    });
    await choose(helen, await cardOf(helen, 'Update'), 'pair');
    await helen.waitForModal({ callbackId: 'statements.pair' });
    const { all } = await stored(company, room);
    const [fr, en] = all.slice(-2);
    helen.fill({ twin: fr?.id });
    await helen.submit();
    await company.settled();
    expect(said(cardIn(claire, room, 'Points'))).toContain('diffère du texte en anglais (communiqué ');
    expect(said(await cardOf(helen, 'Update'))).toContain('differs from the text in French (statement ');
    const asked = await readAsked(company, helen, '“Points”');
    expect(asked).toContain('Differs from the text in English');
    expect(asked).toContain('Only in English: *L24171* (reference) and *6 p.m.* (hour)');
    expect(asked).toContain('Only in French: *L24117* (reference) and *17 h* (hour)');
    await helen.close();
    await helen.click(await cardOf(helen, 'Update'), 'statements.more:main');
    await helen.waitForModal({ callbackId: 'statements.draft' });
    helen.fill({ part_1: 'Two people are affected. Lot number: {lot}. Next update at 5 p.m.' });
    await helen.submit();
    await company.settled();
    expect(shown(helen)).toContain('They are compared once both are filled in.');
    await press(helen, 'Edit the text…');
    await helen.waitForModal({ callbackId: 'statements.draft' });
    helen.fill({ part_1: 'Two people are affected. Lot number: L24117. Next update at 5 p.m.' });
    await helen.submit();
    await company.settled();
    while (helen.modal()) await helen.close();
    expect(said(cardIn(claire, room, 'Points'))).not.toContain('diffère du texte');
    expect(await readAsked(company, helen, '“Points”')).toContain('Same figures, dates, hours, names and addresses');
    await helen.close();
    expect((await stored(company, room)).all.find((s) => s.id === en?.id)?.twinId).toBe(fr?.id);
  });

  test('answers a comment, truth first, from the bank: to be copied, or as a statement', async () => {
    const { claire } = company;
    const ask = async (truth: string, category: string) => {
      await claire.command('/crise répondre', room);
      await claire.waitForModal({ callbackId: 'statements.reply' });
      claire.fill({ truth, category, language: 'fr' });
      await claire.submit();
      await company.settled();
    };
    await ask('true', 'misguided');
    expect(shown(claire)).toContain('Ne corrigez pas ce qui est vrai');
    await claire.close();
    await ask('unknown', 'threat');
    expect(shown(claire)).toContain('Gardez les preuves');
    await claire.close();
    await ask('false', 'misguided');
    claire.fill({ blank_fact: 'aucun enfant n’est touché', blank_url: 'https://aurore.example/soupe', use: 'copy' });
    await claire.submit();
    await company.settled();
    expect(shown(claire)).toContain('Bonjour, un élément est inexact : aucun enfant n’est touché.');
    await claire.close();
    await ask('true', 'crisis');
    claire.fill({ blank_url: 'https://aurore.example/soupe', blank_time: '17 h', use: 'statement' });
    await claire.submit();
    await claire.waitForModal({ callbackId: 'statements.draft' });
    await claire.submit();
    await company.settled();
    while (claire.modal()) await claire.close();
    const { last } = await stored(company, room);
    expect(last?.current).toMatchObject({ kind: 'reply_from_bank', language: 'fr' });
    expect(last?.current.body).toContain('prochaine mise à jour à 17 h.');
  });

  test('has a message map, which is checked and can become a statement', async () => {
    const { claire } = company;
    await claire.command('/crise edl', room);
    await claire.waitForModal({ callbackId: 'statements.map' });
    claire.fill({ message_1: 'Votre sécurité d’abord.', proofs_1: 'vente arrêtée\nnuméro vert\nremboursement' });
    await claire.submit();
    await company.settled();
    expect(shown(claire)).toContain('✅ 3 mots');
    expect(shown(claire)).toContain('Pas encore de message 2, 3');
    await press(claire, 'En faire un communiqué');
    await claire.waitForModal({ callbackId: 'statements.draft' });
    expect(shown(claire)).toContain('Votre sécurité d’abord. vente arrêtée');
    await claire.close();
  });

  test('nothing of this was refused by Slack', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});
