import type { JobWithMetadata } from 'pg-boss';
import { isDatabaseDown } from '../../db/client.ts';
import { Fault } from '../core/errors.ts';
import { type Queue, queues } from '../core/jobs.ts';
import { SlackFailure } from '../slack/failures.ts';
import type { JobContext, JobHandler } from '../slack/feature.ts';

type Payload = { kind: string } & Record<string, unknown>;
type Settled = { id: string; status: 'completed' | 'failed'; output: object };

/** How often a job that keeps hitting a bug is tried before it is given up: its successors must not wait for ever. */
const triesOnFault = 5;

/** Workers per queue and jobs per fetch. Jobs of one fetch run side by side, at most one of each order. */
const shape: Record<Queue, { workers: number; batchSize: number; poll: number }> = {
  rooms: { workers: 2, batchSize: 5, poll: 1 },
  outbox: { workers: 3, batchSize: 20, poll: 1 },
  alarms: { workers: 1, batchSize: 20, poll: 1 },
  upkeep: { workers: 1, batchSize: 2, poll: 5 },
};

export async function startWorkers(context: JobContext, handlers: readonly JobHandler[]): Promise<void> {
  const byKind = new Map(handlers.map((handler) => [handler.kind, handler]));
  for (const queue of queues) {
    const { workers, batchSize, poll } = shape[queue];
    for (let i = 0; i < workers; i += 1) {
      const worker = { id: '' };
      worker.id = await context.boss.work<
        Payload,
        unknown,
        { batchSize: number; perJobResults: true; includeMetadata: true }
      >(
        queue,
        {
          batchSize,
          pollingIntervalSeconds: poll,
          notifyPollingIntervalSeconds: poll,
          perJobResults: true,
          includeMetadata: true,
        } as never,
        async (jobs: JobWithMetadata<Payload>[]) => {
          const settled = await Promise.all(jobs.map((job) => settle(context, byKind, queue, job)));
          // Jobs of the same order, and jobs beyond this batch, wait for a fetch: ask for it now rather than at the next poll.
          setTimeout(() => context.boss.notifyWorker(worker.id), 2);
          return settled;
        },
      );
    }
  }
}

async function settle(
  context: JobContext,
  handlers: Map<string, JobHandler>,
  queue: Queue,
  job: JobWithMetadata<Payload>,
): Promise<Settled> {
  const { kind, ...data } = job.data;
  try {
    const handler = handlers.get(kind);
    if (!handler) throw new Fault(`no handler for job ${kind}`);
    await handler.run({ ...context, job: { kind, queue, order: job.singletonKey ?? null, data } }, data);
    return { id: job.id, status: 'completed', output: {} };
  } catch (error) {
    if (error instanceof SlackFailure) {
      const again = error.kind !== 'permanent';
      context.log[again ? 'warn' : 'error'](
        { job: kind, method: error.method, code: error.code, attempt: job.retryCount },
        'a job met a Slack failure',
      );
      return { id: job.id, status: again ? 'failed' : 'completed', output: { code: error.code } };
    }
    if (isDatabaseDown(error)) return { id: job.id, status: 'failed', output: { code: 'database_down' } };
    const fault = error instanceof Fault ? error : new Fault(`job ${kind} failed`, { cause: error });
    context.log.error({ job: kind, reference: fault.reference, err: error, attempt: job.retryCount }, 'a job failed');
    return {
      id: job.id,
      status: job.retryCount < triesOnFault ? 'failed' : 'completed',
      output: { reference: fault.reference },
    };
  }
}
