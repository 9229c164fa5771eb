import { SmileyIcon } from '@primer/octicons-react';
import { Button, ToggleButton } from 'react-aria-components';
import { attempt } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import type { Message, Reaction } from '../state/types.ts';
import { useHello, useWords } from '../state/use.ts';
import { emojiNamed } from '../text/emoji.ts';
import { EmojiPicker } from './EmojiPicker.tsx';

export function Reactions({ message, reactions }: { message: Message; reactions: Reaction[] }) {
  const words = useWords();
  const { me } = useHello();
  const people = useStore((s) => s.people);
  const { channel, ts } = message;
  return (
    <div className="reactions">
      {reactions.map(({ name, users, count }) => (
        <ToggleButton
          key={name}
          className="reaction"
          isSelected={users.includes(me)}
          onChange={(on) => void attempt({ do: on ? 'react' : 'unreact', channel, ts, name })}
        >
          <span aria-hidden="true">
            {emojiNamed(name) ?? `:${name}:`} {count}
          </span>
          <span className="only-spoken">
            {words.reactedBy(users.map((id) => people[id]?.real_name ?? id).join(', '), `:${name}:`)}
          </span>
        </ToggleButton>
      ))}
      <EmojiPicker onPick={(name) => void attempt({ do: 'react', channel, ts, name })}>
        <Button className="reaction reaction-add" aria-label={words.addReaction}>
          <SmileyIcon size={14} />
        </Button>
      </EmojiPicker>
    </div>
  );
}
