import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, max, ne, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { callouts, digests, tasks, timelineEntries } from '../../db/schema/index.ts';
import { type Level, levelPlans, levels } from '../core/levels.ts';
import type { Slices } from '../core/slices.ts';
import { after, HOUR, MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { factsOf } from '../facts/store.ts';
import { firstWordsAt, isOutward } from '../first-hour/clock.ts';
import { notToldYet } from '../stakeholders/rules.ts';
import { stakeholdersOf } from '../stakeholders/store.ts';
import type { Statement } from '../statements/statement.ts';
import { statementsWithSeats } from '../statements/store.ts';
import { workspaceOf } from '../workspaces/store.ts';
import type { Facts } from './content.ts';
import type { Rhythm } from './rules.ts';

export type Digest = typeof digests.$inferSelect;

export const insertDigest = (tx: Tx, digest: Digest) => tx.insert(digests).values(digest);

export const findDigest = async (db: Executor, digestId: string): Promise<Digest | undefined> =>
  (await db.select().from(digests).where(eq(digests.id, digestId)))[0];

/** The last digest that the room was shown; undefined before the first. */
export const lastPosted = async (db: Executor, crisisId: string): Promise<Digest | undefined> =>
  (
    await db
      .select()
      .from(digests)
      .where(and(eq(digests.crisisId, crisisId), isNotNull(digests.number)))
      .orderBy(desc(digests.number))
      .limit(1)
  )[0];

/** The rhythm as it stands before the next beat. */
export async function rhythmOf(db: Executor, crisis: Crisis): Promise<Rhythm> {
  const [{ digestMinutes }, [turn]] = await Promise.all([
    workspaceOf(db, crisis.workspaceId),
    db
      .select({ at: max(timelineEntries.occurredAt) })
      .from(timelineEntries)
      .where(
        and(
          eq(timelineEntries.crisisId, crisis.id),
          inArray(timelineEntries.kind, ['crisis_declared', 'level_changed', 'crisis_reopened']),
        ),
      ),
  ]);
  const turnAt = turn?.at ?? crisis.declaredAt;
  const since = await db
    .select({ number: digests.number, askedBy: digests.askedBy })
    .from(digests)
    .where(and(eq(digests.crisisId, crisis.id), gt(digests.at, turnAt)))
    .orderBy(asc(digests.at), asc(digests.id));
  return {
    level: crisis.level,
    ownMinutes: crisis.digestMinutes,
    workspaceMinutes: digestMinutes[crisis.level],
    turnAt,
    beatsAtLevel: since.filter(({ askedBy }) => askedBy === null).length,
    quiet: since.length - 1 - since.findLastIndex(({ number }) => number !== null),
  };
}

/** Whether something was written since the last digest that people would want told. Without a last one, always. */
export async function changedSince(
  db: Executor,
  crisis: Crisis,
  last: Digest | undefined,
  open: readonly OpenTask[],
  now: Date,
  kindOf: Slices['kindOf'],
): Promise<boolean> {
  if (!last) return true;
  const kinds = await db
    .selectDistinct({ kind: timelineEntries.kind })
    .from(timelineEntries)
    .where(
      and(
        eq(timelineEntries.crisisId, crisis.id),
        gt(timelineEntries.seq, last.upToSeq),
        // The task that asks for the first digest is closed by that very digest.
        sql`not (${timelineEntries.kind} = 'task_done_by_act' and ${timelineEntries.data} ->> 'act' = 'digest')`,
      ),
    );
  if (kinds.some(({ kind }) => kindOf(kind).weight > 0)) return true;
  // A deadline that passes writes nothing, and is news all the same.
  return open.some((task) => task.dueAt !== null && task.dueAt > last.at && task.dueAt <= now);
}

/** When the last beat found nothing new; null once a digest came after it. */
export async function quietAt(db: Executor, crisisId: string): Promise<Date | null> {
  const [last] = await db
    .select({ number: digests.number, at: digests.at })
    .from(digests)
    .where(eq(digests.crisisId, crisisId))
    .orderBy(desc(digests.at), desc(digests.id))
    .limit(1);
  return last && last.number === null ? last.at : null;
}

/** The level at which it was declared: what stood before the first digest. */
export async function declaredLevel(db: Executor, crisisId: string): Promise<Level | null> {
  const [declared] = await db
    .select({ data: timelineEntries.data })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.crisisId, crisisId), eq(timelineEntries.kind, 'crisis_declared')));
  return levels.find((level) => level === declared?.data['level']) ?? null;
}

