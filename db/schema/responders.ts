import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { crises } from './crises.ts';

export const responders = pgTable(
  'responders',
  {
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    userId: text('user_id').notNull(),
    department: text('department'),
    isDeputy: boolean('is_deputy').notNull().default(false),
    addedAt: instant('added_at').notNull(),
    inRoom: boolean('in_room').notNull().default(false),
    leftAt: instant('left_at'),
    /** Slack's reason, when the person could not be added to the room. */
    inviteError: text('invite_error'),
    /** When the person said "I'm on it". */
    presentAt: instant('present_at'),
    /** The last time somebody called this person by name, who it was and why. */
    calledAt: instant('called_at'),
    calledBy: text('called_by'),
    callReason: text('call_reason'),
  },
  (t) => [primaryKey({ columns: [t.crisisId, t.userId] }), index('responders_user').on(t.userId)],
);

/** One per department called: waiting on its people, then its deputies, then the crisis lead, until somebody answers. */
export const callouts = pgTable(
  'callouts',
  {
    id: uuid('id').primaryKey(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    department: text('department').notNull(),
    departmentName: text('department_name'),
    stage: text('stage').$type<'people' | 'deputies' | 'lead'>().notNull(),
    stageAt: instant('stage_at').notNull(),
    deputiesAt: instant('deputies_at'),
    /** 1 for the first call; each further call of the department is a round with a card of its own. */
    round: integer('round').notNull().default(1),
    reason: text('reason').notNull().default(''),
    peopleIds: text('people_ids').array().notNull(),
    deputyIds: text('deputy_ids').array().notNull(),
    /** Who said that they cannot. */
    declinedIds: text('declined_ids').array().notNull(),
    /** The crisis lead who was told that nobody answers. */
    toldLeadId: text('told_lead_id'),
    /** Null when the declaration or the level called. */
    calledBy: text('called_by'),
    calledAt: instant('called_at').notNull(),
    dueAt: instant('due_at').notNull(),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [unique('callouts_department').on(t.crisisId, t.department)],
);
