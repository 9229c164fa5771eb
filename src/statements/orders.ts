import { alarm, inRoom, type Job, toPerson } from '../core/jobs.ts';
import type { Level } from '../core/levels.ts';
import { budgetFor } from './policy.ts';
import type { Statement } from './statement.ts';

export type About = 'approved' | 'changes_requested' | 'rejected' | 'overdue' | 'stuck';

const idOfRound = ({ crisisId, id, current }: Statement) => ({ crisisId, statementId: id, version: current.number });
const roundKey = ({ id, current }: Statement) => `${id}:v${current.number}`;

/**
 * The alarms of a review. Each carries the time that was said when it was set: one that rings after another was said finds
 * that it is not meant any more. `again`: tells those that are set a second time for the same time apart.
 */
export function deadlines(statement: Statement, level: Level, again = ''): Job[] {
  const { submittedAt, dueAt } = statement;
  if (!submittedAt || !dueAt) return [];
  const { relayAt } = budgetFor(level, submittedAt);
  const data = { ...idOfRound(statement), dueAt: dueAt.toISOString() };
  const key = `${roundKey(statement)}:${dueAt.getTime()}${again}`;
  return [
    alarm('statements.relay', data, relayAt, `statement-relay:${key}`),
    alarm('statements.overdue', data, dueAt, `statement-overdue:${key}`),
  ];
}

/** The keys by which the deadlines of a review are cancelled; without a time, as an earlier version set them. */
export function deadlineKeys(statement: Statement): string[] {
  if (statement.status === 'draft') return [];
  const { dueAt } = statement;
  const key = `${roundKey(statement)}${dueAt ? `:${dueAt.getTime()}` : ''}`;
  return [`statement-relay:${key}`, `statement-overdue:${key}`];
}

/** The card of one version, drawn again from what is true when the job runs. */
export const showCard = ({ id, crisisId }: Statement, version: number): Job =>
  inRoom('statements.show_card', { crisisId, statementId: id, version });
/** What one approver was sent about the version under review, drawn again likewise. */
export const ask = (statement: Statement, userId: string): Job =>
  toPerson('statements.ask', { userId, ...idOfRound(statement) });
export const askAgain = (statement: Statement): Job[] => statement.askedIds.map((id) => ask(statement, id));
/** The card of the translation says what differs: it is drawn again as well, and what its approvers were sent. */
export const refreshTwin = ({ twinId, crisisId }: Statement): Job[] =>
  twinId ? [inRoom('statements.refresh', { crisisId, statementId: twinId })] : [];
/** Who was removed from a department, or answers for legal, hears of a change of the settings during a review. */
export const tellOfRoster = (
  statement: Statement,
  userId: string,
  by: string | null,
  changes: readonly { seat: string; added: string[]; removed: string[] }[],
  at: Date,
): Job =>
  toPerson(
    'statements.tell_roster',
    { userId, by, changes, at: at.getTime(), ...idOfRound(statement) },
    `statement-roster:${roundKey(statement)}:${at.getTime()}:${userId}`,
  );
/** `at`: of an approval, which may come twice when the level rises in between. */
export const tell = (statement: Statement, userId: string, about: About, at?: Date): Job =>
  toPerson(
    'statements.tell',
    { userId, about, ...idOfRound(statement) },
    `statement-tell:${roundKey(statement)}:${about}:${userId}${at ? `:${at.getTime()}` : ''}`,
  );
