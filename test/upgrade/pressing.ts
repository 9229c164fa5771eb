import { elementsOf, isInteractive, isObject, textOf } from '../../src/sandbox/server/blocks.ts';
import type { ModalView, Person, Surface } from '../../src/sandbox/server/index.ts';

type Json = Record<string, unknown>;
type Pressed = Awaited<ReturnType<Person['click']>>;

/** One thing that can be done with a message or a view: a button, or one entry of a menu or list. */
export type Way = {
  /** As features register it. */
  id: string;
  label: string;
  press(by: Person, on: Surface): Promise<Pressed>;
};

export const waysIn = (blocks: readonly Json[]): Way[] =>
  blocks.flatMap((block) =>
    // A field that waits for the form to be sent presses nothing.
    block['type'] === 'input' && block['dispatch_action'] !== true
      ? []
      : elementsOf(block)
          .filter(isInteractive)
          .flatMap((element) => waysWith(block, element)),
  );

function waysWith(block: Json, element: Json): Way[] {
  const actionId = String(element['action_id']);
  const target = { actionId, blockId: String(block['block_id']) };
  const id = actionId.split(':')[0] ?? '';
  const type = String(element['type']);
  if (type === 'button')
    return element['url'] ? [] : [{ id, label: textOf(element['text']), press: (by, on) => by.click(on, target) }];
  return valuesFor(element).map(({ value, label }) => ({
    id,
    label,
    press: (by, on) => by.select(on, target, value),
  }));
}

/** What a person may choose or write in this field. */
function valuesFor(element: Json): { value: unknown; label: string }[] {
  const type = String(element['type']);
  const isMany = type.startsWith('multi_') || type === 'checkboxes';
  const offered = optionsOf(element).map((option) => ({
    value: isMany ? [String(option['value'])] : String(option['value']),
    label: textOf(option['text']),
  }));
  // Of a list of fifty entries, some: they differ in what they name.
  if (offered.length > 50) return offered.filter((_, i) => i % 8 === 0);
  if (offered.length > 0) return offered;
  const one = (value: unknown) => [{ value: isMany ? [value] : value, label: type }];
  if (type.includes('users_select')) return one('Marc');
  if (type.includes('conversations_select') || type.includes('channels_select')) return one('#general');
  if (type === 'datepicker') return one(tomorrow().toISOString().slice(0, 10));
  if (type === 'timepicker') return one('10:00');
  if (type === 'datetimepicker') return one(Math.floor(tomorrow().getTime() / 1000));
  if (type === 'number_input') return one(typeof element['min_value'] === 'string' ? element['min_value'] : '1');
  if (type === 'url_text_input') return one('https://maison-aurore.example/soup');
  if (type === 'file_input') return one({ name: 'settings.txt', content: 'nothing' });
  return one('As it was agreed this morning.');
}

const tomorrow = () => new Date(Date.now() + 24 * 3600 * 1000);

const optionsOf = (element: Json): Json[] => {
  const list = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);
  return [...list(element['options']), ...list(element['option_groups']).flatMap((group) => list(group['options']))];
};

/** Writes something into each field of the open form that must not be left empty, and sends it. */
export async function complete(by: Person): Promise<Awaited<ReturnType<Person['submit']>>> {
  const view = by.modal();
  for (const block of view?.blocks ?? []) {
    if (block['type'] !== 'input' || block['optional'] === true || !isObject(block['element'])) continue;
    const blockId = String(block['block_id']);
    if (isEmpty(view as ModalView, blockId)) by.fill({ [blockId]: valuesFor(block['element'])[0]?.value });
  }
  return by.submit();
}

const isEmpty = (view: ModalView, blockId: string): boolean =>
  Object.values(view.values[blockId] ?? {}).every((given) =>
    Object.entries(given).every(
      ([key, one]) => key === 'type' || one === null || one === '' || (Array.isArray(one) && one.length === 0),
    ),
  );
