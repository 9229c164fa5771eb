/**
 * Makes a fixture of the upgrade tests: what a company has in its database and in Slack in the middle of a crisis. It is
 * run once at a commit that was released, in a clean working tree, and what it wrote is never changed afterwards:
 *
 *     npx tsx test/upgrade/generate.ts
 *
 * writes `test/upgrade/<commit>/`. The tests find every such folder by themselves.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { openEmbedded } from '../../db/client.ts';
import { DAY, MINUTE, SECOND } from '../../src/core/time.ts';
import { features } from '../../src/features.ts';
import { playAct, roomOf, type World } from '../../src/sandbox/demo/player.ts';
import type { Scenario } from '../../src/sandbox/demo/scenario.ts';
import { campaignFr } from '../../src/sandbox/demo/scenarios/campaign-fr.ts';
import { productEn } from '../../src/sandbox/demo/scenarios/product-en.ts';
import { nextDeadline } from '../../src/sandbox/demo/stage.ts';
import type { EphemeralMessage, HomeView, Message, ModalView, Person } from '../../src/sandbox/server/index.ts';
import { seedRoster } from '../../src/sandbox/trial/roster.ts';
import { startCompany } from '../support/company.ts';
import { dumpOf } from './database.ts';
import type { Fixture } from './fixture.ts';
import { complete, type Way, waysIn } from './pressing.ts';

const root = resolve(import.meta.dirname, '../..');
type Surface = Message | EphemeralMessage | ModalView | HomeView;

/** Presses that change something, or that send something away. */
const acts =
  /^(tasks\.(start|done|reopen|postpone)|statements\.(submit|approve|answer|ask_legal)|responders\.(answer|cannot|come)|assessment\.(apply|move|remove_case|standard_weights)|facts\.(second|post_posture)|digests\.now|(log|settings)\.export|playbooks\.(revert|retire|restore)|war-room\..*|playbook|privacy)$/;
/** Entries of menus that do nothing by themselves. */
const opens = /…$|^(Assess again|Réévaluer|Show the result|Voir le résultat|See differences|Voir les différences)$/;
const isAct = ({ id, label }: Way): boolean => acts.test(id) || (id.endsWith('menu') && !opens.test(label));

/** All kinds of timeline entries that the code writes: read in the rules, since nothing lists them. */
const entryKinds = `
  crisis_declared crisis_closed crisis_reopened level_changed lead_changed team_changed
  room_opened room_lost person_added person_joined person_left concerned_joined bot_absent
  channel_archived channel_unarchived channel_renamed
  note correction message_logged message_edited message_deleted timeline_exported
  department_called people_called callout_answered callout_escalated responder_present
  task_created task_started task_done task_reopened task_blocked task_reassigned
  task_due_changed digest_posted digest_rhythm playbook_started first_words_late posture_set
  fact_recorded fact_confirmed fact_said_false fact_false fact_doubted fact_corrected
  fact_changed decision_made decision_replaced
  measure_added measure_changed measure_done measure_reopened
  cause_hypothesis cause_confirmed cause_ruled_out cause_changed
  statement_drafted statement_edited statement_submitted statement_approval statement_approved
  statement_changes_requested statement_rejected statement_published statement_withdrawn
  statement_relayed statement_overdue statement_required statement_checked statement_paired
  statement_legal_asked statement_legal_ok message_map_saved
  crisis_assessed assessed_before level_kept
  stakeholders_listed stakeholder_added stakeholder_changed stakeholder_told stakeholder_waiting
  stakeholder_not_needed stakeholder_moved`
  .trim()
  .split(/\s+/);

/** Forms as they stood on somebody's screen, one of each kind. */
const forms = new Map<string, ModalView>();

