import type { ReservedSql, Sql } from 'postgres';
import { DatabaseRefused } from './client.ts';

/** What a database holds: rows of each table with the sum of their hashes, and where the chains of each crisis end. */
export type Holdings = {
  tables: Record<string, { rows: number; sum: string }>;
  heads: { crisis: string; entries: number; entry: string | null; messages: number; message: string | null }[];
};
export type Progress = (table: string, rows: number) => void;

type Head = { format: string; version: number; madeAt: string; migrations: string[] };

const format = 'crisis-war-room backup';
/** Rows that travel together: no table is ever whole in memory. */
const together = 200;

/**
 * Everything in the database as lines, as it stands at one moment: `#` and JSON where a part begins, one row as JSON in
 * each line between. The last line holds what there should be; a copy without it is cut short.
 */
export async function* dump(client: Sql, now: Date, progress: Progress): AsyncGenerator<string> {
  const sql = await client.reserve();
  try {
    await sql.unsafe('begin isolation level repeatable read read only');
    await sql.unsafe(`set local timezone = 'UTC'`);
    const head: Head = { format, version: 1, madeAt: now.toISOString(), migrations: await migrationsOf(sql) };
    yield mark(head);
    for (const table of await tablesOf(sql)) {
      yield mark({ table });
      let rows = 0;
      await sql.unsafe(`declare copied no scroll cursor for select row_to_json(t)::text as line from ${table} t`);
      for (;;) {
        const found = (await sql.unsafe(`fetch ${together} from copied`)) as unknown as { line: string }[];
        if (found.length === 0) break;
        for (const { line } of found) yield line;
        rows += found.length;
      }
      await sql.unsafe('close copied');
      progress(table, rows);
    }
    yield mark({ end: await holdingsOf(sql) });
  } finally {
    await sql.unsafe('rollback').catch(() => {});
    sql.release();
  }
}

const mark = (part: object) => `#${JSON.stringify(part)}`;

/**
 * Fills an empty database of the same release from such lines, in one transaction: broken off, it is as empty as before.
 * Whoever owns the tables must do it. Throws DatabaseRefused when the database is not empty, the lines are not whole, or
 * what arrived is not what left.
 */
export async function load(
  client: Sql,
  lines: AsyncIterable<string>,
  progress: Progress,
  /** Hears when the copy was made. */
  onMade: (madeAt: Date) => void = () => {},
): Promise<Holdings> {
  const sql = await client.reserve();
  try {
    await sql.unsafe('begin');
    await sql.unsafe(`set local timezone = 'UTC'`);
    const keys = await foreignKeysOf(sql);
    // A row may come before the one that it names. The lock also keeps a bot from starting to write meanwhile.
    for (const key of keys) await sql.unsafe(`alter table ${key} deferrable initially deferred`);
    if (!isEmpty(await holdingsOf(sql)))
      throw new DatabaseRefused('The database to be filled is not empty. Name an empty one; nothing was changed.');
    const announced = await fill(sql, lines, progress, onMade);
    await sql.unsafe('set constraints all immediate');
    for (const key of keys) await sql.unsafe(`alter table ${key} not deferrable`);
    const arrived = await holdingsOf(sql);
    const wrong = firstDifference(announced, arrived);
    if (wrong) throw new DatabaseRefused(`What arrived is not what left (${wrong}). Nothing was changed.`);
    await sql.unsafe('commit');
    return arrived;
  } catch (error) {
    await sql.unsafe('rollback').catch(() => {});
    throw error;
  } finally {
    sql.release();
  }
}

