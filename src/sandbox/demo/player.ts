import { MINUTE, SECOND } from '../../core/time.ts';
import { elementsOf, isInteractive, isObject, textOf } from '../server/blocks.ts';
import type {
  EphemeralMessage,
  HomeView,
  Message,
  ModalView,
  Person,
  Sandbox,
  SandboxChannel,
} from '../server/index.ts';
import type { Target } from '../server/targets.ts';
import type { Json } from '../server/types.ts';
import type { Act, Doing, Pressable, Scenario, Where } from './scenario.ts';
import { type Problem, problemIn } from './trouble.ts';
import { withHours, withMentions } from './words.ts';

export type World = {
  sandbox: Sandbox;
  /** Moves the workspace's clock and the product's waiting jobs, in milliseconds. */
  advance(ms: number): Promise<void>;
  /** Waits until nothing is under way any more. */
  settled(): Promise<void>;
};
type Looking = Pick<World, 'sandbox'>;
type Says = { scenario: Scenario; act: Act };

/** An act that cannot be played: what is in the way, and what is on the screen. */
export class ActFailed extends Error {
  readonly as: string;
  readonly problem: Problem;
  constructor(scenario: Scenario, act: Act, problem: Problem, visible: string) {
    const said = problemIn('en', problem);
    super(`${scenario.id}, act "${act.id}" (${act.as}): ${said}\n\nOn the screen:\n${visible || '  nothing'}`);
    this.as = act.as;
    this.problem = problem;
  }
}

/**
 * Does one act as the person would in front of Slack, and waits until what it shows is seen: what is posted at Slack's
 * pace may take `patience` milliseconds more of the workspace's time.
 */
export async function playAct(world: World, scenario: Scenario, act: Act, patience = 0): Promise<void> {
  await doAs(world, scenario, act, act.does);
  for (let left = patience; left > 0 && !isDone(world, scenario, act); left -= 5 * SECOND)
    await world.advance(5 * SECOND);
  if (isDone(world, scenario, act)) return;
  const says = { scenario, act };
  const { text: words, in: place } = act.shows;
  throw failed(world, says, { is: 'unseen', by: readerOf(says), words: text(world, says, words), place });
}

/** Does something in the name of the person of an act, and waits until nothing is under way. */
export async function doAs(world: World, scenario: Scenario, act: Act, doing: Doing): Promise<void> {
  const says = { scenario, act };
  try {
    await perform(world, says, doing);
    await world.settled();
  } catch (error) {
    if (error instanceof ActFailed) throw error;
    throw failed(world, says, { is: 'other', text: error instanceof Error ? error.message : String(error) });
  }
}

/** Whether the act was done, whoever did it: what it shows can be seen. */
export function isDone(world: Looking, scenario: Scenario, act: Act): boolean {
  const at = scenario.acts.indexOf(act);
  if (at === 0) startAnew(world, scenario);
  // Slack shows nothing of a confirmation that is open.
  if ('press' in act.does && act.does.hesitates) return undecided(world).has(act.does.press);
  return isSeen(world, scenario, act);
}

function isSeen(world: Looking, scenario: Scenario, act: Act): boolean {
  const { text: wanted, on = '' } = act.shows;
  const words = [wanted, on].map((one) => plain(text(world, { scenario, act }, one)));
  return seen(world, scenario, act).some((one) => words.every((word) => plain(one).includes(word)));
}

/** Done in a form that is open already. */
export const isInForm = (doing: Doing): boolean => 'fill' in doing || ('press' in doing && doing.in === 'form');

