import { alarm, atOnce } from '../../core/jobs.ts';
import { MINUTE } from '../../core/time.ts';
import { commit, type Deps, order } from '../../jobs/commit.ts';
import { addResponders, cellOf, lockCrisis, openCrisesOf } from '../store.ts';
import { followLead, offers } from './rules.ts';
import { lastSaidOfLead, leadIsGone, rosterToLead } from './store.ts';

/** Says that the lead has gone, or is back, and offers the lead. Repeating it changes nothing. */
const lookAtLead = (deps: Deps, crisisId: string) =>
  commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const [isGone, said, roster] = [
      await leadIsGone(tx, crisis),
      await lastSaidOfLead(tx, crisisId),
      await rosterToLead(tx, crisis),
    ];
    const decision = followLead(crisis, isGone, said, roster, deps.now());
    if (decision.ok) {
      const cell = await cellOf(tx, crisisId);
      const outside = decision.value.offeredIds.filter((id) => !cell.has(id));
      // Outside of the cell they could neither read the room nor take the lead.
      const rows = outside.map((userId) => ({
        userId,
        department: roster.find((d) => [...d.peopleIds, ...d.deputyIds].includes(userId))?.key ?? null,
      }));
      await addResponders(tx, crisis, rows, deps.now());
    }
    return { crisis, decision };
  });

/** Whoever was offered the lead learns that somebody has it. */
export async function showOffersAgain(deps: Deps, crisisId: string): Promise<void> {
  const said = await lastSaidOfLead(deps.db, crisisId);
  if (said?.kind === 'lead_unavailable') await order(deps, offers(crisisId, said.leadId, said.offeredIds));
}

/** What follows when people of a workspace come or go: the lead of each open crisis, and whose approval is waited for. */
export async function followPeople(deps: Deps, workspaceId: string): Promise<void> {
  for (const crisis of await openCrisesOf(deps.db, workspaceId)) {
    await lookAtLead(deps, crisis.id);
    const kinds = ['responders.people_changed', 'statements.crisis_changed'];
    await order(
      deps,
      kinds.map((kind) => atOnce(kind, { crisisId: crisis.id })),
    );
  }
}

const readEvery = 15 * MINUTE;

/** One alarm for a workspace, however many crises are open in it and however often it is ordered. */
export async function watchPeople(deps: Deps, workspaceId: string): Promise<void> {
  const slot = Math.floor(deps.now().getTime() / readEvery) + 1;
  const key = `people:${workspaceId}:${slot}`;
  await order(deps, [alarm('crises.read_people', { workspaceId }, new Date(slot * readEvery), key)]);
}
