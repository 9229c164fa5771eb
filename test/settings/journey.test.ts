import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { departments, settingsChanges, workspaces } from '../../db/schema/index.ts';
import { order } from '../../src/jobs/commit.ts';
import type { ModalView, Person } from '../../src/sandbox/server/index.ts';
import { run } from '../../src/settings/cli.ts';
import { type Company, startCompany } from '../support/company.ts';

/** All that a form says: texts, labels, hints. */
const textOf = (view: ModalView | undefined): string => {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'text' && typeof inner === 'string') texts.push(inner);
      else walk(inner);
    }
  };
  walk(view?.blocks);
  return texts.join('\n');
};
const labelsOf = (view: ModalView | undefined): string[] =>
  (view?.blocks ?? []).flatMap((b) => (b.type === 'input' ? [(b.label as { text: string }).text] : []));

async function openSettings(person: Person, word = '/crisis settings'): Promise<ModalView> {
  await person.command(word, '#general');
  return person.waitForModal({ callbackId: 'settings.roster' });
}

async function openSub(person: Person, name: string): Promise<ModalView> {
  await person.click(person.modal() as ModalView, `settings.open_${name}`);
  return person.waitForModal({ callbackId: `settings.${name}` });
}

const rosterIn = async (company: Company) => {
  const rows = await company.app.deps.db.select().from(departments).orderBy(asc(departments.position));
  return Object.fromEntries(rows.map((r) => [r.key, [r.peopleIds, r.deputyIds, r.groupIds]]));
};

