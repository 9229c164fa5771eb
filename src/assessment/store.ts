import { and, asc, count, desc, eq, inArray, isNull, max, or, type SQL } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import {
  assessmentOutcomes,
  assessments,
  assessmentWeights,
  crises,
  matters,
  pastCases,
  reassessments,
  timelineEntries,
} from '../../db/schema/index.ts';
import type { Crisis } from '../crises/rules.ts';
import { findCrisis, findMember } from '../crises/store.ts';
import { type Editor, isOutsider } from '../people/rules.ts';
import { findPerson, rosterOf } from '../people/store.ts';
import { workspaceOf } from '../workspaces/store.ts';
import type { PastCase, SavedWeights } from './calibration.ts';
import type { Reassessment } from './reassess.ts';
import type { Assessment, History, Kept, Matter, Outcome } from './records.ts';
import type { Assessor } from './rules.ts';
import { type Rule, standardWeights } from './score.ts';

const assessmentOf = ({ rule, ...row }: typeof assessments.$inferSelect): Assessment => ({
  ...row,
  rule: rule as Rule,
});

export const findMatterOf = async (db: Executor, workspaceId: string, matterId: string): Promise<Matter | undefined> =>
  (await db.select().from(matters).where(matterIn(workspaceId, matterId)))[0];

export const lockMatterOf = async (tx: Tx, workspaceId: string, matterId: string): Promise<Matter | undefined> =>
  (await tx.select().from(matters).where(matterIn(workspaceId, matterId)).for('update'))[0];

const matterIn = (workspaceId: string, matterId: string) =>
  and(eq(matters.id, matterId), eq(matters.workspaceId, workspaceId));

/** A person outside a closed team learns nothing of it: not even that what they once assessed has become a crisis. */
export const isHidden = async (db: Executor, crisis: Crisis | null | undefined, userId: string): Promise<boolean> =>
  crisis?.isClosed === true && !(await findMember(db, crisis, userId, null)).inCell;

/** The same for what was assessed outside of crises, and for whom it concerns from then on. */
export const isMatterHidden = async (
  db: Executor,
  { crisisId, concernedIds }: Matter,
  userId: string,
): Promise<boolean> =>
  concernedIds.includes(userId) || (crisisId !== null && (await isHidden(db, await findCrisis(db, crisisId), userId)));

export const insertMatter = (tx: Tx, matter: Matter) => tx.insert(matters).values(matter);
export const saveMatter = (tx: Tx, { id, ...changed }: Matter) =>
  tx.update(matters).set(changed).where(eq(matters.id, id));

export const insertAssessment = (tx: Tx, { rule, ...assessment }: Assessment) =>
  tx.insert(assessments).values({ ...assessment, rule: { ...rule } });
export const insertOutcome = (tx: Tx, outcome: Outcome) => tx.insert(assessmentOutcomes).values(outcome);

export const findAssessmentOf = async (
  db: Executor,
  workspaceId: string,
  assessmentId: string,
): Promise<Assessment | undefined> =>
  (
    await db
      .select()
      .from(assessments)
      .where(and(eq(assessments.id, assessmentId), eq(assessments.workspaceId, workspaceId)))
  ).map(assessmentOf)[0];

export const historyOfMatter = (db: Executor, matterId: string): Promise<History> =>
  historyWhere(db, eq(assessments.matterId, matterId));

/** What was said of a crisis, and of the matter that it was declared from. */
export async function historyOfCrisis(db: Executor, crisisId: string): Promise<History> {
  const before = db.select({ id: matters.id }).from(matters).where(eq(matters.crisisId, crisisId));
  return historyWhere(db, or(eq(assessments.crisisId, crisisId), inArray(assessments.matterId, before)));
}

async function historyWhere(db: Executor, where: SQL | undefined): Promise<History> {
  const rows = await db
    .select({ assessment: assessments, outcome: assessmentOutcomes })
    .from(assessments)
    .leftJoin(assessmentOutcomes, eq(assessmentOutcomes.assessmentId, assessments.id))
    .where(where)
    .orderBy(asc(assessments.assessedAt), asc(assessments.id), asc(assessmentOutcomes.decidedAt));
  return {
    assessments: [...new Map(rows.map((row) => [row.assessment.id, assessmentOf(row.assessment)])).values()],
    outcomes: rows.flatMap((row) => row.outcome ?? []),
  };
}

/** When the crisis took the level that it has. */
export async function levelSince(db: Executor, crisis: Crisis): Promise<Date> {
  const [row] = await db
    .select({ at: max(timelineEntries.occurredAt) })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisis.id), eq(timelineEntries.kind, 'level_changed')));
  return row?.at ?? crisis.declaredAt;
}

/** Somebody, with what decides about what they may see, assess and calibrate; an unknown person is an outsider. */
export async function assessorOf(db: Executor, workspaceId: string, userId: string): Promise<Assessor & Editor> {
  const [person, { declarers }, roster] = await Promise.all([
    findPerson(db, workspaceId, userId),
    workspaceOf(db, workspaceId),
    rosterOf(db, workspaceId),
  ]);
  const isAdmin = person?.isAdmin ?? false;
  return { userId, isOutsider: !person || isOutsider(person), isAdmin, declarers, roster };
}

