import type { Sql } from 'postgres';

/**
 * Tells a database that was filled from a copy made at `madeAt`, before a bot starts on it: for a day everything is looked for
 * in Slack before it is shown, and whatever is numbered goes on at the next hundred, above what rooms show already.
 */
export async function markRestored(client: Sql, madeAt: Date, now: Date): Promise<void> {
  const sql = await client.reserve();
  try {
    await sql.unsafe('begin');
    await sql.unsafe(
      `insert into restorations (restored_at, made_at) values ($1::text::timestamptz, $2::text::timestamptz) on conflict do nothing`,
      [now.toISOString(), madeAt.toISOString()],
    );
    await sql.unsafe(`
      update crises c set numbers_from = n.next, task_number = n.next, statement_number = n.next, digest_number = n.next
      from (
        select id, 100 * (1 + greatest(numbers_from, task_number, statement_number, digest_number,
          (select max(number) from facts where crisis_id = crises.id),
          (select max(number) from decisions where crisis_id = crises.id),
          (select max(number) from measures where crisis_id = crises.id),
          (select max(number) from causes where crisis_id = crises.id),
          (select max(number) from stakeholders where crisis_id = crises.id)) / 100) as next
        from crises
      ) n where n.id = c.id`);
    await sql.unsafe(`
      update workspaces w set numbers_from = 100 * (1 + greatest(numbers_from,
        (select max(number) from crises where workspace_id = w.id)) / 100)
      where exists (select from crises where workspace_id = w.id)`);
    await sql.unsafe('commit');
  } catch (error) {
    await sql.unsafe('rollback').catch(() => {});
    throw error;
  } finally {
    sql.release();
  }
}
