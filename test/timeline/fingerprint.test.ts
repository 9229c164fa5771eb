import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { exportJson } from '../../src/timeline/export.ts';
import { entriesOf, loadExport } from '../../src/timeline/store.ts';
import { verifyExport } from '../../src/timeline/verify.ts';
import { type Company, startCompany } from '../support/company.ts';

describe('the fingerprint that the room is given on each beat', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  const crisisOf = async (room: string) => {
    const crisis = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
    if (!crisis) throw new Error('no crisis');
    return crisis;
  };
  async function verified(by: Person, room: string, fingerprint: string): Promise<string> {
    await by.command(`/crisis verify ${fingerprint}`, room);
    await company.settled();
    return by.ephemerals(room).at(-1)?.text ?? '';
  }
  const shownTo = (by: Person, room: string) =>
    [...JSON.stringify(by.sees(room)).matchAll(/timeline fingerprint ([0-9a-f]{16})/g)].map(([, one]) => one ?? '');

  test('stands in a digest, and finds out a tail that was cut with everything made to fit', async () => {
    const { anne } = company;
    const room = await company.declare('Soup recall', { by: anne, level: 'crisis' });
    await anne.command('/crisis log The regulator called', room);
    await anne.command('/crisis digest', room);
    await company.settled();
    const { db } = company.app.deps;
    const crisis = await crisisOf(room);
    const [fingerprint = ''] = shownTo(anne, room);
    const written = await entriesOf(db, crisis.id);
    const told = written.find(({ hash }) => hash.startsWith(fingerprint));
    expect(told).toMatchObject({ kind: 'digest_posted' });
    expect(await verified(anne, room, fingerprint)).toContain('*The timeline is intact*');
    const file = JSON.parse(exportJson(await loadExport(db, crisis))) as unknown;
    expect(verifyExport(file, fingerprint)).toMatchObject({ ok: true, postedAtEntry: told?.seq });
    expect(verifyExport(file, fingerprint.slice(0, 15))).toMatchObject({ ok: false, code: 'posted_head_absent' });

    const last = written.find(({ kind }) => kind === 'note')?.seq ?? 0;
    await db.execute(sql`alter table timeline_entries disable trigger user`);
    await db.execute(sql`delete from timeline_entries where crisis_id = ${crisis.id} and seq >= ${last}`);
    await db.execute(sql`alter table timeline_entries enable trigger user`);
    await db.execute(
      sql`update crises set timeline_seq = ${last - 1}, timeline_hash = ${written[last - 2]?.hash} where id = ${crisis.id}`,
    );
    expect(await verified(anne, room, '')).toContain('*The timeline is intact*');
    expect(await verified(anne, room, fingerprint)).toContain('The timeline is not intact');
  });

  test('stands in the brief where no digest is posted, and changes no more often than by the hour', async () => {
    const { anne } = company;
    const room = await company.declare('Broken lift', { by: anne, level: 'incident' });
    await anne.command('/crisis digest off', room);
    await anne.command('/crisis task Call the engineer', room);
    await company.settled();
    expect(shownTo(anne, room)).toEqual([]);
    await company.pass(HOUR);
    await anne.command('/crisis task Call the tenants', room);
    await company.settled();
    const first = shownTo(anne, room);
    expect(first).toHaveLength(1);
    expect(await verified(anne, room, first[0] ?? '')).toContain('The fingerprint you gave is that of entry');
    await anne.command('/crisis task Call the insurer', room);
    await company.settled();
    expect(shownTo(anne, room)).toEqual(first);
  });
});
