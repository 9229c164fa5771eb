import type { InputBlock } from '@slack/types';
import { Field, fieldTypes } from '../fields/Field.tsx';
import { useWords } from '../state/use.ts';
import { plain } from '../text/Text.tsx';
import type { ElementJson } from './Element.tsx';
import { attemptFailed } from './failed.ts';
import { useHands } from './hands.ts';
import { Unknown } from './Unknown.tsx';

/** A labelled field of a form: what is typed waits for the submission, unless the block wants to hear of it at once. */
export function InputField({ block }: { block: InputBlock }) {
  const hands = useHands();
  const words = useWords();
  const element = block.element as ElementJson;
  if (!fieldTypes.has(element.type)) return <Unknown type={element.type} />;
  const at = { block_id: block.block_id ?? '', action_id: element.action_id ?? '' };
  const error = hands.error(at.block_id);
  return (
    <Field
      element={element}
      held={hands.held(at)}
      label={`${plain(block.label)}${block.optional ? ` ${words.optional}` : ''}`}
      optional={block.optional === true}
      hint={block.hint ? plain(block.hint) : null}
      error={error ? words.local(error) : null}
      onChange={(value) => hands.write(at, value)}
      {...(block.dispatch_action
        ? { onCommit: (value: unknown) => void hands.choose(at, value).then(attemptFailed) }
        : {})}
    />
  );
}
