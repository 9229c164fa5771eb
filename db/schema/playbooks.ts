import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { workspaces } from './workspaces.ts';

const workspaceId = () =>
  text('workspace_id')
    .notNull()
    .references(() => workspaces.id);

/** Append-only: every version of a workspace's own playbooks. The product's own is version 0, and is no row. */
export const playbookVersions = pgTable(
  'playbook_versions',
  {
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    version: integer('version').notNull(),
    act: text('act').$type<'edited' | 'cloned' | 'reverted' | 'retired' | 'restored'>().notNull(),
    /** Null once the workspace went back to the product's own version. */
    content: jsonb('content').$type<Record<string, unknown>>(),
    /** Who last changed the wording of each template, by its id: they may not clear it themselves. */
    editors: jsonb('editors').$type<Record<string, string>>().notNull(),
    /** Which playbook it was cloned from. */
    clonedFrom: text('cloned_from'),
    note: text('note').notNull().default(''),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key, t.version] })],
);

/** Append-only: somebody read a version of a playbook through and found it good. */
export const playbookReviews = pgTable(
  'playbook_reviews',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    version: integer('version').notNull(),
    reviewedBy: text('reviewed_by').notNull(),
    reviewedAt: instant('reviewed_at').notNull(),
  },
  (t) => [index('playbook_reviews_key').on(t.workspaceId, t.key)],
);

/** Append-only: legal cleared one wording of a template in peacetime, until a day. */
export const templateClearances = pgTable(
  'template_clearances',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    playbook: text('playbook').notNull(),
    templateId: text('template_id').notNull(),
    /** Of the template in both languages. */
    hash: text('hash').notNull(),
    clearedBy: text('cleared_by').notNull(),
    clearedAt: instant('cleared_at').notNull(),
    validUntil: instant('valid_until').notNull(),
  },
  (t) => [index('template_clearances_workspace').on(t.workspaceId)],
);
