import type { Crisis } from '../crises/rules.ts';
import { type Department, departmentsOfPerson } from '../people/rules.ts';
import type { Callout } from '../responders/rules.ts';
import { type Statement, waitingOn } from '../statements/statement.ts';
import { isOn, openTasks, type Task } from '../tasks/rules.ts';

/** What one crisis waits for, from one person. */
export type Duties = { callouts: Callout[]; tasks: Task[]; statements: Statement[] };

/** What is going on in one crisis, as it is read for somebody who may see it. */
export type Snapshot = {
  crisis: Crisis;
  callouts: readonly Callout[];
  tasks: readonly Task[];
  statements: readonly Statement[];
  roster: readonly Department[];
};

export function dutiesOf({ crisis, callouts, tasks, statements, roster }: Snapshot, userId: string): Duties {
  const departments = departmentsOfPerson(roster, userId).map(({ key }) => key);
  return {
    callouts: callouts.filter((callout) => !callout.answeredAt && isAskedToAnswer(callout, userId)),
    tasks: openTasks(tasks).filter((task) => isOn(task, userId, departments)),
    statements: statements.filter((statement) => isAskedToApprove(statement, roster, crisis, userId)),
  };
}

export const dutyCount = ({ callouts, tasks, statements }: Duties): number =>
  callouts.length + tasks.length + statements.length;

/** Deputies are asked once their turn has come, or from the start where there is nobody else. */
const isAskedToAnswer = (callout: Callout, userId: string): boolean =>
  callout.peopleIds.includes(userId) ||
  ((callout.stage !== 'people' || callout.peopleIds.length === 0) && callout.deputyIds.includes(userId)) ||
  callout.toldLeadId === userId;

const isAskedToApprove = (
  statement: Statement,
  roster: readonly Department[],
  crisis: Crisis,
  userId: string,
): boolean =>
  waitingOn(statement, roster, crisis).some(
    (seat) =>
      seat.people.includes(userId) ||
      ((seat.people.length === 0 || statement.relayedAt !== null) && seat.deputies.includes(userId)),
  );

/** The numbers of the panel: what the whole room has open. */
export function numbersOf({ tasks, statements }: Snapshot, now: Date) {
  const open = openTasks(tasks);
  return {
    open: open.length,
    late: open.filter((task) => task.dueAt && task.dueAt <= now).length,
    review: statements.filter((statement) => statement.status === 'in_review').length,
  };
}
