import type { Executor } from '../../db/client.ts';
import { readAll, runAll } from '../../db/run-all.ts';
import type { Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { type Posture, postureOf } from '../facts/posture/rules.ts';
import { allRevisionsOf, causesOf, factsOf, measuresOf, postureInputsOf } from '../facts/store.ts';
import { type ClearanceState, clearanceOf, coreKey, type Playbook, type Template } from '../playbooks/rules.ts';
import { clearancesOf, coreOf, keptOf, playbookOf } from '../playbooks/store.ts';
import { isDone } from '../tasks/settled.ts';
import { tasksOf } from '../tasks/store.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { type Doubt, doubtsOf } from './check/doubts.ts';
import { type Finding, lint, type Material } from './check/lint.ts';
import { type OnlyIn, parity } from './check/parity.ts';
import { blankKeys } from './start/blanks.ts';
import { checkedText, type Origin, type Statement } from './statement.ts';
import { answersOf, findStatement, termsOf } from './store.ts';

/** Reads that do not wait for each other. */
async function all<T extends readonly PromiseLike<unknown>[]>(
  ...reads: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const begun = reads.map((read) => Promise.resolve(read));
  await runAll(...begun);
  return (await readAll(begun)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}

/** What a text of a crisis is held against. Without a statement: a text that nobody has saved yet. */
export async function materialOf(
  db: Executor,
  crisis: Pick<Crisis, 'id' | 'workspaceId'>,
  statement: Pick<Statement, 'id' | 'current'> | null,
): Promise<Material> {
  const [facts, measures, causes, tasks, workspace, terms, answers] = await all(
    factsOf(db, crisis.id),
    measuresOf(db, crisis.id),
    causesOf(db, crisis.id),
    tasksOf(db, [crisis.id]),
    workspaceOf(db, crisis.workspaceId),
    termsOf(db, crisis.id),
    statement ? answersOf(db, statement.id, statement.current) : Promise.resolve([]),
  );
  return {
    facts,
    measures,
    causes,
    doneTasks: tasks.filter(isDone).map(({ id, number, title }) => ({ id, number, title })),
    ownNames: [workspace.name],
    terms,
    answers,
  };
}

/** Everything that is said about a text beside it: to its author, and to those who approve it. */
export type Check = { findings: readonly Finding[]; material: Material; twin: Twin | null };
/** `onlyIn`: null while blanks are left in one of the two. */
export type Twin = { statement: Statement; onlyIn: readonly OnlyIn[] | null };

export async function checkOf(db: Executor, crisis: Crisis, statement: Statement): Promise<Check> {
  const material = await materialOf(db, crisis, statement);
  return {
    findings: lint(checkedText(statement.current), material),
    material,
    twin: await twinOf(db, statement),
  };
}

/** What approved or published words of a crisis say that does not stand any more, for each of them. */
export async function doubtsIn(db: Executor, statements: readonly Statement[]): Promise<[Statement, Doubt[]][]> {
  const relied = statements.filter(({ status }) => status === 'approved' || status === 'published');
  const [first] = relied;
  if (!first) return [];
  const { crisisId } = first;
  const [facts, causes, revisions] = await all(
    factsOf(db, crisisId),
    causesOf(db, crisisId),
    allRevisionsOf(db, crisisId),
  );
  return relied.map((statement) => [statement, doubtsOf(statement, facts, causes, revisions)]);
}

async function twinOf(db: Executor, { twinId, current }: Statement): Promise<Twin | null> {
  const statement = twinId ? await findStatement(db, twinId) : undefined;
  if (!statement || statement.status === 'withdrawn') return null;
  const isWhole = [current, statement.current].every((version) => blankKeys(version).length === 0);
  return { statement, onlyIn: isWhole ? parity(current, statement.current) : null };
}

/** A template that a crisis may begin a statement with. */
export type Offered = { playbook: Playbook; template: Template; clearance: ClearanceState };

/** Of the crisis's own playbook first, then what every crisis has in common. */
export async function templatesFor(db: Executor, crisis: Crisis, now: Date): Promise<Offered[]> {
  const [own, core, clearances] = await all(
    playbookOf(db, crisis.workspaceId, crisis.playbook),
    coreOf(db, crisis.workspaceId),
    clearancesOf(db, crisis.workspaceId),
  );
  const books = own.key === core.key ? [core] : [own, core];
  return books.flatMap((playbook) =>
    playbook.templates.map((template) => ({ playbook, template, clearance: clearanceOf(template, clearances, now) })),
  );
}

export async function templateOf(
  db: Executor,
  workspaceId: string,
  from: { playbook: string; template: string },
  now: Date,
): Promise<Offered | null> {
  const playbook =
    from.playbook === coreKey
      ? await coreOf(db, workspaceId)
      : (await keptOf(db, workspaceId, from.playbook))?.playbook;
  const template = playbook?.templates.find(({ id }) => id === from.template);
  if (!playbook || !template) return null;
  return { playbook, template, clearance: clearanceOf(template, await clearancesOf(db, workspaceId), now) };
}

/** What is kept with a statement of the template it was begun from. */
export async function originOf(
  db: Executor,
  workspaceId: string,
  from: { playbook: string; template: string },
  language: Language,
  now: Date,
): Promise<Origin | null> {
  const offered = await templateOf(db, workspaceId, from, now);
  return offered && originIn(offered, language);
}

/** The same of a template that was read already. */
export const originIn = ({ playbook, template, clearance }: Offered, language: Language): Origin => ({
  playbook: playbook.key,
  template: template.id,
  body: template.body[language],
  admits: template.admits,
  cleared:
    clearance.state === 'cleared'
      ? {
          by: clearance.clearance.clearedBy,
          at: clearance.clearance.clearedAt,
          until: clearance.clearance.validUntil,
        }
      : null,
});

/** What a writer is told beside a draft: the playbook's tone, and the posture that was worked out. */
export type Guidance = { tone: Pick<Playbook, 'tone' | 'toneNote' | 'mistakes'>; posture: Posture | null };

export async function guidanceOf(db: Executor, crisis: Crisis): Promise<Guidance> {
  const [tone, inputs] = await all(playbookOf(db, crisis.workspaceId, crisis.playbook), postureInputsOf(db, crisis.id));
  return { tone, posture: inputs ? postureOf(inputs) : null };
}
