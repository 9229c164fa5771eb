import { boolean, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

export const facts = pgTable(
  'facts',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    text: text('text').notNull(),
    /** Moves with every wording; the earlier ones stay in `fact_revisions`. */
    revision: integer('revision').notNull().default(1),
    status: text('status').$type<'confirmed' | 'checking' | 'false'>().notNull(),
    ownerId: text('owner_id').notNull(),
    source: text('source').notNull().default(''),
    confirmedBy: text('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    /** One person says that it is false; it is false once a second one has confirmed that. */
    falseSaidBy: text('false_said_by'),
    falseSaidAt: instant('false_said_at'),
    falseConfirmedBy: text('false_confirmed_by'),
    /** The version at which somebody last said so: names the message that asks for the second person. */
    falseVersion: integer('false_version'),
    /** Moves with every change; buttons and forms carry the one they were drawn from. */
    version: integer('version').notNull().default(1),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [unique('facts_number').on(t.crisisId, t.number)],
);

/** Every wording a fact has had. */
export const factRevisions = pgTable(
  'fact_revisions',
  {
    factId: uuid('fact_id')
      .notNull()
      .references(() => facts.id),
    revision: integer('revision').notNull(),
    text: text('text').notNull(),
    writtenBy: text('written_by').notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.factId, t.revision] })],
);

/** What was decided stays as it was decided: a later decision replaces an earlier one. */
export const decisions = pgTable(
  'decisions',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    text: text('text').notNull(),
    options: text('options').notNull().default(''),
    reason: text('reason').notNull(),
    deciderId: text('decider_id').notNull(),
    /** The number of the decision that this one replaces. */
    replaces: integer('replaces'),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [unique('decisions_number').on(t.crisisId, t.number), unique('decisions_replaces').on(t.crisisId, t.replaces)],
);

export const measures = pgTable(
  'measures',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    text: text('text').notNull(),
    ownerId: text('owner_id').notNull(),
    dueAt: instant('due_at'),
    isPublic: boolean('is_public').notNull(),
    doneAt: instant('done_at'),
    doneBy: text('done_by'),
    /** Where it can be seen that it was done. */
    proof: text('proof').notNull().default(''),
    version: integer('version').notNull().default(1),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [unique('measures_number').on(t.crisisId, t.number)],
);

export const causes = pgTable(
  'causes',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    family: text('family').notNull(),
    text: text('text').notNull(),
    status: text('status').$type<'hypothesis' | 'confirmed' | 'ruled_out'>().notNull(),
    evidence: text('evidence').notNull().default(''),
    ownerId: text('owner_id').notNull(),
    version: integer('version').notNull().default(1),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [unique('causes_number').on(t.crisisId, t.number)],
);

/** What the suggestion of a posture is made from: one row per crisis, as somebody set it last. */
export const postures = pgTable('postures', {
  crisisId: uuid('crisis_id')
    .primaryKey()
    .references(() => crises.id),
  cluster: text('cluster').$type<'victim' | 'accident' | 'preventable'>().notNull(),
  truth: text('truth').$type<'confirmed' | 'plausible' | 'unknown' | 'false'>().notNull(),
  hasHistory: boolean('has_history').notNull(),
  reputation: text('reputation').$type<'good' | 'neutral' | 'bad'>().notNull(),
  version: integer('version').notNull().default(1),
  setBy: text('set_by').notNull(),
  setAt: instant('set_at').notNull(),
});
