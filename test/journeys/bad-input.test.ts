import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { causes, crises, facts, measures, stakeholders, tasks } from '../../db/schema/index.ts';
import { newId } from '../../src/core/ids.ts';
import { SECOND } from '../../src/core/time.ts';
import { features } from '../../src/features.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { actions, buttonElement, message, section } from '../../src/slack/blocks.ts';
import { statementsOf } from '../../src/statements/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { write } from '../statements/support.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

const told = (person: Person): string => JSON.stringify(person.ephemerals().at(-1) ?? '');
type Seen = ReturnType<Person['sees']>[number];
const everything = (person: Person): string =>
  JSON.stringify([person.ephemerals(), person.dms(), person.modal() ?? '', person.home() ?? '']);
const crisisIn = async (company: Company, room: string) => {
  const found = (await company.app.deps.db.select().from(crises)).find((crisis) => crisis.channelId === room);
  if (!found) throw new Error('no crisis');
  return found;
};
const entriesIn = async (company: Company, room: string) =>
  entriesOf(company.app.deps.db, (await crisisIn(company, room)).id);
const fault = /Something went wrong|Une erreur est survenue/;

const texts: [string, string][] = [
  ['a call to everybody', 'Help <!channel> <!here> <!everyone>'],
  ['Slack notation', '*bold* _it_ ~no~ `code` > quote'],
  ['a link in disguise', '<https://evil.example|your bank>'],
  ['entities', 'R&D &lt;b&gt; &amp; co'],
  ['somebody typed raw', 'Ask <@U0SAM0000> and <@U0NOBODY0>'],
  ['control characters', 'bell \u0007 escape \u001b[31m end'],
  ['U+0000', 'before\u0000after'],
  ['half a character', 'half \ud83d of one'],
  ['text that runs backwards', 'safe \u202etxt.exe\u202c end'],
  ['emoji', '👩‍👩‍👧‍👦🇫🇷👍🏽 :fire: soup'],
  ['SQL', "'); drop table crises; --"],
  ['JSON', '{"crisisId":null}\\"'],
];

