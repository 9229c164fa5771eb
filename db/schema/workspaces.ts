import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  domain: text('domain').notNull(),
  botUserId: text('bot_user_id').notNull(),
  language: text('language').$type<'en' | 'fr'>().notNull().default('en'),
  timeZone: text('time_zone').notNull().default('Europe/Paris'),
  privateByDefault: boolean('private_by_default').notNull().default(true),
  /** Null: everybody but guests may declare. */
  declarers: text('declarers').array(),
  /** Minutes between digests by level, where the workspace differs from the standard beat. */
  digestMinutes: jsonb('digest_minutes').$type<Record<string, number>>().notNull().default({}),
  /** Days that everything is kept once the product was removed; null: until an administrator erases it. */
  keepDays: integer('keep_days'),
  /** After a restoration: crises are numbered above this. */
  numbersFrom: integer('numbers_from').notNull().default(0),
  settingsVersion: integer('settings_version').notNull().default(0),
  settingsBy: text('settings_by'),
  settingsAt: instant('settings_at'),
  peopleSyncedAt: instant('people_synced_at'),
  /** When the product last said that it listened: rooms are read after a silence. */
  heardAt: instant('heard_at'),
  installedAt: instant('installed_at').notNull(),
});

/** Workspaces in which somebody pressed "Add to Slack". With SLACK_BOT_TOKEN there are none: nothing is kept at rest. */
export const installations = pgTable('installations', {
  workspaceId: text('workspace_id')
    .primaryKey()
    .references(() => workspaces.id),
  botId: text('bot_id').notNull(),
  /** Encrypted, and of use for this workspace only; null once the product was removed from it. */
  token: text('token'),
  installedBy: text('installed_by').notNull(),
  installedAt: instant('installed_at').notNull(),
  endedAt: instant('ended_at'),
});

/** Append-only: every version of the settings, with who saved it and what stood before. */
export const settingsChanges = pgTable(
  'settings_changes',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    version: integer('version').notNull(),
    /** Null only for an administrator at the command line, whom nothing names. */
    changedBy: text('changed_by'),
    changedAt: instant('changed_at').notNull(),
    source: text('source').$type<'form' | 'file' | 'command_line'>().notNull(),
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    after: jsonb('after').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
);
