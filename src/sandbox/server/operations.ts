import { channelFamily, tellApp } from './delivery/events.ts';
import { channelShape, groupShape, messageShape, repliesTo, userShape } from './shapes.ts';
import { compact, nextTs, seconds } from './state.ts';
import type { Install, Json, Message, SandboxChannel, SandboxGroup, SandboxUser } from './types.ts';
import type { World } from './world.ts';

type NewMessage = Pick<Message, 'user' | 'text'> & Partial<Omit<Message, 'channel' | 'ts' | 'team' | 'type'>>;

/** What changes in a workspace, whoever caused it: state, then what people see, then what the app is told. */
export function post(world: World, channel: SandboxChannel, message: NewMessage): Message {
  const posted = compact({
    type: 'message',
    channel: channel.id,
    ts: nextTs(world.state, world.clock.now()),
    team: channel.team_id,
    ...message,
  }) as unknown as Message;
  attachToThread(channel, posted);
  channel.messages.push(posted);
  for (const id of posted.files ?? []) {
    const file = world.state.files[id];
    if (file && !file.channels.includes(channel.id)) file.channels.push(channel.id);
  }
  world.emit({ type: 'message', change: 'posted', channel: channel.id, message: posted });
  tellApp(world, channel.team_id, messageEvent(world, channel, posted), channel);
  if (!posted.subtype || posted.subtype === 'thread_broadcast' || posted.subtype === 'file_share') {
    mentionEvent(world, channel, posted);
  }
  for (const id of posted.files ?? []) {
    tellApp(
      world,
      channel.team_id,
      { type: 'file_shared', file_id: id, file: { id }, user_id: posted.user, channel_id: channel.id },
      channel,
    );
  }
  return posted;
}

function attachToThread(channel: SandboxChannel, message: Message): void {
  if (!message.thread_ts) return;
  const parent = channel.messages.find((m) => m.ts === message.thread_ts);
  if (!parent) return;
  parent.thread_ts = parent.ts;
  message.parent_user_id = parent.user;
}

function messageEvent(world: World, channel: SandboxChannel, message: Message): Json {
  return {
    ...messageShape(world, message),
    channel: channel.id,
    channel_type: channelType(channel),
    event_ts: message.ts,
  };
}

function channelType(channel: SandboxChannel): string {
  const family = channelFamily(channel);
  return family === 'channels' ? 'channel' : family === 'groups' ? 'group' : family;
}

function mentionEvent(world: World, channel: SandboxChannel, message: Message): void {
  const bot = world.state.installs[channel.team_id]?.botUserId;
  if (!bot || message.user === bot || channel.kind === 'im' || !message.text.includes(`<@${bot}`)) return;
  const event = compact({
    type: 'app_mention',
    user: message.user,
    text: message.text,
    ts: message.ts,
    thread_ts: message.thread_ts,
    team: message.team,
    blocks: message.blocks,
    channel: channel.id,
    event_ts: message.ts,
  });
  tellApp(world, channel.team_id, event, channel);
}

export function edit(
  world: World,
  channel: SandboxChannel,
  message: Message,
  by: string,
  patch: Partial<Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata' | 'files'>>,
): void {
  const previous = messageShape(world, message);
  Object.assign(message, patch);
  for (const key of ['blocks', 'attachments'] as const) if (message[key]?.length === 0) delete message[key];
  const ts = nextTs(world.state, world.clock.now());
  message.edited = { user: by, ts };
  changed(world, channel, message, previous, ts);
}

/** Slack shows what is behind a link: the message changes, and nobody edited it. */
export function unfurl(world: World, channel: SandboxChannel, message: Message, attachment: Json): void {
  const previous = messageShape(world, message);
  message.attachments = [...(message.attachments ?? []), attachment];
  changed(world, channel, message, previous, nextTs(world.state, world.clock.now()));
}

function changed(world: World, channel: SandboxChannel, message: Message, previous: Json, ts: string): void {
  world.emit({ type: 'message', change: 'changed', channel: channel.id, message });
  tellApp(
    world,
    channel.team_id,
    {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      message: messageShape(world, message),
      previous_message: previous,
      channel: channel.id,
      channel_type: channelType(channel),
      ts,
      event_ts: ts,
    },
    channel,
  );
}

