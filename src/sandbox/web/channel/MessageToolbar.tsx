import { CommentDiscussionIcon, KebabHorizontalIcon, SmileyIcon } from '@primer/octicons-react';
import { useRef, useState } from 'react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Text,
  Toolbar,
} from 'react-aria-components';
import { ask, type Confirm } from '../blocks/Confirm.tsx';
import { attempt, openThread, shortcut } from '../state/acts.ts';
import type { Message } from '../state/types.ts';
import { useHello, useWords } from '../state/use.ts';
import { EmojiPicker } from './EmojiPicker.tsx';

type Props = { message: Message; inThread: boolean; isPinned: boolean; onEdit: () => void };

/** What can be done with a message; nothing can be done with one that only its reader sees. */
export function MessageToolbar({ message, inThread, isPinned, onEdit }: Props) {
  const words = useWords();
  const { me, app } = useHello();
  const menuRef = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { channel, ts } = message;
  const confirm: Confirm = {
    title: { type: 'plain_text', text: words.deleteMessage },
    text: { type: 'plain_text', text: words.deleteConfirm },
    confirm: { type: 'plain_text', text: words.deleteMessage },
    deny: { type: 'plain_text', text: words.cancel },
    style: 'danger',
  };
  if (message.type === 'ephemeral') return null;
  const mine = message.user === me;
  const shortcuts = app.shortcuts.filter((one) => one.type === 'message');
  const remove = async () => {
    if (await ask(confirm)) await attempt({ do: 'delete', channel, ts });
  };
  const react = (name: string) => void attempt({ do: 'react', channel, ts, name });

  return (
    <>
      <Toolbar className={`message-toolbar ${open ? 'open' : ''}`} aria-label={words.actionsFor}>
        <EmojiPicker onPick={react}>
          <Button className="icon-button" aria-label={words.addReaction}>
            <SmileyIcon size={16} />
          </Button>
        </EmojiPicker>
        {!inThread && (
          <Button
            className="icon-button"
            aria-label={words.replyInThread}
            onPress={() => openThread(threadOf(message))}
          >
            <CommentDiscussionIcon size={16} />
          </Button>
        )}
        <MenuTrigger onOpenChange={setOpen}>
          <Button ref={menuRef} className="icon-button" aria-label={words.moreActions}>
            <KebabHorizontalIcon size={16} />
          </Button>
          <Popover className="popover" placement="bottom end">
            <Menu className="menu">
              {shortcuts.length > 0 && (
                <MenuSection>
                  <Header className="menu-header">{app.name}</Header>
                  {shortcuts.map((one) => (
                    <MenuItem
                      key={one.callback_id}
                      className="menu-item"
                      textValue={one.name}
                      onAction={() =>
                        void shortcut({ do: 'message_shortcut', callback_id: one.callback_id, channel, ts })
                      }
                    >
                      <Text slot="label">{one.name}</Text>
                      <Text slot="description">{one.description}</Text>
                    </MenuItem>
                  ))}
                </MenuSection>
              )}
              <MenuSection>
                <Header className="menu-header">{words.moreActions}</Header>
                <MenuItem
                  className="menu-item"
                  onAction={() => void attempt({ do: isPinned ? 'unpin' : 'pin', channel, ts })}
                >
                  {isPinned ? words.unpin : words.pin}
                </MenuItem>
                {mine && (
                  <MenuItem className="menu-item" onAction={onEdit}>
                    {words.editMessage}
                  </MenuItem>
                )}
                {mine && (
                  <MenuItem className="menu-item danger" onAction={() => void remove()}>
                    {words.deleteMessage}
                  </MenuItem>
                )}
              </MenuSection>
            </Menu>
          </Popover>
        </MenuTrigger>
      </Toolbar>
    </>
  );
}

const threadOf = (message: Message): string => message.thread_ts ?? message.ts;
