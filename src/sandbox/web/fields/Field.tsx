import type { Json } from '../../page/wire.ts';
import type { ElementJson } from '../blocks/Element.tsx';
import { ChannelField } from './ChannelField.tsx';
import { ChecksField, RadiosField } from './ChoiceFields.tsx';
import { DateField, MomentField, TimeOfDayField } from './DateFields.tsx';
import { FilesField } from './FilesField.tsx';
import { OptionField } from './OptionField.tsx';
import { PeopleField } from './PeopleField.tsx';
import { WritingField } from './WritingField.tsx';

export type FieldProps = {
  element: ElementJson;
  held: Json | undefined;
  /** Shown above the field; without one, `ariaLabel` says what it is. */
  label: string | null;
  ariaLabel?: string;
  /** It may be left empty, so it can be emptied again. */
  optional?: boolean;
  hint?: string | null;
  error?: string | null;
  onChange: (value: unknown) => void;
  /** The app wants to hear of it without waiting for the submission. */
  onCommit?: (value: unknown) => void;
};

const FIELDS: Record<string, (props: FieldProps) => React.ReactNode> = {
  plain_text_input: WritingField,
  rich_text_input: WritingField,
  number_input: WritingField,
  email_text_input: WritingField,
  url_text_input: WritingField,
  static_select: OptionField,
  multi_static_select: OptionField,
  users_select: PeopleField,
  multi_users_select: PeopleField,
  channels_select: ChannelField,
  multi_channels_select: ChannelField,
  conversations_select: ChannelField,
  multi_conversations_select: ChannelField,
  checkboxes: ChecksField,
  radio_buttons: RadiosField,
  datepicker: DateField,
  timepicker: TimeOfDayField,
  datetimepicker: MomentField,
  file_input: FilesField,
};

export const fieldTypes = new Set(Object.keys(FIELDS));

export function Field(props: FieldProps) {
  const Drawn = FIELDS[props.element.type];
  if (!Drawn) return null;
  const { onCommit } = props;
  // Choices are told as they are made; words when they are finished.
  const choosing = !props.element.type.endsWith('_input');
  const onChange = (value: unknown) => {
    props.onChange(value);
    if (choosing) onCommit?.(value);
  };
  return <Drawn {...props} onChange={onChange} />;
}
