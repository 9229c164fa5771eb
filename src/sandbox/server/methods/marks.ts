import * as act from '../operations.ts';
import { messageShape } from '../shapes.ts';
import { nextId, seconds } from '../state.ts';
import type { Bookmark, Json, SandboxChannel } from '../types.ts';
import { type Caller, invalid, type Method, messageAt, Refusal, required, text, visibleChannel } from './method.ts';

/** Bookmarks, pins and reactions: what is hung on a channel or on a message. */
export const markMethods: Record<string, Method> = {
  'bookmarks.add': { scopes: ['bookmarks:write'], tier: 2, run: addBookmark },
  'bookmarks.edit': { scopes: ['bookmarks:write'], tier: 2, run: editBookmark },
  'bookmarks.list': { scopes: ['bookmarks:read'], tier: 3, run: listBookmarks },
  'bookmarks.remove': { scopes: ['bookmarks:write'], tier: 2, run: removeBookmark },
  'pins.add': { scopes: ['pins:write'], tier: 2, run: addPin },
  'pins.list': { scopes: ['pins:read'], tier: 2, run: listPins },
  'pins.remove': { scopes: ['pins:write'], tier: 2, run: removePin },
  'reactions.add': { scopes: ['reactions:write'], tier: 3, run: addReaction },
  'reactions.get': { scopes: ['reactions:read'], tier: 3, run: getReactions },
  'reactions.remove': { scopes: ['reactions:write'], tier: 2, run: removeReaction },
};

function memberChannel(caller: Caller, name = 'channel'): SandboxChannel {
  const channel = visibleChannel(caller, name);
  if (!channel.members.includes(caller.install.botUserId)) throw new Refusal('not_in_channel');
  if (channel.is_archived) throw new Refusal('is_archived');
  return channel;
}

function addBookmark(caller: Caller): Json {
  const { world, args } = caller;
  const channel = memberChannel(caller, 'channel_id');
  const type = required(args, 'type');
  if (type !== 'link') throw new Refusal('invalid_bookmark_type');
  if (channel.bookmarks.length >= 100) throw new Refusal('too_many_bookmarks');
  const now = seconds(world.clock.now());
  const bookmark: Bookmark = {
    id: nextId(world.state, 'Bk'),
    channel_id: channel.id,
    title: required(args, 'title'),
    link: linkOf(required(args, 'link')),
    emoji: text(args, 'emoji') ?? '',
    type,
    date_created: now,
    date_updated: now,
  };
  channel.bookmarks.push(bookmark);
  world.emit({ type: 'channel', channel: channel.id, change: 'bookmarks' });
  return { bookmark: { ...bookmark } };
}

function linkOf(link: string): string {
  if (!/^https?:\/\/\S+$/.test(link)) throw new Refusal('invalid_link');
  return link;
}

function bookmarkOf(caller: Caller, channel: SandboxChannel): Bookmark {
  const id = required(caller.args, 'bookmark_id');
  const found = channel.bookmarks.find((bookmark) => bookmark.id === id);
  if (!found) throw new Refusal('not_found');
  return found;
}

function editBookmark(caller: Caller): Json {
  const { world, args } = caller;
  const channel = memberChannel(caller, 'channel_id');
  const bookmark = bookmarkOf(caller, channel);
  const link = text(args, 'link');
  bookmark.title = text(args, 'title') ?? bookmark.title;
  if (link !== undefined) bookmark.link = linkOf(link);
  bookmark.emoji = text(args, 'emoji') ?? bookmark.emoji;
  bookmark.date_updated = seconds(world.clock.now());
  world.emit({ type: 'channel', channel: channel.id, change: 'bookmarks' });
  return { bookmark: { ...bookmark } };
}

function listBookmarks(caller: Caller): Json {
  return { bookmarks: memberChannel(caller, 'channel_id').bookmarks.map((bookmark) => ({ ...bookmark })) };
}

function removeBookmark(caller: Caller): Json {
  const channel = memberChannel(caller, 'channel_id');
  const bookmark = bookmarkOf(caller, channel);
  channel.bookmarks = channel.bookmarks.filter((b) => b !== bookmark);
  caller.world.emit({ type: 'channel', channel: channel.id, change: 'bookmarks' });
  return {};
}

function addPin(caller: Caller): Json {
  const channel = memberChannel(caller);
  const message = messageAt(channel, required(caller.args, 'timestamp', 'no_item_specified'));
  if (channel.pins.some((pin) => pin.ts === message.ts)) throw new Refusal('already_pinned');
  if (channel.pins.length >= 100) throw new Refusal('too_many_pins');
  act.pin(caller.world, channel, message, caller.install.botUserId);
  return {};
}

function listPins(caller: Caller): Json {
  const channel = memberChannel(caller);
  const items = channel.pins.map((pin) => ({
    type: 'message',
    channel: channel.id,
    created: pin.created,
    created_by: pin.user,
    message: messageShape(caller.world, messageAt(channel, pin.ts)),
  }));
  return { items };
}

function removePin(caller: Caller): Json {
  const channel = memberChannel(caller);
  const message = messageAt(channel, required(caller.args, 'timestamp', 'no_item_specified'));
  if (!channel.pins.some((pin) => pin.ts === message.ts)) throw new Refusal('no_pin');
  act.unpin(caller.world, channel, message, caller.install.botUserId);
  return {};
}

function reactionTarget(caller: Caller) {
  const channel = memberChannel(caller);
  const message = messageAt(channel, required(caller.args, 'timestamp', 'no_item_specified'));
  return { channel, message };
}

function emojiName(caller: Caller): string {
  const name = required(caller.args, 'name', 'invalid_name');
  if (!/^[a-z0-9_+\-']+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
  return name;
}

function addReaction(caller: Caller): Json {
  const { channel, message } = reactionTarget(caller);
  const added = act.react(caller.world, channel, message, caller.install.botUserId, emojiName(caller));
  if (!added) throw new Refusal('already_reacted');
  return {};
}

function removeReaction(caller: Caller): Json {
  const { channel, message } = reactionTarget(caller);
  const removed = act.unreact(caller.world, channel, message, caller.install.botUserId, emojiName(caller));
  if (!removed) throw new Refusal('no_reaction');
  return {};
}

function getReactions(caller: Caller): Json {
  if (!caller.args.timestamp) throw invalid('[ERROR] missing required field: timestamp');
  const { channel, message } = reactionTarget(caller);
  return { type: 'message', channel: channel.id, message: messageShape(caller.world, message) };
}
