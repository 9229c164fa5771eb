import { index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
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
    startedBy: text('started_by'),
    startedAt: instant('started_at'),
    doneBy: text('done_by'),
    doneAt: instant('done_at'),
    /**
     * What the product saw up to here has had its effect: the act closed the task then, or somebody reopened it by hand.
     * Null on a task that a person closed.
     */
    noticedAt: instant('noticed_at'),
    /** What was said of it at the closing, when nobody had marked it done until then. */
    settledAs: text('settled_as').$type<'done' | 'with_department' | 'dropped'>(),
    /** The line of a playbook it was made from, `core/t1`: no line is made twice. */
    origin: text('origin'),
    /** The message it was made from, if any. */
    sourceUrl: text('source_url'),
    /** Moves with every change that a person made; buttons carry the one they were drawn from. */
    version: integer('version').notNull().default(1),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** With which others a playbook's line appears in a small team, from 1. */
    lot: integer('lot'),
    /** Not shown before: a small team sees one lot after the other. */
    fromAt: instant('from_at'),
    /** Who gave it to the person it is given to, and when; null for what nobody gave, or somebody took. */
    assignedBy: text('assigned_by'),
    assignedAt: instant('assigned_at'),
    /** Written by earlier versions, which reminded of each task by itself: they may still run beside this one. */
    remindStep: integer('remind_step'),
    remindAt: instant('remind_at'),
    remindKey: text('remind_key'),
    reminderId: uuid('reminder_id'),
    assignedVersion: integer('assigned_version'),
  },
  (t) => [
    unique('tasks_number').on(t.crisisId, t.number),
    unique('tasks_origin').on(t.crisisId, t.origin),
    index('tasks_due').on(t.crisisId, t.status, t.dueAt),
  ],
);

/** Of earlier versions: what one person was reminded of at one moment. Nothing reads it any more. */
export const taskReminders = pgTable(
  'task_reminders',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    userId: text('user_id').notNull(),
    sentAt: instant('sent_at').notNull(),
    taskIds: jsonb('task_ids').$type<string[]>().notNull(),
  },
  (t) => [index('task_reminders_crisis').on(t.crisisId, t.sentAt)],
);
