import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';
import { workspaces } from './workspaces.ts';

type Level = 'routine' | 'watch' | 'incident' | 'crisis' | 'major';
type Dimension = 'harm' | 'legal' | 'reach' | 'source' | 'evidence' | 'sentiment' | 'business' | 'internal';
type Values = Record<Dimension, 0 | 1 | 2 | 3 | 4 | null>;
type Weights = Record<Dimension, number>;
type Flag = 'threat' | 'breach' | 'contact' | 'listed' | 'opinion' | 'satire' | 'press';

const workspaceId = () =>
  text('workspace_id')
    .notNull()
    .references(() => workspaces.id);

/** Something that was assessed outside of a crisis, and what became of it. */
export const matters = pgTable(
  'matters',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    title: text('title').notNull(),
    openedBy: text('opened_by').notNull(),
    openedAt: instant('opened_at').notNull(),
    status: text('status').$type<'assessed' | 'watch' | 'ordinary' | 'ended' | 'declared'>().notNull(),
    /** The crisis that was declared about it. */
    crisisId: uuid('crisis_id').references(() => crises.id),
    /** Who assessed it last, and is reminded. */
    watcherId: text('watcher_id').notNull(),
    /** Whom it concerns among our own: when it names somebody, only those who assessed it see it. */
    concernedIds: text('concerned_ids').array().notNull().default([]),
    /** While it is a watch: when to look again, and the key of the alarm; the key is null once it has rung. */
    reassessAt: instant('reassess_at'),
    alarmKey: text('alarm_key'),
    /** Reminders sent so far, and the one that still carries buttons: to whom it went; null when none does. */
    reminder: integer('reminder').notNull().default(0),
    remindedId: text('reminded_id'),
    version: integer('version').notNull().default(1),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [index('matters_status').on(t.workspaceId, t.status, t.changedAt), index('matters_crisis').on(t.crisisId)],
);

/** Append-only: a new assessment supersedes the one before it, of a matter or of a crisis. */
export const assessments = pgTable(
  'assessments',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    matterId: uuid('matter_id').references(() => matters.id),
    crisisId: uuid('crisis_id').references(() => crises.id),
    assessedBy: text('assessed_by').notNull(),
    assessedAt: instant('assessed_at').notNull(),
    values: jsonb('values').$type<Values>().notNull(),
    flags: jsonb('flags').$type<Flag[]>().notNull(),
    /** What is said, or what happened: the declaration starts from it. */
    account: text('account').notNull().default(''),
    /** Where it was seen. */
    url: text('url'),
    /** What is usual, in the assessor's words. */
    baseline: text('baseline').notNull().default(''),
    /** What it was computed with, so that it can be computed again as it was. */
    weightsVersion: integer('weights_version').notNull(),
    weights: jsonb('weights').$type<Weights>().notNull(),
    score: doublePrecision('score').notNull(),
    low: doublePrecision('low').notNull(),
    high: doublePrecision('high').notNull(),
    /** What the values give by themselves, and the level after what stood before was considered. */
    computed: text('computed').$type<Level>().notNull(),
    level: text('level').$type<Level>().notNull(),
    rule: jsonb('rule').$type<Record<string, unknown>>().notNull(),
    /** The level that was in force; null for the first assessment of a matter. */
    before: text('before').$type<Level>(),
  },
  (t) => [
    index('assessments_matter').on(t.matterId, t.assessedAt),
    index('assessments_crisis').on(t.crisisId, t.assessedAt),
    index('assessments_workspace').on(t.workspaceId, t.assessedAt),
  ],
);

/** Append-only: what people made of an assessment. `level` is the one they ended with. */
export const assessmentOutcomes = pgTable(
  'assessment_outcomes',
  {
    id: uuid('id').primaryKey(),
    assessmentId: uuid('assessment_id')
      .notNull()
      .references(() => assessments.id),
    kind: text('kind').$type<'applied' | 'overridden' | 'ordinary' | 'watch' | 'ended' | 'declared'>().notNull(),
    level: text('level').$type<Level>().notNull(),
    reason: text('reason').notNull().default(''),
    decidedBy: text('decided_by').notNull(),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [index('assessment_outcomes_assessment').on(t.assessmentId, t.decidedAt)],
);

/** Append-only: the weights of a workspace, from the first one that differs from the standard on. */
export const assessmentWeights = pgTable(
  'assessment_weights',
  {
    workspaceId: workspaceId(),
    version: integer('version').notNull(),
    weights: jsonb('weights').$type<Weights>().notNull(),
    reason: text('reason').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
);

/** Cases from before the product, entered by hand to calibrate the weights. */
export const pastCases = pgTable(
  'past_cases',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    title: text('title').notNull(),
    values: jsonb('values').$type<Values>().notNull(),
    flags: jsonb('flags').$type<Flag[]>().notNull(),
    /** What it should have been called, in hindsight. */
    level: text('level').$type<Level>().notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull(),
    removedBy: text('removed_by'),
    removedAt: instant('removed_at'),
  },
  (t) => [index('past_cases_workspace').on(t.workspaceId, t.enteredAt)],
);

/** When an open crisis is to be assessed again: one row, at most one reminder outstanding. */
export const reassessments = pgTable('reassessments', {
  crisisId: uuid('crisis_id')
    .primaryKey()
    .references(() => crises.id),
  /** Assessments since the level was taken: the first ones follow faster. */
  step: integer('step').notNull(),
  dueAt: instant('due_at'),
  /** Null once it has rung. */
  alarmKey: text('alarm_key'),
  /** Moves with every plan: keys are for ever. */
  plan: integer('plan').notNull(),
  reminder: integer('reminder').notNull().default(0),
  /** To whom the outstanding reminder went; null when there is none. */
  remindedId: text('reminded_id'),
});
