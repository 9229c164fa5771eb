import type { Json } from '../../page/wire.ts';

/** What a field holds, out of the shape of `state.values`. */
export const heldText = (held: Json | undefined): string => {
  const value = held?.['value'] ?? held?.['selected_date'] ?? held?.['selected_time'];
  return typeof value === 'string' ? value : '';
};

export const heldMoment = (held: Json | undefined): number | null => {
  const value = held?.['selected_date_time'];
  return typeof value === 'number' ? value : null;
};

export function heldChoices(held: Json | undefined): string[] {
  if (!held) return [];
  const option = held['selected_option'] ?? held['selected_options'];
  const ids =
    option ??
    held['selected_user'] ??
    held['selected_users'] ??
    held['selected_channel'] ??
    held['selected_channels'] ??
    held['selected_conversation'] ??
    held['selected_conversations'];
  return [ids].flat().flatMap((one) => {
    if (typeof one === 'string') return [one];
    return isObject(one) && typeof one['value'] === 'string' ? [one['value']] : [];
  });
}

/** The text of a rich text value, without its styles. */
export function richTextOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(richTextOf).join('');
  if (!isObject(value)) return '';
  if (typeof value['text'] === 'string') return value['text'];
  const inside = richTextOf(value['elements']);
  return value['type'] === 'rich_text_section' ? `${inside}\n` : inside;
}

const INITIAL: Record<string, string> = {
  initial_value: 'value',
  initial_option: 'selected_option',
  initial_options: 'selected_options',
  initial_user: 'selected_user',
  initial_users: 'selected_users',
  initial_channel: 'selected_channel',
  initial_channels: 'selected_channels',
  initial_conversation: 'selected_conversation',
  initial_conversations: 'selected_conversations',
  initial_date: 'selected_date',
  initial_time: 'selected_time',
  initial_date_time: 'selected_date_time',
};

/** What an element on a message holds before anybody touches it. */
export const initiallyHeld = (element: Json): Json =>
  Object.fromEntries(
    Object.entries(INITIAL).flatMap(([from, to]) => (element[from] === undefined ? [] : [[to, element[from]]])),
  );

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
