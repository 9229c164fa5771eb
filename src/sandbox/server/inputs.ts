import { elementsOf, isObject, textOf } from './blocks.ts';
import type { Json, ModalView, StateValues } from './types.ts';

type Kind = { one?: string; many?: string };

/** Under which key each element keeps its answer in `state.values`. */
const KINDS: Record<string, Kind> = {
  plain_text_input: { one: 'value' },
  email_text_input: { one: 'value' },
  url_text_input: { one: 'value' },
  number_input: { one: 'value' },
  rich_text_input: { one: 'rich_text_value' },
  static_select: { one: 'selected_option' },
  external_select: { one: 'selected_option' },
  radio_buttons: { one: 'selected_option' },
  users_select: { one: 'selected_user' },
  channels_select: { one: 'selected_channel' },
  conversations_select: { one: 'selected_conversation' },
  datepicker: { one: 'selected_date' },
  timepicker: { one: 'selected_time' },
  datetimepicker: { one: 'selected_date_time' },
  checkboxes: { many: 'selected_options' },
  multi_static_select: { many: 'selected_options' },
  multi_external_select: { many: 'selected_options' },
  multi_users_select: { many: 'selected_users' },
  multi_channels_select: { many: 'selected_channels' },
  multi_conversations_select: { many: 'selected_conversations' },
  file_input: { many: 'files' },
};

const INITIAL: Record<string, string> = {
  value: 'initial_value',
  rich_text_value: 'initial_value',
  selected_option: 'initial_option',
  selected_options: 'initial_options',
  selected_user: 'initial_user',
  selected_users: 'initial_users',
  selected_channel: 'initial_channel',
  selected_channels: 'initial_channels',
  selected_conversation: 'initial_conversation',
  selected_conversations: 'initial_conversations',
  selected_date: 'initial_date',
  selected_time: 'initial_time',
  selected_date_time: 'initial_date_time',
};

export function keepsState(element: Json): boolean {
  return String(element.type) in KINDS;
}

/** Every input is there from the start, empty ones with null: what was typed before survives when ids are the same. */
export function stateOf(blocks: readonly Json[], before: StateValues = {}): StateValues {
  const values: StateValues = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      if (!keepsState(element)) continue;
      const blockId = String(block.block_id);
      const actionId = String(element.action_id);
      const kept = before[blockId]?.[actionId];
      const answers = (values[blockId] ??= {});
      answers[actionId] = kept && kept.type === element.type ? kept : initialValue(element);
    }
  }
  return values;
}

function initialValue(element: Json): Json {
  const kind = KINDS[String(element.type)] ?? {};
  const key = kind.one ?? kind.many ?? 'value';
  const initial = element[INITIAL[key] ?? ''];
  return { type: element.type, [key]: initial ?? (kind.many ? [] : null) };
}

function isEmpty(value: Json | undefined): boolean {
  if (!value) return true;
  const kind = KINDS[String(value.type)] ?? {};
  if (kind.many) return !Array.isArray(value[kind.many]) || (value[kind.many] as unknown[]).length === 0;
  const given = value[kind.one ?? 'value'];
  return given === null || given === undefined || given === '';
}

/** What the person chose, in Slack's words. Throws when Slack's own client would not let them. */
export function answer(element: Json, given: unknown, offered: readonly Json[] = []): Json {
  const type = String(element.type);
  const kind = KINDS[type];
  if (!kind) throw new Error(`A ${type} takes no value.`);
  if (kind.many) return { type, [kind.many]: manyOf(element, asList(given), offered) };
  if (given === null || given === undefined || given === '') return { type, [kind.one ?? 'value']: null };
  return { type, [kind.one ?? 'value']: oneOf(element, given, offered) };
}

function asList(given: unknown): unknown[] {
  if (given === null || given === undefined || given === '') return [];
  return Array.isArray(given) ? given : [given];
}

