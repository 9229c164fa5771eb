import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { alarm, inRoom, type Job, toPerson } from '../core/jobs.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { MINUTE } from '../core/time.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import { type Department, theProduct } from '../people/rules.ts';
import { type BlockingCode, blocking, lint, type Material, unconfirmed } from './check/lint.ts';
import type { Kind } from './entry-kinds.ts';
import { type Approvers, approversOf, budgetFor, type Capacity, capacityOf, requiredFor, type Seat } from './policy.ts';
import { seatList, seatName, words } from './text.ts';
import { longestBody, longestTitle, shortHash, tidy, type Wording, wordingHash } from './wording.ts';

/**
 * draft → in_review → approved → published; a request for changes or a rejection ends a review, and the only way on from
 * there is a new wording. Any new wording is a draft again: what was approved before it is void. Withdrawn is the end.
 */
export type Status = 'draft' | 'in_review' | 'changes_requested' | 'approved' | 'rejected' | 'published' | 'withdrawn';

export type Version = Wording & { number: number; hash: string; authorId: string; createdAt: Date };

export type Verdict = {
  id: string;
  versionNumber: number;
  versionHash: string;
  department: Seat;
  userId: string;
  capacity: Capacity;
  verdict: 'approved' | 'changes_requested' | 'rejected';
  reason: string | null;
  decidedAt: Date;
  voidedAt: Date | null;
};

export type Statement = {
  id: string;
  crisisId: string;
  number: number;
  createdBy: string;
  createdAt: Date;
  status: Status;
  /** The wording that stands. */
  current: Version;
  requiredDepartments: Seat[];
  askedIds: string[];
  submittedBy: string | null;
  submittedAt: Date | null;
  relayedAt: Date | null;
  overdueAt: Date | null;
  approvedAt: Date | null;
  publishedBy: string | null;
  publishedAt: Date | null;
  publishedUrl: string | null;
  publishedWhere: string | null;
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
  withdrawnReason: string | null;
  /** The same in the other language. */
  twinId: string | null;
  origin: Origin | null;
  /** Of every version, in order. */
  verdicts: Verdict[];
};

/** The template a statement was begun from, as it stood then. */
export type Origin = {
  playbook: string;
  template: string;
  /** In the statement's language, with its placeholders. */
  body: string;
  /** It admits a fault: legal and management approve it whatever its kind. */
  admits: boolean;
  /** Null when nobody had cleared it, or no longer. */
  cleared: { by: string; at: Date; until: Date } | null;
};

/** What a rule may need to know beside the statement. */
export type Scene = {
  crisis: Crisis;
  by: Member;
  /** Without guests and people of other organisations: they cannot act. */
  roster: readonly Department[];
  now: Date;
  newId: () => string;
};

/** Names one wording: what was on the screen of the person who pressed. */
export type Seen = { version: number; hash: string };

export type StatementRefusal =
  | { code: 'not_in_room' }
  | { code: 'closed' }
  | { code: 'no_crisis' }
  | { code: 'unknown' }
  | { code: 'title_missing' }
  | { code: 'title_too_long'; length: number }
  | { code: 'body_missing' }
  | { code: 'body_too_long'; length: number }
  | { code: 'edited_meanwhile'; version: number; byId: string; at: Date }
  | { code: 'unchanged'; version: number }
  | { code: 'not_editable'; status: 'published' | 'withdrawn' }
  | { code: 'not_submittable'; status: Exclude<Status, 'draft'> }
  | { code: 'no_approver'; seats: Seat[] }
  | { code: 'stale'; version: number; byId: string; at: Date }
  | { code: 'not_in_review'; status: Exclude<Status, 'in_review'> }
  | { code: 'own_words'; as: 'author' | 'submitter' }
  | { code: 'not_an_approver'; seats: Seat[] }
  | { code: 'already_approved'; byId: string; mine: boolean; at: Date }
  | { code: 'reason_missing' }
  | { code: 'not_approved'; status: Exclude<Status, 'approved'> }
  | { code: 'may_not_publish' }
  | { code: 'address_missing' }
  | { code: 'address_wrong' }
  | { code: 'published_in_future' }
  | { code: 'published_before_approval'; approvedAt: Date }
  | { code: 'already_withdrawn'; byId: string; at: Date }
  | { code: 'nothing_to_do' }
  | { code: 'blocked'; codes: BlockingCode[] }
  | { code: 'unconfirmed'; facts: number[]; causes: number[] }
  | { code: 'not_legal' }
  | { code: 'nothing_chosen' }
  | { code: 'not_done' }
  | { code: 'not_a_twin' }
  | { code: 'map_empty' }
  | { code: 'map_too_long'; length: number }
  | { code: 'map_changed_meanwhile' };

