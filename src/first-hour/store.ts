import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../../db/client.ts';
import { timelineEntries } from '../../db/schema/index.ts';
import type { Crisis } from '../crises/rules.ts';
import { respondersOf } from '../crises/store.ts';
import { calloutsOf } from '../responders/store.ts';
import { stakeholdersOf } from '../stakeholders/store.ts';
import { originsOf } from '../tasks/store.ts';
import type { Before } from './rules.ts';

const startData = z.object({
  playbook: z.string(),
  drafted: z.array(z.string()),
});
type PastStart = { playbook: string; drafted: string[] };

/** Every start of a playbook, in order, as the timeline tells it: evidence is the only record there is. */
export async function startsOf(db: Executor, crisisId: string): Promise<PastStart[]> {
  const rows = await db
    .select({ data: timelineEntries.data })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), eq(timelineEntries.kind, 'playbook_started')))
    .orderBy(asc(timelineEntries.seq));
  return rows.map(({ data }) => startData.parse(data));
}

/** How many people were called or added, the lead included; deputies whose turn has not come do not count. */
export async function calledIn(db: Executor, crisis: Crisis): Promise<number> {
  const [cell, callouts] = await Promise.all([respondersOf(db, crisis.id), calloutsOf(db, crisis.id)]);
  const here = cell.filter(({ leftAt, isDeputy }) => !leftAt && !isDeputy).map(({ userId }) => userId);
  return new Set([crisis.leadId, ...here, ...callouts.flatMap(({ peopleIds }) => peopleIds)]).size;
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
