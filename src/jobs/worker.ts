import { sql } from 'drizzle-orm';
import type { JobWithMetadata } from 'pg-boss';
import { isDatabaseDown } from '../../db/client.ts';
import { Fault } from '../core/errors.ts';
import { type Job, type JobData, type Queue, queues } from '../core/jobs.ts';
import { SECOND } from '../core/time.ts';
import type { Connections } from '../slack/connections.ts';
import { recordGivenUp } from '../slack/deliver.ts';
import { NotInstalled, SlackFailure } from '../slack/failures.ts';
import type { JobContext, JobHandler } from '../slack/feature.ts';
import { putOff } from './enqueue.ts';

type Context = Omit<JobContext, 'slack' | 'job'> & { connections: Connections };
type Payload = { kind: string } & JobData;
type Fetched = JobWithMetadata<Payload>;
type Outcome = { done: true } | { done: false; why: object; putOffMs?: number };

export type Worker = {
  /** Looks for work at once rather than at the next look-round: something was ordered. */
  wake(jobs: readonly Pick<Job, 'queue' | 'at'>[]): void;
  /** Begins nothing new and waits, at most `timeoutMs`, for what was begun. Answers how much has not ended. */
  stop(timeoutMs: number): Promise<number>;
};

/** How many jobs of a queue run side by side in this process. */
const width: Record<Queue, number> = { rooms: 10, outbox: 12, alarms: 10, upkeep: 1 };

/** How often a job that keeps hitting a bug is tried before it is given up: its successors must not wait for ever. */
const triesOnFault = 5;

/**
 * Fetches are spaced out, more so while people wait for an answer, whose commands
 * come first. The first after a rest is made at once. Milliseconds.
 */
const fetchEvery = { atRest: 10, whilePeopleWait: 200 };

/** Work that another instance ordered, that was put off, or that came due by itself is seen within this time. */
const lookRound = SECOND;

/** Well below the engine's heartbeat of 10 s, after which it gives a job to somebody else. */
const touchEvery = 4 * SECOND;

/**
 * Takes jobs from the engine and runs them. The engine's own workers settle a batch when its slowest job has ended: one
 * slow call to Slack would hold back other rooms. Here each job is settled by itself. The engine keeps what is hard:
 * claiming, order, retries, heartbeats, takeover after a crash.
 */
