import { index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

export const digests = pgTable(
  'digests',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    /** What people say aloud; null when nothing had changed and the room was spared. */
    number: integer('number'),
    /** Null when the beat asked for it rather than a person. */
    askedBy: text('asked_by'),
    at: instant('at').notNull(),
    /** The level at that moment. */
    level: text('level').$type<'routine' | 'watch' | 'incident' | 'crisis' | 'major'>().notNull(),
    /** The last entry it covers: the next digest tells what came after it. */
    upToSeq: integer('up_to_seq').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [unique('digests_number').on(t.crisisId, t.number), index('digests_crisis').on(t.crisisId, t.at)],
);
