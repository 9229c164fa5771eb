import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { crises } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import { features } from '../../src/features.ts';
import { findCommands } from '../../src/home/rules.ts';
import type { HomeView, Person } from '../../src/sandbox/server/index.ts';
import { button } from '../../src/slack/contract.ts';
import type { Feature } from '../../src/slack/feature.ts';
import { slackTime } from '../../src/slack/mrkdwn.ts';
import type { Wait } from '../../src/slack/waits.ts';
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

const answer = button('test.answer', z.object({ what: z.string() }));

/** Something that waits for people in each open crisis, in place of what waits by itself there. */
function waitingFor(waits: Wait[]): readonly Feature[] {
  const silent = features.map((feature) => ({ ...feature, waits: async () => [] }));
  const waiting: Feature = {
    name: 'test',
    title: { en: 'Test', fr: 'Essai' },
    waits: async () => waits,
    actions: [answer.on(async (_call, { what }) => ({ text: `answered: ${what}` }))],
  };
  return [...silent, waiting];
}

const aWait = (userId: string, what: string, since: Date, more: Partial<Wait> = {}): Wait => ({
  userId,
  key: `test:${userId}:${what}`,
  news: 'asked',
  isUrgent: false,
  since,
  dueAt: null,
  changesAt: null,
  names: [],
  text: ({ timeZone, language }) => `approve ${what} (since ${slackTime(since, timeZone, language, 'time')})`,
  button: () => answer.draw('Read…', { what }),
  ...more,
});

type Shown = { text?: unknown; blocks?: unknown } | undefined;
type Block = { type: string; text?: { text: string }; accessory?: { type: string }; elements?: { type: string }[] };

const blocksOf = (shown: Shown): Block[] => (shown?.blocks ?? []) as Block[];
const linesOf = (shown: Shown): string[] =>
  blocksOf(shown).flatMap(({ text, type }) => text?.text.split('\n') ?? (type === 'divider' ? [] : ['–']));
const pressable = (shown: Shown): string[] =>
  blocksOf(shown)
    .flatMap(({ accessory, elements = [], type }) => [
      ...(accessory ? [accessory] : []),
      ...(type === 'actions' ? elements : []),
    ])
    .map(({ type }) => type);

