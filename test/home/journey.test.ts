import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tasks } from '../../db/schema/index.ts';
import { features } from '../../src/features.ts';
import type { HomeView, Person } from '../../src/sandbox/server/index.ts';
import { type Company, startCompany } from '../support/company.ts';

/** Everything a reply, a form or the Home tab says, labels included. */
const textOf = (shown: { text?: unknown; blocks?: unknown } | undefined): string => {
  const texts: string[] = [typeof shown?.text === 'string' ? shown.text : ''];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'text' && typeof inner === 'string') texts.push(inner);
      else walk(inner);
    }
  };
  walk(shown?.blocks);
  return texts.join('\n');
};

async function homeOf(company: Company, person: Person): Promise<HomeView> {
  await person.openHome();
  await company.settled();
  const view = person.home();
  if (!view) throw new Error(`${person.name} has no Home tab`);
  return view;
}

/** What a person is shown alone after this act. */
async function replyAfter(company: Company, person: Person, act: () => Promise<unknown>) {
  const before = person.ephemerals().length;
  await act();
  return company.sandbox.waitFor(() => person.ephemerals()[before], { what: `a reply to ${person.name}` });
}

const replyTo = (company: Company, person: Person, command: string, where: string) =>
  replyAfter(company, person, () => person.command(command, where));

/** Which form opens after this act, or what is replied. */
async function outcomeOf(company: Company, person: Person, act: () => Promise<unknown>): Promise<string> {
  const before = person.ephemerals().length;
  await act();
  const outcome = await company.sandbox.waitFor(
    () => person.modal()?.callback_id ?? (textOf(person.ephemerals()[before]) || undefined),
    { what: `a form or a reply for ${person.name}` },
  );
  await person.close();
  return outcome;
}

