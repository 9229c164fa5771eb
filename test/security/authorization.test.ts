import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  assessments,
  causes,
  crises,
  facts,
  matters,
  measures,
  stakeholders,
  statements,
  statementVersions,
  tasks,
} from '../../db/schema/index.ts';
import { standardWeights } from '../../src/assessment/score.ts';
import { newId } from '../../src/core/ids.ts';
import { features } from '../../src/features.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import {
  actions,
  buttonElement,
  input,
  type ModalView,
  message,
  modal,
  section,
  textInput,
} from '../../src/slack/blocks.ts';
import type { Feature } from '../../src/slack/feature.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { assessThrough } from '../assessment/support.ts';
import { write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

/**
 * Everything that is registered is tried here by people who have no business in a private crisis. What is new is covered
 * by itself: a key of its value that this file does not know makes the attempt end in a fault, which fails the test.
 */
const secret = /Quagga|glass shard|freeze the plant|counsel says/i;
const fault = /Something went wrong|Une erreur est survenue/;

/** Opens any form for whoever asks: what an attacker would need to get hold of a form that was never opened for them. */
const forged: { view: ModalView | null } = { view: null };
const forge: Feature = {
  name: 'forge',
  title: { en: '', fr: '' },
  subcommands: [
    {
      name: 'forge',
      aliases: [],
      usage: { en: '', fr: '' },
      summary: { en: '', fr: '' },
      run: async (call) => {
        if (forged.view) await call.openModal(forged.view);
      },
    },
  ],
};

let company: Company;
let secretRoom: string;
let ownRoom: string;
let stranger: Person;
let neighbour: Person;
let guest: Person;
let ids: Record<string, unknown>;
/** Nothing that is done here may change it. */
let initially: unknown;
beforeAll(async () => {
  company = await startCompany({ features: [...features, forge] });
  // A forged message or form for every button there is, in seconds: who may press is what it is about.
  company.sandbox.enforceRateTiers(false);
  const { db } = company.app.deps;
  secretRoom = await company.declare('Zebra affair Quagga', { summary: 'A glass shard.' });
  await company.helen.command(`/crisis task Freeze the plant <@${company.tom.id}>`, secretRoom);
  await company.helen.command('/crisis log Counsel says to wait', secretRoom);
  await write(company, company.helen, secretRoom, {
    title: 'Quagga words',
    text: 'We have found a glass shard.',
    submit: true,
  });
  await recordKnown(secretRoom);
  for (const [text, where] of [
    ['', secretRoom],
    ['Quagga rumour', '#general'],
  ] as const) {
    await company.claire.command(`/crisis assess ${text}`.trim(), where);
    await company.claire.waitForModal({ callbackId: 'assessment.assess' });
    await assessThrough(company.claire, { harm: '1', legal: '1', reach: '2', sentiment: '3' }, () => company.settled());
    while (company.claire.modal()) await company.claire.close();
  }
  const person = (name: string, id: string, more = {}) =>
    company.sandbox.addPerson({ id, name, locale: 'en-US', tz: 'Europe/London', ...more });
  stranger = person('Sid Stranger', 'U0SID0000');
  neighbour = person('Nora Neighbour', 'U0NORA000');
  guest = person('Gus Guest', 'U0GUS0000', { is_restricted: true });
  for (const one of [stranger, neighbour, guest]) await one.join('#general').catch(() => {});
  await company.helen.invite('#general', guest.id).catch(() => {});
  await company.sandbox
    .person('Sam')
    .invite('#general', company.sandbox.botUserId)
    .catch(() => {});
  await company.settled();
  ownRoom = await company.declare('Other thing', { by: neighbour, level: 'watch' });
  const crisis = (await db.select().from(crises)).find((one) => one.channelId === secretRoom);
  if (!crisis) throw new Error('no crisis');
  const [task] = await db.select().from(tasks);
  const [statement] = await db.select().from(statements);
  const [version] = await db.select().from(statementVersions);
  const [[fact], [measure], [cause], [stakeholder]] = [
    await db.select().from(facts),
    await db.select().from(measures),
    await db.select().from(causes),
    await db.select().from(stakeholders),
  ];
  const [callout] = await calloutsOf(db, crisis.id);
  const [entry] = await entriesOf(db, crisis.id);
  const assessment = (await db.select().from(assessments)).find((one) => one.crisisId === crisis.id);
  const [matter] = await db.select().from(matters);
  ids = {
    crisisId: crisis.id,
    crisis: crisis.id,
    calloutId: callout?.id,
    leadId: 'U0CLAIRE0',
    entryId: entry?.id,
    assessmentId: assessment?.id,
    matterId: matter?.id,
    move: 'show',
    target: { assessmentId: assessment?.id },
    begun: { title: 'Zebra affair', concerned: [], harm: 3, legal: null, flags: [] },
    caseId: newId(),
    weights: standardWeights,
    basedOn: 0,
    correctsId: entry?.id,
    statementId: statement?.id,
    s: statement?.id,
    id: task?.id,
    v: 1,
    h: version?.hash,
    a: 'done',
    factId: fact?.id,
    measureId: measure?.id,
    causeId: cause?.id,
    who: stakeholder?.id,
    ask: 'change',
    replaces: null,
    here: false,
    do: 'show',
    seen: { version: 1, hash: version?.hash },
    version: 1,
    hash: version?.hash,
    base: 1,
    about: 'rejected',
    joiners: [],
    userId: stranger.id,
    department: 'legal',
    kind: 'open',
    page: 0,
    ids: [crisis.id],
    upToSeq: 100,
    name: 'status',
    draftId: newId(),
    sourceUrl: null,
    key: 'product',
    templateId: 'product-holding',
    part: 'basics',
    shown: 'x',
    mark: 0,
    parent: null,
    url: 'https://files.slack.com/x',
    say: 'not_person',
    playbook: 'product',
    template: 'product-holding',
    language: 'en',
    truth: 'true',
    category: 'crisis',
  };
  initially = await stateOf();
});
afterAll(() => company.close());
afterEach(async () => {
  for (const one of [stranger, neighbour, guest]) while (one.modal()) await one.close();
});

/** What is known in that room, by the forms that people use. */
async function recordKnown(room: string): Promise<void> {
  const { helen } = company;
  const filled = async (command: string, values: Record<string, string>) => {
    await helen.command(command, room);
    await helen.waitForModal();
    helen.fill(values);
    await helen.submit();
    await company.settled();
    while (helen.modal()) await helen.close();
  };
  await helen.command('/crisis fact The Quagga was seen', room);
  await filled('/crisis decide Tell the Quagga', { reason: 'Counsel says so' });
  await filled('/crisis measure Quagga fed', {});
  await filled('/crisis cause Quagga hungry', { family: 'quality' });
  await filled('/crisis stakeholder Quagga keepers', { circle: 'employees' });
  await filled('/crisis posture', { cluster: 'victim' });
}

const people = () => [
  { who: 'a stranger', person: stranger, where: '#general' },
  { who: 'somebody of another room', person: neighbour, where: ownRoom },
];

/** Everything of the private crisis, and of the workspace's settings. */
async function stateOf(): Promise<unknown> {
  const { db } = company.app.deps;
  const crisisId = String(ids['crisisId']);
  const rows = async (table: string, by = sql`crisis_id = ${crisisId}`) => [
    ...(await db.execute(sql`select to_jsonb(t) as row from ${sql.identifier(table)} t where ${by} order by 1`)),
  ];
  const ofStatement = sql`statement_id in (select id from statements where crisis_id = ${crisisId})`;
  return {
    crises: await rows('crises', sql`id = ${crisisId}`),
    timeline: await rows('timeline_entries'),
    messages: await rows('room_message_revisions'),
    rooms: await rows('rooms'),
    responders: await rows('responders'),
    callouts: await rows('callouts'),
    tasks: await rows('tasks'),
    facts: await rows('facts'),
    decisions: await rows('decisions'),
    measures: await rows('measures'),
    causes: await rows('causes'),
    postures: await rows('postures'),
    stakeholders: await rows('stakeholders'),
    statements: await rows('statements'),
    versions: await rows('statement_versions', ofStatement),
    verdicts: await rows('statement_verdicts', ofStatement),
    answers: await rows('statement_answers', ofStatement),
    terms: await rows('statement_terms'),
    maps: await rows('message_maps'),
    settings: await rows('settings_changes', sql`true`),
    playbooks: await rows('playbook_versions', sql`true`),
    reviews: await rows('playbook_reviews', sql`true`),
    clearances: await rows('template_clearances', sql`true`),
    assessments: await rows('assessments'),
    matters: await rows('matters', sql`id = ${String(ids['matterId'])}`),
    outcomes: await rows('assessment_outcomes', sql`true`),
    weights: await rows('assessment_weights', sql`true`),
    pastCases: await rows('past_cases', sql`true`),
    departments: await rows('departments', sql`true`),
  };
}

/** All that a person can have received: whispers, messages, forms, the Home tab, and rooms they are in. */
const received = (person: Person): string =>
  JSON.stringify([
    person.ephemerals(),
    person.dms(),
    person.modal() ?? '',
    person.home() ?? '',
    ...company.sandbox
      .channels()
      .filter((channel) => channel.id !== secretRoom && channel.kind !== 'im')
      .map((channel) => {
        try {
          return person.sees(channel.id);
        } catch {
          return [];
        }
      }),
  ]);

const answers = (person: Person): number => person.ephemerals().length + person.dms().length + (person.modal() ? 1 : 0);

function harmless(person: Person): void {
  expect(received(person)).not.toMatch(secret);
  expect(JSON.stringify([person.ephemerals().at(-1), person.modal()])).not.toMatch(fault);
  expect(() => person.sees(secretRoom)).toThrow();
}

async function inVain(person: Person, act: () => Promise<unknown>, isAnswered = true): Promise<void> {
  const heard = answers(person);
  await act();
  await company.settled();
  harmless(person);
  if (isAnswered) expect(answers(person), 'is told something').toBeGreaterThan(heard);
  expect(await stateOf()).toEqual(initially);
}

const registered = {
  subcommands: features.flatMap((f) => f.subcommands ?? []),
  actions: features.flatMap((f) => f.actions ?? []),
  forms: features.flatMap((f) => f.forms ?? []),
  shortcuts: features.flatMap((f) => f.shortcuts ?? []),
};

/** A press of these answers nothing by itself: what it changes is the form in which it is pressed. */
const inForms = new Set(
  registered.actions.map(({ id }) => id).filter((id) => /\.(filter|turn)$|^statements\.(add_room|state)$/.test(id)),
);

test('there is something to try', () => {
  for (const list of Object.values(registered)) expect(list.length).toBeGreaterThan(4);
});

describe('whoever has no business in a private crisis learns nothing of it and changes nothing', () => {
  const lines = ['', '1', '#1 because', 'all', '<@U0SID0000>', 'Zebra affair', 'major because of it'];
  test.each(registered.subcommands.map((s) => s.name))('by typing /crisis %s, with anything after it', async (name) => {
    for (const rest of lines) {
      const heard = answers(stranger);
      await stranger.command(`/crisis ${name} ${rest}`.trim(), '#general');
      await company.sandbox.waitFor(() => answers(stranger) > heard, { what: `an answer to ${name} ${rest}` });
      harmless(stranger);
      while (stranger.modal()) await stranger.close();
    }
    await company.settled();
    harmless(stranger);
    expect(await stateOf()).toEqual(initially);
  });

  // Of their own room these two would do what they say.
  const elsewhere = registered.subcommands.map((s) => s.name).filter((name) => !['close', 'declare'].includes(name));
  test.each(elsewhere)('from another room, by typing /crisis %s with the number of that crisis', async (name) => {
    for (const where of [ownRoom, '#general']) {
      await inVain(neighbour, () => neighbour.command(`/crisis ${name} 1`, where));
      while (neighbour.modal()) await neighbour.close();
    }
  });

  test.each(registered.actions.map((a) => a.id))('by pressing a forged button %s', async (id) => {
    const value = JSON.stringify(ids);
    const card = message('A button', [section('x'), actions(buttonElement('Press', { id, value }))]);
    for (const { person, where } of people()) {
      const channel = company.sandbox.channel(where)?.id ?? '';
      const { ts } = await company.app.slack.postMessage({ channelId: channel }, card, newId());
      await inVain(person, () => person.click({ channel, ts }, id), !inForms.has(id));
      if (person.modal()?.submit) await inVain(person, () => person.submit().catch(() => null), false);
      while (person.modal()) await person.close();
    }
  });

  test.each([...inForms])('by pressing a forged %s in a form of that crisis', async (id) => {
    for (const { person, where } of people()) {
      const channelId = company.sandbox.channel(where)?.id ?? '';
      forged.view = modal({
        id: id.replace(/\.\w+$/, '.list'),
        title: 'Forged',
        close: 'Close',
        metadata: { ...ids, channelId, about: { crisisIds: [ids['crisisId']], crisisId: ids['crisisId'], channelId } },
        blocks: [section('x'), actions(buttonElement('Press', { id, value: JSON.stringify(ids) }))],
      });
      await person.command('/crisis forge', where);
      const form = await person.waitForModal();
      await inVain(person, () => person.click(form, id), false);
      while (person.modal()) await person.close();
    }
  });

  const moves = ['again', 'show', 'ordinary', 'watch', 'end', 'declare', 'override'];
  test.each(moves)('by pressing %s on what others assessed', async (move) => {
    const value = JSON.stringify({ ...ids, move });
    const card = message('A button', [actions(buttonElement('Press', { id: 'assessment.move', value }))]);
    for (const { person, where } of people()) {
      const channel = company.sandbox.channel(where)?.id ?? '';
      const { ts } = await company.app.slack.postMessage({ channelId: channel }, card, newId());
      await inVain(person, () => person.click({ channel, ts }, 'assessment.move'));
      expect(person.modal()).toBeUndefined();
    }
  });

  const chosen = { level: 'watch', playbook: 'other', privacy: 'private', language: 'en', time_zone: 'Europe/Paris' };
  const fields = [
    ...Object.keys(chosen),
    'title',
    'summary',
    'note',
    'reason',
    'text',
    'crisis',
    'details',
    'part_1',
    'url',
    'assignee',
    'where',
    'gap',
    'who',
    'declarers',
  ];
  const given: Record<string, string> = { ...chosen, crisis: 'crisis', url: 'https://example.com/a' };
  test.each(registered.forms.map((f) => f.id))('by sending a forged form %s', async (id) => {
    for (const { person, where } of people()) {
      const channelId = company.sandbox.channel(where)?.id ?? '';
      const { v, ...rest } = ids;
      forged.view = modal({
        id,
        title: 'Forged',
        submit: 'Send',
        close: 'Close',
        metadata: {
          ...rest,
          v,
          channelId,
          ...(id.startsWith('settings.') ? { version: 0 } : {}),
          ...(id.endsWith('.list')
            ? { about: { crisisIds: [ids['crisisId']], crisisId: ids['crisisId'], channelId } }
            : {}),
        },
        blocks: fields.map((field) => input(field, textInput(field, {}), { optional: true })),
      });
      await person.command('/crisis forge', where);
      await person.waitForModal({ callbackId: id });
      const answer = (field: string) =>
        given[field] === 'crisis'
          ? String(ids['crisisId'])
          : (given[field] ?? (['assignee', 'who'].includes(field) ? person.id : 'Zebra affair'));
      person.fill(Object.fromEntries(fields.filter((f) => f !== 'declarers').map((field) => [field, answer(field)])));
      await inVain(person, () => person.submit(), false);
      while (person.modal()) await person.close();
    }
  });

  test.each(registered.shortcuts.map((s) => [s.id, s.type] as const))('by the shortcut %s', async (id, type) => {
    for (const { person, where } of people()) {
      if (person === neighbour && type === 'message') continue;
      const said = type === 'message' ? await person.say(where, 'Look at this') : null;
      await inVain(person, () => (said ? person.messageShortcut(id, said) : person.shortcut(id)));
      if (person.modal()?.submit) await inVain(person, () => person.submit().catch(() => null), false);
    }
  });

  test('by opening the Home tab, pressing everything on it', async () => {
    for (const { person } of people()) await inVain(person, () => person.openHome(), false);
  });

  test('by guessing words of its title in a declaration', async () => {
    for (const guess of ['Zebra', 'affair', 'the affair']) {
      await stranger.command(`/crisis declare ${guess}`, '#general');
      await stranger.waitForModal();
      await inVain(stranger, () => stranger.submit(), false);
      expect(JSON.stringify(stranger.modal())).toContain('a confidential crisis that resembles this');
      while (stranger.modal()) await stranger.close();
    }
  });

  test('and whoever is in the cell is told which crisis it is', async () => {
    await company.claire.command('/crisis declare Quagga', '#general');
    await company.claire.waitForModal();
    await company.claire.submit();
    await company.settled();
    expect(JSON.stringify(company.claire.modal())).toContain('Quagga');
    while (company.claire.modal()) await company.claire.close();
  });
});

describe('a guest, even one who was let into the room, acts nowhere', () => {
  const told = () => JSON.stringify(guest.ephemerals().at(-1) ?? '');
  beforeAll(async () => {
    await company.helen.invite(secretRoom, guest.id);
    await company.settled();
    initially = await stateOf();
  });

  test.each(registered.subcommands.map((s) => s.name))('by typing /crisis %s', async (name) => {
    await guest.command(`/crisis ${name} 1`, secretRoom);
    await company.settled();
    expect(told()).toContain('Guests and people from other organisations');
    expect(guest.modal()).toBeUndefined();
    expect(await stateOf()).toEqual(initially);
  });

  test.each(registered.actions.map((a) => a.id))('by pressing %s', async (id) => {
    const card = message('A', [actions(buttonElement('Press', { id, value: JSON.stringify(ids) }))]);
    const { ts } = await company.app.slack.postMessage({ channelId: secretRoom }, card, newId());
    const heard = guest.ephemerals().length;
    await guest.click({ channel: secretRoom, ts }, id);
    await company.settled();
    expect(guest.ephemerals().length).toBe(heard + 1);
    expect(told()).toContain('Guests and people from other organisations');
    expect(guest.modal()).toBeUndefined();
    expect(await stateOf()).toEqual(initially);
  });

  test.each(registered.shortcuts.map((s) => [s.id, s.type] as const))('by the shortcut %s', async (id, type) => {
    const said = await guest.say(secretRoom, 'I was here');
    await company.settled();
    initially = await stateOf();
    await (type === 'message' ? guest.messageShortcut(id, said) : guest.shortcut(id));
    await company.settled();
    expect(JSON.stringify([told(), guest.modal() ?? ''])).toContain('Guests and people from other organisations');
    expect(await stateOf()).toEqual(initially);
    while (guest.modal()) await guest.close();
  });

  test('nor does a person whose account was closed', async () => {
    company.sandbox.updatePerson(guest.id, { is_restricted: false, deleted: true });
    await company.settled();
    await guest.command('/crisis log x', secretRoom);
    await company.settled();
    expect(await stateOf()).toEqual(initially);
  });
});