async function fill(
  sql: ReservedSql,
  lines: AsyncIterable<string>,
  progress: Progress,
  onMade: (madeAt: Date) => void,
): Promise<Holdings> {
  const known = new Set(await tablesOf(sql));
  const at: { table?: string; columns?: string; rows: number; waiting: string[]; isBegun: boolean } = {
    rows: 0,
    waiting: [],
    isBegun: false,
  };
  const insert = async () => {
    const { table, columns, waiting } = at;
    if (!table || waiting.length === 0) return;
    await sql.unsafe(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::text::json)`,
      [`[${waiting.join(',')}]`],
    );
    at.rows += waiting.length;
    at.waiting = [];
  };
  for await (const line of lines) {
    if (!line.startsWith('#')) {
      at.waiting.push(line);
      if (at.waiting.length >= together) await insert();
      continue;
    }
    await insert();
    if (at.table) progress(at.table, at.rows);
    const part = JSON.parse(line.slice(1)) as Partial<Head> & { table?: string; end?: Holdings };
    if (part.end && at.isBegun) return part.end;
    if (part.format) {
      await refuseOther(sql, part);
      onMade(new Date(part.madeAt ?? 0));
      at.isBegun = true;
    }
    if (part.table !== undefined && (!at.isBegun || !known.has(part.table))) break;
    Object.assign(at, { table: part.table, rows: 0 });
    if (part.table) at.columns = await columnsOf(sql, part.table);
  }
  throw new DatabaseRefused('The backup is cut short, or is none of this product. Nothing was changed.');
}

async function refuseOther(sql: ReservedSql, head: Partial<Head>): Promise<void> {
  if (head.format === format && head.version === 1 && isSame(head.migrations, await migrationsOf(sql))) return;
  throw new DatabaseRefused(
    'The backup was made by another release. Restore it with that release, then install this one. Nothing was changed.',
  );
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What the database holds now, as one moment shows it. */
export async function holdings(client: Sql): Promise<Holdings> {
  const sql = await client.reserve();
  try {
    await sql.unsafe('begin isolation level repeatable read read only');
    await sql.unsafe(`set local timezone = 'UTC'`);
    return await holdingsOf(sql);
  } finally {
    await sql.unsafe('rollback').catch(() => {});
    sql.release();
  }
}

export const isEmpty = ({ tables }: Holdings): boolean => Object.values(tables).every(({ rows }) => rows === 0);

/** Names the first thing in which two databases differ, or null. */
export function firstDifference(one: Holdings, other: Holdings): string | null {
  const names = [...new Set([...Object.keys(one.tables), ...Object.keys(other.tables)])];
  const table = names.find((name) => {
    const [a, b] = [one.tables[name], other.tables[name]];
    return (a?.rows ?? 0) !== (b?.rows ?? 0) || (a?.sum ?? '0') !== (b?.sum ?? '0');
  });
  if (table) return table;
  return isSame(one.heads, other.heads) ? null : 'the heads of the timelines';
}

async function holdingsOf(sql: ReservedSql): Promise<Holdings> {
  const tables: Holdings['tables'] = {};
  for (const table of await tablesOf(sql)) {
    const [row] = (await sql.unsafe(`
      select count(*)::int as rows,
        coalesce(sum(('x' || substr(md5(row_to_json(t)::text), 1, 15))::bit(60)::bigint::numeric), 0)::text as sum
      from ${table} t`)) as unknown as { rows: number; sum: string }[];
    if (row) tables[table] = { rows: row.rows, sum: row.sum };
  }
  const heads = (await sql.unsafe(`
    select c.id as crisis, coalesce(e.n, 0) as entries, e.hash as entry, coalesce(m.n, 0) as messages, m.hash as message
    from crises c
    left join (select crisis_id, count(*)::int as n, (array_agg(hash order by seq desc))[1] as hash
      from timeline_entries group by 1) e on e.crisis_id = c.id
    left join (select crisis_id, count(*)::int as n, (array_agg(hash order by seq desc))[1] as hash
      from room_message_revisions group by 1) m on m.crisis_id = c.id
    order by c.id`)) as unknown as Holdings['heads'];
  return { tables, heads: heads.map((head) => ({ ...head })) };
}

/** The product's own, and the work that waits: queues and figures of the job engine are made anew by each start. */
const tablesOf = async (sql: ReservedSql): Promise<string[]> =>
  (
    (await sql.unsafe(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and (n.nspname = 'public' or n.nspname = 'pgboss' and c.relname = 'job')
      order by n.nspname = 'pgboss', c.relname`)) as unknown as { name: string }[]
  ).map(({ name }) => name);

const columnsOf = async (sql: ReservedSql, table: string): Promise<string> =>
  (
    (await sql.unsafe(
      `select quote_ident(attname) as name from pg_attribute
      where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [table],
    )) as unknown as { name: string }[]
  )
    .map(({ name }) => name)
    .join(', ');

const foreignKeysOf = async (sql: ReservedSql): Promise<string[]> =>
  (
    (await sql.unsafe(`
      select format('%s alter constraint %I', conrelid::regclass, conname) as name from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace and not condeferrable order by 1`)) as unknown as {
      name: string;
    }[]
  ).map(({ name }) => name);

const migrationsOf = async (sql: ReservedSql): Promise<string[]> =>
  (
    (await sql.unsafe('select hash from drizzle.__drizzle_migrations order by created_at')) as unknown as {
      hash: string;
    }[]
  ).map(({ hash }) => hash);
