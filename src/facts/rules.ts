import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { inRoom, type Job } from '../core/jobs.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { type Candidate, type OwnerRefusal, ownerProblem } from '../crises/owner.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import { mentionedIn } from '../timeline/export.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

/** What is known of a fact. Only a confirmed one may leave the room. */
export const factStatuses = ['confirmed', 'checking', 'false'] as const;
export type FactStatus = (typeof factStatuses)[number];

/** A line of the one table that feeds statements, questions and answers, and digests. */
export type Fact = {
  id: string;
  crisisId: string;
  number: number;
  text: string;
  status: FactStatus;
  /** Who answers for it. */
  ownerId: string;
  /** Where it comes from: a name, a document, an address. */
  source: string;
  recordedBy: string;
  recordedAt: Date;
  changedBy: string;
  changedAt: Date;
};

/** The whole row. `status` is `checking` as long as only one person says that the fact is false. */
export type FactRecord = Fact & {
  /** Of the text: every wording stays. */
  revision: number;
  confirmedBy: string | null;
  confirmedAt: Date | null;
  falseSaidBy: string | null;
  falseSaidAt: Date | null;
  falseConfirmedBy: string | null;
  /** The version at which somebody last said so. */
  falseVersion: number | null;
  version: number;
};

/** What we do about it: a promise with an owner and a day. Only one that is done may be told as done. */
export type Measure = {
  id: string;
  crisisId: string;
  number: number;
  text: string;
  ownerId: string;
  dueAt: Date | null;
  /** May be said outside. */
  isPublic: boolean;
  doneAt: Date | null;
  doneBy: string | null;
};

/** Why it happened, as far as anybody knows. A hypothesis never leaves the room. */
export type Cause = {
  id: string;
  crisisId: string;
  number: number;
  family: string;
  text: string;
  status: 'hypothesis' | 'confirmed' | 'ruled_out';
  evidence: string;
  ownerId: string;
};

export const factMax = 500;
export const sourceMax = 300;
export const reasonMax = 500;

export type RoomRefusal = Extract<CommonRefusal, { code: 'not_in_room' | 'closed' }>;

export type FactRefusal =
  | RoomRefusal
  | OwnerRefusal
  | { code: 'text_missing' }
  | { code: 'text_too_long'; length: number }
  | { code: 'source_missing'; status: 'confirmed' | 'false' }
  | { code: 'source_of_other' }
  | { code: 'source_too_long'; length: number }
  | { code: 'reason_missing' }
  | { code: 'reason_too_long'; length: number }
  | { code: 'nothing_changed' }
  | { code: 'not_said_false'; fact: FactRecord }
  | { code: 'same_person' }
  | { code: 'stale'; fact: FactRecord };

export type FactWish = {
  text: string;
  status: FactStatus;
  source: string;
  owner: Candidate;
};

/** A fact as it is recorded. Confirmed or said to be false, it has a source, and the name of who says so. */
export function recordFact(
  crisis: Crisis,
  wish: FactWish & { id: string; number: number },
  by: Member,
  now: Date,
): Decision<FactRecord, FactRefusal> {
  const no = mayAct(crisis, by) ?? problemOf(wish);
  if (no) return refuse(no);
  const fact: FactRecord = {
    id: wish.id,
    crisisId: crisis.id,
    number: wish.number,
    text: wish.text.trim(),
    revision: 1,
    status: 'checking',
    ownerId: wish.owner.userId,
    source: wish.source.trim(),
    ...unsettled,
    falseVersion: null,
    version: 1,
    recordedBy: by.userId,
    recordedAt: now,
    changedBy: by.userId,
    changedAt: now,
  };
  const recorded = { ...fact, ...settled(fact, wish.status, { reworded: true, resourced: true }, by, now, 1) };
  const { kind, state } = stateOf(recorded, 'fact_recorded');
  return accept(recorded, {
    timeline: [
      entry(recorded, kind, now, by.userId, (w) =>
        w.recorded(recorded.number, state, recorded.text, recorded.source, recorded.ownerId),
      ),
    ],
    jobs: tableChanged(recorded.crisisId),
  });
}

/** `kept`: what was confirmed stays so, as long as its words and its source do. */
export type FactChange = Omit<FactWish, 'status'> & { status: FactStatus | 'kept'; reason: string };