const database = await openEmbedded('memory');
const company = await startCompany({
  database: Promise.resolve({ ...database, drop: () => database.close() }),
  playbooks: 'product',
  roster: 'none',
  language: 'fr',
  log: {
    info: () => {},
    warn: () => {},
    error: (fields, text) => {
      throw new Error(`${text}: ${JSON.stringify(fields)} ${String(fields['err'])}`);
    },
  },
});
const { sandbox, app, claire, marc, helen, tom, anne, sam } = company;
const { db } = app.deps;
const world: World = { sandbox, settled: () => company.settled(), advance };

await seedRoster(app, sandbox);
sandbox.subscribe((event) => {
  if (event.type === 'modal' && event.change !== 'closed') keep(sandbox.person(event.user).modal());
});
await company.pass(untilMorning(company.now()));
await tell(campaignFr, campaignFr.acts.length);
await db.execute(sql`update workspaces set language = 'en'`);
await tell(
  productEn,
  productEn.acts.findIndex((act) => act.id === 'close'),
);
const closed = sandbox.channels().find(({ name }) => name.startsWith('crise-'))?.id ?? '';
const room = roomOf(world, productEn)?.id ?? '';
await goOn();
const fresh = await beginAnother();
await fillUp();
await look();
await openForms();
await press(helen, cardOf('Answer the insurer'), 'Done');
await failAndStop();
await write();

async function tell(scenario: Scenario, acts: number) {
  for (const act of scenario.acts.slice(0, acts)) {
    await world.advance(20 * SECOND);
    await playAct(world, scenario, act);
  }
  await closeForms();
}

/** What the story leaves out. */
async function goOn() {
  await types(tom, '/crisis task Ask the agency for the media plan @Tom in 40 min', room);
  await types(helen, '/crisis task Answer the insurer @Helen in 3h', room);
  await press(tom, cardOf('Ask the agency'), 'Block…');
  await send(tom, { reason: 'The agency is closed until two.' });
  await press(helen, cardOf('Answer the insurer'), 'Start');
  await types(anne, '/crisis fact The supplier delivered the seals in September', room);
  await types(helen, '/crisis fact A third jar was found in Paris', room);
  await changeFact(anne, 'A third jar was found in Paris', 'confirmed', {
    source: 'A call from the shop in rue de Rennes',
  });
  // One person says so; a second one is asked.
  await changeFact(helen, 'A third jar was found in Paris', 'false', { reason: 'The lot is another one.' });
  await types(tom, '/crisis measure We test every lot of October', room);
  await send(tom, { owner: 'Anne', is_public: 'yes' });
  await types(anne, '/crisis stakeholder The school canteens of Nantes', room);
  if (anne.modal()) await send(anne, {});
  await types(marc, '/crisis statement A note that is not finished', room);
  await send(marc, { part_1: 'We are testing every lot of October.' });
  await types(marc, '/crisis statement To the school canteens', room);
  await send(marc, {
    part_1:
      'Please set aside any 75 cl jar of spring vegetable soup of lot L24117 and do not serve it. We are calling every school. Next update at 18:00.',
    submit: ['now'],
  });
  await types(helen, '/crisis log at 9:05 The authority called back', room);
  await types(anne, '/crisis digest now', room);
  await types(anne, '/crisis assess', room);
  await send(anne, {});
  await types(claire, '/crisis assess A rumour about our suppliers', '#general');
  await send(claire, {});
  await press(claire, claire.modal(), 'Garder en veille…');
  await send(claire, {});
  while (claire.modal()) await claire.close();
  await types(anne, '/crisis call @Sam He knows the warehouse', room);
  const said = await anne.say(room, 'The warehouse counts the jars again.');
  await anne.react(said, 'pushpin');
  await helen.messageShortcut('tasks.from_message', said);
  await company.settled();
  await company.pass(12 * MINUTE);
  await closeForms();
}

