import { accept, type Decision } from '../core/decision.ts';
import type { Job } from '../core/jobs.ts';
import { actIn } from '../crises/change.ts';
import type { Crisis } from '../crises/rules.ts';
import { forgetPresence, lockCrisis, markRoom, saveCrisis } from '../crises/store.ts';
import { commit, type Deps, order } from '../jobs/commit.ts';
import { departmentRowsOf } from '../people/store.ts';
import { departmentName } from '../people/text.ts';
import type { Act } from '../slack/feature.ts';
import { jobsWithButtons } from '../slack/ledger.ts';
import { openTasks } from '../tasks/rules.ts';
import { settleAll } from '../tasks/settled.ts';
import { saveTask, tasksOf } from '../tasks/store.ts';
import {
  announce,
  type ClosingRefusal,
  closeCrisis,
  type Farewell,
  moveToNewRoom,
  redrawAll,
  reopenCrisis,
} from './rules.ts';
import { openWorkOf, timesWritten } from './store.ts';

export function close(act: Act, crisisId: string, said: Farewell): Promise<Decision<Crisis, ClosingRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member): Promise<Decision<Crisis, ClosingRefusal>> => {
    const [open, before] = await Promise.all([openWorkOf(tx, crisisId), timesWritten(tx, crisisId, 'crisis_closed')]);
    const decision = closeCrisis(crisis, member, open, said, before + 1, act.now());
    if (!decision.ok) return decision;
    await saveCrisis(tx, decision.value);
    if (!said.tasks) return decision;
    const [tasks, departments] = await Promise.all([tasksOf(tx, [crisisId]), departmentRowsOf(tx, crisis.workspaceId)]);
    const by = { crisis, byId: member.userId, now: act.now() };
    const settled = settleAll(openTasks(tasks), said.tasks, by, (key, language) =>
      departmentName(key, departments.find((row) => row.key === key)?.name ?? null, language),
    );
    for (const task of settled.value) await saveTask(tx, task);
    return {
      ...decision,
      // The last entry is the one that says it is closed.
      timeline: [...settled.timeline, ...decision.timeline],
      jobs: [...decision.jobs, ...settled.jobs],
      cancel: settled.cancel,
    };
  });
}

export function reopen(act: Act, crisisId: string, reason: string): Promise<Decision<Crisis, ClosingRefusal>> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    const before = await timesWritten(tx, crisisId, 'crisis_reopened');
    const decision = reopenCrisis(crisis, member, reason, before + 1, act.now());
    if (decision.ok) await saveCrisis(tx, decision.value);
    return decision;
  });
}

/** The old room works: the crisis goes on in it. */
export function keepRoom(deps: Deps, crisisId: string, reopening: number): Promise<Decision<Crisis, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    return {
      crisis,
      decision: accept(crisis, {
        jobs: [announce(crisisId, reopening, null), redrawAll(crisisId, `reopened:${reopening}`, deps.now())],
      }),
    };
  });
}

/** Slack says that the old room is lost to us: a new one is ordered, with everybody in it. */
export function replaceRoom(
  deps: Deps,
  crisisId: string,
  lost: { channelId: string; isArchived: boolean },
  reopening: number | null,
): Promise<Decision<Crisis, never>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = moveToNewRoom(crisis, lost.channelId, reopening, deps.now());
    if (decision.ok && decision.value !== crisis) {
      await saveCrisis(tx, decision.value);
      await forgetPresence(tx, crisisId);
      if (lost.isArchived) await markRoom(tx, crisis.workspaceId, lost.channelId, deps.now());
    }
    return { crisis: decision.ok ? decision.value : crisis, decision };
  });
}

/** Orders again whatever shows something with buttons: it is drawn as it is true by then, without them once it is closed. */
export async function redrawPressable(deps: Deps, crisis: Crisis): Promise<void> {
  const jobs = await jobsWithButtons(deps.db, crisis.id, crisis.channelId);
  await order(
    deps,
    jobs
      .filter(({ kind }) => !drawsBesides.has(kind))
      .map((job): Job => ({ ...(job as unknown as Omit<Job, 'order'>), ...(job.order ? { order: job.order } : {}) })),
  );
}

/** The brief follows every change by itself; what a closing posted stays. */
const drawsBesides: ReadonlySet<string> = new Set([
  'war_room.open',
  'war_room.refresh_brief',
  'closing.post_timeline',
  'log.send_export',
]);