export function remove(world: World, channel: SandboxChannel, message: Message): void {
  const previous = messageShape(world, message);
  // Its replies stay below a line of Slack's.
  if (repliesTo(world, message).length > 0) {
    for (const key of [
      'blocks',
      'attachments',
      'files',
      'metadata',
      'reactions',
      'edited',
      'bot_id',
      'app_id',
    ] as const)
      delete message[key];
    Object.assign(message, {
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      hidden: true,
    });
    channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
    changed(world, channel, message, previous, nextTs(world.state, world.clock.now()));
    return;
  }
  channel.messages = channel.messages.filter((m) => m !== message);
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  const ts = nextTs(world.state, world.clock.now());
  world.emit({ type: 'message', change: 'deleted', channel: channel.id, message });
  tellApp(
    world,
    channel.team_id,
    {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: message.ts,
      previous_message: previous,
      channel: channel.id,
      channel_type: channelType(channel),
      ts,
      event_ts: ts,
    },
    channel,
  );
}

export function join(world: World, channel: SandboxChannel, user: string, inviter?: string): void {
  if (channel.members.includes(user)) return;
  channel.members.push(user);
  world.emit({ type: 'membership', channel: channel.id, user, change: 'joined' });
  note(world, channel, user, 'join', `<@${user}> has joined the channel`);
  tellApp(
    world,
    channel.team_id,
    compact({
      type: 'member_joined_channel',
      user,
      channel: channel.id,
      channel_type: channel.is_private ? 'G' : 'C',
      team: channel.team_id,
      inviter,
    }),
    channel,
  );
}

export function leave(world: World, channel: SandboxChannel, user: string, kickedBy?: string): void {
  if (!channel.members.includes(user)) return;
  const bot = world.state.installs[channel.team_id]?.botUserId;
  const event = {
    type: 'member_left_channel',
    user,
    channel: channel.id,
    channel_type: channel.is_private ? 'G' : 'C',
    team: channel.team_id,
  };
  if (user === bot) {
    if (kickedBy) {
      const type = channel.is_private ? 'group_left' : 'channel_left';
      tellApp(world, channel.team_id, { type, channel: channel.id, actor_id: kickedBy }, channel);
    }
  }
  channel.members = channel.members.filter((id) => id !== user);
  world.emit({ type: 'membership', channel: channel.id, user, change: 'left' });
  note(world, channel, user, 'leave', `<@${user}> has left the channel`);
  tellApp(world, channel.team_id, event, channel);
}

/** Slack's own line in a channel. */
function note(world: World, channel: SandboxChannel, user: string, what: string, text: string, extra: Json = {}): void {
  if (channel.kind !== 'channel') return;
  const subtype = `${channel.is_private ? 'group' : 'channel'}_${what}`;
  post(world, channel, { user, text, subtype, ...extra });
}

export function archive(world: World, channel: SandboxChannel, by: string): void {
  note(world, channel, by, 'archive', `<@${by}> archived the channel`, {});
  channel.is_archived = true;
  const type = channel.is_private ? 'group_archive' : 'channel_archive';
  tellApp(world, channel.team_id, { type, channel: channel.id, user: by }, channel);
  // A bot does not stay in a channel that is archived, even by itself.
  channel.members = channel.members.filter((id) => !world.state.users[id]?.is_bot);
  world.emit({ type: 'channel', channel: channel.id, change: 'archived' });
}

/** Gone for good, with everything in it. */
export function deleteChannel(world: World, channel: SandboxChannel): void {
  const type = channel.is_private ? 'group_deleted' : 'channel_deleted';
  tellApp(world, channel.team_id, { type, channel: channel.id }, channel);
  delete world.state.channels[channel.id];
  world.emit({ type: 'channel', channel: channel.id, change: 'archived' });
}

export function unarchive(world: World, channel: SandboxChannel, by: string): void {
  channel.is_archived = false;
  note(world, channel, by, 'unarchive', `<@${by}> un-archived the channel`);
  const type = channel.is_private ? 'group_unarchive' : 'channel_unarchive';
  tellApp(world, channel.team_id, { type, channel: channel.id, user: by }, channel);
  world.emit({ type: 'channel', channel: channel.id, change: 'unarchived' });
}

export function rename(world: World, channel: SandboxChannel, name: string, by: string): void {
  const before = channel.name;
  channel.previous_names.unshift(before);
  channel.name = name;
  world.emit({ type: 'channel', channel: channel.id, change: 'renamed' });
  note(world, channel, by, 'name', `<@${by}> has renamed the channel from "${before}" to "${name}"`);
  const type = channel.is_private ? 'group_rename' : 'channel_rename';
  tellApp(
    world,
    channel.team_id,
    {
      type,
      channel: {
        id: channel.id,
        name,
        name_normalized: name,
        created: channel.created,
        is_channel: !channel.is_private,
      },
    },
    channel,
  );
}

export function setNote(
  world: World,
  channel: SandboxChannel,
  which: 'topic' | 'purpose',
  value: string,
  by: string,
): void {
  channel[which] = { value, creator: by, last_set: seconds(world.clock.now()) };
  world.emit({ type: 'channel', channel: channel.id, change: which });
  note(
    world,
    channel,
    by,
    which,
    `<@${by}> set the channel ${which}: ${value}`,
    which === 'topic' ? { topic: value } : {},
  );
}

