import * as act from '../operations.ts';
import { channelShape, messageShape, repliesTo } from '../shapes.ts';
import { dmBetween, newChannel } from '../state.ts';
import type { Json, Message, SandboxChannel } from '../types.ts';
import { invite, kick } from './membership.ts';
import {
  type Caller,
  flag,
  knownUser,
  list,
  type Method,
  messageAt,
  needChannelScope,
  needScope,
  ownChannel,
  paginate,
  Refusal,
  required,
  text,
  visibleChannel,
} from './method.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const MANAGE = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

export const conversationMethods: Record<string, Method> = {
  'conversations.create': { scopes: [MANAGE], tier: 2, run: create },
  'conversations.info': { scopes: [READ], tier: 3, run: info },
  'conversations.list': { scopes: [READ], tier: 2, run: listChannels },
  'conversations.invite': {
    scopes: [[...MANAGE, 'channels:write.invites', 'groups:write.invites']],
    tier: 3,
    run: invite,
  },
  'conversations.kick': { scopes: [MANAGE], tier: 3, run: kick },
  'conversations.join': { scopes: ['channels:join'], tier: 3, run: join },
  'conversations.leave': { scopes: [MANAGE], tier: 3, run: leave },
  'conversations.archive': { scopes: [MANAGE], tier: 2, run: archive },
  'conversations.unarchive': { scopes: [MANAGE], tier: 2, run: unarchive },
  'conversations.rename': { scopes: [MANAGE], tier: 2, run: rename },
  'conversations.setTopic': {
    scopes: [[...MANAGE, 'channels:write.topic', 'groups:write.topic']],
    tier: 2,
    run: (caller) => setNote(caller, 'topic'),
  },
  'conversations.setPurpose': {
    scopes: [[...MANAGE, 'channels:write.topic', 'groups:write.topic']],
    tier: 2,
    run: (caller) => setNote(caller, 'purpose'),
  },
  'conversations.history': { scopes: [HISTORY], tier: 3, run: history },
  'conversations.replies': { scopes: [HISTORY], tier: 3, run: replies },
  'conversations.members': { scopes: [READ], tier: 4, run: members },
  'conversations.open': { scopes: [['im:write', 'mpim:write']], tier: 3, run: open },
};

function create(caller: Caller): Json {
  const { world, args, install } = caller;
  const isPrivate = flag(args, 'is_private');
  needScope(caller, isPrivate ? 'groups:write' : 'channels:manage');
  const name = freeName(caller, text(args, 'name') ?? '');
  const channel = newChannel(world.state, {
    teamId: install.teamId,
    name,
    isPrivate,
    creator: install.botUserId,
    members: [install.botUserId],
    now: world.clock.now(),
  });
  act.created(world, channel);
  return { channel: channelShape(channel, install.botUserId) };
}

/** Names are checked, never corrected; an archived channel keeps its name. */
function freeName(caller: Caller, name: string, self?: SandboxChannel): string {
  if (name === '') throw new Refusal('invalid_name_required');
  if (name.length > 80) throw new Refusal('invalid_name_maxlength');
  if (!/[\p{L}\p{N}]/u.test(name)) throw new Refusal('invalid_name_punctuation');
  if (!/^[a-z0-9_-]+$/.test(name)) throw new Refusal('invalid_name_specials');
  const taken = Object.values(caller.world.state.channels).some(
    (c) => c !== self && c.kind === 'channel' && c.team_id === caller.install.teamId && c.name === name,
  );
  if (taken) throw new Refusal('name_taken');
  return name;
}

function info(caller: Caller): Json {
  const channel = visibleChannel(caller);
  needChannelScope(caller, channel, 'read');
  const withCount = flag(caller.args, 'include_num_members');
  return { channel: channelShape(channel, caller.install.botUserId, { members: withCount }) };
}

function listChannels(caller: Caller): Json {
  const { world, args, install } = caller;
  const types = list(args, 'types');
  const wanted = types.length > 0 ? types : ['public_channel'];
  const found = Object.values(world.state.channels).filter(
    (c) =>
      c.team_id === install.teamId &&
      wanted.includes(typeOf(c)) &&
      !(flag(args, 'exclude_archived') && c.is_archived) &&
      (!c.is_private || c.members.includes(install.botUserId)),
  );
  for (const type of wanted) needScope(caller, scopeOfType(type));
  const page = paginate(caller, found, { fallback: 100, max: 1000 });
  return {
    channels: page.items.map((c) => channelShape(c, install.botUserId, { members: true })),
    response_metadata: { next_cursor: page.next_cursor },
  };
}

export function typeOf(channel: SandboxChannel): string {
  if (channel.kind !== 'channel') return channel.kind;
  return channel.is_private ? 'private_channel' : 'public_channel';
}

export function scopeOfType(type: string): string {
  const scopes: Record<string, string> = {
    public_channel: 'channels:read',
    private_channel: 'groups:read',
    im: 'im:read',
    mpim: 'mpim:read',
  };
  const scope = scopes[type];
  if (!scope) throw new Refusal('invalid_types');
  return scope;
}

function join(caller: Caller): Json {
  const { world, install } = caller;
  const channel = visibleChannel(caller);
  if (channel.is_archived) throw new Refusal('is_archived');
  if (channel.is_private) throw new Refusal('method_not_supported_for_channel_type');
  const already = channel.members.includes(install.botUserId);
  act.join(world, channel, install.botUserId);
  const shape = channelShape(channel, install.botUserId);
  if (!already) return { channel: shape };
  return { channel: shape, warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } };
}

