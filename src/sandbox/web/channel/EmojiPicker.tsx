import { type ReactNode, useState } from 'react';
import { Button, Dialog, DialogTrigger, Input, Popover, SearchField } from 'react-aria-components';
import { useWords } from '../state/use.ts';
import { emojiLike } from '../text/emoji.ts';

/** `children` is the button that opens it. */
export function EmojiPicker({ onPick, children }: { onPick: (name: string) => void; children: ReactNode }) {
  const words = useWords();
  const [search, setSearch] = useState('');
  return (
    <DialogTrigger>
      {children}
      <Popover className="popover" placement="top end">
        <Dialog className="emoji-picker" aria-label={words.addReaction}>
          {({ close }) => (
            <>
              <SearchField aria-label={words.findReaction} autoFocus value={search} onChange={setSearch}>
                <Input className="text-input" placeholder={words.findReaction} />
              </SearchField>
              <div className="emoji-grid">
                {emojiLike(search).map(({ name, emoji }) => (
                  <Button
                    key={name}
                    className="emoji-choice"
                    aria-label={`:${name}:`}
                    onPress={() => {
                      onPick(name);
                      setSearch('');
                      close();
                    }}
                  >
                    {emoji}
                  </Button>
                ))}
              </div>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
