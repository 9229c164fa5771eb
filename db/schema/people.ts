import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { workspaces } from './workspaces.ts';

const workspaceId = () =>
  text('workspace_id')
    .notNull()
    .references(() => workspaces.id);

export const people = pgTable(
  'people',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    language: text('language').$type<'en' | 'fr'>(),
    timeZone: text('time_zone'),
    isBot: boolean('is_bot').notNull().default(false),
    isDeactivated: boolean('is_deactivated').notNull().default(false),
    isGuest: boolean('is_guest').notNull().default(false),
    isExternal: boolean('is_external').notNull().default(false),
    /** Administrator or owner of the Slack workspace. */
    isAdmin: boolean('is_admin').notNull().default(false),
    refreshedAt: instant('refreshed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** Where each person is written to directly, as Slack said when it was asked. */
export const directChannels = pgTable(
  'direct_channels',
  {
    workspaceId: workspaceId(),
    userId: text('user_id').notNull(),
    channelId: text('channel_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] })],
);

export const userGroups = pgTable(
  'user_groups',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    handle: text('handle').notNull(),
    name: text('name').notNull(),
    isDisabled: boolean('is_disabled').notNull().default(false),
    memberIds: text('member_ids').array().notNull(),
    refreshedAt: instant('refreshed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** The roster: who answers for a department when a crisis is declared. */
export const departments = pgTable(
  'departments',
  {
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    /** Null for the departments that the product names itself, in the reader's language. */
    name: text('name'),
    position: integer('position').notNull(),
    peopleIds: text('people_ids').array().notNull(),
    deputyIds: text('deputy_ids').array().notNull(),
    groupIds: text('group_ids').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] })],
);
