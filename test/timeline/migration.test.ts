import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { getTableColumns } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomMessageHeads, roomMessageRevisions } from '../../db/schema/index.ts';
import { idOf } from '../../src/core/ids.ts';
import { verifyRevisions } from '../../src/timeline/chain.ts';

const crisisId = idOf('an older crisis');
let pglite: PGlite;
beforeAll(async () => {
  pglite = await PGlite.create();
});
afterAll(() => pglite.close());

const migrate = async (name: string) => {
  const text = readFileSync(new URL(`../../db/migrations/${name}.sql`, import.meta.url), 'utf8');
  for (const statement of text.split('--> statement-breakpoint')) await pglite.exec(statement);
};

test('messages kept before there was a chain are chained as they stand, by the formula of the product', async () => {
  await migrate('0000_initial');
  await migrate('0001_append_only_evidence');
  await pglite.exec(`
    insert into workspaces (id, name, domain, bot_user_id, language, time_zone, installed_at) values ('T1', 'A', 'a', 'U0', 'en', 'UTC', now());
    insert into crises (id, workspace_id, number, title, summary, level, playbook, is_private, language, time_zone, status, declared_by, declared_at, lead_id, timeline_hash)
      values ('${crisisId}', 'T1', 1, 'x', '', 'crisis', 'other', true, 'en', 'UTC', 'open', 'U1', now(), 'U1', 'h');
    insert into room_messages (workspace_id, channel_id, ts, crisis_id, thread_ts, author_id, text, files, revision)
      values ('T1', 'C1', '1.1', '${crisisId}', null, 'U1', 'b', '[{"name": "a \\"plan\\".pdf", "id": "F1"}, {"id": "F2", "name": "é"}]', 2), ('T1', 'C1', '1.2', '${crisisId}', '1.1', null, 'c', '[]', 1);`);
  const revision = (ts: string, n: number, change: string, text: string) =>
    pglite.query(
      `insert into room_message_revisions (workspace_id, channel_id, ts, revision, crisis_id, change, text, occurred_at, recorded_at)
       values ('T1', 'C1', $1, $2, $3, $4, $5, '2026-03-01T10:00:00.5+02', '2026-03-01T10:00:0${n}+02')`,
      [ts, n, crisisId, change, text],
    );
  await revision('1.1', 1, 'posted', 'tab \t quote " slash / \\ bell \u0007 del \u007f line \u2028 é 👩‍👩‍👧');
  await revision('1.1', 2, 'edited', 'b\r\nc');
  await revision('1.2', 1, 'posted', 'c');
  await migrate('0002_task_told');
  await migrate('0003_chained_messages');

  const db = drizzle(pglite);
  const { wordsHash: _hash, wordsSalt: _salt, isReadLater: _later, ...columns } = getTableColumns(roomMessageRevisions);
  const chained = await db.select(columns).from(roomMessageRevisions).orderBy(roomMessageRevisions.seq);
  expect(chained.map((r) => [r.seq, r.ts, r.threadTs, r.authorId, r.files.length])).toEqual([
    [1, '1.1', null, 'U1', 2],
    [2, '1.2', '1.1', null, 0],
    [3, '1.1', null, 'U1', 2],
  ]);
  expect(verifyRevisions(crisisId, chained, { messages: new Set() })).toBeNull();
  expect(await db.select().from(roomMessageHeads)).toEqual([{ crisisId, count: 3, hash: chained[2]?.hash }]);
  await expect(pglite.exec(`update room_message_revisions set text = 'x'`)).rejects.toThrow('is evidence');
});
