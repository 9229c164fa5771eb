import { nextId } from './state.ts';
import type { Json, State } from './types.ts';

/** Gives every block and every interactive element the ids Slack would give it. */
export function withIds(state: State, blocks: readonly Json[]): Json[] {
  const copies = structuredClone(blocks) as Json[];
  for (const block of copies) {
    block.block_id ??= nextId(state, 'b');
    for (const element of elementsOf(block)) {
      if (isInteractive(element)) element.action_id ??= nextId(state, 'a');
    }
  }
  return copies;
}

export function elementsOf(block: Json): Json[] {
  const found: Json[] = [];
  if (isObject(block.accessory)) found.push(block.accessory);
  if (isObject(block.element)) found.push(block.element);
  if (Array.isArray(block.elements) && block.type !== 'rich_text') found.push(...block.elements.filter(isObject));
  if (Array.isArray(block.actions)) found.push(...block.actions.filter(isObject));
  if (Array.isArray(block.child_blocks)) {
    for (const child of block.child_blocks.filter(isObject)) found.push(...elementsOf(child));
  }
  return found;
}

const PASSIVE = new Set(['image', 'plain_text', 'mrkdwn', 'rich_text_section', 'card', 'url']);

export function isInteractive(element: Json): boolean {
  return typeof element.type === 'string' && !PASSIVE.has(element.type);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isObject(value) && typeof value.text === 'string') return value.text;
  return '';
}
