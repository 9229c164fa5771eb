import { elementsOf, isInteractive, isObject, textOf } from '../blocks.ts';
import { optionsOf } from '../inputs.ts';
import type { Json } from '../types.ts';
import { CONFIRM, LIMITS, type Limit, ONLY_ON, OPTION, OPTION_GROUP } from './limits.ts';
import { strayIn } from './mrkdwn.ts';
import { structureProblems } from './structure.ts';

export type Surface = 'message' | 'modal' | 'home';

/** Everything that is wrong with these blocks, each with the place it is at. */
export function blockProblems(blocks: readonly unknown[], surface: Surface, pointer: string): string[] {
  const known = structureProblems(blocks, pointer);
  if (known.length > 0) return known;
  return [
    ...(blocks as Json[]).flatMap((block, i) => nodeProblems(block, surface, `${pointer}/${i}`)),
    ...(blocks as Json[]).flatMap((block, i) => blockOwnProblems(block, `${pointer}/${i}`)),
    ...duplicates(blocks as Json[], pointer),
  ];
}

function nodeProblems(node: unknown, surface: Surface, at: string): string[] {
  if (Array.isArray(node)) return node.flatMap((child, i) => nodeProblems(child, surface, `${at}/${i}`));
  if (!isObject(node)) return [];
  const type = String(node.type);
  const allowed = ONLY_ON[type];
  const misplaced =
    allowed && !allowed.includes(surface) ? [problem(`a ${type} is not allowed on a ${surface}`, at)] : [];
  const limits = LIMITS[type] ?? [];
  return [
    ...misplaced,
    ...limits.flatMap((limit) => limitProblems(node, limit, at)),
    ...partProblems(node, at),
    ...textProblems(node, at),
    ...Object.entries(node).flatMap(([key, child]) => nodeProblems(child, surface, `${at}/${key}`)),
  ];
}

function textProblems(node: Json, at: string): string[] {
  const isText = node.type === 'plain_text' || node.type === 'mrkdwn';
  if (!isText) return [];
  const length = textOf(node).length;
  const stray = node.type === 'mrkdwn' ? strayIn(textOf(node)) : null;
  if (stray) return [problem(`must escape <, > and & ( ${stray} )`, `${at}/text`)];
  if (length === 0) return [problem('must be more than 0 characters', `${at}/text`)];
  return length > 3000 ? [problem('must be less than 3001 characters', `${at}/text`)] : [];
}

/** Options, their groups and confirmations bear no `type`: they are known by where they stand. */
function partProblems(node: Json, at: string): string[] {
  const found: string[] = [];
  const lists = (key: string, limits: readonly Limit[]): void => {
    const list = Array.isArray(node[key]) ? node[key].filter(isObject) : [];
    list.forEach((one, i) => {
      for (const limit of limits) found.push(...limitProblems(one, limit, `${at}/${key}/${i}`));
    });
  };
  lists('options', OPTION);
  lists('option_groups', OPTION_GROUP);
  if (isObject(node.confirm) && typeof node.type === 'string') {
    for (const limit of CONFIRM) found.push(...limitProblems(node.confirm, limit, `${at}/confirm`));
  }
  return [...found, ...choiceProblems(node, at)];
}

function choiceProblems(node: Json, at: string): string[] {
  const type = String(node.type);
  if (!/^(multi_)?static_select$|^radio_buttons$|^checkboxes$|^overflow$/.test(type)) return [];
  const options = optionsOf(node);
  const found: string[] = [];
  if (type.includes('static_select') && (node.options === undefined) === (node.option_groups === undefined)) {
    found.push(problem('needs options or option_groups, and not both', at));
  }
  if (options.some((option) => option.value === undefined)) found.push(problem('every option needs a value', at));
  const values = options.map((option) => String(option.value));
  if (new Set(values).size !== values.length) found.push(problem('option values must differ', at));
  const initial = Array.isArray(node.initial_options) ? node.initial_options : [node.initial_option];
  for (const one of initial) {
    if (one !== undefined && !options.some((option) => JSON.stringify(option) === JSON.stringify(one))) {
      found.push(problem('an initial option must be one of the options', at));
    }
  }
  return found;
}

