import { z } from 'zod';
import { levels } from '../crises/rules.ts';

const short = z.object({ number: z.number(), title: z.string() });
const task = short.extend({
  assigneeId: z.string().nullable(),
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
  unanswered: z.array(department),
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
  halved: z.boolean(),
  facts: factsSchema,
});
export type Content = z.infer<typeof contentSchema>;