type Answer = Decision<Statement, StatementRefusal>;

export function draft(
  wish: Wording & { id: string; origin?: Origin | null },
  number: number,
  { crisis, by, now }: Pick<Scene, 'crisis' | 'by' | 'now'>,
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
    verdicts: [],
  };
  return accept(statement, {
    timeline: [entry(statement, 'statement_drafted', now, by.userId, (w) => w.drafted)],
    jobs: [showCard(statement, 1)],
  });
}

/** A new wording on top of the one that was being read: all approvals are void, and it must be submitted again. */
export function edit(statement: Statement, wish: Wording, base: number, { crisis, by, now }: Scene): Answer {
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
    verdicts: statement.verdicts.map((v) => (v.voidedAt ? v : { ...v, voidedAt: now })),
  };
  return accept(next, {
    timeline: [
      entry(next, 'statement_edited', now, by.userId, (w, l) => w.edited(current.number, seatList(voided, l))),
    ],
    jobs: [
      showCard(next, current.number),
      showCard(next, next.current.number),
      ...askAgain(statement),
      ...refreshTwin(statement),
    ],
    cancel: alarmsOf(statement),
  });
}

/** What stands against a new wording, before anybody has written one. */
export function editProblem(
  { status }: Pick<Statement, 'status'>,
  { crisis, by }: Pick<Scene, 'crisis' | 'by'>,
): StatementRefusal | null {
  const no = mayAct(crisis, by);
  if (no) return no;
  return status === 'published' || status === 'withdrawn' ? { code: 'not_editable', status } : null;
}

/** For a form that may be saved as it was opened in order to submit it: an unchanged wording stays the version it is. */
export function editOrKeep(statement: Statement, wish: Wording, base: number, scene: Scene): Answer {
  const decision = edit(statement, wish, base, scene);
  return !decision.ok && decision.refusal.code === 'unchanged' ? accept(statement) : decision;
}

/**
 * Asks the people whose approval the policy wants, and starts the time they have. `material`: what the text is checked
 * against; what blocks is refused before anybody is asked.
 */
export function submit(statement: Statement, seen: Seen, scene: Scene, material: Material): Answer {
  const { crisis, by, roster, now } = scene;
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
  };
  const asked = waitingOn(next, roster, crisis);
  const orphans = asked.filter((a) => a.people.length + a.deputies.length === 0);
  if (orphans.length > 0) return refuse({ code: 'no_approver', seats: orphans.map((a) => a.seat) });
  next.askedIds = firstAsked(asked);
  const { relayAt, overdueAt } = budgetFor(crisis.level, now);
  const key = roundKey(next);
  return accept(next, {
    timeline: [
      entry(next, 'statement_submitted', now, by.userId, (w, l) =>
        [w.submitted(seatList(next.requiredDepartments, l)), ...standIns(asked, l)].join(' '),
      ),
    ],
    jobs: [
      showCard(next, current.number),
      ...next.askedIds.map((id) => ask(next, id)),
      alarm('statements.relay', idOfRound(next), relayAt, `statement-relay:${key}`),
      alarm('statements.overdue', idOfRound(next), overdueAt, `statement-overdue:${key}`),
    ],
  });
}