/** What stands open at this moment, as ids, numbers and titles. */
export async function gatherFacts(db: Executor, crisis: Crisis, open: readonly OpenTask[], now: Date): Promise<Facts> {
  const [[done], { firstAt, ...words }, unanswered, confirmed, untold] = await Promise.all([
    db
      .select({ n: count() })
      .from(tasks)
      .where(and(eq(tasks.crisisId, crisis.id), eq(tasks.status, 'done'), isNull(tasks.settledAs))),
    statementsNow(db, crisis),
    db
      .select({ key: callouts.department, name: callouts.departmentName })
      .from(callouts)
      .where(and(eq(callouts.crisisId, crisis.id), isNull(callouts.answeredAt)))
      .orderBy(asc(callouts.calledAt)),
    confirmedNow(db, crisis.id),
    untoldNow(db, crisis.id),
  ]);
  const task = (t: OpenTask) => ({
    number: t.number,
    title: t.title,
    assigneeId: t.assigneeId,
    department: t.department,
    dueAt: t.dueAt?.toISOString() ?? null,
    reason: t.blockedReason,
  });
  const due = (t: OpenTask) => t.dueAt !== null && t.dueAt <= now;
  const soon = (t: OpenTask) => t.dueAt !== null && t.dueAt > now && t.dueAt <= after(now, HOUR);
  return {
    openTasks: open.length,
    doneTasks: done?.n ?? 0,
    blocked: open.filter((t) => t.status === 'blocked').map(task),
    overdue: open.filter(due).map(task),
    dueSoon: open.filter(soon).map(task),
    ...words,
    firstWords: firstWordsOf(crisis, firstAt),
    unanswered,
    confirmed,
    untold,
  };
}

function firstWordsOf(crisis: Crisis, firstAt: Date | null): Facts['firstWords'] {
  const { firstWords } = levelPlans[crisis.level];
  const afterMs = firstAt ? firstAt.getTime() - crisis.declaredAt.getTime() : null;
  return { afterMs, limitMs: firstWords ? firstWords.limit * MINUTE : null };
}

const mostConfirmed = 2;
const mostUntold = 5;

async function confirmedNow(db: Executor, crisisId: string): Promise<Facts['confirmed']> {
  const confirmed = (await factsOf(db, crisisId))
    .filter((fact) => fact.status === 'confirmed')
    .toSorted((a, b) => (b.confirmedAt?.getTime() ?? 0) - (a.confirmedAt?.getTime() ?? 0));
  return { texts: confirmed.slice(0, mostConfirmed).map((fact) => fact.text), count: confirmed.length };
}

async function untoldNow(db: Executor, crisisId: string): Promise<Facts['untold']> {
  const untold = notToldYet(await stakeholdersOf(db, crisisId));
  return { names: untold.slice(0, mostUntold).map((one) => one.name), count: untold.length };
}

type OpenTask = typeof tasks.$inferSelect;
export const openTasks = (db: Executor, crisisId: string): Promise<OpenTask[]> =>
  db
    .select()
    .from(tasks)
    .where(and(eq(tasks.crisisId, crisisId), ne(tasks.status, 'done')))
    .orderBy(asc(tasks.dueAt), asc(tasks.number));

async function statementsNow(db: Executor, crisis: Crisis) {
  const all = (await statementsWithSeats(db, crisis)).toSorted((a, b) => a.number - b.number);
  const of = (...wanted: Statement['status'][]) => all.filter(({ status }) => wanted.includes(status));
  const short = ({ number, current }: Statement) => ({ number, title: current.title });
  const [last] = of('published')
    .filter(isOutward)
    .toSorted((a, b) => (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0));
  return {
    firstAt: firstWordsAt(all),
    published: of('published').length,
    drafts: of('draft', 'changes_requested').length,
    approved: of('approved').map(short),
    inReview: all
      .filter(({ status }) => status === 'in_review')
      .map((one) => ({ ...short(one), waitingOn: one.waitsFor.map((key) => ({ key, name: null })) })),
    lastPublished: last?.publishedAt ? { ...short(last), at: last.publishedAt.toISOString() } : null,
  };
}
