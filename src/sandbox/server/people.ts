import { elementsOf, isInteractive, isObject, textOf } from './blocks.ts';
import { tellApp } from './delivery/events.ts';
import * as inputs from './inputs.ts';
import {
  type ActionResult,
  askSuggestions,
  type CommandResult,
  closeModal,
  isView,
  messageValues,
  type Place,
  runCommand,
  sendAction,
  sendMessageShortcut,
  sendShortcut,
  type SubmitResult,
  submitView,
} from './interactions.ts';
import { mimeOf } from './methods/files.ts';
import * as act from './operations.ts';
import { viewShape } from './shapes.ts';
import { channelNamed, dmBetween, newChannel, nextId, seconds, userNamed } from './state.ts';
import { reaches } from './transfer.ts';
import type {
  EphemeralMessage,
  HomeView,
  Json,
  Message,
  ModalView,
  SandboxChannel,
  SandboxUser,
  StateValues,
} from './types.ts';
import { homeOf, topModal } from './views.ts';
import type { World } from './world.ts';

export type Target = string | { actionId?: string; text?: string; value?: string; blockId?: string };
export type MessageRef = { channel: string; ts: string };
export type Upload = { name: string; content: Buffer | string };
export type Surface = MessageRef | Message | EphemeralMessage | ModalView | HomeView;

/** One person in front of Slack: what they may do, the client lets them; what they may not, it throws. */
export type Person = {
  id: string;
  name: string;
  command(text: string, where: string): Promise<CommandResult>;
  click(on: Surface, target: Target, opts?: { confirm?: boolean }): Promise<ActionResult>;
  select(
    on: Surface,
    target: Target,
    value: unknown,
    opts?: { confirm?: boolean; query?: string },
  ): Promise<ActionResult>;
  /** What an external select offers for these letters. */
  suggest(on: Surface, target: Target, query: string): Promise<Json[]>;
  modal(): ModalView | undefined;
  waitForModal(opts?: { timeoutMs?: number; what?: string; callbackId?: string }): Promise<ModalView>;
  fill(values: Record<string, unknown>): void;
  submit(): Promise<SubmitResult>;
  close(): Promise<void>;
  shortcut(callbackId: string): Promise<ActionResult>;
  messageShortcut(callbackId: string, message: MessageRef): Promise<ActionResult>;
  say(where: string, text: string, opts?: { thread?: string; broadcast?: boolean; files?: Upload[] }): Promise<Message>;
  edit(message: MessageRef, text: string): Promise<void>;
  delete(message: MessageRef): Promise<void>;
  react(message: MessageRef, emoji: string): Promise<void>;
  unreact(message: MessageRef, emoji: string): Promise<void>;
  pin(message: MessageRef): Promise<void>;
  unpin(message: MessageRef): Promise<void>;
  createChannel(name: string, opts?: { private?: boolean }): Promise<SandboxChannel>;
  rename(channel: string, name: string): Promise<void>;
  join(channel: string): Promise<void>;
  leave(channel: string): Promise<void>;
  invite(channel: string, users: string | string[]): Promise<void>;
  kick(channel: string, user: string): Promise<void>;
  archive(channel: string): Promise<void>;
  unarchive(channel: string): Promise<void>;
  openHome(): Promise<HomeView | undefined>;
  home(): HomeView | undefined;
  sees(channel: string): (Message | EphemeralMessage)[];
  ephemerals(channel?: string): EphemeralMessage[];
  /** The direct conversation with the bot. */
  dms(): Message[];
  downloadFile(id: string): Buffer;
};

