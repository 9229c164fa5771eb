import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { runAll } from '../../db/run-all.ts';
import { causes, crises, decisions, factRevisions, facts, measures, postures } from '../../db/schema/index.ts';
import type { CauseRecord } from './causes/rules.ts';
import type { CrisisDecision } from './decisions/rules.ts';
import type { MeasureRecord } from './measures/rules.ts';
import type { PostureInputs } from './posture/rules.ts';
import type { FactRecord } from './rules.ts';

export type FactRevision = typeof factRevisions.$inferSelect;

/** In the order of their numbers, as everything below. */
export const factsOf = (db: Executor, crisisId: string): Promise<FactRecord[]> =>
  db.select().from(facts).where(eq(facts.crisisId, crisisId)).orderBy(asc(facts.number));

export const findFact = async (db: Executor, factId: string): Promise<FactRecord | undefined> =>
  (await db.select().from(facts).where(eq(facts.id, factId)))[0];

export const revisionsOf = (db: Executor, factId: string): Promise<FactRevision[]> =>
  db.select().from(factRevisions).where(eq(factRevisions.factId, factId)).orderBy(asc(factRevisions.revision));

/** Every wording that every fact of a crisis had, in order. */
export const allRevisionsOf = (db: Executor, crisisId: string): Promise<FactRevision[]> =>
  db
    .select(getTableColumns(factRevisions))
    .from(factRevisions)
    .innerJoin(facts, eq(facts.id, factRevisions.factId))
    .where(eq(facts.crisisId, crisisId))
    .orderBy(asc(factRevisions.revision));

export async function insertFact(tx: Tx, fact: FactRecord): Promise<void> {
  await tx.insert(facts).values(fact);
  await tx.insert(factRevisions).values(revisionOf(fact));
}

/** `before`: as it was. A new wording joins the earlier ones. */
export const saveFact = (tx: Tx, { id, ...changed }: FactRecord, before: FactRecord) =>
  runAll(
    tx.update(facts).set(changed).where(eq(facts.id, id)),
    changed.revision === before.revision ? null : tx.insert(factRevisions).values(revisionOf({ id, ...changed })),
  );

const revisionOf = (fact: FactRecord): FactRevision => ({
  factId: fact.id,
  revision: fact.revision,
  text: fact.text,
  writtenBy: fact.changedBy,
  writtenAt: fact.changedAt,
});

export const decisionsOf = (db: Executor, crisisId: string): Promise<CrisisDecision[]> =>
  db.select().from(decisions).where(eq(decisions.crisisId, crisisId)).orderBy(asc(decisions.number));

export const insertDecision = (tx: Tx, decision: CrisisDecision) => tx.insert(decisions).values(decision);

export const measuresOf = (db: Executor, crisisId: string): Promise<MeasureRecord[]> =>
  db.select().from(measures).where(eq(measures.crisisId, crisisId)).orderBy(asc(measures.number));

export const findMeasure = async (db: Executor, measureId: string): Promise<MeasureRecord | undefined> =>
  (await db.select().from(measures).where(eq(measures.id, measureId)))[0];

export const insertMeasure = (tx: Tx, measure: MeasureRecord) => tx.insert(measures).values(measure);

export const saveMeasure = (tx: Tx, { id, ...changed }: MeasureRecord) =>
  tx.update(measures).set(changed).where(eq(measures.id, id));

export const causesOf = (db: Executor, crisisId: string): Promise<CauseRecord[]> =>
  db.select().from(causes).where(eq(causes.crisisId, crisisId)).orderBy(asc(causes.number));

export const findCause = async (db: Executor, causeId: string): Promise<CauseRecord | undefined> =>
  (await db.select().from(causes).where(eq(causes.id, causeId)))[0];

export const insertCause = (tx: Tx, cause: CauseRecord) => tx.insert(causes).values(cause);

export const saveCause = (tx: Tx, { id, ...changed }: CauseRecord) =>
  tx.update(causes).set(changed).where(eq(causes.id, id));

/** What somebody set for the suggestion of a posture; undefined until somebody has. */
export const postureInputsOf = async (db: Executor, crisisId: string): Promise<PostureInputs | undefined> =>
  (await db.select().from(postures).where(eq(postures.crisisId, crisisId)))[0];

export const savePosture = (tx: Tx, { crisisId, ...set }: PostureInputs) =>
  tx
    .insert(postures)
    .values({ crisisId, ...set })
    .onConflictDoUpdate({ target: postures.crisisId, set });

const numbered = { fact: facts, measure: measures, cause: causes };

/** The number that the next one of a crisis takes. The caller holds the lock on the crisis. */
export async function nextNumber(tx: Tx, what: keyof typeof numbered, crisisId: string): Promise<number> {
  const table = numbered[what];
  const from = sql`(select ${crises.numbersFrom} from ${crises} where ${crises.id} = ${crisisId})`;
  const [row] = await tx
    .select({ last: sql<number>`greatest(max(${table.number}), ${from})`.mapWith(Number) })
    .from(table)
    .where(eq(table.crisisId, crisisId));
  return (row?.last ?? 0) + 1;
}