export const checkedText = ({ title, body, language, kind, isSensitive }: Wording) => ({
  title,
  body,
  language,
  kind,
  isSensitive: isSensitive ?? false,
});

/** Said by its author, by the template it comes from, or because it names somebody with legal's consent (discipline C11). */
const isSensitive = ({ current, origin }: Pick<Statement, 'current' | 'origin'>, { answers }: Material): boolean =>
  (current.isSensitive ?? false) ||
  (origin?.admits ?? false) ||
  answers.some(({ code, answer }) => code === 'person' && answer === 'legal_ok');

/**
 * One press counts for every seat the person stands for that is still open. The last one approves the statement. What was
 * confirmed when it was submitted may no longer be.
 */
export function approve(statement: Statement, seen: Seen, scene: Scene, material: Material): Answer {
  const seats = seatsToJudge(statement, seen, scene);
  if (!seats.ok) return seats;
  const against = unconfirmed(lint(checkedText(statement.current), material));
  if (against.facts.length + against.causes.length > 0) return refuse({ code: 'unconfirmed', ...against });
  const { crisis, by, now } = scene;
  const open = seats.value.filter(({ seat }) => !approvalOf(statement, seat));
  const before = seats.value.map(({ seat }) => approvalOf(statement, seat)).find((v) => v !== undefined);
  if (open.length === 0 && before)
    return refuse({
      code: 'already_approved',
      byId: before.userId,
      mine: before.userId === by.userId,
      at: before.decidedAt,
    });
  const given = verdicts(statement, open, 'approved', null, scene);
  const next: Statement = {
    ...statement,
    requiredDepartments: requiredNow(statement, crisis),
    verdicts: [...statement.verdicts, ...given],
  };
  const missing = next.requiredDepartments.filter((seat) => !approvalOf(next, seat));
  const approved = missing.length === 0;
  if (approved) Object.assign(next, { status: 'approved', approvedAt: now });
  return accept(next, {
    timeline: [
      entry(next, 'statement_approval', now, by.userId, (w, l) =>
        w.approval(given.map((v) => w.forSeat(seatName(v.department, l), v.capacity)).join(', ')),
      ),
      ...(approved
        ? [entry(next, 'statement_approved', now, null, (w, l) => w.approved(seatList(next.requiredDepartments, l)))]
        : []),
    ],
    jobs: [
      showCard(next, next.current.number),
      ...askAgain(next),
      ...(approved ? toldOfApproval(next, scene).map((id) => tell(next, id, 'approved', now)) : []),
    ],
    cancel: approved ? alarmsOf(next) : [],
  });
}

/** Ends the review. The author is told why; only a new wording goes on from here. */
export function turnDown(
  statement: Statement,
  seen: Seen,
  verdict: 'changes_requested' | 'rejected',
  reason: string,
  scene: Scene,
): Answer {
  const seats = seatsToJudge(statement, seen, scene);
  if (!seats.ok) return seats;
  if (!reason.trim()) return refuse({ code: 'reason_missing' });
  const { by, now } = scene;
  const given = verdicts(statement, seats.value, verdict, reason.trim(), scene);
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
        { reason: reason.trim() },
      ),
    ],
    jobs: [
      showCard(next, next.current.number),
      ...askAgain(next),
      ...peopleOf(next).map((id) => tell(next, id, verdict)),
    ],
    cancel: alarmsOf(next),
  });
}

/** Whether somebody could give a verdict now: asked before the form for the reason is opened. */
export function seatsToJudge(
  statement: Statement,
  seen: Seen,
  { crisis, by, roster }: Scene,
): Decision<Approvers[], StatementRefusal> {
  const no = mayAct(crisis, by) ?? staleness(statement, seen);
  if (no) return refuse(no);
  const { status, current, submittedBy } = statement;
  if (status !== 'in_review') return refuse({ code: 'not_in_review', status });
  if (by.userId === current.authorId) return refuse({ code: 'own_words', as: 'author' });
  if (by.userId === submittedBy) return refuse({ code: 'own_words', as: 'submitter' });
  const all = requiredNow(statement, crisis).map((seat) =>
    approversOf(seat, roster, crisis.leadId, authorsOf(statement)),
  );
  const mine = all.filter((a) => capacityOf(a, by.userId) !== null);
  if (mine.length === 0) return refuse({ code: 'not_an_approver', seats: all.map((a) => a.seat) });
  return accept(mine);
}

