import type { Place } from '../interactions.ts';
import { channelNamed, dmBetween, userNamed } from '../state.ts';
import type { EphemeralMessage, HomeView, Message, ModalView, SandboxChannel, SandboxUser } from '../types.ts';
import { topModal } from '../views.ts';
import type { World } from '../world.ts';

export type MessageRef = { channel: string; ts: string };
export type Surface = MessageRef | Message | EphemeralMessage | ModalView | HomeView;

export type Eyes = ReturnType<typeof createEyes>;

/** What one person can find in the workspace; what they cannot see is not there. */
export function createEyes(world: World, user: SandboxUser) {
  const me = user.id;

  function channelOf(nameOrId: string): SandboxChannel {
    const channel = channelNamed(world.state, nameOrId, user.team_id) ?? directChannel(world, user, nameOrId);
    if (!channel || channel.team_id !== user.team_id) throw new Error(`There is no channel "${nameOrId}".`);
    if (channel.is_private && !channel.members.includes(me)) {
      throw new Error(`${user.real_name} cannot see "${nameOrId}": it is private and they are not in it.`);
    }
    return channel;
  }

  function writable(nameOrId: string): SandboxChannel {
    const channel = channelOf(nameOrId);
    if (channel.is_archived) throw new Error(`"${nameOrId}" is archived: nobody can write there.`);
    if (!channel.members.includes(me)) throw new Error(`${user.real_name} is not in "${nameOrId}".`);
    return channel;
  }

  function messageOf(ref: MessageRef): { channel: SandboxChannel; message: Message } {
    const channel = channelOf(ref.channel);
    const message = channel.messages.find((m) => m.ts === ref.ts);
    if (!message) throw new Error(`There is no message ${ref.ts} in ${channel.name || channel.id}.`);
    return { channel, message };
  }

  function own(ref: MessageRef): { channel: SandboxChannel; message: Message } {
    const found = messageOf(ref);
    if (found.message.user !== me) throw new Error(`${user.real_name} did not write this message.`);
    return found;
  }

  /** Looks the thing up again: what is on the screen now counts, not the copy somebody kept. */
  function placeOf(on: Surface): Place {
    if ('type' in on && (on.type === 'modal' || on.type === 'home')) return viewOf(on.id);
    const shown = world.state.ephemerals.find((m) => m.ts === on.ts && m.to === me);
    return shown ?? messageOf(on).message;
  }

  function viewOf(id: string): Place {
    const view = world.state.views[id];
    if (!view || view.owner !== me) throw new Error(`${user.real_name} does not have this view on screen.`);
    if (view.type === 'modal' && topModal(world, me)?.id !== id)
      throw new Error('Another modal is on top of this one.');
    return view;
  }

  function sees(nameOrId: string): (Message | EphemeralMessage)[] {
    const channel = channelOf(nameOrId);
    const mine = world.state.ephemerals.filter((m) => m.channel === channel.id && m.to === me);
    return [...channel.messages, ...mine].sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  function dms(): Message[] {
    const bot = world.state.installs[user.team_id]?.botUserId ?? '';
    const dm = Object.values(world.state.channels).find(
      (c) => c.kind === 'im' && c.members.includes(me) && c.members.includes(bot),
    );
    return dm?.messages.filter((m) => m.user === bot) ?? [];
  }

  function ephemerals(nameOrId?: string): EphemeralMessage[] {
    const channel = nameOrId === undefined ? undefined : channelOf(nameOrId).id;
    return world.state.ephemerals.filter((m) => m.to === me && (channel === undefined || m.channel === channel));
  }

  return { channelOf, writable, messageOf, own, placeOf, sees, dms, ephemerals };
}

function directChannel(world: World, user: SandboxUser, nameOrId: string): SandboxChannel | undefined {
  const bot = world.state.installs[user.team_id]?.botUserId;
  const other = nameOrId === 'bot' ? bot : nameOrId.startsWith('@') ? userNamed(world.state, nameOrId).id : undefined;
  return other ? dmBetween(world.state, user.team_id, [user.id, other], world.clock.now()) : undefined;
}
