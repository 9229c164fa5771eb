import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

/**
 * Evidence: a trigger refuses DELETE, TRUNCATE and every UPDATE but an erasure, and each entry's hash covers the one before
 * it. The hash covers commitments to words and name, each with its salt, so that they can be erased and everything else
 * still be verified (decision 0015). Without commitments, an entry of an earlier version: its hash covers the words themselves.
 */
export const timelineEntries = pgTable(
  'timeline_entries',
  {
    id: uuid('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Null only when the product itself acted (a reminder, an escalation): never a stand-in for a person. */
    actorId: text('actor_id'),
    actorName: text('actor_name'),
    /** Both languages are written at once: the entry reads without the code that made it. */
    textEn: text('text_en').notNull(),
    textFr: text('text_fr').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    correctsId: uuid('corrects_id').references((): AnyPgColumn => timelineEntries.id),
    wordsHash: text('words_hash'),
    /** Null once the words were erased. */
    wordsSalt: text('words_salt'),
    nameHash: text('name_hash'),
    nameSalt: text('name_salt'),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [unique('timeline_seq').on(t.crisisId, t.seq), index('timeline_kind').on(t.crisisId, t.kind, t.seq)],
);

/** What people wrote in the room, as it stands now; earlier wordings are in the revisions. */
export const roomMessages = pgTable(
  'room_messages',
  {
    workspaceId: text('workspace_id').notNull(),
    channelId: text('channel_id').notNull(),
    ts: text('ts').notNull(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    threadTs: text('thread_ts'),
    authorId: text('author_id'),
    text: text('text').notNull(),
    files: jsonb('files').$type<{ id: string; name: string }[]>().notNull(),
    revision: integer('revision').notNull().default(0),
    deletedAt: instant('deleted_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channelId, t.ts] }), index('room_messages_crisis').on(t.crisisId)],
);

/** Append-only and chained by hash, like the timeline; text and files can be erased like its words. */
export const roomMessageRevisions = pgTable(
  'room_message_revisions',
  {
    workspaceId: text('workspace_id').notNull(),
    channelId: text('channel_id').notNull(),
    ts: text('ts').notNull(),
    revision: integer('revision').notNull(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    /** 1, 2, 3 … over all messages of the crisis. */
    seq: integer('seq').notNull(),
    threadTs: text('thread_ts'),
    authorId: text('author_id'),
    files: jsonb('files').$type<{ id: string; name: string }[]>().notNull(),
    change: text('change').$type<'posted' | 'edited' | 'deleted'>().notNull(),
    byId: text('by_id'),
    text: text('text').notNull(),
    /** Not heard when it was written, and read afterwards. */
    isReadLater: boolean('is_read_later').notNull().default(false),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    wordsHash: text('words_hash'),
    wordsSalt: text('words_salt'),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.channelId, t.ts, t.revision] }),
    unique('room_message_revisions_seq').on(t.crisisId, t.seq),
  ],
);

/** Where the chain of a crisis's room messages ends, as `timeline_seq` and `timeline_hash` say it of its timeline. */
export const roomMessageHeads = pgTable('room_message_heads', {
  crisisId: uuid('crisis_id')
    .primaryKey()
    .references(() => crises.id),
  count: integer('count').notNull(),
  hash: text('hash').notNull(),
});

/** A message from outside the war rooms, from the shortcut until its crisis is chosen. */
export const messageDrafts = pgTable(
  'message_drafts',
  {
    id: uuid('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    userId: text('user_id').notNull(),
    message: jsonb('message').$type<Record<string, unknown>>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('message_drafts_created').on(t.createdAt)],
);
