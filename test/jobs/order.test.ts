import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRoom } from '../../src/core/jobs.ts';
import { startBoss } from '../../src/jobs/boss.ts';
import { enqueue } from '../../src/jobs/enqueue.ts';
import { freshDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let boss: PgBoss;
beforeAll(async () => {
  database = await freshDatabase();
  boss = await startBoss(database, () => {});
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await database.drop();
});

/** As the engine sorts what waits in one order. */
const waiting = async (crisisId: string) =>
  [
    ...(await database.db.execute<{ kind: string }>(
      sql`select data->>'kind' as kind from pgboss.job where singleton_key = ${`room:${crisisId}`} order by created_on, id`,
    )),
  ].map((row) => row.kind);

test('jobs of one order run in the order in which they were ordered, with keys or without', async () => {
  for (let i = 0; i < 5; i += 1) {
    const crisisId = `crisis-${i}`;
    const job = (kind: string, key?: string) => inRoom(kind, { crisisId }, key);
    const now = new Date();
    await database.db.transaction((tx) =>
      enqueue(boss, tx, [job('a', `a:${i}`), job('b'), job('c', `c:${i}`), job('d', `d:${i}`), job('e')], now),
    );
    await database.db.transaction((tx) => enqueue(boss, tx, [job('f', `f:${i}`), job('g')], now));
    await database.db.transaction((tx) => enqueue(boss, tx, [job('h'), job('a', `a:${i}`)], now));
    expect(await waiting(crisisId)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  }
});
