import { isObject } from '../blocks.ts';
import { messageShape, viewShape } from '../shapes.ts';
import { compact } from '../state.ts';
import type { EphemeralMessage, Json, Message, SandboxChannel, SandboxUser } from '../types.ts';
import type { World } from '../world.ts';
import type { Eyes, MessageRef } from './eyes.ts';

/** A channel as it stands in one person's side bar. */
export type ChannelSight = {
  id: string;
  name: string;
  kind: SandboxChannel['kind'];
  is_private: boolean;
  is_archived: boolean;
  is_member: boolean;
  creator: string;
  created: number;
  topic: { value: string };
  purpose: { value: string };
  members: string[];
  pins: string[];
  bookmarks: { id: string; title: string; link: string; emoji: string }[];
  last_read: string;
  unread_count: number;
  mention_count: number;
  latest: string;
};

/** Everything that is on one person's screens, in the shapes of Slack's payloads. */
export function createSight(world: World, user: SandboxUser, { channelOf }: Eyes) {
  const me = user.id;

  function visible(channel: SandboxChannel): boolean {
    if (channel.team_id !== user.team_id) return false;
    if (channel.members.includes(me)) return true;
    return channel.kind === 'channel' && !channel.is_private && !user.is_restricted && !user.is_stranger;
  }

  function lastRead(channel: SandboxChannel): string {
    return world.state.reads?.[me]?.[channel.id] ?? '0';
  }

  function channelSight(id: string): ChannelSight | undefined {
    const channel = world.state.channels[id];
    if (!channel || !visible(channel)) return undefined;
    const read = lastRead(channel);
    const isMember = channel.members.includes(me);
    const fresh = isMember ? channel.messages.filter((message) => counts(message, read)) : [];
    return {
      id,
      name: channel.name,
      kind: channel.kind,
      is_private: channel.is_private,
      is_archived: channel.is_archived,
      is_member: isMember,
      creator: channel.creator,
      created: channel.created,
      topic: { value: channel.topic.value },
      purpose: { value: channel.purpose.value },
      members: [...channel.members],
      pins: channel.pins.map((pin) => pin.ts),
      bookmarks: channel.bookmarks.map(({ id, title, link, emoji }) => ({ id, title, link, emoji })),
      last_read: read,
      unread_count: fresh.length,
      mention_count: channel.kind === 'channel' ? fresh.filter(mentionsMe).length : fresh.length,
      latest: channel.messages.at(-1)?.ts ?? '',
    };
  }

  /** Slack's own notes (somebody joined) never make a channel unread; replies do only where they name the person. */
  function counts(message: Message, read: string): boolean {
    if (message.user === me || Number(message.ts) <= Number(read)) return false;
    if (message.subtype && /_(join|leave|topic|purpose|name|archive|unarchive)$/.test(message.subtype)) return false;
    const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
    return !isReply || message.subtype === 'thread_broadcast' || mentionsMe(message);
  }

  function mentionsMe(message: Message): boolean {
    return `${message.text}${JSON.stringify(message.blocks ?? '')}`.includes(`<@${me}`);
  }

  function shown(message: Message | EphemeralMessage): Json {
    if (message.type === 'ephemeral') return compact({ ...structuredClone(message) });
    return messageShape(world, message, { channel: true });
  }

  return {
    channelSight,
    channelSights: (): ChannelSight[] =>
      Object.keys(world.state.channels).flatMap((id) => {
        const sight = channelSight(id);
        return sight ? [sight] : [];
      }),
    messageSight({ channel, ts }: MessageRef): Json | undefined {
      const found = world.state.channels[channel];
      if (!found || !visible(found)) return undefined;
      const ephemeral = world.state.ephemerals.find((m) => m.channel === channel && m.ts === ts && m.to === me);
      const message = ephemeral ?? found.messages.find((m) => m.ts === ts);
      return message ? shown(message) : undefined;
    },
    messageSights(nameOrId: string): Json[] {
      const channel = channelOf(nameOrId);
      const mine = world.state.ephemerals.filter((m) => m.channel === channel.id && m.to === me);
      return [...channel.messages, ...mine].sort((a, b) => Number(a.ts) - Number(b.ts)).map(shown);
    },
    /** The pile of open modals, the one on top last. */
    modalSights: (): Json[] =>
      (world.state.stacks[me] ?? []).flatMap((id) => {
        const view = world.state.views[id];
        return view ? [{ ...viewShape(world, view), errors: { ...view.errors } }] : [];
      }),
    homeSight(): Json | undefined {
      const view = world.state.views[world.state.homes[me] ?? ''];
      return view && isObject(view) ? viewShape(world, view) : undefined;
    },
    markRead(nameOrId: string, ts: string): void {
      const channel = channelOf(nameOrId);
      const reads = ((world.state.reads ??= {})[me] ??= {});
      if (Number(ts) <= Number(reads[channel.id] ?? 0)) return;
      reads[channel.id] = ts;
      world.emit({ type: 'read', user: me, channel: channel.id });
    },
    /** The conversation with these people, opened if there was none. */
    openDirect: (who: string): string => channelOf(who.startsWith('@') || who === 'bot' ? who : `@${who}`).id,
  };
}