async function perform(world: World, says: Says, what: Doing): Promise<void> {
  if ('wait' in what) return world.advance(what.wait * MINUTE);
  const me = world.sandbox.person(says.act.as);
  if (!isInForm(what)) while (me.modal()) await me.close();
  if ('command' in what) return command(world, says, me, what);
  if ('fill' in what) return submit(world, says, me, what.fill);
  if ('press' in what) return press(world, says, me, what);
  if ('confirm' in what) return confirm(world, says, what.confirm);
  if ('open' in what) return void (await me.openHome());
  if ('say' in what)
    return void (await me.say(placeOf(world, says.scenario, what.where), typed(world, says, what.say)));
  if ('shortcut' in what) return shortcut(world, says, me, what);
  const to = messageSaying(world, says, me, what.to);
  if ('reply' in what)
    return void (await me.say(to.channel, typed(world, says, what.reply), { thread: to.thread_ts ?? to.ts }));
  if ('react' in what) return me.react(to, what.react);
  return me.edit(to, typed(world, says, what.edit));
}

async function command(world: World, says: Says, me: Person, what: { command: string; where: Where }) {
  const where = placeOf(world, says.scenario, what.where);
  accepted(world, says, await me.command(typed(world, says, what.command), where));
}

async function submit(world: World, says: Says, me: Person, fields: Record<string, string | string[]>) {
  const write = (value: string) => text(world, says, value);
  me.fill(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.map(write) : write(value)]),
    ),
  );
  await world.settled();
  const result = await me.submit();
  if (result.ok) return;
  const reasons = Object.entries(result.errors ?? {}).map(([field, problem]) => `${field}: ${problem}`);
  throw failed(world, says, { is: 'not taken', reasons: [...(result.failure ? [result.failure] : []), ...reasons] });
}

async function press(world: World, says: Says, me: Person, what: Extract<Doing, { press: string }>): Promise<void> {
  const surface = surfaceWith(world, says, me, what);
  const target = what.beside === undefined ? what.press : targetBeside(world, says, surface, what.press, what.beside);
  if (what.hesitates) return void undecided(world).set(what.press, me.hesitate(surface, target));
  accepted(world, says, await me.click(surface, target));
}

/** Of several with one label: the one in the row that says so, or the first after it. */
function targetBeside(world: World, says: Says, surface: Surface, label: string, words: string): Target {
  const wanted = plain(text(world, says, words));
  const blocks = surface.blocks ?? [];
  const from = blocks.findIndex((block) => plain(stringsIn(block).join('\n')).includes(wanted));
  const found = blocks.slice(from).find((block) => labelsIn(block).includes(label));
  if (from < 0 || !found) throw failed(world, says, { is: 'missing', label, place: 'form', saying: words });
  return { text: label, blockId: String(found.block_id) };
}

async function confirm(world: World, says: Says, pressed: string): Promise<void> {
  const send = undecided(world).get(pressed);
  if (!send) throw failed(world, says, { is: 'unasked', label: pressed });
  undecided(world).delete(pressed);
  accepted(world, says, await send());
}

async function shortcut(world: World, says: Says, me: Person, what: Extract<Doing, { shortcut: string }>) {
  const type = what.on === undefined ? 'global' : 'message';
  const known = world.sandbox.manifest.features?.shortcuts?.filter((entry) => entry.type === type) ?? [];
  const found = known.find((entry) => entry.name === what.shortcut);
  if (!found) throw new Error(`The app has no such ${type} shortcut; it has ${names(known)}.`);
  const done =
    what.on === undefined
      ? await me.shortcut(found.callback_id)
      : await me.messageShortcut(found.callback_id, messageSaying(world, says, me, what.on, what.where));
  accepted(world, says, done);
}

const names = (entries: readonly { name: string }[]) => entries.map((entry) => `"${entry.name}"`).join(', ');

function accepted(world: World, says: Says, result: { ok: boolean; failure?: string }): void {
  if (!result.ok) throw failed(world, says, { is: 'other', text: `Slack: ${result.failure}` });
}

/** Confirmations that are open on somebody's screen. */
const hesitations = new WeakMap<Sandbox, Map<string, () => Promise<{ ok: boolean; failure?: string }>>>();
function undecided({ sandbox }: Looking) {
  const known = hesitations.get(sandbox) ?? new Map();
  hesitations.set(sandbox, known);
  return known;
}

