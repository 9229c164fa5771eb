import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomMessageRevisions, timelineEntries } from '../../db/schema/index.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { entryHash, entryWordsHash } from '../../src/timeline/chain.ts';
import { exportJson } from '../../src/timeline/export.ts';
import { entriesOf, loadExport, verifyStored } from '../../src/timeline/store.ts';
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
    const crisis = await findCrisisOfChannel(db, company.app.workspaceId, room, null);
    if (!crisis) throw new Error('no crisis');
    return { crisis, file: JSON.parse(exportJson(await loadExport(db, crisis))) as unknown };
  };

  test('what was written is verified from what the database gives back', async () => {
    const { crisis, file } = await exported();
    expect(verifyExport(file, crisis.timelineHash)).toMatchObject({
      ok: true,
      entries: crisis.timelineSeq,
      hash: crisis.timelineHash,
    });
  });

  test('what Slack edits or deletes stays, each wording in its place, and a closing seals it', async () => {
    const message = await company.tom.say(room, 'We knew');
    await company.settled();
    await company.tom.edit(message, 'We may have known');
    await company.settled();
    await company.tom.delete(message);
    await company.settled();
    await company.helen.say(room, 'Second message');
    await company.settled();
    await company.helen.command('/crisis close', room);
    await company.helen.waitForModal({ callbackId: 'closing.close' });
    company.helen.fill({ note: 'Over.' });
    await company.helen.submit();
    await company.settled();
    const { file } = await exported();
    const { messages, entries } = file as {
      messages: Record<string, unknown>[];
      entries: { kind: string; data: Record<string, unknown> }[];
    };
    expect(messages.map((m) => [m['seq'], m['change'], m['text'], m['authorId'], m['byId']])).toEqual([
      [1, 'posted', 'We knew', company.tom.id, company.tom.id],
      [2, 'edited', 'We may have known', company.tom.id, company.tom.id],
      [3, 'deleted', 'We may have known', company.tom.id, null],
      [4, 'posted', 'Second message', company.helen.id, company.helen.id],
    ]);
    const closing = entries.find((entry) => entry.kind === 'crisis_closed');
    expect(closing?.data['messages']).toEqual({ count: 4, hash: messages[3]?.['hash'] });
    expect(verifyExport(file)).toMatchObject({ ok: true, messages: 4 });
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

  test('anybody of the room can ask whether it is intact, in their language, and with a fingerprint they kept', async () => {
    const { crisis } = await exported();
    const entriesBefore = await entriesOf(company.app.deps.db, crisis.id);
    await company.helen.command('/crisis verify', room);
    await company.settled();
    const told = () => company.helen.ephemerals(room).at(-1)?.text ?? '';
    expect(told()).toContain(`*The timeline is intact*: ${crisis.timelineSeq} entries and 4 records of messages`);
    expect(told()).toContain(crisis.timelineHash);
    await company.helen.command(`/crisis verify \`${entriesBefore[1]?.hash}\``, room);
    await company.settled();
    expect(told()).toContain(`that of entry 2; ${crisis.timelineSeq - 2} were written after it`);
    await company.helen.command(`/crisis verify ${'0'.repeat(64)}`, room);
    await company.settled();
    expect(told()).toContain('The timeline is not intact');
    await company.helen.command('/crisis verify 12', room);
    await company.settled();
    expect(told()).toContain('A fingerprint has 16 characters in a digest, 64 in');
    await company.claire.command('/crise vérifier', room);
    await company.settled();
    expect(company.claire.ephemerals(room).at(-1)?.text).toContain('*La main courante est intacte*');
    await company.sam.command('/crisis verify', '#general');
    await company.settled();
    expect(company.sam.ephemerals('#general').at(-1)?.text).toContain('I cannot do that here');
    expect(await entriesOf(company.app.deps.db, crisis.id)).toEqual(entriesBefore);
  });

  /** As the owner of the tables, past every trigger and key; then everything is put back as it was. */
  async function tamper(table: string, change: SQL): Promise<unknown> {
    const { db } = company.app.deps;
    const { crisis } = await exported();
    const undone = new Error('undone');
    const found: { verdict?: unknown } = {};
    const key = sql.identifier(table === 'timeline_entries' ? 'timeline_seq' : 'room_message_revisions_seq');
    await db
      .transaction(async (tx) => {
        await tx.execute(sql`alter table ${sql.identifier(table)} disable trigger user`);
        await tx.execute(sql`alter table ${sql.identifier(table)} drop constraint ${key}`);
        await tx.execute(change);
        found.verdict = await verifyStored(tx, crisis.id);
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return found.verdict;
  }

  const columns = getTableColumns(timelineEntries);
  const hashed = Object.values(columns).filter((column) => !['workspace_id', 'crisis_id'].includes(column.name));
  test.each(hashed.map((c) => [c.name, c] as const))(
    'whoever owns the tables and changes %s of an entry is found out',
    async (name, column) => {
      const value: Record<string, SQL> = {
        PgUUID: sql`gen_random_uuid()`,
        PgTimestamp: sql`'2020-01-01'::timestamptz`,
        PgInteger: sql`1000`,
        PgJsonb: sql`'{"forged": true}'::jsonb`,
        PgText: sql`'forged'`,
      };
      const forged = name === 'corrects_id' ? sql`id` : (value[column.columnType] ?? sql`null`);
      const verdict = await tamper(
        'timeline_entries',
        sql`update timeline_entries set ${sql.identifier(name)} = ${forged} where seq = 4`,
      );
      expect(verdict).toMatchObject({ ok: false, of: 'entry', at: 4 });
    },
  );

  test.each(Object.keys(getTableColumns(roomMessageRevisions)).filter((c) => !['workspaceId', 'crisisId'].includes(c)))(
    'whoever owns the tables and changes %s of a message is found out',
    async (key) => {
      const column = getTableColumns(roomMessageRevisions)[key as 'text'];
      const type: string = column.columnType;
      const forged =
        type === 'PgTimestamp'
          ? sql`'2020-01-01'::timestamptz`
          : type === 'PgInteger'
            ? sql`1000`
            : type === 'PgBoolean'
              ? sql`true`
              : type === 'PgJsonb'
                ? sql`'[{"id":"F1","name":"forged"}]'::jsonb`
                : key === 'change'
                  ? sql`'deleted'`
                  : sql`'forged'`;
      const verdict = await tamper(
        'room_message_revisions',
        sql`update room_message_revisions set ${sql.identifier(column.name)} = ${forged} where seq = 2`,
      );
      expect(verdict).toMatchObject({ ok: false, of: 'message', at: 2 });
    },
  );

  const head = sql`(select max(seq) from timeline_entries)`;
  const copied = sql`insert into timeline_entries select gen_random_uuid(), workspace_id, crisis_id, 5, kind, occurred_at, recorded_at, actor_id, actor_name, 'never happened', text_fr, data, corrects_id, hash, md5(random()::text) from timeline_entries where seq = 4`;
  test.each<[string, SQL[], object]>([
    ['removes one in the middle', [sql`delete from timeline_entries where seq = 4`], { code: 'missing', at: 4 }],
    [
      'removes one and closes up the numbers',
      [sql`delete from timeline_entries where seq = 4`, sql`update timeline_entries set seq = seq - 1 where seq > 4`],
      { code: 'missing', at: 4 },
    ],
    ['removes the last one', [sql`delete from timeline_entries where seq = ${head}`], { code: 'cut' }],
    [
      'inserts one and moves up the numbers',
      [sql`update timeline_entries set seq = seq + 1 where seq > 4`, copied],
      { code: 'inserted', at: 5 },
    ],
    [
      'changes the order',
      [sql`update timeline_entries set seq = 9 - seq where seq in (4, 5)`],
      { code: 'moved', at: 4 },
    ],
  ])('whoever owns the tables and %s is found out, and where', async (_, changes, found) => {
    const [first, second] = changes;
    const both = second ? sql`do $$ begin ${first}; ${second}; end $$` : (first as SQL);
    expect(await tamper('timeline_entries', both)).toMatchObject({ ok: false, of: 'entry', ...found });
  });

  test('whoever rewrites the whole chain, its head included, is found out by the fingerprint that was posted', async () => {
    const { crisis } = await exported();
    const { db } = company.app.deps;
    const posted = JSON.stringify(company.helen.sees(room)).match(/Fingerprint: `([0-9a-f]{64})`/)?.[1];
    const before = await entriesOf(db, crisis.id);
    let prevHash = before[2]?.hash ?? '';
    const rewritten = before.slice(3).map((entry) => {
      const said = { ...entry, ...(entry.seq === 4 ? { textEn: 'nothing happened' } : {}), prevHash };
      const fields = { ...said, wordsHash: entryWordsHash(said.wordsSalt ?? '', said) };
      prevHash = entryHash(fields);
      return { ...fields, hash: prevHash };
    });
    await db.execute(sql`alter table timeline_entries disable trigger user`);
    for (const { seq, textEn, wordsHash, prevHash: prev, hash } of rewritten)
      await db.execute(
        sql`update timeline_entries set text_en = ${textEn}, words_hash = ${wordsHash}, prev_hash = ${prev}, hash = ${hash} where crisis_id = ${crisis.id} and seq = ${seq}`,
      );
    await db.execute(sql`alter table timeline_entries enable trigger user`);
    expect(await verifyStored(db, crisis.id)).toMatchObject({ ok: false, code: 'other_head', at: before.length });
    await db.execute(sql`update crises set timeline_hash = ${prevHash}`);
    expect(await verifyStored(db, crisis.id)).toMatchObject({ ok: true });
    expect(await verifyStored(db, crisis.id, posted)).toEqual({ ok: false, code: 'posted_head_absent' });
    await company.helen.command(`/crisis verify ${posted}`, room);
    await company.settled();
    expect(company.helen.ephemerals(room).at(-1)?.text).toContain('The timeline is not intact');
    expect(company.sandbox.problems).toEqual([]);
  });
});
