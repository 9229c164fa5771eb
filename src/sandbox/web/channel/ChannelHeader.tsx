import { BookmarkIcon, HashIcon, LockIcon, PeopleIcon, PinIcon } from '@primer/octicons-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { ChannelSight } from '../../page/wire.ts';
import { Avatar } from '../shell/Avatar.tsx';
import { openDirect, openHome } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import type { Message } from '../state/types.ts';
import { useHello, useMe, useNow, useWords } from '../state/use.ts';
import { OutLink, showMessage } from '../text/Inlines.tsx';
import { Mrkdwn } from '../text/Text.tsx';
import { clockTime } from '../text/time.ts';

type Props = { channel: ChannelSight; name: string; messages: Message[] };

export function ChannelHeader({ channel, name, messages }: Props) {
  const words = useWords();
  const { app } = useHello();
  const isChannel = channel.kind === 'channel';
  const withApp = channel.kind === 'im' && channel.members.includes(app.user_id);
  return (
    <header className="channel-header">
      <div className="channel-title">
        <h1>
          {isChannel && (channel.is_private ? <LockIcon size={18} /> : <HashIcon size={18} />)}
          <span>{name}</span>
        </h1>
        {isChannel && (
          <span className="topic" title={channel.topic.value}>
            {channel.topic.value ? <Mrkdwn text={channel.topic.value} /> : words.addTopic}
          </span>
        )}
        {!isChannel && !withApp && <OtherTime channel={channel} />}
      </div>
      {withApp && (
        <Button className="button button-default" onPress={openHome}>
          {words.home}
        </Button>
      )}
      {channel.pins.length > 0 && <Pins channel={channel} messages={messages} />}
      {isChannel && <Members channel={channel} />}
      {channel.bookmarks.length > 0 && (
        <nav className="bookmarks" aria-label={words.bookmarks}>
          {channel.bookmarks.map((bookmark) => (
            <span key={bookmark.id}>
              <BookmarkIcon size={14} /> <OutLink url={bookmark.link} label={bookmark.title} />
            </span>
          ))}
        </nav>
      )}
    </header>
  );
}

function OtherTime({ channel }: { channel: ChannelSight }) {
  const words = useWords();
  const { me } = useHello();
  const { locale } = useMe();
  const now = useNow();
  const other = useStore((s) => s.people[channel.members.find((id) => id !== me) ?? '']);
  if (!other) return null;
  return (
    <span className="topic">
      {other.title} · {words.localTime(clockTime({ locale, tz: other.tz, now }, now))}
    </span>
  );
}

function Members({ channel }: { channel: ChannelSight }) {
  const words = useWords();
  const { me } = useHello();
  const { locale } = useMe();
  const people = useStore((s) => s.people);
  const now = useNow();
  return (
    <DialogTrigger>
      <Button className="button button-default" aria-label={words.member(channel.members.length)}>
        <PeopleIcon size={16} /> {channel.members.length}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="panel-dialog">
          <Heading slot="title">{words.membersTitle}</Heading>
          <ul className="people-list">
            {channel.members.map((id) => {
              const person = people[id];
              return (
                <li key={id}>
                  <Avatar person={person} size={28} />
                  <span className="option-words">
                    <span>
                      {person?.real_name ?? id} {id === me && <span className="quiet">({words.you})</span>}
                      {person?.is_bot && <span className="app-badge">{words.app}</span>}
                    </span>
                    <span className="option-detail">
                      {person?.title}
                      {person && !person.is_bot && ` · ${clockTime({ locale, tz: person.tz, now }, now)}`}
                    </span>
                  </span>
                  {person && id !== me && !person.is_bot && (
                    <Button
                      className="button button-default button-small"
                      aria-label={words.messageTo(person.real_name)}
                      onPress={() => void openDirect(`@${person.name}`)}
                    >
                      {words.messages}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Pins({ channel, messages }: { channel: ChannelSight; messages: Message[] }) {
  const words = useWords();
  const people = useStore((s) => s.people);
  const pinned = messages.filter((message) => channel.pins.includes(message.ts));
  return (
    <DialogTrigger>
      <Button className="button button-default">
        <PinIcon size={16} /> {words.pinned(channel.pins.length)}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="panel-dialog">
          {({ close }) => (
            <>
              <Heading slot="title">{words.pinnedTitle}</Heading>
              {pinned.map((message) => (
                <Button
                  key={message.ts}
                  className="pin-line"
                  onPress={() => {
                    close();
                    showMessage(message.ts);
                  }}
                >
                  <strong>{people[message.user]?.real_name}</strong> {message.text.slice(0, 140)}
                </Button>
              ))}
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
