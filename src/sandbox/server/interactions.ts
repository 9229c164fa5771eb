import { isObject } from './blocks.ts';
import { deliver } from './delivery/deliver.ts';
import { stateOf } from './inputs.ts';
import { Refusal } from './methods/method.ts';
import { newResponseUrl, respond } from './response-url.ts';
import { messageShape, viewShape } from './shapes.ts';
import { compact, seconds } from './state.ts';
import { newTrigger } from './triggers.ts';
import type {
  Ack,
  EphemeralMessage,
  Json,
  Message,
  ResponseUrl,
  SandboxChannel,
  SandboxUser,
  ViewRecord,
} from './types.ts';
import { checkView } from './validation/view.ts';
import { closeAll, closeView, popModal, pushModal, replaceView, topModal } from './views.ts';
import type { World } from './world.ts';

export type CommandResult = { ok: boolean; ackedInMs: number; failure?: string; reply?: EphemeralMessage };
export type ActionResult = { ok: boolean; ackedInMs: number; failure?: string; dismissed?: boolean };
export type SubmitResult = {
  /** `refused`: the client did not send it; `failed`: the app did not take it. */
  outcome: 'closed' | 'errors' | 'updated' | 'pushed' | 'cleared' | 'refused' | 'failed';
  ok: boolean;
  ackedInMs: number;
  errors?: Record<string, string>;
  failure?: string;
};
export type Place = Message | EphemeralMessage | ViewRecord;

const FAILURE_TEXTS: Record<string, (command: string) => string> = {
  timeout: (command) => `${command} failed with the error "operation_timeout"`,
  no_socket: (command) => `${command} failed because the app did not respond`,
};

export async function runCommand(
  world: World,
  by: SandboxUser,
  channel: SandboxChannel,
  command: string,
  text: string,
): Promise<CommandResult> {
  const target: Omit<ResponseUrl, 'id' | 'bornAt' | 'uses'> = { teamId: by.team_id, channel: channel.id, user: by.id };
  const payload = {
    token: world.state.verificationToken,
    team_id: by.team_id,
    team_domain: world.state.teams[by.team_id]?.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.is_private ? 'privategroup' : channel.name,
    user_id: by.id,
    user_name: by.name,
    command,
    text,
    api_app_id: world.state.appId,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(world, target),
    trigger_id: newTrigger(world, by.team_id, by.id, { channel: channel.id }),
  };
  const ack = await deliver(world, { type: 'slash_commands', name: command, payload });
  if (!ack.ok) return commandFailed(world, by, command, ack);
  return commandReply(world, target, ack);
}

function commandFailed(world: World, by: SandboxUser, command: string, ack: Ack & { ok: false }): CommandResult {
  const failure = ack.failure === 'timeout' ? 'operation_timeout' : ack.failure;
  const words = FAILURE_TEXTS[ack.failure] ?? (() => `${command} failed with the error "dispatch_failed"`);
  world.emit({ type: 'failure', user: by.id, text: words(command) });
  return { ok: false, ackedInMs: ack.ms, failure };
}

function commandReply(
  world: World,
  target: Omit<ResponseUrl, 'id' | 'bornAt' | 'uses'>,
  ack: Ack & { ok: true },
): CommandResult {
  const body = typeof ack.body === 'string' ? { text: ack.body } : ack.body;
  if (!isObject(body) || Object.keys(body).length === 0) return { ok: true, ackedInMs: ack.ms };
  try {
    const reply = respond(world, { id: '', bornAt: 0, uses: 0, ...target }, body);
    return reply ? { ok: true, ackedInMs: ack.ms, reply } : { ok: true, ackedInMs: ack.ms };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, ackedInMs: ack.ms, failure: error.error };
    throw error;
  }
}

