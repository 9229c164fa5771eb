import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * The ledger of visible effects: one row per message the product owes somebody, by key. `attempted` means that a call
 * left and may still be under way; `unsure` that it ended without telling its outcome; `unsent` that it surely had none;
 * `failed` that Slack refused it; `lost` that it may be there and Slack refuses to let us look.
 */
export const effects = pgTable(
  'effects',
  {
    key: text('key').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    crisisId: uuid('crisis_id'),
    state: text('state').$type<'attempted' | 'unsure' | 'unsent' | 'done' | 'failed' | 'lost'>().notNull(),
    attempts: integer('attempts').notNull(),
    firstAttemptAt: instant('first_attempt_at').notNull(),
    attemptedAt: instant('attempted_at').notNull(),
    channelId: text('channel_id'),
    ts: text('ts'),
    /** Of the payload last shown, so that an unchanged message costs no call. */
    contentHash: text('content_hash'),
    /** Whether it was ever drawn with buttons: taken away when its crisis is closed, and drawn again when it is reopened. */
    hasButtons: boolean('has_buttons').notNull().default(false),
    error: text('error'),
    /** What notifications said of it: names the message when Slack refuses it. */
    what: text('what').notNull(),
    /** The job that shows it, so that a repair can order it again. */
    job: jsonb('job').$type<{ kind: string; queue: string; order: string | null; data: Record<string, unknown> }>(),
  },
  (t) => [index('effects_crisis').on(t.crisisId, t.state)],
);

/**
 * The database was restored from a copy that was made then: for a day, whatever is shown for the first time is looked for
 * first, because it may have been shown after the copy was made.
 */
export const restorations = pgTable('restorations', {
  restoredAt: instant('restored_at').primaryKey(),
  madeAt: instant('made_at').notNull(),
});

/**
 * When each channel may next be posted to, each workspace's messages edited (`edits:T…`), and a message that is edited
 * now and then only edited again (`edit:` and its key): paces that all instances share.
 */
export const channelPaces = pgTable('channel_paces', {
  channelId: text('channel_id').primaryKey(),
  nextPostAt: instant('next_post_at').notNull(),
});

/** Deliveries that already changed something. Slack repeats itself, up to an hour late. */
export const deliveries = pgTable(
  'deliveries',
  {
    key: text('key').primaryKey(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [index('deliveries_received').on(t.receivedAt)],
);
