import { sql } from 'drizzle-orm';
import { fromDrizzle, fromPglite, PgBoss, type Queue as QueueOptions } from 'pg-boss';
import type { Database, Tx } from '../../db/client.ts';
import { type Queue, queues } from '../core/jobs.ts';

/** Slack may be away for hours: work waits for it rather than giving up. Permanent errors end a job, never the count. */
const patient = {
  // A job that ran out of tries would block its order: a year of them.
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  expireInSeconds: 300,
  heartbeatSeconds: 10,
  deleteAfterSeconds: 24 * 3600,
} as const;

const options: Record<Queue, Omit<QueueOptions, 'name'>> = {
  rooms: { ...patient, policy: 'key_strict_fifo' },
  outbox: { ...patient, policy: 'key_strict_fifo' },
  alarms: { ...patient, policy: 'standard' },
  // A workspace of tens of thousands is read at Slack's pace of 4,000 people a minute.
  upkeep: { ...patient, policy: 'standard', expireInSeconds: 3600 },
};

/** The job engine on the product's own database, started, with every queue in place. */
export async function startBoss(database: Database, onError: (error: Error) => void): Promise<PgBoss> {
  const common = { superviseIntervalSeconds: 5, registerInstance: false } as const;
  const boss =
    database.engine.name === 'embedded'
      ? new PgBoss({ ...common, db: fromPglite(database.engine.pglite), backend: 'pglite' })
      : new PgBoss({ ...common, connectionString: database.engine.url, max: 4 });
  boss.on('error', onError);
  await boss.start();
  for (const queue of queues) await boss.createQueue(queue, options[queue]);
  return boss;
}

type EngineDatabase = ReturnType<typeof fromDrizzle>;

/** Lets the engine write inside one of our transactions. postgres.js takes neither objects nor Dates as parameters. */
export function engineIn(tx: Tx): EngineDatabase {
  const plain = fromDrizzle(tx, sql);
  return {
    executeSql: (text, values) => plain.executeSql(text, values?.map(plainValue)),
  };
}

const plainValue = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return JSON.stringify(value);
  return value;
};
