import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { workspaces } from './workspaces.ts';

/** What a workspace says of its preparation that nothing else shows. */
export const preparations = pgTable('preparations', {
  workspaceId: text('workspace_id')
    .primaryKey()
    .references(() => workspaces.id),
  /** The day of the last exercise, as somebody said it: `2026-11-22`. */
  exercisedOn: text('exercised_on'),
  /** Who is reminded; null: whoever saved the settings last. */
  ownerId: text('owner_id'),
  remindersOff: boolean('reminders_off').notNull().default(false),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull(),
});
