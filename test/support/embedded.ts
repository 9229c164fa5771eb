import { readFileSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { connectEmbedded, type Database, openEmbedded } from '../../db/client.ts';

/** What an engine held when it was opened, and how its database was built. */
type Template = { shape: string; rows: { name: string; rows: string }[]; sequences: Sequence[] };
type Sequence = { name: string; value: string; isCalled: boolean };
type Idle = { pglite: PGlite; template: Template };

/** Engines of this process that nobody uses: emptying one costs a tenth of opening one. */
const idle: Idle[] = [];

/** The template in an engine of one's own, reached by a connection that ends with `drop`: who comes later cannot meet who was there before. */
export async function freshEmbedded(): Promise<Database & { drop(): Promise<void> }> {
  const engine = (await emptied()) ?? (await opened());
  const database = connectEmbedded(engine.pglite);
  const drop = async () => {
    await database.close();
    idle.push(engine);
  };
  return { ...database, close: drop, drop };
}

/** A migrated data folder, to open an embedded engine from. On PostgreSQL there is none: it is migrated as it is opened. */
export const templateFolder = (): Blob | undefined =>
  process.env['TEST_DATABASE_URL']
    ? undefined
    : new Blob([new Uint8Array(readFileSync(process.env['WAR_ROOM_TEMPLATE'] ?? ''))]);

async function opened(): Promise<Idle> {
  const { engine, client } = await openEmbedded('memory', templateFolder());
  if (engine.name !== 'embedded') throw new Error('an embedded engine was asked for');
  await client.end();
  const { pglite } = engine;
  const template = { shape: await shapeOf(pglite), rows: await rowsOf(pglite), sequences: await sequencesOf(pglite) };
  return { pglite, template };
}

/** One that is as the template again; whoever changed more than rows leaves an engine that nobody gets any more. */
async function emptied(): Promise<Idle | undefined> {
  for (let engine = idle.pop(); engine; engine = idle.pop()) {
    const { pglite, template } = engine;
    await pglite.exec('rollback');
    await pglite.exec('discard all');
    if ((await shapeOf(pglite)) !== template.shape) {
      await pglite.close();
      continue;
    }
    // So that neither foreign keys nor the guards of the timeline are asked.
    await pglite.exec('set session_replication_role = replica');
    const written = await tablesOf(pglite);
    if (written.length > 0) await pglite.exec(`truncate ${written.join(', ')} restart identity cascade`);
    for (const { name, rows } of template.rows)
      await pglite.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1::json)`, [rows]);
    for (const { name, value, isCalled } of template.sequences)
      await pglite.query('select setval($1::regclass, $2::bigint, $3)', [name, value, isCalled]);
    await pglite.exec('discard all');
    return engine;
  }
  return undefined;
}

const ours = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;

/** Tables, columns, constraints, indexes, triggers, functions, roles, rights and settings, as one fingerprint. */
async function shapeOf(pglite: PGlite): Promise<string> {
  const { rows } = await pglite.query<{ shape: string }>(`
    with shape (line) as (
      select concat_ws(' ', c.oid, n.nspname, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity,
          c.reloptions, pg_get_expr(c.relpartbound, c.oid))
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}
      union all select concat_ws(' ', a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attisdropped, a.attacl,
          pg_get_expr(d.adbin, d.adrelid))
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attnum > 0 and ${ours}
      union all select concat_ws(' ', oid, conname, pg_get_constraintdef(oid), convalidated) from pg_constraint
      union all select concat_ws(' ', indexrelid, indisvalid, pg_get_indexdef(indexrelid)) from pg_index where indexrelid >= 16384
      union all select concat_ws(' ', oid, tgenabled, pg_get_triggerdef(oid)) from pg_trigger
      union all select concat_ws(' ', oid, md5(proname || prosrc), proacl, proconfig) from pg_proc where oid >= 16384
      union all select concat_ws(' ', oid, rulename, ev_class) from pg_rewrite where oid >= 16384
      union all select concat_ws(' ', oid, typname, typnamespace) from pg_type where oid >= 16384
      union all select concat_ws(' ', enumtypid, enumlabel, enumsortorder) from pg_enum
      union all select concat_ws(' ', oid, polname) from pg_policy
      union all select concat_ws(' ', oid, nspname, nspacl) from pg_namespace where ${ours.replaceAll('n.', '')}
      union all select concat_ws(' ', oid, rolname, rolsuper, rolcanlogin, rolconfig) from pg_roles
      union all select concat_ws(' ', roleid, member) from pg_auth_members
      union all select concat_ws(' ', setdatabase, setrole, setconfig) from pg_db_role_setting
      union all select concat_ws(' ', oid, datname, datacl) from pg_database
      union all select concat_ws(' ', oid, extname) from pg_extension
    )
    select md5(string_agg(line, E'\\n' order by line)) as shape from shape`);
  return rows[0]?.shape ?? '';
}

/** Those that hold something, or held it. */
const tablesOf = async (pglite: PGlite): Promise<string[]> =>
  (
    await pglite.query<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and pg_relation_size(c.oid) > 0 and ${ours}`)
  ).rows.map((row) => row.name);

async function rowsOf(pglite: PGlite): Promise<Template['rows']> {
  const found: Template['rows'] = [];
  for (const name of await tablesOf(pglite)) {
    const { rows } = await pglite.query<{ rows: string | null }>(`select json_agg(t)::text as rows from ${name} t`);
    if (rows[0]?.rows) found.push({ name, rows: rows[0].rows });
  }
  return found;
}

async function sequencesOf(pglite: PGlite): Promise<Sequence[]> {
  const { rows } = await pglite.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${ours}`,
  );
  return Promise.all(
    rows.map(async ({ name }) => {
      const state = await pglite.query<Omit<Sequence, 'name'>>(
        `select last_value::text as value, is_called as "isCalled" from ${name}`,
      );
      return { name, value: state.rows[0]?.value ?? '1', isCalled: state.rows[0]?.isCalled ?? false };
    }),
  );
}
