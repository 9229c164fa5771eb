import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { workspaces } from './workspaces.ts';

export const crises = pgTable(
  'crises',
  {
    id: uuid('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    /** 1, 2, 3 … within the workspace: what people say aloud. Null for a closed team's: nobody counts what they must not know. */
    number: integer('number'),
    /** Of a closed team: what stands in place of number and title wherever somebody outside it could read along. */
    codeName: text('code_name'),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    level: text('level').$type<'routine' | 'watch' | 'incident' | 'crisis' | 'major'>().notNull(),
    playbook: text('playbook').notNull(),
    isPrivate: boolean('is_private').notNull(),
    /** A very small room: who knows is chosen one by one, departments are not called as a whole. */
    isClosed: boolean('is_closed').notNull().default(false),
    /** The persons concerned, for whom this crisis does not exist. */
    excludedIds: text('excluded_ids').array().notNull().default([]),
    /** The persons targeted, who are told first. */
    targetedIds: text('targeted_ids').array().notNull().default([]),
    /** Named for a closed team that could call nobody of legal. */
    lawyerId: text('lawyer_id'),
    language: text('language').$type<'en' | 'fr'>().notNull(),
    timeZone: text('time_zone').notNull(),
    status: text('status').$type<'open' | 'closed'>().notNull(),
    declaredBy: text('declared_by').notNull(),
    declaredAt: instant('declared_at').notNull(),
    leadId: text('lead_id').notNull(),
    /** The room, once Slack has given it: the id and name are what Slack returned, not what was asked for. */
    channelId: text('channel_id'),
    channelName: text('channel_name'),
    /** 1 for the room of the declaration, 2 for the room opened by a reopening that could not use the first, … */
    roomNumber: integer('room_number').notNull().default(1),
    closedBy: text('closed_by'),
    closedAt: instant('closed_at'),
    closeNote: text('close_note'),
    /** Null: the level's beat. 0: switched off by a person. */
    digestMinutes: integer('digest_minutes'),
    digestNumber: integer('digest_number').notNull().default(0),
    nextDigestAt: instant('next_digest_at'),
    /** When the limit for the first words went by with nothing published, and the lead was told. */
    firstWordsLateAt: instant('first_words_late_at'),
    /** After a restoration: numbers of facts, decisions and the like go on above this, as those beside go on. */
    numbersFrom: integer('numbers_from').notNull().default(0),
    taskNumber: integer('task_number').notNull().default(0),
    statementNumber: integer('statement_number').notNull().default(0),
    timelineSeq: integer('timeline_seq').notNull().default(0),
    timelineHash: text('timeline_hash').notNull(),
  },
  (t) => [
    unique('crises_number').on(t.workspaceId, t.number),
    unique('crises_channel').on(t.workspaceId, t.channelId),
    index('crises_open').on(t.workspaceId, t.status, t.declaredAt),
  ],
);

/** Rooms a crisis has had, the present one included: a command typed in an old room still finds its crisis. */
export const rooms = pgTable(
  'rooms',
  {
    workspaceId: text('workspace_id').notNull(),
    channelId: text('channel_id').notNull(),
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    openedAt: instant('opened_at').notNull(),
    archivedAt: instant('archived_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channelId] }), index('rooms_crisis').on(t.crisisId)],
);

/** One row per step of opening a room, so that each can be resumed, repaired and seen. */
export const roomSteps = pgTable(
  'room_steps',
  {
    crisisId: uuid('crisis_id')
      .notNull()
      .references(() => crises.id),
    roomNumber: integer('room_number').notNull(),
    step: text('step').notNull(),
    state: text('state').$type<'attempted' | 'done' | 'failed'>().notNull(),
    attemptedAt: instant('attempted_at').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    error: text('error'),
  },
  (t) => [primaryKey({ columns: [t.crisisId, t.roomNumber, t.step] })],
);