describe('where people find their way', () => {
  const waits: Wait[] = [];
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ features: waitingFor(waits) });
    room = await company.declare('Glass in the spring soup');
  });
  afterAll(() => company.close());

  const nowWaits = (...next: Wait[]) => waits.splice(0, waits.length, ...next);
  const ago = (minutes: number) => new Date(company.now().getTime() - minutes * MINUTE);
  const ahead = (minutes: number) => ago(-minutes);

  test('in a room: what waits on this person alone, the soonest first, each with its button', async () => {
    const { helen, tom } = company;
    nowWaits(
      aWait(helen.id, 'statement 2', ago(5)),
      aWait(helen.id, 'statement 1', ago(9), { dueAt: ahead(20) }),
      aWait(tom.id, 'the recall', ago(30)),
    );
    const panel = await replyTo(company, helen, '/crisis', room);
    const [title, first, second] = linesOf(panel);
    expect(title).toBe('–');
    expect(textOf(panel)).toContain('Crisis 1 · Glass in the spring soup');
    expect(first).toMatch(/^\*For you:\* approve statement 1 \(since /);
    expect(second).toMatch(/^approve statement 2/);
    expect(textOf(panel)).not.toContain('the recall');
    const said = await replyAfter(company, helen, () => helen.click(panel, 'Read…'));
    expect(said.text).toBe('answered: statement 1');
  });

  test('at most eight lines and four things to press, whatever waits; the rest is one press away', async () => {
    const { helen } = company;
    nowWaits(...Array.from({ length: 9 }, (_, i) => aWait(helen.id, `statement ${i + 1}`, ago(9 - i))));
    const panel = await replyTo(company, helen, '/crisis', room);
    expect(linesOf(panel).length).toBeLessThanOrEqual(8);
    expect(pressable(panel)).toEqual(['button', 'button', 'button', 'static_select']);
    await helen.select(panel, 'home.run', 'mine');
    expect(textOf(await helen.waitForModal({ callbackId: 'waiting.list' }))).toContain('approve statement 9');
    await helen.close();
  });

  test('nothing waits: it says so, and offers what people do most', async () => {
    nowWaits();
    const panel = await replyTo(company, company.helen, '/crisis', room);
    expect(textOf(panel)).toContain('Nothing waits on you.');
    expect(pressable(panel)).toEqual(['button', 'button', 'button', 'static_select']);
    expect(textOf(panel)).toContain('Record a fact');
  });

  test('each button of the panel does what the typed command does', async () => {
    const panel = await replyTo(company, company.claire, '/crise', room);
    for (const name of ['start', 'fact', 'task']) {
      const clicked = await outcomeOf(company, company.claire, () => company.claire.click(panel, `home.run:${name}`));
      const typed = await outcomeOf(company, company.claire, () => company.claire.command(`/crise ${name}`, room));
      expect(clicked).toBe(typed);
    }
  });

  test('whatever can be typed can be picked', async () => {
    const panel = await replyTo(company, company.helen, '/crisis', room);
    const shown = await replyAfter(company, company.helen, () => company.helen.select(panel, 'home.run', 'help'));
    expect(textOf(shown)).toContain('The frequent commands');
  });

  test('/crisis status is the panel, and so is /crise état, in the language of the person', async () => {
    nowWaits(aWait(company.claire.id, 'statement 1', ago(5)));
    const typed = textOf(await replyTo(company, company.claire, '/crise', room));
    expect(typed).toContain('*Crise 1 · Glass in the spring soup*');
    expect(typed).toContain('pilote Claire Fontaine');
    expect(typed).toContain('*Pour vous :* approve statement 1');
    expect(textOf(await replyTo(company, company.claire, '/crisis état', room))).toBe(typed);
  });

  test.each([
    ['en', '/crisis help'],
    ['fr', '/crise aide'],
  ] as const)('help is the ten frequent commands, in at most 25 lines, in %s', async (language, command) => {
    const person = language === 'fr' ? company.marc : company.sam;
    const help = await replyTo(company, person, command, '#general');
    expect(linesOf(help).length).toBeLessThanOrEqual(25);
    expect(linesOf(help).filter((line) => /^`\/cris(is|e) \S/.test(line))).toHaveLength(10);
  });

  const asked: [string, string, RegExp][] = [
    ['a word of either language finds a command', 'communiqué', /^`\/crisis statement/],
    ['accents do not matter', 'tache', /^`\/crisis task/],
    ['nor does the number', 'tâches', /^`\/crisis task/],
    ['what a command is about finds it', 'deputies', /^`\/crisis settings/],
    ['a mistyped name is understood', 'stakehodler', /^`\/crisis stakeholder/],
  ];
  test.each(asked)('help with a word: %s', async (_title, word, expected) => {
    const found = await replyTo(company, company.sam, `/crisis help ${word}`, '#general');
    expect(linesOf(found).length).toBeLessThanOrEqual(25);
    expect(linesOf(found)[1]).toMatch(expected);
  });

  test('every command is found by its name and by its French word', async () => {
    const title = { en: '', fr: '' };
    const commands = features.map(({ subcommands = [] }) => ({ title, entries: subcommands }));
    for (const { entries } of commands)
      for (const entry of entries)
        for (const name of [entry.name, ...entry.aliases].filter((one) => one !== '?'))
          expect(findCommands(commands, name), name).toContain(entry);
  });

  test('nothing found is one line', async () => {
    const found = await replyTo(company, company.marc, '/crise aide zeppelin', '#general');
    expect(found.text).toBe('Aucune commande pour « zeppelin ». `/crise aide` montre les commandes courantes.');
    expect(found.blocks).toHaveLength(1);
  });

  test('a word that is like no command is not answered with another one', async () => {
    const said = textOf(await replyTo(company, company.marc, '/crise publier', '#general'));
    expect(said).toContain('`/crise aide publier`');
    expect(said).not.toContain('appeler');
    expect(textOf(await replyTo(company, company.marc, '/crise tahce', '#general'))).toContain('`/crise tâche`');
  });

  test('outside of the rooms: what waits with its crisis, the crises one is part of, and how one begins', async () => {
    nowWaits(...[1, 2, 3].map((i) => aWait(company.tom.id, `statement ${i}`, ago(9 - i))));
    const said = await replyTo(company, company.tom, '/crisis', '#general');
    expect(linesOf(said)[0]).toMatch(new RegExp(`^\\*For you:\\* approve statement 1 .*<#${room}>$`));
    expect(textOf(said)).toContain('+1 more');
    expect(textOf(said)).toContain('Glass in the spring soup');
    expect(pressable(said)).toEqual(['button', 'button', 'button', 'button', 'static_select']);
  });

  test('a stranger learns nothing of a private crisis, neither typed nor at home', async () => {
    const typed = textOf(await replyTo(company, company.sam, '/crisis', '#general'));
    const home = textOf(await homeOf(company, company.sam));
    for (const said of [typed, home]) {
      expect(said).not.toContain('soup');
      expect(said).toContain('You are in no open crisis.');
      expect(said).toContain('Declare a crisis');
    }
  });

  test('Home: what waits, each with its button; then the crises; then how one begins; then what is not ready', async () => {
    const { claire } = company;
    nowWaits(...[1, 2, 3, 4, 5].map((i) => aWait(claire.id, `statement ${i}`, ago(9 - i))));
    const home = await homeOf(company, claire);
    const said = textOf(home);
    const order = [
      'Ce qui vous attend',
      'approve statement 5',
      'Crises ouvertes',
      'Glass in the spring soup',
      'Est-ce une crise ?',
      'Déclencher une crise',
      'Vos alertes : *Communication*.',
      'Préparation',
      '*Juridique* repose sur une seule personne',
    ];
    expect(order.map((words) => said.indexOf(words))).toEqual(
      order.map((words) => said.indexOf(words)).toSorted((a, b) => a - b),
    );
    expect(order.filter((words) => !said.includes(words))).toEqual([]);
    await claire.click(home, 'Read…');
    expect(textOf(await claire.waitForModal())).toContain('answered: statement 1');
    await claire.close();
    for (const [label, callbackId] of [
      ['Désigner un suppléant', 'settings.deputies'],
      ['Déclencher une crise', 'crises.declare'],
      ['Est-ce une crise ?', 'assessment.assess'],
    ] as const) {
      await claire.click(home, label);
      await claire.waitForModal({ callbackId });
      await claire.close();
    }
  });

  test('whatever stands in a box of Home has something to press, or is words alone', async () => {
    const home = await homeOf(company, company.claire);
    const boxes = blocksOf(home).filter(
      ({ type, text }) => type === 'section' && /approve|repose|Crise 1/.test(text?.text ?? ''),
    );
    expect(boxes.length).toBeGreaterThan(5);
    expect(boxes.filter(({ accessory, text }) => !accessory && !text?.text.includes(`<#${room}>`))).toEqual([]);
  });

  test('Home speaks of preparedness only to those who prepare', async () => {
    const said = JSON.stringify((await homeOf(company, company.sam)).blocks);
    expect(said).not.toContain('rests on one person');
    expect(said).not.toContain('Preparedness');
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

  test('a closed crisis waits for nobody, and offers what is left to do', async () => {
    nowWaits(aWait(company.claire.id, 'statement 1', ago(5)));
    await company.app.deps.db.update(crises).set({ status: 'closed' }).where(eq(crises.channelId, room));
    const panel = textOf(await replyTo(company, company.claire, '/crise', room));
    expect(panel).toContain('La crise est close.');
    expect(panel).not.toContain('approve');
    expect(panel).toContain('Rouvrir…');
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
