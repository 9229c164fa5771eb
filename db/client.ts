import { closeSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import type { Sql, TransactionSql } from 'postgres';
import { EmbeddedWire } from './embedded-wire.ts';
import postgres from './postgres/index.js';
import * as schema from './schema/index.ts';

export type Db = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;
/** An open transaction. Inside one, nothing else may be used: the embedded engine has a single connection and would wait for itself. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
export type Executor = Db | Tx;

export type Database = {
  db: Db;
  /** The connections under `db`, for the job engine. */
  client: Sql;
  engine: { name: 'postgres'; url: string; isOwner: boolean } | { name: 'embedded'; pglite: PGlite };
  /** Embedded only: what PostgreSQL's background processes would do (checkpoint, vacuum). */
  maintain(): Promise<void>;
  close(): Promise<void>;
};

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** `ownerUrl`: the role that owns the tables and migrates them, where it is not the one that the product works as. */
export async function openPostgres(url: string, ownerUrl?: string): Promise<Database> {
  const { migratePostgres } = await import('./migrate.ts');
  const isOwner = await migratePostgres(url, ownerUrl, migrationsFolder);
  const client = preparing(postgres(url, { onnotice: () => {}, connect_timeout: 10, max: 10 }));
  return {
    db: drizzle(client, { schema }),
    client,
    engine: { name: 'postgres', url, isOwner },
    maintain: async () => {},
    close: async () => client.end({ timeout: 5 }),
  };
}

/**
 * drizzle sends every statement as a text to be parsed and planned anew, which costs two round trips. Prepared, a
 * statement costs one from its second use on a connection. Statements are fixed texts, so each connection keeps few.
 */
function preparing<T extends Sql | TransactionSql>(client: T): T {
  const unsafe = client.unsafe.bind(client);
  client.unsafe = ((query, params, options) => unsafe(query, params, { ...options, prepare: true })) as T['unsafe'];
  if ('begin' in client) {
    const begin = client.begin.bind(client);
    client.begin = ((work: (sql: TransactionSql) => Promise<unknown>) => {
      const life = { isOver: false };
      return begin((sql) => whileItLives(life, work(mortal(life, preparing(sql))))).finally(() => {
        life.isOver = true;
      });
    }) as Sql['begin'];
  }
  return client;
}

/**
 * When a connection breaks, the driver ends its transaction at once, but lets what is left of the work speak on: on the
 * next connection, outside any transaction or inside somebody else's.
 */
function mortal(life: { isOver: boolean }, sql: TransactionSql): TransactionSql {
  const unsafe = sql.unsafe.bind(sql);
  sql.unsafe = ((query, params, options) => {
    if (life.isOver)
      throw Object.assign(new Error('the connection of this transaction is closed'), { code: 'CONNECTION_CLOSED' });
    return unsafe(query, params, options);
  }) as TransactionSql['unsafe'];
  return sql;
}

/** The same for the driver's own `rollback` and `commit`, which come when the work has ended: then it never does. */
async function whileItLives<T>(life: { isOver: boolean }, work: Promise<T>): Promise<T> {
  const ended = await work.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  if (life.isOver) return new Promise<never>(() => {});
  return ended();
}

/**
 * PostgreSQL in this process. `folder` is created when missing; `memory` keeps nothing.
 * `template` is a data folder dumped earlier, which opens four times faster than an empty one.
 */
export async function openEmbedded(folder: string, template?: Blob): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  if (folder !== 'memory') tryFolder(folder);
  const lock = folder === 'memory' ? undefined : await lockFolder(folder);
  const pglite = await PGlite.create({
    ...(folder === 'memory' ? {} : { dataDir: join(folder, 'database') }),
    ...(template ? { loadDataDir: template } : {}),
    startParams: [...PGlite.defaultStartParams, '-c', 'max_wal_size=64MB', '-c', 'shared_buffers=16MB'],
  }).catch((error: unknown) => {
    lock?.close();
    if (folder === 'memory') throw error;
    // Room for a start, and no more than that.
    tryFolder(folder);
    // What the engine throws says nothing to anybody, and is not always an error.
    throw new FolderUnusable(
      `The database in ${folder} cannot be opened: it is damaged, or was made by something else. Restore a backup, or set DATA_DIR to an empty folder.`,
    );
  });
  const database = connectEmbedded(pglite);
  const close = async () => {
    await database.close();
    await pglite.close();
    lock?.close();
  };
  if (!template) {
    try {
      await refuseNewer(database.client, migrationsFolder);
      await migrate(database.db, { migrationsFolder });
    } catch (error) {
      await close().catch(() => {});
      throw error;
    }
  }
  return { ...database, close };
}