export type Publication = { url: string; where: string; at: Date };

/** A person says that it is out: the product itself never publishes. */
export function publish(statement: Statement, wish: Publication, scene: Scene): Answer {
  const no = publishProblem(statement, scene);
  if (no) return refuse(no);
  const { by, now } = scene;
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
export function publishProblem(statement: Statement, { crisis, by, roster }: Scene): StatementRefusal | null {
  const no = mayAct(crisis, by);
  if (no) return no;
  if (statement.status !== 'approved') return { code: 'not_approved', status: statement.status };
  // The level has risen since: whoever it adds is about to be asked.
  if (requiredNow(statement, crisis).some((seat) => !approvalOf(statement, seat)))
    return { code: 'not_approved', status: 'in_review' };
  const may = speaksForUs(roster, crisis, by.userId);
  return may ? null : { code: 'may_not_publish' };
}

export function speaksForUs(
  roster: readonly Department[],
  { leadId }: Pick<Crisis, 'leadId'>,
  userId: string,
): boolean {
  const speaks = roster.find((d) => d.key === 'communication');
  return userId === leadId || [...(speaks?.peopleIds ?? []), ...(speaks?.deputyIds ?? [])].includes(userId);
}

/** The authors; and where none of them may mark it as published, those who may. */
function toldOfApproval(statement: Statement, { roster, crisis }: Scene): string[] {
  const authors = peopleOf(statement);
  if (authors.some((id) => speaksForUs(roster, crisis, id))) return authors;
  const speakers = roster.find((d) => d.key === 'communication')?.peopleIds ?? [];
  return [...new Set([...authors, ...(speakers.length > 0 ? speakers : [crisis.leadId])])];
}

/** Anybody in the cell may stop a statement, and says why. */
export function withdraw(statement: Statement, reason: string, { crisis, by, now }: Scene): Answer {
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
    jobs: [showCard(next, next.current.number), ...askAgain(next), ...refreshTwin(statement)],
    cancel: alarmsOf(next),
  });
}

export function withdrawProblem(
  statement: Statement,
  { crisis, by }: Pick<Scene, 'crisis' | 'by'>,
): StatementRefusal | null {
  const no = mayAct(crisis, by);
  if (no) return no;
  const { withdrawnBy, withdrawnAt } = statement;
  return withdrawnBy && withdrawnAt ? { code: 'already_withdrawn', byId: withdrawnBy, at: withdrawnAt } : null;
}

/** The crisis is open again: the deadlines of this round count from its submission, as they did. */
export function rearm(statement: Statement, reopening: number, { crisis }: Pick<Scene, 'crisis'>): Answer {
  if (!isUnderWay(statement, statement.current.number, crisis) || !statement.submittedAt)
    return refuse({ code: 'nothing_to_do' });
  const { relayAt, overdueAt } = budgetFor(crisis.level, statement.submittedAt);
  const key = `${roundKey(statement)}:reopened-${reopening}`;
  return accept(statement, {
    jobs: [
      alarm('statements.relay', idOfRound(statement), relayAt, `statement-relay:${key}`),
      alarm('statements.overdue', idOfRound(statement), overdueAt, `statement-overdue:${key}`),
    ],
  });
}

/** Half the time is over: the deputies of silent seats are asked as well, once. */
export function relay(statement: Statement, version: number, { crisis, roster, now }: Omit<Scene, 'by'>): Answer {
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
    jobs: [showCard(next, version), ...deputies.map((id) => ask(next, id))],
  });
}

