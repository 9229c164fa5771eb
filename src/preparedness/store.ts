import { eq } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { preparations } from '../../db/schema/index.ts';
import { stillHolds } from '../playbooks/editing.ts';
import { clearanceOf } from '../playbooks/rules.ts';
import { clearancesOf, reviewsOf, shelfOf } from '../playbooks/store.ts';
import { type Gap, gapsOf } from '../settings/rules.ts';
import { directoryFor, idsIn, type State } from '../settings/store.ts';
import { type Plan, type Preparation, planOf } from './rules.ts';

const nothing: Preparation = { exercisedOn: null, ownerId: null, remindersOff: false };

export async function preparationOf(db: Executor, workspaceId: string): Promise<Preparation> {
  const [row] = await db.select().from(preparations).where(eq(preparations.workspaceId, workspaceId));
  return row ?? nothing;
}

export async function savePreparation(
  tx: Tx,
  workspaceId: string,
  preparation: Preparation,
  by: { id: string; at: Date },
): Promise<void> {
  const { exercisedOn, ownerId, remindersOff } = preparation;
  const changed = { exercisedOn, ownerId, remindersOff, changedBy: by.id, changedAt: by.at };
  await tx
    .insert(preparations)
    .values({ workspaceId, ...changed })
    .onConflictDoUpdate({ target: preparations.workspaceId, set: changed });
}

export type Prepared = { plan: Plan; preparation: Preparation; gaps: Gap[] };

/** How prepared a workspace is, from what it has set up: read afresh, nothing of it is kept. */
export async function readPlan(db: Executor, state: State, now: Date): Promise<Prepared> {
  const { workspaceId } = state;
  const { settings } = state.saved;
  const [kept, clearances, reviews, preparation, directory] = await Promise.all([
    shelfOf(db, workspaceId),
    clearancesOf(db, workspaceId),
    reviewsOf(db, workspaceId),
    preparationOf(db, workspaceId),
    directoryFor(db, state, settings),
  ]);
  const shelf = kept.filter(({ isRetired }) => !isRetired);
  const gaps = gapsOf(settings, state.roster, directory);
  const templates = shelf.flatMap(({ playbook }) => playbook.templates);
  const cleared = templates.filter((one) => clearanceOf(one, clearances, now).state === 'cleared');
  const plan = planOf(
    {
      gaps,
      named: idsIn({ ...settings, declarers: null }).length,
      templates: { cleared: cleared.length, all: templates.length },
      playbooks: {
        reviewedAt: shelf.map((kept) => {
          const last = reviews.find(({ key }) => key === kept.key);
          return last && stillHolds(last, kept) ? last.reviewedAt : null;
        }),
      },
      exercisedOn: preparation.exercisedOn ? new Date(`${preparation.exercisedOn}T00:00:00Z`) : null,
    },
    now,
  );
  return { plan, preparation, gaps };
}
