import { ArrowDownIcon } from '@primer/octicons-react';
import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { ChannelSight } from '../../page/wire.ts';
import { send } from '../state/live.ts';
import type { Message } from '../state/types.ts';
import { useHello, useMe, useNow, useWords } from '../state/use.ts';
import { Mrkdwn } from '../text/Text.tsx';
import { dayKey, dayName } from '../text/time.ts';
import { MessageView } from './MessageView.tsx';

const PAGE = 150;
const TOGETHER_S = 5 * 60;

type Props = { channel: ChannelSight; name: string; messages: Message[]; inThread: boolean };

export function MessageList({ channel, name, messages, inThread }: Props) {
  const words = useWords();
  const { me } = useHello();
  const { locale, tz } = useMe();
  const reader = { locale, tz, now: useNow(60_000) };
  const [shown, setShown] = useState(PAGE);
  // What was unread when the conversation was opened stays marked while it is read.
  const [readBefore] = useState(channel.last_read);
  const { frame, away, toEnd } = useStickyEnd(messages.at(-1));
  const visible = messages.slice(-shown);
  const firstNew = inThread
    ? undefined
    : visible.find(
        (m) => m.type === 'message' && m.user !== me && readBefore !== '0' && Number(m.ts) > Number(readBefore),
      );

  useEffect(() => {
    const latest = messages.findLast((m) => m.type === 'message' && !m.pending)?.ts;
    if (!latest || !channel.is_member || Number(latest) <= Number(channel.last_read)) return;
    const read = () => document.hasFocus() && void send({ do: 'read', channel: channel.id, ts: latest });
    read();
    window.addEventListener('focus', read);
    return () => window.removeEventListener('focus', read);
  }, [messages, channel.id, channel.is_member, channel.last_read]);

  return (
    <div className="message-frame">
      {/* Scrolled with the keyboard as well. */}
      {/* eslint-disable-next-line */}
      <div className="messages" ref={frame} tabIndex={0} role="region" aria-label={words.messagesIn(name)}>
        <div className="messages-filler" />
        {messages.length > shown ? (
          <Button className="button button-default earlier" onPress={() => setShown(shown + PAGE)}>
            {words.earlier}
          </Button>
        ) : (
          !inThread && <Beginning name={name} isEmpty={channel.name === 'general' && messages.length === 0} />
        )}
        {visible.map((message, i) => {
          const before = visible[i - 1];
          const day = dayKey(reader, Number(message.ts) * 1000);
          const newDay = !inThread && (!before || dayKey(reader, Number(before.ts) * 1000) !== day);
          return (
            <Fragment key={message.ts}>
              {newDay && (
                <div className="day">
                  <span>{dayName(reader, Number(message.ts) * 1000)}</span>
                </div>
              )}
              {message === firstNew && (
                <div className="new-line">
                  <span>{words.newMessages}</span>
                </div>
              )}
              <MessageView
                message={message}
                inThread={inThread}
                follows={!newDay && message !== firstNew && follows(message, before)}
                isPinned={channel.pins.includes(message.ts)}
              />
            </Fragment>
          );
        })}
      </div>
      {away && (
        <Button className="to-latest" onPress={toEnd}>
          <ArrowDownIcon size={14} /> {words.jumpToLatest}
        </Button>
      )}
    </div>
  );
}

/** Whoever opens an empty workspace reads what to type. */
function Beginning({ name, isEmpty }: { name: string; isEmpty: boolean }) {
  const words = useWords();
  return (
    <div className="beginning">
      <p>{words.beginning(name)}</p>
      {isEmpty && (
        <p>
          <Mrkdwn text={words.emptyGeneral} />
        </p>
      )}
    </div>
  );
}

function follows(message: Message, before: Message | undefined): boolean {
  if (!before || before.user !== message.user || before.type !== message.type) return false;
  if (message.type === 'ephemeral' || message.subtype !== before.subtype) return false;
  return Number(message.ts) - Number(before.ts) < TOGETHER_S && !before.reply_count;
}

/** Stays with the newest message, unless the reader went up to read. */
function useStickyEnd(last: Message | undefined) {
  const frame = useRef<HTMLDivElement>(null);
  const stick = useRef(true);
  const [away, setAway] = useState(false);

  const toEnd = () => frame.current?.scrollTo({ top: frame.current.scrollHeight });

  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const onScroll = () => {
      stick.current = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
      setAway(!stick.current && box.scrollHeight - box.scrollTop - box.clientHeight > 400);
    };
    const grown = new ResizeObserver(() => {
      if (stick.current) toEnd();
    });
    box.addEventListener('scroll', onScroll, { passive: true });
    grown.observe(box);
    return () => {
      box.removeEventListener('scroll', onScroll);
      grown.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    if (stick.current || last?.pending) toEnd();
  });

  return { frame, away, toEnd };
}