/** Declared a moment ago: its calls wait for answers, all but one. */
async function beginAnother(): Promise<string> {
  const id = await company.declare('Messages of hatred against a shop manager', {
    by: anne,
    level: 'incident',
    playbook: 'harassment',
    summary: 'Forty messages since this morning.',
  });
  await company.pass(2 * MINUTE);
  const card = messages(id).find((message) => words(message).includes('Legal is called'));
  await press(helen, card, 'I’m on it');
  return id;
}

/** More than a page holds, and what is left of work that few do. */
async function fillUp() {
  const card = messages(fresh).find((m) => words(m).includes('Marketing') && words(m).includes('responders.cannot'));
  await press(tom, card, 'I cannot: tell the crisis lead');
  for (let i = 1; i <= 13; i += 1) {
    await types(anne, `/crisis fact Message ${i} came from an account opened this week`, fresh);
    await types(anne, `/crisis measure We report message ${i} to the platform`, fresh);
    await send(anne, { owner: 'Anne', is_public: 'no' });
    await types(anne, `/crisis cause Group ${i} calls for it`, fresh);
    await send(anne, { owner: 'Anne' });
    await types(anne, `/crisis decide Nobody answers message ${i}`, fresh);
    await send(anne, { reason: 'It would spread.' });
    await types(anne, `/crisis stakeholder Shop manager ${i}`, fresh);
    await closeForms();
  }
  await types(anne, '/crisis task Find a lawyer for her', fresh);
  await types(anne, '/crisis posture', room);
  await send(anne, {});
  await types(anne, '/crisis posture', room);
  await types(anne, '/crisis map', room);
  await send(anne, {
    message_1: 'Safety first.',
    message_2: 'We say what we know.',
    message_3: 'We answer everybody.',
  });
  await types(anne, '/crisis map', room);
  await types(anne, '/crisis reply', room);
  await send(anne, {});
  await closeForms();
  await types(marc, '/crisis statement To one customer', room);
  await send(marc, {
    part_1:
      'Call Mrs Jeanne Dupont at 06 12 34 56 78: she answers until 18:00. Please do not eat the soup of lot L24117.',
    submit: ['now'],
  });
  await closeForms();
  await types(anne, '/crisis calibrate', '#general');
  await pressIn(anne, 'assessment.add_case');
  await send(anne, {});
  await closeForms();
  await types(anne, '/crisis calibrate', '#general');
  await send(anne, moved(anne, 'weight_harm', 'weight_legal'));
  if (anne.modal()?.submit) await send(anne, { reason: 'As the board decided.' });
  await closeForms();
  await types(anne, '/crisis playbook breach', '#general');
  await pressIn(anne, 'playbooks.retire');
  await types(anne, '/crisis playbook boycott', '#general');
  await pressIn(anne, 'playbooks.edit');
  await send(anne, reworded(anne));
  await closeForms();
  await types(helen, '/crisis playbook product', '#general');
  await types(anne, '/crisis playbook boycott', '#general');
  await types(anne, '/crisis settings', '#general');
  await pressIn(anne, 'settings.export');
  await types(anne, '/crisis settings', '#general');
  await pressIn(anne, 'settings.open_import');
  const [exported] = Object.values(sandbox.snapshot().files).filter((file) => /settings/.test(file.name));
  const settings = Buffer.from(exported?.content ?? '', 'base64').toString();
  await send(anne, { file: { name: 'settings.json', content: settings.replace('Paris', 'London') } });
  await closeForms();
  const said = sandbox.channel('#communication')?.messages.at(-1) as Message;
  await claire.messageShortcut('log.from_message', said);
  await company.settled();
  await closeForms();
  await company.declare('A strike at the depot of Nantes', { by: marc, level: 'watch' });
  await types(sam, '/crisis declare A strike at the depot of Nantes', '#general');
  await send(sam, {});
  await pressIn(sam, 'war-room.ask_to_join');
  await closeForms();
}

