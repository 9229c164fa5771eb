import { XIcon } from '@primer/octicons-react';
import { useEffect } from 'react';
import type { ChannelSight } from '../../page/wire.ts';
import { IconButton } from '../shell/IconButton.tsx';
import { useChannelName } from '../shell/names.ts';
import { loadHistory, openThread } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import { useWords } from '../state/use.ts';
import { Composer } from './Composer.tsx';
import { MessageList } from './MessageList.tsx';

export function ThreadPanel({ channel, thread }: { channel: ChannelSight; thread: string }) {
  const words = useWords();
  const all = useStore((s) => s.messages[channel.id]);
  const name = useChannelName()(channel);
  useEffect(() => {
    if (!all) void loadHistory(channel.id);
  }, [all, channel.id]);
  const messages = (all ?? []).filter((message) => message.ts === thread || message.thread_ts === thread);
  return (
    <aside
      className="side-panel"
      aria-label={words.thread}
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && openThread(null)}
    >
      <header className="panel-header">
        <h2>{words.thread}</h2>
        <span className="quiet">{channel.kind === 'channel' ? `#${name}` : name}</span>
        <IconButton label={words.closeThread} onPress={() => openThread(null)}>
          <XIcon size={16} />
        </IconButton>
      </header>
      <MessageList key={thread} channel={channel} name={words.thread} messages={messages} inThread />
      {channel.is_member && !channel.is_archived && (
        <Composer key={thread} channel={channel.id} thread={thread} autoFocus />
      )}
    </aside>
  );
}
