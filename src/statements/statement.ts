import type { CommonRefusal } from '../crises/refusals.ts';
import type { Crisis, Member } from '../crises/rules.ts';
import { type Department, theProduct } from '../people/rules.ts';
import type { BlockingCode } from './check/lint.ts';
import { type Approvers, approversOf, type Capacity, requiredFor, type Seat, type Seats } from './policy.ts';
import type { Wording } from './wording.ts';

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
  /** When its approvals are due; null unless it was submitted, and for what was submitted before this was kept. */
  dueAt: Date | null;
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
  /** Null before it is submitted, and for what was submitted before this was kept. */
  seats: Seats | null;
  /** The approved wording that the current one was made from. */
  approvedVersion: number | null;
  /** Who wrote since that wording; not stored here. */
  writerIds: string[];
  /** Of those who could approve, the lead among them: who cannot be asked now; not stored here. */
  absentIds: string[];
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

/** What a rule needs to know beside the statement: who acts, in which crisis, when. */
export type Context = {
  crisis: Crisis;
  by: Member;
  /** Without guests and people of other organisations: they cannot act. */
  roster: readonly Department[];
  /** As the settings name it, for the seats of what is submitted now. */
  named: readonly Department[];
  now: Date;
  newId: () => string;
};

/** Names one wording: what was on the screen of the person who pressed. */
export type Seen = { version: number; hash: string };

export type StatementRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' | 'closed' | 'no_crisis' }>
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
  | { code: 'own_words'; as: 'author' | 'earlier' | 'submitter' }
  | { code: 'not_an_approver'; seats: Seat[] }
  | { code: 'already_approved'; byId: string; mine: boolean; at: Date }
  | { code: 'reason_missing' }
  | { code: 'may_not_waive' }
  | { code: 'somebody_else' }
  | { code: 'not_approved'; status: Exclude<Status, 'approved'> }
  | { code: 'may_not_publish' }
  | { code: 'address_missing' }
  | { code: 'address_wrong' }
  | { code: 'published_in_future' }
  | { code: 'published_before_approval'; approvedAt: Date }
  | { code: 'promise_missing' }
  | { code: 'promise_past' }
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

export const checkedText = ({ title, body, language, kind, isSensitive }: Wording) => ({
  title,
  body,
  language,
  kind,
  isSensitive: isSensitive ?? false,
});

/** What was asked for at submission, and what the level asks for since: never less. */
export function requiredNow(statement: Statement, crisis: Pick<Crisis, 'level'>): Seat[] {
  if (statement.status !== 'in_review' && statement.status !== 'approved') return statement.requiredDepartments;
  return [...new Set([...statement.requiredDepartments, ...requiredFor(statement.current.kind, crisis.level)])];
}

/** The approval that counts for a seat: of this very wording, by somebody who did not write or submit it. */
export const approvalOf = (statement: Statement, seat: Seat): Verdict | undefined =>
  statement.verdicts.find(
    (v) =>
      v.department === seat &&
      v.verdict === 'approved' &&
      v.versionHash === statement.current.hash &&
      v.versionNumber === statement.current.number &&
      !authorsOf(statement).includes(v.userId),
  );

/**
 * The seats whose approval the wording that stands still waits for, at the level that the crisis has now. Empty unless
 * the statement is in review.
 */
export const seatsWaitedFor = (statement: Statement, crisis: Pick<Crisis, 'level'>): Seat[] =>
  statement.status === 'in_review' ? requiredNow(statement, crisis).filter((seat) => !approvalOf(statement, seat)) : [];

/** The same, each seat with those who may approve for it. */
export const waitingOn = (
  statement: Statement,
  roster: readonly Department[],
  crisis: Pick<Crisis, 'leadId' | 'level'>,
): Approvers[] => seatsWaitedFor(statement, crisis).map((seat) => approversNow(statement, seat, roster, crisis));

/**
 * Who may approve for a seat as it was frozen at submission, of those who can be asked now. `mayBeSeated`: who could if
 * one person might fill two seats.
 */
export function approversNow(
  statement: Statement,
  seat: Seat,
  roster: readonly Department[],
  crisis: Pick<Crisis, 'leadId' | 'level'>,
  alsoSeated: readonly string[] = [],
  mayBeSeated = false,
): Approvers {
  const { seats, absentIds } = statement;
  const here = (ids: readonly string[]) => ids.filter((id) => !absentIds.includes(id));
  const frozen = seats?.departments.map((d) => ({ ...d, peopleIds: here(d.peopleIds), deputyIds: here(d.deputyIds) }));
  const seated = mayBeSeated ? [] : [...seatedElsewhere(statement, seat, crisis), ...alsoSeated];
  const leads = here([crisis.leadId]);
  return approversOf(seat, frozen ?? roster, leads[0] ?? null, authorsOf(statement), seated);
}

/** The lead has allowed somebody who approves for another seat to approve for this one as well. */
export const isWaived = ({ seats }: Pick<Statement, 'seats'>, seat: Seat): boolean =>
  seats?.waivers.some((waiver) => waiver.seat === seat) ?? false;

/** Who approved for another seat; nobody counts where the lead has allowed one person two seats, and by the old rule. */
function seatedElsewhere(statement: Statement, seat: Seat, crisis: Pick<Crisis, 'level'>): string[] {
  const { seats } = statement;
  if (!seats || isWaived(statement, seat)) return [];
  return requiredNow(statement, crisis)
    .filter((other) => other !== seat)
    .flatMap((other) => approvalOf(statement, other)?.userId ?? []);
}

/** Those whose words these are: whoever wrote since the last approved wording, and who submitted it. */
export function authorsOf(statement: Statement): string[] {
  const { current, submittedBy, seats, writerIds } = statement;
  // Submitted before seats were kept: the rule of that time.
  const isOld = submittedBy !== null && !seats;
  return [...new Set([current.authorId, ...(isOld ? [] : writerIds), ...(submittedBy ? [submittedBy] : [])])];
}

/** The authors who can be told something: a playbook's draft is nobody's words until somebody takes it up. */
export const authorsToTell = ({ current, submittedBy }: Statement): string[] =>
  [...new Set([current.authorId, submittedBy])].filter((id) => id !== null && id !== theProduct) as string[];

export function speaksForUs(
  roster: readonly Department[],
  { leadId }: Pick<Crisis, 'leadId'>,
  userId: string,
): boolean {
  const speaks = roster.find((d) => d.key === 'communication');
  return userId === leadId || [...(speaks?.peopleIds ?? []), ...(speaks?.deputyIds ?? [])].includes(userId);
}

/** Those who may mark it as published, of its authors where one of them may. */
export function publishersOf(statement: Statement, roster: readonly Department[], crisis: Crisis): string[] {
  const authors = authorsToTell(statement).filter((id) => speaksForUs(roster, crisis, id));
  if (authors.length > 0) return authors;
  const speakers = roster.find((d) => d.key === 'communication')?.peopleIds ?? [];
  return speakers.length > 0 ? speakers : [crisis.leadId];
}

export function staleness({ current }: Statement, seen: Seen): StatementRefusal | null {
  if (seen.version === current.number && seen.hash === current.hash) return null;
  return { code: 'stale', version: current.number, byId: current.authorId, at: current.createdAt };
}
