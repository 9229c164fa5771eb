import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  causes,
  crises,
  facts,
  measures,
  roomMessageRevisions,
  stakeholders,
  statements,
  statementVersions,
  tasks,
} from '../../db/schema/index.ts';
import { newId } from '../../src/core/ids.ts';
import { storable } from '../../src/core/storable.ts';
import { features } from '../../src/features.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import { actions, buttonElement, message } from '../../src/slack/blocks.ts';
import { entriesOf, verifyStored } from '../../src/timeline/store.ts';
import { write } from '../statements/support.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

const texts: [string, string][] = [
  ['calls to everybody', '<!channel> <!here> <!everyone> <!subteam^S0LEGAL00> @channel'],
  ['a mention', '<@U0SAM0000> <@U0SAM0000|boss>'],
  ['a link that lies', '<https://evil.example/x|https://bank.example> [bank](https://evil.example/x)'],
  ['fences', '``` *bold* _it_ ~no~ `code` > quote\n>>> all ```'],
  ['control characters', 'bell \u0007 esc \u001b[31m back \u0008 null \u0000 del \u007f nel \u0085'],
  ['text that runs backwards', 'pay \u202e001\u202c and \u2066x\u2069 \u200f'],
  ['what cannot be seen', 'zero\u200bwidth\u200d\ufeff\u2060 soft\u00adhyphen tag\u{e0041}'],
  ['thousands of emoji', '🔥'.repeat(12_000)],
  ['half characters', 'half \ud83d and \udc4d of one'],
  ['names of prototypes', '__proto__ constructor {"__proto__":{"isLead":true}}'],
  ['entities', '&lt;!channel&gt; &amp;lt;!here&amp;gt;'],
  ['a wall', `${'W'.repeat(3500)} end`],
];
const fault = /Something went wrong|Une erreur est survenue/;

let company: Company;
let room: string;
let ids: Record<string, unknown>;
beforeAll(async () => {
  company = await startCompany();
  // Every form there is, in seconds: what is in them is what it is about.
  company.sandbox.enforceRateTiers(false);
  const { db } = company.app.deps;
  room = await company.declare('Soup recall');
  await company.helen.command(`/crisis task Freeze <@${company.tom.id}>`, room);
  await write(company, company.helen, room, { submit: false });
  await company.settled();
  while (company.helen.modal()) await company.helen.close();
  await company.helen.command('/crisis fact One', room);
  for (const [command, more] of [
    ['measure One', {}],
    ['cause One', { family: 'quality' }],
    ['stakeholder One', { circle: 'employees' }],
  ] as const) {
    await company.helen.command(`/crisis ${command}`, room);
    await company.helen.waitForModal();
    company.helen.fill(more);
    await company.helen.submit();
    await company.settled();
    while (company.helen.modal()) await company.helen.close();
  }
  const [[fact], [measure], [cause], [stakeholder]] = [
    await db.select().from(facts),
    await db.select().from(measures),
    await db.select().from(causes),
    await db.select().from(stakeholders),
  ];
  const [crisis] = await db.select().from(crises);
  const [task] = await db.select().from(tasks);
  const [statement] = await db.select().from(statements);
  const [version] = await db.select().from(statementVersions);
  const [callout] = await calloutsOf(db, crisis?.id ?? '');
  const [entry] = await entriesOf(db, crisis?.id ?? '');
  ids = {
    crisisId: crisis?.id,
    calloutId: callout?.id,
    leadId: 'U0CLAIRE0',
    entryId: entry?.id,
    id: task?.id,
    v: task?.version,
    s: statement?.id,
    h: version?.hash,
    a: 'block',
    do: 'edit',
    department: 'legal',
    userId: company.sam.id,
    kind: 'open',
    page: 0,
    ids: [crisis?.id],
    name: 'help',
    key: 'product',
    version: 0,
    templateId: 'product-holding',
    factId: fact?.id,
    measureId: measure?.id,
    causeId: cause?.id,
    who: stakeholder?.id,
    matterId: newId(),
    assessmentId: newId(),
    caseId: newId(),
    say: 'not_person',
    playbook: 'product',
    template: 'product-holding',
    language: 'en',
    truth: 'true',
    category: 'crisis',
    move: 'show',
    ask: 'change',
  };
});
afterAll(() => company.close());
afterEach(async () => {
  for (const person of [company.helen, company.claire]) while (person.modal()) await person.close();
});

/** What the bot said anywhere, without what Slack shows as plain text and without people's own messages. */
function saidByBot(): string {
  const isPlain = (v: unknown) => typeof v === 'object' && v !== null && 'type' in v && v.type === 'plain_text';
  const bot = company.sandbox.botUserId;
  const said = [
    ...company.sandbox.channels().flatMap((c) => c.messages.filter((m) => m.user === bot && !('subtype' in m))),
    ...company.helen.ephemerals(),
    ...company.claire.ephemerals(),
    company.helen.modal() ?? '',
  ];
  return JSON.stringify(said, (key, value: unknown) =>
    isPlain(value) || ['values', 'initial_value', 'private_metadata', 'accessibility_label'].includes(key)
      ? undefined
      : value,
  );
}

