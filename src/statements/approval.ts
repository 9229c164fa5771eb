import { accept, type Decision, refuse } from '../core/decision.ts';
import { mayAct } from '../crises/rules.ts';
import { lint, type Material, unconfirmed } from './check/lint.ts';
import { entry } from './entries.ts';
import { seatList, seatName } from './names.ts';
import { deadlineKeys, showCard } from './orders.ts';
import { type Approvers, capacityOf, firstAsked, seatToFill } from './policy.ts';
import {
  approvalOf,
  approversNow,
  authorsOf,
  type Context,
  checkedText,
  isWaived,
  requiredNow,
  type Seen,
  type Statement,
  type StatementRefusal,
  seatsWaitedFor,
  staleness,
  type Verdict,
  waitingOn,
} from './statement.ts';

type Answer = Decision<Statement, StatementRefusal>;

/**
 * One press fills one seat, the one that leaves the others to somebody else. The last one approves the statement. What was
 * confirmed when it was submitted may no longer be.
 */
export function approve(statement: Statement, seen: Seen, context: Context, material: Material): Answer {
  const seats = seatsToJudge(statement, seen, context);
  if (!seats.ok) return seats;
  const against = unconfirmed(lint(checkedText(statement.current), material));
  if (against.facts.length + against.causes.length > 0) return refuse({ code: 'unconfirmed', ...against });
  const { crisis, by, roster, now } = context;
  const open = seats.value.filter(({ seat }) => !approvalOf(statement, seat));
  const before = seats.value.map(({ seat }) => approvalOf(statement, seat)).find((v) => v !== undefined);
  if (open.length === 0 && before)
    return refuse({
      code: 'already_approved',
      byId: before.userId,
      mine: before.userId === by.userId,
      at: before.decidedAt,
    });
  const given = verdicts(statement, filled(statement, open, context), 'approved', null, context);
  const next: Statement = {
    ...statement,
    requiredDepartments: requiredNow(statement, crisis),
    verdicts: [...statement.verdicts, ...given],
  };
  const missing = next.requiredDepartments.filter((seat) => !approvalOf(next, seat));
  const approved = missing.length === 0;
  if (approved) Object.assign(next, { status: 'approved', approvedAt: now });
  // Those who are asked once this person is no longer free for the other seats.
  next.askedIds = [...new Set([...statement.askedIds, ...firstAsked(waitingOn(next, roster, crisis))])];
  return accept(next, {
    timeline: [
      entry(
        next,
        'statement_approval',
        now,
        by.userId,
        (w, l) => w.approval(given.map((v) => w.forSeat(seatName(v.department, l), v.capacity)).join(', ')),
        { seats: seatsOf(given) },
      ),
      ...(approved
        ? [entry(next, 'statement_approved', now, null, (w, l) => w.approved(seatList(next.requiredDepartments, l)))]
        : []),
    ],
    jobs: [showCard(next, next.current.number)],
    cancel: approved ? deadlineKeys(next) : [],
  });
}

/** What one press counts for. By the rule of before, where no seats were kept, every open seat of the person. */
function filled(statement: Statement, mine: Approvers[], { crisis, by, roster }: Context): Approvers[] {
  if (!statement.seats) return mine;
  const open = seatsWaitedFor(statement, crisis);
  const seat = seatToFill(mine, (taken) =>
    open
      .filter((other) => other !== taken)
      .map((other) => approversNow(statement, other, roster, crisis, isWaived(statement, other) ? [] : [by.userId])),
  );
  return seat ? [seat] : [];
}

/** Ends the review. It waits for its author, who reads why; only a new wording goes on from here. */
export function turnDown(
  statement: Statement,
  seen: Seen,
  verdict: 'changes_requested' | 'rejected',
  reason: string,
  context: Context,
): Answer {
  const seats = seatsToJudge(statement, seen, context);
  if (!seats.ok) return seats;
  if (!reason.trim()) return refuse({ code: 'reason_missing' });
  const { by, now } = context;
  const given = verdicts(statement, seats.value, verdict, reason.trim(), context);
  const next: Statement = { ...statement, status: verdict, verdicts: [...statement.verdicts, ...given] };
  return accept(next, {
    timeline: [
      entry(
        next,
        verdict === 'rejected' ? 'statement_rejected' : 'statement_changes_requested',
        now,
        by.userId,
        (w, l) => {
          const seatsSaid = given.map((v) => w.forSeat(seatName(v.department, l), v.capacity)).join(', ');
          return verdict === 'rejected'
            ? w.rejected(seatsSaid, reason.trim())
            : w.changesRequested(seatsSaid, reason.trim());
        },
        { reason: reason.trim(), seats: seatsOf(given) },
      ),
    ],
    jobs: [showCard(next, next.current.number)],
    cancel: deadlineKeys(next),
  });
}

/** Whether somebody could give a verdict now: asked before the form for the reason is opened. */
export function seatsToJudge(
  statement: Statement,
  seen: Seen,
  { crisis, by, roster }: Context,
): Decision<Approvers[], StatementRefusal> {
  const no = mayAct(crisis, by) ?? staleness(statement, seen);
  if (no) return refuse(no);
  const { status, current, submittedBy } = statement;
  if (status !== 'in_review') return refuse({ code: 'not_in_review', status });
  if (by.userId === current.authorId) return refuse({ code: 'own_words', as: 'author' });
  if (by.userId === submittedBy) return refuse({ code: 'own_words', as: 'submitter' });
  if (authorsOf(statement).includes(by.userId)) return refuse({ code: 'own_words', as: 'earlier' });
  const all = requiredNow(statement, crisis).map((seat) => approversNow(statement, seat, roster, crisis));
  const mine = all.filter((a) => capacityOf(a, by.userId) !== null);
  if (mine.length === 0) return refuse({ code: 'not_an_approver', seats: all.map((a) => a.seat) });
  return accept(mine);
}

/** What the verdicts are held against when the timeline is verified. */
const seatsOf = (given: readonly Verdict[]) => given.map(({ department, capacity }) => ({ department, capacity }));

const verdicts = (
  { current }: Statement,
  seats: readonly Approvers[],
  verdict: Verdict['verdict'],
  reason: string | null,
  { by, now, newId }: Context,
): Verdict[] =>
  seats.map((approvers) => ({
    id: newId(),
    versionNumber: current.number,
    versionHash: current.hash,
    department: approvers.seat,
    userId: by.userId,
    capacity: capacityOf(approvers, by.userId) ?? 'person',
    verdict,
    reason,
    decidedAt: now,
  }));
