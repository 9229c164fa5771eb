import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

export const statements = pgTable(
  'statements',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    number: integer('number').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    status: text('status')
      .$type<'draft' | 'in_review' | 'changes_requested' | 'approved' | 'rejected' | 'published' | 'withdrawn'>()
      .notNull(),
    currentVersion: integer('current_version').notNull(),
    /** Whose approval the policy asked for when the current version was submitted: departments, and `lead`. */
    requiredDepartments: text('required_departments').array().notNull(),
    /** Who was asked, personally, to approve the current version. */
    askedIds: text('asked_ids').array().notNull(),
    submittedBy: text('submitted_by'),
    submittedAt: instant('submitted_at'),
    /** When the approvals of this review are due, as was said; null before, and for what was submitted before this was kept. */
    dueAt: instant('due_at'),
    /** When the deputies of silent departments were asked as well. */
    relayedAt: instant('relayed_at'),
    /** When the lead was told that the time for an answer had run out. */
    overdueAt: instant('overdue_at'),
    approvedAt: instant('approved_at'),
    publishedBy: text('published_by'),
    publishedAt: instant('published_at'),
    publishedUrl: text('published_url'),
    /** Where, for what has no address: a letter, an e-mail to a list, an intranet screen. */
    publishedWhere: text('published_where'),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    /** The same in the other language: each of the two names the other. */
    twinId: uuid('twin_id'),
    /** The template it was begun from, as it stood then: its text with placeholders, and its clearance. */
    origin: jsonb('origin').$type<Record<string, unknown>>(),
    /** Who could approve when the current version was submitted. Null before, and for what was submitted before this was kept. */
    seats: jsonb('seats').$type<Record<string, unknown>>(),
    /** The approved wording that the current one was made from: whoever wrote since may not approve. */
    approvedVersion: integer('approved_version'),
  },
  (t) => [unique('statements_number').on(t.crisisId, t.number), index('statements_status').on(t.crisisId, t.status)],
);

/** Immutable wordings: a trigger refuses any change. An approval names one of them by its hash, which covers every field that is read. */
export const statementVersions = pgTable(
  'statement_versions',
  {
    statementId: uuid('statement_id')
      .notNull()
      .references(() => statements.id),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    audience: text('audience').notNull(),
    language: text('language').$type<'en' | 'fr'>().notNull(),
    body: text('body').notNull(),
    /** The author says that it admits, compensates, recalls, names or moves the market. Part of what is hashed. */
    isSensitive: boolean('is_sensitive').notNull().default(false),
    hash: text('hash').notNull(),
    authorId: text('author_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.statementId, t.number] })],
);

/** Append-only. A verdict is of one version: a newer one leaves it behind. */
export const statementVerdicts = pgTable(
  'statement_verdicts',
  {
    id: uuid('id').primaryKey(),
    statementId: uuid('statement_id')
      .notNull()
      .references(() => statements.id),
    versionNumber: integer('version_number').notNull(),
    versionHash: text('version_hash').notNull(),
    department: text('department').notNull(),
    userId: text('user_id').notNull(),
    /** What the person stood there as; `lead` and `management` may stand in for a department that has nobody else. */
    capacity: text('capacity').$type<'person' | 'deputy' | 'lead' | 'management'>().notNull(),
    verdict: text('verdict').$type<'approved' | 'changes_requested' | 'rejected'>().notNull(),
    reason: text('reason'),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [index('statement_verdicts_statement').on(t.statementId, t.versionNumber)],
);

/** Append-only: answers to what the check found in one wording. They name it by its hash, so an edit leaves them behind. */
export const statementAnswers = pgTable(
  'statement_answers',
  {
    id: uuid('id').primaryKey(),
    statementId: uuid('statement_id')
      .notNull()
      .references(() => statements.id),
    versionNumber: integer('version_number').notNull(),
    versionHash: text('version_hash').notNull(),
    code: text('code').notNull(),
    /** The words in question. */
    excerpt: text('excerpt').notNull(),
    answer: text('answer').$type<'not_said' | 'legal_ok' | 'linked' | 'not_ours' | 'waived'>().notNull(),
    /** Done tasks and measures that stand behind an act. */
    targets: jsonb('targets').$type<{ kind: 'task' | 'measure'; id: string; number: number }[]>().notNull(),
    reason: text('reason'),
    userId: text('user_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('statement_answers_statement').on(t.statementId, t.versionNumber)],
);

/** What somebody of the cell said of a name or a number, for every text of the crisis. */
export const statementTerms = pgTable(
  'statement_terms',
  {
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    kind: text('kind').$type<'person' | 'contact'>().notNull(),
    /** The words without case, spaces and signs: how they are found again. */
    key: text('key').notNull(),
    isSo: boolean('is_so').notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.crisisId, t.kind, t.key] })],
);

/** One per crisis: three messages with their proofs. */
export const messageMaps = pgTable('message_maps', {
  crisisId: uuid('crisis_id')
    .primaryKey()
    .references(() => crises.id),
  messages: jsonb('messages').$type<{ message: string; proofs: string[] }[]>().notNull(),
  version: integer('version').notNull(),
  savedBy: text('saved_by').notNull(),
  savedAt: instant('saved_at').notNull(),
});

/** What each published text said of when we speak next; `dueAt` is null where it promised nothing. */
export const promises = pgTable(
  'promises',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    statementId: uuid('statement_id')
      .notNull()
      .references(() => statements.id),
    dueAt: instant('due_at'),
    keptBy: text('kept_by'),
    keptAt: instant('kept_at'),
    missedAt: instant('missed_at'),
  },
  (t) => [unique('promises_statement').on(t.statementId), index('promises_crisis').on(t.crisisId, t.dueAt)],
);
