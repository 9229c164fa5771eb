import { accept, type Decision, type NewEntry, refuse } from '../../core/decision.ts';
import { inRoom, type Job } from '../../core/jobs.ts';
import { inBoth } from '../../core/locale.ts';
import { type Candidate, type OwnerRefusal, ownerProblem } from '../../crises/owner.ts';
import { type Crisis, type Member, mayAct } from '../../crises/rules.ts';
import { mentionedIn } from '../../timeline/export.ts';
import type { Kind } from '../entry-kinds.ts';
import type { RoomRefusal } from '../rules.ts';
import { words } from './text.ts';

/** What was decided, by whom and why. It never changes: a later one may replace it. */
export type CrisisDecision = {
  id: string;
  crisisId: string;
  number: number;
  text: string;
  /** What else was considered. */
  options: string;
  reason: string;
  deciderId: string;
  /** The number of the decision that this one replaces. */
  replaces: number | null;
  recordedBy: string;
  recordedAt: Date;
};

export const decisionMax = 1_000;
export const optionsMax = 1_500;
export const becauseMax = 1_000;

export type DecisionRefusal =
  | RoomRefusal
  | OwnerRefusal
  | { code: 'text_missing' }
  | { code: 'text_too_long'; length: number }
  | { code: 'options_too_long'; length: number }
  | { code: 'reason_missing' }
  | { code: 'reason_too_long'; length: number }
  | { code: 'replaces_unknown'; number: number }
  | { code: 'replaced_already'; number: number; by: number };

export type DecisionWish = {
  id: string;
  text: string;
  options: string;
  reason: string;
  decider: Candidate;
  replaces: number | null;
};

/** `made`: every decision of the crisis so far. */
export function decide(
  crisis: Crisis,
  wish: DecisionWish,
  made: readonly CrisisDecision[],
  by: Member,
  now: Date,
): Decision<CrisisDecision, DecisionRefusal> {
  const no = mayAct(crisis, by) ?? problemOf(wish, made);
  if (no) return refuse(no);
  const decision: CrisisDecision = {
    id: wish.id,
    crisisId: crisis.id,
    number: Math.max(crisis.numbersFrom ?? 0, ...made.map((one) => one.number)) + 1,
    text: wish.text.trim(),
    options: wish.options.trim(),
    reason: wish.reason.trim(),
    deciderId: wish.decider.userId,
    replaces: wish.replaces,
    recordedBy: by.userId,
    recordedAt: now,
  };
  const replaced = made.find((one) => one.number === wish.replaces);
  return accept(decision, {
    timeline: [
      {
        kind: replaced ? 'decision_replaced' : 'decision_made',
        occurredAt: now,
        actorId: by.userId,
        text: inBoth((l) => words(l).entry.made(decision)),
        data: { decisionId: decision.id, ...dataOf(decision) },
      } satisfies NewEntry<Kind>,
    ],
    jobs: [show(decision), ...(replaced ? [show(replaced)] : [])],
  });
}

const dataOf = ({ number, text, options, reason, deciderId, replaces }: CrisisDecision) => ({
  number,
  text,
  options,
  reason,
  deciderId,
  replaces,
});

function problemOf(wish: DecisionWish, made: readonly CrisisDecision[]): DecisionRefusal | null {
  const [text, options, reason] = [wish.text.trim(), wish.options.trim(), wish.reason.trim()];
  if (!text) return { code: 'text_missing' };
  if (text.length > decisionMax) return { code: 'text_too_long', length: text.length };
  if (options.length > optionsMax) return { code: 'options_too_long', length: options.length };
  if (!reason) return { code: 'reason_missing' };
  if (reason.length > becauseMax) return { code: 'reason_too_long', length: reason.length };
  return ownerProblem(wish.decider) ?? (wish.replaces === null ? null : cannotReplace(wish.replaces, made));
}

function cannotReplace(number: number, made: readonly CrisisDecision[]): DecisionRefusal | null {
  if (!made.some((one) => one.number === number)) return { code: 'replaces_unknown', number };
  const by = replacedBy(number, made);
  return by === null ? null : { code: 'replaced_already', number, by };
}

/** The number of the decision that replaced this one, or null while it stands. */
export const replacedBy = (number: number, made: readonly CrisisDecision[]): number | null =>
  made.find((one) => one.replaces === number)?.number ?? null;

/** Those that nothing has replaced. */
export const standing = (made: readonly CrisisDecision[]): CrisisDecision[] =>
  made.filter((one) => replacedBy(one.number, made) === null);

export const peopleInDecisions = (made: readonly CrisisDecision[]): string[] =>
  made.flatMap((one) => [one.deciderId, one.recordedBy, ...mentionedIn(`${one.text} ${one.options} ${one.reason}`)]);

const show = (decision: CrisisDecision): Job =>
  inRoom('facts.show_decision', { crisisId: decision.crisisId, decisionId: decision.id });
