import { accept, type Decision, refuse } from '../core/decision.ts';
import type { Level } from '../core/levels.ts';
import { type Crisis, refreshBrief } from '../crises/rules.ts';
import { entry, standIns } from './entries.ts';
import { type SeatNames, seatList } from './names.ts';
import { deadlines, showCard } from './orders.ts';
import { budgetFor, firstAsked } from './policy.ts';
import {
  approvalOf,
  type Context,
  requiredNow,
  type Statement,
  type StatementRefusal,
  waitingOn,
} from './statement.ts';

type Answer = Decision<Statement, StatementRefusal>;

/** The crisis is open again: the deadlines of this round count from its submission, as they did. */
export function rearm(statement: Statement, reopening: number, { crisis }: Pick<Context, 'crisis'>): Answer {
  if (!isUnderWay(statement, statement.current.number, crisis) || !statement.submittedAt)
    return refuse({ code: 'nothing_to_do' });
  const next = { ...statement, dueAt: statement.dueAt ?? budgetFor(crisis.level, statement.submittedAt).overdueAt };
  return accept(next, { jobs: deadlines(next, crisis.level, `:reopened-${reopening}`) });
}

/** Of one review, for the time that was said; of an earlier version (no time), while none was said since. */
export type Ring = { version: number; dueAt?: string | undefined };
const isMeant = (statement: Statement, { version, dueAt }: Ring, crisis: Crisis): boolean =>
  isUnderWay(statement, version, crisis) && (statement.dueAt?.toISOString() ?? undefined) === dueAt;

/**
 * When approvals are due at the level that the crisis has now: sooner when it rose, later only when it fell. Whoever is
 * asked still has half of the new time, within the old one.
 */
function dueNow({ submittedAt, dueAt }: Statement, level: Level, now: Date): Date | null {
  if (!submittedAt) return dueAt;
  const { overdueAt: wanted } = budgetFor(level, submittedAt);
  const half = budgetFor(level, now).relayAt;
  const spared = dueAt && dueAt < half ? dueAt : half;
  return dueAt && spared > wanted ? spared : wanted;
}

/** Half the time is over: the deputies of silent seats are asked as well, once. */
export function relay(statement: Statement, ring: Ring, { crisis, roster, now }: Omit<Context, 'by'>): Answer {
  if (!isMeant(statement, ring, crisis) || statement.relayedAt) return refuse({ code: 'nothing_to_do' });
  const { version } = ring;
  const next = { ...statement, relayedAt: now };
  const silent = waitingOn(next, roster, crisis).filter((a) =>
    a.deputies.some((id) => !statement.askedIds.includes(id)),
  );
  const deputies = [...new Set(silent.flatMap((a) => a.deputies))].filter((id) => !statement.askedIds.includes(id));
  next.askedIds = [...statement.askedIds, ...deputies];
  if (deputies.length === 0) return accept(next, { jobs: [showCard(next, version)] });
  return accept(next, {
    timeline: [
      entry(next, 'statement_relayed', now, null, (w, l) =>
        w.relayed(
          seatList(
            silent.map((a) => a.seat),
            l,
          ),
          deputies.map((id) => `<@${id}>`).join(', '),
        ),
      ),
    ],
    jobs: [showCard(next, version)],
  });
}

/** The time is over: the lead is told, once. Silence is never consent. */
export function runOut(statement: Statement, ring: Ring, { crisis, roster, now }: Omit<Context, 'by'>): Answer {
  if (!isMeant(statement, ring, crisis) || statement.overdueAt) return refuse({ code: 'nothing_to_do' });
  const next = { ...statement, overdueAt: now };
  const silent = waitingOn(next, roster, crisis).map((a) => a.seat);
  return accept(next, {
    timeline: [entry(next, 'statement_overdue', now, null, (w, l) => w.overdue(seatList(silent, l)))],
    jobs: [showCard(next, ring.version)],
  });
}

/**
 * Another level gives another time, and a graver one may ask for more approvals; a new lead stands in for more. Approvals
 * that were given stay. What was ready to be published no longer is, until those who are added have approved.
 */
export function followCrisis(statement: Statement, { crisis, roster, now }: Omit<Context, 'by'>): Answer {
  if (statement.status === 'approved' && crisis.status === 'open') return takeBack(statement, { crisis, roster, now });
  if (!isUnderWay(statement, statement.current.number, crisis)) return refuse({ code: 'nothing_to_do' });
  const required = requiredNow(statement, crisis);
  const added = required.filter((seat) => !statement.requiredDepartments.includes(seat));
  const waiting = waitingOn(statement, roster, crisis);
  const newcomers = firstAsked(waiting).filter((id) => !statement.askedIds.includes(id));
  // What is late was said to be late: it stays so.
  const dueAt = statement.overdueAt ? statement.dueAt : dueNow(statement, crisis.level, now);
  const isMoved = dueAt?.getTime() !== statement.dueAt?.getTime();
  if (added.length + newcomers.length === 0 && !isMoved) return refuse({ code: 'nothing_to_do' });
  const askedIds = [...statement.askedIds, ...newcomers];
  const next = { ...statement, requiredDepartments: required, askedIds, dueAt };
  const notes = (l: SeatNames) =>
    standIns(
      waiting.filter((a) => added.includes(a.seat)),
      l,
    );
  return accept(next, {
    timeline:
      added.length === 0
        ? []
        : [
            entry(next, 'statement_required', now, null, (w, l) =>
              [w.alsoRequired(seatList(added, l)), ...notes(l)].join(' '),
            ),
          ],
    jobs: [
      showCard(next, next.current.number),
      ...(isMoved ? [...deadlines(next, crisis.level), refreshBrief(crisis.id)] : []),
    ],
  });
}

function takeBack(statement: Statement, { crisis, roster, now }: Pick<Context, 'crisis' | 'roster' | 'now'>): Answer {
  const required = requiredNow(statement, crisis);
  const added = required.filter((seat) => !approvalOf(statement, seat));
  if (added.length === 0) return refuse({ code: 'nothing_to_do' });
  const next: Statement = {
    ...statement,
    status: 'in_review',
    requiredDepartments: required,
    submittedAt: now,
    dueAt: budgetFor(crisis.level, now).overdueAt,
    approvedAt: null,
    relayedAt: null,
    overdueAt: null,
  };
  const waiting = waitingOn(next, roster, crisis);
  next.askedIds = [...new Set([...statement.askedIds, ...firstAsked(waiting)])];
  return accept(next, {
    timeline: [
      entry(next, 'statement_required', now, null, (w, l) =>
        [w.takenBack(seatList(added, l)), ...standIns(waiting, l)].join(' '),
      ),
    ],
    jobs: [showCard(next, next.current.number), ...deadlines(next, crisis.level)],
  });
}

const isUnderWay = (statement: Statement, version: number, crisis: Crisis) =>
  statement.status === 'in_review' && statement.current.number === version && crisis.status === 'open';
