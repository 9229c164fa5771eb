import { accept, type Decision, refuse } from '../core/decision.ts';
import { mayAct } from '../crises/rules.ts';
import type { Department } from '../people/rules.ts';
import { entry } from './entries.ts';
import { seatList, seatName } from './names.ts';
import { showCard } from './orders.ts';
import { type Approvers, firstAsked, type Seat, type Seats } from './policy.ts';
import {
  approversNow,
  type Context,
  requiredNow,
  type Seen,
  type Statement,
  type StatementRefusal,
  staleness,
  waitingOn,
} from './statement.ts';

export const freeze = (named: readonly Department[]): Seats => ({
  departments: [...named],
  seen: [...named],
  waivers: [],
});

/** Who is named and cannot be asked now: not in the roster as the crisis may use it. */
export function absentOf(
  named: readonly Department[],
  roster: readonly Department[],
  known: readonly string[],
): string[] {
  const ids = (departments: readonly Department[]) => departments.flatMap((d) => [...d.peopleIds, ...d.deputyIds]);
  const here = new Set(ids(roster));
  return [...new Set([...known, ...ids(named).filter((id) => !here.has(id))])];
}

type RosterChange = { seat: Seat; added: string[]; removed: string[] };

type Answer = Decision<Statement, StatementRefusal>;

/**
 * The settings name others since the text was submitted: the timeline says so, and so are told those whose approval is
 * waited for. `by`: null when nobody is known to have done it.
 */
export function followRoster(
  statement: Statement,
  by: string | null,
  { crisis, named, now }: Pick<Context, 'crisis' | 'named' | 'now'>,
): Answer {
  const { seats, status } = statement;
  if (!seats || crisis.status !== 'open' || (status !== 'in_review' && status !== 'approved'))
    return refuse({ code: 'nothing_to_do' });
  const changes = changesOf(requiredNow(statement, crisis), seats.seen, named);
  if (changes.length === 0) return refuse({ code: 'nothing_to_do' });
  const next = { ...statement, seats: { ...seats, seen: [...named] } };
  return accept(next, {
    timeline: [
      entry(
        next,
        'statement_roster',
        now,
        by,
        (w, l) => w.roster(changes.map((c) => w.rosterOf(seatName(c.seat, l), c.added, c.removed)).join('; ')),
        { changes },
      ),
    ],
    jobs: [showCard(next, next.current.number)],
  });
}

/** Whom the settings name for a seat since, and name no more. */
export const changesSince = ({ seats }: Statement, seat: Seat): RosterChange[] =>
  seats ? changesOf([seat], seats.departments, seats.seen) : [];

/** Somebody deactivated was not removed by anybody. */
function changesOf(
  required: readonly Seat[],
  before: readonly Department[],
  now: readonly Department[],
): RosterChange[] {
  return required.flatMap((seat) => {
    const [was, is] = [before, now].map((roster) => {
      const d = roster.find(({ key }) => key === seat);
      return { named: [...(d?.peopleIds ?? []), ...(d?.deputyIds ?? [])], absent: d?.absentIds ?? [] };
    }) as [Named, Named];
    const added = is.named.filter((id) => ![...was.named, ...was.absent].includes(id));
    const removed = was.named.filter((id) => ![...is.named, ...is.absent].includes(id));
    return added.length + removed.length > 0 ? [{ seat, added, removed }] : [];
  });
}

type Named = { named: string[]; absent: string[] };

/** The seats that nobody can approve for except somebody who approves for another one. */
export const seatsToWaive = (statement: Statement, { roster, crisis }: Pick<Context, 'roster' | 'crisis'>): Seat[] =>
  waitingOn(statement, roster, crisis)
    .filter((a) => isEmpty(a) && !isEmpty(approversNow(statement, a.seat, roster, crisis, [], true)))
    .map((a) => a.seat);

const isEmpty = ({ people, deputies }: Approvers) => people.length + deputies.length === 0;

/** The lead lets somebody approve for two seats, where a crisis has nobody else. */
export function waive(statement: Statement, seen: Seen, reason: string, context: Context): Answer {
  const no = waiveProblem(statement, context) ?? staleness(statement, seen);
  if (no) return refuse(no);
  if (!reason.trim()) return refuse({ code: 'reason_missing' });
  const { crisis, by, now, roster } = context;
  const open = seatsToWaive(statement, context);
  const seats = statement.seats as Seats;
  const waived = open.map((seat) => ({ seat, by: by.userId, reason: reason.trim(), at: now.toISOString() }));
  const next: Statement = { ...statement, seats: { ...seats, waivers: [...seats.waivers, ...waived] } };
  next.askedIds = [...new Set([...statement.askedIds, ...firstAsked(waitingOn(next, roster, crisis))])];
  return accept(next, {
    timeline: [
      entry(next, 'statement_waived', now, by.userId, (w, l) => w.waived(seatList(open, l), reason.trim()), {
        seats: open,
        reason: reason.trim(),
      }),
    ],
    jobs: [showCard(next, next.current.number)],
  });
}

/** Asked before the form for the reason is opened. */
export function waiveProblem(statement: Statement, context: Context): StatementRefusal | null {
  const { crisis, by } = context;
  const no = mayAct(crisis, by);
  if (no) return no;
  const { status } = statement;
  if (status !== 'in_review') return { code: 'not_in_review', status };
  if (!by.isLead) return { code: 'may_not_waive' };
  return seatsToWaive(statement, context).length > 0 ? null : { code: 'somebody_else' };
}