export function limitProblems(node: Json, limit: Limit, at: string): string[] {
  const value = node[limit.field];
  if (value === undefined || value === null) return [];
  const where = `${at}/${limit.field}`;
  if (limit.each) {
    const list = Array.isArray(value) ? value : [];
    return list.flatMap((one, i) => valueProblems(one, limit, `${where}/${i}`));
  }
  return valueProblems(value, limit, where);
}

function valueProblems(value: unknown, limit: Limit, at: string): string[] {
  if (Array.isArray(value)) return countProblems(value.length, limit, at);
  if (typeof value === 'number') return rangeProblems(value, limit, at);
  if (isObject(value) && value.text === undefined) return [];
  const text = textOf(value);
  const found: string[] = [];
  if (limit.min !== undefined && text.length < limit.min)
    found.push(problem(`must be more than ${limit.min - 1} characters`, at));
  if (limit.max !== undefined && text.length > limit.max)
    found.push(problem(`must be less than ${limit.max + 1} characters`, at));
  if (limit.pattern && !limit.pattern.test(text)) found.push(problem(`must match ${limit.pattern.source}`, at));
  return found;
}

function countProblems(count: number, limit: Limit, at: string): string[] {
  if (limit.minCount !== undefined && count < limit.minCount)
    return [problem(`must provide at least ${limit.minCount} items`, at)];
  if (limit.maxCount !== undefined && count > limit.maxCount)
    return [problem(`no more than ${limit.maxCount} items allowed`, at)];
  return [];
}

function rangeProblems(value: number, limit: Limit, at: string): string[] {
  const low = limit.from !== undefined && value < limit.from;
  const high = limit.to !== undefined && value > limit.to;
  return low || high ? [problem(`must be between ${limit.from} and ${limit.to}`, at)] : [];
}

function blockOwnProblems(block: Json, at: string): string[] {
  const found: string[] = [];
  if (typeof block.block_id === 'string' && (block.block_id.length === 0 || block.block_id.length > 255)) {
    found.push(problem('must be between 1 and 255 characters', `${at}/block_id`));
  }
  if (block.type === 'section' && block.text === undefined && block.fields === undefined) {
    found.push(problem('missing required field: text or fields', at));
  }
  const parts = ['hero_image', 'title', 'actions', 'body'];
  if (block.type === 'card' && parts.every((part) => block[part] === undefined))
    found.push(problem(`needs one of ${parts.join(', ')}`, at));
  for (const element of elementsOf(block)) found.push(...inputOwnProblems(element, at));
  return found;
}

function inputOwnProblems(element: Json, at: string): string[] {
  if (element.type !== 'plain_text_input') return [];
  const min = Number(element.min_length ?? 0);
  const max = Number(element.max_length ?? 3000);
  const found = min > max ? [problem('min_length is more than max_length', at)] : [];
  const initial = textOf(element.initial_value).length;
  return initial > max ? [...found, problem(`initial_value must be less than ${max + 1} characters`, at)] : found;
}

function duplicates(blocks: readonly Json[], pointer: string): string[] {
  const seen = new Set<unknown>();
  const found: string[] = [];
  blocks.forEach((block, i) => {
    if (block.block_id !== undefined && seen.has(block.block_id)) {
      found.push(problem(`this block_id already exists`, `${pointer}/${i}/block_id`));
    }
    seen.add(block.block_id);
    const ids = elementsOf(block)
      .filter(isInteractive)
      .flatMap((element) => (element.action_id === undefined ? [] : [element.action_id]));
    if (new Set(ids).size !== ids.length)
      found.push(problem('action_id already exists in this block', `${pointer}/${i}`));
  });
  const focused = blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true);
  if (focused.length > 1) found.push(problem('only one element may have focus_on_load', pointer));
  return found;
}

export function problem(words: string, at: string): string {
  return `[ERROR] ${words} [json-pointer:${at}]`;
}

/** All the words in a tree of blocks, as Slack adds them up. */
export function textLength(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, child) => sum + textLength(child), 0);
  if (!isObject(node)) return 0;
  const own = typeof node.text === 'string' ? node.text.length : 0;
  return own + Object.values(node).reduce<number>((sum, child) => sum + textLength(child), 0);
}
