import { z } from 'zod';
import { levels } from '../core/levels.ts';

const short = z.object({ number: z.number(), title: z.string() });
const task = short.extend({
  assigneeId: z.string().nullable(),
  /** Whose it is while nobody has it; digests written before have none. */
  department: z.string().nullish(),
  dueAt: z.string().nullable(),
  reason: z.string().nullable(),
});
const department = z.object({ key: z.string(), name: z.string().nullable() });

/** What stood open when a digest was written. */
const factsSchema = z.object({
  openTasks: z.number(),
  doneTasks: z.number(),
  blocked: z.array(task),
  overdue: z.array(task),
  dueSoon: z.array(task),
  published: z.number(),
  drafts: z.number(),
  approved: z.array(short),
  inReview: z.array(short.extend({ waitingOn: z.array(department) })),
  lastPublished: short.extend({ at: z.string() }).nullable(),
  /** Milliseconds from the declaration to the first words outside, and what the level allows for them. */
  firstWords: z.object({ afterMs: z.number().nullable(), limitMs: z.number().nullable() }).nullish(),
  unanswered: z.array(department),
  /** The latest confirmed ones, and how many there are; digests written before facts were kept have none. */
  confirmed: z.object({ texts: z.array(z.string()), count: z.number() }).default({ texts: [], count: 0 }),
  /** Stakeholders who had not been told: the first ones, and how many there were. */
  untold: z.object({ names: z.array(z.string()), count: z.number() }).default({ names: [], count: 0 }),
});
export type Facts = z.infer<typeof factsSchema>;

/** A digest is written once: what it said then is what it says whenever it is shown again. */
export const contentSchema = z.object({
  previousNumber: z.number().nullable(),
  previousLevel: z.enum(levels).nullable(),
  /** Entries after this one are what changed. */
  fromSeq: z.number(),
  nextAt: z.string().nullable(),
  summary: z.string(),
  facts: factsSchema,
});
export type Content = z.infer<typeof contentSchema>;
