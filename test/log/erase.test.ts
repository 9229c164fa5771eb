import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomMessages } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { run } from '../../src/log/erase/cli.ts';
import { exportJson, exportMarkdown } from '../../src/timeline/export.ts';
import { entriesOf, loadExport, verifyStored } from '../../src/timeline/store.ts';
import { compareExports, readExport, verifyExport } from '../../src/timeline/verify.ts';
import { run as verifyFiles } from '../../src/timeline/verify-cli.ts';
import { type Company, startCompany } from '../support/company.ts';

const why = ['--reason', 'Her right to be forgotten', '--by', 'the data protection officer'];

describe('words and names on request', () => {
  let company: Company;
  let room: string;
  let before: string;
  const crisisHere = async () => {
    const crisis = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
    if (!crisis) throw new Error('no crisis');
    return crisis;
  };
  const exported = async () => loadExport(company.app.deps.db, await crisisHere());
  const erase = (...args: string[]) => run([...args, ...why], company.app.deps.db, company.now());
  const everything = async () =>
    JSON.stringify(
      await company.app.deps.db.execute(sql`
    select (select json_agg(t) from timeline_entries t) a, (select json_agg(t) from room_message_revisions t) b,
      (select json_agg(t) from room_messages t) c, (select json_agg(t) from people t) d`),
    );

  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
    const { helen, tom } = company;
    await tom.command('/crisis log Jane Miller called, in tears', room);
    const message = await tom.say(room, 'Jane Miller is a liar');
    await company.settled();
    await tom.edit(message, 'Jane Miller is mistaken');
    await company.settled();
    await tom.react(message, 'pushpin');
    await helen.say(room, 'Please stay calm');
    await company.settled();
    before = exportJson(await exported());
  });
  afterAll(() => company.close());

  test('are only named until the administrator is sure, and a wish that says too little is refused', async () => {
    const { db } = company.app.deps;
    const was = await everything();
    expect((await erase('--person', company.tom.id, '--words')).text).toContain('Nothing was erased. Add --yes');
    for (const args of [
      [],
      ['--person', company.tom.id],
      ['--entries', '3'],
      ['--crisis', '1', '--entries', 'three'],
      ['--crisis', '1', '--entries', '3', '--person', company.tom.id, '--words'],
    ])
      expect(await erase(...args)).toMatchObject({ code: 2 });
    expect(await run(['--person', company.tom.id, '--words', '--by', 'me'], db, company.now())).toMatchObject({
      code: 2,
    });
    expect(await everything()).toBe(was);
  });

  test('of one person go, wherever they were kept, and everything else still verifies', async () => {
    const { db } = company.app.deps;
    expect(await erase('--person', company.tom.id, '--words', '--name', '--yes')).toMatchObject({ code: 0 });
    const now = await everything();
    for (const word of ['Jane Miller', 'in tears', 'mistaken', 'Tom Becker']) expect(now).not.toContain(word);
    expect(now).toContain('Please stay calm');
    const crisis = await crisisHere();
    expect(await verifyStored(db, crisis.id)).toMatchObject({ ok: true });
    const file = await exported();
    const json = exportJson(file);
    expect(verifyExport(JSON.parse(json))).toMatchObject({ ok: true });
    expect(json).not.toContain('Jane Miller');
    const told = exportMarkdown(file);
    expect(told).toContain('Erased on the word of the data protection officer');
    expect(told).toContain('Reason: Her right to be forgotten');
    expect(told).not.toContain('Tom Becker');
    // The file that left before goes on into this one, link by link.
    const [earlier, later] = [readExport(JSON.parse(before)), readExport(JSON.parse(json))];
    expect(earlier.ok && later.ok && compareExports(earlier.timeline, later.timeline)).toBeNull();
    const folder = mkdtempSync(join(tmpdir(), 'erased-'));
    const [path, old] = [join(folder, 'now.json'), join(folder, 'old.json')];
    writeFileSync(path, json);
    writeFileSync(old, before);
    expect(verifyFiles([path, '--earlier', old])).toMatchObject({ code: 0 });
    rmSync(folder, { recursive: true });
  });

  test('do not come back with what Slack still says of them, and are not erased twice', async () => {
    const { db } = company.app.deps;
    const message = company.tom.sees(room).find((m) => m.text.includes('mistaken'));
    if (!message) throw new Error('no message');
    await company.tom.edit(message, 'Jane Miller, again');
    await company.settled();
    expect((await db.select().from(roomMessages)).some(({ text }) => text.includes('Jane'))).toBe(false);
    const seq = (await crisisHere()).timelineSeq;
    expect((await erase('--person', company.tom.id, '--words', '--name', '--yes')).text).toContain('nothing of that');
    expect((await crisisHere()).timelineSeq).toBe(seq);
  });

  test('by number: a record goes with its message; what the product works with stays', async () => {
    const { db } = company.app.deps;
    const crisis = await crisisHere();
    const entries = await entriesOf(db, crisis.id);
    const declared = entries.find(({ kind }) => kind === 'crisis_declared')?.seq;
    const said = await erase('--crisis', String(crisis.number), '--messages', '3', '--entries', `${declared}`, '--yes');
    expect(said.text).toContain(`entry ${declared} (crisis_declared) stays`);
    expect(await everything()).not.toContain('Please stay calm');
    expect(await verifyStored(db, crisis.id)).toMatchObject({ ok: true });
    await company.pass(MINUTE);
    await company.helen.command('/crisis timeline', room);
    await company.settled();
    expect(JSON.stringify(company.helen.ephemerals(room).at(-1))).toContain('[erased]');
    expect(company.sandbox.problems).toEqual([]);
  });

  /** As the owner of the tables, past the triggers when `past`; then everything is put back. */
  async function attempt(change: SQL, past: boolean): Promise<unknown> {
    const { db } = company.app.deps;
    const { id } = await crisisHere();
    const undone = new Error('undone');
    const found: { verdict?: unknown } = {};
    await db
      .transaction(async (tx) => {
        if (past) await tx.execute(sql`alter table timeline_entries disable trigger user`);
        await tx.execute(change);
        found.verdict = await verifyStored(tx, id);
        throw undone;
      })
      .catch((error: Error) => {
        if (error !== undone) found.verdict = error.cause instanceof Error ? error.cause.message : error.message;
      });
    return found.verdict;
  }
  const emptied = sql`text_en = '[erased]', text_fr = '[effacé]', data = '{}', words_salt = null`;

  test('that were taken out without an entry are found out', async () => {
    const verdict = { ok: false, code: 'emptied', of: 'entry', at: 1 };
    expect(await attempt(sql`update timeline_entries set ${emptied} where seq = 1`, false)).toEqual(verdict);
    expect(
      await attempt(sql`update timeline_entries set actor_name = null, name_salt = null where seq = 1`, false),
    ).toEqual(verdict);
  });

  test('cannot be replaced by others, nor the entry that tells of an erasure be erased', async () => {
    const last = sql`(select max(seq) from timeline_entries where kind = 'words_erased')`;
    for (const change of [
      sql`update timeline_entries set text_en = 'forged' where seq = 1`,
      sql`update timeline_entries set ${emptied}, seq = 1000 where seq = 1`,
      sql`update timeline_entries set text_en = '[erased]' where seq = 1`,
      sql`update timeline_entries set ${emptied} where seq = ${last}`,
      sql`update room_message_revisions set text = 'forged'`,
    ])
      expect(await attempt(change, false)).toContain('is evidence');
    const erased = sql`(select min(seq) from timeline_entries where text_en = '[erased]')`;
    expect(
      await attempt(sql`update timeline_entries set text_en = 'She agreed' where seq = ${erased}`, true),
    ).toMatchObject({ ok: false, code: 'altered' });
  });
});
