import { and, asc, eq, inArray, isNotNull, like, ne, or } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import {
  crises,
  digests,
  effects,
  facts,
  stakeholders,
  statements,
  statementVerdicts,
  statementVersions,
  tasks,
  timelineEntries,
} from '../../db/schema/index.ts';
import { theProduct } from '../people/rules.ts';
import type { Evidence } from './noticed.ts';
import type { Task } from './rules.ts';

export const findTask = async (db: Executor, taskId: string): Promise<Task | undefined> =>
  (await db.select().from(tasks).where(eq(tasks.id, taskId)))[0];

/** In the order of their numbers. */
export const tasksOf = (db: Executor, crisisIds: readonly string[]): Promise<Task[]> =>
  crisisIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(tasks)
        .where(inArray(tasks.crisisId, [...crisisIds]))
        .orderBy(asc(tasks.number));

export const insertTask = (tx: Tx, task: Task) => tx.insert(tasks).values(task);

/** Lines of playbooks that were made into tasks. */
export const originsOf = async (db: Executor, crisisId: string): Promise<Set<string>> =>
  new Set((await tasksOf(db, [crisisId])).flatMap(({ origin }) => (origin ? [origin] : [])));

export const insertTasks = (tx: Tx, rows: readonly Task[]) =>
  rows.length === 0
    ? Promise.resolve()
    : tx
        .insert(tasks)
        .values([...rows])
        .then(() => undefined);

export const saveTask = (tx: Tx, { id, ...changed }: Task) => tx.update(tasks).set(changed).where(eq(tasks.id, id));

/** The keys of the cards, reminders and notes by which earlier versions showed tasks, or meant to, in the present room or to one person. */
export const shownBefore = async (db: Executor, crisisId: string): Promise<string[]> =>
  (
    await db
      .select({ key: effects.key })
      .from(effects)
      .innerJoin(crises, eq(crises.id, effects.crisisId))
      .where(
        and(
          eq(effects.crisisId, crisisId),
          or(
            and(like(effects.key, 'task:%'), eq(effects.channelId, crises.channelId)),
            like(effects.key, 'task-assigned:%'),
            like(effects.key, 'task-reminder:%'),
          ),
        ),
      )
      .orderBy(asc(effects.firstAttemptAt))
  ).map(({ key }) => key);

/** What was done in the product and still stands, read from the tables themselves: those who write them know nothing of tasks. */
export async function evidenceOf(db: Executor, crisisId: string): Promise<Evidence[]> {
  const written = await db
    .select({
      act: timelineEntries.kind,
      byId: timelineEntries.actorId,
      at: timelineEntries.recordedAt,
      data: timelineEntries.data,
    })
    .from(timelineEntries)
    .where(
      and(
        eq(timelineEntries.crisisId, crisisId),
        inArray(timelineEntries.kind, [...levelKinds, 'statement_published', 'stakeholder_told']),
      ),
    )
    .orderBy(asc(timelineEntries.seq));
  const known = await db
    .select({ number: facts.number, byId: facts.recordedBy, at: facts.recordedAt })
    .from(facts)
    .where(eq(facts.crisisId, crisisId));
  const posted = await db
    .select({ number: digests.number, byId: digests.askedBy, at: digests.at })
    .from(digests)
    .where(and(eq(digests.crisisId, crisisId), isNotNull(digests.number)));
  const employees = await db
    .select({ id: stakeholders.id, status: stakeholders.status })
    .from(stakeholders)
    .where(
      and(
        eq(stakeholders.crisisId, crisisId),
        eq(stakeholders.circle, 'employees'),
        ne(stakeholders.status, 'not_needed'),
      ),
    );
  const told = employees.every(({ status }) => status === 'told') ? employees.map(({ id }) => id) : [];
  const texts = await textsOf(db, crisisId);
  const entry = (act: Evidence['act'], { byId, at }: (typeof written)[number], number: number | null = null) => ({
    act,
    number,
    byId,
    at,
  });
  return [
    ...written.filter(({ act }) => levelKinds.includes(act)).map((one) => entry('level', one)),
    ...known.map((fact) => ({ act: 'fact' as const, ...fact })),
    ...texts.versions.map((version) => ({ act: 'draft' as const, ...version })),
    ...texts.approved,
    ...written
      .filter(({ act }) => act === 'statement_published')
      .flatMap((one) =>
        texts.published
          .filter(({ id }) => id === one.data['statementId'])
          .map(({ number }) => entry('publication', one, number)),
      ),
    ...told.flatMap((id) => {
      const last = written.findLast(({ act, data }) => act === 'stakeholder_told' && data['stakeholderId'] === id);
      return last ? [entry('employees', last)] : [];
    }),
    ...posted.map((digest) => ({ act: 'digest' as const, ...digest })),
  ];
}

const levelKinds: readonly string[] = ['crisis_assessed', 'level_kept', 'level_changed'];

/** External texts that were not withdrawn. */
async function textsOf(db: Executor, crisisId: string) {
  const external = await db
    .select({
      id: statements.id,
      number: statements.number,
      status: statements.status,
      approvedAt: statements.approvedAt,
    })
    .from(statements)
    .innerJoin(
      statementVersions,
      and(eq(statementVersions.statementId, statements.id), eq(statementVersions.number, statements.currentVersion)),
    )
    .where(
      and(
        eq(statements.crisisId, crisisId),
        ne(statements.status, 'withdrawn'),
        ne(statementVersions.kind, 'internal_note'),
        ne(statementVersions.audience, 'employees'),
      ),
    );
  if (external.length === 0) return { versions: [], approved: [], published: [] };
  const ids = external.map(({ id }) => id);
  const numberOf = new Map(external.map(({ id, number }) => [id, number]));
  const versions = await db
    .select({ id: statementVersions.statementId, byId: statementVersions.authorId, at: statementVersions.createdAt })
    .from(statementVersions)
    .where(and(inArray(statementVersions.statementId, ids), ne(statementVersions.authorId, theProduct)));
  const verdicts = await db
    .select({ id: statementVerdicts.statementId, byId: statementVerdicts.userId })
    .from(statementVerdicts)
    .where(and(inArray(statementVerdicts.statementId, ids), eq(statementVerdicts.verdict, 'approved')))
    .orderBy(asc(statementVerdicts.decidedAt), asc(statementVerdicts.id));
  const approved = external.flatMap(({ id, number, status, approvedAt: at }) => {
    const last = verdicts.findLast((verdict) => verdict.id === id);
    return at && (status === 'approved' || status === 'published')
      ? [{ act: 'approval' as const, number, byId: last?.byId ?? null, at }]
      : [];
  });
  return {
    versions: versions.map(({ id, ...version }) => ({ number: numberOf.get(id) ?? null, ...version })),
    approved,
    published: external.filter(({ status }) => status === 'published'),
  };
}
