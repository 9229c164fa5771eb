import type { Job } from './jobs.ts';
import type { Bilingual } from './locale.ts';

/** A slice makes entries of its own kinds: `NewEntry<Kind>` of its `entry-kinds.ts`. */
export type NewEntry<K extends string = string> = {
  kind: K;
  /** When it happened, which is not always when it was written down. */
  occurredAt: Date;
  /** Null only when the product itself acted. */
  actorId: string | null;
  /** Plain text, with `<@U…>` where a person is named. */
  text: Bilingual;
  data?: Record<string, unknown>;
  correctsId?: string;
};

export type Refusal = { code: string };
export type Accepted<T> = { ok: true; value: T; timeline: NewEntry[]; jobs: Job[]; cancel: string[] };
export type Refused<R> = { ok: false; refusal: R };

/** What a rule answers: what should happen, or why not. A "no" is a value; only bugs are thrown. */
export type Decision<T, R extends Refusal> = Accepted<T> | Refused<R>;

export const refuse = <const R extends Refusal>(refusal: R): Refused<R> => ({ ok: false, refusal });

export const accept = <T>(
  value: T,
  effects: { timeline?: NewEntry[]; jobs?: Job[]; cancel?: string[] } = {},
): Accepted<T> => ({
  ok: true,
  value,
  timeline: effects.timeline ?? [],
  jobs: effects.jobs ?? [],
  cancel: effects.cancel ?? [],
});
