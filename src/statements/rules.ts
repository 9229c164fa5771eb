import { accept, type Decision, refuse } from '../core/decision.ts';
import { MINUTE } from '../core/time.ts';
import { mayAct } from '../crises/rules.ts';
import { type BlockingCode, blocking, lint, type Material } from './check/lint.ts';
import { entry, standIns } from './entries.ts';
import { seatList } from './names.ts';
import { deadlineKeys, deadlines, refreshTwin, showCard, showSubmitted } from './orders.ts';
import { budgetFor, firstAsked, requiredFor, type Seat } from './policy.ts';
import { absentOf, freeze } from './seats.ts';
import {
  approvalOf,
  type Context,
  checkedText,
  type Origin,
  requiredNow,
  type Seen,
  type Statement,
  type StatementRefusal,
  speaksForUs,
  staleness,
  type Version,
  waitingOn,
} from './statement.ts';
import { longestBody, longestTitle, tidy, type Wording, wordingHash } from './wording.ts';

type Answer = Decision<Statement, StatementRefusal>;

export function draft(
  wish: Wording & { id: string; origin?: Origin | null },
  number: number,
  { crisis, by, now }: Pick<Context, 'crisis' | 'by' | 'now'>,
): Answer {
  const wording = tidy(wish);
  const no = mayAct(crisis, by) ?? problemOf(wording);
  if (no) return refuse(no);
  const statement: Statement = {
    id: wish.id,
    crisisId: crisis.id,
    number,
    createdBy: by.userId,
    createdAt: now,
    status: 'draft',
    current: versionOf(wording, 1, by.userId, now),
    ...fresh,
    publishedBy: null,
    publishedAt: null,
    publishedUrl: null,
    publishedWhere: null,
    withdrawnBy: null,
    withdrawnAt: null,
    withdrawnReason: null,
    twinId: null,
    origin: wish.origin ?? null,
    approvedVersion: null,
    writerIds: [by.userId],
    absentIds: [],
    verdicts: [],
  };
  return accept(statement, {
    timeline: [entry(statement, 'statement_drafted', now, by.userId, (w) => w.drafted)],
    jobs: [showCard(statement, 1)],
  });
}

/** A new wording on top of the one that was being read: all approvals are void, and it must be submitted again. */
export function edit(statement: Statement, wish: Wording, base: number, { crisis, by, now }: Context): Answer {
  const wording = tidy(wish);
  const no = editProblem(statement, { crisis, by }) ?? problemOf(wording);
  if (no) return refuse(no);
  const { current } = statement;
  if (wordingHash(wording) === current.hash) return refuse({ code: 'unchanged', version: current.number });
  if (base !== current.number)
    return refuse({ code: 'edited_meanwhile', version: current.number, byId: current.authorId, at: current.createdAt });
  const voided = approvals(statement);
  const next: Statement = {
    ...statement,
    ...fresh,
    status: 'draft',
    current: versionOf(wording, current.number + 1, by.userId, now),
    ...(statement.status === 'approved'
      ? { approvedVersion: current.number, writerIds: [by.userId] }
      : { writerIds: [...new Set([...statement.writerIds, by.userId])] }),
  };
  return accept(next, {
    timeline: [
      entry(next, 'statement_edited', now, by.userId, (w, l) => w.edited(current.number, seatList(voided, l))),
    ],
    jobs: [showCard(next, next.current.number), ...refreshTwin(statement)],
    cancel: deadlineKeys(statement),
  });
}

/** What stands against a new wording, before anybody has written one. */
export function editProblem(
  { status }: Pick<Statement, 'status'>,
  { crisis, by }: Pick<Context, 'crisis' | 'by'>,
): StatementRefusal | null {
  const no = mayAct(crisis, by);
  if (no) return no;
  return status === 'published' || status === 'withdrawn' ? { code: 'not_editable', status } : null;
}

/** For a form that may be saved as it was opened in order to submit it: an unchanged wording stays the version it is. */
export function editOrKeep(statement: Statement, wish: Wording, base: number, context: Context): Answer {
  const decision = edit(statement, wish, base, context);
  return !decision.ok && decision.refusal.code === 'unchanged' ? accept(statement) : decision;
}

/**
 * Asks the people whose approval the policy wants, and starts the time they have. `material`: what the text is checked
 * against; what blocks is refused before anybody is asked.
 */
export function submit(statement: Statement, seen: Seen, context: Context, material: Material): Answer {
  const { crisis, by, roster, named, now } = context;
  const no = mayAct(crisis, by) ?? staleness(statement, seen);
  if (no) return refuse(no);
  const { status, current } = statement;
  if (status !== 'draft') return refuse({ code: 'not_submittable', status });
  const against = blocking(lint(checkedText(current), material));
  if (against.length > 0)
    return refuse({ code: 'blocked', codes: [...new Set(against.map((f) => f.code as BlockingCode))] });
  const next: Statement = {
    ...statement,
    status: 'in_review',
    requiredDepartments: requiredFor(current.kind, crisis.level, isSensitive(statement, material)),
    submittedBy: by.userId,
    submittedAt: now,
    dueAt: budgetFor(crisis.level, now).overdueAt,
    seats: freeze(named),
    absentIds: absentOf(named, roster, statement.absentIds),
  };
  const asked = waitingOn(next, roster, crisis);
  const orphans = asked.filter((a) => a.people.length + a.deputies.length === 0);
  if (orphans.length > 0) return refuse({ code: 'no_approver', seats: orphans.map((a) => a.seat) });
  next.askedIds = firstAsked(asked);
  return accept(next, {
    timeline: [
      entry(next, 'statement_submitted', now, by.userId, (w, l) =>
        [w.submitted(seatList(next.requiredDepartments, l)), ...standIns(asked, l)].join(' '),
      ),
    ],
    jobs: [showSubmitted(next), ...deadlines(next, crisis.level)],
  });
}

