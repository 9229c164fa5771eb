import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

export const digests = pgTable(
  'digests',
  {
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    /** Null when the beat asked for it rather than a person. */
    askedBy: text('asked_by'),
    at: instant('at').notNull(),
    /** True when nothing had changed and the room was spared. */
    skipped: boolean('skipped').notNull(),
    /** The last entry it covers: the next digest tells what came after it. */
    upToSeq: integer('up_to_seq').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.crisisId, t.number] })],
);
