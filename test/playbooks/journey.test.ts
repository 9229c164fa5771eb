import { asc } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { crises, playbookVersions, templateClearances, timelineEntries } from '../../db/schema/index.ts';
import { clearanceOf } from '../../src/playbooks/rules.ts';
import { clearancesOf, keptOf, playbookOf, playbooksOf, reviewsOf } from '../../src/playbooks/store.ts';
import type { ModalView, Person } from '../../src/sandbox/server/index.ts';
import { type Company, startCompany } from '../support/company.ts';

const DAY = 86_400_000;

/** All that a form says. */
const textOf = (view: ModalView | undefined): string => JSON.stringify(view?.blocks ?? []);

let company: Company;
beforeAll(async () => {
  company = await startCompany({ playbooks: 'product' });
});
afterAll(() => company.close());
afterEach(async () => {
  for (const one of [company.claire, company.marc, company.helen, company.tom, company.sam])
    while (one.modal()) await one.close();
  expect(company.sandbox.problems).toEqual([]);
});

async function open(person: Person, word: string, callbackId = 'playbooks.one'): Promise<ModalView> {
  await person.command(word, '#general');
  return person.waitForModal({ callbackId });
}

/** Chooses in "Edit …", and answers the form. */
async function choose(person: Person, part: string): Promise<ModalView> {
  await person.select(person.modal() as ModalView, 'playbooks.edit', part);
  return person.waitForModal({ callbackId: 'playbooks.edit' });
}

const stateOf = async (key: string, templateId: string, at = company.now()) => {
  const { db } = company.app.deps;
  const template = (await playbookOf(db, company.app.workspaceId, key)).templates.find(({ id }) => id === templateId);
  if (!template) throw new Error('no template');
  return clearanceOf(template, await clearancesOf(db, company.app.workspaceId), at).state;
};

describe('playbooks are read', () => {
  test('as a list, by everybody, in their language, with what is still to be done', async () => {
    const view = await open(company.marc, '/crise fiche', 'playbooks.list');
    expect(textOf(view)).toContain('Défaillance d’un produit ou service');
    expect(textOf(view)).toContain('*jamais relue* · 0 texte prévalidé sur 1');
    expect(textOf(view)).toContain('Socle commun à toutes les crises');
  });

  test('one by one, whole, by any word of their name; back to the list and into another', async () => {
    const view = await open(company.helen, '/crisis playbook data breach');
    const said = textOf(view);
    for (const words of [
      'Establish which data, whose',
      'plus 16 tasks of the common core',
      'Telling the press before the people',
      'The page is frozen with a final report',
      '{not_affected}',
      'un accès non autorisé',
      'never advice',
      'RGPD / GDPR, art. 33(1), (4), (5) · confidence high · checked 30 Jun 2026',
      'Not cleared by legal yet',
    ])
      expect(said).toContain(words);
    await company.helen.click(view, 'playbooks.list');
    await company.helen.waitForModal({ callbackId: 'playbooks.list' });
    await company.helen.click(company.helen.modal() as ModalView, 'playbooks.open:boycott');
    const other = await company.helen.waitForModal({ callbackId: 'playbooks.one' });
    expect(textOf(other)).toContain('Flip-flopping');
  });

  test('from Home, with one button', async () => {
    await company.tom.openHome();
    await company.settled();
    await company.tom.click(company.tom.home() as never, 'playbooks.list');
    expect(textOf(await company.tom.waitForModal({ callbackId: 'playbooks.list' }))).toContain('Data breach');
  });

  test('a word that means none of them shows them all, and says so', async () => {
    const view = await open(company.helen, '/crisis playbook volcano', 'playbooks.list');
    expect(textOf(view)).toContain('No playbook is called “volcano”');
  });
});