/** An engine that runs already, whose `close` leaves it running. Nobody else may be connected to it. */
export function connectEmbedded(pglite: PGlite): Database {
  const client = preparing(postgres(overWire(pglite)));
  return {
    db: drizzle(client, { schema }),
    client,
    engine: { name: 'embedded', pglite },
    maintain: async () => {
      await client.unsafe('checkpoint');
      await client.unsafe('vacuum');
    },
    close: async () => client.end({ timeout: 5 }),
  };
}

/** One connection for as long as the process lives: the engine has one session. */
const overWire = (pglite: PGlite): postgres.Options<Record<string, never>> & { socket: () => EmbeddedWire } => ({
  socket: () => new EmbeddedWire(pglite),
  user: 'postgres',
  database: 'postgres',
  max: 1,
  max_lifetime: null,
  onnotice: () => {},
});

/** A set-up of the database in which the product should not start; the message says what to do. */
export class DatabaseRefused extends Error {}

/** Throws DatabaseRefused where a newer release has changed the tables: this one does not know what they mean. */
export async function refuseNewer(client: Sql, folder: string): Promise<void> {
  const [found] = await client<
    { there: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!found?.there) return;
  const [applied] = await client<
    { newest: number | null }[]
  >`select max(created_at)::float8 as newest from drizzle.__drizzle_migrations`;
  const known = Math.max(...readMigrationFiles({ migrationsFolder: folder }).map((one) => one.folderMillis));
  if ((applied?.newest ?? 0) > known)
    throw new DatabaseRefused(
      'The database was last used by a newer release. Start that release, or restore a backup made before it was installed.',
    );
}

/** A data folder that cannot be used, and what to do. */
export class FolderUnusable extends Error {}

/** Throws FolderUnusable where nothing can be written. */
function tryFolder(folder: string): void {
  const probe = join(folder, 'probe');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(probe, Buffer.alloc(1024 * 1024), { mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FolderUnusable(
      code === 'ENOSPC' || code === 'EDQUOT'
        ? `The disk of the data folder ${folder} is full. Make room, or set DATA_DIR to a folder on another disk.`
        : `The data folder ${folder} cannot be written (${code}). Set DATA_DIR to a folder that belongs to this user.`,
    );
  }
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
export async function lockFolder(folder: string): Promise<Server> {
  const path = join(folder, 'in-use.sock');
  const leave = enterAlone(folder);
  try {
    if (await answers(path)) throw new FolderInUse(folder);
    rmSync(path, { force: true });
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
    server.unref();
    return server;
  } finally {
    leave();
  }
}

/** Two that start at one instant would both find nobody, and each would take the other's socket away. */
function enterAlone(folder: string): () => void {
  const path = join(folder, 'starting.lock');
  const enter = () => closeSync(openSync(path, 'wx', 0o600));
  try {
    enter();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Whoever takes the lock holds it for milliseconds, unless it was killed just then.
    const heldSince = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - heldSince < staleAfter) throw new FolderInUse(folder);
    rmSync(path, { force: true });
    try {
      enter();
    } catch {
      throw new FolderInUse(folder);
    }
  }
  return () => rmSync(path, { force: true });
}

const staleAfter = 10_000;

const answers = (path: string) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Waits so long for the database and no longer: a connection that is dead without a word may stay so for minutes. */
export async function answersWithin<T>(ms: number, asked: Promise<T>): Promise<T> {
  const timer: { stop?: () => void } = {};
  const silence = new Promise<never>((_, reject) => {
    const timeout = setTimeout(() => {
      reject(Object.assign(new Error('the database does not answer'), { code: 'CONNECTION_SILENT' }));
    }, ms);
    timer.stop = () => clearTimeout(timeout);
  });
  try {
    return await Promise.race([asked, silence]);
  } finally {
    timer.stop?.();
  }
}

/** The database did not answer (as opposed to: it answered that the statement is wrong). */
export function isDatabaseDown(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECT|CONNECTION_|57P0|08|53)/.test(code))
      return true;
  }
  return false;
}
