import { sql } from 'drizzle-orm';
import type { Database, Db } from '../../db/client.ts';
import { crises, rooms, statements, statementVersions, tasks, timelineEntries } from '../../db/schema/index.ts';
import { newId } from '../../src/core/ids.ts';
import { type Crisis } from '../../src/crises/rules.ts';
import { genesisHash } from '../../src/timeline/chain.ts';

export const benchChannel = (n: number): string => `C0BENCH${n}`;

/** Open crises with their rooms, as if declared long ago: the bench measures what is done in them. */
export async function seedCrises(db: Db, workspaceId: string, count: number): Promise<Crisis[]> {
  const now = new Date();
  const found = Array.from({ length: count }, (_, i): Crisis => {
    const id = newId();
    return {
      id,
      workspaceId,
      number: i + 1,
      title: `Bench crisis ${i + 1}`,
      codeName: null,
      targetedIds: [],
      lawyerId: null,
      summary: '',
      level: 'crisis',
      playbook: 'other',
      isPrivate: true,
      isClosed: false,
      excludedIds: [],
      language: 'en',
      timeZone: 'Europe/Paris',
      status: 'open',
      declaredBy: 'U0CLAIRE',
      declaredAt: now,
      leadId: 'U0CLAIRE',
      channelId: benchChannel(i),
      channelName: `bench-${i}`,
      roomNumber: 1,
      closedBy: null,
      closedAt: null,
      closeNote: null,
      digestMinutes: 0,
      digestNumber: 0,
      nextDigestAt: null,
      firstWordsLateAt: null,
      taskNumber: 0,
      statementNumber: 0,
      timelineSeq: 0,
      timelineHash: genesisHash(id),
    };
  });
  await db.insert(crises).values(found);
  await db.insert(rooms).values(
    found.map((crisis) => ({
      workspaceId,
      channelId: crisis.channelId as string,
      crisisId: crisis.id,
      openedAt: now,
    })),
  );
  return found;
}

/** Old entries, spread over other crises of the workspace. They are written by the database: their hashes are not real. */
export async function seedHistory(
  database: Database,
  workspaceId: string,
  crisisIds: readonly string[],
  entries: number,
): Promise<void> {
  const each = Math.ceil(entries / crisisIds.length);
  for (const id of crisisIds) {
    await database.db.execute(sql`
      insert into ${timelineEntries} (id, workspace_id, crisis_id, seq, kind, occurred_at, recorded_at, text_en, text_fr, data, prev_hash, hash)
      select gen_random_uuid(), ${workspaceId}, ${id}, n, 'logged', now(), now(), 'An entry of an earlier crisis', 'Une entrée d’une crise passée', '{}', 'x', 'x'
      from generate_series(1, ${each}::int) n`);
    await database.db.execute(sql`update ${crises} set timeline_seq = ${each} where id = ${id}`);
  }
  await database.db.execute(sql`analyze`);
}

/** A full board in every room: `each.tasks` open tasks and `each.statements` drafts. */
export async function seedWork(
  db: Db,
  found: readonly Crisis[],
  each: { tasks: number; statements: number },
): Promise<void> {
  const ids = sql.join(
    found.map((crisis) => sql`${crisis.id}::uuid`),
    sql`, `,
  );
  await db.execute(sql`
    insert into ${tasks} (id, crisis_id, number, title, created_by, created_at, status, changed_by, changed_at)
    select gen_random_uuid(), c.id, n, 'Task ' || n, 'U0CLAIRE', now(), 'open', 'U0CLAIRE', now()
    from ${crises} c, generate_series(1, ${each.tasks}::int) n where c.id in (${ids})`);
  await db.execute(sql`
    with written as (
      insert into ${statements} (id, crisis_id, number, created_by, created_at, status, current_version, required_departments, asked_ids)
      select gen_random_uuid(), c.id, n, 'U0CLAIRE', now(), 'draft', 1, '{}', '{}'
      from ${crises} c, generate_series(1, ${each.statements}::int) n where c.id in (${ids}) returning id)
    insert into ${statementVersions} (statement_id, number, title, kind, audience, language, body, hash, author_id, created_at)
    select id, 1, 'Statement', 'holding', 'Everybody', 'en', repeat('We are looking into it. ', 40), 'x', 'U0CLAIRE', now() from written`);
  await db.execute(sql`
    update ${crises} set task_number = ${each.tasks}, statement_number = ${each.statements} where id in (${ids})`);
}
