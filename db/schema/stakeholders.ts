import { integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

/** Who must hear, in the order of `position`. */
export const stakeholders = pgTable(
  'stakeholders',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    name: text('name').notNull(),
    circle: text('circle')
      .$type<'affected' | 'employees' | 'front_line' | 'partners' | 'authorities' | 'press' | 'public'>()
      .notNull(),
    position: integer('position').notNull(),
    channel: text('channel').notNull().default(''),
    /** The number of the statement by which they hear. */
    statementNumber: integer('statement_number'),
    ownerId: text('owner_id'),
    department: text('department'),
    status: text('status').$type<'waiting' | 'told' | 'not_needed'>().notNull(),
    toldAt: instant('told_at'),
    toldBy: text('told_by'),
    notNeededReason: text('not_needed_reason'),
    version: integer('version').notNull().default(1),
    recordedBy: text('recorded_by'),
    recordedAt: instant('recorded_at').notNull(),
    changedBy: text('changed_by'),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [unique('stakeholders_number').on(t.crisisId, t.number)],
);
