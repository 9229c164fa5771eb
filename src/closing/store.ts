import { and, asc, count, eq, inArray, isNotNull, isNull, min, ne, or } from 'drizzle-orm';
import type { Executor } from '../../db/client.ts';
import { callouts, statements, statementVersions, tasks, timelineEntries } from '../../db/schema/index.ts';
import type { Crisis } from '../crises/rules.ts';
import { stakeholdersOf } from '../stakeholders/store.ts';
import type { Figures, OpenWork } from './rules.ts';

export async function openWorkOf(db: Executor, crisisId: string): Promise<OpenWork> {
  const open = await db
    .select({
      number: tasks.number,
      title: tasks.title,
      assigneeId: tasks.assigneeId,
      department: tasks.department,
    })
    .from(tasks)
    .where(and(eq(tasks.crisisId, crisisId), ne(tasks.status, 'done')))
    .orderBy(asc(tasks.number));
  const words = await db
    .select({ number: statements.number, title: statementVersions.title, status: statements.status })
    .from(statements)
    .innerJoin(
      statementVersions,
      and(eq(statementVersions.statementId, statements.id), eq(statementVersions.number, statements.currentVersion)),
    )
    .where(and(eq(statements.crisisId, crisisId), inArray(statements.status, ['in_review', 'approved'])))
    .orderBy(asc(statements.number));
  const calls = await db
    .select({ key: callouts.department, name: callouts.departmentName })
    .from(callouts)
    .where(and(eq(callouts.crisisId, crisisId), isNull(callouts.answeredAt)))
    .orderBy(asc(callouts.calledAt));
  return {
    tasks: open,
    statements: words.map((s) => ({ ...s, status: s.status === 'approved' ? 'approved' : 'in_review' })),
    callouts: calls,
  };
}

/** How often this was written: the third closing is the third. */
export async function timesWritten(db: Executor, crisisId: string, kind: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), eq(timelineEntries.kind, kind)));
  return row?.n ?? 0;
}

export type TurningPoint = { seq: number; actorId: string | null; occurredAt: Date; data: Record<string, unknown> };

/** The `nth` entry of a kind: the closing or reopening that a job is about. */
export async function turningPoint(
  db: Executor,
  crisisId: string,
  kind: 'crisis_closed' | 'crisis_reopened',
  nth: number,
): Promise<TurningPoint | undefined> {
  const [row] = await db
    .select({
      seq: timelineEntries.seq,
      actorId: timelineEntries.actorId,
      occurredAt: timelineEntries.occurredAt,
      data: timelineEntries.data,
    })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), eq(timelineEntries.kind, kind)))
    .orderBy(asc(timelineEntries.seq))
    .limit(1)
    .offset(nth - 1);
  return row;
}

/** The figures of a closing, as they stood at it. */
export async function figuresOf(db: Executor, crisis: Crisis, closedAt: Date): Promise<Figures> {
  const [published] = await db
    .select({ n: count() })
    .from(statements)
    .where(and(eq(statements.crisisId, crisis.id), eq(statements.status, 'published')));
  // What colleagues were told is not what the company has said; what was withdrawn since is.
  const [words] = await db
    .select({ first: min(statements.publishedAt) })
    .from(statements)
    .innerJoin(
      statementVersions,
      and(eq(statementVersions.statementId, statements.id), eq(statementVersions.number, statements.currentVersion)),
    )
    .where(
      and(
        eq(statements.crisisId, crisis.id),
        isNotNull(statements.publishedAt),
        ne(statementVersions.kind, 'internal_note'),
      ),
    );
  const [all] = await db.select({ n: count() }).from(tasks).where(eq(tasks.crisisId, crisis.id));
  const [done] = await db
    .select({ n: count() })
    .from(tasks)
    .where(
      and(
        eq(tasks.crisisId, crisis.id),
        eq(tasks.status, 'done'),
        or(isNull(tasks.settledAs), eq(tasks.settledAs, 'done')),
      ),
    );
  const due = (await stakeholdersOf(db, crisis.id)).filter(({ status }) => status !== 'not_needed');
  const since = (at: Date) => at.getTime() - crisis.declaredAt.getTime();
  return {
    lastsMs: since(closedAt),
    published: published?.n ?? 0,
    firstWordsMs: words?.first ? since(words.first) : null,
    tasks: all?.n ?? 0,
    tasksDone: done?.n ?? 0,
    told: due.filter(({ status }) => status === 'told').length,
    listed: due.length,
  };
}