/** Everything that is shown to one person only, in both languages: lists, Home, the panel. */
async function look() {
  const shown = features
    .flatMap((feature) => feature.subcommands ?? [])
    .filter((entry) => entry.readsOnly)
    .map((entry) => entry.name);
  const more = [
    '',
    'timeline',
    'tasks all',
    'tasks done',
    'assess list',
    'digest',
    'start',
    'settings',
    'statement 1',
    'log',
  ];
  for (const [person, where] of [
    [claire, room],
    [anne, room],
    [claire, '#general'],
    [anne, fresh],
    [claire, closed],
    [sam, '#general'],
  ] as const)
    for (const name of [...shown, ...more]) {
      await types(person, `/crisis ${name}`, where);
      while (person.modal()) await person.close();
    }
  for (const person of [claire, marc, helen, tom, anne, sam]) await person.openHome();
  for (const { callback_id, type } of sandbox.manifest.features?.shortcuts ?? []) {
    const said = messages(room).findLast((message) => message.user === anne.id) as Message;
    await (type === 'message' ? helen.messageShortcut(callback_id, said) : helen.shortcut(callback_id));
    await company.settled();
    while (helen.modal()) await helen.close();
  }
  await company.settled();
}

/** Opens each form that a button or a menu opens, and those behind it, and closes them again. */
async function openForms() {
  const tried = new Set<string>();
  for (const person of [claire, anne, helen, marc]) {
    const surfaces: Surface[] = [
      ...person.dms(),
      ...person.ephemerals(),
      ...[person.home()].filter((view) => view !== undefined),
      ...[room, fresh, closed].flatMap((id) => messages(id)),
    ];
    for (const surface of surfaces)
      for (;;) {
        // Read again each time: what is shown may have changed meanwhile.
        const next = waysIn(surface.blocks ?? []).find((way) => !isAct(way) && !tried.has(`${way.id} ${way.label}`));
        if (!next) break;
        tried.add(`${next.id} ${next.label}`);
        while (person.modal()) await person.close();
        await next.press(person, surface);
        await company.settled();
        await openBehind(person, tried);
      }
  }
}

async function openBehind(person: Person, tried: Set<string>) {
  for (let view = person.modal(); view; view = person.modal()) {
    const { callback_id: form, blocks } = view;
    const next = waysIn(blocks).find((way) => !isAct(way) && !tried.has(`${form} ${way.id} ${way.label}`));
    if (!next) {
      await person.close();
      continue;
    }
    tried.add(`${form} ${next.id} ${next.label}`);
    await next.press(person, view);
    await company.settled();
  }
}

/** Slack is away while people go on, and then the product is stopped. */
async function failAndStop() {
  await company.pass(3 * SECOND);
  for (const method of ['chat.postMessage', 'chat.update', 'views.publish', 'pins.add', 'conversations.setTopic'])
    sandbox.faults.always(method, { kind: 'error', error: 'internal_error' });
  const act = async (by: Person, text: string, values?: Record<string, unknown>) => {
    await by.command(text, room);
    await sandbox.settled();
    if (!values) return;
    await by.waitForModal();
    by.fill(values);
    await complete(by);
    await sandbox.settled();
  };
  await act(tom, `/crisis task Take the poster down <@${anne.id}> in 30 min`);
  await act(helen, '/crisis log The insurer has opened a file');
  await act(anne, '/crisis fact The line was stopped at ten');
  await act(anne, '/crisis decide Nobody speaks to the press alone', { reason: 'One voice.' });
  await act(marc, '/crisis statement To the shops', {
    part_1: 'Please take every jar of lot L24117 off the shelves and keep it apart.',
    submit: ['now'],
  });
  await act(claire, '/crisis level crisis The calls are falling');
  await act(tom, '/crisis stakeholder The seal supplier');
  await act(anne, '/crisis digest now');
  await act(helen, `/crisis call <@${sam.id}> Once more`);
  await sandbox.settled(300);
  await closeForms();
  await app.stop();
}