/** Said by its author, by the template it comes from, or because it names somebody with legal's consent (discipline C11). */
const isSensitive = ({ current, origin }: Pick<Statement, 'current' | 'origin'>, { answers }: Material): boolean =>
  (current.isSensitive ?? false) ||
  (origin?.admits ?? false) ||
  answers.some(({ code, answer }) => code === 'person' && answer === 'legal_ok');

export type Publication = { url: string; where: string; at: Date };

/** A person says that it is out: the product itself never publishes. */
export function publish(statement: Statement, wish: Publication, context: Context): Answer {
  const no = publishProblem(statement, context);
  if (no) return refuse(no);
  const { by, now } = context;
  const approvedAt = statement.approvedAt as Date;
  const [url, where] = [wish.url.trim(), wish.where.trim()];
  if (!url && !where) return refuse({ code: 'address_missing' });
  if (url && !isWebAddress(url)) return refuse({ code: 'address_wrong' });
  if (wish.at > now) return refuse({ code: 'published_in_future' });
  // People choose a minute: the one in which it was approved is not before the approval.
  if (Math.floor(wish.at.getTime() / MINUTE) < Math.floor(approvedAt.getTime() / MINUTE))
    return refuse({ code: 'published_before_approval', approvedAt });
  const at = wish.at < approvedAt ? approvedAt : wish.at;
  const next: Statement = {
    ...statement,
    status: 'published',
    publishedBy: by.userId,
    publishedAt: at,
    publishedUrl: url || null,
    publishedWhere: where || null,
  };
  const place = [where, url].filter(Boolean).join(', ');
  return accept(next, {
    timeline: [
      entry(next, 'statement_published', at, by.userId, (w) => w.published(place), {
        url: url || null,
        where: where || null,
      }),
    ],
    jobs: [showCard(next, next.current.number)],
  });
}

/** Only those who speak for the company say that it has spoken. */
export function publishProblem(statement: Statement, { crisis, by, roster }: Context): StatementRefusal | null {
  const no = mayAct(crisis, by);
  if (no) return no;
  if (statement.status !== 'approved') return { code: 'not_approved', status: statement.status };
  // The level has risen since: whoever it adds is about to be asked.
  if (requiredNow(statement, crisis).some((seat) => !approvalOf(statement, seat)))
    return { code: 'not_approved', status: 'in_review' };
  const may = speaksForUs(roster, crisis, by.userId);
  return may ? null : { code: 'may_not_publish' };
}

/** Anybody in the cell may stop a statement, and says why. */
export function withdraw(statement: Statement, reason: string, { crisis, by, now }: Context): Answer {
  const no = withdrawProblem(statement, { crisis, by });
  if (no) return refuse(no);
  if (!reason.trim()) return refuse({ code: 'reason_missing' });
  const next: Statement = {
    ...statement,
    status: 'withdrawn',
    withdrawnBy: by.userId,
    withdrawnAt: now,
    withdrawnReason: reason.trim(),
  };
  const place = [statement.publishedWhere, statement.publishedUrl].filter(Boolean).join(', ');
  return accept(next, {
    timeline: [
      entry(next, 'statement_withdrawn', now, by.userId, (w) => w.withdrawn(reason.trim(), place), {
        reason: reason.trim(),
      }),
    ],
    jobs: [showCard(next, next.current.number), ...refreshTwin(statement)],
    cancel: deadlineKeys(next),
  });
}

export function withdrawProblem(
  statement: Statement,
  { crisis, by }: Pick<Context, 'crisis' | 'by'>,
): StatementRefusal | null {
  const no = mayAct(crisis, by);
  if (no) return no;
  const { withdrawnBy, withdrawnAt } = statement;
  return withdrawnBy && withdrawnAt ? { code: 'already_withdrawn', byId: withdrawnBy, at: withdrawnAt } : null;
}

const fresh = {
  requiredDepartments: [] as Seat[],
  askedIds: [] as string[],
  seats: null,
  submittedBy: null,
  submittedAt: null,
  dueAt: null,
  relayedAt: null,
  overdueAt: null,
  approvedAt: null,
};

const versionOf = (wording: Wording, number: number, authorId: string, createdAt: Date): Version => ({
  ...pick(wording),
  number,
  hash: wordingHash(wording),
  authorId,
  createdAt,
});

const pick = ({ title, kind, audience, language, body, isSensitive: marked }: Wording): Wording => ({
  title,
  kind,
  audience,
  language,
  body,
  isSensitive: marked ?? false,
});

function problemOf({ title, body }: Wording): StatementRefusal | null {
  if (!title) return { code: 'title_missing' };
  if (title.length > longestTitle) return { code: 'title_too_long', length: title.length };
  if (!body.trim()) return { code: 'body_missing' };
  if (body.length > longestBody) return { code: 'body_too_long', length: body.length };
  return null;
}

const approvals = (statement: Statement): Seat[] =>
  [...new Set(statement.verdicts.map((v) => v.department))].filter((seat) => approvalOf(statement, seat));

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.') && text.length <= 2000;
}