function common(world: World, by: SandboxUser): Json {
  const team = world.state.teams[by.team_id];
  return {
    user: { id: by.id, username: by.name, name: by.name, team_id: by.team_id },
    api_app_id: world.state.appId,
    token: world.state.verificationToken,
    team: { id: by.team_id, domain: team?.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function channelRef(channel: SandboxChannel): Json {
  const name = channel.kind === 'im' ? 'directmessage' : channel.is_private ? 'privategroup' : channel.name;
  return { id: channel.id, name };
}

function interact(world: World, name: string, payload: Json): Promise<Ack> {
  return deliver(world, { type: 'interactive', name, payload });
}

export async function sendAction(world: World, by: SandboxUser, place: Place, action: Json): Promise<ActionResult> {
  const stamped = { ...action, action_ts: stamp(world) };
  const payload = {
    type: 'block_actions',
    ...common(world, by),
    ...placePayload(world, by, place),
    actions: [stamped],
  };
  const ack = await interact(world, 'block_actions', payload);
  if (ack.ok) return { ok: true, ackedInMs: ack.ms };
  const failure = ack.failure === 'timeout' ? 'operation_timeout' : ack.failure;
  world.emit({ type: 'failure', user: by.id, text: 'Something went wrong with this button. Try again.' });
  return { ok: false, ackedInMs: ack.ms, failure };
}

function placePayload(world: World, by: SandboxUser, place: Place): Json {
  if (isView(place)) {
    return {
      container: { type: 'view', view_id: place.id },
      trigger_id: newTrigger(world, by.team_id, by.id, { viewId: place.id }),
      view: viewShape(world, place),
    };
  }
  const ephemeral = place.type === 'ephemeral';
  const channel = world.state.channels[place.channel];
  const target = {
    teamId: place.team,
    channel: place.channel,
    user: by.id,
    source: { ts: place.ts, ephemeral },
    ...(place.thread_ts ? { thread_ts: place.thread_ts } : {}),
  };
  return compact({
    container: compact({
      type: 'message',
      message_ts: place.ts,
      channel_id: place.channel,
      is_ephemeral: ephemeral,
      thread_ts: place.thread_ts,
    }),
    trigger_id: newTrigger(world, by.team_id, by.id, { channel: place.channel }),
    channel: channel && channelRef(channel),
    message: place.type === 'ephemeral' ? undefined : messageShape(world, place),
    state: { values: messageValues(place, world) },
    response_url: newResponseUrl(world, target),
  });
}

/** What was chosen so far on a message, per message, for as long as the sandbox runs. */
const choices = new WeakMap<World, Map<string, ReturnType<typeof stateOf>>>();

export function messageValues(place: Message | EphemeralMessage, world: World): ReturnType<typeof stateOf> {
  const known = choices.get(world) ?? new Map<string, ReturnType<typeof stateOf>>();
  choices.set(world, known);
  const values = stateOf(place.blocks ?? [], known.get(place.ts));
  known.set(place.ts, values);
  return values;
}

export function isView(place: Place): place is ViewRecord {
  return place.type === 'modal' || place.type === 'home';
}

function stamp(world: World): string {
  const now = world.clock.now();
  return `${seconds(now)}.${String(now.getMilliseconds() * 1000).padStart(6, '0')}`;
}

export async function askSuggestions(
  world: World,
  by: SandboxUser,
  place: Place,
  element: { block_id: string; action_id: string; type: string },
  value: string,
): Promise<Json[]> {
  const inside = placePayload(world, by, place);
  delete inside.response_url;
  delete inside.trigger_id;
  const payload = {
    type: 'block_suggestion',
    ...common(world, by),
    ...inside,
    action_id: element.action_id,
    block_id: element.block_id,
    value,
  };
  const ack = await interact(world, 'block_suggestion', payload);
  if (!ack.ok || !isObject(ack.body)) return [];
  const flat = Array.isArray(ack.body.options) ? ack.body.options.filter(isObject) : [];
  const groups = Array.isArray(ack.body.option_groups) ? ack.body.option_groups.filter(isObject) : [];
  const grouped = groups.flatMap((group) => (Array.isArray(group.options) ? group.options.filter(isObject) : []));
  const options = [...flat, ...grouped];
  if (options.length > 100) {
    world.problems.push({
      where: 'block_suggestion',
      error: 'invalid_options',
      messages: ['more than 100'],
      payload: ack.body,
    });
    return [];
  }
  return options;
}

export async function sendShortcut(world: World, by: SandboxUser, callbackId: string): Promise<ActionResult> {
  const payload = {
    type: 'shortcut',
    ...common(world, by),
    callback_id: callbackId,
    action_ts: stamp(world),
    trigger_id: newTrigger(world, by.team_id, by.id),
  };
  return shortcutResult(await interact(world, 'shortcut', payload));
}

export async function sendMessageShortcut(
  world: World,
  by: SandboxUser,
  callbackId: string,
  channel: SandboxChannel,
  message: Message,
): Promise<ActionResult> {
  const payload = {
    type: 'message_action',
    ...common(world, by),
    callback_id: callbackId,
    action_ts: stamp(world),
    trigger_id: newTrigger(world, by.team_id, by.id, { channel: channel.id }),
    message_ts: message.ts,
    channel: channelRef(channel),
    message: messageShape(world, message),
    response_url: newResponseUrl(world, { teamId: by.team_id, channel: channel.id, user: by.id }),
  };
  return shortcutResult(await interact(world, 'message_action', payload));
}

function shortcutResult(ack: Ack): ActionResult {
  if (ack.ok) return { ok: true, ackedInMs: ack.ms };
  return { ok: false, ackedInMs: ack.ms, failure: ack.failure === 'timeout' ? 'operation_timeout' : ack.failure };
}

export async function submitView(world: World, by: SandboxUser, view: ViewRecord): Promise<SubmitResult> {
  view.errors = {};
  const payload = {
    type: 'view_submission',
    ...common(world, by),
    trigger_id: newTrigger(world, by.team_id, by.id, { viewId: view.id }),
    view: viewShape(world, view),
    response_urls: responseUrls(world, by, view),
  };
  const ack = await interact(world, 'view_submission', payload);
  if (!ack.ok) return failed(world, by, view, ack.failure === 'timeout' ? 'operation_timeout' : ack.failure, ack.ms);
  if (world.state.views[view.id] !== view) return { outcome: 'closed', ok: true, ackedInMs: ack.ms };
  return obey(world, by, view, isObject(ack.body) ? ack.body : {}, ack.ms);
}

/** An input that asked for it gives the app a way to answer in the channel that was chosen. */
function responseUrls(world: World, by: SandboxUser, view: ViewRecord): Json[] {
  return view.blocks.flatMap((block) => {
    const element = isObject(block.element) ? block.element : {};
    if (element.response_url_enabled !== true) return [];
    const value = view.values[String(block.block_id)]?.[String(element.action_id)];
    const channel = value?.selected_conversation ?? value?.selected_channel;
    if (typeof channel !== 'string') return [];
    const url = newResponseUrl(world, { teamId: by.team_id, channel, user: by.id });
    return [{ block_id: block.block_id, action_id: element.action_id, channel_id: channel, response_url: url }];
  });
}

function failed(world: World, by: SandboxUser, view: ViewRecord, failure: string, ms: number): SubmitResult {
  view.errors = { '': 'We had some trouble connecting. Try again?' };
  world.emit({ type: 'modal', user: by.id, change: 'errors', viewId: view.id });
  return { outcome: 'failed', ok: false, ackedInMs: ms, failure };
}

function obey(world: World, by: SandboxUser, view: ViewRecord, body: Json, ms: number): SubmitResult {
  try {
    const outcome = answerOf(world, by, view, body);
    if (outcome !== 'errors') return { outcome, ok: true, ackedInMs: ms };
    return { outcome, ok: false, ackedInMs: ms, errors: { ...view.errors } };
  } catch (error) {
    if (error instanceof Refusal) return failed(world, by, view, error.error, ms);
    throw error;
  }
}

function answerOf(world: World, by: SandboxUser, view: ViewRecord, body: Json): SubmitResult['outcome'] {
  const action = body.response_action;
  if (action === undefined && Object.keys(body).length === 0) {
    closeView(world, by.id, view.id);
    return 'closed';
  }
  if (action === 'clear') {
    closeAll(world, by.id);
    return 'cleared';
  }
  if (action === 'errors') return showErrors(world, by, view, body.errors);
  if (action !== 'update' && action !== 'push') throw problem(world, 'invalid_response_action', body);
  if (!isObject(body.view)) throw problem(world, 'missing_view', body);
  checkView(world, `view_submission ${action}`, body.view, 'modal');
  if (action === 'update') {
    replaceView(world, view, body.view);
    return 'updated';
  }
  if (!pushModal(world, by.team_id, by.id, body.view)) throw problem(world, 'push_limit_reached', body);
  return 'pushed';
}

function showErrors(world: World, by: SandboxUser, view: ViewRecord, errors: unknown): 'errors' {
  if (!isObject(errors) || Object.keys(errors).length === 0) throw problem(world, 'invalid_errors', errors);
  const inputs = new Set(view.blocks.filter((b) => b.type === 'input').map((b) => String(b.block_id)));
  const stray = Object.keys(errors).find((id) => !inputs.has(id));
  if (stray !== undefined) throw problem(world, `errors name "${stray}", which is no input block of this view`, errors);
  view.errors = Object.fromEntries(Object.entries(errors).map(([id, text]) => [id, String(text)]));
  world.emit({ type: 'modal', user: by.id, change: 'errors', viewId: view.id });
  return 'errors';
}

function problem(world: World, error: string, payload: unknown): Refusal {
  world.problems.push({ where: 'view_submission', error, messages: [error], payload });
  return new Refusal(error);
}

export async function closeModal(world: World, by: SandboxUser): Promise<void> {
  const view = topModal(world, by.id);
  if (!view) return;
  const shape = viewShape(world, view);
  // Where the view asks for it, closing one modal closes the whole pile.
  const clear = view.clear_on_close;
  if (clear) closeAll(world, by.id);
  else popModal(world, by.id);
  if (!view.notify_on_close) return;
  await interact(world, 'view_closed', { type: 'view_closed', ...common(world, by), view: shape, is_cleared: clear });
}
