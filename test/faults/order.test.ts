import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { inRoom } from '../../src/core/jobs.ts';
import { startBoss } from '../../src/jobs/boss.ts';
import { enqueue } from '../../src/jobs/enqueue.ts';
import { openOwn, postgresServer } from './support/databases.ts';

const server = await postgresServer();

test.skipIf(!server)('a transaction that waited for its turn orders its jobs after those it waited for', async () => {
  const database = await openOwn(server);
  const boss = await startBoss(database, () => {});
  const first = gate();
  const begun = gate();
  const now = new Date();
  const late = database.db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    begun.resolve();
    await first.promise;
    await enqueue(boss, tx, [inRoom('second', { crisisId: 'c' })], now);
  });
  await begun.promise;
  await database.db.transaction((tx) => enqueue(boss, tx, [inRoom('first', { crisisId: 'c' })], now));
  first.resolve();
  await late;
  const jobs = await database.db.execute<{ kind: string }>(
    sql`select data->>'kind' as kind from pgboss.job where singleton_key = 'room:c' order by created_on, id`,
  );
  expect([...jobs].map((job) => job.kind)).toEqual(['first', 'second']);
  await boss.stop({ graceful: false });
  await database.drop();
});

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
