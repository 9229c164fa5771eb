import { alarm, inRoom, type Job } from '../core/jobs.ts';
import type { Level } from '../core/levels.ts';
import { budgetFor } from './policy.ts';
import type { Statement } from './statement.ts';

const idOfRound = ({ crisisId, id, current }: Statement) => ({ crisisId, statementId: id, version: current.number });
const roundKey = ({ id, current }: Statement) => `${id}:v${current.number}`;

/** The deadlines of a review that has lasted since `from`. `again`: tells those that are set a second time apart. */
export function deadlines(statement: Statement, level: Level, from: Date, again = ''): Job[] {
  const { relayAt, overdueAt } = budgetFor(level, from);
  const key = `${roundKey(statement)}${again}`;
  return [
    alarm('statements.relay', idOfRound(statement), relayAt, `statement-relay:${key}`),
    alarm('statements.overdue', idOfRound(statement), overdueAt, `statement-overdue:${key}`),
  ];
}

/** The keys by which the deadlines of a review are cancelled. */
export const deadlineKeys = (statement: Statement): string[] =>
  statement.status === 'draft'
    ? []
    : [`statement-relay:${roundKey(statement)}`, `statement-overdue:${roundKey(statement)}`];

/** The card, its line on the board, and whatever else shows the statement: drawn from what is true when the job runs. */
export const showCard = ({ id, crisisId }: Statement, version: number): Job =>
  inRoom('statements.show_card', { crisisId, statementId: id, version });
/** The same of a version that was just submitted: a card that has scrolled away is shown afresh. */
export const showSubmitted = ({ id, crisisId, current }: Statement): Job =>
  inRoom('statements.show_card', { crisisId, statementId: id, version: current.number, isSubmitted: true });
/** What a translation says differently shows on the other's card. */
export const refreshTwin = ({ twinId, crisisId }: Statement): Job[] =>
  twinId ? [inRoom('statements.refresh', { crisisId, statementId: twinId })] : [];