describe('setting up the crisis cell', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany({ roster: 'none' });
    company.sandbox.addUserGroup({ handle: 'press-office', name: 'Press office', users: ['Marc'] });
    company.sandbox.addPerson({ id: 'U0GUEST00', name: 'Gus Guest', is_restricted: true });
    await company.settled();
  });
  afterAll(() => company.close());

  test('starts from anybody’s first command, in two minutes and in their language', async () => {
    await company.marc.command('/crise', '#general');
    const reply = await company.sandbox.waitFor(() => company.marc.ephemerals().at(-1), {
      what: 'the answer to /crise',
    });
    expect(reply.text).toContain('Personne n’est encore désigné');
    await company.marc.click(reply, 'Préparer en deux minutes');
    const form = await company.marc.waitForModal();
    expect(labelsOf(form)).toEqual([
      'Communication',
      'Juridique',
      'Marketing',
      'Direction',
      'Ressources humaines',
      'Service client',
    ]);
    await company.marc.close();
    const english = await openSettings(company.helen);
    expect(labelsOf(english)).toEqual([
      'Communication',
      'Legal',
      'Marketing',
      'Management',
      'Human resources',
      'Customer support',
    ]);
    await company.helen.close();
  });

  test('saves who is called, says what is still missing, and records it with who stood there before', async () => {
    await openSettings(company.claire, '/crise réglages');
    company.claire.fill({ people_communication: ['Claire'], people_legal: ['Helen'] });
    expect((await company.claire.submit()).outcome).toBe('updated');
    const said = textOf(company.claire.modal());
    expect(said).toContain('*Juridique* : ajouter Helen Park');
    expect(said).toContain('Personne n’est désigné pour *Marketing*');
    await company.settled();
    expect(await rosterIn(company)).toEqual({
      communication: [[company.claire.id], [], []],
      legal: [[company.helen.id], [], []],
    });
    const [change, ...others] = await company.app.deps.db.select().from(settingsChanges);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ version: 1, changedBy: company.claire.id, source: 'form' });
    expect(change?.before).toMatchObject({
      departments: expect.arrayContaining([{ key: 'legal', name: null, people: [], deputies: [], groups: [] }]),
    });
    await company.claire.close();
  });

  test('the record of changes cannot be rewritten, not even in the database', async () => {
    await expect(company.app.deps.db.delete(settingsChanges)).rejects.toThrow();
    await expect(company.app.deps.db.update(settingsChanges).set({ changedBy: null })).rejects.toThrow();
  });

  test('refuses a guest under their field, by name and with the reason, and saves nothing', async () => {
    await openSettings(company.claire, '/crise réglages');
    company.claire.fill({ people_marketing: ['Tom', 'Gus Guest'] });
    const { outcome, errors } = await company.claire.submit();
    expect(outcome).toBe('errors');
    expect(errors?.['people_marketing.1']).toContain('Gus Guest est un invité');
    expect(await rosterIn(company)).not.toHaveProperty('marketing');
    await company.claire.close();
  });

  test('adds deputies and groups in a form of their own; what was typed before stays', async () => {
    await openSettings(company.claire, '/crise réglages');
    company.claire.fill({ people_marketing: ['Tom'] });
    const form = await openSub(company.claire, 'deputies');
    expect(labelsOf(form)).toContain('Juridique : suppléants');
    company.claire.fill({ deputies_communication: ['Marc'], groups_communication: ['@press-office'] });
    await company.claire.submit();
    await company.claire.waitForModal({ callbackId: 'settings.roster' });
    await company.settled();
    expect(textOf(company.claire.modal())).toContain('*Communication*, suppléants : ajouter Marc Delacroix');
    expect((await company.claire.submit()).outcome).toBe('updated');
    await company.settled();
    const [group] = company.sandbox.groups();
    expect(await rosterIn(company)).toMatchObject({
      communication: [[company.claire.id], [company.marc.id], [group?.id]],
      marketing: [[company.tom.id], [], []],
    });
    await company.claire.close();
  });

  test('a deputy must be somebody else', async () => {
    await openSettings(company.claire, '/crise réglages');
    await openSub(company.claire, 'deputies');
    company.claire.fill({ deputies_legal: ['Helen'] });
    const { errors } = await company.claire.submit();
    expect(Object.values(errors ?? {}).join()).toContain('Helen Park est à la fois responsable et suppléant');
    await company.claire.close();
    await company.claire.close();
  });

  test('takes departments of the company’s own, under their name, and lets them go again', async () => {
    await openSettings(company.claire, '/crise réglages');
    await openSub(company.claire, 'departments');
    company.claire.fill({ added: 'Relations investisseurs' });
    await company.claire.submit();
    await company.settled();
    expect(labelsOf(company.claire.modal())).toContain('Relations investisseurs');
    company.claire.fill({ 'people_relations-investisseurs': ['Anne'] });
    await company.claire.submit();
    await company.settled();
    expect(await rosterIn(company)).toMatchObject({ 'relations-investisseurs': [[company.anne.id], [], []] });
    await company.claire.click(company.claire.modal() as ModalView, 'Revenir aux réglages');
    await company.claire.waitForModal({ callbackId: 'settings.roster' });
    await openSub(company.claire, 'departments');
    company.claire.fill({ removed: ['Relations investisseurs'] });
    await company.claire.submit();
    await company.settled();
    expect(await rosterIn(company)).not.toHaveProperty('relations-investisseurs');
    await company.claire.close();
  });

  test('sets language, time zone, privacy, declarers and beat; a time zone nobody knows is refused with an example', async () => {
    await openSettings(company.claire, '/crise réglages');
    await openSub(company.claire, 'general');
    company.claire.fill({ time_zone: 'Paris' });
    const { errors } = await company.claire.submit();
    expect(Object.values(errors ?? {}).join()).toContain('Europe/Paris');
    company.claire.fill({
      time_zone: 'Indian/Reunion',
      language: 'fr',
      privacy: 'public',
      declarers: ['Anne', 'Claire'],
      digest_crisis: '45',
      digest_watch: '0',
    });
    await company.claire.submit();
    await company.settled();
    const said = textOf(company.claire.modal());
    expect(said).toContain('fuseau horaire : Indian/Reunion');
    expect(said).toContain('point de situation au niveau Veille : aucun');
    expect(await company.app.deps.db.select().from(workspaces)).toMatchObject([
      {
        timeZone: 'Indian/Reunion',
        language: 'fr',
        privateByDefault: false,
        declarers: [company.anne.id, company.claire.id],
        digestMinutes: { crisis: 45, watch: 0 },
      },
    ]);
    await company.claire.close();
  });

  test('is closed to people who are not in charge, and says who is', async () => {
    const { reply } = await company.sam.command('/crisis settings', '#general');
    expect(reply?.text).toContain('You cannot change the settings');
    expect(reply?.text).toContain('Claire Fontaine');
    expect(company.sam.modal()).toBeUndefined();
    for (const verb of ['export', 'import']) {
      const refused = await company.sam.command(`/crisis settings ${verb}`, '#general');
      expect(refused.reply?.text).toContain('You cannot change the settings');
    }
    expect(company.sam.dms()).toEqual([]);
  });

  test('two people at once: the second is told who saved what, sees what stands now, and nothing is lost', async () => {
    await openSettings(company.claire, '/crise réglages');
    await openSettings(company.anne);
    company.anne.fill({ people_hr: ['Anne'] });
    await company.anne.submit();
    await company.settled();
    company.claire.fill({ people_support: ['Marc'] });
    await company.claire.submit();
    const said = textOf(company.claire.modal());
    expect(said).toContain('Anne Whitfield a enregistré les réglages');
    expect(said).toContain('*Ressources humaines* : ajouter Anne Whitfield');
    expect(said).toContain('*Service client* : ajouter Marc Delacroix');
    expect(await rosterIn(company)).toHaveProperty('hr');
    expect(await rosterIn(company)).not.toHaveProperty('support');
    company.claire.fill({ people_support: ['Marc'] });
    await company.claire.submit();
    await company.settled();
    expect(await rosterIn(company)).toMatchObject({
      hr: [[company.anne.id], [], []],
      support: [[company.marc.id], [], []],
    });
    await company.claire.close();
    await company.anne.close();
  });

  test('a sub-form overtaken by somebody else tells both what they changed and what was entered here', async () => {
    await openSettings(company.claire, '/crise réglages');
    await openSub(company.claire, 'deputies');
    await openSettings(company.anne);
    company.anne.fill({ people_hr: [] });
    await company.anne.submit();
    await company.settled();
    company.claire.fill({ deputies_legal: ['Sam'] });
    await company.claire.submit();
    const said = textOf(company.claire.modal());
    expect(said).toContain('*Ressources humaines* : retirer Anne Whitfield');
    expect(said).toContain('*Juridique*, suppléants : ajouter Sam Stranger');
    expect((await rosterIn(company))['legal']?.[1]).toEqual([]);
    await company.claire.click(company.claire.modal() as ModalView, 'Revenir aux réglages');
    await company.claire.waitForModal({ callbackId: 'settings.roster' });
    await company.claire.close();
    await company.claire.close();
    await company.anne.close();
  });

  test('a first view that somebody else overtook says so when its sub-form is saved', async () => {
    await openSettings(company.claire, '/crise réglages');
    company.claire.fill({ people_support: ['Sam'] });
    await openSettings(company.anne);
    company.anne.fill({ people_hr: ['Anne'] });
    await company.anne.submit();
    await company.settled();
    await openSub(company.claire, 'deputies');
    company.claire.fill({ deputies_legal: ['Sam'] });
    await company.claire.submit();
    await company.settled();
    expect(textOf(company.claire.modal())).toContain('Quelqu’un d’autre a aussi enregistré');
    await company.claire.submit();
    await company.settled();
    expect(await rosterIn(company)).toMatchObject({
      hr: [[company.anne.id], [], []],
      support: [[company.marc.id], [], []],
      legal: [[company.helen.id], [company.sam.id], []],
    });
    await company.claire.close();
    await company.anne.close();
  });

  test('somebody who has left is named in the form and leaves the roster with the next save', async () => {
    // As every night.
    const readPeople = async () => {
      const { workspaceId, deps } = company.app;
      await order(deps, [{ kind: 'people.sync', queue: 'upkeep', data: { workspaceId } }]);
      await company.settled();
    };
    company.sandbox.updatePerson('Tom', { deleted: true });
    await readPeople();
    const form = await openSettings(company.claire, '/crise réglages');
    expect(textOf(form)).toContain('Tom Becker est désactivé dans Slack');
    await company.claire.submit();
    await company.settled();
    expect(await rosterIn(company)).not.toHaveProperty('marketing');
    await company.claire.close();
    company.sandbox.updatePerson('Tom', { deleted: false });
    await readPeople();
  });

  const exported = async () => {
    await company.claire.command('/crise réglages exporter', '#general');
    await company.settled();
    const files = company.claire.dms().at(-1)?.files ?? [];
    return company.claire.downloadFile(files[0] ?? '').toString();
  };
  const upload = async (content: string) => {
    await company.claire.command('/crise réglages importer', '#general');
    await company.claire.waitForModal({ callbackId: 'settings.import' });
    company.claire.fill({ file: [{ name: 'settings.json', content }] });
    await company.claire.submit();
    await company.settled();
    return textOf(company.claire.modal());
  };

  test('go out as a file and come back the same: nothing to change', async () => {
    const file = await exported();
    expect(JSON.parse(file)).toMatchObject({ format: 'crisis-war-room/settings', timeZone: 'Indian/Reunion' });
    expect(await upload(file)).toContain('il n’y a rien à changer');
    await company.claire.close();
    expect(await exported()).toBe(file);
  });

  test('a changed file shows every difference first, and changes nothing until it is applied', async () => {
    const file = await exported();
    const changed = file.replace('"timeZone": "Indian/Reunion"', '"timeZone": "Europe/Brussels"');
    expect(await upload(changed)).toContain('fuseau horaire : Europe/Brussels');
    expect(await company.app.deps.db.select().from(workspaces)).toMatchObject([{ timeZone: 'Indian/Reunion' }]);
    await company.claire.submit();
    await company.settled();
    expect(textOf(company.claire.modal())).toContain('Enregistré');
    expect(await company.app.deps.db.select().from(workspaces)).toMatchObject([{ timeZone: 'Europe/Brussels' }]);
    await company.claire.close();
    expect(await exported()).toBe(changed);
  });

  test('a broken file is explained line by line, a guest in it by name', async () => {
    const file = await exported();
    const broken = await upload(file.replace('"fr"', '"de"').replace('"Europe/Brussels"', '"Bruxelles"'));
    expect(broken).toContain('Ligne 4, `language` : doit être "en" ou "fr"');
    expect(broken).toContain('Ligne 5, `timeZone`');
    await company.claire.close();
    const parsed = JSON.parse(file) as { departments: { people: string[] }[] };
    parsed.departments[0]?.people.push('U0GUEST00');
    expect(await upload(JSON.stringify(parsed))).toContain('Gus Guest est un invité');
    await company.claire.close();
    expect(await exported()).toBe(file);
  });

  test('the command line exports the very same file, refuses a broken one by line, and applies a good one', async () => {
    const file = await exported();
    const { db } = company.app.deps;
    expect(await run(['export'], db, company.now())).toEqual({ code: 0, out: file, error: '' });
    const path = join(mkdtempSync(join(tmpdir(), 'settings-')), 'settings.json');
    writeFileSync(path, file.replace('"private": false', '"private": "no"'));
    const refused = await run(['import', path], db, company.now());
    expect(refused).toMatchObject({
      code: 1,
      error: expect.stringContaining('Line 6, `private`: must be true or false'),
    });
    writeFileSync(path, file.replace('"private": false', '"private": true'));
    const checked = await run(['import', path, '--check'], db, company.now());
    expect(checked.out).toBe('This would change:\n- new war rooms are private\n');
    expect((await run(['export'], db, company.now())).out).toBe(file);
    expect((await run(['import', path], db, company.now())).out).toContain('Changed:');
    const changes = await db.select().from(settingsChanges).orderBy(asc(settingsChanges.version));
    expect(changes.at(-1)).toMatchObject({ source: 'command_line', changedBy: null });
    expect((await run(['destroy'], db, company.now())).code).toBe(2);
  });

  test('every form was accepted by Slack', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe.each([
  ['en', 'Nobody is set up for', 'Communication, Legal, Marketing'],
  ['fr', 'Personne n’est désigné pour', 'Communication, Juridique, Marketing'],
] as const)('a crisis declared without any roster (%s)', (language, nobody, names) => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany({ roster: 'none', language });
  });
  afterAll(() => company.close());

  test('opens all the same, says in the room what is missing, and the button there opens the settings', async () => {
    const room = await company.declare('Recall');
    const said = company.sandbox.transcript(room, { as: company.claire.id });
    expect(said).toContain(nobody);
    expect(said).toContain(names);
    const message = company.claire.sees(room).find((m) => JSON.stringify(m.blocks ?? []).includes('settings.open'));
    if (!message) throw new Error('there is no button for the settings');
    await company.claire.click(message, 'settings.open');
    await company.claire.waitForModal({ callbackId: 'settings.roster' });
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('a workspace with more user groups than a list can hold', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
    for (let i = 0; i < 101; i += 1)
      company.sandbox.addUserGroup({ handle: `team-${i}`, name: `Team ${i}`, users: ['Marc'] });
    await company.settled();
  });
  afterAll(() => company.close());

  test('takes handles as text, and names the one that does not exist', async () => {
    await openSettings(company.claire, '/crise réglages');
    await openSub(company.claire, 'deputies');
    company.claire.fill({ groups_legal: '@team-7 @team-404' });
    const { errors } = await company.claire.submit();
    expect(Object.values(errors ?? {}).join()).toContain('@team-404');
    company.claire.fill({ groups_legal: '@team-7, Team-100' });
    await company.claire.submit();
    await company.settled();
    const ids = company.sandbox
      .groups()
      .filter((g) => ['team-7', 'team-100'].includes(g.handle))
      .map((g) => g.id);
    expect(await rosterIn(company)).toMatchObject({ legal: [[company.helen.id], [], ids] });
    expect(company.sandbox.problems).toEqual([]);
  });
});
