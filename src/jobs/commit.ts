import { eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Db, Tx } from '../../db/client.ts';
import { runAll } from '../../db/run-all.ts';
import { deliveries } from '../../db/schema/index.ts';
import type { Accepted, Decision, NewEntry, Refusal } from '../core/decision.ts';
import { alarm, type Job } from '../core/jobs.ts';
import type { Log } from '../core/logger.ts';
import type { Slices } from '../core/slices.ts';
import { SECOND } from '../core/time.ts';
import { cancelJobs, enqueue } from './enqueue.ts';

export type Deps = {
  db: Db;
  boss: PgBoss;
  now: () => Date;
  log: Log;
  slices: Slices;
  /** Adds entries at the end of a crisis's timeline, in the transaction that they tell of. */
  appendEntries: (tx: Tx, crisis: CrisisRow, entries: readonly NewEntry[], now: Date) => Promise<unknown>;
  /** Tells this process's worker that there is work; another process finds it when it looks round. */
  wake(jobs: readonly Pick<Job, 'queue' | 'at'>[]): void;
};

/** The locked row of the crisis that a decision is about. */
type CrisisRow = {
  id: string;
  workspaceId: string;
  channelId: string | null;
  timelineSeq: number;
  timelineHash: string;
};

/** Slack delivered the same press, command or event a second time; the first one did the work. */
export class DuplicateDelivery extends Error {}

/**
 * The one way in which anything changes: `body` locks, loads, asks a rule and saves what it answered; then the timeline
 * entries, the jobs and the mark of the delivery join the same transaction. A refusal changes nothing at all.
 *
 * `deliveryKey` is null where Slack is not the cause (an alarm). Throws DuplicateDelivery when the key was seen before.
 */
export async function commit<T, R extends Refusal>(
  deps: Deps,
  deliveryKey: string | null,
  body: (tx: Tx) => Promise<{ crisis: CrisisRow | null; decision: Decision<T, R> }>,
): Promise<Decision<T, R>> {
  const now = deps.now();
  const refused: { decision?: Decision<T, R> } = {};
  const ordered: Job[] = [];
  try {
    const accepted = await deps.db.transaction(async (tx) => {
      const { crisis, decision } = await body(tx);
      if (!decision.ok) {
        // What the first of two deliveries changed is why a rule says no to the second: that is no news to anybody.
        if (deliveryKey !== null && (await wasDelivered(tx, deliveryKey))) throw new DuplicateDelivery();
        refused.decision = decision;
        throw new RolledBack();
      }
      // Not the `now` from before the lock: an entry would seem to be written before what it tells.
      const decidedAt = deps.now();
      ordered.push(...jobsOf(deps.slices, decision, crisis, decidedAt));
      // None of these waits for another: they travel to the database together.
      await runAll(
        deliveryKey === null ? null : claimDelivery(tx, deliveryKey, now),
        crisis ? deps.appendEntries(tx, crisis, decision.timeline, decidedAt) : null,
        // Here it is the `now` from before the lock: the database counts from where the transaction began, and what waits
        // for the end of its seconds must not run before it.
        cancelJobs(deps.boss, tx, decision.cancel).then(() => enqueue(deps.boss, tx, ordered, now)),
      );
      return decision;
    });
    deps.wake(ordered);
    return accepted;
  } catch (error) {
    if (error instanceof RolledBack && refused.decision) return refused.decision;
    throw error;
  }
}

class RolledBack extends Error {}

/** Orders work that no change of state goes with: showing something again, reading Slack. */
export async function order(deps: Deps, jobs: readonly Job[]): Promise<void> {
  await deps.db.transaction((tx) => enqueue(deps.boss, tx, jobs, deps.now()));
  deps.wake(jobs);
}

const wasDelivered = async (tx: Tx, key: string): Promise<boolean> =>
  (await tx.select({ key: deliveries.key }).from(deliveries).where(eq(deliveries.key, key))).length > 0;

async function claimDelivery(tx: Tx, key: string, now: Date): Promise<void> {
  const claimed = await tx
    .insert(deliveries)
    .values({ key, receivedAt: now })
    .onConflictDoNothing()
    .returning({ key: deliveries.key });
  if (claimed.length === 0) throw new DuplicateDelivery();
}

/** With what other slices do when a crisis turns, and the live brief, in which whatever changes shows. */
function jobsOf(slices: Slices, decision: Accepted<unknown>, crisis: CrisisRow | null, now: Date): Job[] {
  if (!crisis || decision.timeline.length === 0) return decision.jobs;
  const following = decision.timeline.flatMap(({ kind, data }) => slices.follow(kind, crisis.id, data));
  return [
    ...decision.jobs,
    ...following,
    noticeTasks(crisis.id, now),
    lookAtWaits(crisis.id, now),
    ...(crisis.channelId ? [refreshBrief(crisis.id, now)] : []),
  ];
}

const together = 2 * SECOND;
const slotOf = (now: Date): number => Math.floor(now.getTime() / together) + 1;

/** Once for all changes of the same two seconds. What it writes down itself brings it back once, to find nothing. */
function noticeTasks(crisisId: string, now: Date): Job {
  const slot = slotOf(now);
  return alarm('tasks.notice', { crisisId }, new Date(slot * together), `notice:${crisisId}:${slot}`);
}

/** What waits on whom, once for all changes of the same two seconds. */
function lookAtWaits(crisisId: string, now: Date): Job {
  const slot = slotOf(now);
  return alarm('waiting.look', { crisisId }, new Date(slot * together), `waiting:${crisisId}:${slot}`);
}

/**
 * One refresh for all changes of the same two seconds, at their end: a burst of presses is one edit. `now` is read
 * while the crisis is locked, and the refresh takes that lock before it reads, so no change of its seconds escapes it.
 */
function refreshBrief(crisisId: string, now: Date): Job {
  const slot = slotOf(now);
  return {
    kind: 'war_room.refresh_brief',
    queue: 'outbox',
    order: `brief:${crisisId}`,
    key: `brief:${crisisId}:${slot}`,
    at: new Date(slot * together),
    data: { crisisId },
  };
}
