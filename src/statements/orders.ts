import { alarm, inRoom, type Job } from '../core/jobs.ts';
import type { Level } from '../core/levels.ts';
import { budgetFor } from './policy.ts';
import type { Statement } from './statement.ts';

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

/** The card, its line on the board, and whatever else shows the statement: drawn from what is true when the job runs. */
export const showCard = ({ id, crisisId }: Statement, version: number): Job =>
  inRoom('statements.show_card', { crisisId, statementId: id, version });
/** The same of a version that was just submitted: a card that has scrolled away is shown afresh. */
export const showSubmitted = ({ id, crisisId, current }: Statement): Job =>
  inRoom('statements.show_card', { crisisId, statementId: id, version: current.number, isSubmitted: true });
/** What a translation says differently shows on the other's card. */
export const refreshTwin = ({ twinId, crisisId }: Statement): Job[] =>
  twinId ? [inRoom('statements.refresh', { crisisId, statementId: twinId })] : [];
