import { pathToFileURL } from 'node:url';
import type { Sql } from 'postgres';
import { readBackup, writeBackup } from '../db/backup-file.ts';
import {
  type Database,
  DatabaseRefused,
  FolderInUse,
  FolderUnusable,
  openEmbedded,
  openPostgres,
} from '../db/client.ts';
import { dump, firstDifference, type Holdings, holdings, isEmpty, load, type Progress } from '../db/copy.ts';
import postgres from '../db/postgres/index.js';
import { markRestored } from '../db/restored.ts';
import { BadConfig, type Config, databaseProblem, readConfig } from './config.ts';
import { startBoss } from './jobs/boss.ts';

const usage = `Copies of the whole database.

  npm run backup -- FILE     writes everything into a new file, which only you may read
  npm run restore -- FILE    fills an empty database from such a file; stop the bot first
  npm run restored -- TIME   tells a database that you filled yourself from a copy made then (2026-12-01T14:00:00Z)
  npm run move               fills the empty database of DATABASE_URL from the embedded one in DATA_DIR; stop the bot first

Exit code 0: done. 1: refused, nothing was changed. 2: wrong usage.`;

const sealed =
  'Tokens are in it encrypted, as they are in the database: keep TOKEN_KEYS elsewhere. All else is in clear: encrypt where you keep it.';

const looksFirst =
  'For a day the bot looks in Slack before it shows anything, so that what was shown after the copy was made is not shown twice; numbers go on at the next hundred; each open room is told once. What was done after the copy is in Slack and not in here.';

type Where = Pick<Config, 'databaseUrl' | 'databaseMigrationUrl' | 'dataDir'>;

/** Does one command. Answers the exit code; throws BadConfig, DatabaseRefused and FolderInUse, which say what to do. */
export async function run(
  args: readonly string[],
  where: Where,
  now: Date,
  say: (line: string) => void,
): Promise<0 | 2> {
  const [verb, file, ...more] = args;
  const progress: Progress = (table, rows) => {
    if (rows > 0) say(`  ${table.replace('public.', '')}: ${rows}`);
  };
  if (verb === 'backup' && file && more.length === 0) {
    await using(await openPlace(where), (database) => writeBackup(database.client, file, now, progress));
    say(`The backup is ${file}. ${sealed}`);
    return 0;
  }
  if (verb === 'restore' && file && more.length === 0) {
    const arrived = await using(await openPlace(where), (database) =>
      filling(database, where, async (client) => {
        const made = { at: now };
        const filled = await readBackup(client, file, progress, (madeAt) => {
          made.at = madeAt;
        });
        await markRestored(client, made.at, now);
        return filled;
      }),
    );
    say(`Restored: ${summary(arrived)}. The counts and the heads of all timelines are those of the backup.`);
    say(looksFirst);
    return 0;
  }
  if (verb === 'restored' && file && more.length === 0) {
    const madeAt = new Date(file);
    if (Number.isNaN(madeAt.getTime()) || madeAt > now)
      throw new BadConfig('Say when the copy was made, such as 2026-12-01T14:00:00Z.');
    await using(await openPlace(where), (database) => markRestored(database.client, madeAt, now));
    say(looksFirst);
    return 0;
  }
  if (verb === 'move' && file === undefined) {
    if (!where.databaseUrl) throw new BadConfig('DATABASE_URL is missing: where should the embedded database move to?');
    await using(await openEmbedded(where.dataDir), async (from) =>
      using(await openPlace(where), (to) => move(from, to, where, { now, progress, say })),
    );
    return 0;
  }
  say(usage);
  return 2;
}

async function move(
  from: Database,
  to: Database,
  where: Where,
  { now, progress, say }: { now: Date; progress: Progress; say: (line: string) => void },
): Promise<void> {
  const leaving = await holdings(from.client);
  if (isEmpty(leaving)) throw new DatabaseRefused(`There is nothing to move in ${where.dataDir}.`);
  const after = `Start the bot with DATABASE_URL from now on, and keep ${where.dataDir} until you have seen it work.`;
  if (firstDifference(leaving, await holdings(to.client)) === null) {
    say(`Moved already: ${summary(leaving)}, all the same. ${after}`);
    return;
  }
  const arrived = await filling(to, where, (client) =>
    load(
      client,
      dump(from.client, now, () => {}),
      progress,
    ),
  );
  say(`Moved: ${summary(arrived)}. The counts and the heads of all timelines are the same on both sides. ${after}`);
}

const summary = ({ tables, heads }: Holdings): string =>
  `${Object.values(tables).reduce((sum, { rows }) => sum + rows, 0)} rows, ${heads.length} crises`;

const openPlace = (where: Where): Promise<Database> =>
  where.databaseUrl
    ? openPostgres(where.databaseUrl, where.databaseMigrationUrl).catch(databaseProblem)
    : openEmbedded(where.dataDir);

/** With the tables of the job engine in place, as the role that owns all tables. */
async function filling<T>(database: Database, where: Where, fill: (client: Sql) => Promise<T>): Promise<T> {
  const boss = await startBoss(database, () => {});
  await boss.stop({ graceful: false });
  if (!where.databaseUrl || !where.databaseMigrationUrl) return fill(database.client);
  const owner = postgres(where.databaseMigrationUrl, { onnotice: () => {}, connect_timeout: 10, max: 1 });
  try {
    return await fill(owner);
  } finally {
    await owner.end({ timeout: 5 });
  }
}

async function using<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/* v8 ignore start: the process itself */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await run(process.argv.slice(2), readConfig(process.env), new Date(), (line) => {
      process.stdout.write(`${line}\n`);
    });
  } catch (error) {
    if (
      !(
        error instanceof BadConfig ||
        error instanceof FolderInUse ||
        error instanceof FolderUnusable ||
        error instanceof DatabaseRefused
      )
    )
      throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
/* v8 ignore stop */
