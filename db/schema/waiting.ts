import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

/** What one person was told of what waits on them in one crisis: one message at a time, posted afresh for what is new. */
export const waiting = pgTable(
  'waiting',
  {
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    userId: text('user_id').notNull(),
    /** Of the message that stands now; older ones are one line. */
    generation: integer('generation').notNull(),
    postedAt: instant('posted_at').notNull(),
    /** What they were told, `key news`, as far as it still waits. */
    told: text('told').array().notNull(),
    /** Of what the message shows: it is drawn again when this changes. */
    contentHash: text('content_hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.crisisId, t.userId] })],
);