export type { Kept };

/** The matters that wait for a decision or are watched, the next to be looked at first. */
export async function openMatters(db: Executor, workspaceId: string, limit: number): Promise<Kept[]> {
  const found = await db
    .select()
    .from(matters)
    .where(and(eq(matters.workspaceId, workspaceId), inArray(matters.status, ['watch', 'assessed'])))
    .orderBy(asc(matters.reassessAt), desc(matters.changedAt))
    .limit(limit);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const all = await historyWhere(db, inArray(assessments.matterId, ids));
  return found.map((matter) => ({ matter, history: historyWithin(all, (a) => a.matterId === matter.id) }));
}

function historyWithin({ assessments: all, outcomes }: History, isOwn: (assessment: Assessment) => boolean): History {
  const own = all.filter(isOwn);
  const ids = new Set(own.map(({ id }) => id));
  return { assessments: own, outcomes: outcomes.filter(({ assessmentId }) => ids.has(assessmentId)) };
}

/** How often an assessment ended in ordinary care, and how often in a crisis: one that anybody may count. */
export async function conclusionsOf(
  db: Executor,
  workspaceId: string,
): Promise<{ ordinary: number; declared: number }> {
  const rows = await db
    .select({ status: matters.status, n: count() })
    .from(matters)
    .leftJoin(crises, eq(crises.id, matters.crisisId))
    .where(
      and(
        eq(matters.workspaceId, workspaceId),
        eq(matters.concernedIds, []),
        or(isNull(crises.id), eq(crises.isClosed, false)),
      ),
    )
    .groupBy(matters.status);
  const of = (status: Matter['status']) => rows.find((row) => row.status === status)?.n ?? 0;
  return { ordinary: of('ordinary'), declared: of('declared') };
}

/** Null before the room is ready. To change it, lock the crisis first. */
export const findReassessment = async (db: Executor, crisisId: string): Promise<Reassessment | null> =>
  (await db.select().from(reassessments).where(eq(reassessments.crisisId, crisisId)))[0] ?? null;

export const saveReassessment = (tx: Tx, row: Reassessment) =>
  tx.insert(reassessments).values(row).onConflictDoUpdate({ target: reassessments.crisisId, set: row });

/** Version 0: the standard ones. */
export async function weightsOf(db: Executor, workspaceId: string): Promise<SavedWeights> {
  const [row] = await db
    .select()
    .from(assessmentWeights)
    .where(eq(assessmentWeights.workspaceId, workspaceId))
    .orderBy(desc(assessmentWeights.version))
    .limit(1);
  if (!row) return { version: 0, weights: standardWeights, saved: null };
  const { version, weights, reason, savedBy, savedAt } = row;
  return { version, weights, saved: { by: savedBy, at: savedAt, reason } };
}

export const insertWeights = (
  tx: Tx,
  workspaceId: string,
  { version, weights, saved }: SavedWeights & { saved: NonNullable<SavedWeights['saved']> },
) =>
  tx
    .insert(assessmentWeights)
    .values({ workspaceId, version, weights, reason: saved.reason, savedBy: saved.by, savedAt: saved.at });

export const pastCasesOf = (db: Executor, workspaceId: string): Promise<PastCase[]> =>
  db
    .select()
    .from(pastCases)
    .where(and(eq(pastCases.workspaceId, workspaceId), isNull(pastCases.removedAt)))
    .orderBy(desc(pastCases.enteredAt));

export const insertPastCase = (tx: Tx, entered: PastCase) => tx.insert(pastCases).values(entered);

export const removePastCase = async (
  tx: Tx,
  workspaceId: string,
  caseId: string,
  removedBy: string,
  removedAt: Date,
): Promise<boolean> =>
  (
    await tx
      .update(pastCases)
      .set({ removedBy, removedAt })
      .where(and(eq(pastCases.id, caseId), eq(pastCases.workspaceId, workspaceId), isNull(pastCases.removedAt)))
      .returning({ id: pastCases.id })
  ).length > 0;

export type Assessed = {
  assessment: Assessment;
  matter: Matter | null;
  /** The one that was assessed, or that the matter has become. */
  crisis: Crisis | null;
  outcomes: Outcome[];
};

/** The newest assessments of the workspace, with what they were about and what people made of them. */
export async function recentAssessments(db: Executor, workspaceId: string, limit: number): Promise<Assessed[]> {
  const rows = await db
    .select({ assessment: assessments, matter: matters, crisis: crises })
    .from(assessments)
    .leftJoin(matters, eq(matters.id, assessments.matterId))
    .leftJoin(crises, or(eq(crises.id, assessments.crisisId), eq(crises.id, matters.crisisId)))
    .where(eq(assessments.workspaceId, workspaceId))
    .orderBy(desc(assessments.assessedAt), desc(assessments.id))
    .limit(limit);
  const ids = rows.map((row) => row.assessment.id);
  const made =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(assessmentOutcomes)
          .where(inArray(assessmentOutcomes.assessmentId, ids))
          .orderBy(asc(assessmentOutcomes.decidedAt));
  return rows.map((row) => ({
    ...row,
    assessment: assessmentOf(row.assessment),
    outcomes: made.filter(({ assessmentId }) => assessmentId === row.assessment.id),
  }));
}
