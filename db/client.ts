import { mkdirSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { PgliteQueryResultHKT } from 'drizzle-orm/pglite';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import * as schema from './schema/index.ts';

export type Db = PgDatabase<PostgresJsQueryResultHKT | PgliteQueryResultHKT, typeof schema>;
/** An open transaction. Inside one, nothing else may be used: the embedded engine has a single connection and would wait for itself. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
export type Executor = Db | Tx;

export type Database = {
  db: Db;
  engine: { name: 'postgres'; url: string } | { name: 'embedded'; pglite: PGlite };
  /** Embedded only: what PostgreSQL's background processes would do (checkpoint, vacuum). */
  maintain(): Promise<void>;
  close(): Promise<void>;
};

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

export async function openPostgres(url: string): Promise<Database> {
  const [{ default: postgres }, { drizzle }, { migrate }] = await Promise.all([
    import('postgres'),
    import('drizzle-orm/postgres-js'),
    import('drizzle-orm/postgres-js/migrator'),
  ]);
  const quiet = { onnotice: () => {}, connect_timeout: 10 };
  const migrator = postgres(url, { ...quiet, max: 1 });
  try {
    // Instances started together would all create the same tables: the first one in migrates, the others wait.
    await migrator`select pg_advisory_lock(hashtext('crisis_war_room_migrations'))`;
    await migrate(drizzle(migrator), { migrationsFolder });
  } finally {
    await migrator.end();
  }
  const client = postgres(url, { ...quiet, max: 10 });
  return {
    db: drizzle(client, { schema }) as unknown as Db,
    engine: { name: 'postgres', url },
    maintain: async () => {},
    close: async () => client.end({ timeout: 5 }),
  };
}

/**
 * PostgreSQL in this process. `folder` is created when missing; `memory` keeps nothing.
 * `template` is a data folder dumped earlier, which opens four times faster than an empty one.
 */
export async function openEmbedded(folder: string, template?: Blob): Promise<Database> {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  const lock = folder === 'memory' ? undefined : await lockFolder(folder);
  const pglite = await PGlite.create({
    ...(folder === 'memory' ? {} : { dataDir: join(folder, 'database') }),
    ...(template ? { loadDataDir: template } : {}),
    startParams: [...PGlite.defaultStartParams, '-c', 'max_wal_size=64MB', '-c', 'shared_buffers=16MB'],
  });
  const db = drizzle(pglite, { schema });
  if (!template) await migrate(db, { migrationsFolder });
  return {
    db: db as unknown as Db,
    engine: { name: 'embedded', pglite },
    maintain: async () => {
      await pglite.exec('CHECKPOINT');
      await pglite.exec('VACUUM');
    },
    close: async () => {
      await pglite.close();
      lock?.close();
    },
  };
}

export class FolderInUse extends Error {
  readonly folder: string;
  constructor(folder: string) {
    super(`The data folder ${folder} is in use by another process.`);
    this.folder = folder;
  }
}

/**
 * The embedded engine takes no lock of its own: two processes on one folder silently lose each other's commits.
 * A listening socket is a lock that a killed process cannot leave behind.
 */
async function lockFolder(folder: string): Promise<Server> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'in-use.sock');
  if (await answers(path)) throw new FolderInUse(folder);
  rmSync(path, { force: true });
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  server.unref();
  return server;
}

const answers = (path: string) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** The database did not answer (as opposed to: it answered that the statement is wrong). */
export function isDatabaseDown(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECT|CONNECTION_|57P0|08|53)/.test(code))
      return true;
  }
  return false;
}
