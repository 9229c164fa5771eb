import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { type Database, openEmbedded, openPostgres } from '../../../db/client.ts';
import { departments, workspaces } from '../../../db/schema/index.ts';
import { startBoss } from '../../../src/jobs/boss.ts';
import type { Sandbox } from '../../../src/sandbox/server/index.ts';

export type Place = {
  engine: 'embedded' | 'postgres';
  /** A folder, or an address. */
  database: string;
  /** Of PostgreSQL only: a statement beside the product, while it is dead. */
  beside(text: string): Promise<Record<string, unknown>[]>;
  drop: () => Promise<void>;
};

const local = 'postgres://postgres@127.0.0.1:5432/postgres';

/** The server of TEST_DATABASE_URL, or the one on this machine if it answers; null with the reason printed. */
export async function postgresServer(): Promise<string | null> {
  const given = process.env['TEST_DATABASE_URL'];
  const probe = postgres(given ?? local, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await probe`select 1`;
    return given ?? local;
  } catch (error) {
    if (given) throw error;
    process.stdout.write(
      '\nPostgreSQL parts are skipped: TEST_DATABASE_URL is not set and nothing answers at 127.0.0.1:5432.\n',
    );
    return null;
  } finally {
    await probe.end({ timeout: 1 });
  }
}

/** A database of one's own, migrated, with the roster of the sandbox workspace, for a story whose clock starts so far ahead. Nobody has it open. */
export async function freshPlace(server: string | null, sandbox: Sandbox, aheadMs: number): Promise<Place> {
  return server ? freshServerDatabase(server, sandbox, aheadMs) : freshFolder(sandbox, aheadMs);
}

/** A database of one's own that this process opens: in memory, or on a server. */
export async function openOwn(server: string | null): Promise<Database & { drop: () => Promise<void> }> {
  if (!server) {
    const database = await openEmbedded('memory');
    return { ...database, drop: () => database.close() };
  }
  const { url, drop } = await createOn(server);
  const database = await openPostgres(url);
  return { ...database, drop: () => database.close().then(drop) };
}

async function createOn(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `war_room_faults_${randomBytes(6).toString('hex')}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    drop: async () => {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

async function freshFolder(sandbox: Sandbox, aheadMs: number): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'war-room-faults-'));
  const template = process.env['TEST_DATABASE_URL'] ? undefined : process.env['WAR_ROOM_TEMPLATE'];
  const database = await openEmbedded(
    folder,
    template ? new Blob([new Uint8Array(readFileSync(template))]) : undefined,
  );
  await furnish(database, sandbox, aheadMs);
  return {
    engine: 'embedded',
    database: folder,
    beside: () => Promise.reject(new Error('an embedded database has one owner')),
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function freshServerDatabase(server: string, sandbox: Sandbox, aheadMs: number): Promise<Place> {
  const { url, drop } = await createOn(server);
  await furnish(await openPostgres(url), sandbox, aheadMs);
  const beside = postgres(url, { max: 1, onnotice: () => {} });
  return {
    engine: 'postgres',
    database: url,
    beside: async (text) => [...(await beside.unsafe(text))],
    drop: async () => {
      await beside.end({ timeout: 1 });
      await drop();
    },
  };
}

async function furnish(database: Database, sandbox: Sandbox, aheadMs: number): Promise<void> {
  const boss = await startBoss(database, () => {});
  await boss.stop({ graceful: false });
  const { db } = database;
  await db.execute(sql`create table faults_clock (ahead_ms bigint not null)`);
  await db.execute(sql`insert into faults_clock values (${aheadMs})`);
  const { team, botUserId } = sandbox;
  await db.insert(workspaces).values({ ...team, botUserId, installedAt: new Date(Date.now() + aheadMs) });
  const none = { workspaceId: team.id, name: null, deputyIds: [] as string[], groupIds: [] as string[] };
  const id = (name: string) => sandbox.person(name).id;
  await db.insert(departments).values([
    { ...none, key: 'communication', position: 0, peopleIds: [id('Claire')], deputyIds: [id('Marc')] },
    { ...none, key: 'legal', position: 1, peopleIds: [id('Helen')] },
    { ...none, key: 'marketing', position: 2, peopleIds: [id('Tom')] },
    { ...none, key: 'management', position: 3, peopleIds: [id('Anne')] },
  ]);
  await database.close();
}
