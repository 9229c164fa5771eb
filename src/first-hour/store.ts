import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../../db/client.ts';
import { timelineEntries } from '../../db/schema/index.ts';
import { stakeholdersOf } from '../stakeholders/store.ts';
import { originsOf } from '../tasks/store.ts';
import type { Before } from './rules.ts';

const startData = z.object({
  playbook: z.string(),
  drafted: z.array(z.string()),
  tasks: z.array(z.object({ number: z.number() })),
  statements: z.array(z.object({ number: z.number() })),
});
export type PastStart = { playbook: string; drafted: string[]; taskNumbers: number[]; statementNumbers: number[] };

/** Every start of a playbook, in order, as the timeline tells it: evidence is the only record there is. */
export async function startsOf(db: Executor, crisisId: string): Promise<PastStart[]> {
  const rows = await db
    .select({ data: timelineEntries.data })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), eq(timelineEntries.kind, 'playbook_started')))
    .orderBy(asc(timelineEntries.seq));
  return rows.map(({ data }) => {
    const { playbook, drafted, tasks, statements } = startData.parse(data);
    return {
      playbook,
      drafted,
      taskNumbers: tasks.map(({ number }) => number),
      statementNumbers: statements.map(({ number }) => number),
    };
  });
}

/** What a start must not repeat. */
export async function beforeStart(db: Executor, crisisId: string): Promise<Before> {
  const [starts, stakeholders, origins] = await Promise.all([
    startsOf(db, crisisId),
    stakeholdersOf(db, crisisId),
    originsOf(db, crisisId),
  ]);
  return { stakeholders, origins, drafted: new Set(starts.flatMap(({ drafted }) => drafted)), starts: starts.length };
}
