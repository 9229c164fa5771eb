import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../../db/client.ts';
import { timelineEntries } from '../../../db/schema/index.ts';
import type { Department } from '../../people/rules.ts';
import { findPeople, rosterOf } from '../../people/store.ts';
import { cellOf, rosterOfCrisis } from '../cell/store.ts';
import { troubleWith } from '../owner.ts';
import type { Crisis } from '../rules.ts';
import type { LastSaid } from './rules.ts';

/** What the timeline said last of a lead who cannot lead. */
export async function lastSaidOfLead(db: Executor, crisisId: string): Promise<LastSaid> {
  const [last] = await db
    .select({ kind: timelineEntries.kind, data: timelineEntries.data })
    .from(timelineEntries)
    .where(
      and(eq(timelineEntries.crisisId, crisisId), inArray(timelineEntries.kind, ['lead_unavailable', 'lead_back'])),
    )
    .orderBy(desc(timelineEntries.seq))
    .limit(1);
  if (!last) return null;
  const { leadId, offeredIds } = last.data as { leadId: string; offeredIds?: string[] };
  return { kind: last.kind, leadId, offeredIds: offeredIds ?? [] };
}

/** Somebody whom nothing is known of has not gone. */
export async function leadIsGone(db: Executor, { workspaceId, leadId }: Crisis): Promise<boolean> {
  const [lead] = await findPeople(db, workspaceId, [leadId]);
  return lead !== undefined && troubleWith(lead) !== null;
}

/** The roster of those who can be called into this crisis; a closed team knows only its own. */
export async function rosterToLead(db: Executor, crisis: Crisis): Promise<Department[]> {
  const roster = await rosterOfCrisis(db, crisis);
  const ids = roster.flatMap((d) => [...d.peopleIds, ...d.deputyIds]);
  const out = new Set((await findPeople(db, crisis.workspaceId, ids)).filter(troubleWith).map((p) => p.id));
  const callable = (all: readonly string[]) => all.filter((id) => !out.has(id));
  return roster.map((d) => ({ ...d, peopleIds: callable(d.peopleIds), deputyIds: callable(d.deputyIds) }));
}

/** Everybody whom open crises ask, call or wait for. */
export async function peopleOfCrises(db: Executor, workspaceId: string, crises: readonly Crisis[]): Promise<string[]> {
  const roster = await rosterOf(db, workspaceId);
  const cells = await Promise.all(crises.map((crisis) => cellOf(db, crisis.id)));
  return [
    ...new Set([
      ...crises.map((crisis) => crisis.leadId),
      ...cells.flatMap((cell) => [...cell]),
      ...roster.flatMap((d) => [...d.peopleIds, ...d.deputyIds, ...(d.absentIds ?? [])]),
    ]),
  ];
}