/** The time is over: the lead is told, once. Silence is never consent. */
export function runOut(statement: Statement, version: number, { crisis, roster, now }: Omit<Scene, 'by'>): Answer {
  if (!isUnderWay(statement, version, crisis) || statement.overdueAt) return refuse({ code: 'nothing_to_do' });
  const next = { ...statement, overdueAt: now };
  const silent = waitingOn(next, roster, crisis).map((a) => a.seat);
  return accept(next, {
    timeline: [entry(next, 'statement_overdue', now, null, (w, l) => w.overdue(seatList(silent, l)))],
    jobs: [showCard(next, version), tell(next, crisis.leadId, 'overdue')],
  });
}

/**
 * A graver level may ask for more approvals, and a new lead stands in for more; approvals that were given stay. What was
 * ready to be published no longer is, until those who are added have approved.
 */
export function followCrisis(statement: Statement, { crisis, roster, now }: Omit<Scene, 'by'>): Answer {
  if (statement.status === 'approved' && crisis.status === 'open') return takeBack(statement, { crisis, roster, now });
  if (!isUnderWay(statement, statement.current.number, crisis)) return refuse({ code: 'nothing_to_do' });
  const required = requiredNow(statement, crisis);
  const added = required.filter((seat) => !statement.requiredDepartments.includes(seat));
  const waiting = waitingOn(statement, roster, crisis);
  const newcomers = firstAsked(waiting).filter((id) => !statement.askedIds.includes(id));
  if (added.length + newcomers.length === 0) return refuse({ code: 'nothing_to_do' });
  const next = { ...statement, requiredDepartments: required, askedIds: [...statement.askedIds, ...newcomers] };
  const notes = (l: Language) =>
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
    jobs: [showCard(next, next.current.number), ...askAgain(next)],
  });
}

function takeBack(statement: Statement, { crisis, roster, now }: Pick<Scene, 'crisis' | 'roster' | 'now'>): Answer {
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
  const { relayAt, overdueAt } = budgetFor(crisis.level, now);
  const key = `${roundKey(next)}:raised-${now.getTime()}`;
  return accept(next, {
    timeline: [
      entry(next, 'statement_required', now, null, (w, l) =>
        [w.takenBack(seatList(added, l)), ...standIns(waiting, l)].join(' '),
      ),
    ],
    jobs: [
      showCard(next, next.current.number),
      ...askAgain(next),
      alarm('statements.relay', idOfRound(next), relayAt, `statement-relay:${key}`),
      alarm('statements.overdue', idOfRound(next), overdueAt, `statement-overdue:${key}`),
    ],
  });
}

/** Seats whose approval is still missing, each with those who may give it. Empty unless the statement is in review. */
export function waitingOn(
  statement: Statement,
  roster: readonly Department[],
  crisis: Pick<Crisis, 'leadId' | 'level'>,
): Approvers[] {
  if (statement.status !== 'in_review') return [];
  return requiredNow(statement, crisis)
    .filter((seat) => !approvalOf(statement, seat))
    .map((seat) => approversOf(seat, roster, crisis.leadId, authorsOf(statement)));
}

/** What was asked for at submission, and what the level asks for since: never less. */
export function requiredNow(statement: Statement, crisis: Pick<Crisis, 'level'>): Seat[] {
  if (statement.status !== 'in_review' && statement.status !== 'approved') return statement.requiredDepartments;
  return [...new Set([...statement.requiredDepartments, ...requiredFor(statement.current.kind, crisis.level)])];
}

/** The approval that counts for a seat: of this very wording, not void, by somebody who did not write or submit it. */
export const approvalOf = (statement: Statement, seat: Seat): Verdict | undefined =>
  statement.verdicts.find(
    (v) =>
      v.department === seat &&
      v.verdict === 'approved' &&
      v.voidedAt === null &&
      v.versionHash === statement.current.hash &&
      v.versionNumber === statement.current.number &&
      !authorsOf(statement).includes(v.userId),
  );

/** Those whose words these are: who wrote the wording that stands, and who submitted it. */
export const authorsOf = ({ current, submittedBy }: Pick<Statement, 'current' | 'submittedBy'>): string[] => [
  ...new Set([current.authorId, ...(submittedBy ? [submittedBy] : [])]),
];

