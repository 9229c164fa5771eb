import { CommentDiscussionIcon, HashIcon, LockIcon } from '@primer/octicons-react';
import { Fragment } from 'react';
import { go } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import { useChannel, useHello, useMe, useNow, usePerson } from '../state/use.ts';
import { emojiNamed, withEmoji } from './emoji.ts';
import type { Inline } from './mrkdwn.ts';
import { dateTokens, fullTime } from './time.ts';

export function Inlines({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, i) => <One key={i} part={part} />);
}

function One({ part }: { part: Inline }) {
  switch (part.is) {
    case 'text':
      return <Lines text={part.text} />;
    case 'bold':
      return (
        <strong>
          <Inlines parts={part.inside} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines parts={part.inside} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines parts={part.inside} />
        </s>
      );
    case 'code':
      return <code className="inline-code">{part.text}</code>;
    case 'link':
      return <OutLink url={part.url} label={part.label} />;
    case 'user':
      return <UserMention id={part.id} />;
    case 'channel':
      return <ChannelMention id={part.id} />;
    case 'group':
      return <GroupMention id={part.id} />;
    case 'broadcast':
      return <span className="mention mention-me">@{part.range}</span>;
    case 'date':
      return <LocalDate {...part} />;
    case 'emoji':
      return <EmojiSign name={part.name} />;
  }
}

/** Line breaks as they were written. */
export function Lines({ text }: { text: string }) {
  return text.split('\n').map((line, i) => (
    <Fragment key={i}>
      {i > 0 && <br />}
      {line}
    </Fragment>
  ));
}

export function EmojiSign({ name }: { name: string }) {
  const sign = emojiNamed(name);
  if (!sign) return `:${name}:`;
  return (
    <span role="img" aria-label={`:${name}:`} title={`:${name}:`} className="emoji">
      {sign}
    </span>
  );
}

export function UserMention({ id }: { id: string }) {
  const { me } = useHello();
  const person = usePerson(id);
  return <span className={id === me ? 'mention mention-me' : 'mention'}>@{person?.real_name ?? id}</span>;
}

export function GroupMention({ id }: { id: string }) {
  const { groups, me } = useHello();
  const group = groups.find((one) => one.id === id);
  const mine = group?.users.includes(me);
  return <span className={mine ? 'mention mention-me' : 'mention'}>@{group?.handle ?? id}</span>;
}

/** A private channel's name is not shown to people who are not in it. */
export function ChannelMention({ id }: { id: string }) {
  const channel = useChannel(id);
  if (!channel)
    return (
      <span className="mention">
        <LockIcon size={12} />
        private-channel
      </span>
    );
  return (
    <button type="button" className="mention mention-link" onClick={() => go({ channel: id })}>
      {channel.kind !== 'channel' ? (
        <CommentDiscussionIcon size={12} />
      ) : channel.is_private ? (
        <LockIcon size={12} />
      ) : (
        <HashIcon size={12} />
      )}
      {channel.name}
    </button>
  );
}

export function LocalDate(props: { unix: number; format: string; url: string | null }) {
  const { locale, tz } = useMe();
  const reader = { locale, tz, now: useNow() };
  const text = dateTokens(reader, props.unix, props.format);
  const time = (
    <time dateTime={new Date(props.unix * 1000).toISOString()} title={fullTime(reader, props.unix * 1000)}>
      {text}
    </time>
  );
  return props.url ? (
    <a href={props.url} target="_blank" rel="noreferrer">
      {time}
    </a>
  ) : (
    time
  );
}

/** Links to messages of this very workspace stay in the window. */
export function OutLink({ url, label }: { url: string; label: string }) {
  const channels = useStore((s) => s.channels);
  const [, channel, digits] = /\/archives\/([A-Z0-9]+)(?:\/p(\d{16}))?/.exec(url) ?? [];
  if (channel && channels[channel]) {
    const thread = new URL(url).searchParams.get('thread_ts');
    return (
      <a
        href={`?at=${channel}`}
        onClick={(event) => {
          event.preventDefault();
          go({ channel }, { thread });
          if (digits) showMessage(`${digits.slice(0, 10)}.${digits.slice(10)}`);
        }}
      >
        {withEmoji(label)}
      </a>
    );
  }
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {withEmoji(label)}
    </a>
  );
}

/** Brings a message into view once it is drawn, and lets it be seen. */
export function showMessage(ts: string): void {
  setTimeout(() => {
    const found = document.querySelector<HTMLElement>(`[data-ts="${ts}"]`);
    found?.scrollIntoView({ block: 'center' });
    found?.classList.add('message-found');
  }, 150);
}
