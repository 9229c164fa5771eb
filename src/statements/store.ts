import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { statements, statementVerdicts, statementVersions } from '../../db/schema/index.ts';
import type { Department } from '../people/rules.ts';
import { findPeople, rosterOf } from '../people/store.ts';
import type { Statement, Verdict, Version } from './rules.ts';
import type { Audience, Kind } from './wording.ts';

/** Every statement of a crisis, newest first, each with its current wording and all verdicts. */
export const statementsOf = (db: Executor, crisisId: string): Promise<Statement[]> =>
  load(db, db.select().from(statements).where(eq(statements.crisisId, crisisId)).orderBy(desc(statements.number)));

/** Statements that wait for approvals or, approved, to be published. */
export const idsUnderWay = async (db: Executor, crisisId: string): Promise<string[]> =>
  (
    await db
      .select({ id: statements.id })
      .from(statements)
      .where(and(eq(statements.crisisId, crisisId), inArray(statements.status, ['in_review', 'approved'])))
      .orderBy(asc(statements.number))
  ).map((row) => row.id);

export const findStatement = async (db: Executor, statementId: string): Promise<Statement | undefined> =>
  (await load(db, db.select().from(statements).where(eq(statements.id, statementId))))[0];

export const crisisIdOf = async (db: Executor, statementId: string): Promise<string | undefined> =>
  (await db.select({ crisisId: statements.crisisId }).from(statements).where(eq(statements.id, statementId)))[0]
    ?.crisisId;

export const findStatementByNumber = async (
  db: Executor,
  crisisId: string,
  number: number,
): Promise<Statement | undefined> =>
  (
    await load(
      db,
      db
        .select()
        .from(statements)
        .where(and(eq(statements.crisisId, crisisId), eq(statements.number, number))),
    )
  )[0];

/** Immutable, oldest first. */
export const versionsOf = async (db: Executor, statementId: string): Promise<Version[]> =>
  (
    await db
      .select()
      .from(statementVersions)
      .where(eq(statementVersions.statementId, statementId))
      .orderBy(asc(statementVersions.number))
  ).map(asVersion);

type Row = typeof statements.$inferSelect;

async function load(db: Executor, finding: PromiseLike<Row[]>): Promise<Statement[]> {
  const rows = await finding;
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const versions = await db
    .select({ version: statementVersions })
    .from(statementVersions)
    .innerJoin(
      statements,
      and(eq(statements.id, statementVersions.statementId), eq(statements.currentVersion, statementVersions.number)),
    )
    .where(inArray(statementVersions.statementId, ids));
  const given = await db
    .select()
    .from(statementVerdicts)
    .where(inArray(statementVerdicts.statementId, ids))
    .orderBy(asc(statementVerdicts.decidedAt), asc(statementVerdicts.id));
  const current = new Map(versions.map(({ version }) => [version.statementId, asVersion(version)]));
  return rows.map(({ currentVersion: _current, ...row }) => ({
    ...row,
    current: current.get(row.id) as Version,
    verdicts: given.filter((v) => v.statementId === row.id).map(({ statementId: _id, ...verdict }) => verdict),
  }));
}

function asVersion(row: typeof statementVersions.$inferSelect): Version {
  const { statementId: _, kind, audience, ...version } = row;
  return { ...version, kind: kind as Kind, audience: audience as Audience };
}

/** Writes what a rule answered: the row, a wording that is new, verdicts that are new or have become void. */
export async function saveStatement(tx: Tx, before: Statement | null, after: Statement): Promise<void> {
  const { current, verdicts, ...row } = after;
  const stored = { ...row, currentVersion: current.number };
  await tx.insert(statements).values(stored).onConflictDoUpdate({ target: statements.id, set: stored });
  if (before?.current.number !== current.number)
    await tx.insert(statementVersions).values({ statementId: after.id, ...current });
  for (const verdict of changed(before?.verdicts ?? [], verdicts)) {
    await tx
      .insert(statementVerdicts)
      .values({ statementId: after.id, ...verdict })
      .onConflictDoUpdate({ target: statementVerdicts.id, set: { voidedAt: verdict.voidedAt } });
  }
}

const changed = (before: readonly Verdict[], after: readonly Verdict[]): Verdict[] =>
  after.filter((verdict) => before.find((v) => v.id === verdict.id)?.voidedAt !== verdict.voidedAt);

/** The roster without guests and people of other organisations: a press of theirs is refused, so they are not waited for. */
export async function approversRoster(db: Executor, workspaceId: string): Promise<Department[]> {
  const roster = await rosterOf(db, workspaceId);
  const everybody = await findPeople(db, workspaceId, [
    ...new Set(roster.flatMap((d) => [...d.peopleIds, ...d.deputyIds])),
  ]);
  const outside = new Set(everybody.filter((p) => p.isGuest || p.isExternal).map((p) => p.id));
  const inside = (ids: readonly string[]) => ids.filter((id) => !outside.has(id));
  return roster.map((d) => ({ ...d, peopleIds: inside(d.peopleIds), deputyIds: inside(d.deputyIds) }));
}
