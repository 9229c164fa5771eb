/** What Slack said about a message at one moment: how it stood, or that it was gone. */
export type Seen = {
  change: 'posted' | 'edited' | 'deleted';
  text: string;
  at: Date;
  /** Who edited; null where Slack does not say. */
  byId: string | null;
};
export type Known = { change: Seen['change']; text: string; at: Date };

/**
 * Adds what was seen to what is known. Deliveries repeat and overtake one another: the same facts give the same
 * revisions and the same present wording, in whatever order and however often they arrive.
 * `before` is the wording that each new change replaced.
 */
export function observe(
  known: readonly Known[],
  seen: readonly Seen[],
): { added: (Seen & { before: string })[]; present: { text: string; deletedAt: Date | null } } {
  const all: Known[] = [...known];
  const added: Seen[] = [];
  for (const one of seen) {
    if (all.some((k) => k.change === one.change && k.at.getTime() === one.at.getTime())) continue;
    all.push(one);
    added.push(one);
  }
  const told = all.toSorted(inTime);
  const last = told.at(-1);
  const wording = told.filter((k) => k.change !== 'deleted').at(-1);
  return {
    added: added.toSorted(inTime).map((one) => ({ ...one, before: wordingBefore(told, one) })),
    present: {
      text: wording?.text ?? last?.text ?? '',
      deletedAt: told.find((k) => k.change === 'deleted')?.at ?? null,
    },
  };
}

const inTime = (a: Known, b: Known) => a.at.getTime() - b.at.getTime() || rank[a.change] - rank[b.change];
const rank = { posted: 0, edited: 1, deleted: 2 } as const;

/** A deletion carries the wording that it took away; of an edit, the wording is the one before it. */
function wordingBefore(told: readonly Known[], one: Seen): string {
  const earlier = told.filter((k) => k.change !== 'deleted' && inTime(k, one) < 0);
  return earlier.at(-1)?.text ?? (one.change === 'deleted' ? one.text : '');
}
