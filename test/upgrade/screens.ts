import type { EphemeralMessage, HomeView, Message, ModalView, Person } from '../../src/sandbox/server/index.ts';
import { type Fixture, roomsOf, type Upgraded } from './fixture.ts';
import { complete, type Way, waysIn } from './pressing.ts';

type Json = Record<string, unknown>;
type Surface = Message | EphemeralMessage | HomeView | ModalView;

/**
 * Presses what was on people's screens as it was: whatever became of a message since, somebody's Slack may still show
 * what it was. Sends the first form of each kind that opens. Answers what went wrong.
 */
export async function pressAll(company: Upgraded, fixture: Fixture): Promise<string[]> {
  const judge = await createJudge(company);
  const sent = new Set<string>();
  const all = await shownIn(company, fixture);
  // What ends a crisis comes when everything else was done.
  const ends = ({ way }: Shown) => way.id.startsWith('closing.');
  for (const { by, way, show } of [...all.filter((one) => !ends(one)), ...all.filter(ends)]) {
    await judge.watch(`${way.id} "${way.label}" pressed by ${by.name}`, () => way.press(by, show()));
    for (let view = by.modal(); view; view = by.modal()) {
      const { callback_id: form, submit } = view;
      if (!submit || sent.has(form)) {
        await by.close();
        continue;
      }
      sent.add(form);
      await judge.watch(`${form} that "${way.label}" opens, sent by ${by.name}`, () => complete(by));
    }
  }
  return judge.wrong;
}

/** Does what the forms that were open offer, each time from how they stood. Answers what went wrong. */
export async function useForms(company: Upgraded, { forms }: Fixture): Promise<string[]> {
  const judge = await createJudge(company);
  const tried = new Set<string>();
  // What ends a crisis comes when everything else was done.
  const ends = ({ callback_id }: ModalView) => callback_id.startsWith('closing.');
  for (const form of [...forms.filter((one) => !ends(one)), ...forms.filter(ends)]) {
    const by = company.sandbox.person(form.owner);
    for (const way of waysIn(form.blocks)) {
      const name = `${way.id} "${way.label}"`;
      if (tried.has(name)) continue;
      tried.add(name);
      const view = stands(by, form) ? (by.modal() as ModalView) : open(company, form);
      await judge.watch(`${name} pressed by ${by.name} in ${form.callback_id}`, () => way.press(by, view));
      while (by.modal() && by.modal()?.id !== view.id) await by.close();
    }
    if (!form.submit) continue;
    open(company, form);
    await judge.watch(`${form.callback_id} sent by ${by.name}`, () => complete(by));
    while (by.modal()) await by.close();
  }
  return judge.wrong;
}

/** Whether this form is open as it was, whatever stood on top of it meanwhile. */
const stands = (by: Person, form: ModalView): boolean =>
  JSON.stringify(by.modal()?.blocks) === JSON.stringify(form.blocks);

/** Puts a form on its owner's screen, as one that was never sent. */
function open({ sandbox }: Upgraded, form: ModalView): ModalView {
  const state = sandbox.snapshot();
  const id = `V0${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
  state.views[id] = { ...structuredClone(form), id, root_view_id: id, previous_view_id: null, hash: id };
  state.stacks[form.owner] = [id];
  sandbox.restore(state);
  return sandbox.person(form.owner).modal() as ModalView;
}

/** Looks at what follows an act: it is answered, in words that make sense, and nobody reports a fault. */
async function createJudge(company: Upgraded) {
  const { sandbox, settled, logged } = company;
  const outdated = await outdatedWords(company);
  const wrong: string[] = [];
  const watch = async (name: string, act: () => Promise<{ ok: boolean; failure?: string; outcome?: string }>) => {
    const from = { calls: sandbox.calls.length, problems: sandbox.problems.length, logged: logged.length };
    const deliveries = sandbox.deliveries.length;
    const result = await act();
    await settled();
    const calls = sandbox.calls.slice(from.calls);
    const answers = JSON.stringify([
      calls.map(({ args }) => args),
      sandbox.deliveries.slice(deliveries).map(({ response }) => response),
    ]);
    if (result.failure) wrong.push(`${name}: ${result.failure}`);
    if (outdated.some((words) => answers.includes(words))) wrong.push(`${name}: is answered as outdated`);
    if (calls.length === 0 && result.outcome === undefined) wrong.push(`${name}: nothing is seen of it`);
    for (const line of logged.slice(from.logged)) wrong.push(`${name}: ${line}`);
    for (const { error, messages } of sandbox.problems.slice(from.problems))
      wrong.push(`${name}: Slack refuses ${error} ${messages.join('; ')}`);
  };
  return { watch, wrong };
}

/** How somebody is answered who presses what the product does not know, in each language. */
async function outdatedWords({ sandbox, settled }: Upgraded): Promise<string[]> {
  const words: string[] = [];
  for (const person of [sandbox.person('Claire'), sandbox.person('Anne')]) {
    const message = person.dms().at(-1) as Message;
    const button = { type: 'button', action_id: 'nobody.knows', text: { type: 'plain_text', text: 'Press' } };
    message.blocks = [{ type: 'actions', block_id: 'unknown', elements: [button] }];
    await person.click(message, 'nobody.knows');
    await settled();
    const { text } = sandbox.calls.at(-1)?.args ?? {};
    if (typeof text !== 'string' || words.includes(text)) throw new Error('an unknown button is not answered');
    words.push(JSON.stringify(text).slice(1, -1));
  }
  return words;
}

type Shown = { by: Person; way: Way; show: () => Surface };

/**
 * What in the fixture can be pressed, by whom, and how to bring it back on the screen. Rows of a list have the same
 * buttons: one of each for every message of a room, and one of each that people see alone.
 */
async function shownIn(company: Upgraded, { workspace }: Fixture): Promise<Shown[]> {
  const { sandbox } = company;
  const rooms = await roomsOf(company);
  const shown: Shown[] = [];
  const add = (by: Person, blocks: Json[], find: () => Surface | undefined, seen: Set<string>) => {
    for (const way of waysIn(blocks)) {
      const name = `${way.id} ${way.label}`;
      if (!seen.has(name)) shown.push({ by, way, show: () => asItWas(find(), blocks) });
      seen.add(name);
    }
  };
  const alone = new Set<string>();
  for (const { id, kind, members, messages } of Object.values(workspace.channels)) {
    const lead = rooms.find((room) => room.id === id)?.lead;
    const reader = kind === 'im' ? members.find((one) => one !== sandbox.botUserId) : lead;
    if (!reader) continue;
    for (const { ts, blocks = [] } of messages) {
      const find = () => sandbox.channel(id)?.messages.find((one) => one.ts === ts);
      add(sandbox.person(reader), blocks, find, kind === 'im' ? alone : new Set());
    }
  }
  for (const { to, ts, blocks = [] } of workspace.ephemerals) {
    const reader = sandbox.person(to);
    add(reader, blocks, () => reader.ephemerals().find((one) => one.ts === ts), alone);
  }
  for (const [owner, id] of Object.entries(workspace.homes)) {
    const reader = sandbox.person(owner);
    add(reader, workspace.views[id]?.blocks ?? [], () => reader.home(), alone);
  }
  return shown;
}

function asItWas(now: Surface | undefined, blocks: Json[]): Surface {
  if (!now) throw new Error('a message of the fixture is gone');
  now.blocks = structuredClone(blocks);
  return now;
}
