import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
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
  settingsVersion: integer('settings_version').notNull().default(0),
  settingsBy: text('settings_by'),
  settingsAt: instant('settings_at'),
  peopleSyncedAt: instant('people_synced_at'),
  installedAt: instant('installed_at').notNull(),
});
