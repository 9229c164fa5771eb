import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Level } from '../../src/core/levels.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { ModalView } from '../../src/sandbox/server/index.ts';
import { statementsWithSeats } from '../../src/statements/store.ts';
import { type Company, startCompany } from '../support/company.ts';
import { approveAsked, cardIn, pressWaiting, readAsked, stored, waiting, write } from './support.ts';

describe('un communiqué en français, sous la pression du temps', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    room = await company.declare('Rappel de la soupe', { by: company.anne, level: 'major' });
  });
  afterAll(() => company.close());

  test('une crise majeure demande aussi le pilote de crise, et la personne qui n’était pas appelée l’est', async () => {
    const { tom, sandbox, claire, helen, anne } = company;
    await write(company, tom, room, {
      title: 'Premiers mots',
      text: 'Nous rappelons « toutes » les soupes.',
      language: 'fr',
    });
    const shown = sandbox.transcript(room, { as: claire.id });
    expect(shown).toContain('*Communiqué 1 · Premiers mots* · ⏳ En validation · version 1');
    expect(shown).toContain('Communiqué d’attente · Grand public · français · par Tom Becker');
    expect(shown).toContain('○ *Pilote de crise* Anne Whitfield, en attente depuis');
    for (const person of [helen, anne]) expect(await waiting(company, person)).toContain('*Approve statement 1*');
    expect(await waiting(company, claire)).toContain('*Valider le communiqué 1* « Premiers mots »');
    expect(await readAsked(company, claire, 'Valider le communiqué 1')).toContain('Lisez jusqu’au bout.');
    await claire.close();
  });

  test('à la moitié du délai, les suppléants des services silencieux sont sollicités, une seule fois', async () => {
    const { marc, helen, sandbox } = company;
    await approveAsked(company, helen, 'Approve statement 1');
    expect(await waiting(company, marc)).not.toContain('communiqué 1');
    await company.pass(5 * MINUTE + 1000);
    await company.pass(MINUTE);
    const asked = marc.dms().filter((m) => JSON.stringify(m.blocks).includes('Vous êtes suppléant'));
    expect(asked).toHaveLength(1);
    const { entries, last } = await stored(company, room);
    const relayed = entries.filter((e) => e.kind === 'statement_relayed');
    expect(relayed).toHaveLength(1);
    expect(relayed[0]?.textFr).toContain(
      `pas encore de réponse (Communication) ; suppléants sollicités : <@${marc.id}>.`,
    );
    expect(relayed[0]?.actorId).toBeNull();
    expect(last?.relayedAt).not.toBeNull();
    const shown = sandbox.transcript(room, { as: helen.id });
    expect(shown).toContain('La moitié du délai est passée');
    expect(shown).toContain('*Communication* Claire Fontaine et Marc Delacroix, en attente depuis');
  });

  test('à la fin du délai, le pilote de crise est prévenu : le silence ne vaut jamais accord', async () => {
    await company.pass(5 * MINUTE);
    await company.pass(10 * MINUTE);
    const told = await waiting(company, company.anne);
    expect(told).toContain(
      '*Statement 1 is not approved in time* “Premiers mots”: call Communication (Claire Fontaine)',
    );
    expect(told).toContain('Silence is never consent');
    expect((await stored(company, room)).last?.status).toBe('in_review');
  });

  test('le suppléant valide, puis la direction : le communiqué est validé et publié', async () => {
    const { marc, anne, claire, sandbox } = company;
    await approveAsked(company, marc, 'Valider le communiqué 1');
    expect((await stored(company, room)).last?.status).toBe('in_review');
    await anne.click(cardIn(anne, room, 'Premiers mots'), 'statements.approve');
    await company.settled();
    expect((await stored(company, room)).last?.status).toBe('approved');
    const shown = sandbox.transcript(room, { as: claire.id });
    expect(shown).toContain('● *Communication (en tant que suppléant)* Marc Delacroix, a validé à');
    expect(shown).toContain('● *Juridique* Helen Park, a validé à');
    await claire.click(cardIn(claire, room, 'Premiers mots'), 'Marquer comme publié…');
    await claire.waitForModal({ callbackId: 'statements.publish' });
    expect(await claire.submit()).toMatchObject({
      outcome: 'errors',
      errors: { url: 'Donnez l’adresse, ou dites où il a été publié.' },
    });
    claire.fill({ where: 'Courrier aux 1 200 clients', no_next: ['none'] });
    await claire.submit();
    await company.settled();
    expect((await stored(company, room)).entries.at(-1)?.textFr).toContain('publié : Courrier aux 1 200 clients');
  });

  test('un communiqué validé à temps ne relance plus personne', async () => {
    const { tom, helen, claire, anne, marc } = company;
    await write(company, tom, room, { title: 'Deuxième', kind: 'reply_from_bank' });
    await company.pass(2000);
    const before = marc.dms().length;
    await claire.click(cardIn(claire, room, 'Deuxième'), 'statements.approve');
    await company.settled();
    await company.pass(30 * MINUTE);
    expect(marc.dms()).toHaveLength(before);
    const { last, entries } = await stored(company, room);
    expect(last).toMatchObject({ status: 'approved', relayedAt: null, overdueAt: null });
    expect(entries.filter((e) => e.data['statementId'] === last?.id).map((e) => e.kind)).not.toContain(
      'statement_relayed',
    );
    for (const person of [helen, anne]) expect(JSON.stringify(person.dms().at(-1)?.blocks)).not.toContain('Deuxième');
  });

  test('quand le niveau monte pendant la validation, une approbation de plus est demandée et les autres restent', async () => {
    const { tom, claire, anne, helen, sandbox } = company;
    await anne.command('/crise niveau incident la situation est contenue', room);
    await company.settled();
    await write(company, tom, room, { title: 'Troisième', kind: 'email', audience: 'customers' });
    await helen.click(cardIn(helen, room, 'Troisième', 'statements.approve'), 'statements.approve');
    await company.settled();
    const { crisis } = await stored(company, room);
    const seatsAt = async (level: Level) =>
      (await statementsWithSeats(company.app.deps.db, { ...crisis, level })).map(({ waitsFor }) => waitsFor);
    expect((await seatsAt('incident'))[0]).toEqual(['communication']);
    // What the level adds counts from the moment it changes: whoever asks does not wait for the statement to follow.
    expect(await seatsAt('crisis')).toEqual([['communication', 'lead', 'management'], [], []]);
    await anne.command('/crise niveau crise la presse appelle', room);
    await company.settled();
    const { last, entries } = await stored(company, room);
    expect(last?.requiredDepartments).toEqual(['communication', 'legal', 'lead', 'management']);
    expect(entries.at(-1)?.textFr).toContain(
      'le niveau exige désormais aussi ces validations : Pilote de crise et Direction.',
    );
    expect(sandbox.transcript(room, { as: claire.id })).toContain('*Direction* Anne Whitfield, en attente depuis');
    expect(await readAsked(company, anne, 'Troisième')).toContain('for *Crisis lead and Management*');
    await anne.click(anne.modal() as ModalView, 'statements.approve');
    await company.settled();
    while (anne.modal()) await anne.close();
    await claire.click(cardIn(claire, room, 'Troisième', 'statements.approve'), 'statements.approve');
    await company.settled();
    // Anne is the lead and all of management: one press fills one of the two seats.
    expect((await stored(company, room)).last?.status).toBe('in_review');
    await company.pass(15 * MINUTE);
    await pressWaiting(company, anne, 'Nobody else can approve statement 3');
    await anne.waitForModal({ callbackId: 'statements.reason' });
    anne.fill({ reason: 'La direction, c’est moi.' });
    await anne.submit();
    await company.settled();
    await anne.click(cardIn(anne, room, 'Troisième', 'statements.approve'), 'statements.approve');
    await company.settled();
    const done = (await stored(company, room)).last;
    expect(done?.status).toBe('approved');
    expect(done?.verdicts.map((v) => v.department).toSorted()).toEqual([
      'communication',
      'lead',
      'legal',
      'management',
    ]);
  });

  test('rien de ce qui part ne serait refusé par Slack', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});
