import type { ChannelSight } from '../../page/wire.ts';
import { useStore } from '../state/store.ts';
import { useHello } from '../state/use.ts';

/** A conversation's name for this reader: a direct one is called by who is at the other end. */
export function useChannelName(): (channel: ChannelSight) => string {
  const { me } = useHello();
  const people = useStore((s) => s.people);
  return (channel) => {
    if (channel.kind === 'channel') return channel.name;
    const others = channel.members.filter((id) => id !== me);
    return others.map((id) => people[id]?.real_name ?? id).join(', ');
  };
}
