import * as act from '../operations.ts';
import { channelNamed, newChannel, userNamed } from '../state.ts';
import { escaped } from '../typed-text.ts';
import type { Message, SandboxChannel, SandboxUser } from '../types.ts';
import type { World } from '../world.ts';
import type { Eyes, MessageRef } from './eyes.ts';
import { keepFile, type Upload } from './files.ts';

/** What one person says and does in channels, without the app. */
export function createVoice(world: World, user: SandboxUser, { channelOf, writable, messageOf, own }: Eyes) {
  const me = user.id;

  async function say(
    where: string,
    text: string,
    opts: { thread?: string; broadcast?: boolean; files?: Upload[] } = {},
  ): Promise<Message> {
    const channel = writable(where);
    const files = (opts.files ?? []).map((upload) => keepFile(world, user, upload).id);
    const subtype = files.length > 0 ? 'file_share' : opts.broadcast ? 'thread_broadcast' : undefined;
    return act.post(world, channel, {
      user: me,
      text: escaped(world, text, me, false),
      ...(opts.thread ? { thread_ts: opts.thread } : {}),
      ...(files.length > 0 ? { files } : {}),
      ...(subtype ? { subtype } : {}),
    });
  }

  async function createChannel(name: string, opts: { private?: boolean } = {}): Promise<SandboxChannel> {
    if (channelNamed(world.state, name, user.team_id)) throw new Error(`The name "${name}" is taken.`);
    const channel = newChannel(world.state, {
      teamId: user.team_id,
      name,
      isPrivate: opts.private ?? false,
      creator: me,
      members: [me],
      now: world.clock.now(),
    });
    act.created(world, channel);
    return channel;
  }

  return {
    edit: async (ref: MessageRef, text: string) => {
      const { channel, message } = own(ref);
      act.edit(world, channel, message, me, { text: escaped(world, text, me, false) });
    },
    unfurl: async (ref: MessageRef, title: string) => {
      const { channel, message } = own(ref);
      act.unfurl(world, channel, message, { title, fallback: title });
    },
    delete: async (ref: MessageRef) => {
      const { channel, message } = own(ref);
      act.remove(world, channel, message);
    },
    react: async (ref: MessageRef, emoji: string) => {
      const { channel, message } = messageOf(ref);
      act.react(world, channel, message, me, emoji);
    },
    unreact: async (ref: MessageRef, emoji: string) => {
      const { channel, message } = messageOf(ref);
      act.unreact(world, channel, message, me, emoji);
    },
    pin: async (ref: MessageRef) => {
      const { channel, message } = messageOf(ref);
      act.pin(world, channel, message, me);
    },
    unpin: async (ref: MessageRef) => {
      const { channel, message } = messageOf(ref);
      act.unpin(world, channel, message, me);
    },
    say,
    createChannel,
    rename: async (nameOrId: string, name: string) => act.rename(world, writable(nameOrId), name, me),
    join: async (nameOrId: string) => act.join(world, channelOf(nameOrId), me),
    leave: async (nameOrId: string) => act.leave(world, writable(nameOrId), me),
    invite: async (nameOrId: string, users: string | string[]) => {
      const channel = writable(nameOrId);
      for (const who of [users].flat()) act.join(world, channel, userNamed(world.state, who).id, me);
    },
    kick: async (nameOrId: string, who: string) =>
      act.leave(world, writable(nameOrId), userNamed(world.state, who).id, me),
    deleteChannel: async (nameOrId: string) => act.deleteChannel(world, writable(nameOrId)),
    archive: async (nameOrId: string) => act.archive(world, writable(nameOrId), me),
    unarchive: async (nameOrId: string) => {
      const channel = channelOf(nameOrId);
      if (channel.is_archived) act.unarchive(world, channel, me);
    },
  };
}
