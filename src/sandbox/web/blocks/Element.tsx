import { Field, fieldTypes } from '../fields/Field.tsx';
import { plain, type TextObject } from '../text/Text.tsx';
import { ask, type Confirm } from './Confirm.tsx';
import { attemptFailed } from './failed.ts';
import { useHands } from './hands.ts';
import { OverflowMenu } from './OverflowMenu.tsx';
import { Picture } from './Picture.tsx';
import { PressButton } from './PressButton.tsx';
import { Unknown } from './Unknown.tsx';
import { initiallyHeld } from './values.ts';

export type ElementJson = { type: string; action_id?: string } & Record<string, unknown>;

/** An element of an actions block, or the accessory of a section: touching it is told to the app at once. */
export function Element({ element, blockId, about }: { element: ElementJson; blockId: string; about: string }) {
  const hands = useHands();
  const confirm = element['confirm'] as Confirm | undefined;
  const at = { block_id: blockId, action_id: element.action_id ?? '' };
  if (element.type === 'button' || element.type === 'workflow_button') return <PressButton element={element} at={at} />;
  if (element.type === 'overflow') return <OverflowMenu element={element} at={at} about={about} />;
  if (element.type === 'image') return <Picture image={element} className="accessory-image" />;
  if (!fieldTypes.has(element.type)) return <Unknown type={element.type} />;
  const choose = async (value: unknown) => {
    if (await ask(confirm)) attemptFailed(await hands.choose(at, value));
  };
  const placeholder = plain(element['placeholder'] as TextObject | undefined);
  return (
    <>
      <Field
        element={element}
        held={hands.held(at) ?? initiallyHeld(element)}
        label={null}
        ariaLabel={placeholder || about || element.type}
        onChange={(value) => void choose(value)}
      />
    </>
  );
}
