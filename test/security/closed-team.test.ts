import { asc, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { crises, statements, statementVersions, tasks } from '../../db/schema/index.ts';
import { newId } from '../../src/core/ids.ts';
import { SECOND } from '../../src/core/time.ts';
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
import { write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

/**
 * A closed team about Anne, who is of management and would otherwise be called, asked and told. Whatever she types,
 * presses or sends is answered as it is for a crisis that does not exist: word for word.
 */
const secret = /whistleblower|suspend the bonus/i;

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
let room: string;
let crisisId: string;
let codeName: string;
type Ids = Record<string, unknown> & { ids: string[] };
let real: Ids;
let unreal: Ids;
let anne: Person;

beforeAll(async () => {
  company = await startCompany({ features: [...features, forge], playbooks: 'product', language: 'en' });
  // A forged message or form for every button there is, in seconds: who may press is what it is about.
  company.sandbox.enforceRateTiers(false);
  anne = company.anne;
  const { db } = company.app.deps;
  const before = new Set(company.sandbox.channels().map((channel) => channel.id));
  await company.helen.command('/crisis declare Quagga allegations', '#general');
  const form = await company.helen.waitForModal();
  company.helen.fill({ level: 'major', playbook: 'executive' });
  await company.helen.select(form, 'playbook', 'executive');
  await company.settled();
  company.helen.fill({ summary: 'A whistleblower wrote to us.', concerned: [anne.id], team: [company.sam.id] });
  await company.helen.submit();
  await company.settled();
  while (company.helen.modal()) await company.helen.close();
  room = company.sandbox.channels().find((c) => !before.has(c.id) && c.name.startsWith('crisis-'))?.id ?? '';
  await company.sam.invite('#general', company.sandbox.botUserId).catch(() => {});
  await company.helen.command('/crisis task Suspend the bonus', room);
  await write(company, company.claire, room, { title: 'Quagga words', text: 'We know.', submit: true });
  const [crisis] = await db.select().from(crises);
  crisisId = crisis?.id ?? '';
  codeName = crisis?.codeName ?? '';
  const [task] = await db.select().from(tasks);
  const statement = (await db.select().from(statements)).at(-1);
  const version = (await db.select().from(statementVersions)).find((v) => v.statementId === statement?.id);
  const [callout] = await calloutsOf(db, crisisId);
  const [entry] = await entriesOf(db, crisisId);
  const fixed = {
    v: 1,
    h: version?.hash,
    a: 'done',
    do: 'show',
    version: 1,
    hash: version?.hash,
    seen: { version: 1, hash: version?.hash },
    base: 1,
    about: 'rejected',
    joiners: [],
    userId: company.tom.id,
    department: 'legal',
    kind: 'open',
    page: 0,
    upToSeq: 100,
    name: 'status',
    sourceUrl: null,
    mark: 0,
    parent: null,
    url: 'https://files.slack.com/x',
  };
  const idsOf = (crisisKey: string, other: (id: string | undefined) => string | undefined) => ({
    ...fixed,
    crisisId: crisisKey,
    crisis: crisisKey,
    ids: [crisisKey],
    calloutId: other(callout?.id),
    leadId: 'U0CLAIRE0',
    entryId: other(entry?.id),
    correctsId: other(entry?.id),
    statementId: other(statement?.id),
    s: other(statement?.id),
    id: other(task?.id),
    draftId: newId(),
  });
  real = idsOf(crisisId, (id) => id);
  unreal = idsOf(newId(), () => newId());
});
afterAll(() => company.close());
afterEach(async () => {
  while (anne.modal()) await anne.close();
});

const registered = {
  subcommands: features.flatMap((f) => f.subcommands ?? []),
  actions: features.flatMap((f) => f.actions ?? []),
  forms: features.flatMap((f) => f.forms ?? []),
};

/** What a person is shown by one act: what is said to them alone, messages, and the form. */
async function answerTo(act: () => Promise<unknown>): Promise<string> {
  const [whispers, dms] = [anne.ephemerals().length, anne.dms().length];
  const outcome = await act();
  await company.settled();
  const seen = JSON.stringify([
    (outcome as { reply?: unknown } | undefined)?.reply ?? null,
    anne
      .ephemerals()
      .slice(whispers)
      .map(({ text, blocks }) => ({ text, blocks })),
    anne
      .dms()
      .slice(dms)
      .map(({ text, blocks }) => ({ text, blocks })),
    anne.modal() ?? null,
  ]);
  while (anne.modal()) await anne.close();
  expect(seen).not.toMatch(secret);
  return plain(seen);
}

/** Without what differs between any two answers. */
const plain = (seen: string): string =>
  [real, unreal]
    .flatMap((ids) => Object.values(ids).flat())
    .filter((value): value is string => typeof value === 'string' && value.length > 30)
    .reduce((text, id) => text.replaceAll(id, 'ID'), seen)
    .replaceAll(/"(block_id|channel|hash|id|root_view_id|external_id|view_id|ts|trigger_id)":"[^"]*"/g, '')
    .replaceAll(/"b[0-9A-Z]{9}":/g, '"block":')
    .replaceAll(/\bC0[0-9A-Z]{6,}|\*[0-9A-F]{8}\*/g, 'ID')
    .replaceAll(/[VFB][0-9A-Za-z]{8,}|[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');

test('the person concerned is not called, not invited and not told; those who are chosen are', async () => {
  expect(() => anne.sees(room)).toThrow();
  expect(anne.dms()).toEqual([]);
  for (const person of [company.helen, company.claire, company.tom, company.sam])
    expect(() => person.sees(room)).not.toThrow();
  await company.pass(5 * SECOND);
  expect(company.sam.dms().length).toBeGreaterThan(0);
  const said = company.sandbox.transcript(room, { as: company.helen.id });
  expect(said).not.toMatch(/[○●] \*?Management/);
  expect(said).not.toContain('Anne');
  expect(company.sandbox.problems).toEqual([]);
});

test('what phones show of it is its code name alone, and its room, topic and files are named by it', async () => {
  const { sandbox, helen } = company;
  expect(sandbox.channel(room)).toMatchObject({ name: `crisis-${codeName}` });
  expect(sandbox.channel(room)?.topic.value).toBe(`🔴 Major crisis · ${codeName}`);
  await helen.command('/crisis timeline export', room);
  await company.settled();
  const notified = [
    ...helen.sees(room).filter((shown) => shown.bot_id && shown.type === 'message' && !('subtype' in shown)),
    ...[helen, company.claire, company.tom, company.sam].flatMap((person) => person.dms()),
  ].map(({ text }) => text);
  expect(new Set(notified.filter(Boolean))).toEqual(new Set([codeName]));
  const files = helen.dms().flatMap(({ files: ids = [] }) => ids);
  expect(files.length).toBeGreaterThan(0);
  expect(JSON.stringify([helen.dms(), company.sam.dms()])).not.toContain('Quagga allegations');
  await helen.openHome();
  await company.settled();
  expect(JSON.stringify(helen.home())).toContain(codeName);
  expect(JSON.stringify(helen.home())).not.toMatch(/Quagga allegations|#null/);
});

describe('for the person concerned there is no such crisis', () => {
  test.each(registered.subcommands.map((s) => s.name))('by typing /crisis %s', async (name) => {
    // With the same first word: help guesses commands from it.
    const unusedName = `${codeName.split('-')[0]}-quagga`;
    for (const [asked, other] of [
      ['', ''],
      ['1', '7'],
      ['#1 because of it', '#7 because of it'],
      ['Quagga', 'Zebra'],
      [codeName, unusedName],
      [`#crisis-${codeName} because of it`, `#crisis-${unusedName} because of it`],
      [`<#${room}|> because of it`, '<#C0NOSUCH00|> because of it'],
    ] as const) {
      const mine = await answerTo(() => anne.command(`/crisis ${name} ${asked}`.trim(), '#general'));
      const none = await answerTo(() => anne.command(`/crisis ${name} ${other}`.trim(), '#general'));
      const same = (text: string) =>
        text
          .replaceAll(codeName, 'N')
          .replaceAll(unusedName, 'N')
          .replaceAll(/#?(1|7)\b|Quagga|Zebra/g, 'N');
      expect(same(mine)).toBe(same(none));
    }
  });

  test.each(registered.actions.map((a) => a.id).filter((id) => !id.startsWith('playbooks')))(
    'by pressing %s',
    async (id) => {
      const press = async (value: Record<string, unknown>) => {
        const card = message('A', [
          section('x'),
          actions(buttonElement('Press', { id, value: JSON.stringify(value) })),
        ]);
        const channel = company.sandbox.channel('#general')?.id ?? '';
        const { ts } = await company.app.slack.postMessage({ channelId: channel }, card, newId());
        return answerTo(() => anne.click({ channel, ts }, id));
      };
      expect(await press(real)).toBe(await press(unreal));
    },
  );

  test.each(registered.forms.map((f) => f.id).filter((id) => !/^(settings|playbooks|crises\.declare)/.test(id)))(
    'by sending the form %s',
    async (id) => {
      const fields = [
        'title',
        'summary',
        'note',
        'reason',
        'text',
        'details',
        'part_1',
        'where',
        'name',
        'crisis',
        'assignee',
        'gap',
        'who',
      ];
      const send = async (ids: Ids) => {
        const channelId = company.sandbox.channel('#general')?.id ?? '';
        forged.view = modal({
          id,
          title: 'Forged',
          submit: 'Send',
          close: 'Close',
          metadata: {
            ...ids,
            channelId,
            ...(id.endsWith('.list') ? { about: { crisisIds: ids.ids, crisisId: ids['crisisId'], channelId } } : {}),
          },
          blocks: fields.map((field) => input(field, textInput(field), { optional: true })),
        });
        await anne.command('/crisis forge', '#general');
        await anne.waitForModal({ callbackId: id });
        anne.fill(
          Object.fromEntries(
            fields.map((field) => [
              field,
              field === 'crisis' ? String(ids['crisisId']) : ['assignee', 'who'].includes(field) ? anne.id : 'It',
            ]),
          ),
        );
        return answerTo(() => anne.submit().catch((error: unknown) => String(error)));
      };
      expect(await send(real)).toBe(await send(unreal));
    },
  );

  test('on the Home tab, in its list, and when declaring what resembles it', async () => {
    await anne.openHome();
    await company.settled();
    expect(JSON.stringify(anne.home())).not.toMatch(/Quagga|whistleblower/);
    expect(JSON.stringify(anne.home())).not.toContain(codeName);
    await anne.command('/crisis declare Quagga again', '#general');
    await anne.waitForModal();
    anne.fill({ level: 'watch' });
    await anne.submit();
    await company.settled();
    expect(JSON.stringify(anne.modal())).not.toMatch(/resembl|ressembl|confiden/);
    while (anne.modal()) await anne.close();
  });

  test('nor is management, which may know of other private crises, told of it by its title', async () => {
    await company.app.deps.db.execute(
      sql`update departments set deputy_ids = array_append(deputy_ids, ${company.marc.id}) where key = 'management'`,
    );
    await company.marc.command('/crisis declare Quagga allegations of somebody', '#general');
    await company.marc.waitForModal();
    company.marc.fill({ level: 'watch' });
    await company.marc.submit();
    await company.settled();
    expect(JSON.stringify(company.marc.modal())).not.toMatch(/Helen|confiden/);
    while (company.marc.modal()) await company.marc.close();
  });
});

describe('nobody brings the person concerned in', () => {
  test.each([
    [`call <@U0ANNE000>`, 'its lead knows why'],
    [`lead <@U0ANNE000>`, 'Its lead knows why'],
    [`task Call the board <@U0ANNE000>`, 'its lead knows why'],
  ])('/crisis %s is refused without saying why', async (line, answer) => {
    const { reply } = await company.helen.command(`/crisis ${line.replace('U0ANNE000', anne.id)}`, room);
    expect(reply?.text).toContain(answer);
    await company.settled();
    expect(() => anne.sees(room)).toThrow();
  });

  test.each([
    ['fact', 'facts.record', { text: 'A bonus was paid', owner: '' }],
    ['decide Suspend the bonus', 'facts.decide', { reason: 'Counsel', decider: '' }],
    ['measure Pay nothing', 'facts.add_measure', { owner: '' }],
    ['cause Greed', 'facts.add_cause', { family: 'quality', owner: '' }],
    ['stakeholder The board', 'stakeholders.add', { circle: 'employees', owner: '' }],
  ])('nor does she answer for anything: the form of /crisis %s', async (line, id, values) => {
    const { helen } = company;
    await helen.command(`/crisis ${line}`, room);
    await helen.waitForModal({ callbackId: id });
    helen.fill(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value || anne.id])));
    expect(JSON.stringify(await helen.submit())).toContain('its lead knows why');
    await company.settled();
    while (helen.modal()) await helen.close();
  });

  test('nor is she asked to approve: in a closed team the lead stands in for a department that is not in it', async () => {
    expect(JSON.stringify(anne.dms())).not.toMatch(secret);
    const rows = await company.app.deps.db.select().from(statements);
    expect(rows.flatMap((row) => row.askedIds)).not.toContain(anne.id);
  });

  test('let into the channel by hand, she is answered nothing there, and the lead is told at once what to do', async () => {
    const told = company.helen.dms().length;
    await company.tom.invite(room, anne.id);
    await company.settled();
    expect(JSON.stringify(company.helen.dms().slice(told))).toContain('is left out of');
    const entries = await entriesOf(company.app.deps.db, crisisId);
    expect(entries.at(-1)).toMatchObject({ kind: 'concerned_joined', actorId: anne.id });
    for (const name of registered.subcommands.map((s) => s.name).filter((n) => n !== 'declare')) {
      const here = await answerTo(() => anne.command(`/crisis ${name} x`, room));
      const there = await answerTo(() => anne.command(`/crisis ${name} x`, '#general'));
      // What she does in her own crisis is counted there.
      const uncounted = (text: string) => text.replaceAll(/\d+/g, 'N');
      expect(uncounted(here)).toBe(uncounted(there));
    }
  });

  test('only the lead sees who is left out, and can leave out others', async () => {
    const told = await company.claire.command('/crisis team', room);
    await company.settled();
    expect(company.claire.modal()).toBeUndefined();
    expect(JSON.stringify([told.reply, company.claire.ephemerals().at(-1)])).toContain('pilote');
    await company.helen.command('/crisis team', room);
    const form = await company.helen.waitForModal();
    expect(JSON.stringify(form)).toContain(anne.id);
    company.helen.fill({ concerned: [anne.id, company.tom.id] });
    await company.helen.submit();
    await company.settled();
    expect(JSON.stringify(company.helen.modal())).toContain('In the room still: Tom Becker');
    while (company.helen.modal()) await company.helen.close();
    const entries = await entriesOf(company.app.deps.db, crisisId);
    expect(entries.at(-1)?.textEn).not.toContain(company.tom.id);
    expect((await company.tom.command('/crisis log x', room)).reply?.text).toMatch(/cannot do that here|ne peux pas/);
  });

  test('whoever was asked to approve and is left out since is sent nothing more of it', async () => {
    const { db } = company.app.deps;
    const before = JSON.stringify(company.tom.dms());
    await db.execute(
      sql`update statements set asked_ids = array_append(asked_ids, ${company.tom.id}) where status = 'in_review'`,
    );
    await company.helen.command('/crisis fact The bonus was paid twice', room);
    await company.settled();
    expect(JSON.stringify(company.tom.dms())).toBe(before);
  });
});

test('it takes no number: those of other crises have no gap', async () => {
  await company.declare('Zebra crossing', { by: company.claire, level: 'incident' });
  const made = await company.app.deps.db.select().from(crises).orderBy(asc(crises.declaredAt));
  expect(made.map(({ number }) => number)).toEqual([null, ...made.slice(1).map((_, i) => i + 1)]);
  expect(made.length).toBeGreaterThan(2);
});
