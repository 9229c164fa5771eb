import { HashIcon, LockIcon, SearchIcon } from '@primer/octicons-react';
import { useEffect, useState } from 'react';
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { go, openDirect, openHome } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import { useHello, useWords } from '../state/use.ts';
import { Avatar } from './Avatar.tsx';

/** Ctrl+K (or ⌘K): go anywhere by typing. */
export function Switcher() {
  const words = useWords();
  const { app, me } = useHello();
  const [open, setOpen] = useState(false);
  const people = useStore((s) => s.people);
  const channels = useStore((s) => s.channels);
  const { contains } = useFilter({ sensitivity: 'base' });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  function visit(key: string): void {
    setOpen(false);
    const person = people[key];
    if (key === app.user_id) openHome();
    else if (person) void openDirect(`@${person.name}`);
    else go({ channel: key });
  }

  const rooms = Object.values(channels).filter((one) => one.kind === 'channel');
  const others = Object.values(people).filter((one) => one.id !== me && !one.deleted);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="top-search">
        <SearchIcon size={14} /> <span>{words.jumpTo}</span> <kbd>Ctrl K</kbd>
      </Button>
      <ModalOverlay className="overlay overlay-top" isDismissable>
        <Modal className="switcher-frame">
          <Dialog className="switcher" aria-label={words.jumpTo}>
            <Autocomplete filter={contains}>
              <SearchField aria-label={words.jumpHint} autoFocus>
                <Input className="text-input switcher-input" placeholder={words.jumpHint} />
              </SearchField>
              <ListBox
                className="listbox"
                aria-label={words.jumpTo}
                renderEmptyState={() => <p className="empty-list">{words.nothingFound}</p>}
                onAction={(key) => visit(String(key))}
              >
                {rooms.map((one) => (
                  <ListBoxItem key={one.id} id={one.id} className="option" textValue={one.name}>
                    {one.is_private ? <LockIcon size={16} /> : <HashIcon size={16} />}
                    {one.name}
                  </ListBoxItem>
                ))}
                {others.map((one) => (
                  <ListBoxItem key={one.id} id={one.id} className="option" textValue={one.real_name}>
                    <Avatar person={one} size={20} />
                    {one.real_name} <span className="quiet">{one.is_bot ? words.app : one.title}</span>
                  </ListBoxItem>
                ))}
              </ListBox>
            </Autocomplete>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