describe('playbooks are changed', () => {
  test('not by somebody who is not in charge: neither buttons nor forms are for them', async () => {
    const view = await open(company.tom, '/crisis playbook product');
    expect(textOf(view)).toContain('Playbooks can be changed by *Claire Fontaine*');
    expect(textOf(view)).not.toContain('playbooks.edit');
  });

  test('by a clone under its own name, edited in both languages, and offered at the next declaration', async () => {
    const { claire } = company;
    await open(claire, '/crisis playbook product');
    await claire.click(claire.modal() as ModalView, 'playbooks.clone');
    await claire.waitForModal({ callbackId: 'playbooks.clone' });
    claire.fill({ name_en: 'Glass in a jar', name_fr: 'Verre dans un bocal' });
    await claire.submit();
    await company.settled();
    expect(textOf(claire.modal())).toContain('Voici votre copie');
    await choose(claire, 'task:');
    claire.fill({
      title_en: 'Stop line 4',
      title_fr: 'Arrêter la ligne 4',
      department: 'operations',
      due: '12',
      note: 'Lessons of May',
    });
    await claire.submit();
    await company.settled();
    expect(textOf(claire.modal())).toContain('Enregistré : version 2');
    expect(textOf(claire.modal())).toContain('`12 min` Arrêter la ligne 4');
    await choose(claire, 'reminder:1');
    claire.fill({ reference: 'GPSR, art. 20', flags: ['checked'] });
    await claire.submit();
    await company.settled();
    expect(textOf(claire.modal())).toContain('GPSR, art. 20');
    while (claire.modal()) await claire.close();

    const rows = await company.app.deps.db.select().from(playbookVersions).orderBy(asc(playbookVersions.version));
    expect(rows.map(({ key, act, clonedFrom, note, changedBy }) => [key, act, clonedFrom, note, changedBy])).toEqual([
      ['own-glass-in-a-jar', 'cloned', 'product', '', claire.id],
      ['own-glass-in-a-jar', 'edited', null, 'Lessons of May', claire.id],
      ['own-glass-in-a-jar', 'edited', null, '', claire.id],
    ]);
    await company.declare('Glass found', { playbook: 'own-glass-in-a-jar' });
    const [crisis] = await company.app.deps.db.select().from(crises);
    expect(crisis?.playbook).toBe('own-glass-in-a-jar');
    const [entry] = await company.app.deps.db.select().from(timelineEntries).orderBy(asc(timelineEntries.seq));
    expect(entry?.data).toMatchObject({ playbook: 'own-glass-in-a-jar', playbookVersion: 3 });
  });

  test('by two people at once: the second is told, sees what stands now, and keeps what was typed', async () => {
    const { claire, marc } = company;
    for (const one of [claire, marc]) {
      await open(one, '/crisis playbook boycott');
      await choose(one, 'list:mistakes');
    }
    claire.fill({ lines_en: 'From Claire', lines_fr: 'De Claire' });
    await claire.submit();
    await company.settled();
    marc.fill({ lines_en: 'From Marc', lines_fr: 'De Marc' });
    expect((await marc.submit()).outcome).toBe('updated');
    expect(textOf(marc.modal())).toContain('Claire Fontaine');
    expect(textOf(marc.modal())).toContain('• De Claire');
    const mistakes = async () => (await playbookOf(company.app.deps.db, company.app.workspaceId, 'boycott')).mistakes;
    expect(await mistakes()).toEqual([{ en: 'From Claire', fr: 'De Claire' }]);
    await marc.submit();
    await company.settled();
    expect(await mistakes()).toEqual([{ en: 'From Marc', fr: 'De Marc' }]);
  });

  test('back to the product’s, retired and offered again, reviewed: each is kept, nothing is ever erased', async () => {
    const { claire } = company;
    const { db } = company.app.deps;
    const { workspaceId } = company.app;
    await open(claire, '/crisis playbook boycott');
    await claire.click(claire.modal() as ModalView, 'playbooks.revert', { confirm: true });
    await company.settled();
    expect((await keptOf(db, workspaceId, 'boycott'))?.origin).toBe('product');
    await claire.click(claire.modal() as ModalView, 'playbooks.retire', { confirm: true });
    await company.settled();
    expect((await playbooksOf(db, workspaceId)).map(({ key }) => key)).not.toContain('boycott');
    expect((await playbookOf(db, workspaceId, 'boycott')).key).toBe('boycott');
    await claire.click(claire.modal() as ModalView, 'playbooks.restore');
    await company.settled();
    await claire.click(claire.modal() as ModalView, 'playbooks.review');
    await company.settled();
    expect(textOf(claire.modal())).toContain('relue par *Claire Fontaine*');
    const [review] = await reviewsOf(db, workspaceId);
    expect(review).toMatchObject({ key: 'boycott', version: 5, reviewedBy: claire.id });
    await claire.click(claire.modal() as ModalView, 'playbooks.retire', { confirm: true });
    await company.settled();
    await claire.click(claire.modal() as ModalView, 'playbooks.restore');
    await company.settled();
    // Taken off the shelf and put back, it says what was read.
    expect(await keptOf(db, workspaceId, 'boycott')).toMatchObject({ version: 7, wordedIn: 3 });
    expect(textOf(claire.modal())).toContain('relue par *Claire Fontaine*');
    await expect(db.delete(playbookVersions)).rejects.toThrow();
    expect((await playbookOf(db, workspaceId, 'nothing')).key).toBe('other');
  });
});

