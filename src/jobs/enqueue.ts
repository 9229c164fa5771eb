import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Executor, Tx } from '../../db/client.ts';
import { idOf, newId } from '../core/ids.ts';
import { type Job, queues } from '../core/jobs.ts';
import { SECOND } from '../core/time.ts';
import { engineIn, queueIn } from './boss.ts';

/** Adds jobs inside the transaction that causes them: they exist if and only if it commits. */
export async function enqueue(boss: PgBoss, tx: Tx, jobs: readonly Job[], now: Date): Promise<void> {
  const db = queueIn(tx);
  for (const queue of queues) {
    const wanted = jobs.filter((job) => job.queue === queue);
    if (wanted.length > 0)
      await boss.insert(
        queue,
        wanted.map((job) => row(job, now)),
        { db },
      );
  }
}

function row(job: Job, now: Date) {
  // Relative, so that neither a clock that differs from the database's nor one that was moved forward shifts a deadline.
  const wait = job.at ? Math.max(0, job.at.getTime() - now.getTime()) / SECOND : 0;
  return {
    data: { kind: job.kind, ...job.data },
    ...(job.order ? { singletonKey: job.order } : {}),
    id: job.key ? idOf(job.key) : newId(),
    ...(wait > 0 ? { startAfter: wait } : {}),
  };
}

/** Takes back alarms that no longer have a reason, in the transaction that removed it. */
export async function cancelJobs(boss: PgBoss, tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await boss.cancel('alarms', keys.map(idOf), { db: engineIn(tx) });
}

/** For how many seconds the oldest job has been waiting that could run; 0 when none does. */
export async function oldestWaiting(db: Executor): Promise<number> {
  const [row] = await db.execute<{ seconds: number | null }>(
    sql`select extract(epoch from now() - min(start_after))::int as seconds from pgboss.job where state in ('created', 'retry') and start_after <= now()`,
  );
  return row?.seconds ?? 0;
}

/** Moves every waiting job `ms` closer: how the sandbox and the tests let time pass. Never used on a real workspace. */
export async function pullForward(db: Executor, ms: number): Promise<void> {
  await db.execute(
    sql`update pgboss.job set start_after = start_after - (${ms}::int * interval '1 millisecond') where state in ('created', 'retry') and start_after > now()`,
  );
}

/** Lets a job that failed come back after `ms` rather than when the engine would try it again. */
export async function putOff(db: Executor, jobId: string, ms: number): Promise<void> {
  await db.execute(
    sql`update pgboss.job set start_after = now() + ${ms}::int * interval '1 millisecond' where id = ${jobId}::uuid and state = 'retry'`,
  );
}

/** Jobs of a workspace that were put off may run now. */
export async function releaseJobs(db: Executor, workspaceId: string): Promise<void> {
  await db.execute(sql`
    update pgboss.job set start_after = now()
    where state = 'retry' and start_after > now() and (data->>'workspaceId' = ${workspaceId}
      or data->>'crisisId' in (select id::text from crises where workspace_id = ${workspaceId}))`);
}

/** Right after the start of the only process there is: jobs that were running have ended with the process before it. */
export async function releaseAbandoned(db: Executor): Promise<void> {
  await db.execute(sql`update pgboss.job set state = 'retry', start_after = now() where state = 'active'`);
}
