import { elementsOf, isInteractive, textOf } from './blocks.ts';
import * as inputs from './inputs.ts';
import type { Place } from './interactions.ts';
import type { Json, ModalView } from './types.ts';

/** How a test or a page names something to click: its action_id, its label, or exact particulars. */
export type Target = string | { actionId?: string; text?: string; value?: string; blockId?: string };

type Found = { block: Json; element: Json; option?: Json };

export function findTarget(place: Place, target: Target): Found {
  const all = (place.blocks ?? []).flatMap((block) =>
    elementsOf(block)
      .filter(isInteractive)
      .map((element) => ({ block, element })),
  );
  const exact = all.find(({ block, element }) => matches(block, element, target));
  if (exact) return exact;
  for (const found of all) {
    if (found.element.type !== 'overflow' || !isIn(found.block, target)) continue;
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

const isIn = (block: Json, target: Target): boolean =>
  typeof target === 'string' || target.blockId === undefined || block.block_id === target.blockId;

function wanted(target: Target): string[] {
  if (typeof target === 'string') return [target];
  return target.text === undefined ? [] : [target.text];
}

function labelOf(element: Json): string {
  return textOf(element.text) || textOf(element.placeholder);
}

export function describe(target: Target): string {
  return typeof target === 'string' ? `"${target}"` : JSON.stringify(target);
}

export function findInput(view: ModalView, name: string): Found {
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

export function keyOf(block: Json, element: Json): string {
  return `${String(block.block_id)}/${String(element.action_id)}`;
}

export function buttonAction(block: Json, element: Json): Json {
  const { type, action_id, text, value, style } = element;
  return Object.fromEntries(
    Object.entries({ block_id: block.block_id, action_id, type, text, value, style }).filter(
      ([, v]) => v !== undefined,
    ),
  );
}

export function overflowAction(block: Json, element: Json, option: Json): Json {
  return { block_id: block.block_id, action_id: element.action_id, type: 'overflow', selected_option: option };
}
