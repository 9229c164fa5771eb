/** PostgreSQL's word for "an earlier statement of this transaction has failed": never the reason. */
const afterFailure = '25P02';

/**
 * Runs statements of one transaction that do not wait for each other: they travel together. Ends when all have ended,
 * because a statement sent after the transaction would stand alone, outside it. Throws what went wrong first.
 */
export async function runAll(...statements: (PromiseLike<unknown> | null)[]): Promise<void> {
  await readAll(statements.filter((statement) => statement !== null));
}

/** The same for what answers: all the answers, in order. */
export async function readAll<const T extends readonly unknown[]>(
  reads: {
    readonly [K in keyof T]: PromiseLike<T[K]>;
  },
): Promise<{ -readonly [K in keyof T]: T[K] }> {
  const outcomes = await Promise.allSettled(reads);
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (reasons.length > 0) throw reasons.find((reason) => codeOf(reason) !== afterFailure) ?? reasons[0];
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as {
    -readonly [K in keyof T]: T[K];
  };
}

const codeOf = (reason: unknown): unknown =>
  reason instanceof Error ? ((reason as { code?: unknown }).code ?? codeOf(reason.cause)) : undefined;
