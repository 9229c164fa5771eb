import { elementsOf, isObject } from '../blocks.ts';
import * as inputs from '../inputs.ts';
import {
  type ActionResult,
  askSuggestions,
  isView,
  messageValues,
  type Place,
  type SubmitResult,
  sendAction,
  submitView,
} from '../interactions.ts';
import { fileShape } from '../shapes.ts';
import { userNamed } from '../state.ts';
import { buttonAction, describe, findInput, findTarget, keyOf, overflowAction, type Target } from '../targets.ts';
import type { Json, SandboxUser, StateValues } from '../types.ts';
import { topModal } from '../views.ts';
import type { World } from '../world.ts';
import type { Eyes, Surface } from './eyes.ts';
import { keepFile, type Upload } from './files.ts';

/** What one person does with buttons, menus and fields. */
export function createHands(world: World, user: SandboxUser, { placeOf, channelOf }: Eyes) {
  const offered = new Map<string, Json[]>();
  const me = user.id;

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

  /** Presses a button and leaves its confirmation open; what is sent on confirming is what was on the screen then. */
  function hesitate(on: Surface, target: Target): () => Promise<ActionResult> {
    const place = structuredClone(placeOf(on));
    const { element, block } = findTarget(place, target);
    if (!isObject(element.confirm)) throw new Error(`"${describe(target)}" asks for no confirmation.`);
    return () => sendAction(world, user, place, buttonAction(block, element));
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
    const chosen = inputs.answer(element, ids(element, value), offered.get(keyOf(block, element)));
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

  /** A person's or a channel's name may stand for its id; nobody who left can be picked. */
  function ids(element: Json, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => ids(element, one));
    if (typeof value !== 'string' || value === '') return value;
    if (String(element.type).includes('users_select')) return pickable(value);
    if (!/channels_select|conversations_select/.test(String(element.type))) return value;
    return channelOf(value).id;
  }

  function pickable(who: string): string {
    const found = userNamed(world.state, who);
    if (found.deleted) throw new Error(`${found.real_name} has left: Slack does not offer them.`);
    return found.id;
  }

  function fill(values: Record<string, unknown>): void {
    const view = topModal(world, me);
    if (!view) throw new Error(`${user.real_name} has no modal open.`);
    for (const [name, given] of Object.entries(values)) {
      const { element, block } = findInput(view, name);
      const chosen = inputs.answer(element, fileIds(element, ids(element, given)), offered.get(keyOf(block, element)));
      store(view, block, element, chosen);
      delete view.errors[String(block.block_id)];
      const dispatches = block.type === 'input' ? block.dispatch_action === true : true;
      if (!dispatches) continue;
      void sendAction(world, user, view, { block_id: block.block_id, action_id: element.action_id, ...chosen });
    }
    world.activity.changed();
  }

  function type(on: { id: string }, at: { block_id: string; action_id: string }, given: unknown): void {
    const view = world.state.views[on.id];
    if (!view || view.owner !== me) return;
    const block = view.blocks.find((one) => one.block_id === at.block_id);
    const element = block && elementsOf(block).find((one) => one.action_id === at.action_id);
    if (!block || !element) return;
    const raw = /(plain_text|number|email_text|url_text)_input/.test(String(element.type));
    const chosen = raw
      ? { type: element.type, value: given === '' ? null : given }
      : inputs.answer(element, fileIds(element, ids(element, given)), offered.get(keyOf(block, element)));
    store(view, block, element, chosen);
    delete view.errors[at.block_id];
  }

  function fileIds(element: Json, given: unknown): unknown {
    if (element.type !== 'file_input' || given === null || given === undefined) return given;
    const uploads = (Array.isArray(given) ? given : [given]) as Upload[];
    return uploads.map((upload) => fileShape(world, keepFile(world, user, upload)));
  }

  async function submit(): Promise<SubmitResult> {
    const view = topModal(world, me);
    if (!view) throw new Error(`${user.real_name} has no modal open.`);
    if (!view.submit) throw new Error('This modal has no submit button.');
    const errors = inputs.clientErrors(view);
    if (Object.keys(errors).length === 0) return submitView(world, user, view);
    view.errors = errors;
    world.emit({ type: 'modal', user: me, change: 'errors', viewId: view.id });
    return { outcome: 'refused', ok: false, ackedInMs: 0, errors };
  }

  return { click, hesitate, select, suggest, fill, type, submit };
}
