import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { getConstructionPlans } from 'pg-boss';
import postgres from 'postgres';
import { type Database, type Db, openEmbedded, openPostgres } from '../../db/client.ts';
import { templateFolder } from '../support/embedded.ts';

const migrations = fileURLToPath(new URL('../../db/migrations', import.meta.url));

/** A whole database as SQL that fills an empty one, on either engine and without a superuser's rights. */
export async function dumpOf(db: Db): Promise<string> {
  const schema = readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => readFileSync(join(migrations, name), 'utf8'));
  const parts = [
    ...schema,
    'create schema drizzle',
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    getConstructionPlans('pgboss').trim().replace(/;$/, ''),
  ];
  for (const table of await tablesOf(db)) parts.push(...(await rowsOf(db, table)));
  return `${parts.join(';\n')};\n`;
}

/** Those that others refer to come before them. */
async function tablesOf(db: Db): Promise<string[]> {
  const tables = await db.execute<{ name: string; needs: string[] }>(sql`
    select c.oid::regclass::text as name, array(
      select distinct confrelid::regclass::text from pg_constraint
      where contype = 'f' and conrelid = c.oid and confrelid <> c.oid) as needs
    from pg_class c where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'drizzle', 'pgboss') order by 1`);
  const sorted: string[] = [];
  while (sorted.length < tables.length) {
    const next = tables.filter(
      ({ name, needs }) => !sorted.includes(name) && needs.every((other) => sorted.includes(other)),
    );
    if (next.length === 0) throw new Error('the tables refer to each other in a circle');
    sorted.push(...next.map(({ name }) => name));
  }
  return sorted;
}

async function rowsOf(db: Db, table: string): Promise<string[]> {
  const rows = await db.execute<{ row: string }>(sql.raw(`select to_json(t)::text as row from ${table} t`));
  if (rows.length === 0) return [];
  const columns = await db.execute<{ name: string; sequence: string | null }>(sql`
    select quote_ident(attname) as name, pg_get_serial_sequence(${table}, attname) as sequence from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`);
  const names = columns.map(({ name }) => name).join(', ');
  const json = rows.map(({ row }) => row).join(',\n');
  if (json.includes('$rows$')) throw new Error(`a row of ${table} ends its own quotation`);
  return [
    `insert into ${table} (${names}) overriding system value select ${names} from json_populate_recordset(null::${table}, $rows$[\n${json}]$rows$) on conflict do nothing`,
    ...columns.flatMap(({ name, sequence }) =>
      sequence ? [`select setval('${sequence}', (select max(${name}) from ${table}))`] : [],
    ),
  ];
}

type Opened = Database & { drop(): Promise<void> };

/** A database filled with a dump and opened as the product opens its own, which brings it up to date. */
export async function openDump(dump: string): Promise<Opened> {
  const url = process.env['TEST_DATABASE_URL'];
  return url ? openOnServer(url, dump) : openInFolder(dump);
}

async function openOnServer(url: string, dump: string): Promise<Opened> {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const own = new URL(url);
  own.pathname = `/war_room_upgrade_${crypto.randomUUID().replaceAll('-', '')}`;
  const name = own.pathname.slice(1);
  await admin.unsafe(`create database ${name}`);
  const filling = postgres(own.href, { max: 1, onnotice: () => {} });
  await filling.unsafe(dump).simple();
  await filling.end();
  const database = await openPostgres(own.href);
  return {
    ...database,
    drop: async () => {
      await database.close();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

async function openInFolder(dump: string): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'war-room-upgrade-'));
  cpSync(await filledFolder(dump), folder, { recursive: true });
  const database = await openEmbedded(folder);
  return {
    ...database,
    drop: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const filled = new Map<string, Promise<string>>();

/** Filling takes longer than copying what was filled. */
function filledFolder(dump: string): Promise<string> {
  const known = filled.get(dump) ?? fill(dump);
  filled.set(dump, known);
  return known;
}

async function fill(dump: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'war-room-upgrade-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Opening the template and emptying it takes a third of making a folder.
  const template = templateFolder();
  const pglite = await PGlite.create({
    dataDir: join(folder, 'database'),
    ...(template ? { loadDataDir: template } : {}),
  });
  await pglite.exec('drop schema public, drizzle, pgboss cascade; create schema public');
  await pglite.exec(dump);
  await pglite.close();
  return folder;
}
