import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import type { ChannelSight } from '../../page/wire.ts';
import { Notices } from '../shell/Notices.tsx';
import { useChannelName } from '../shell/names.ts';
import { loadHistory } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import type { Message } from '../state/types.ts';
import { useWords } from '../state/use.ts';
import { ChannelHeader } from './ChannelHeader.tsx';
import { Composer, joinChannel } from './Composer.tsx';
import { MessageList } from './MessageList.tsx';

export function ChannelView({ channel }: { channel: ChannelSight }) {
  const connected = useStore((s) => s.connected);
  const messages = useStore((s) => s.messages[channel.id]);
  const name = useChannelName()(channel);
  const spoken = channel.kind === 'channel' ? `#${name}` : name;

  useEffect(() => {
    if (connected && !messages) void loadHistory(channel.id);
  }, [connected, messages, channel.id]);

  return (
    <main className="conversation" id="conversation">
      <ChannelHeader channel={channel} name={name} messages={messages ?? []} />
      {messages ? (
        <MessageList
          key={channel.id}
          channel={channel}
          name={spoken}
          messages={messages.filter(inChannel)}
          inThread={false}
        />
      ) : (
        <div className="message-frame" />
      )}
      <Notices />
      <Foot channel={channel} name={spoken} />
    </main>
  );
}

/** Replies stay in their thread, unless they were sent to the channel as well. */
const inChannel = (message: Message): boolean =>
  !message.thread_ts || message.thread_ts === message.ts || message.subtype === 'thread_broadcast';

function Foot({ channel, name }: { channel: ChannelSight; name: string }) {
  const words = useWords();
  if (channel.is_archived) return <p className="foot-note">{words.archivedNote}</p>;
  if (!channel.is_member)
    return (
      <div className="foot-note">
        <p>{words.notMember(channel.name)}</p>
        <Button className="button button-primary" onPress={() => void joinChannel(channel.id)}>
          {words.joinChannel}
        </Button>
      </div>
    );
  return <Composer key={channel.id} channel={channel.id} name={name} autoFocus />;
}
