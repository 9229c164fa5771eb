import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type Queue as QueueOptions } from 'pg-boss';
import type { Row, RowList, Sql } from 'postgres';
import { answersWithin, type Database, type Tx } from '../../db/client.ts';
import { Fault } from '../core/errors.ts';
import { type Queue, queues } from '../core/jobs.ts';
import { SECOND } from '../core/time.ts';

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
  const boss = new PgBoss({
    // Both: what a dead instance was doing is given out at a look-round, and each look-round needs the two of them.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    registerInstance: false,
    db: engineOn(database.client),
    backend: database.engine.name === 'embedded' ? 'pglite' : 'postgres',
    // Its tables are migrated by whoever owns them.
    migrate: database.engine.name === 'embedded' || database.engine.isOwner,
  });
  boss.on('error', onError);
  await boss.start();
  for (const queue of queues) {
    const { policy: _fixedAtCreation, ...changeable } = options[queue];
    await boss.createQueue(queue, options[queue]);
    // Of a queue that an earlier version made, everything but its policy follows.
    await boss.updateQueue(queue, changeable);
  }
  return boss;
}

type EngineDatabase = ReturnType<typeof fromDrizzle>;

/** Lets the engine work on the product's own connections. */
function engineOn(client: Sql): EngineDatabase {
  return {
    executeSql: async (text, values) => {
      if (values && values.length > 0)
        return { rows: withDates(await client.unsafe(text, values.map(plainValue) as never[])) };
      if (!text.includes(';')) return { rows: withDates(await client.unsafe(text, [], { simple: false } as never)) };
      // Several statements in one text, often with a transaction of their own, which an error leaves open.
      const reserved = await client.reserve();
      try {
        const found: unknown = await reserved.unsafe(text);
        const results = (Array.isArray((found as unknown[])[0]) ? found : [found]) as RowList<Row[]>[];
        return { rows: results.flatMap(withDates) };
      } catch (error) {
        // A connection that is gone never answers.
        await answersWithin(2 * SECOND, reserved.unsafe('rollback')).catch(() => {});
        throw error;
      } finally {
        reserved.release();
      }
    },
  };
}

const timestamptz = 1184;

/** drizzle switches the driver's reading of dates off; the engine counts on it. */
function withDates(rows: RowList<Row[]>): Row[] {
  const dates = (rows.columns ?? []).filter((column) => column.type === timestamptz).map((column) => column.name);
  if (dates.length > 0)
    for (const row of rows)
      for (const name of dates) if (typeof row[name] === 'string') row[name] = new Date(row[name]);
  return rows;
}

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

/** How the engine dates the jobs that it adds: by the beginning of their transaction. */
const dated = 'pgboss.job_now() as created_on';

/**
 * Lets the engine add jobs inside one of our transactions, so that those of one order run in the order in which they
 * were added. Its own date may lie before the lock on the crisis was waited for, and equal dates are sorted by id.
 */
export function queueIn(tx: Tx): EngineDatabase {
  const engine = engineIn(tx);
  return {
    executeSql: (text, values) => {
      if (!text.includes(dated)) throw new Fault('the job engine dates its jobs in another way than expected');
      return engine.executeSql(text.replace(dated, inTurn), values);
    },
  };
}

/** After all that wait in its order, and after those before it in the same statement. */
const inTurn = `greatest(clock_timestamp(), (
  select max(waiting.created_on) from pgboss.job waiting
  where waiting.name = q.name and waiting.singleton_key = "singletonKey"
    and waiting.state < 'active' and not waiting.blocked and waiting.policy = 'key_strict_fifo'
)) + row_number() over () * interval '1 microsecond' as created_on`;
