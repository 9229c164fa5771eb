import { eq, inArray, is, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from './client.ts';
import * as schema from './schema/index.ts';

const tables = Object.values(schema).filter((one) => is(one, PgTable)) as PgTable[];

/** Of which workspace a row is: by its own column, or by the row that it belongs to. Null for what belongs to none. */
function ofWorkspace(table: PgTable, workspaceId: string): SQL | null {
  const { columns, foreignKeys } = getTableConfig(table);
  const own = columns.find(({ name }) => name === (table === schema.workspaces ? 'id' : 'workspace_id'));
  if (own) return eq(own, workspaceId);
  for (const { reference } of foreignKeys) {
    const { columns: from, foreignColumns, foreignTable } = reference();
    const owner = foreignTable === table ? null : ofWorkspace(foreignTable, workspaceId);
    const [column, id] = [from[0], foreignColumns[0]];
    if (owner && column && id) return inArray(column, sql`(select ${id} from ${foreignTable} where ${owner})`);
  }
  return null;
}

/** Those that refer to others first. */
function leavesFirst(left: readonly PgTable[]): PgTable[] {
  if (left.length === 0) return [];
  const referred = new Set(
    left.flatMap((table) =>
      getTableConfig(table)
        .foreignKeys.map(({ reference }) => reference().foreignTable)
        .filter((other) => other !== table),
    ),
  );
  const free = left.filter((table) => !referred.has(table));
  return [...free, ...leavesFirst(left.filter((table) => referred.has(table)))];
}

/** Tables with rows of no workspace: short-lived keys and paces, and when the database was restored. */
export const ofNoWorkspace = (): string[] =>
  tables.filter((table) => ofWorkspace(table, '') === null).map((table) => getTableConfig(table).name);

/**
 * Deletes everything of a workspace, evidence and waiting work included. Only the owner of the tables may: the triggers on
 * evidence let go of it in this transaction alone.
 */
export async function eraseWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  await tx.execute(sql`select set_config('war_room.erasing', 'workspace', true)`);
  const crisisIds = sql`(select id::text from ${schema.crises} where workspace_id = ${workspaceId})`;
  await tx.execute(
    sql`delete from pgboss.job where data ->> 'workspaceId' = ${workspaceId} or data ->> 'crisisId' in ${crisisIds}`,
  );
  await tx.execute(sql`delete from pgboss.schedule where data ->> 'workspaceId' = ${workspaceId}`);
  for (const table of leavesFirst(tables)) {
    const owned = ofWorkspace(table, workspaceId);
    if (owned) await tx.delete(table).where(owned);
  }
}