function manyOf(element: Json, given: unknown[], offered: readonly Json[]): unknown[] {
  const max = Number(element.max_selected_items ?? element.max_files ?? Number.POSITIVE_INFINITY);
  if (given.length > max) throw new Error(`Slack lets people choose at most ${max} here.`);
  if (element.type === 'file_input') return given;
  return given.map((one) => (takesOptions(element) ? optionOf(element, one, offered) : idOf(element, one)));
}

function oneOf(element: Json, given: unknown, offered: readonly Json[]): unknown {
  const type = String(element.type);
  if (takesOptions(element)) return optionOf(element, given, offered);
  if (type.endsWith('_select')) return idOf(element, given);
  if (type === 'datepicker') return matching(given, /^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD');
  if (type === 'timepicker') return matching(given, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time HH:mm');
  if (type === 'datetimepicker') return Number(matching(String(given), /^\d{10}$/, 'a Unix time of ten digits'));
  if (type === 'rich_text_input') return isObject(given) ? given : richText(String(given));
  return typed(element, String(given));
}

function takesOptions(element: Json): boolean {
  return /static_select|external_select|radio_buttons|checkboxes/.test(String(element.type));
}

function typed(element: Json, value: string): string {
  const problem = typedProblem(element, value);
  if (problem) throw new Error(problem);
  return value;
}

/** The reason Slack's client shows under a field; undefined when the field is fine. */
function typedProblem(element: Json, value: string): string | undefined {
  const min = Number(element.min_length ?? 0);
  const max = Number(element.max_length ?? 3000);
  if (value.length < min) return `This field needs at least ${min} characters.`;
  if (value.length > max) return `This field takes at most ${max} characters; this text has ${value.length}.`;
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Enter a valid email address.';
  if (element.type === 'url_text_input' && !URL.canParse(value)) return 'Enter a valid URL.';
  if (element.type === 'number_input') return numberProblem(element, value);
  return undefined;
}

function numberProblem(element: Json, value: string): string | undefined {
  const pattern = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value)) return 'Enter a number.';
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return 'This number is too small.';
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return 'This number is too large.';
  return undefined;
}

function matching(given: unknown, pattern: RegExp, what: string): string {
  const value = String(given);
  if (!pattern.test(value)) throw new Error(`"${value}" is not ${what}.`);
  return value;
}

function idOf(element: Json, given: unknown): string {
  const id = String(given);
  if (!/^[A-Z][A-Z0-9]{5,}$/.test(id)) throw new Error(`"${id}" is not an id a ${String(element.type)} can hold.`);
  return id;
}

export function optionsOf(element: Json): Json[] {
  const flat = Array.isArray(element.options) ? element.options.filter(isObject) : [];
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  return [...flat, ...groups.flatMap((group) => (Array.isArray(group.options) ? group.options.filter(isObject) : []))];
}

export function optionOf(element: Json, given: unknown, offered: readonly Json[]): Json {
  const options = [...optionsOf(element), ...offered];
  const wanted = isObject(given) ? String(given.value) : String(given);
  const found =
    options.find((option) => option.value === wanted) ?? options.find((option) => textOf(option.text) === wanted);
  if (found) return structuredClone(found);
  const known = options.map((option) => `${String(option.value)} (${textOf(option.text)})`).join(', ');
  throw new Error(`There is no option "${wanted}" here. Options: ${known || 'none'}.`);
}

function richText(text: string): Json {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}

/** What Slack's client checks before it sends anything. */
export function clientErrors(view: ModalView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const value = view.values[String(block.block_id)]?.[String(block.element.action_id)];
    if (isEmpty(value)) {
      if (block.optional !== true) errors[String(block.block_id)] = 'Please complete this required field.';
      continue;
    }
    const problem = typeof value?.value === 'string' ? typedProblem(block.element, value.value) : undefined;
    if (problem) errors[String(block.block_id)] = problem;
  }
  return errors;
}
