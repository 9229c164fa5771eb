import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { readBackup, writeBackup } from '../../db/backup-file.ts';
import { markRestored } from '../../db/restored.ts';
import { startApp } from '../../src/app.ts';
import { MINUTE } from '../../src/core/time.ts';
import { startBoss } from '../../src/jobs/boss.ts';
import { writeDecision } from '../support/acts.ts';
import { quietLog, startCompany } from '../support/company.ts';
import { freshDatabase } from '../support/database.ts';
import { paceWithoutWaiting } from '../support/pace.ts';

test('a copy that was made while posts waited doubles nothing once it is restored, uses no number twice, and says so once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'restored-'));
  const file = join(folder, 'backup.gz');
  const database = await freshDatabase();
  const target = await freshDatabase();
  const company = await startCompany({ database: Promise.resolve(database) });
  const { helen, tom, sandbox, now } = company;
  const room = await company.declare('Soup recall');
  await company.pass(MINUTE);
  sandbox.enforceRateTiers(false);
  const titles = ['Stop the line', 'Call the plant', 'Warn the shops', 'Keep the soup'];
  sandbox.faults.always('chat.postMessage', { kind: 'http', status: 503, when: 'before' });
  for (const title of titles) {
    await writeDecision(helen, room, title);
    await helen.submit();
  }
  // Committed, each with the post that waits.
  await writeBackup(database.client, file, now(), () => {});
  sandbox.faults.clear();
  await company.settledWithRetries();
  await tom.command('/crisis task Done after the copy', room);
  await company.settled();
  const cards = () =>
    titles.map((title) => helen.sees(room).filter((m) => m.type === 'message' && m.text.includes(title)).length);
  expect(cards()).toEqual([1, 1, 1, 1]);
  await company.app.stop();

  await (await startBoss(target, () => {})).stop({ graceful: false });
  let madeAt = new Date(0);
  await readBackup(
    target.client,
    file,
    () => {},
    (at) => {
      madeAt = at;
    },
  );
  await markRestored(target.client, madeAt, now());
  const start = () =>
    startApp({
      database: target,
      now,
      log: quietLog,
      rateLimit: { burst: 1_000_000, everyMs: 1 },
      pace: paceWithoutWaiting(now).pace,
      slack: {
        botToken: sandbox.botToken,
        apiUrl: sandbox.apiUrl,
        transport: { kind: 'socket', appToken: sandbox.appToken, apiUrl: sandbox.apiUrl },
      },
    });
  const rest = () =>
    expect
      .poll(
        async () =>
          (
            await target.db.execute<{ n: number }>(
              sql`select count(*)::int as n from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()`,
            )
          )[0]?.n,
        { timeout: 20_000, interval: 200 },
      )
      .toBe(0);
  const told = () => helen.sees(room).filter((m) => m.type === 'message' && m.text.includes('restored from a copy'));
  let app = await start();
  await rest();
  await sandbox.settled();
  expect(cards()).toEqual([1, 1, 1, 1]);
  expect(told()).toHaveLength(1);
  await tom.command('/crisis task Numbered after it', room);
  await sandbox.settled();
  const tasks = await target.db.execute<{ number: number }>(sql`select number from tasks order by number`);
  expect(tasks.at(-1)?.number).toBe(101);
  await app.stop();
  app = await start();
  await rest();
  await sandbox.settled();
  expect(told()).toHaveLength(1);
  expect(cards()).toEqual([1, 1, 1, 1]);
  await app.stop();
  await target.drop();
  await company.close();
  rmSync(folder, { recursive: true });
}, 90_000);
