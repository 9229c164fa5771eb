import type { Executor } from '../../db/client.ts';
import { leadIsGone } from '../crises/lead/store.ts';
import type { Crisis } from '../crises/rules.ts';
import { quietAt } from '../digests/store.ts';
import type { FactRecord } from '../facts/rules.ts';
import { factsOf } from '../facts/store.ts';
import type { Department } from '../people/rules.ts';
import type { Callout } from '../responders/callout.ts';
import { calloutsOf } from '../responders/store.ts';
import type { Stakeholder } from '../stakeholders/rules.ts';
import { stakeholdersOf } from '../stakeholders/store.ts';
import { peopleIn as peopleInStatements } from '../statements/lines.ts';
import type { Statement } from '../statements/statement.ts';
import { approversRoster, statementsOf } from '../statements/store.ts';
import { peopleIn as peopleInTask, type Task } from '../tasks/rules.ts';
import { tasksOf } from '../tasks/store.ts';

/** What the live brief shows beside the crisis itself, and everybody it names. */
export type BriefFacts = {
  callouts: Callout[];
  tasks: Task[];
  statements: Statement[];
  roster: Department[];
  stakeholders: Stakeholder[];
  facts: FactRecord[];
  peopleIds: string[];
  /** The lead can no longer act in Slack. */
  leadIsGone: boolean;
  /** When the last beat of the digests found nothing new. */
  quietAt: Date | null;
};

export async function briefFacts(db: Executor, crisis: Crisis): Promise<BriefFacts> {
  const [callouts, tasks, statements, roster, stakeholders, facts, isGone, quiet] = await Promise.all([
    calloutsOf(db, crisis.id),
    tasksOf(db, [crisis.id]),
    statementsOf(db, crisis.id),
    approversRoster(db, crisis),
    stakeholdersOf(db, crisis.id),
    factsOf(db, crisis.id),
    leadIsGone(db, crisis),
    quietAt(db, crisis.id),
  ]);
  const called = callouts.flatMap((c) => [...c.peopleIds, ...c.deputyIds, ...(c.answeredBy ? [c.answeredBy] : [])]);
  const peopleIds = [
    crisis.leadId,
    ...called,
    ...tasks.flatMap(peopleInTask),
    ...peopleInStatements(statements, roster, crisis),
  ];
  return {
    callouts,
    tasks,
    statements,
    roster,
    stakeholders,
    facts,
    peopleIds: [...new Set(peopleIds)],
    quietAt: quiet,
    leadIsGone: isGone && crisis.status === 'open',
  };
}
