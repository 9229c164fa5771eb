import { randomBytes } from 'node:crypto';
import { elementsOf, textOf, withIds } from './blocks.ts';
import { stateOf } from './inputs.ts';
import { compact, nextId, nextTs } from './state.ts';
import type { HomeView, Json, ModalView, ViewRecord } from './types.ts';
import type { World } from './world.ts';

const MAX_STACK = 3;

export function topModal(world: World, user: string): ModalView | undefined {
  const id = world.state.stacks[user]?.at(-1);
  return id === undefined ? undefined : (world.state.views[id] as ModalView | undefined);
}

export function openModal(world: World, teamId: string, user: string, view: Json, from?: string): ModalView {
  closeAll(world, user, false);
  const opened = put(world, teamId, user, view, 'opened');
  if (from) fillCurrentChannel(opened, from);
  return opened;
}

/** A select may start on the channel the person was in. */
function fillCurrentChannel(view: ModalView, channel: string): void {
  for (const block of view.blocks) {
    for (const element of elementsOf(block)) {
      if (element.default_to_current_conversation !== true) continue;
      const many = element.type === 'multi_conversations_select';
      const value = many ? { selected_conversations: [channel] } : { selected_conversation: channel };
      const answers = view.values[String(block.block_id)] ?? {};
      answers[String(element.action_id)] = { type: element.type, ...value };
    }
  }
}

/** Undefined when three modals are already open. */
export function pushModal(world: World, teamId: string, user: string, view: Json): ModalView | undefined {
  if ((world.state.stacks[user] ?? []).length >= MAX_STACK) return undefined;
  return put(world, teamId, user, view, 'pushed');
}

function put(world: World, teamId: string, user: string, view: Json, change: 'opened' | 'pushed'): ModalView {
  const record = recordOf(world, teamId, user, view);
  const stack = (world.state.stacks[user] ??= []);
  const [root] = stack;
  record.root_view_id = root ?? record.id;
  record.previous_view_id = stack.at(-1) ?? null;
  world.state.views[record.id] = record;
  stack.push(record.id);
  world.emit({ type: 'modal', user, change, viewId: record.id });
  return record as ModalView;
}

function recordOf(world: World, teamId: string, owner: string, view: Json): ViewRecord {
  const blocks = withIds(world.state, view.blocks as Json[]);
  const id = nextId(world.state, 'V');
  return compact({
    id,
    type: view.type,
    team_id: teamId,
    owner,
    hash: newHash(world),
    blocks,
    callback_id: textOf(view.callback_id),
    private_metadata: textOf(view.private_metadata),
    external_id: textOf(view.external_id),
    title: view.title,
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
    root_view_id: id,
    previous_view_id: null,
    values: stateOf(blocks),
    errors: {},
  }) as unknown as ViewRecord;
}

function newHash(world: World): string {
  return `${nextTs(world.state, world.clock.now())}.${randomBytes(4).toString('hex')}`;
}

export function replaceView(world: World, old: ViewRecord, view: Json): void {
  const fresh = recordOf(world, old.team_id, old.owner, view);
  Object.assign(old, {
    ...fresh,
    id: old.id,
    root_view_id: old.root_view_id,
    previous_view_id: old.previous_view_id,
    values: stateOf(fresh.blocks, old.values),
  });
  if (old.type === 'home') world.emit({ type: 'home', user: old.owner, viewId: old.id });
  else world.emit({ type: 'modal', user: old.owner, change: 'updated', viewId: old.id });
}

/** Takes one modal off the pile, wherever it lies. */
export function closeView(world: World, user: string, id: string): void {
  const stack = world.state.stacks[user];
  if (!stack?.includes(id)) return;
  world.state.stacks[user] = stack.filter((one) => one !== id);
  delete world.state.views[id];
  world.emit({ type: 'modal', user, change: 'closed', viewId: id });
}

/** Closes the modal on top; the one under it shows again. */
export function popModal(world: World, user: string): ViewRecord | undefined {
  const id = world.state.stacks[user]?.pop();
  const view = id === undefined ? undefined : world.state.views[id];
  if (!view) return undefined;
  delete world.state.views[view.id];
  world.emit({ type: 'modal', user, change: 'closed', viewId: view.id });
  return view;
}

export function closeAll(world: World, user: string, tell = true): void {
  for (const id of world.state.stacks[user]?.splice(0) ?? []) {
    delete world.state.views[id];
    if (tell) world.emit({ type: 'modal', user, change: 'closed', viewId: id });
  }
}

export function homeOf(world: World, user: string): HomeView | undefined {
  const id = world.state.homes[user];
  return id === undefined ? undefined : (world.state.views[id] as HomeView | undefined);
}

export function publishHome(world: World, teamId: string, user: string, view: Json): HomeView {
  const old = homeOf(world, user);
  if (old) {
    replaceView(world, old, view);
    return old;
  }
  const record = recordOf(world, teamId, user, view);
  world.state.views[record.id] = record;
  world.state.homes[user] = record.id;
  world.emit({ type: 'home', user, viewId: record.id });
  return record as HomeView;
}
