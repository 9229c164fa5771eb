import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { ConfirmDialog } from '../blocks/Confirm.tsx';
import { ChannelView } from '../channel/ChannelView.tsx';
import { ThreadPanel } from '../channel/ThreadPanel.tsx';
import { HomeView } from '../forms/HomeView.tsx';
import { ModalStack } from '../forms/ModalStack.tsx';
import { placeFromAddress } from '../state/acts.ts';
import { set, useStore } from '../state/store.ts';
import { useHello, useMe, useWords } from '../state/use.ts';
import { GuideBar } from './GuideBar.tsx';
import { Inspector } from './Inspector.tsx';
import { Sidebar } from './Sidebar.tsx';
import { TopBar } from './TopBar.tsx';

export function Workspace() {
  const me = useMe();
  const { team } = useHello();
  const words = useWords();
  const place = useStore((s) => s.place);
  const channel = useStore((s) => (s.place === 'home' ? undefined : s.channels[s.place.channel]));
  const thread = useStore((s) => s.thread);
  const inspecting = useStore((s) => s.inspecting);
  const announced = useStore((s) => s.announced);
  const connected = useStore((s) => s.connected);
  const [menuOpen, setMenuOpen] = useState(false);
  const unread = useStore((s) => Object.values(s.channels).reduce((sum, one) => sum + one.mention_count, 0));

  useEffect(() => {
    document.documentElement.lang = words.language;
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${me.real_name} | ${team.name}`;
  }, [words.language, me.real_name, team.name, unread]);
  useEffect(() => {
    const onBack = () => set(placeFromAddress());
    window.addEventListener('popstate', onBack);
    return () => window.removeEventListener('popstate', onBack);
  }, []);

  return (
    <I18nProvider locale={me.locale}>
      <a className="skip" href="#conversation">
        {words.skipToMessages}
      </a>
      <div className={`workspace ${menuOpen ? 'menu-open' : ''} ${thread || inspecting ? 'with-panel' : ''}`}>
        <TopBar onMenu={() => setMenuOpen(!menuOpen)} />
        <GuideBar />
        {!connected && (
          <p className="lost" role="alert">
            {words.lost}
          </p>
        )}
        <div className="columns">
          <Sidebar onWent={() => setMenuOpen(false)} />
          {place === 'home' || !channel ? <HomeView /> : <ChannelView channel={channel} />}
          {channel && thread && !inspecting && <ThreadPanel channel={channel} thread={thread} />}
          {inspecting && <Inspector />}
        </div>
      </div>
      <ModalStack />
      <ConfirmDialog />
      <div className="only-spoken" aria-live="polite">
        {announced}
      </div>
    </I18nProvider>
  );
}
