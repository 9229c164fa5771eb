import { DownloadIcon, EyeIcon, FileIcon, PinIcon } from '@primer/octicons-react';
import { memo, useState } from 'react';
import { Button } from 'react-aria-components';
import { Blocks } from '../blocks/Blocks.tsx';
import { HandsOf } from '../blocks/hands.ts';
import { Avatar } from '../shell/Avatar.tsx';
import { attempt, openThread } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import type { Message, SlackFile } from '../state/types.ts';
import { useHello, useMe, useNow, usePerson, useWords } from '../state/use.ts';
import { Mrkdwn } from '../text/Text.tsx';
import { ago, clockTime, fullTime } from '../text/time.ts';
import { Composer } from './Composer.tsx';
import { MessageToolbar } from './MessageToolbar.tsx';
import { useMessageHands } from './mine.ts';
import { Reactions } from './Reactions.tsx';

type Props = {
  message: Message;
  /** The same author has just spoken: the name is not said again. */
  follows: boolean;
  inThread: boolean;
  isPinned: boolean;
};

export const MessageView = memo(function MessageView({ message, follows, inThread, isPinned }: Props) {
  const words = useWords();
  const { locale, tz } = useMe();
  const author = usePerson(message.user);
  const [editing, setEditing] = useState(false);
  const hands = useMessageHands(message);
  const reader = { locale, tz, now: 0 };
  const at = Number(message.ts) * 1000;
  const isNote = /_(join|leave|topic|purpose|name|archive|unarchive)$/.test(message.subtype ?? '');
  const ephemeral = message.type === 'ephemeral';
  const classes = [
    'message',
    follows && 'follows',
    isNote && 'note',
    ephemeral && 'ephemeral',
    message.pending && 'sending',
  ];

  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      data-ts={message.ts}
      aria-label={`${author?.real_name ?? ''}, ${clockTime(reader, at)}`}
    >
      <div className="gutter">
        {follows ? (
          <time className="gutter-time" dateTime={new Date(at).toISOString()}>
            {clockTime(reader, at)}
          </time>
        ) : (
          <Avatar person={author} size={isNote ? 20 : 36} />
        )}
      </div>
      <div className="message-body">
        {isPinned && (
          <p className="above-message">
            <PinIcon size={12} /> {words.pinnedMark}
          </p>
        )}
        {ephemeral && (
          <p className="above-message">
            <EyeIcon size={12} /> {words.onlyYou}
          </p>
        )}
        {!follows && (
          <p className="message-head">
            <strong className="author">{author?.real_name ?? message.user}</strong>
            {author?.is_bot && <span className="app-badge">{words.app}</span>}
            <time dateTime={new Date(at).toISOString()} title={fullTime(reader, at)}>
              {clockTime(reader, at)}
            </time>
          </p>
        )}
        {editing ? (
          <Composer
            channel={message.channel}
            editing={{ text: message.text, save: (text) => attempt({ do: 'edit', ...idOf(message), text }) }}
            onDone={() => setEditing(false)}
          />
        ) : (
          <div className="message-text">
            {message.blocks?.length ? (
              <HandsOf value={hands}>
                <Blocks blocks={message.blocks} />
              </HandsOf>
            ) : (
              <Mrkdwn text={isNote ? words.local(message.text) : message.text} />
            )}
            {message.edited && !message.bot_id && <span className="edited"> {words.edited}</span>}
          </div>
        )}
        {message.files?.map((file) => (
          <FileCard key={file.id} file={file} />
        ))}
        {message.reactions && <Reactions message={message} reactions={message.reactions} />}
        {!inThread && Boolean(message.reply_count) && <ThreadLine message={message} />}
      </div>
      {!message.pending && (
        <MessageToolbar message={message} inThread={inThread} isPinned={isPinned} onEdit={() => setEditing(true)} />
      )}
    </article>
  );
});

const idOf = ({ channel, ts }: Message) => ({ channel, ts });

function FileCard({ file }: { file: SlackFile }) {
  const words = useWords();
  const { me } = useHello();
  if (file.mode === 'tombstone') return <p className="unknown-block">{words.deletedFile}</p>;
  const address = `/download/${file.id}?as=${me}`;
  if (file.mimetype.startsWith('image/'))
    return (
      <a className="file-picture" href={address} download={file.name} aria-label={words.download(file.name)}>
        <img src={address} alt={file.title} />
      </a>
    );
  return (
    <a className="file-card" href={address} download={file.name} aria-label={words.download(file.name)}>
      <FileIcon size={24} />
      <span className="file-words">
        <strong>{file.title || file.name}</strong>
        <span>
          {(file.name.split('.').at(-1) ?? '').toUpperCase()} · {Math.max(1, Math.round(file.size / 1024))} kB
        </span>
      </span>
      <DownloadIcon size={16} />
    </a>
  );
}

function ThreadLine({ message }: { message: Message }) {
  const words = useWords();
  const { locale, tz } = useMe();
  const now = useNow();
  const people = useStore((s) => s.people);
  const latest = Number(message.latest_reply ?? 0) * 1000;
  return (
    <Button className="thread-line" onPress={() => openThread(message.ts)}>
      {(message.reply_users ?? []).slice(0, 4).map((id) => (
        <Avatar key={id} person={people[id]} size={22} />
      ))}
      <span className="thread-count">{words.replies(message.reply_count ?? 0)}</span>
      <span className="quiet">{words.lastReply(ago({ locale, tz, now }, latest))}</span>
    </Button>
  );
}