describe('whatever people type', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());
  const type = async (text: string, person = company.helen, where = room) => {
    const result = await person.command(text, where);
    await company.settled();
    expect(result, text).toMatchObject({ ok: true });
    expect(told(person), text).not.toMatch(fault);
  };
  /** What the bot said to everybody holds no notation that people smuggled in. */
  const harmless = (where: string) => {
    const bot = company.sandbox.botUserId;
    // A topic is shown as it is: Slack reads no notation in it.
    const isSaid = (m: Seen) => m.type === 'ephemeral' || (m.user === bot && !('subtype' in m));
    const isPlain = (v: unknown) => typeof v === 'object' && v !== null && 'type' in v && v.type === 'plain_text';
    const shown = [company.helen.sees(where).filter(isSaid), company.claire.dms(), company.claire.ephemerals()];
    const said = JSON.stringify(shown, (_, value: unknown) => (isPlain(value) ? undefined : value));
    expect(said).not.toMatch(/<!(channel|here|everyone)/);
    expect(said).not.toContain('<https://evil.example');
  };

  test.each(texts)('%s: becomes a task', async (_, text) => {
    const before = (await company.app.deps.db.select().from(tasks)).length;
    await type(`/crisis task Do ${text} now`);
    const after = await company.app.deps.db.select().from(tasks);
    // A task is for one person: of two who are named, one has to be chosen first.
    if (text.includes('<@')) expect(told(company.helen)).toContain('one person');
    else expect(after).toHaveLength(before + 1);
    while (company.helen.modal()) await company.helen.close();
    harmless(room);
  });

  test.each(texts)('%s: becomes an entry, word for word', async (_, text) => {
    await type(`/crisis log Note ${text} end`);
    const last = (await entriesIn(company, room)).findLast((entry) => entry.kind === 'note');
    // Slack itself makes a link of what looks like an address, wherever it stands.
    const kept = text.includes('https:')
      ? 'https://evil.example'
      : Buffer.from(text.replaceAll('\u0000', '')).toString();
    expect(last?.textEn.replaceAll(/\s+/g, ' ')).toContain(kept.replaceAll(/\s+/g, ' '));
    await type('/crisis timeline');
    harmless(room);
  });

  const titles = texts.filter(([what]) => !['SQL', 'JSON', 'entities', 'Slack notation'].includes(what));
  test.each(titles)('%s: becomes a crisis', async (_, text) => {
    const before = new Set(company.sandbox.channels().map((channel) => channel.id));
    await company.claire.command('/crisis declare', '#general');
    await company.claire.waitForModal();
    company.claire.fill({ title: `T ${text}`.slice(0, 150), summary: text });
    await company.claire.submit();
    await company.settled();
    if (JSON.stringify(company.claire.modal()).includes('crises.declare_anyway')) {
      await company.claire.submit();
      await company.settled();
    }
    while (company.claire.modal()) await company.claire.close();
    const opened = company.sandbox.channels().filter((c) => !before.has(c.id) && c.name.startsWith('crisis-'));
    expect(opened).toHaveLength(1);
    harmless(opened[0]?.id ?? '');
    await type('/crisis list', company.claire, '#general');
  });

  test('3,000 characters are kept whole, or refused in words', async () => {
    const long = `${'soup '.repeat(598)}the end`;
    await type(`/crisis log ${long}`);
    expect((await entriesIn(company, room)).findLast((e) => e.kind === 'note')?.textEn).toContain('the end');
    const before = (await company.app.deps.db.select().from(tasks)).length;
    await type(`/crisis task ${long}`);
    const after = await company.app.deps.db.select().from(tasks);
    if (after.length > before) expect(JSON.stringify(after)).toContain('the end');
    else expect(told(company.helen).length).toBeGreaterThan(20);
    while (company.helen.modal()) await company.helen.close();
    await company.claire.command(`/crisis declare ${long}`, '#general');
    const form = await company.claire.waitForModal();
    expect(form.callback_id).toBe('crises.declare');
    company.claire.fill({ title: 'A long story', summary: long.slice(0, 3000) });
    await company.claire.submit();
    await company.settled();
    while (company.claire.modal()) await company.claire.close();
    expect((await company.app.deps.db.select().from(crises)).some((c) => c.summary.endsWith('the end'))).toBe(true);
  });

  test('nothing at all is answered by what to type, in a form or in words', async () => {
    for (const empty of [
      '/crisis log',
      '/crisis log    ',
      '/crisis task',
      '/crisis task <@U0TOM0000>',
      '/crisis level',
    ]) {
      const before = [(await entriesIn(company, room)).length, company.helen.ephemerals().length];
      await type(empty);
      const shown = company.helen.modal() !== undefined || company.helen.ephemerals().length > (before[1] ?? 0);
      expect(shown, empty).toBe(true);
      expect((await entriesIn(company, room)).length, empty).toBe(before[0]);
      while (company.helen.modal()) await company.helen.close();
    }
    await company.claire.command('/crisis declare', '#general');
    await company.claire.waitForModal();
    company.claire.fill({ title: '   ' });
    expect(await company.claire.submit()).toMatchObject({ ok: false, errors: { title: expect.any(String) } });
    while (company.claire.modal()) await company.claire.close();
  });

  test('an unknown word is answered by the nearest one, in the language of the reader, and harmlessly', async () => {
    await type('/crisis tsak Freeze');
    expect(told(company.helen)).toContain('Did you mean `/crisis task`');
    await type('/crise tsak Geler', company.claire);
    expect(told(company.claire)).toContain('Vouliez-vous dire `/crise tâche`');
    await type('/crisis <!channel>`*x*', company.helen);
    expect(told(company.helen)).not.toContain('<!channel>');
    await type(`/crisis ${'x'.repeat(2900)}`);
    expect(told(company.helen).length).toBeLessThan(1000);
  });

  test.each(['task Freeze', 'log Note', 'level major because', 'lead', 'who', 'digest now', 'timeline', 'repair'])(
    'outside a room, “/crisis %s” says what to do, or does it where it is clear',
    async (text) => {
      const heard = company.claire.ephemerals().length;
      await type(`/crisis ${text}`, company.claire, '#general');
      expect(company.claire.modal() !== undefined || company.claire.ephemerals().length > heard).toBe(true);
      while (company.claire.modal()) await company.claire.close();
    },
  );

  test('nothing of this made Slack refuse a payload', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});