export function startWorker(
  context: Context,
  handlers: readonly JobHandler[],
  /** Whether a delivery from Slack is being worked on at this moment. */
  peopleWait: () => boolean,
): Worker {
  const byKind = new Map(
    handlers.flatMap((handler) => [handler.kind, ...(handler.aliases ?? [])].map((kind) => [kind, handler] as const)),
  );
  const faults = new Map<string, number>();
  const running = new Map<string, { queue: Queue; job: Fetched }>();
  const fetching = new Map<Queue, { again: boolean }>();
  const state = { stopping: false };

  const countOf = (queue: Queue) => [...running.values()].filter((r) => r.queue === queue).length;

  async function take(queue: Queue): Promise<void> {
    const under = fetching.get(queue);
    if (under) {
      under.again = true;
      return;
    }
    const mine = { again: false };
    fetching.set(queue, mine);
    try {
      do {
        mine.again = false;
        const room = width[queue] - countOf(queue);
        if (state.stopping || room <= 0) break;
        const jobs = await context.boss.fetch<Payload>(queue, { batchSize: room, includeMetadata: true });
        for (const job of jobs) void run(queue, job);
        await new Promise((resolve) =>
          setTimeout(resolve, peopleWait() ? fetchEvery.whilePeopleWait : fetchEvery.atRest),
        );
      } while (mine.again);
    } catch (error) {
      context.log.error({ queue, err: error }, 'jobs could not be fetched');
    } finally {
      fetching.delete(queue);
    }
  }

  async function run(queue: Queue, job: Fetched): Promise<void> {
    running.set(job.id, { queue, job });
    try {
      const outcome = await perform(context, byKind, faults, queue, job);
      const attempt = { id: job.id, retryCount: job.retryCount };
      await (outcome.done ? context.boss.complete(queue, attempt) : context.boss.fail(queue, attempt, outcome.why));
      if (!outcome.done && outcome.putOffMs) await putOff(context.db, job.id, outcome.putOffMs);
    } catch (error) {
      // The database is away: the heartbeat ends, and the engine gives the job out again.
      context.log.error({ queue, err: error }, 'a job could not be settled');
    } finally {
      running.delete(job.id);
    }
    // What came after it in its order, or found no room beside it, may run now.
    if (!state.stopping) await take(queue);
  }

  /** Cheap, unlike a fetch. */
  const waitingQueues = async (): Promise<Queue[]> => {
    const found = await context.db.execute<{ name: string }>(
      sql`select distinct name from pgboss.job where state in ('created', 'retry') and start_after <= now()`,
    );
    const names = new Set(found.map((row) => row.name));
    return queues.filter((queue) => names.has(queue));
  };
  const look = setInterval(() => {
    void waitingQueues()
      .then((waiting) => Promise.all(waiting.map(take)))
      .catch((error: unknown) => context.log.warn({ err: error }, 'the database did not answer'));
  }, lookRound);
  const touch = setInterval(() => {
    for (const queue of queues) {
      const attempts = [...running.values()]
        .filter((r) => r.queue === queue)
        .map(({ job }) => ({ id: job.id, retryCount: job.retryCount }));
      if (attempts.length > 0) void context.boss.touch(queue, attempts).catch(() => {});
    }
  }, touchEvery);

  return {
    wake: (jobs) => {
      for (const queue of queues) if (jobs.some((job) => job.queue === queue && !job.at)) void take(queue);
    },
    stop: async (timeoutMs) => {
      state.stopping = true;
      clearInterval(look);
      const until = performance.now() + timeoutMs;
      while (running.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
      clearInterval(touch);
      return running.size;
    },
  };
}

async function perform(
  context: Context,
  handlers: Map<string, JobHandler>,
  /** Bugs met by each job. The engine's own count holds every hour that Slack was away as well. */
  faults: Map<string, number>,
  queue: Queue,
  job: Fetched,
): Promise<Outcome> {
  const { kind, ...data } = job.data;
  try {
    const handler = handlers.get(kind);
    if (!handler) throw new Fault(`no handler for job ${kind}`);
    const { slack } = await context.connections.ofJob(job.data);
    await handler.run({ ...context, slack, job: { kind, queue, order: job.singletonKey ?? null, data } }, data);
    faults.delete(job.id);
    return { done: true };
  } catch (error) {
    // Upkeep reads what the next installation reads anyway; everything else waits for it.
    if (error instanceof NotInstalled)
      return queue === 'upkeep'
        ? { done: true }
        : { done: false, why: { code: error.code }, putOffMs: error.retryAfterMs };
    if (error instanceof SlackFailure) {
      const again = error.kind !== 'permanent';
      const fields = { job: kind, method: error.method, code: error.code, attempt: job.retryCount };
      context.log[again ? 'warn' : 'error'](fields, 'a job met a Slack failure');
      if (again) return { done: false, why: { code: error.code } };
      return givenUp(context, queue, job, error.code);
    }
    if (isDatabaseDown(error)) return { done: false, why: { code: 'database_down' } };
    const fault = error instanceof Fault ? error : new Fault(`job ${kind} failed`, { cause: error });
    context.log.error({ job: kind, reference: fault.reference, err: error, attempt: job.retryCount }, 'a job failed');
    const met = (faults.get(job.id) ?? 0) + 1;
    faults.set(job.id, met);
    if (met < triesOnFault) return { done: false, why: { reference: fault.reference } };
    faults.delete(job.id);
    return givenUp(context, queue, job, fault.reference);
  }
}

/** Ended without having been done: somebody is told, and a repair orders it again. */
async function givenUp(context: Context, queue: Queue, job: Fetched, reason: string): Promise<Outcome> {
  const { kind, ...data } = job.data;
  await recordGivenUp(context, job.id, { kind, queue, order: job.singletonKey ?? null, data }, reason);
  return { done: true };
}
