import { CheckIcon, ChevronDownIcon, XIcon } from '@primer/octicons-react';
import { useState } from 'react';
import {
  Autocomplete,
  Button,
  Collection,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SearchField,
  Select,
  SelectValue,
  Text,
  useFilter,
} from 'react-aria-components';
import { useWords } from '../state/use.ts';
import type { FieldProps } from './Field.tsx';
import { FieldLabel, FieldNotes, naming } from './Frame.tsx';

export type Choice = { id: string; label: string; detail?: string; sign?: React.ReactNode };
type ChoiceGroup = { label: string; choices: Choice[] };

type PickerProps = Pick<FieldProps, 'label' | 'ariaLabel' | 'hint' | 'error'> & {
  groups: ChoiceGroup[];
  chosen: string[];
  many: boolean;
  max?: number;
  optional: boolean;
  placeholder: string;
  autoFocus: boolean;
  onChange: (chosen: string[]) => void;
};

/** From this many choices on, typing is quicker than reading. */
const MANY_CHOICES = 8;

/** One or several of a list, with search where the list is long. */
export function Picker(props: PickerProps) {
  const { groups, many, max, placeholder, hint, error, autoFocus } = props;
  const words = useWords();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [chosen, setChosen] = useState(props.chosen);
  const searchable = groups.reduce((sum, group) => sum + group.choices.length, 0) >= MANY_CHOICES;

  function change(ids: string[]): void {
    if (max !== undefined && ids.length > max) return;
    setChosen(ids);
    props.onChange(ids);
  }

  const list = (
    <ListBox className="listbox" renderEmptyState={() => <p className="empty-list">{words.nothingFound}</p>}>
      {groups.length === 1 && !groups[0]?.label ? items(groups[0]?.choices ?? []) : groups.map(section)}
    </ListBox>
  );
  const named = (id: string) => groups.flatMap((group) => group.choices).find((choice) => choice.id === id);

  return (
    <Select<object, 'single' | 'multiple'>
      className="field-frame"
      {...naming(props)}
      placeholder={placeholder}
      isInvalid={Boolean(error)}
      autoFocus={autoFocus}
      selectionMode={many ? 'multiple' : 'single'}
      value={many ? chosen : (chosen[0] ?? null)}
      onChange={(value) => change([value].flat().flatMap((one) => (one === null ? [] : [String(one)])))}
    >
      <FieldLabel {...props} />
      <div className="picker">
        <Button className="picker-button">
          <SelectValue className="picker-value">
            {({ isPlaceholder, defaultChildren }) =>
              isPlaceholder ? defaultChildren : chosen.map((id) => named(id)?.label ?? id).join(', ')
            }
          </SelectValue>
          <ChevronDownIcon size={16} />
        </Button>
        {props.optional && chosen.length > 0 && (
          <Button slot={null} className="picker-clear" aria-label={words.clear} onPress={() => change([])}>
            <XIcon size={14} />
          </Button>
        )}
      </div>
      <FieldNotes hint={hint ?? null} error={error ?? null} />
      <Popover className="popover popover-picker">
        {searchable ? (
          <Autocomplete filter={contains}>
            <SearchField className="picker-search" aria-label={words.search} autoFocus>
              <Input className="text-input" placeholder={words.search} />
            </SearchField>
            {list}
          </Autocomplete>
        ) : (
          list
        )}
      </Popover>
    </Select>
  );
}

const items = (choices: readonly Choice[]) =>
  choices.map((choice) => (
    <ListBoxItem key={choice.id} id={choice.id} className="option" textValue={`${choice.label} ${choice.detail ?? ''}`}>
      {({ isSelected }) => (
        <>
          {choice.sign}
          <span className="option-words">
            <Text slot="label">{choice.label}</Text>
            {choice.detail && (
              <Text slot="description" className="option-detail">
                {choice.detail}
              </Text>
            )}
          </span>
          {isSelected && <CheckIcon size={14} />}
        </>
      )}
    </ListBoxItem>
  ));

const section = (group: ChoiceGroup) => (
  <ListBoxSection key={group.label} id={group.label}>
    <Header className="option-group">{group.label}</Header>
    <Collection>{items(group.choices)}</Collection>
  </ListBoxSection>
);