const secret = /Zebra|glass shard/i;

describe('somebody who is not in the cell', () => {
  let company: Company;
  let room: string;
  let strangers: [Person, RegExp][];
  beforeAll(async () => {
    company = await startCompany();
    // A forged message for every button there is, in seconds: the buttons are what it is about.
    company.sandbox.enforceRateTiers(false);
    room = await company.declare('Zebra affair', { summary: 'A glass shard.' });
    await company.helen.command(`/crisis task Find the glass shard <@${company.tom.id}>`, room);
    await write(company, company.helen, room, { title: 'Zebra words', text: 'We have found a glass shard.' });
    await company.helen.command('/crisis fact A glass shard was found', room);
    for (const [what, id, values] of [
      ['cause Glass shard from the jar', 'facts.add_cause', { family: 'quality' }],
      ['measure Sweep every glass shard', 'facts.add_measure', {}],
      ['stakeholder Zebra keepers', 'stakeholders.add', { circle: 'employees' }],
    ] as const) {
      await company.helen.command(`/crisis ${what}`, room);
      await company.helen.waitForModal({ callbackId: id });
      company.helen.fill(values);
      await company.helen.submit();
      await company.settled();
    }
    const luc = company.sandbox.addPerson({ id: 'U0LUC0000', name: 'Luc Dehors', locale: 'fr-FR', tz: 'Europe/Paris' });
    await luc.join('#general');
    await luc.invite('#general', company.sandbox.botUserId);
    await company.settled();
    strangers = [
      [company.sam, /cannot|not |no |only|ask /i],
      [luc, /ne |pas |aucun|n’/i],
    ];
  });
  afterAll(() => company.close());
  afterEach(async () => {
    for (const [stranger] of strangers) while (stranger.modal()) await stranger.close();
  });

  /** Each of them does it, is answered, learns nothing and changes nothing. */
  async function inVain(act: (stranger: Person) => Promise<unknown>, isAnswered = true): Promise<void> {
    const before = (await entriesIn(company, room)).length;
    const heard = strangers.map(([stranger]) => stranger.ephemerals().length);
    await Promise.all(strangers.map(([stranger]) => act(stranger)));
    await company.settled();
    for (const [index, [stranger]] of strangers.entries()) {
      expect(everything(stranger)).not.toMatch(secret);
      expect(told(stranger)).not.toMatch(fault);
      if (isAnswered)
        expect(stranger.modal() !== undefined || stranger.ephemerals().length > (heard[index] ?? 0)).toBe(true);
      expect(() => stranger.sees(room)).toThrow();
    }
    expect((await entriesIn(company, room)).length).toBe(before);
  }

  const refused = [
    'task steal it',
    'tasks',
    'log I was here',
    'timeline',
    'timeline export',
    'level major because',
    'lead',
    'who',
    'join 1',
    'call <@U0TOM0000>',
    'statement hello',
    'statements',
    'digest now',
    'close 1',
    'reopen 1 because',
    'repair',
    'repair 1',
    'list',
  ];
  test.each(refused)(
    'learns nothing from “/crisis %s”, is refused in their language and changes nothing',
    async (text) => {
      await inVain((stranger) => stranger.command(`/crisis ${text}`, '#general'));
      for (const [stranger, no] of strangers) expect(told(stranger)).toMatch(no);
    },
  );

  test.each(['', 'help', 'status', 'close'])(
    'learns nothing from “/crisis %s”, which is for everybody',
    async (text) => {
      await inVain((stranger) => stranger.command(`/crisis ${text}`, '#general'));
    },
  );

  const open =
    /^(crises\.open_declare|home\.|settings\.|playbooks\.|war-room\.ask_to_join|statements\.(compare|add_room))/;
  /** What a press of these changes is the form in which it is pressed. */
  const inForms = /\.(filter|turn)$|^statements\.state$/;
  const buttons = features.flatMap((f) => f.actions ?? []).flatMap(({ id }) => (open.test(id) ? [] : [id]));
  test.each(buttons)('learns nothing from a forged button %s and changes nothing', async (id) => {
    const { db } = company.app.deps;
    const crisis = await crisisIn(company, room);
    const [callout] = await calloutsOf(db, crisis.id);
    const [task] = await db.select().from(tasks);
    const [entry] = await entriesIn(company, room);
    const [statement] = await statementsOf(db, crisis.id);
    const [[fact], [cause], [measure], [stakeholder]] = await Promise.all([
      db.select().from(facts),
      db.select().from(causes),
      db.select().from(measures),
      db.select().from(stakeholders),
    ]);
    const value = {
      crisisId: crisis.id,
      calloutId: callout?.id,
      leadId: 'U0CLAIRE0',
      entryId: entry?.id,
      id: task?.id,
      v: task?.version,
      userId: 'U0SAM0000',
      department: 'legal',
      kind: 'open',
      page: 0,
      ids: [crisis.id],
      assessmentId: newId(),
      matterId: newId(),
      caseId: newId(),
      move: 'show',
      key: 'product',
      version: 0,
      templateId: 'product-holding',
      part: 'basics',
      shown: 'x',
      a: 'done',
      s: statement?.id,
      h: 'x',
      do: 'show',
      say: 'not_person',
      factId: fact?.id,
      causeId: cause?.id,
      measureId: measure?.id,
      who: stakeholder?.id,
      ask: 'change',
      playbook: 'product',
      template: 'product-holding',
      language: 'en',
    };
    const forged = message('A button', [
      section('x'),
      actions(buttonElement('Press', { id, value: JSON.stringify(value) })),
    ]);
    const general = company.sandbox.channel('#general')?.id ?? '';
    const { ts } = await company.app.slack.postMessage({ channelId: general }, forged, newId());
    await inVain((stranger) => stranger.click({ channel: general, ts }, id), !inForms.test(id));
  });

  test('changes nothing with the form of a forged button either', async () => {
    const { id: crisisId } = await crisisIn(company, room);
    const value = JSON.stringify({ crisisId, department: 'legal' });
    const forged = message('A', [actions(buttonElement('Press', { id: 'responders.call_someone', value }))]);
    const general = company.sandbox.channel('#general')?.id ?? '';
    const { ts } = await company.app.slack.postMessage({ channelId: general }, forged, newId());
    await inVain(async (stranger) => {
      await stranger.click({ channel: general, ts }, 'Press');
      if (stranger.modal() === undefined) return;
      stranger.fill({ people: [stranger.id], reason: 'let me in' });
      await stranger.submit();
    });
  });

  test('and Slack refused no payload', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('guests and people of other companies', () => {
  let company: Company;
  let room: string;
  let guest: Person;
  let external: Person;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Zebra affair');
    guest = company.sandbox.addPerson({ id: 'U0GUEST00', name: 'Gus Guest', locale: 'fr-FR', is_restricted: true });
    external = company.sandbox.addPerson({ id: 'U0EXT0000', name: 'Eve Extern', locale: 'en-US', is_stranger: true });
    await company.settled();
    for (const person of [guest, external]) await company.helen.invite(room, person.id);
    await company.settled();
  });
  afterAll(() => company.close());

  test.each(['declare A crisis of mine', 'task Steal it', 'log I was here', 'timeline', 'list', 'close', ''])(
    'a guest in the room is refused “/crise %s”, in words of his language',
    async (text) => {
      const before = (await entriesIn(company, room)).length;
      await guest.command(`/crise ${text}`, room);
      await company.settled();
      expect(told(guest)).toContain('Les invités et les personnes d’autres organisations');
      expect(guest.modal()).toBeUndefined();
      expect((await entriesIn(company, room)).length).toBe(before);
    },
  );

  test('somebody of another company can press nothing', async () => {
    const card = external.sees(room).findLast((m) => JSON.stringify(m).includes('responders.answer'));
    if (!card) throw new Error('no card');
    const before = (await entriesIn(company, room)).length;
    await external.click(card, 'I’m on it');
    await company.settled();
    expect(told(external)).toContain('Guests and people from other organisations');
    expect((await entriesIn(company, room)).length).toBe(before);
    expect(await external.command('/crisis log x', room)).toMatchObject({ failure: 'user_not_allowed' });
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('after closing', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { level: 'watch' });
    await company.helen.command('/crisis close', room);
    await company.helen.waitForModal({ callbackId: 'closing.close' });
    fillClosing(company.helen, 'Over.');
    await company.helen.submit();
    await company.settled();
  });
  afterAll(() => company.close());

  test.each(['task Freeze', 'log Late', 'level major because', 'lead', 'call <@U0TOM0000>', 'digest now', 'close'])(
    '“/crisis %s” is refused with the reason, and nothing changes',
    async (text) => {
      expect((await crisisIn(company, room)).status).toBe('closed');
      const before = (await entriesIn(company, room)).length;
      await company.helen.command(`/crisis ${text}`, room);
      await company.settled();
      expect(told(company.helen)).toMatch(/closed/);
      expect((await entriesIn(company, room)).length).toBe(before);
      expect(company.sandbox.problems).toEqual([]);
    },
  );
});

describe('Slack down', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test('a crisis declared as it went stands, and its room opens when it is back', async () => {
    const { claire, sandbox } = company;
    await claire.command('/crisis declare Flood in Lyon', '#general');
    await claire.waitForModal();
    for (const method of ['conversations.create', 'users.conversations', 'chat.postMessage'])
      sandbox.faults.always(method, { kind: 'http', status: 503, when: 'before' });
    await claire.submit();
    await sandbox.waitFor(() => sandbox.calls.some((call) => call.method === 'conversations.create' && !call.ok));
    sandbox.goDown('unavailable');
    await company.settled();
    const [declared] = await company.app.deps.db.select().from(crises);
    expect(declared).toMatchObject({ title: 'Flood in Lyon', status: 'open', channelId: null });
    sandbox.faults.clear();
    sandbox.comeBack();
    await sandbox.waitFor(() => sandbox.sockets() > 0, { timeoutMs: 10_000 });
    const isOpen = () => sandbox.channels().some((channel) => channel.name.includes('flood-lyon'));
    for (let round = 0; round < 6 && !isOpen(); round += 1) await company.pass(60 * SECOND);
    await company.settledWithRetries();
    const [after] = await company.app.deps.db.select().from(crises);
    const rooms = sandbox.channels().filter((channel) => channel.name.includes('flood-lyon'));
    expect(rooms.map((channel) => channel.id)).toEqual([after?.channelId]);
    for (const person of [company.helen, company.tom]) expect(() => person.sees(after?.channelId ?? '')).not.toThrow();
    await company.helen.command('/crisis log Back again', after?.channelId ?? '');
    await company.settled();
    expect((await entriesIn(company, after?.channelId ?? '')).at(-1)?.textEn).toContain('Back again');
    expect(sandbox.problems).toEqual([]);
  });
});
