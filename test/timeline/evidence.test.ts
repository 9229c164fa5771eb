import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { exportJson } from '../../src/timeline/export.ts';
import { loadExport } from '../../src/timeline/store.ts';
import { verifyExport } from '../../src/timeline/verify.ts';
import { type Company, startCompany } from '../support/company.ts';

describe('the timeline as evidence', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
    for (const word of ['one', 'two', 'three \\u0000 \u{1F4CC} é'])
      await company.claire.command(`/crisis log ${word}`, room);
    await company.settled();
  });
  afterAll(() => company.close());

  const exported = async () => {
    const { db } = company.app.deps;
    const crisis = await findCrisisOfChannel(db, company.app.workspaceId, room);
    if (!crisis) throw new Error('no crisis');
    return { crisis, file: JSON.parse(exportJson(await loadExport(db, crisis, company.now()))) as unknown };
  };

  test('what was written is verified from what the database gives back', async () => {
    const { crisis, file } = await exported();
    expect(verifyExport(file, crisis.timelineHash)).toMatchObject({
      ok: true,
      entries: crisis.timelineSeq,
      hash: crisis.timelineHash,
    });
  });

  test('the database refuses to change, delete or empty what was written', async () => {
    const { db } = company.app.deps;
    for (const table of ['timeline_entries', 'room_message_revisions']) {
      const attempts = [
        sql`update ${sql.identifier(table)} set crisis_id = crisis_id`,
        sql`delete from ${sql.identifier(table)}`,
        sql`truncate ${sql.identifier(table)} cascade`,
      ];
      for (const attempt of attempts) {
        const refused = await db.execute(attempt).then(
          () => null,
          (error: Error) => (error.cause instanceof Error ? error.cause.message : error.message),
        );
        expect(refused).toContain('is evidence');
      }
    }
  });

  test('whoever owns the tables and forges an entry is found out, at that entry', async () => {
    const { db } = company.app.deps;
    const { crisis } = await exported();
    const forged = crisis.timelineSeq - 1;
    await db.execute(sql`alter table timeline_entries disable trigger user`);
    await db.execute(
      sql`update timeline_entries set text_en = 'nothing happened' where crisis_id = ${crisis.id} and seq = ${forged}`,
    );
    await db.execute(sql`alter table timeline_entries enable trigger user`);
    expect(verifyExport((await exported()).file)).toEqual({ ok: false, code: 'altered', entry: forged });
    expect(company.sandbox.problems).toEqual([]);
  });
});