type Surface = Message | EphemeralMessage | HomeView | ModalView;

/** The newest thing with that button and those words. */
function surfaceWith(world: World, says: Says, me: Person, what: Extract<Doing, { press: string }>): Surface {
  const all = surfaces(world, says.scenario, me, what.in);
  const containing = plain(text(world, says, what.containing ?? ''));
  const speaking = all.filter((one) => plain(wordsOf(world, me, one)).includes(containing));
  const found = speaking.findLast((one) => labelsOf(one).includes(what.press));
  if (found) return found;
  throw failed(world, says, { is: 'missing', label: what.press, place: what.in, saying: what.containing });
}

function surfaces(world: Looking, scenario: Scenario, me: Person, where: Pressable): Surface[] {
  if (where === 'room') return me.sees(placeOf(world, scenario, 'room'));
  if (where === 'dm') return me.dms();
  if (where === 'reply') return me.ephemerals();
  const view = where === 'home' ? me.home() : me.modal();
  return view ? [view] : [];
}

/** What stands on everything that can be pressed, entries of menus included. */
const labelsOf = (on: Surface): string[] => (on.blocks ?? []).flatMap(labelsIn);

const labelsIn = (block: Json): string[] =>
  elementsOf(block)
    .filter(isInteractive)
    .flatMap((element) => {
      const options = element.type === 'overflow' && Array.isArray(element.options) ? element.options : [];
      return [textOf(element.text), ...options.filter(isObject).map((option) => textOf(option.text))];
    });

/** The newest message that says so: one's own when it is to be edited, otherwise a person's rather than the bot's. */
function messageSaying(world: World, says: Says, me: Person, words: string, where: Where = 'room'): Message {
  const wanted = plain(text(world, says, words));
  const saying = me
    .sees(placeOf(world, says.scenario, where))
    .filter((message): message is Message => message.type === 'message')
    .filter((message) => plain(wordsOf(world, me, message)).includes(wanted));
  const found =
    'edit' in says.act.does
      ? saying.findLast((message) => message.user === me.id)
      : (saying.findLast((message) => message.user !== world.sandbox.botUserId) ?? saying.at(-1));
  if (found) return found;
  throw failed(world, says, { is: 'unsaid', words: text(world, says, words) });
}

/** Everything a person reads in one place: one text per message, or the whole view. */
function seen(world: Looking, scenario: Scenario, act: Act): string[] {
  const { shows } = act;
  const me = world.sandbox.person(readerOf({ scenario, act }));
  const said = (messages: (Message | EphemeralMessage)[]) => messages.map((message) => wordsOf(world, me, message));
  switch (shows.in) {
    case 'dm':
      return said(me.dms());
    case 'reply':
      return said(me.ephemerals());
    case 'home':
    case 'form': {
      const view = shows.in === 'home' ? me.home() : me.modal();
      return view ? [wordsOf(world, me, view)] : [];
    }
    case 'room': {
      const room = roomOf(world, scenario);
      return room?.members.includes(me.id) ? said(me.sees(room.id)) : [];
    }
    default:
      return said(me.sees(shows.in));
  }
}

const firstPerson = (scenario: Scenario): string => scenario.acts.find(({ as }) => as !== 'time')?.as ?? '';

function wordsOf({ sandbox }: Looking, me: Person, on: Surface): string {
  if (on.type === 'message' || on.type === 'ephemeral')
    return sandbox.transcript(on.channel, { as: me.id, only: [on.ts] });
  return stringsIn([on.type === 'modal' ? on.title : '', on.blocks, on.type === 'modal' ? on.submit : '']).join('\n');
}

/** The words of a view: everything under a key that people read. */
function stringsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return /^(text|initial_value|alt_text)$/.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => stringsIn(one, key));
  return isObject(value) ? Object.entries(value).flatMap(([name, one]) => stringsIn(one, name)) : [];
}