describe('where people find their way', () => {
  let company: Company;
  let room: string;
  let crisisId: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Glass in the spring soup');
    const found = await company.app.deps.db.query.crises.findFirst();
    crisisId = found?.id ?? '';
    const now = company.now();
    await company.app.deps.db
      .insert(tasks)
      .values([
        task(1, 'Stop the advertising', company.helen.id, new Date(now.getTime() - 60_000)),
        task(2, 'Call the plant', company.tom.id, new Date(now.getTime() + 3_600_000)),
      ]);
  });
  afterAll(() => company.close());

  const task = (number: number, title: string, assigneeId: string, dueAt: Date): typeof tasks.$inferInsert => ({
    id: `00000000-0000-7000-8000-00000000000${number}`,
    crisisId,
    number,
    title,
    assigneeId,
    createdBy: company.claire.id,
    createdAt: company.now(),
    dueAt,
    status: 'open',
    changedBy: company.claire.id,
    changedAt: company.now(),
  });

  test.each([
    ['en', '/crisis help'],
    ['fr', '/crise aide'],
  ] as const)('help lists every command there is, in %s', async (language, command) => {
    const person = language === 'fr' ? company.marc : company.sam;
    const said = textOf(await replyTo(company, person, command, '#general'));
    const entries = features.flatMap((feature) => feature.subcommands ?? []);
    expect(entries.length).toBeGreaterThan(10);
    for (const entry of entries) {
      const word = language === 'fr' ? (entry.aliases[0] ?? entry.name) : entry.name;
      expect(said).toContain(`\`${language === 'fr' ? '/crise' : '/crisis'} ${word}`);
      expect(said).toContain(entry.summary[language].replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    }
  });

  test('the panel in a room says what matters and what waits on this person alone', async () => {
    const panel = textOf(await replyTo(company, company.helen, '/crisis', room));
    expect(panel).toContain('Crisis #1: Glass in the spring soup');
    expect(panel).toContain('*Legal* was called');
    expect(panel).toContain('Task 1: Stop the advertising, *late* since');
    expect(panel).not.toContain('Call the plant');
    expect(panel).toContain('2 open tasks, *1 late*');
    expect(panel).toContain('Legal: waiting for Helen Park');
  });

  test('/crisis status is the panel, and so is /crise état, in the language of whoever asks', async () => {
    const typed = textOf(await replyTo(company, company.claire, '/crise', room));
    expect(typed).toContain('Crise n° 1 : Glass in the spring soup');
    expect(typed).toContain('Directeur de crise');
    expect(textOf(await replyTo(company, company.claire, '/crisis état', room))).toBe(typed);
  });

  test('each button of the panel does what the typed command does', async () => {
    const panel = await replyTo(company, company.claire, '/crise', room);
    const names = ['task', 'statement', 'log', 'close'].filter((name) =>
      features.some((feature) => feature.subcommands?.some((entry) => entry.name === name)),
    );
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      const clicked = await outcomeOf(company, company.claire, () => company.claire.click(panel, `home.run:${name}`));
      const typed = await outcomeOf(company, company.claire, () => company.claire.command(`/crise ${name}`, room));
      expect(clicked).toBe(typed);
    }
  });

  test('whatever can be typed can be picked', async () => {
    const panel = await replyTo(company, company.helen, '/crisis', room);
    const shown = await replyAfter(company, company.helen, () => company.helen.select(panel, 'home.run', 'help'));
    expect(textOf(shown)).toContain('Everything the bot can do');
  });

  test('“I’m on it” in the panel answers for the department', async () => {
    const panel = await replyTo(company, company.helen, '/crisis', room);
    await company.helen.click(panel, 'I’m on it');
    await company.settled();
    expect(textOf(await replyTo(company, company.helen, '/crisis', room))).not.toContain('*Legal* was called');
  });

  test('outside of the rooms: the crises one is part of, and what waits there', async () => {
    const said = textOf(await replyTo(company, company.tom, '/crisis', '#general'));
    expect(said).toContain('Glass in the spring soup');
    expect(said).toContain('Task 2: Call the plant');
    expect(said).toContain('Declare a crisis');
  });

  test('a stranger learns nothing of a private crisis, neither typed nor at home', async () => {
    const typed = textOf(await replyTo(company, company.sam, '/crisis', '#general'));
    const home = textOf(await homeOf(company, company.sam));
    for (const said of [typed, home]) {
      expect(said).not.toContain('soup');
      expect(said).toContain('No crisis is open that you are part of.');
      expect(said).toContain('Declare a crisis');
    }
  });

  test('Home shows a person their crises, what waits on them and what is not ready, each with a button', async () => {
    const home = await homeOf(company, company.claire);
    const said = textOf(home);
    expect(said).toContain('Bonjour Claire Fontaine');
    expect(said).toContain('Glass in the spring soup');
    expect(said).toContain('*Juridique* repose sur une seule personne');
    expect(said).toContain('Vous êtes alerté pour : *Communication*.');
    await company.claire.click(home, 'Choisir des personnes');
    await company.claire.waitForModal({ callbackId: 'settings.roster' });
    await company.claire.close();
    await company.claire.click(home, 'Déclencher une crise');
    await company.claire.waitForModal({ callbackId: 'crises.declare' });
    await company.claire.close();
    await company.claire.click(home, 'Aide');
    expect(textOf(await company.claire.waitForModal())).toContain('Tout ce que le bot sait faire');
    await company.claire.close();
  });

  test('Home offers the settings only to those who may change them', async () => {
    const said = JSON.stringify((await homeOf(company, company.sam)).blocks);
    expect(said).toContain('rests on one person');
    expect(said).not.toContain('Choose people');
  });

  test('a guest is told at home that they cannot act, and nothing else', async () => {
    const gus = company.sandbox.addPerson({ id: 'U0GUEST00', name: 'Gus Guest', locale: 'fr-FR', is_restricted: true });
    await company.settled();
    const home = await homeOf(company, gus);
    expect(home.blocks).toHaveLength(1);
    expect(textOf(home)).toContain('Les invités');
  });

  test('a crisis open to the workspace is seen by everybody, with its room', async () => {
    const open = await company.declare('Website is down', { privacy: 'public' });
    const said = textOf(await replyTo(company, company.sam, '/crisis', '#general'));
    expect(said).toContain('Website is down');
    expect(said).toContain(open);
    expect(said).not.toContain('soup');
  });

  test('a statement in review waits on those who must approve it, and on nobody else', async () => {
    await company.claire.command('/crise communiqué', room);
    await company.claire.waitForModal({ callbackId: 'statements.draft' });
    company.claire.fill({ title: 'First words', part_1: 'We are stopping all sales.', submit: ['now'] });
    await company.claire.submit();
    await company.settled();
    const waiting = 'Statement 1, “First words”, waits for your approval';
    const panel = await replyTo(company, company.helen, '/crisis', room);
    expect(textOf(panel)).toContain(waiting);
    expect(textOf(panel)).toContain('1 statement waiting for approval');
    expect(textOf(panel)).toContain('Statements to approve');
    expect(textOf(await homeOf(company, company.helen))).toContain(waiting);
    expect(textOf(await replyTo(company, company.tom, '/crisis', room))).not.toContain(waiting);
    expect(textOf(await replyTo(company, company.claire, '/crise', room))).not.toContain('attend votre validation');
  });

  test('every message and tab was accepted by Slack', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('a button of the Home tab, when Slack opens no form any more', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test.each([
    ['a form', 'crises.open_declare', 'Press the button again'],
    ['an answer', 'home.help', '/crisis declare'],
  ])('%s becomes a direct message with what to do', async (_, actionId, said) => {
    const { anne } = company;
    const home = await homeOf(company, anne);
    company.sandbox.faults.always('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await anne.click(home, { actionId });
    await company.settled();
    expect(textOf(anne.dms().at(-1))).toContain(said);
    expect(anne.modal()).toBeUndefined();
    company.sandbox.faults.clear();
  });
});

describe('a workspace where nobody has set anything up', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany({ roster: 'none' });
  });
  afterAll(() => company.close());

  test('welcomes at home, and the tab is up to date as soon as the settings are saved', async () => {
    const home = await homeOf(company, company.anne);
    expect(textOf(home)).toContain('Set up the crisis cell');
    await company.anne.click(home, 'Set up in two minutes');
    await company.anne.waitForModal({ callbackId: 'settings.roster' });
    company.anne.fill({ people_management: ['Anne'], people_legal: ['Helen'] });
    await company.anne.submit();
    await company.settled();
    const after = textOf(company.anne.home());
    expect(after).not.toContain('Set up the crisis cell');
    expect(after).toContain('Nobody is named for *Communication*');
    expect(company.sandbox.problems).toEqual([]);
  });
});
