import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { PgBoss } from 'pg-boss';
import type { Sql } from 'postgres';
import { DatabaseRefused, refuseNewer } from './client.ts';
import { evidenceTables } from './evidence.ts';
import postgres from './postgres/index.js';

/**
 * Brings a PostgreSQL database up to date. With `ownerUrl`, everything is created by that role, and the role of `url`
 * is granted what the product needs: on evidence, to read and to add. Answers whether the role of `url` owns the tables.
 */
export async function migratePostgres(url: string, ownerUrl: string | undefined, folder: string): Promise<boolean> {
  const quiet = { onnotice: () => {}, connect_timeout: 10, max: 1 };
  const app = postgres(url, quiet);
  const migrator = ownerUrl ? postgres(ownerUrl, quiet) : app;
  try {
    // Instances started together would all create the same tables: the first one in migrates, the others wait.
    await migrator`select pg_advisory_lock(hashtext('crisis_war_room_migrations'))`;
    await refuseNewer(migrator, folder);
    if (!(await isUpToDate(migrator, folder)))
      await migrate(drizzle(migrator), { migrationsFolder: folder }).catch(explainRefusal);
    if (ownerUrl) {
      await installJobs(ownerUrl);
      await grantTo(migrator, await roleOf(app));
    }
    return (await ownership(app)).owns;
  } finally {
    await Promise.all([app.end(), ...(ownerUrl ? [migrator.end()] : [])]);
  }
}

/** Whoever does not own the schema may not even ask for it to be created again. */
async function isUpToDate(sql: Sql, folder: string): Promise<boolean> {
  const [found] = await sql<
    { there: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!found?.there) return false;
  const applied = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`;
  const known = new Set(applied.map((row) => row.hash));
  return readMigrationFiles({ migrationsFolder: folder }).every((one) => known.has(one.hash));
}

function explainRefusal(error: unknown): never {
  const { code } = (error instanceof Error && error.cause ? error.cause : error) as { code?: string };
  if (code !== '42501') throw error;
  throw new DatabaseRefused(
    'The role of DATABASE_URL may not change the tables, and they are not up to date. Run "npm run migrate" with DATABASE_MIGRATION_URL set to the role that owns them.',
  );
}

/** The job engine's own tables belong to the owner as well. */
async function installJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 1, supervise: false, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.stop({ graceful: false });
}

async function roleOf(app: Sql): Promise<string> {
  const { role, owns } = await ownership(app);
  if (!owns) return role;
  throw new DatabaseRefused(
    `The role of DATABASE_URL owns the tables or may act as their owner, so it could change evidence. Give DATABASE_URL a role of its own, and hand the tables over: "reassign owned by ${role} to …".`,
  );
}

async function ownership(app: Sql): Promise<{ role: string; owns: boolean }> {
  const [row] = await app<{ role: string; owns: boolean }[]>`
    select current_user::text as role, exists (
      select from pg_class c where c.oid = any(${[...evidenceTables]}::regclass[]) and pg_has_role(c.relowner, 'member')
    ) as owns`;
  return row ?? { role: '', owns: true };
}

async function grantTo(owner: Sql, role: string): Promise<void> {
  const to = `"${role.replaceAll('"', '""')}"`;
  const evidence = evidenceTables.join(', ');
  await owner.unsafe(`
    begin;
    grant usage on schema public, pgboss, drizzle to ${to};
    grant select on all tables in schema drizzle to ${to};
    grant select, insert, update, delete on all tables in schema public, pgboss to ${to};
    grant usage, select on all sequences in schema public, pgboss to ${to};
    revoke all on ${evidence} from ${to};
    grant select, insert on ${evidence} to ${to};
    commit`);
}
