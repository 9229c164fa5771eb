import { and, asc, desc, eq, inArray, lte, ne, or, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { readAll } from '../../db/run-all.ts';
import {
  messageMaps,
  promises,
  statementAnswers,
  statements,
  statementTerms,
  statementVerdicts,
  statementVersions,
  timelineEntries,
} from '../../db/schema/index.ts';
import type { Audience, StatementKind } from '../core/statement-kinds.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { cellOf, findCrisis, rosterOfCrisis } from '../crises/store.ts';
import { type Department, isOutsider } from '../people/rules.ts';
import { findPeople } from '../people/store.ts';
import { following } from './check/following.ts';
import type { Answer, FindingCode, Term } from './check/lint.ts';
import type { Kept } from './kept.ts';
import type { Seat, Seats } from './policy.ts';
import type { Promised } from './publishing.ts';
import { type Origin, type Statement, seatsWaitedFor, type Version } from './statement.ts';

/** Every statement of a crisis, newest first, each with its current wording and all verdicts. */
export const statementsOf = (db: Executor, crisisId: string): Promise<Statement[]> =>
  load(db, db.select().from(statements).where(eq(statements.crisisId, crisisId)).orderBy(desc(statements.number)));

/** The same, each with the seats whose approval its wording still waits for, at the level that the crisis has now. */
export const statementsWithSeats = async (
  db: Executor,
  crisis: Pick<Crisis, 'id' | 'level'>,
): Promise<(Statement & { waitsFor: Seat[] })[]> =>
  (await statementsOf(db, crisis.id)).map((statement) => ({
    ...statement,
    waitsFor: seatsWaitedFor(statement, crisis),
  }));

/** Statements that wait for approvals or, approved, to be published. */
export const idsUnderWay = async (db: Executor, crisisId: string): Promise<string[]> =>
  (
    await db
      .select({ id: statements.id })
      .from(statements)
      .where(and(eq(statements.crisisId, crisisId), inArray(statements.status, ['in_review', 'approved'])))
      .orderBy(asc(statements.number))
  ).map((row) => row.id);

/** Those whose text somebody may still rely on. */
export const idsNotWithdrawn = async (db: Executor, crisisId: string): Promise<string[]> =>
  (
    await db
      .select({ id: statements.id })
      .from(statements)
      .where(and(eq(statements.crisisId, crisisId), ne(statements.status, 'withdrawn')))
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
  const written = await db
    .select({ id: statementVersions.statementId, number: statementVersions.number, by: statementVersions.authorId })
    .from(statementVersions)
    .where(inArray(statementVersions.statementId, ids));
  const absent = await absentFrom(db, rows);
  const current = new Map(versions.map(({ version }) => [version.statementId, asVersion(version)]));
  return rows.map(({ currentVersion: _current, ...row }) => ({
    ...row,
    origin: asOrigin(row.origin),
    seats: row.seats as Seats | null,
    writerIds: [
      ...new Set(written.filter((v) => v.id === row.id && v.number > (row.approvedVersion ?? 0)).map((v) => v.by)),
    ],
    absentIds: absent.get(row.id) ?? [],
    current: current.get(row.id) as Version,
    verdicts: given.filter((v) => v.statementId === row.id).map(({ statementId: _id, ...verdict }) => verdict),
  }));
}

/** Of those who could approve, and the lead: deactivated people, guests, and whom a closed team keeps out. */
async function absentFrom(db: Executor, rows: readonly Row[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const open = rows.filter((row) => row.status === 'in_review' || row.status === 'approved');
  for (const crisisId of new Set(open.map((row) => row.crisisId))) {
    const crisis = await findCrisis(db, crisisId);
    if (!crisis) continue;
    const cell = crisis.isClosed ? await cellOf(db, crisisId) : null;
    const frozen = (row: Row) => ((row.seats as Seats | null)?.departments ?? []).flatMap(everybodyIn);
    const ofCrisis = open.filter((row) => row.crisisId === crisisId);
    const ids = [...new Set([crisis.leadId, ...ofCrisis.flatMap(frozen)])];
    const outside = new Set((await findPeople(db, crisis.workspaceId, ids)).filter(isOutsider).map((p) => p.id));
    const isKeptOut = (id: string) =>
      isExcluded(crisis, id) || (cell !== null && id !== crisis.leadId && !cell.has(id));
    const absent = ids.filter((id) => outside.has(id) || isKeptOut(id));
    for (const row of ofCrisis) found.set(row.id, absent);
  }
  return found;
}

const everybodyIn = (d: Department): string[] => [...d.peopleIds, ...d.deputyIds];

function asOrigin(stored: Row['origin']): Origin | null {
  if (!stored) return null;
  const origin = stored as Omit<Origin, 'cleared'> & { cleared: { by: string; at: string; until: string } | null };
  const { cleared } = origin;
  return {
    ...origin,
    cleared: cleared && { by: cleared.by, at: new Date(cleared.at), until: new Date(cleared.until) },
  };
}

function asVersion(row: typeof statementVersions.$inferSelect): Version {
  const { statementId: _, kind, audience, ...version } = row;
  return { ...version, kind: kind as StatementKind, audience: audience as Audience };
}

/** Writes what a rule answered: the row, a wording and verdicts that are new. */
export async function saveStatement(tx: Tx, before: Statement | null, after: Statement): Promise<void> {
  const { current, verdicts, writerIds: _writers, absentIds: _absent, ...row } = after;
  const stored = { ...row, currentVersion: current.number };
  await tx.insert(statements).values(stored).onConflictDoUpdate({ target: statements.id, set: stored });
  if (before?.current.number !== current.number)
    await tx.insert(statementVersions).values({ statementId: after.id, ...current });
  const known = new Set(before?.verdicts.map((verdict) => verdict.id));
  const given = verdicts.filter((verdict) => !known.has(verdict.id));
  if (given.length > 0)
    await tx.insert(statementVerdicts).values(given.map((verdict) => ({ statementId: after.id, ...verdict })));
}

/** The roster without guests and people of other organisations: a press of theirs is refused, so they are not waited for. Of a closed team, its own. */
export async function approversRoster(
  db: Executor,
  crisis: Pick<Crisis, 'id' | 'workspaceId' | 'isClosed' | 'excludedIds' | 'lawyerId'>,
): Promise<Department[]> {
  const roster = await rosterOfCrisis(db, crisis);
  const everybody = await findPeople(db, crisis.workspaceId, [
    ...new Set(roster.flatMap((d) => [...d.peopleIds, ...d.deputyIds])),
  ]);
  const outside = new Set(everybody.filter((p) => p.isGuest || p.isExternal).map((p) => p.id));
  const inside = (ids: readonly string[]) => ids.filter((id) => !outside.has(id));
  return roster.map((d) => ({ ...d, peopleIds: inside(d.peopleIds), deputyIds: inside(d.deputyIds) }));
}

/** That count for one wording. */
export async function answersOf(db: Executor, statementId: string, current: Version): Promise<Answer[]> {
  const rows = await db
    .select({ answer: statementAnswers, title: statementVersions.title, body: statementVersions.body })
    .from(statementAnswers)
    .innerJoin(
      statementVersions,
      and(
        eq(statementVersions.statementId, statementAnswers.statementId),
        eq(statementVersions.number, statementAnswers.versionNumber),
      ),
    )
    .where(and(eq(statementAnswers.statementId, statementId), lte(statementAnswers.versionNumber, current.number)))
    .orderBy(asc(statementAnswers.at), asc(statementAnswers.id));
  const given = rows.map(({ answer: { statementId: _id, code, ...answer }, ...on }) => ({
    ...answer,
    code: code as FindingCode,
    on,
  }));
  return following(given, current);
}

/** For each statement of which legal was asked whether it may be said: the last version that was asked about, and when. */
export async function askedOfLegal(
  db: Executor,
  crisisId: string,
): Promise<Map<string, { version: number; at: Date; by: string | null }>> {
  const { data, kind } = timelineEntries;
  const rows = await db
    .select({ data, at: timelineEntries.occurredAt, by: timelineEntries.actorId })
    .from(timelineEntries)
    .where(
      and(
        eq(timelineEntries.crisisId, crisisId),
        or(eq(kind, 'statement_legal_asked'), and(eq(kind, 'statement_checked'), sql`${data}->>'asks' = 'legal'`)),
      ),
    )
    .orderBy(asc(timelineEntries.seq));
  return new Map(
    rows.map(({ data: { statementId, version }, ...asked }) => [
      String(statementId),
      { version: Number(version), ...asked },
    ]),
  );
}

/** Whether anybody was ever asked to approve it, in any version. */
export const wasSubmitted = async (db: Executor, { id, crisisId }: Pick<Statement, 'id' | 'crisisId'>) =>
  (
    await db
      .select({ id: timelineEntries.id })
      .from(timelineEntries)
      .where(
        and(
          eq(timelineEntries.crisisId, crisisId),
          eq(timelineEntries.kind, 'statement_submitted'),
          sql`${timelineEntries.data}->>'statementId' = ${id}`,
        ),
      )
      .limit(1)
  ).length > 0;

export async function keptOf(db: Executor, crisisId: string): Promise<Kept> {
  const ofCrisis = eq(statements.crisisId, crisisId);
  const ids = db.select({ id: statements.id }).from(statements).where(ofCrisis);
  const [known, versions, verdicts, answers] = await readAll([
    db.select({ id: statements.id, number: statements.number }).from(statements).where(ofCrisis),
    db.select().from(statementVersions).where(inArray(statementVersions.statementId, ids)),
    db.select().from(statementVerdicts).where(inArray(statementVerdicts.statementId, ids)),
    db.select().from(statementAnswers).where(inArray(statementAnswers.statementId, ids)),
  ]);
  return {
    numbers: new Map(known.map(({ id, number }) => [id, number])),
    versions: versions.map((row) => ({ statementId: row.statementId, ...asVersion(row) })),
    verdicts,
    answers,
  };
}

export const termsOf = async (db: Executor, crisisId: string): Promise<Term[]> =>
  (await db.select().from(statementTerms).where(eq(statementTerms.crisisId, crisisId))).map(
    ({ crisisId: _id, ...term }) => term,
  );

export async function saveTerms(tx: Tx, crisisId: string, terms: readonly Term[]): Promise<void> {
  for (const term of terms)
    await tx
      .insert(statementTerms)
      .values({ crisisId, ...term })
      .onConflictDoUpdate({ target: [statementTerms.crisisId, statementTerms.kind, statementTerms.key], set: term });
}

export async function insertAnswers(tx: Tx, statementId: string, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return;
  await tx
    .insert(statementAnswers)
    .values(
      answers.map(({ targets, within: _within, ...answer }) => ({ statementId, targets: [...targets], ...answer })),
    );
}

export type StoredMap = typeof messageMaps.$inferSelect;

export const messageMapOf = async (db: Executor, crisisId: string): Promise<StoredMap | undefined> =>
  (await db.select().from(messageMaps).where(eq(messageMaps.crisisId, crisisId)))[0];

export const saveMessageMap = (tx: Tx, { crisisId, ...set }: StoredMap) =>
  tx
    .insert(messageMaps)
    .values({ crisisId, ...set })
    .onConflictDoUpdate({ target: messageMaps.crisisId, set });

export const insertPromise = (tx: Tx, promised: Promised) => tx.insert(promises).values(promised);