function harmless(what: string): void {
  const said = saidByBot();
  expect(said, what).not.toMatch(/<!(channel|here|everyone|subteam)/);
  expect(said, what).not.toContain('<https://evil.example');
  expect(JSON.stringify([company.helen.ephemerals().at(-1), company.helen.modal()]), what).not.toMatch(fault);
  expect(company.sandbox.problems, what).toEqual([]);
}

/** Writes the text into everything that can be written into, as long as it may be, and sends it. */
async function fillAndSend(text: string): Promise<void> {
  const { helen } = company;
  const view = helen.modal();
  if (!view?.submit) return;
  const fields = view.blocks.flatMap((block) => {
    const element = block['element'] as { type: string; action_id: string; max_length?: number } | undefined;
    return element?.type === 'plain_text_input' ? [[element.action_id, text.slice(0, element.max_length ?? 3000)]] : [];
  });
  helen.fill(Object.fromEntries(fields) as Record<string, string>);
  await helen.submit();
  await company.settled();
}

const isLong = ([, text]: [string, string]) => text.length > 1000;
const together: [string, string] = [
  'everything short at once',
  texts
    .filter((t) => !isLong(t))
    .map(([, text]) => text)
    .join(' | '),
];

describe.each([together, ...texts.filter(isLong)])('%s', (_, text) => {
  const typed = text.slice(0, 3500);

  test('typed after every command, and in every form that it opens, breaks nothing and calls nobody', async () => {
    // Closing would end the story for what comes after.
    const names = features.flatMap((f) => f.subcommands ?? []).map((s) => s.name);
    for (const name of names.filter((one) => !['close', 'reopen'].includes(one))) {
      await company.helen.command(`/crisis ${name} ${typed}`, room);
      await company.settled();
      await fillAndSend(text);
      harmless(name);
      while (company.helen.modal()) await company.helen.close();
    }
  });

  test('in every form that a button opens breaks nothing and calls nobody', async () => {
    const value = JSON.stringify(ids);
    const opening = /close|answer|cannot|compare|add_room|ask_to_join|let_in|export|approve|submit/;
    for (const { id } of features.flatMap((f) => f.actions ?? [])) {
      if (opening.test(id)) continue;
      const card = message('A', [actions(buttonElement('Press', { id, value }))]);
      const { ts } = await company.app.slack.postMessage({ channelId: room }, card, newId());
      await company.helen.click({ channel: room, ts }, id);
      await company.settled();
      await fillAndSend(text);
      harmless(id);
      while (company.helen.modal()) await company.helen.close();
    }
  });
});

describe.each(texts)('%s', (_, text) => {
  const typed = text.slice(0, 3500);

  test('said in the room is kept as it was said, and the timeline holds', async () => {
    const { db } = company.app.deps;
    const said = await company.tom.say(room, typed);
    await company.settled();
    const [kept] = await db.select().from(roomMessageRevisions).where(eq(roomMessageRevisions.ts, said.ts));
    const plain = (s: string) => storable(s).replaceAll(/<@(\w+)\|[^>]*>/g, '<@$1>');
    if (!/<[!h]|&|\|/.test(typed)) expect(kept?.text).toBe(plain(typed));
    else expect(kept?.text.length).toBeGreaterThan(10);
    await company.tom.react(said, 'pushpin');
    await company.settled();
    const last = (await entriesOf(db, String(ids['crisisId']))).at(-1);
    expect(last?.textEn).toContain(kept?.text);
    expect(await verifyStored(db, String(ids['crisisId']))).toMatchObject({ ok: true });
    harmless('room');
  });
});

test('a file’s name is hostile as well', async () => {
  const { db } = company.app.deps;
  const said = await company.tom.say(room, 'see', { files: [{ name: 'a\u0000b<!channel>.txt', content: 'x' }] });
  await company.settled();
  const [kept] = await db.select().from(roomMessageRevisions).where(eq(roomMessageRevisions.ts, said.ts));
  expect(kept?.files).toEqual([{ id: expect.any(String), name: 'ab<!channel>.txt' }]);
  const elsewhere = await company.claire.say('#general', 'half \ud83d of one \u0000', {
    files: [{ name: 'c\u0000.txt', content: 'x' }],
  });
  await company.claire.messageShortcut('log.from_message', elsewhere);
  await company.settled();
  company.claire.fill({ crisis: String(ids['crisisId']) });
  await company.claire.submit();
  await company.settled();
  expect((await entriesOf(db, String(ids['crisisId']))).at(-1)?.textEn).toContain('half \ufffd of one');
  expect(await verifyStored(db, String(ids['crisisId']))).toMatchObject({ ok: true });
});

test('and all of it closes, is posted and verifies', async () => {
  await company.helen.command('/crisis close', room);
  await company.helen.waitForModal({ callbackId: 'closing.close' });
  fillClosing(company.helen, '<!channel> over \u202e');
  await company.helen.submit();
  await company.settledWithRetries();
  harmless('closing');
  const [crisis] = await company.app.deps.db
    .select()
    .from(crises)
    .where(eq(crises.id, String(ids['crisisId'])));
  expect(crisis?.status).toBe('closed');
  await company.helen.command('/crisis verify', room);
  await company.settled();
  expect(company.helen.ephemerals(room).at(-1)?.text).toContain('is intact');
});
