import { heldChoices } from '../blocks/values.ts';
import { useWords } from '../state/use.ts';
import { plain, type TextObject } from '../text/Text.tsx';
import type { FieldProps } from './Field.tsx';
import { type Choice, Picker } from './Picker.tsx';

export type OptionJson = { text: TextObject; value: string; description?: TextObject };

export function OptionField(props: FieldProps) {
  const { element, held, onChange } = props;
  const words = useWords();
  const many = element.type.startsWith('multi_');
  const grouped = element['option_groups'] as { label: TextObject; options: OptionJson[] }[] | undefined;
  const groups = grouped
    ? grouped.map((group) => ({ label: plain(group.label), choices: group.options.map(choiceOf) }))
    : [{ label: '', choices: (element['options'] as OptionJson[]).map(choiceOf) }];
  return (
    <Picker
      {...props}
      groups={groups}
      chosen={heldChoices(held)}
      many={many}
      {...(element['max_selected_items'] ? { max: Number(element['max_selected_items']) } : {})}
      optional={props.optional === true}
      placeholder={plain(element['placeholder'] as TextObject | undefined) || words.choose}
      autoFocus={element['focus_on_load'] === true}
      onChange={(chosen) => onChange(many ? chosen : (chosen[0] ?? null))}
    />
  );
}

const choiceOf = (option: OptionJson): Choice => ({
  id: option.value,
  label: plain(option.text),
  ...(option.description ? { detail: plain(option.description) } : {}),
});