describe('a text is cleared in peacetime', () => {
  async function clear(person: Person, key = 'product', title = 'product-holding'): Promise<void> {
    await open(person, `/crisis playbook ${key}`);
    await person.click(person.modal() as ModalView, `playbooks.clear:${title}`);
    await person.waitForModal({ callbackId: 'playbooks.clear' });
  }

  test('by legal, who reads both languages and says until when; an edit voids it, and its author cannot clear it', async () => {
    const { helen, claire } = company;
    await clear(helen);
    expect(textOf(helen.modal())).toContain('Par sécurité');
    await helen.submit();
    await company.settled();
    expect(textOf(helen.modal())).toContain('Cleared by *Helen Park* until');
    expect(await stateOf('product', 'product-holding')).toBe('cleared');

    await open(claire, '/crisis playbook product');
    await choose(claire, 'template:product-holding');
    claire.fill({ body_en: 'We know {fact}.', body_fr: 'Nous savons {time}.' });
    expect((await claire.submit()).errors?.['body_fr']).toContain('{fact}');
    claire.fill({ body_fr: 'Nous savons {fact}.' });
    await claire.submit();
    await company.settled();
    expect(textOf(claire.modal())).toContain('est annulée : demandez au juridique');
    expect(await stateOf('product', 'product-holding')).toBe('changed');

    await clear(helen);
    await helen.submit();
    await company.settled();
    const nextQuarter = new Date(company.now().getTime() + 92 * DAY);
    expect(await stateOf('product', 'product-holding', nextQuarter)).toBe('expired');
    const rows = await company.app.deps.db.select().from(templateClearances);
    expect(rows.map(({ clearedBy }) => clearedBy)).toEqual([helen.id, helen.id]);
    await expect(company.app.deps.db.update(templateClearances).set({ clearedBy: 'X' })).rejects.toThrow();
  });

  test('not as it was read, when somebody edits it meanwhile', async () => {
    const { helen, marc } = company;
    await clear(helen, 'breach', 'breach-holding');
    await open(marc, '/crisis playbook breach');
    await choose(marc, 'template:breach-holding');
    marc.fill({ body_en: 'Other words.', body_fr: 'D’autres mots.' });
    await marc.submit();
    await company.settled();
    await helen.submit();
    await company.settled();
    expect(textOf(helen.modal())).toContain('edited since you opened it');
    expect(await stateOf('breach', 'breach-holding')).toBe('never');
  });

  test('and nobody but legal is offered to', async () => {
    await open(company.claire, '/crisis playbook product');
    expect(textOf(company.claire.modal())).not.toContain('playbooks.clear');
  });
});

test('a guest gets none of it', async () => {
  const guest = company.sandbox.addPerson({ id: 'U0GUEST01', name: 'Gus Guest', is_restricted: true });
  await company.sam.invite('#general', guest.id);
  await company.settled();
  await guest.command('/crisis playbook product', '#general');
  await company.settled();
  expect(guest.modal()).toBeUndefined();
  expect(guest.ephemerals().at(-1)?.text).toContain('Guests and people from other organisations');
});
