import { index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

export const tasks = pgTable(
  'tasks',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    details: text('details').notNull().default(''),
    department: text('department'),
    assigneeId: text('assignee_id'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at'),
    status: text('status').$type<'open' | 'started' | 'blocked' | 'done'>().notNull(),
    blockedReason: text('blocked_reason'),
    startedAt: instant('started_at'),
    doneBy: text('done_by'),
    doneAt: instant('done_at'),
    /** The message it was made from, if any. */
    sourceUrl: text('source_url'),
    version: integer('version').notNull().default(1),
  },
  (t) => [unique('tasks_number').on(t.crisisId, t.number), index('tasks_due').on(t.crisisId, t.status, t.dueAt)],
);
