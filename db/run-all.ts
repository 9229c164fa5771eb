/** PostgreSQL's word for "an earlier statement of this transaction has failed": never the reason. */
const afterFailure = '25P02';

/**
 * Runs statements of one transaction that do not wait for each other: they travel together. Ends when all have ended,
 * because a statement sent after the transaction would stand alone, outside it. Throws what went wrong first.
 */
export async function runAll(...statements: (PromiseLike<unknown> | null)[]): Promise<void> {
  const outcomes = await Promise.allSettled(statements.filter((statement) => statement !== null));
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (reasons.length > 0) throw reasons.find((reason) => codeOf(reason) !== afterFailure) ?? reasons[0];
}

const codeOf = (reason: unknown): unknown =>
  reason instanceof Error ? ((reason as { code?: unknown }).code ?? codeOf(reason.cause)) : undefined;
