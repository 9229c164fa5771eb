import { z } from 'zod';
import { storable } from '../core/storable.ts';
import { plainText } from '../slack/mrkdwn.ts';
import type { Seen } from './capture.ts';
import { momentOf } from './rules.ts';

/** Seconds since 1970, as text. */
const moment = z.string().regex(/^\d+(?:\.\d+)?$/);

/** What a message may lack or hold as null: it is read without it. */
const some = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

const file = z.looseObject({ id: z.string(), name: some(z.string().nullable()) });
const messageSchema = z.looseObject({
  ts: moment,
  thread_ts: some(z.string()),
  user: some(z.string()),
  subtype: some(z.string()),
  text: some(z.string()),
  edited: some(z.looseObject({ user: some(z.string()), ts: some(moment) })),
  files: some(z.array(some(file)).transform((files) => files.filter((one) => one !== undefined))),
});
export type SlackText = z.infer<typeof messageSchema>;

export const messageEvent = messageSchema.extend({
  ts: some(moment),
  channel: z.string(),
  event_ts: some(moment),
  deleted_ts: some(moment),
  message: messageSchema.nullish(),
  previous_message: some(messageSchema),
});
export type MessageEvent = z.infer<typeof messageEvent>;

/** A message of a room and what one delivery says about it. */
export type Captured = {
  ts: string;
  threadTs: string | null;
  authorId: string | null;
  files: { id: string; name: string }[];
  seen: Seen[];
};

/** What people write; joining, topics and the like are told elsewhere or not at all. */
const written: readonly (string | undefined)[] = [
  undefined,
  'file_share',
  'thread_broadcast',
  'me_message',
  'bot_message',
];

/** Reads a delivery. Null for what nobody wrote and for the product's own messages, whose edits Slack delivers as well. */
export function readEvent(event: MessageEvent, botUserId: string): Captured | null {
  if (event.subtype === 'message_changed') return readChange(event, botUserId);
  if (event.subtype === 'message_deleted') return readDeletion(event, event.previous_message, botUserId);
  if (!event.ts || !written.includes(event.subtype) || event.user === botUserId) return null;
  return captured({ ...event, ts: event.ts });
}

function readChange(event: MessageEvent, botUserId: string): Captured | null {
  const { message, previous_message: previous } = event;
  if (!message) return null;
  // A message with replies is not removed: its text is replaced by Slack's.
  if (message.subtype === 'tombstone') return readDeletion(event, previous ?? message, botUserId);
  if (message.user === botUserId || !written.includes(message.subtype)) return null;
  const edited = message.edited && { ...message.edited, ts: message.edited.ts ?? event.event_ts };
  const now = captured({ ...message, edited });
  return { ...now, seen: [...(previous ? [seenOf(previous)] : []), ...now.seen] };
}

function readDeletion(event: MessageEvent, gone: SlackText | undefined, botUserId: string): Captured | null {
  const ts = event.deleted_ts ?? gone?.ts;
  if (!ts || gone?.user === botUserId || (gone?.subtype && !written.includes(gone.subtype))) return null;
  const at = momentOf(event.event_ts ?? event.ts ?? ts);
  const deletion: Seen = { change: 'deleted', text: plainText(gone?.text ?? ''), at, byId: null };
  if (!gone) return { ts, threadTs: null, authorId: null, files: [], seen: [deletion] };
  const before = captured({ ...gone, ts });
  return { ...before, seen: [...before.seen, deletion] };
}

export const captured = (message: SlackText): Captured => ({
  ts: message.ts,
  threadTs: message.thread_ts ?? null,
  authorId: message.user ?? null,
  files: (message.files ?? []).map((f) => ({ id: f.id, name: storable(f.name ?? f.id) })),
  seen: [seenOf(message)],
});

const seenOf = (message: SlackText): Seen => ({
  change: message.edited ? 'edited' : 'posted',
  text: plainText(message.text ?? ''),
  at: momentOf(message.edited?.ts ?? message.ts),
  byId: message.edited ? (message.edited.user ?? null) : (message.user ?? null),
});
