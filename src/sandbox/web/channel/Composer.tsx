import { FileIcon, PaperAirplaneIcon, PaperclipIcon, SmileyIcon, XIcon, ZapIcon } from '@primer/octicons-react';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button, Checkbox, FileTrigger, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import type { UploadSight } from '../../page/wire.ts';
import { uploadsOf } from '../fields/FilesField.tsx';
import { attempt, command, complain, say, shortcut } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import { useHello, useWords } from '../state/use.ts';
import { EmojiPicker } from './EmojiPicker.tsx';
import { completionOf } from './suggestions.ts';

type Props = {
  channel: string;
  thread?: string;
  name?: string;
  editing?: { text: string; save: (text: string) => Promise<unknown> };
  onDone?: () => void;
  autoFocus?: boolean;
};

/** What was begun in a conversation waits there. */
const drafts = new Map<string, string>();

export function Composer({ channel, thread, name = '', editing, onDone, autoFocus = false }: Props) {
  const words = useWords();
  const { app, groups } = useHello();
  const people = useStore((s) => s.people);
  const channels = useStore((s) => s.channels);
  const draftKey = `${channel}/${thread ?? ''}/${editing ? 'edit' : ''}`;
  const [text, setText] = useState(() => editing?.text ?? drafts.get(draftKey) ?? '');
  const [caret, setCaret] = useState(text.length);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [files, setFiles] = useState<UploadSight[]>([]);
  const [broadcast, setBroadcast] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();

  const completion = useMemo(
    () =>
      dismissed
        ? null
        : completionOf(text, caret, {
            commands: thread || editing ? [] : app.commands,
            people: Object.values(people),
            groups,
            channels: Object.values(channels),
          }),
    [dismissed, text, caret, thread, editing, app.commands, people, groups, channels],
  );
  const hint = app.commands.find((one) => text.startsWith(`${one.command} `) && text.trim() === one.command);

  useEffect(() => {
    if (!editing) drafts.set(draftKey, text);
  }, [draftKey, text, editing]);
  useEffect(() => {
    if (autoFocus || editing) box.current?.focus();
  }, [autoFocus, editing, channel, thread]);
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 260)}px`;
  }, [text]);

  function write(next: string, at = next.length): void {
    setText(next);
    setCaret(at);
    setChosen(0);
    setDismissed(false);
    requestAnimationFrame(() => box.current?.setSelectionRange(at, at));
  }

  function complete(index: number): void {
    const suggestion = completion?.suggestions[index];
    if (!completion || !suggestion) return;
    const start = text.slice(0, completion.from) + suggestion.insert;
    write(start + text.slice(caret), start.length);
    box.current?.focus();
  }

  async function submit(): Promise<void> {
    const words_ = text.trim();
    if (editing) {
      if (words_) await editing.save(words_);
      return onDone?.();
    }
    if (words_ === '' && files.length === 0) return;
    if (words_.startsWith('/') && thread) return complain(words.noCommandInThread(words_.split(/\s/)[0] ?? ''));
    write('');
    if (words_.startsWith('/')) return command(channel, words_);
    setFiles([]);
    const sent = await say({
      do: 'say',
      channel,
      text: words_,
      ...(thread ? { thread_ts: thread } : {}),
      ...(broadcast ? { broadcast } : {}),
      ...(files.length > 0 ? { files } : {}),
    });
    if (!sent) write(words_);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (completion) {
      const { length } = completion.suggestions;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        return setChosen((chosen + (event.key === 'ArrowDown' ? 1 : length - 1)) % length);
      }
      // What follows a command may be a word of its own; a name that is highlighted is meant.
      const sends = completion.kind === 'commands' && completion.from > 0;
      if (!event.shiftKey && (event.key === 'Tab' || (event.key === 'Enter' && !sends))) {
        event.preventDefault();
        return complete(chosen);
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        return setDismissed(true);
      }
    }
    if (event.key === 'Escape' && editing) onDone?.();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    }
  }

  const label = thread ? words.reply : words.messageTo(name);
  return (
    <div className={`composer ${editing ? 'composer-editing' : ''}`}>
      {completion && (
        <div className="suggestions" role="listbox" id={listId} aria-label={words.suggestions[completion.kind]}>
          {completion.suggestions.map((one, i) => (
            // The text field keeps the focus and moves the selection: an option is only ever pointed at.
            // eslint-disable-next-line
            <div
              key={one.key}
              id={`${listId}-${i}`}
              role="option"
              aria-selected={i === chosen}
              ref={i === chosen ? (node) => node?.scrollIntoView({ block: 'nearest' }) : null}
              className="suggestion"
              onPointerDown={(event) => {
                event.preventDefault();
                complete(i);
              }}
            >
              <strong>{one.title}</strong> <span className="quiet">{one.detail}</span>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={box}
        rows={1}
        value={text}
        placeholder={label}
        aria-label={label}
        aria-autocomplete="list"
        {...(completion ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen}` } : {})}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(0);
          setDismissed(false);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {hint && <p className="usage-hint">{hint.usage_hint}</p>}
      {files.length > 0 && (
        <div className="attached">
          {files.map((file) => (
            <span key={file.name} className="chosen-file">
              <FileIcon size={16} /> {file.name}
              <Button
                className="icon-button"
                aria-label={words.removeFile(file.name)}
                onPress={() => setFiles(files.filter((one) => one !== file))}
              >
                <XIcon size={14} />
              </Button>
            </span>
          ))}
        </div>
      )}
      {editing ? (
        <div className="composer-bar composer-end">
          <Button className="button button-default" onPress={() => onDone?.()}>
            {words.cancel}
          </Button>
          <Button className="button button-primary" onPress={() => void submit()}>
            {words.save}
          </Button>
        </div>
      ) : (
        <div className="composer-bar">
          <FileTrigger
            allowsMultiple
            onSelect={(list) => void uploadsOf(list).then((more) => setFiles([...files, ...more]))}
          >
            <Button className="icon-button" aria-label={words.attach}>
              <PaperclipIcon size={16} />
            </Button>
          </FileTrigger>
          <EmojiPicker onPick={(emoji) => write(`${text}:${emoji}: `)}>
            <Button className="icon-button" aria-label={words.addEmoji}>
              <SmileyIcon size={16} />
            </Button>
          </EmojiPicker>
          {!thread && <ShortcutsMenu />}
          {thread && (
            <Checkbox className="tick broadcast" isSelected={broadcast} onChange={setBroadcast}>
              <span className="tick-box">✓</span> {words.alsoToChannel}
            </Checkbox>
          )}
          <Button
            className="send"
            aria-label={words.send}
            isDisabled={text.trim() === '' && files.length === 0}
            onPress={() => void submit()}
          >
            <PaperAirplaneIcon size={16} />
          </Button>
        </div>
      )}
    </div>
  );
}

/** The app's global shortcuts, as the manifest declares them. */
function ShortcutsMenu() {
  const words = useWords();
  const { app } = useHello();
  const shortcuts = app.shortcuts.filter((one) => one.type === 'global');
  if (shortcuts.length === 0) return null;
  return (
    <MenuTrigger>
      <Button className="icon-button" aria-label={words.shortcuts}>
        <ZapIcon size={16} />
      </Button>
      <Popover className="popover" placement="top start">
        <Menu className="menu" aria-label={words.shortcutsHint}>
          {shortcuts.map((one) => (
            <MenuItem
              key={one.callback_id}
              className="menu-item"
              textValue={one.name}
              onAction={() => void shortcut({ do: 'shortcut', callback_id: one.callback_id })}
            >
              <Text slot="label">{one.name}</Text>
              <Text slot="description">{one.description}</Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export const joinChannel = (channel: string) => attempt({ do: 'join', channel });
