import { isObject, textOf, withIds } from '../blocks.ts';
import { edit, post, remove } from '../operations.ts';
import { messageShape } from '../shapes.ts';
import { compact, dmBetween, nextTs } from '../state.ts';
import type { EphemeralMessage, Json, Message, SandboxChannel } from '../types.ts';
import { checkMessage } from '../validation/message.ts';
import type { World } from '../world.ts';
import {
  type Caller,
  flag,
  invalid,
  type Method,
  messageAt,
  Refusal,
  required,
  structured,
  text,
  visibleChannel,
} from './method.ts';

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': { scopes: ['chat:write'], tier: 'special', run: postMessage },
  'chat.postEphemeral': { scopes: ['chat:write'], tier: 4, run: postEphemeral },
  'chat.update': { scopes: ['chat:write'], tier: 3, run: update },
  'chat.delete': { scopes: ['chat:write'], tier: 3, run: deleteMessage },
  'chat.getPermalink': { scopes: [], tier: 'special', run: getPermalink },
};

function postMessage(caller: Caller): Json {
  const { world, args, install } = caller;
  const channel = postingChannel(caller);
  const content = messageContent(caller, 4000);
  const threadTs = threadOf(channel, args);
  const broadcast = threadTs !== undefined && flag(args, 'reply_broadcast');
  const message = post(world, channel, {
    user: install.botUserId,
    bot_id: install.botId,
    app_id: world.state.appId,
    ...content,
    ...(threadTs ? { thread_ts: threadTs } : {}),
    ...(broadcast ? { subtype: 'thread_broadcast' } : {}),
  });
  return { channel: channel.id, ts: message.ts, message: messageShape(world, message, { metadata: true }) };
}

/** A user's id posts into the direct conversation with the bot. A channel's name is refused: it may be renamed. */
function postingChannel(caller: Caller): SandboxChannel {
  const { world, install } = caller;
  const id = required(caller.args, 'channel', 'channel_not_found');
  const user = world.state.users[id];
  if (user) {
    if (user.deleted || user.is_bot || user.team_id !== install.teamId) throw new Refusal('channel_not_found');
    return dmBetween(world.state, install.teamId, [install.botUserId, user.id], world.clock.now());
  }
  const channel = visibleChannel(caller);
  if (channel.is_archived) throw new Refusal('is_archived');
  const member = channel.members.includes(install.botUserId);
  if (!member && !install.scopes.includes('chat:write.public')) throw new Refusal('not_in_channel');
  return channel;
}

type Content = Pick<Message, 'text'> & Partial<Pick<Message, 'blocks' | 'attachments' | 'metadata'>>;

function messageContent(caller: Caller, maxText: number): Content {
  const { world, args } = caller;
  const blocks = arrayOf(args, 'blocks');
  const attachments = arrayOf(args, 'attachments');
  const metadata = structured(args, 'metadata');
  const body = text(args, 'text') ?? '';
  checkMessage(world, caller.method, { text: body, blocks, attachments, metadata }, { maxText });
  return compact({
    text: body,
    blocks: blocks && withIds(world.state, blocks),
    attachments: attachments && structuredClone(attachments),
    metadata,
  }) as Content;
}

function arrayOf(args: Json, name: string): Json[] | undefined {
  const value = structured(args, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new Refusal(name === 'blocks' ? 'invalid_blocks_format' : 'invalid_attachments');
  }
  return value;
}

function threadOf(channel: SandboxChannel, args: Json): string | undefined {
  const raw = args.thread_ts;
  if (raw === undefined || raw === null || raw === '') return undefined;
  if (typeof raw !== 'string') throw invalid('[ERROR] must be a string [json-pointer:/thread_ts]');
  const parent = channel.messages.find((m) => m.ts === raw);
  if (!parent) throw new Refusal('thread_not_found');
  if (parent.thread_ts && parent.thread_ts !== parent.ts) {
    throw invalid('[ERROR] thread_ts must be the ts of a parent message, not of a reply [json-pointer:/thread_ts]');
  }
  return raw;
}

function postEphemeral(caller: Caller): Json {
  const { world, args, install } = caller;
  const channel = visibleChannel(caller);
  if (channel.is_archived) throw new Refusal('is_archived');
  if (!channel.members.includes(install.botUserId)) throw new Refusal('not_in_channel');
  const user = required(args, 'user', 'no_user');
  if (!channel.members.includes(user)) throw new Refusal('user_not_in_channel');
  const content = messageContent(caller, 4000);
  const threadTs = threadOf(channel, args);
  const message = showEphemeral(world, channel, user, { ...content, ...(threadTs ? { thread_ts: threadTs } : {}) });
  return { message_ts: message.ts };
}

export function showEphemeral(
  world: World,
  channel: SandboxChannel,
  to: string,
  content: Content & { thread_ts?: string },
): EphemeralMessage {
  const install = world.state.installs[channel.team_id];
  const { metadata: _metadata, ...visible } = content;
  const message: EphemeralMessage = {
    type: 'ephemeral',
    channel: channel.id,
    ts: nextTs(world.state, world.clock.now()),
    team: channel.team_id,
    to,
    user: install?.botUserId ?? '',
    bot_id: install?.botId ?? '',
    ...visible,
  };
  world.state.ephemerals.push(message);
  world.emit({ type: 'ephemeral', change: 'posted', channel: channel.id, message });
  return message;
}

function update(caller: Caller): Json {
  const { world, args, install } = caller;
  const channel = visibleChannel(caller);
  if (channel.is_archived) throw new Refusal('is_inactive');
  const ts = required(args, 'ts');
  if (world.state.ephemerals.some((m) => m.ts === ts)) throw new Refusal('message_not_found');
  const message = messageAt(channel, ts);
  if (message.bot_id !== install.botId || isSystem(message)) throw new Refusal('cant_update_message');
  const content = messageContent(caller, 4000);
  edit(world, channel, message, install.botUserId, content);
  const shape = messageShape(world, message, { metadata: true });
  return { channel: channel.id, ts: message.ts, text: message.text, message: shape };
}

function isSystem(message: Message): boolean {
  return message.subtype !== undefined && !['thread_broadcast', 'file_share'].includes(message.subtype);
}

function deleteMessage(caller: Caller): Json {
  const { world, args, install } = caller;
  const channel = visibleChannel(caller);
  if (channel.is_archived) throw new Refusal('is_archived');
  const message = messageAt(channel, required(args, 'ts'));
  if (message.bot_id !== install.botId) throw new Refusal('cant_delete_message');
  remove(world, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function getPermalink(caller: Caller): Json {
  const channel = visibleChannel(caller);
  const message = messageAt(channel, required(caller.args, 'message_ts'));
  const domain = caller.world.state.teams[channel.team_id]?.domain ?? 'sandbox';
  const path = `https://${domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  const thread = message.thread_ts && message.thread_ts !== message.ts;
  return { channel: channel.id, permalink: thread ? `${path}?thread_ts=${message.thread_ts}&cid=${channel.id}` : path };
}

/** What an acknowledgement's body or a response_url says, with the same rules as any message. */
export function contentFromBody(world: World, where: string, body: Json): Content {
  const blocks = Array.isArray(body.blocks) ? body.blocks.filter(isObject) : undefined;
  const attachments = Array.isArray(body.attachments) ? body.attachments.filter(isObject) : undefined;
  const said = textOf(body.text);
  checkMessage(world, where, { text: said, blocks, attachments, metadata: body.metadata }, { maxText: 4000 });
  return compact({ text: said, blocks: blocks && withIds(world.state, blocks), attachments }) as Content;
}