export function created(world: World, channel: SandboxChannel): void {
  world.emit({ type: 'channel', channel: channel.id, change: 'created' });
  if (channel.kind === 'channel' && !channel.is_private) {
    const shape = channelShape(channel, '');
    tellApp(world, channel.team_id, { type: 'channel_created', channel: shape }, channel);
  }
}

export function react(world: World, channel: SandboxChannel, message: Message, user: string, name: string): boolean {
  message.reactions ??= [];
  let reaction = message.reactions.find((r) => r.name === name);
  if (reaction?.users.includes(user)) return false;
  if (!reaction) {
    reaction = { name, users: [], count: 0 };
    message.reactions.push(reaction);
  }
  reaction.users.push(user);
  reaction.count = reaction.users.length;
  reactionChanged(world, channel, message, user, name, 'reaction_added');
  return true;
}

export function unreact(world: World, channel: SandboxChannel, message: Message, user: string, name: string): boolean {
  const reaction = message.reactions?.find((r) => r.name === name && r.users.includes(user));
  if (!reaction) return false;
  reaction.users = reaction.users.filter((id) => id !== user);
  reaction.count = reaction.users.length;
  const left = (message.reactions ?? []).filter((r) => r.count > 0);
  if (left.length > 0) message.reactions = left;
  else delete message.reactions;
  reactionChanged(world, channel, message, user, name, 'reaction_removed');
  return true;
}

function reactionChanged(
  world: World,
  channel: SandboxChannel,
  message: Message,
  user: string,
  reaction: string,
  type: string,
): void {
  world.emit({ type: 'message', change: 'changed', channel: channel.id, message });
  const item = { type: 'message', channel: channel.id, ts: message.ts };
  tellApp(world, channel.team_id, { type, user, reaction, item, item_user: message.user }, channel);
}

export function pin(world: World, channel: SandboxChannel, message: Message, user: string): void {
  channel.pins.push({ ts: message.ts, user, created: seconds(world.clock.now()) });
  pinsChanged(world, channel, message, user, 'pin_added');
}

export function unpin(world: World, channel: SandboxChannel, message: Message, user: string): void {
  channel.pins = channel.pins.filter((p) => p.ts !== message.ts);
  pinsChanged(world, channel, message, user, 'pin_removed');
}

function pinsChanged(world: World, channel: SandboxChannel, message: Message, user: string, type: string): void {
  world.emit({ type: 'channel', channel: channel.id, change: 'pins' });
  const item = { type: 'message', channel: channel.id, message: messageShape(world, message) };
  tellApp(
    world,
    channel.team_id,
    { type, user, channel_id: channel.id, item, has_pins: channel.pins.length > 0 },
    channel,
  );
}

export function userChanged(world: World, user: SandboxUser, type: 'user_change' | 'team_join' = 'user_change'): void {
  user.updated = seconds(world.clock.now());
  world.emit({ type: 'user', user: user.id });
  const scopes = world.state.installs[user.team_id]?.scopes ?? [];
  const shape = userShape(world, user, { locale: true, email: scopes.includes('users:read.email') });
  tellApp(world, user.team_id, { type, user: shape });
}

export function groupChanged(world: World, group: SandboxGroup, before: string[] | undefined): void {
  const previousDate = group.date_update;
  group.date_update = seconds(world.clock.now());
  world.emit({ type: 'group', group: group.id });
  const type = before ? 'subteam_updated' : 'subteam_created';
  tellApp(world, group.team_id, { type, subteam: groupShape(group, { users: true }) });
  if (!before) return;
  const added = group.users.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !group.users.includes(id));
  if (added.length + removed.length === 0) return;
  tellApp(world, group.team_id, {
    type: 'subteam_members_changed',
    subteam_id: group.id,
    team_id: group.team_id,
    date_previous_update: previousDate,
    date_update: group.date_update,
    added_users: added,
    added_users_count: added.length,
    removed_users: removed,
    removed_users_count: removed.length,
  });
}

/** The tokens die at once; the app hears of it last. */
export function uninstall(world: World, install: Install): void {
  tellApp(world, install.teamId, { type: 'tokens_revoked', tokens: { oauth: [], bot: [install.botUserId] } });
  tellApp(world, install.teamId, { type: 'app_uninstalled' });
  for (const channel of Object.values(world.state.channels)) {
    if (channel.team_id === install.teamId) channel.members = channel.members.filter((id) => id !== install.botUserId);
  }
  delete world.state.installs[install.teamId];
}
