import { HashIcon, LockIcon } from '@primer/octicons-react';
import { Button } from 'react-aria-components';
import type { ChannelSight } from '../../page/wire.ts';
import { go, openDirect, openHome } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import { useHello, useMe, useWords } from '../state/use.ts';
import { Avatar } from './Avatar.tsx';
import { CreateChannel } from './CreateChannel.tsx';
import { useChannelName } from './names.ts';

export function Sidebar({ onWent }: { onWent: () => void }) {
  const words = useWords();
  const { team, app, me } = useHello();
  const channels = useStore((s) => s.channels);
  const people = useStore((s) => s.people);
  const place = useStore((s) => s.place);
  const nameOf = useChannelName();
  const all = Object.values(channels);
  const rooms = all
    .filter((one) => one.kind === 'channel' && !(one.is_archived && !one.is_member))
    .toSorted((a, b) => Number(a.is_archived) - Number(b.is_archived) || a.name.localeCompare(b.name));
  const bot = people[app.user_id];
  const botDm = all.find((one) => one.kind === 'im' && one.members.includes(app.user_id));
  const others = Object.values(people).filter((one) => !one.is_bot && !one.deleted && one.id !== me);
  const groups = all.filter((one) => one.kind === 'mpim');
  const dmOf = (id: string) => all.find((one) => one.kind === 'im' && one.members.includes(id));
  const here = (id: string | undefined) => place !== 'home' && place.channel === id;

  return (
    <nav className="sidebar" aria-label={words.workspace}>
      <div className="team">
        <span className="team-name">{team.name}</span>
        <MyStatus />
      </div>
      <div className="sidebar-scroll">
        <Section title={words.channels} action={<CreateChannel />}>
          {rooms.map((one) => (
            <Line
              key={one.id}
              here={here(one.id)}
              channel={one}
              icon={one.is_private ? <LockIcon size={14} /> : <HashIcon size={14} />}
              name={one.name}
              quiet={!one.is_member || one.is_archived}
              onPress={() => {
                go({ channel: one.id });
                onWent();
              }}
              spoken={one.is_private ? words.privateChannel : words.publicChannel}
            />
          ))}
        </Section>
        <Section title={words.directMessages}>
          {others.map((one) => (
            <Line
              key={one.id}
              here={here(dmOf(one.id)?.id)}
              channel={dmOf(one.id)}
              icon={<Avatar person={one} size={20} />}
              name={one.real_name}
              quiet={!dmOf(one.id)}
              onPress={() => {
                void openDirect(`@${one.name}`);
                onWent();
              }}
            />
          ))}
          {groups.map((one) => (
            <Line
              key={one.id}
              here={here(one.id)}
              channel={one}
              icon={<Avatar person={people[one.members.find((id) => id !== me) ?? '']} size={20} />}
              name={nameOf(one)}
              quiet={false}
              onPress={() => {
                go({ channel: one.id });
                onWent();
              }}
            />
          ))}
        </Section>
        <Section title={words.apps}>
          <Line
            here={place === 'home' || here(botDm?.id)}
            channel={botDm}
            icon={<Avatar person={bot} size={20} />}
            name={app.name}
            quiet={false}
            onPress={() => {
              if (botDm && botDm.unread_count > 0) go({ channel: botDm.id });
              else openHome();
              onWent();
            }}
          />
        </Section>
      </div>
    </nav>
  );
}

function MyStatus() {
  const me = useMe();
  return (
    <span className="my-status">
      {me.real_name} · {me.title}
    </span>
  );
}

type SectionProps = { title: string; action?: React.ReactNode; children: React.ReactNode };

function Section({ title, action, children }: SectionProps) {
  return (
    <section className="sidebar-section">
      <div className="sidebar-title">
        <h2>{title}</h2>
        {action}
      </div>
      <ul>{children}</ul>
    </section>
  );
}

type LineProps = {
  here: boolean;
  channel: ChannelSight | undefined;
  icon: React.ReactNode;
  name: string;
  quiet: boolean;
  spoken?: string;
  onPress: () => void;
};

function Line({ here, channel, icon, name, quiet, spoken, onPress }: LineProps) {
  const words = useWords();
  const unread = channel?.unread_count ?? 0;
  const mentions = channel?.mention_count ?? 0;
  const marks = [
    spoken,
    channel?.is_archived && words.archived,
    mentions > 0 ? words.mentions(mentions) : unread > 0 && words.unread(unread),
  ].filter(Boolean);
  return (
    <li>
      <Button
        data-channel={channel?.id}
        className={`sidebar-line ${here ? 'here' : ''} ${unread > 0 ? 'unread' : ''} ${quiet ? 'quiet-line' : ''}`}
        {...(here ? { 'aria-current': 'page' as const } : {})}
        onPress={onPress}
      >
        {icon}
        <span className="sidebar-name">{name}</span>
        <span className="only-spoken">{marks.join(', ')}</span>
        {mentions > 0 && (
          <span className="badge" aria-hidden="true">
            {mentions}
          </span>
        )}
      </Button>
    </li>
  );
}
