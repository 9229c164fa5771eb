import { startOfHour } from 'date-fns';
import type { Executor } from '../../db/client.ts';
import type { Saying } from '../core/line.ts';
import type { Slices } from '../core/slices.ts';
import { leadIsGone } from '../crises/lead/store.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Statement } from '../statements/statement.ts';
import { statementsOf } from '../statements/store.ts';
import { hashBefore } from '../timeline/store.ts';

/** What the live brief shows beside the crisis itself, and everybody it names. */
export type BriefFacts = {
  sayings: Saying[];
  /** What the clock of the first words goes by. */
  statements: Statement[];
  peopleIds: string[];
  /** The lead can no longer act in Slack. */
  leadIsGone: boolean;
  /** The hash of the timeline at the last full hour, where no digest carries one: it changes no brief more often than that. */
  fingerprint: string | null;
};

export async function briefFacts(db: Executor, slices: Slices, crisis: Crisis, now: Date): Promise<BriefFacts> {
  const hasDigests = crisis.status === 'closed' || crisis.nextDigestAt !== null;
  const [sayings, statements, isGone, fingerprint] = await Promise.all([
    slices.say(db, crisis, now),
    statementsOf(db, crisis.id),
    leadIsGone(db, crisis),
    hasDigests ? null : hashBefore(db, crisis.id, startOfHour(now)),
  ]);
  return {
    sayings,
    statements,
    peopleIds: [...new Set([crisis.leadId, ...sayings.flatMap(({ names }) => names)])],
    leadIsGone: isGone && crisis.status === 'open',
    fingerprint,
  };
}
