import { useState } from 'react';
import { Input, TextArea, TextField } from 'react-aria-components';
import { heldText, richTextOf } from '../blocks/values.ts';
import { useWords } from '../state/use.ts';
import { plain, type TextObject } from '../text/Text.tsx';
import type { FieldProps } from './Field.tsx';
import { FieldLabel, FieldNotes, naming } from './Frame.tsx';

const KEYBOARDS: Record<string, 'numeric' | 'decimal' | 'email' | 'url'> = {
  number_input: 'numeric',
  email_text_input: 'email',
  url_text_input: 'url',
};

/** Shown once the end is near: a counter that always moves is noise. */
const NEARLY_FULL = 0.75;

export function WritingField(props: FieldProps) {
  const { element, held, hint, error, onChange, onCommit } = props;
  const words = useWords();
  const rich = element.type === 'rich_text_input';
  const [text, setText] = useState(() => (rich ? richTextOf(held?.['rich_text_value']).trimEnd() : heldText(held)));
  const max = element['max_length'] as number | undefined;
  const many = rich || element['multiline'] === true;
  const placeholder = plain(element['placeholder'] as TextObject | undefined);
  const near = max !== undefined && (text.length > max * NEARLY_FULL || (many && text.length > 0));

  const shared = {
    className: 'text-input',
    placeholder,
    ...(element.type in KEYBOARDS ? { inputMode: KEYBOARDS[element.type] } : {}),
  };
  return (
    <TextField
      className="field-frame"
      {...naming(props)}
      value={text}
      isInvalid={Boolean(error)}
      {...(max === undefined ? {} : { maxLength: max })}
      autoFocus={element['focus_on_load'] === true}
      onChange={(value) => {
        setText(value);
        onChange(value);
      }}
      onBlur={() => onCommit?.(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !many) onCommit?.(text);
        event.continuePropagation();
      }}
    >
      <FieldLabel {...props} />
      {many ? <TextArea {...shared} rows={Number(element['min_lines'] ?? 4)} /> : <Input {...shared} />}
      {near && (
        <span className="counter" aria-live="polite">
          {words.remaining(max - text.length)}
        </span>
      )}
      <FieldNotes hint={hint ?? null} error={error ?? null} />
    </TextField>
  );
}
