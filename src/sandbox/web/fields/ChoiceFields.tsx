import { CheckIcon } from '@primer/octicons-react';
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Radio, RadioGroup } from 'react-aria-components';
import { heldChoices } from '../blocks/values.ts';
import { TextOf } from '../text/Text.tsx';
import type { FieldProps } from './Field.tsx';
import { FieldLabel, FieldNotes, naming } from './Frame.tsx';
import type { OptionJson } from './OptionField.tsx';

export function ChecksField(props: FieldProps) {
  const { element, held, hint, error, onChange } = props;
  const [chosen, setChosen] = useState(() => heldChoices(held));
  return (
    <CheckboxGroup
      className="field-frame"
      {...naming(props)}
      value={chosen}
      isInvalid={Boolean(error)}
      onChange={(values) => {
        setChosen(values);
        onChange(values);
      }}
    >
      <FieldLabel {...props} />
      {(element['options'] as OptionJson[]).map((option) => (
        <Checkbox key={option.value} value={option.value} className="tick">
          <span className="tick-box">
            <CheckIcon size={12} />
          </span>
          <OptionWords option={option} />
        </Checkbox>
      ))}
      <FieldNotes hint={hint ?? null} error={error ?? null} />
    </CheckboxGroup>
  );
}

export function RadiosField(props: FieldProps) {
  const { element, held, hint, error, onChange } = props;
  const [chosen, setChosen] = useState<string | null>(() => heldChoices(held)[0] ?? null);
  return (
    <RadioGroup
      className="field-frame"
      {...naming(props)}
      value={chosen}
      isInvalid={Boolean(error)}
      onChange={(value) => {
        setChosen(value);
        onChange(value);
      }}
    >
      <FieldLabel {...props} />
      {(element['options'] as OptionJson[]).map((option) => (
        <Radio key={option.value} value={option.value} className="tick tick-round">
          <span className="tick-box" />
          <OptionWords option={option} />
        </Radio>
      ))}
      <FieldNotes hint={hint ?? null} error={error ?? null} />
    </RadioGroup>
  );
}

const OptionWords = ({ option }: { option: OptionJson }) => (
  <span className="option-words">
    <span>
      <TextOf text={option.text} />
    </span>
    {option.description && (
      <span className="option-detail">
        <TextOf text={option.description} />
      </span>
    )}
  </span>
);
