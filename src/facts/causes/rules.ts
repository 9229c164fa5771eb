import { accept, type Decision, type NewEntry, refuse } from '../../core/decision.ts';
import { inBoth } from '../../core/locale.ts';
import { type Candidate, type OwnerRefusal, ownerProblem } from '../../crises/owner.ts';
import { type Crisis, type Member, mayAct } from '../../crises/rules.ts';
import { mentionedIn } from '../../timeline/export.ts';
import type { Kind } from '../entry-kinds.ts';
import { type Cause, type RoomRefusal, tableChanged } from '../rules.ts';
import { words } from './text.ts';

/** The first three are the ones every account of a crisis names (discipline R14); the five others are our judgement. */
export const families = [
  'quality',
  'clumsy_communication',
  'employee_behaviour',
  'security',
  'supplier',
  'leadership',
  'false_claim',
  'outside_event',
] as const;
export type Family = (typeof families)[number];
export const causeStatuses = ['hypothesis', 'confirmed', 'ruled_out'] as const satisfies readonly Cause['status'][];
type CauseStatus = (typeof causeStatuses)[number];

export type CauseRecord = Cause & {
  family: string;
  version: number;
  recordedBy: string;
  recordedAt: Date;
  changedBy: string;
  changedAt: Date;
};

export const causeMax = 500;
export const evidenceMax = 1_000;

export type CauseRefusal =
  | RoomRefusal
  | OwnerRefusal
  | { code: 'text_missing' }
  | { code: 'text_too_long'; length: number }
  | { code: 'evidence_missing'; status: 'confirmed' | 'ruled_out' }
  | { code: 'evidence_too_long'; length: number }
  | { code: 'nothing_changed' }
  | { code: 'stale'; cause: CauseRecord };

export type CauseWish = { family: Family; text: string; status: CauseStatus; evidence: string; owner: Candidate };

/** Confirmed, or ruled out, it has its evidence. */
export function addCause(
  crisis: Crisis,
  wish: CauseWish & { id: string; number: number },
  by: Member,
  now: Date,
): Decision<CauseRecord, CauseRefusal> {
  const no = mayAct(crisis, by) ?? problemOf(wish);
  if (no) return refuse(no);
  const cause: CauseRecord = {
    id: wish.id,
    crisisId: crisis.id,
    number: wish.number,
    ...writtenIn(wish),
    version: 1,
    recordedBy: by.userId,
    recordedAt: now,
    changedBy: by.userId,
    changedAt: now,
  };
  return accepted(cause, null, by, now);
}

export function changeCause(
  cause: CauseRecord,
  version: number,
  wish: CauseWish,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<CauseRecord, CauseRefusal> {
  const no = mayAct(crisis, by) ?? (cause.version === version ? problemOf(wish) : { code: 'stale' as const, cause });
  if (no) return refuse(no);
  const written = writtenIn(wish);
  const isSame = Object.entries(written).every(([key, value]) => cause[key as keyof typeof written] === value);
  if (isSame) return refuse({ code: 'nothing_changed' });
  return accepted({ ...cause, ...written, version: version + 1, changedBy: by.userId, changedAt: now }, cause, by, now);
}

const writtenIn = (wish: CauseWish) => ({
  family: wish.family,
  text: wish.text.trim(),
  status: wish.status,
  evidence: wish.evidence.trim(),
  ownerId: wish.owner.userId,
});

function problemOf({ text, status, evidence, owner }: CauseWish): CauseRefusal | null {
  const [said, proof] = [text.trim(), evidence.trim()];
  if (!said) return { code: 'text_missing' };
  if (said.length > causeMax) return { code: 'text_too_long', length: said.length };
  if (status !== 'hypothesis' && !proof) return { code: 'evidence_missing', status };
  if (proof.length > evidenceMax) return { code: 'evidence_too_long', length: proof.length };
  return ownerProblem(owner);
}

export const peopleInCauses = (causes: readonly CauseRecord[]): string[] =>
  causes.flatMap((cause) => [cause.ownerId, cause.changedBy, ...mentionedIn(`${cause.text} ${cause.evidence}`)]);

/** The family as the product names it; one it does not know (any more) stands for itself. */
export const familyOf = (cause: Pick<Cause, 'family'>): Family =>
  families.find((family) => family === cause.family) ?? 'outside_event';

function accepted(
  cause: CauseRecord,
  before: CauseRecord | null,
  by: Member,
  now: Date,
): Decision<CauseRecord, CauseRefusal> {
  const moved = before?.status !== cause.status;
  const kind = moved ? (`cause_${cause.status}` as const) : 'cause_changed';
  const { number, family, text, status, evidence, ownerId } = cause;
  const timeline: NewEntry<Kind> = {
    kind,
    occurredAt: now,
    actorId: by.userId,
    text: inBoth((l) =>
      words(l).entry(cause, familyOf(cause), before !== null && before.text !== text ? before.text : null),
    ),
    data: {
      causeId: cause.id,
      number,
      family,
      text,
      status,
      evidence,
      ownerId,
      ...(before ? { from: { text: before.text, status: before.status, evidence: before.evidence } } : {}),
    },
  };
  return accept(cause, { timeline: [timeline], jobs: tableChanged(cause.crisisId) });
}