async function write() {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const folder = join(import.meta.dirname, process.argv[2] ?? commit);
  mkdirSync(folder, { recursive: true });
  const state = sandbox.snapshot();
  // What had ended: spent triggers and addresses, forms that were closed, and replies that offer nothing new.
  Object.assign(state, { triggers: {}, responseUrls: {}, oauthCodes: {}, stacks: {} });
  const shown = new Set<string>();
  state.ephemerals = state.ephemerals.filter(({ to, blocks = [] }) => {
    const news = waysIn(blocks)
      .map(({ id, label }) => `${to} ${id} ${label}`)
      .filter((way) => !shown.has(way));
    for (const way of news) shown.add(way);
    return news.length > 0;
  });
  for (const { id, type } of Object.values(state.views)) if (type === 'modal') delete state.views[id];
  const ids: Fixture['ids'] = {
    actions: features.flatMap((f) => (f.actions ?? []).map((a) => a.id)),
    forms: features.flatMap((f) => (f.forms ?? []).map((a) => a.id)),
    shortcuts: features.flatMap((f) => (f.shortcuts ?? []).map((a) => a.id)),
    jobs: features.flatMap((f) => (f.jobs ?? []).map((a) => a.kind)),
    commands: features.flatMap((f) => (f.subcommands ?? []).flatMap((s) => [s.name, ...s.aliases])),
    entryKinds,
  };
  const moment: Fixture['moment'] = { product: company.now().getTime(), database: Date.now() };
  const lines = (value: object[]) => `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
  const pack = (name: string, text: string) => writeFileSync(join(folder, name), gzipSync(text, { level: 9 }));
  pack('database.sql.gz', await dumpOf(db));
  pack('workspace.json.gz', `${JSON.stringify(state, null, 1)}\n`);
  pack('forms.json.gz', lines([...forms.values()]));
  writeFileSync(join(folder, 'ids.json'), `${JSON.stringify(ids, null, 2)}\n`);
  writeFileSync(join(folder, 'moment.json'), `${JSON.stringify(moment)}\n`);
  const written = await db.execute<{ kind: string }>(sql`select distinct kind from timeline_entries`);
  const unread = written.filter(({ kind }) => !entryKinds.includes(kind));
  if (unread.length > 0) throw new Error(`entry kinds that are not listed: ${JSON.stringify(unread)}`);
  report(ids);
  await company.sandbox.stop();
  await database.close();
}

/** What the fixture does not hold, so that whoever makes the next one can add it. */
function report(ids: Fixture['ids']) {
  const blocks = [
    ...sandbox.channels().flatMap((channel) => channel.messages.map((m) => m.blocks ?? [])),
    ...[claire, marc, helen, tom, anne, sam].flatMap((p) => [
      ...p.ephemerals().map((m) => m.blocks ?? []),
      p.home()?.blocks ?? [],
    ]),
    ...[...forms.values()].map((view) => view.blocks),
  ];
  const seen = new Set(blocks.flatMap((one) => waysIn(one)).map((way) => way.id));
  const kept = new Set([...forms.values()].map((view) => view.callback_id));
  const say = (what: string, of: string[]) => process.stdout.write(`${what}: ${of.join(' ') || 'none'}\n`);
  say(
    'actions that nothing in the fixture does',
    ids.actions.filter((id) => !seen.has(id)),
  );
  say(
    'forms that are not in it',
    ids.forms.filter((id) => !kept.has(id)),
  );
  for (const name of readdirSync(import.meta.dirname)) if (/^[0-9a-f]{7}/.test(name)) say('folder', [name]);
}

async function closeForms() {
  for (const person of [claire, marc, helen, tom, anne, sam]) while (person.modal()) await person.close();
}

async function types(by: Person, text: string, where: string) {
  const typed = text.replaceAll(/@([A-Z][a-z]+)/g, (_, name: string) => `<@${sandbox.person(name).id}>`);
  const result = await by.command(typed, where);
  if (!result.ok) throw new Error(`"${text}": ${result.failure}`);
  await company.settled();
}

async function press(by: Person, on: Surface | undefined, label: string) {
  const way = waysIn(on?.blocks ?? []).find((one) => one.label === label);
  if (!on || !way)
    throw new Error(
      `there is no "${label}": ${waysIn(on?.blocks ?? [])
        .map((one) => one.label)
        .join(', ')}`,
    );
  await way.press(by, on);
  await company.settled();
}

/** One point more for the first of two figures of the open form, and one less for the second. */
function moved(by: Person, up: string, down: string): Record<string, string> {
  const figures = Object.assign({}, ...Object.values(by.modal()?.values ?? {})) as Record<string, { value: string }>;
  const at = (name: string) => Number(figures[name]?.value);
  return { [up]: String(at(up) + 1), [down]: String(at(down) - 1) };
}

/** The first text of the open form, and a word more. */
function reworded(by: Person): Record<string, string> {
  for (const [name, value] of Object.entries(
    Object.assign({}, ...Object.values(by.modal()?.values ?? {})) as Record<string, { value?: string }>,
  ))
    if (value.value && !/^\d+$/.test(value.value)) return { [name]: `${value.value} (ours)` };
  throw new Error('there is no text in this form');
}

/** On the form that is open, otherwise on what they were told last. */
async function pressIn(by: Person, id: string) {
  const on = by.modal() ?? by.ephemerals().at(-1);
  const way = waysIn(on?.blocks ?? []).find((one) => one.id === id);
  if (!on || !way) throw new Error(`there is no ${id}: ${JSON.stringify(on?.blocks)}`);
  await way.press(by, on);
  await company.settled();
}

async function send(by: Person, values: Record<string, unknown>) {
  await by.waitForModal();
  by.fill(values);
  await company.settled();
  keep(by.modal());
  const result = await complete(by);
  await company.settled();
  if (!result.ok) throw new Error(JSON.stringify(result));
}

async function changeFact(by: Person, text: string, status: string, values: Record<string, unknown>) {
  await types(by, '/crisis facts', room);
  const list = by.ephemerals(room).at(-1) as Surface;
  const blocks = list.blocks ?? [];
  const row = blocks.findIndex((block) => JSON.stringify(block).includes(text));
  const way = waysIn(blocks.slice(row, row + 2)).find(({ id }) => id === 'facts.menu' || id === 'facts.change');
  if (!way) throw new Error(`no menu beside ${text}`);
  await way.press(by, list);
  await company.settled();
  await send(by, { fact_status: status, ...values });
  while (by.modal()) await by.close();
}

/** The last of each kind, and rather filled than empty: it is kept again when it is sent. */
function keep(view: ModalView | undefined) {
  if (!view) return;
  const ways = [...new Set(waysIn(view.blocks).map((way) => way.id))].toSorted();
  forms.set(`${view.callback_id} ${ways.join(' ')}`, structuredClone(view));
}

function messages(channel: string): Message[] {
  return sandbox.channel(channel)?.messages ?? [];
}
function words(message: Message): string {
  return JSON.stringify([message.text, message.blocks]);
}
function cardOf(title: string): Message | undefined {
  return messages(room).findLast((m) => words(m).includes(title) && waysIn(m.blocks ?? []).length > 0);
}

/** Deadline by deadline: what one causes may set the next. */
async function advance(ms: number) {
  for (let left = ms; left > 0; ) {
    const jump = Math.min(left, await nextDeadline(app));
    await company.leap(jump);
    await company.settled();
    left -= jump;
  }
}

/** To 8:40 in Paris on the next working day. */
function untilMorning(from: Date): number {
  const at = new Date(from.getTime() + DAY);
  at.setUTCHours(7, 40, 0, 0);
  const weekend = { 0: 1, 6: 2 }[at.getUTCDay()] ?? 0;
  at.setTime(at.getTime() + weekend * DAY);
  return at.getTime() - from.getTime();
}