/** The authors who can be told something: a playbook's draft is nobody's words until somebody takes it up. */
const peopleOf = (statement: Statement): string[] => authorsOf(statement).filter((id) => id !== theProduct);

/** Those who are asked now: the people of a seat, its deputies where it has nobody else. */
const firstAsked = (waiting: readonly Approvers[]): string[] => [
  ...new Set(waiting.flatMap((a) => (a.people.length > 0 ? a.people : a.deputies))),
];

const fresh = {
  requiredDepartments: [] as Seat[],
  askedIds: [] as string[],
  submittedBy: null,
  submittedAt: null,
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

export function staleness({ current }: Statement, seen: Seen): StatementRefusal | null {
  if (seen.version === current.number && seen.hash === current.hash) return null;
  return { code: 'stale', version: current.number, byId: current.authorId, at: current.createdAt };
}

const verdicts = (
  { current }: Statement,
  seats: readonly Approvers[],
  verdict: Verdict['verdict'],
  reason: string | null,
  { by, now, newId }: Scene,
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
    voidedAt: null,
  }));

const approvals = (statement: Statement): Seat[] =>
  [...new Set(statement.verdicts.map((v) => v.department))].filter((seat) => approvalOf(statement, seat));

const isUnderWay = (statement: Statement, version: number, crisis: Crisis) =>
  statement.status === 'in_review' && statement.current.number === version && crisis.status === 'open';

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.') && text.length <= 2000;
}

type About = 'approved' | 'changes_requested' | 'rejected' | 'overdue';

const idOfRound = ({ crisisId, id, current }: Statement) => ({ crisisId, statementId: id, version: current.number });
const roundKey = ({ id, current }: Statement) => `${id}:v${current.number}`;
const alarmsOf = (statement: Statement): string[] =>
  statement.status === 'draft'
    ? []
    : [`statement-relay:${roundKey(statement)}`, `statement-overdue:${roundKey(statement)}`];

/** The card of one version, drawn again from what is true when the job runs. */
export const showCard = ({ id, crisisId }: Statement, version: number): Job =>
  inRoom('statements.show_card', { crisisId, statementId: id, version });
/** What one approver was sent about the version under review, drawn again likewise. */
const ask = (statement: Statement, userId: string): Job =>
  toPerson('statements.ask', { userId, ...idOfRound(statement) });
export const askAgain = (statement: Statement): Job[] => statement.askedIds.map((id) => ask(statement, id));
/** The card of the translation says what differs: it is drawn again as well, and what its approvers were sent. */
const refreshTwin = ({ twinId, crisisId }: Statement): Job[] =>
  twinId ? [inRoom('statements.refresh', { crisisId, statementId: twinId })] : [];
/** `at`: of an approval, which may come twice when the level rises in between. */
const tell = (statement: Statement, userId: string, about: About, at?: Date): Job =>
  toPerson(
    'statements.tell',
    { userId, about, ...idOfRound(statement) },
    `statement-tell:${roundKey(statement)}:${about}:${userId}${at ? `:${at.getTime()}` : ''}`,
  );

type Say = (w: ReturnType<typeof words>['entry'], language: Language) => string;

export function entry(
  statement: Statement,
  kind: Kind,
  occurredAt: Date,
  actorId: string | null,
  say: Say,
  data: Record<string, unknown> = {},
): NewEntry {
  const { number, current } = statement;
  return {
    kind,
    occurredAt,
    actorId,
    text: inBoth((l) => {
      const w = words(l).entry;
      return w.about(number, current.title, current.number, shortHash(current.hash), say(w, l));
    }),
    data: { statementId: statement.id, number, version: current.number, hash: current.hash, ...data },
  };
}

const standIns = (waiting: readonly Approvers[], language: Language): string[] =>
  waiting.flatMap(({ seat, standIn }) =>
    standIn ? [words(language).standIn(seatName(seat, language), standIn.by, standIn.because)] : [],
  );