/**
 * Text, status, source and owner as they are from now on. A new wording is a new revision; what was confirmed or false
 * is corrected or taken back only with a reason. Nobody's confirmation goes over to other words: they are being checked,
 * unless the person who words it anew confirms them in their own name, on a source that they give themselves.
 */
export function changeFact(
  fact: FactRecord,
  version: number,
  change: FactChange,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<FactRecord, FactRefusal> {
  const [text, entered, reason] = [change.text.trim(), change.source.trim(), change.reason.trim()];
  const changed = { reworded: text !== fact.text, resourced: entered !== fact.source };
  const isSaidFalse = fact.falseSaidBy !== null;
  const before: FactStatus = isSaidFalse ? 'false' : fact.status;
  const isTouched = changed.reworded || changed.resourced;
  const status = change.status !== 'kept' ? change.status : before === 'confirmed' && isTouched ? 'checking' : before;
  const no =
    mayAct(crisis, by) ??
    (fact.version === version ? problemOf({ ...change, status }) : { code: 'stale' as const, fact });
  if (no) return refuse(no);
  // What was confirmed in other words, on what somebody else had seen.
  const isOnTrust = before === 'confirmed' && changed.reworded && !changed.resourced && fact.confirmedBy !== by.userId;
  if (isOnTrust && status === 'confirmed') return refuse({ code: 'source_of_other' });
  const source = isOnTrust ? '' : entered;
  const moved = before !== status;
  if (!moved && !changed.reworded && !changed.resourced && change.owner.userId === fact.ownerId)
    return refuse({ code: 'nothing_changed' });
  if (before !== 'checking' && (moved || changed.reworded) && !reason) return refuse({ code: 'reason_missing' });
  if (reason.length > reasonMax) return refuse({ code: 'reason_too_long', length: reason.length });
  const next: FactRecord = {
    ...fact,
    text,
    source,
    ownerId: change.owner.userId,
    revision: fact.revision + (changed.reworded ? 1 : 0),
    version: version + 1,
    changedBy: by.userId,
    changedAt: now,
  };
  const saved = { ...next, ...settled(fact, status, changed, by, now, next.version) };
  return accept(saved, {
    timeline: [changeEntry(fact, saved, { moved, reason }, by, now)],
    jobs: tableChanged(saved.crisisId),
  });
}

/** The second person (discipline P6: false is said once two people have confirmed it). */
export function confirmFalse(
  fact: FactRecord,
  version: number,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<FactRecord, FactRefusal> {
  const no = mayAct(crisis, by) ?? cannotConfirmFalse(fact, version, by);
  if (no) return refuse(no);
  const saved: FactRecord = {
    ...fact,
    status: 'false',
    falseConfirmedBy: by.userId,
    version: version + 1,
    changedBy: by.userId,
    changedAt: now,
  };
  return accept(saved, {
    timeline: [
      entry(saved, 'fact_false', now, by.userId, (w) =>
        w.falseConfirmed(fact.number, fact.text, fact.source, fact.falseSaidBy as string),
      ),
    ],
    jobs: tableChanged(saved.crisisId),
  });
}

function cannotConfirmFalse(fact: FactRecord, version: number, by: Member): FactRefusal | null {
  if (!isSaidFalseByOne(fact)) return { code: 'not_said_false', fact };
  if (fact.version !== version) return { code: 'stale', fact };
  return fact.falseSaidBy === by.userId ? { code: 'same_person' } : null;
}

export const isSaidFalseByOne = (fact: FactRecord): boolean => fact.falseSaidBy !== null && fact.status !== 'false';

function problemOf({ text, status, source, owner }: FactWish): FactRefusal | null {
  const [said, from] = [text.trim(), source.trim()];
  if (!said) return { code: 'text_missing' };
  if (said.length > factMax) return { code: 'text_too_long', length: said.length };
  if (status !== 'checking' && !from) return { code: 'source_missing', status };
  if (from.length > sourceMax) return { code: 'source_too_long', length: from.length };
  return ownerProblem(owner);
}

const unsettled = {
  confirmedBy: null,
  confirmedAt: null,
  falseSaidBy: null,
  falseSaidAt: null,
  falseConfirmedBy: null,
} as const;

type Settled = Pick<FactRecord, 'status' | 'falseVersion' | keyof typeof unsettled>;

/** Who answers for the status from now on. What nobody touched stays in the name of the person who said it first. */
function settled(
  fact: FactRecord,
  status: FactStatus,
  changed: { reworded: boolean; resourced: boolean },
  by: Member,
  now: Date,
  version: number,
): Settled {
  const { confirmedBy, confirmedAt, falseSaidBy, falseSaidAt, falseConfirmedBy, falseVersion } = fact;
  const kept = { confirmedBy, confirmedAt, falseSaidBy, falseSaidAt, falseConfirmedBy, falseVersion };
  if (status === 'checking') return { ...unsettled, status, falseVersion };
  if (status === 'confirmed')
    return fact.status === 'confirmed' && !changed.reworded && !changed.resourced
      ? { ...kept, status }
      : { ...unsettled, status, confirmedBy: by.userId, confirmedAt: now, falseVersion };
  return falseSaidBy !== null && !changed.reworded
    ? { ...kept, status: fact.status }
    : { ...unsettled, status: 'checking', falseSaidBy: by.userId, falseSaidAt: now, falseVersion: version };
}

type State = 'confirmed' | 'checking' | 'saidFalse' | 'false';

const stateNow = (fact: FactRecord): State =>
  isSaidFalseByOne(fact) ? 'saidFalse' : fact.status === 'false' ? 'false' : fact.status;

function stateOf(fact: FactRecord, otherwise: Kind): { kind: Kind; state: State } {
  const state = stateNow(fact);
  const kinds: Partial<Record<State, Kind>> = { confirmed: 'fact_confirmed', saidFalse: 'fact_said_false' };
  return { kind: kinds[state] ?? otherwise, state };
}

function changeEntry(
  before: FactRecord,
  after: FactRecord,
  { moved, reason }: { moved: boolean; reason: string },
  by: Member,
  now: Date,
): NewEntry {
  const reworded = after.revision !== before.revision;
  const { kind: settledKind, state } = stateOf(after, 'fact_doubted');
  const kind = moved ? settledKind : reworded ? 'fact_corrected' : 'fact_changed';
  return entry(
    after,
    kind,
    now,
    by.userId,
    (w) =>
      w.changed({
        number: after.number,
        state,
        moved,
        text: after.text,
        before: reworded ? before.text : null,
        source: after.source,
        owner: after.ownerId === before.ownerId ? null : after.ownerId,
        reason,
      }),
    { from: { text: before.text, status: before.status, source: before.source, ownerId: before.ownerId }, reason },
  );
}

/** The table, and whatever is being said from it: named here, done by the jobs of the statements. */
export const tableChanged = (crisisId: string): Job[] => [
  inRoom('facts.show_table', { crisisId }),
  inRoom('statements.recheck', { crisisId }),
];

/** Of those who are there, who is asked to confirm that it is false: who answers for it, else the first who did not say so. */
export function secondFor(fact: FactRecord, there: readonly string[]): string | undefined {
  const others = there.filter((userId) => userId !== fact.falseSaidBy);
  return others.find((userId) => userId === fact.ownerId) ?? others[0];
}

/** Everybody they name, in their texts as well. */
export const peopleInFacts = (facts: readonly FactRecord[]): string[] =>
  facts.flatMap((fact) => [
    ...[
      fact.ownerId,
      fact.recordedBy,
      fact.changedBy,
      fact.confirmedBy,
      fact.falseSaidBy,
      fact.falseConfirmedBy,
    ].filter((id) => id !== null),
    ...mentionedIn(`${fact.text} ${fact.source}`),
  ]);

type Say = (w: ReturnType<typeof words>['entry'], language: Language) => string;

const entry = (
  fact: FactRecord,
  kind: Kind,
  occurredAt: Date,
  actorId: string,
  say: Say,
  data: Record<string, unknown> = {},
): NewEntry => ({
  kind,
  occurredAt,
  actorId,
  text: inBoth((l) => say(words(l).entry, l)),
  data: {
    factId: fact.id,
    number: fact.number,
    revision: fact.revision,
    status: fact.status,
    text: fact.text,
    source: fact.source,
    ownerId: fact.ownerId,
    ...data,
  },
});
