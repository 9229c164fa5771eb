import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Db } from '../../db/client.ts';
import { startCompany } from './company.ts';
import { freshDatabase } from './database.ts';

/** Every row of every table but the job engine's own clocks, by table. */
async function contentOf(db: Db): Promise<Record<string, unknown>> {
  const tables = await db.execute<{ name: string }>(
    sql`select oid::regclass::text as name from pg_class where relkind = 'r' and oid >= 16384 and relnamespace::regnamespace::text !~ '^pg_|^information'`,
  );
  const content: Record<string, unknown> = {};
  for (const { name } of tables) {
    const rows = await db.execute(sql.raw(`select to_jsonb(t) as row from ${name} t order by 1`));
    if (rows.length > 0) content[name] = rows;
  }
  return content;
}

test.skipIf(process.env['TEST_DATABASE_URL'])(
  'a database finds nothing of the tests before it, whatever they did',
  async () => {
    const first = await freshDatabase();
    const template = await contentOf(first.db);
    expect(Object.keys(template)).toContain('pgboss.queue');
    await first.drop();
    await expect(first.db.execute('select 1')).rejects.toThrow();

    const company = await startCompany();
    await company.declare();
    expect(await contentOf(company.app.deps.db)).not.toEqual(template);
    await company.close();

    const second = await freshDatabase();
    expect(await contentOf(second.db)).toEqual(template);
    await second.db.execute(`set statement_timeout = '7s'`);
    await second.client.unsafe('begin').simple();
    await second.client.unsafe(`update pgboss.queue set retry_limit = 7`).simple();
    await second.drop();

    const third = await freshDatabase();
    expect(await contentOf(third.db)).toEqual(template);
    expect(await third.db.execute('show statement_timeout')).toMatchObject([{ statement_timeout: '0' }]);
    await third.db.execute('alter table timeline_entries disable trigger user');
    await third.drop();

    const fourth = await freshDatabase();
    expect(await contentOf(fourth.db)).toEqual(template);
    expect(await fourth.db.execute(`select tgname from pg_trigger where tgenabled = 'D'`)).toHaveLength(0);
    await fourth.drop();
  },
);
