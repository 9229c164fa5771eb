import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { Blocks } from '../blocks/Blocks.tsx';
import { HandsOf } from '../blocks/hands.ts';
import { Avatar } from '../shell/Avatar.tsx';
import { Notices } from '../shell/Notices.tsx';
import { openDirect } from '../state/acts.ts';
import { send } from '../state/live.ts';
import { useStore } from '../state/store.ts';
import type { View } from '../state/types.ts';
import { useHello, useWords } from '../state/use.ts';
import { useViewHands } from './useViewHands.ts';

/** The app's own place: what it drew for this person, and the way to its messages. */
export function HomeView() {
  const words = useWords();
  const { app } = useHello();
  const connected = useStore((s) => s.connected);
  const bot = useStore((s) => s.people[app.user_id]);
  const home = useStore((s) => s.home);
  useEffect(() => {
    if (connected) void send({ do: 'open_home' });
  }, [connected]);
  return (
    <main className="conversation" id="conversation">
      <header className="channel-header">
        <div className="channel-title">
          <Avatar person={bot} size={28} />
          <h1>{app.name}</h1>
          <span className="topic">{app.description}</span>
        </div>
        <span className="tab tab-here" aria-current="page">
          {words.home}
        </span>
        <Button className="tab" onPress={() => void openDirect('bot')}>
          {words.messages}
        </Button>
      </header>
      {/* eslint-disable-next-line */}
      <div className="home" tabIndex={0} role="region" aria-label={`${app.name}, ${words.home}`}>
        {home ? <HomeBlocks key={home.id} view={home} /> : <p className="quiet">{words.homeEmpty}</p>}
      </div>
      <Notices />
    </main>
  );
}

function HomeBlocks({ view }: { view: View }) {
  const hands = useViewHands(view);
  return (
    <HandsOf value={hands}>
      <Blocks blocks={view.blocks} />
    </HandsOf>
  );
}
