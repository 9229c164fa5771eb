import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseRefused, openPostgres } from '../../db/client.ts';
import { evidenceTables } from '../../db/evidence.ts';
import { timelineEntries } from '../../db/schema/index.ts';
import { type Company, startCompany } from '../support/company.ts';

const server = process.env['TEST_DATABASE_URL'];
if (!server) console.log('Roles of the database are not tested: the embedded engine has one. Set TEST_DATABASE_URL.');

test('every table of evidence is protected by a trigger', () => {
  const folder = new URL('../../db/migrations/', import.meta.url);
  const migrations = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const guarded = [...migrations.matchAll(/ ON (\w+) FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite/g)];
  expect(new Set(guarded.map((match) => match[1]))).toEqual(new Set(evidenceTables));
});

describe.skipIf(!server)('a compromised role of the application, on PostgreSQL with two real roles', () => {
  const name = `war_room_roles_${randomBytes(4).toString('hex')}`;
  const [owner, app] = [`${name}_owner`, `${name}_app`];
  const admin = postgres(server ?? 'postgres://none', { max: 1, onnotice: () => {} });
  const urlOf = (role: string) => {
    const url = new URL(server ?? 'postgres://none');
    [url.pathname, url.username, url.password] = [`/${name}`, role, 'a-password'];
    return url.href;
  };
  let company: Company;
  beforeAll(async () => {
    await admin.unsafe(`create role ${owner} login password 'a-password'`);
    await admin.unsafe(`create role ${app} login password 'a-password'`);
    await admin.unsafe(`create database ${name} owner ${owner}`);
  });
  afterAll(async () => {
    await company?.close();
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.unsafe(`drop role if exists ${app}`);
    await admin.unsafe(`drop role if exists ${owner}`);
    await admin.end();
  });

  test('cannot make the tables, and is told what to do', async () => {
    await expect(openPostgres(urlOf(app))).rejects.toThrow(/npm run migrate/);
  });

  test('the product works as a role that owns nothing', async () => {
    const database = openPostgres(urlOf(app), urlOf(owner)).then((one) => ({ ...one, drop: () => one.close() }));
    company = await startCompany({ database });
    const room = await company.declare('Soup recall');
    await company.helen.command(`/crisis task Freeze <@${company.tom.id}> in 20 min`, room);
    await company.helen.say(room, 'We stop the line');
    await company.helen.command('/crisis log The regulator called', room);
    await company.helen.command('/crisis statement We are investigating.', room);
    await company.settled();
    await company.pass(30 * 60_000);
    await company.helen.command('/crisis verify', room);
    await company.settled();
    expect(company.helen.ephemerals(room).at(-1)?.text).toContain('*The timeline is intact*');
    const kinds = (await company.app.deps.db.select().from(timelineEntries)).map((entry) => entry.kind);
    expect(kinds).toEqual(expect.arrayContaining(['crisis_declared', 'note', 'task_created']));
    expect(company.sandbox.problems).toEqual([]);
  });

  const columns: Record<(typeof evidenceTables)[number], string> = {
    timeline_entries: 'text_en',
    room_message_revisions: 'text',
    statement_versions: 'body',
    statement_verdicts: 'reason',
    settings_changes: 'version',
    playbook_versions: 'version',
    playbook_reviews: 'version',
    template_clearances: 'hash',
    fact_revisions: 'text',
    decisions: 'text',
    assessments: 'baseline',
    assessment_outcomes: 'reason',
    assessment_weights: 'reason',
    statement_answers: 'reason',
  };
  test.each(evidenceTables)('can neither change nor delete %s, nor take the protection off', async (table) => {
    const { db } = company.app.deps;
    const named = sql.identifier(table);
    for (const attempt of [
      sql`update ${named} set ${sql.identifier(columns[table])} = ${sql.identifier(columns[table])}`,
      sql`delete from ${named}`,
      sql`truncate ${named}`,
      sql`alter table ${named} disable trigger all`,
      sql`drop trigger ${sql.identifier(`${table}_append_only`)} on ${named}`,
      sql`drop table ${named}`,
      sql`create or replace function refuse_rewrite() returns trigger language plpgsql as 'begin return new; end'`,
      sql`set session_replication_role = replica`,
      sql`set role ${sql.identifier(owner)}`,
    ]) {
      const code = await db.execute(attempt).then(
        () => 'done',
        (error: Error) => (error.cause as { code?: string } | undefined)?.code,
      );
      expect(code).toBe('42501');
    }
  });

  test('starts again without the owner’s password once the tables are there', async () => {
    const again = await openPostgres(urlOf(app));
    expect(again.engine).toMatchObject({ isOwner: false });
    await again.close();
  });

  test('is refused as the owner of what it should not be able to change', async () => {
    await expect(openPostgres(urlOf(owner), urlOf(owner))).rejects.toThrow(DatabaseRefused);
    await expect(openPostgres(urlOf(owner), urlOf(owner))).rejects.toThrow(/reassign owned/);
  });
});