/** Emphasis and line ends aside: a scenario says words, not how they are set. */
const plain = (words: string) => words.replaceAll(/[*_`]/g, '').replaceAll(/\s+/g, ' ').trim();

/** A text of the scenario with the hours of this telling. */
export const saidIn = (world: Looking, scenario: Scenario, words: string): string =>
  withHours(words, scenario, startOf(world, scenario));
const text = (world: Looking, { scenario }: Says, words: string) => saidIn(world, scenario, words);
/** What is written where Slack offers people's names. */
const typed = (world: Looking, says: Says, words: string) => withMentions(text(world, says, words), world.sandbox);

/** The hours of a story count from its declaration. */
function startOf(world: Looking, scenario: Scenario): Date {
  const room = roomOf(world, scenario);
  return room ? new Date(room.created * 1000) : world.sandbox.clock.now();
}

const rooms = new WeakMap<Sandbox, Map<string, string>>();
const storiesIn = (sandbox: Sandbox): Map<string, string> => {
  const known = rooms.get(sandbox) ?? new Map<string, string>();
  rooms.set(sandbox, known);
  return known;
};

/** The story's war room: the newest one in which it has not been told to its end. */
export function roomOf({ sandbox }: Looking, scenario: Scenario): SandboxChannel | undefined {
  const known = storiesIn(sandbox);
  const newest = sandbox
    .channels()
    .findLast((channel) => channel.creator === sandbox.botUserId && /^cris(is|e)-/.test(channel.name));
  const adopted = known.get(scenario.id);
  if (!newest || newest.id === adopted) return newest;
  if (ended(sandbox, newest)) return adopted ? sandbox.channel(adopted) : undefined;
  known.set(scenario.id, newest.id);
  return newest;
}

/** A story that was told to its end can be told again, in another room. */
function startAnew({ sandbox }: Looking, scenario: Scenario): void {
  const adopted = sandbox.channel(storiesIn(sandbox).get(scenario.id) ?? '');
  if (adopted && ended(sandbox, adopted)) storiesIn(sandbox).delete(scenario.id);
}

/** The timeline is posted as a file when a crisis is closed, and only then. */
const ended = (sandbox: Sandbox, room: SandboxChannel): boolean =>
  room.messages.some((message) =>
    (message.files ?? []).some((id) => message.user === sandbox.botUserId && sandbox.file(id)?.name.endsWith('.json')),
  );

function placeOf(world: Looking, scenario: Scenario, where: Where): string {
  if (where !== 'room') return where;
  const room = roomOf(world, scenario);
  if (!room) throw new Error('the war room has not been opened yet');
  return room.id;
}

/** Whose eyes count. */
const readerOf = ({ scenario, act }: Says): string =>
  act.shows.by ?? (act.as === 'time' ? firstPerson(scenario) : act.as);

const failed = (world: World, says: Says, problem: Problem): ActFailed =>
  new ActFailed(says.scenario, says.act, problem, visible(world, says));

/** What the person has before them, the end of it. */
function visible(world: World, { scenario, act }: Says): string {
  const me = world.sandbox.person(readerOf({ scenario, act }));
  const room = roomOf(world, scenario);
  const view = me.modal();
  const parts = {
    form: view ? [wordsOf(world, me, view), ...Object.values(view.errors)].join('\n') : '',
    'direct messages': me
      .dms()
      .slice(-3)
      .map((message) => wordsOf(world, me, message))
      .join('\n'),
    'replies to them alone': me
      .ephemerals()
      .slice(-2)
      .map((message) => wordsOf(world, me, message))
      .join('\n'),
    room: room?.members.includes(me.id)
      ? world.sandbox.transcript(room.id, { as: me.id }).split('\n').slice(-40).join('\n')
      : '',
  };
  return Object.entries(parts)
    .filter(([, words]) => words !== '')
    .map(([name, words]) => `── ${name} ──\n${words}`)
    .join('\n');
}
