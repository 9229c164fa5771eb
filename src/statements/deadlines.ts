import { accept, type Decision, refuse } from '../core/decision.ts';
import type { Crisis } from '../crises/rules.ts';
import { entry, standIns } from './entries.ts';
import { type SeatNames, seatList } from './names.ts';
import { deadlines, showCard } from './orders.ts';
import { firstAsked } from './policy.ts';
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
  return accept(statement, {
    jobs: deadlines(statement, crisis.level, statement.submittedAt, `:reopened-${reopening}`),
  });
}

/** Half the time is over: the deputies of silent seats are asked as well, once. */
export function relay(statement: Statement, version: number, { crisis, roster, now }: Omit<Context, 'by'>): Answer {
  if (!isUnderWay(statement, version, crisis) || statement.relayedAt) return refuse({ code: 'nothing_to_do' });
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
export function runOut(statement: Statement, version: number, { crisis, roster, now }: Omit<Context, 'by'>): Answer {
  if (!isUnderWay(statement, version, crisis) || statement.overdueAt) return refuse({ code: 'nothing_to_do' });
  const next = { ...statement, overdueAt: now };
  const silent = waitingOn(next, roster, crisis).map((a) => a.seat);
  return accept(next, {
    timeline: [entry(next, 'statement_overdue', now, null, (w, l) => w.overdue(seatList(silent, l)))],
    jobs: [showCard(next, version)],
  });
}

/**
 * A graver level may ask for more approvals, and a new lead stands in for more; approvals that were given stay. What was
 * ready to be published no longer is, until those who are added have approved.
 */
export function followCrisis(statement: Statement, { crisis, roster, now }: Omit<Context, 'by'>): Answer {
  if (statement.status === 'approved' && crisis.status === 'open') return takeBack(statement, { crisis, roster, now });
  if (!isUnderWay(statement, statement.current.number, crisis)) return refuse({ code: 'nothing_to_do' });
  const required = requiredNow(statement, crisis);
  const added = required.filter((seat) => !statement.requiredDepartments.includes(seat));
  const waiting = waitingOn(statement, roster, crisis);
  const newcomers = firstAsked(waiting).filter((id) => !statement.askedIds.includes(id));
  if (added.length + newcomers.length === 0) return refuse({ code: 'nothing_to_do' });
  const next = { ...statement, requiredDepartments: required, askedIds: [...statement.askedIds, ...newcomers] };
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
    jobs: [showCard(next, next.current.number)],
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
    jobs: [showCard(next, next.current.number), ...deadlines(next, crisis.level, now, `:raised-${now.getTime()}`)],
  });
}

const isUnderWay = (statement: Statement, version: number, crisis: Crisis) =>
  statement.status === 'in_review' && statement.current.number === version && crisis.status === 'open';
