import { and, asc, eq } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { stakeholders, statements, statementVersions } from '../../db/schema/index.ts';
import type { Stakeholder } from './rules.ts';

/** In the order in which they hear. */
export const stakeholdersOf = (db: Executor, crisisId: string): Promise<Stakeholder[]> =>
  db
    .select()
    .from(stakeholders)
    .where(eq(stakeholders.crisisId, crisisId))
    .orderBy(asc(stakeholders.position), asc(stakeholders.number));

/** What somebody may hear by, the latest last. */
export const statementTitlesOf = (db: Executor, crisisId: string): Promise<{ number: number; title: string }[]> =>
  db
    .select({ number: statements.number, title: statementVersions.title })
    .from(statements)
    .innerJoin(
      statementVersions,
      and(eq(statementVersions.statementId, statements.id), eq(statementVersions.number, statements.currentVersion)),
    )
    .where(eq(statements.crisisId, crisisId))
    .orderBy(asc(statements.number));

export const findStakeholder = async (db: Executor, id: string): Promise<Stakeholder | undefined> =>
  (await db.select().from(stakeholders).where(eq(stakeholders.id, id)))[0];

export const addStakeholders = async (tx: Tx, added: readonly Stakeholder[]): Promise<void> => {
  if (added.length > 0) await tx.insert(stakeholders).values([...added]);
};

export const saveStakeholder = (tx: Tx, { id, ...changed }: Stakeholder) =>
  tx.update(stakeholders).set(changed).where(eq(stakeholders.id, id));
