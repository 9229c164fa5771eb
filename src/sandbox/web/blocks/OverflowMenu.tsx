import { KebabHorizontalIcon } from '@primer/octicons-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import type { FieldAt } from '../../page/wire.ts';
import { useWords } from '../state/use.ts';
import { plain, type TextObject } from '../text/Text.tsx';
import { ask, type Confirm } from './Confirm.tsx';
import type { ElementJson } from './Element.tsx';
import { attemptFailed } from './failed.ts';
import { useHands } from './hands.ts';

type Option = { text: TextObject; value: string; description?: TextObject; url?: string };

export function OverflowMenu({ element, at, about }: { element: ElementJson; at: FieldAt; about: string }) {
  const hands = useHands();
  const words = useWords();
  const confirm = element['confirm'] as Confirm | undefined;
  const options = element['options'] as Option[];

  async function pick({ value, url }: Option): Promise<void> {
    if (url) window.open(url, '_blank', 'noreferrer');
    if (await ask(confirm)) attemptFailed(await hands.press(at, value));
  }

  return (
    <>
      <MenuTrigger>
        <Button
          className="button button-default button-icon"
          aria-label={about ? `${words.moreOptions}: ${about.slice(0, 60)}` : words.moreOptions}
        >
          <KebabHorizontalIcon size={16} />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu">
            {options.map((option) => (
              <MenuItem
                key={option.value}
                id={option.value}
                className="menu-item"
                textValue={plain(option.text)}
                onAction={() => void pick(option)}
              >
                <Text slot="label">{plain(option.text)}</Text>
                {option.description && <Text slot="description">{plain(option.description)}</Text>}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  );
}