export function createPerson(world: World, user: SandboxUser): Person {
  const offered = new Map<string, Json[]>();
  const me = user.id;

  function channelOf(nameOrId: string): SandboxChannel {
    const channel = channelNamed(world.state, nameOrId) ?? directChannel(world, user, nameOrId);
    if (!channel || channel.team_id !== user.team_id) throw new Error(`There is no channel "${nameOrId}".`);
    if (channel.is_private && !channel.members.includes(me)) {
      throw new Error(`${user.real_name} cannot see "${nameOrId}": it is private and they are not in it.`);
    }
    return channel;
  }

  function writable(nameOrId: string): SandboxChannel {
    const channel = channelOf(nameOrId);
    if (channel.is_archived) throw new Error(`"${nameOrId}" is archived: nobody can write there.`);
    if (!channel.members.includes(me)) throw new Error(`${user.real_name} is not in "${nameOrId}".`);
    return channel;
  }

  function messageOf(ref: MessageRef): { channel: SandboxChannel; message: Message } {
    const channel = channelOf(ref.channel);
    const message = channel.messages.find((m) => m.ts === ref.ts);
    if (!message) throw new Error(`There is no message ${ref.ts} in ${channel.name || channel.id}.`);
    return { channel, message };
  }

  /** Looks the thing up again: what is on the screen now counts, not the copy somebody kept. */
  function placeOf(on: Surface): Place {
    if ('type' in on && (on.type === 'modal' || on.type === 'home')) return viewOf(on.id);
    const shown = world.state.ephemerals.find((m) => m.ts === on.ts && m.to === me);
    return shown ?? messageOf(on).message;
  }

  function viewOf(id: string): Place {
    const view = world.state.views[id];
    if (!view || view.owner !== me) throw new Error(`${user.real_name} does not have this view on screen.`);
    if (view.type === 'modal' && topModal(world, me)?.id !== id)
      throw new Error('Another modal is on top of this one.');
    return view;
  }

  async function command(text: string, where: string): Promise<CommandResult> {
    const channel = writable(where);
    const [, name = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
    const declared = world.manifest.features?.slash_commands?.find((entry) => entry.command === name);
    if (!declared) {
      world.emit({ type: 'failure', user: me, text: `${name || text} is not a valid command` });
      return { ok: false, ackedInMs: 0, failure: 'invalid_command' };
    }
    if (user.is_stranger || user.deleted) return { ok: false, ackedInMs: 0, failure: 'user_not_allowed' };
    return runCommand(world, user, channel, name, declared.should_escape ? escaped(world, rest) : raw(world, rest));
  }

  async function click(on: Surface, target: Target, opts: { confirm?: boolean } = {}): Promise<ActionResult> {
    const place = placeOf(on);
    const { element, block, option } = findTarget(place, target);
    if (element.type !== 'button' && element.type !== 'workflow_button' && element.type !== 'icon_button' && !option) {
      throw new Error(`"${describe(target)}" is a ${String(element.type)}: use select().`);
    }
    if (isObject(element.confirm) && opts.confirm === false) return { ok: true, ackedInMs: 0, dismissed: true };
    if (option) return sendAction(world, user, place, overflowAction(block, element, option));
    return sendAction(world, user, place, buttonAction(block, element));
  }

  async function select(
    on: Surface,
    target: Target,
    value: unknown,
    opts: { confirm?: boolean; query?: string } = {},
  ): Promise<ActionResult> {
    const place = placeOf(on);
    const { element, block } = findTarget(place, target);
    if (element.type === 'overflow') {
      return sendAction(world, user, place, overflowAction(block, element, inputs.optionOf(element, value, [])));
    }
    if (isObject(element.confirm) && opts.confirm === false) return { ok: true, ackedInMs: 0, dismissed: true };
    if (String(element.type).includes('external_select'))
      await offer(place, block, element, opts.query ?? String(value));
    const chosen = inputs.answer(element, ids(value), offered.get(keyOf(block, element)));
    store(place, block, element, chosen);
    if (block.type === 'input' && block.dispatch_action !== true) return { ok: true, ackedInMs: 0 };
    return sendAction(world, user, place, { block_id: block.block_id, action_id: element.action_id, ...chosen });
  }

  async function offer(place: Place, block: Json, element: Json, query: string): Promise<Json[]> {
    const min = Number(element.min_query_length ?? 3);
    if (query.length < min) throw new Error(`Slack asks for suggestions from ${min} letters on; "${query}" has fewer.`);
    const where = {
      block_id: String(block.block_id),
      action_id: String(element.action_id),
      type: String(element.type),
    };
    const options = await askSuggestions(world, user, place, where, query);
    offered.set(keyOf(block, element), options);
    return options;
  }

  function suggest(on: Surface, target: Target, query: string): Promise<Json[]> {
    const place = placeOf(on);
    const { element, block } = findTarget(place, target);
    return offer(place, block, element, query);
  }

  function store(place: Place, block: Json, element: Json, chosen: Json): void {
    const values: StateValues = isView(place) ? place.values : messageValues(place, world);
    values[String(block.block_id)] ??= {};
    (values[String(block.block_id)] ?? {})[String(element.action_id)] = chosen;
  }

  /** A person's or a channel's name may stand for its id. */
  function ids(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(ids);
    if (isObject(value) && typeof value.id === 'string' && !('value' in value)) return value.id;
    return value;
  }

  function fill(values: Record<string, unknown>): void {
    const view = topModal(world, me);
    if (!view) throw new Error(`${user.real_name} has no modal open.`);
    for (const [name, given] of Object.entries(values)) {
      const { element, block } = findInput(view, name);
      const chosen = inputs.answer(element, fileIds(element, ids(given)), offered.get(keyOf(block, element)));
      store(view, block, element, chosen);
      delete view.errors[String(block.block_id)];
      const dispatches = block.type === 'input' ? block.dispatch_action === true : true;
      if (!dispatches) continue;
      void sendAction(world, user, view, { block_id: block.block_id, action_id: element.action_id, ...chosen });
    }
    world.activity.changed();
  }

  function fileIds(element: Json, given: unknown): unknown {
    if (element.type !== 'file_input' || given === null || given === undefined) return given;
    const uploads = (Array.isArray(given) ? given : [given]) as Upload[];
    return uploads.map((upload) => ({ id: keepFile(upload).id, name: upload.name }));
  }

  function keepFile(upload: Upload) {
    const content = Buffer.from(upload.content);
    const file = {
      id: nextId(world.state, 'F'),
      team_id: user.team_id,
      name: upload.name,
      title: upload.name,
      size: content.length,
      mimetype: mimeOf(upload.name),
      user: me,
      created: seconds(world.clock.now()),
      content: content.toString('base64'),
      state: 'complete' as const,
      channels: [],
    };
    world.state.files[file.id] = file;
    return file;
  }

  async function submit(): Promise<SubmitResult> {
    const view = topModal(world, me);
    if (!view) throw new Error(`${user.real_name} has no modal open.`);
    if (!view.submit) throw new Error('This modal has no submit button.');
    const errors = clientErrors(view);
    if (Object.keys(errors).length === 0) return submitView(world, user, view);
    view.errors = errors;
    world.emit({ type: 'modal', user: me, change: 'errors', viewId: view.id });
    return { outcome: 'refused', ok: false, ackedInMs: 0, errors };
  }

  async function say(
    where: string,
    text: string,
    opts: { thread?: string; broadcast?: boolean; files?: Upload[] } = {},
  ): Promise<Message> {
    const channel = writable(where);
    const files = (opts.files ?? []).map((upload) => keepFile(upload).id);
    const subtype = files.length > 0 ? 'file_share' : opts.broadcast ? 'thread_broadcast' : undefined;
    return act.post(world, channel, {
      user: me,
      text: escaped(world, text, false),
      ...(opts.thread ? { thread_ts: opts.thread } : {}),
      ...(files.length > 0 ? { files } : {}),
      ...(subtype ? { subtype } : {}),
    });
  }

  function own(ref: MessageRef): { channel: SandboxChannel; message: Message } {
    const found = messageOf(ref);
    if (found.message.user !== me) throw new Error(`${user.real_name} did not write this message.`);
    return found;
  }

  function shortcutNamed(callbackId: string, type: 'global' | 'message'): void {
    const known = world.manifest.features?.shortcuts?.some((s) => s.callback_id === callbackId && s.type === type);
    if (!known) throw new Error(`The manifest declares no ${type} shortcut "${callbackId}".`);
  }

  function sees(nameOrId: string): (Message | EphemeralMessage)[] {
    const channel = channelOf(nameOrId);
    const mine = world.state.ephemerals.filter((m) => m.channel === channel.id && m.to === me);
    return [...channel.messages, ...mine].sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  function dms(): Message[] {
    const bot = world.state.installs[user.team_id]?.botUserId ?? '';
    const dm = Object.values(world.state.channels).find(
      (c) => c.kind === 'im' && c.members.includes(me) && c.members.includes(bot),
    );
    return dm?.messages.filter((m) => m.user === bot) ?? [];
  }

  async function openHome(): Promise<HomeView | undefined> {
    const bot = world.state.installs[user.team_id];
    if (!bot) return undefined;
    const dm = dmBetween(world.state, user.team_id, [bot.botUserId, me], world.clock.now());
    const current = homeOf(world, me);
    tellApp(world, user.team_id, {
      type: 'app_home_opened',
      user: me,
      channel: dm.id,
      tab: 'home',
      ...(current ? { view: viewShape(world, current) } : {}),
    });
    await world.activity.settled();
    return homeOf(world, me);
  }

  async function createChannel(name: string, opts: { private?: boolean } = {}): Promise<SandboxChannel> {
    if (channelNamed(world.state, name)) throw new Error(`The name "${name}" is taken.`);
    const channel = newChannel(world.state, {
      teamId: user.team_id,
      name,
      isPrivate: opts.private ?? false,
      creator: me,
      members: [me],
      now: world.clock.now(),
    });
    act.created(world, channel);
    return channel;
  }

  return {
    id: me,
    name: user.real_name,
    command,
    click,
    select,
    suggest,
    modal: () => topModal(world, me),
    waitForModal: ({ timeoutMs, what, callbackId } = {}) =>
      world.activity.waitFor(
        () => {
          const view = topModal(world, me);
          return view && (!callbackId || view.callback_id === callbackId) ? view : undefined;
        },
        { ...(timeoutMs ? { timeoutMs } : {}), what: what ?? `a modal for ${user.real_name}` },
        () => recentCalls(world),
      ),
    fill,
    submit,
    close: () => closeModal(world, user),
    shortcut: async (callbackId) => {
      shortcutNamed(callbackId, 'global');
      return sendShortcut(world, user, callbackId);
    },
    messageShortcut: async (callbackId, ref) => {
      shortcutNamed(callbackId, 'message');
      const { channel, message } = messageOf(ref);
      return sendMessageShortcut(world, user, callbackId, channel, message);
    },
    say,
    edit: async (ref, text) => {
      const { channel, message } = own(ref);
      act.edit(world, channel, message, me, { text: escaped(world, text, false) });
    },
    delete: async (ref) => {
      const { channel, message } = own(ref);
      act.remove(world, channel, message);
    },
    react: async (ref, emoji) => {
      const { channel, message } = messageOf(ref);
      act.react(world, channel, message, me, emoji);
    },
    unreact: async (ref, emoji) => {
      const { channel, message } = messageOf(ref);
      act.unreact(world, channel, message, me, emoji);
    },
    pin: async (ref) => {
      const { channel, message } = messageOf(ref);
      act.pin(world, channel, message, me);
    },
    unpin: async (ref) => {
      const { channel, message } = messageOf(ref);
      act.unpin(world, channel, message, me);
    },
    createChannel,
    rename: async (nameOrId, name) => act.rename(world, writable(nameOrId), name, me),
    join: async (nameOrId) => act.join(world, channelOf(nameOrId), me),
    leave: async (nameOrId) => act.leave(world, writable(nameOrId), me),
    invite: async (nameOrId, users) => {
      const channel = writable(nameOrId);
      for (const who of [users].flat()) act.join(world, channel, userNamed(world.state, who).id, me);
    },
    kick: async (nameOrId, who) => act.leave(world, writable(nameOrId), userNamed(world.state, who).id, me),
    archive: async (nameOrId) => act.archive(world, writable(nameOrId), me),
    unarchive: async (nameOrId) => {
      const channel = channelOf(nameOrId);
      if (channel.is_archived) act.unarchive(world, channel, me);
    },
    openHome,
    home: () => homeOf(world, me),
    sees,
    ephemerals: (nameOrId) => {
      const channel = nameOrId === undefined ? undefined : channelOf(nameOrId).id;
      return world.state.ephemerals.filter((m) => m.to === me && (channel === undefined || m.channel === channel));
    },
    dms,
    downloadFile: (id) => {
      const file = world.state.files[id];
      if (!file || file.state !== 'complete') throw new Error(`There is no file "${id}".`);
      if (!reaches(world, file, me)) throw new Error(`${user.real_name} cannot see the file "${id}".`);
      return Buffer.from(file.content, 'base64');
    },
  };
}

export function recentCalls(world: World): string {
  const lines = world.calls.slice(-15).map((call) => {
    const outcome =
      call.finishedAt === undefined ? 'running' : call.ok ? 'ok' : (call.error ?? `status ${call.status}`);
    return `  ${call.method} -> ${outcome}${call.fault ? ` (fault: ${call.fault})` : ''}`;
  });
  const problems = world.problems.slice(-5).map((p) => `  ${p.where}: ${p.error} ${p.messages.join('; ')}`);
  return `Last calls:\n${lines.join('\n') || '  none'}\nRefused payloads:\n${problems.join('\n') || '  none'}`;
}

function directChannel(world: World, user: SandboxUser, nameOrId: string): SandboxChannel | undefined {
  const bot = world.state.installs[user.team_id]?.botUserId;
  const other = nameOrId === 'bot' ? bot : nameOrId.startsWith('@') ? userNamed(world.state, nameOrId).id : undefined;
  return other ? dmBetween(world.state, user.team_id, [user.id, other], world.clock.now()) : undefined;
}

type Found = { block: Json; element: Json; option?: Json };

function findTarget(place: Place, target: Target): Found {
  const all = (place.blocks ?? []).flatMap((block) =>
    elementsOf(block)
      .filter(isInteractive)
      .map((element) => ({ block, element })),
  );
  const exact = all.find(({ block, element }) => matches(block, element, target));
  if (exact) return exact;
  for (const found of all) {
    if (found.element.type !== 'overflow') continue;
    const option = inputs.optionsOf(found.element).find((o) => wanted(target).includes(textOf(o.text)));
    if (option) return { ...found, option };
  }
  const labels = all.map(({ element }) => `${String(element.action_id)} "${labelOf(element)}"`).join(', ');
  throw new Error(`There is nothing called ${describe(target)} here. There is: ${labels || 'nothing to click'}.`);
}

function matches(block: Json, element: Json, target: Target): boolean {
  if (typeof target === 'string') {
    const label = block.type === 'input' ? textOf(block.label) : labelOf(element);
    return element.action_id === target || label === target;
  }
  return (
    (target.actionId === undefined || element.action_id === target.actionId) &&
    (target.blockId === undefined || block.block_id === target.blockId) &&
    (target.text === undefined || labelOf(element) === target.text) &&
    (target.value === undefined || element.value === target.value)
  );
}

function wanted(target: Target): string[] {
  if (typeof target === 'string') return [target];
  return target.text === undefined ? [] : [target.text];
}

function labelOf(element: Json): string {
  return textOf(element.text) || textOf(element.placeholder);
}

function describe(target: Target): string {
  return typeof target === 'string' ? `"${target}"` : JSON.stringify(target);
}

function findInput(view: ModalView, name: string): Found {
  const all = view.blocks.flatMap((block) =>
    elementsOf(block)
      .filter(inputs.keepsState)
      .map((element) => ({ block, element })),
  );
  const found =
    all.find(({ block }) => block.block_id === name) ??
    all.find(({ element }) => element.action_id === name) ??
    all.find(({ block, element }) => textOf(block.label) === name || textOf(element.placeholder) === name);
  if (found) return found;
  const names = all.map(({ block, element }) => `${String(block.block_id)} / ${String(element.action_id)}`).join(', ');
  throw new Error(`This modal has no field "${name}". It has: ${names || 'none'}.`);
}

function keyOf(block: Json, element: Json): string {
  return `${String(block.block_id)}/${String(element.action_id)}`;
}

function buttonAction(block: Json, element: Json): Json {
  const { type, action_id, text, value, style } = element;
  return Object.fromEntries(
    Object.entries({ block_id: block.block_id, action_id, type, text, value, style }).filter(
      ([, v]) => v !== undefined,
    ),
  );
}

function overflowAction(block: Json, element: Json, option: Json): Json {
  return { block_id: block.block_id, action_id: element.action_id, type: 'overflow', selected_option: option };
}

/** What Slack's client checks before it sends anything. */
function clientErrors(view: ModalView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const value = view.values[String(block.block_id)]?.[String(block.element.action_id)];
    if (inputs.isEmpty(value)) {
      if (block.optional !== true) errors[String(block.block_id)] = 'Please complete this required field.';
      continue;
    }
    const problem = typeof value?.value === 'string' ? inputs.typedProblem(block.element, value.value) : undefined;
    if (problem) errors[String(block.block_id)] = problem;
  }
  return errors;
}

/** `@handle`, `#channel` and people's ids as the app receives them when it asked for escaped text. */
function escaped(world: World, text: string, withNames = true): string {
  const tag = (mark: string, id: string, name: string): string => `<${mark}${id}${withNames ? `|${name}` : ''}>`;
  return withoutControls(text)
    .replaceAll(/<@([A-Z0-9]+)(\|[^>]*)?>/g, (whole, id: string) => {
      const user = world.state.users[id];
      return user ? tag('@', id, user.name) : whole;
    })
    .replaceAll(/(?<![<\w])@([a-z0-9._-]*[a-z0-9])/g, (whole, handle: string) => {
      const user = Object.values(world.state.users).find((u) => u.name === handle);
      if (user) return tag('@', user.id, user.name);
      const group = Object.values(world.state.groups).find((g) => g.handle === handle);
      return group ? `<!subteam^${group.id}|@${group.handle}>` : whole;
    })
    .replaceAll(/<#([A-Z0-9]+)(\|[^>]*)?>/g, (whole, id: string) => {
      const channel = world.state.channels[id];
      return channel ? tag('#', id, channel.is_private ? '' : channel.name) : whole;
    })
    .replaceAll(/(?<![<\w&])#([a-z0-9_-]+)/g, (whole, name: string) => {
      const channel = channelNamed(world.state, name);
      return channel ? tag('#', channel.id, channel.is_private ? '' : channel.name) : whole;
    });
}

/** People cannot type control sequences: what looks like one arrives as plain characters, mentions picked from the list apart. */
function withoutControls(text: string): string {
  return text
    .split(/(<[@#][A-Z0-9]+(?:\|[^>]*)?>|https?:\/\/[^\s<>]+)/)
    .map((part, i) => (i % 2 === 1 ? typedToken(part) : escapeThree(part)))
    .join('');
}

function typedToken(token: string): string {
  return token.startsWith('http') ? `<${escapeThree(token)}>` : token;
}

function escapeThree(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function raw(world: World, text: string): string {
  return text
    .replaceAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id: string) => `@${world.state.users[id]?.name ?? whole}`)
    .replaceAll(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id: string) => `#${world.state.channels[id]?.name ?? whole}`);
}