function leave(caller: Caller): Json {
  const { world, install } = caller;
  const channel = visibleChannel(caller);
  needChannelScope(caller, channel, 'manage');
  if (channel.is_archived) throw new Refusal('is_archived');
  if (channel.is_general) throw new Refusal('cant_leave_general');
  if (!channel.members.includes(install.botUserId)) return { not_in_channel: true };
  act.leave(world, channel, install.botUserId);
  return {};
}

function archive(caller: Caller): Json {
  const { world, install } = caller;
  const channel = visibleChannel(caller);
  needChannelScope(caller, channel, 'manage');
  if (channel.is_archived) throw new Refusal('already_archived');
  if (channel.is_general) throw new Refusal('cant_archive_general');
  if (!channel.members.includes(install.botUserId)) throw new Refusal('not_in_channel');
  act.archive(world, channel, install.botUserId);
  return {};
}

/** A bot leaves a channel that is archived, and whoever is not in it cannot bring it back. */
function unarchive(caller: Caller): Json {
  const channel = visibleChannel(caller);
  if (!channel.is_archived) throw new Refusal('not_archived');
  throw new Refusal('not_in_channel');
}

function rename(caller: Caller): Json {
  const channel = ownChannel(caller);
  needChannelScope(caller, channel, 'manage');
  if (channel.creator !== caller.install.botUserId) throw new Refusal('not_authorized');
  const name = freeName(caller, text(caller.args, 'name') ?? '', channel);
  act.rename(caller.world, channel, name, caller.install.botUserId);
  return { channel: channelShape(channel, caller.install.botUserId) };
}

function setNote(caller: Caller, which: 'topic' | 'purpose'): Json {
  const channel = ownChannel(caller);
  const family = channel.is_private ? 'groups' : 'channels';
  needScope(caller, family === 'channels' ? 'channels:manage' : 'groups:write', `${family}:write.topic`);
  const value = text(caller.args, which) ?? '';
  if (value.length > 250) throw new Refusal('too_long');
  act.setNote(caller.world, channel, which, value, caller.install.botUserId);
  return { channel: channelShape(channel, caller.install.botUserId) };
}

function history(caller: Caller): Json {
  const channel = readable(caller);
  const roots = channel.messages.filter(
    (m) => !m.thread_ts || m.thread_ts === m.ts || m.subtype === 'thread_broadcast',
  );
  const page = paginate(caller, within(caller, roots).reverse(), { fallback: 100, max: 999, most: rationOf(caller) });
  return { ...messagesPage(caller, page), pin_count: channel.pins.length };
}

function replies(caller: Caller): Json {
  const channel = readable(caller);
  const asked = messageAt(channel, required(caller.args, 'ts', 'thread_not_found'), 'thread_not_found');
  const parent = asked.thread_ts ? messageAt(channel, asked.thread_ts, 'thread_not_found') : asked;
  const thread = [parent, ...within(caller, repliesTo(caller.world, parent))];
  return messagesPage(caller, paginate(caller, thread, { fallback: 1000, max: 1000, most: rationOf(caller) }));
}

const rationOf = (caller: Caller): number | undefined => (caller.world.settings.rationHistory ? 15 : undefined);

function readable(caller: Caller): SandboxChannel {
  const channel = visibleChannel(caller);
  needChannelScope(caller, channel, 'history');
  if (!channel.members.includes(caller.install.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

function within(caller: Caller, messages: Message[]): Message[] {
  const oldest = text(caller.args, 'oldest');
  const latest = text(caller.args, 'latest');
  const inclusive = flag(caller.args, 'inclusive');
  return messages.filter((m) => {
    const at = Number(m.ts);
    const afterOldest = !oldest || at > Number(oldest) || (inclusive && at === Number(oldest));
    const beforeLatest = !latest || at < Number(latest) || (inclusive && at === Number(latest));
    return afterOldest && beforeLatest;
  });
}

function messagesPage(caller: Caller, page: { items: Message[]; next_cursor: string }): Json {
  const metadata = flag(caller.args, 'include_all_metadata');
  return {
    messages: page.items.map((m) => messageShape(caller.world, m, { metadata })),
    has_more: page.next_cursor !== '',
    response_metadata: { next_cursor: page.next_cursor },
  };
}

function members(caller: Caller): Json {
  const channel = visibleChannel(caller);
  needChannelScope(caller, channel, 'read');
  const page = paginate(caller, channel.members, { fallback: 100, max: 1000 });
  return { members: page.items, response_metadata: { next_cursor: page.next_cursor } };
}

function open(caller: Caller): Json {
  const { world, args, install } = caller;
  const id = text(args, 'channel');
  if (id) return { channel: { id: visibleChannel(caller).id } };
  const users = list(args, 'users');
  if (users.length === 0) throw new Refusal('users_list_not_supplied');
  if (users.length > 8) throw new Refusal('too_many_users');
  needScope(caller, users.length > 1 ? 'mpim:write' : 'im:write');
  for (const user of users) {
    const known = knownUser(caller, user);
    if (known.id === install.botUserId || known.is_bot) throw new Refusal('cannot_dm_bot');
    if (known.deleted) throw new Refusal('user_disabled');
  }
  const before = Object.keys(world.state.channels).length;
  const dm = dmBetween(world.state, install.teamId, [install.botUserId, ...users], world.clock.now());
  const already = Object.keys(world.state.channels).length === before;
  const shape = flag(args, 'return_im') ? channelShape(dm, install.botUserId) : { id: dm.id };
  return already ? { channel: shape, no_op: true, already_open: true } : { channel: shape };
}
