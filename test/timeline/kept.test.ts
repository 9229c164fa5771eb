import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statementAnswers, statements, statementVerdicts, statementVersions } from '../../db/schema/index.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { verifies } from '../../src/statements/overview.ts';
import { verifyStored } from '../../src/timeline/store.ts';
import { cardFor, cardIn, write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

/** A text with an answered finding, approved by one and turned down by another. */
describe('what lies beside the timeline', () => {
  let company: Company;
  let room: string;
  let crisisId: string;
  beforeAll(async () => {
    company = await startCompany();
    const { anne, claire, helen, tom } = company;
    room = await company.declare('Soup recall', { by: anne, level: 'crisis' });
    await write(company, tom, room, {
      title: 'Never',
      text: 'Jane Miller was in the plant. We have stopped its sale.',
    });
    while (tom.modal()) {
      const answer = (label: string) => JSON.stringify(tom.modal()?.blocks).includes(label);
      if (!answer('Yes, a person: ask legal') && !answer('Link what was done…')) break;
      if (answer('Yes, a person: ask legal')) await tom.click(tom.modal() as never, 'Yes, a person: ask legal');
      else {
        await tom.click(tom.modal() as never, 'Link what was done…');
        await tom.waitForModal({ callbackId: 'statements.explain' });
        tom.fill({ reason: 'The shops did it, not we' });
        await tom.submit();
      }
      await company.settled();
    }
    while (tom.modal()) await tom.close();
    await helen.click(await cardFor(company, helen, room, 1), 'See');
    await company.settled();
    await helen.click(helen.modal() as never, 'Legal: these may be said');
    await company.settled();
    while (helen.modal()) await helen.close();
    await tom.click(await cardFor(company, tom, room, 1), 'statements.submit');
    await company.settled();
    await helen.click(cardIn(helen, room, 'statements.approve'), 'statements.approve');
    await company.settled();
    await claire.click(cardIn(claire, room, 'statements.approve'), 'Request changes…');
    await claire.waitForModal({ callbackId: 'statements.reason' });
    claire.fill({ reason: 'Not now' });
    await claire.submit();
    await company.settled();
    const crisis = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
    crisisId = crisis?.id ?? '';
  });
  afterAll(() => company.close());

  const verify = (db: Parameters<typeof verifyStored>[0] = company.app.deps.db) =>
    verifyStored(db, crisisId, undefined, verifies);

  test('is what the timeline told of it', async () => {
    const { db } = company.app.deps;
    const count = async (table: typeof statementVersions | typeof statementVerdicts | typeof statementAnswers) =>
      (await db.select().from(table)).length;
    expect(await Promise.all([statementVersions, statementVerdicts, statementAnswers].map(count))).toEqual([1, 2, 2]);
    expect(await verify()).toMatchObject({ ok: true });
    await company.claire.command('/crise vérifier', room);
    await company.settled();
    expect(company.claire.ephemerals(room).at(-1)?.text).toContain('*La main courante est intacte*');
  });

  /** As the owner of the tables, past every trigger and key; then everything is put back as it was. */
  async function tamper(change: SQL): Promise<unknown> {
    const undone = new Error('undone');
    const found: { verdict?: unknown } = {};
    await company.app.deps.db
      .transaction(async (tx) => {
        for (const table of ['statement_versions', 'statement_verdicts', 'statement_answers'])
          await tx.execute(sql`alter table ${sql.identifier(table)} disable trigger user`);
        await tx.execute(change);
        found.verdict = await verify(tx);
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return found.verdict;
  }

  const tables = { wording: statementVersions, verdict: statementVerdicts, answer: statementAnswers };
  const names = { wording: 'statement_versions', verdict: 'statement_verdicts', answer: 'statement_answers' };
  type Of = keyof typeof tables;
  const columns = (Object.keys(tables) as Of[]).flatMap((of) =>
    Object.values(getTableColumns(tables[of]))
      .filter(({ name }) => !['id', 'statement_id'].includes(name))
      .map((column) => [of, column.name, column.columnType as string] as const),
  );
  const values: Record<string, SQL> = {
    PgTimestamp: sql`'2020-01-01'::timestamptz`,
    PgInteger: sql`1000`,
    PgBoolean: sql`true`,
    PgJsonb: sql`'[{"kind":"task","id":"forged","number":1}]'::jsonb`,
  };
  test.each(columns)('whoever owns the tables and changes a %s in its %s is found out', async (of, name, type) => {
    const choices: Record<string, string> = { verdict: 'changes_requested', language: 'fr', capacity: 'lead' };
    const forged = name in choices ? sql`${choices[name]}` : (values[type] ?? sql`'forged'`);
    expect(
      await tamper(sql`update ${sql.identifier(names[of])} set ${sql.identifier(name)} = ${forged}`),
    ).toMatchObject({ ok: false, code: 'untrue', of, statement: 1 });
  });

  test.each(['verdict', 'answer'] as const)('whoever takes one %s out, or puts one in, is found out', async (of) => {
    const table = sql.identifier(names[of]);
    const untrue = { ok: false, code: 'untrue', of, statement: 1, version: 1 };
    const one = sql`(select id from ${table} order by id limit 1)`;
    expect(await tamper(sql`delete from ${table} where id = ${one}`)).toEqual(untrue);
    const copied = Object.values(getTableColumns(tables[of])).map(({ name }) =>
      name === 'id' ? sql`gen_random_uuid()` : sql.identifier(name),
    );
    const copy = sql`select ${sql.join(copied, sql`, `)} from ${table} where id = ${one}`;
    expect(await tamper(sql`insert into ${table} ${copy}`)).toEqual(untrue);
  });

  test('a statement that was made in the database alone is found out', async () => {
    const made = sql`with one as (insert into statements (id, crisis_id, number, created_by, created_at, status, current_version, required_departments, asked_ids) select gen_random_uuid(), crisis_id, 9, created_by, created_at, 'draft', 1, '{}', '{}' from statements returning id) insert into statement_versions (statement_id, number, title, kind, audience, language, body, is_sensitive, hash, author_id, created_at) select one.id, v.number, v.title, v.kind, v.audience, v.language, v.body, v.is_sensitive, v.hash, v.author_id, v.created_at from statement_versions v, one`;
    expect(await tamper(made)).toEqual({ ok: false, code: 'untrue', of: 'wording', statement: 9, version: 1 });
  });

  test('the drafts that a playbook makes are told by the entry of its start', async () => {
    await company.declare('Burnt battery', { by: company.claire, level: 'crisis', playbook: 'product' });
    const { db } = company.app.deps;
    const rows = await db.select({ id: statements.id, crisisId: statements.crisisId }).from(statements);
    const other = rows.find((row) => row.crisisId !== crisisId)?.crisisId ?? '';
    expect(await verifyStored(db, other, undefined, verifies)).toMatchObject({ ok: true });
  });
});
