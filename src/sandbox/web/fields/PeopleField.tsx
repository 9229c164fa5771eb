import { heldChoices } from '../blocks/values.ts';
import { Avatar } from '../shell/Avatar.tsx';
import { useStore } from '../state/store.ts';
import { useWords } from '../state/use.ts';
import { plain, type TextObject } from '../text/Text.tsx';
import type { FieldProps } from './Field.tsx';
import { Picker } from './Picker.tsx';

export function PeopleField(props: FieldProps) {
  const { element, held, onChange } = props;
  const words = useWords();
  const people = useStore((s) => s.people);
  const many = element.type.startsWith('multi_');
  const choices = Object.values(people)
    .filter((person) => !person.deleted)
    .toSorted((a, b) => a.real_name.localeCompare(b.real_name))
    .map((person) => ({
      id: person.id,
      label: person.real_name,
      detail: person.title,
      sign: <Avatar person={person} size={24} />,
    }));
  return (
    <Picker
      {...props}
      groups={[{ label: '', choices }]}
      chosen={heldChoices(held)}
      many={many}
      {...(element['max_selected_items'] ? { max: Number(element['max_selected_items']) } : {})}
      optional={props.optional === true}
      placeholder={plain(element['placeholder'] as TextObject | undefined) || words.choosePeople}
      autoFocus={element['focus_on_load'] === true}
      onChange={(chosen) => onChange(many ? chosen : (chosen[0] ?? null))}
    />
  );
}
