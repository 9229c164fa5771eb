import { type Accepted, accept, type Decision, refuse } from '../core/decision.ts';
import type { Crisis } from '../crises/rules.ts';
import { type Caller, type Callout, type Change, isAwaitedByName, isOf, isOpen, stageIds, turnIds } from './callout.ts';
import { type Answer, answer, cannot, join, mayCome, type ResponderRefusal } from './rules.ts';

/** Several calls are open for who presses: they say which. */
export type Which = { code: 'which'; callouts: Callout[] };

/** What a press on the one message of all departments brought about: none where somebody called by name has come. */
export type Answers = Change & { answers: Pick<Answer, 'outcome' | 'callout'>[] };
export type Declined = Change & { declined: Callout[] };

/** “I’m on it”: answers for the one call that is open for who presses. */
export function answerOpen(
  crisis: Crisis,
  callouts: readonly Callout[],
  by: Caller,
  now: Date,
): Decision<Answers, ResponderRefusal | Which> {
  const theirs = callouts.filter((callout) => isOf(callout, by));
  const no = mayCome(crisis, by, theirs.length > 0);
  if (no) return refuse(no);
  const waiting = callouts.filter(isOpen);
  const asked = waiting.filter((callout) => isAsked(callout, by));
  // Deputies may answer before their turn.
  const mine = asked.length > 0 ? asked : theirs.filter(isOpen);
  if (mine.length > 1) return refuse({ code: 'which', callouts: mine });
  if (mine.length === 1) return answerEach(crisis, mine, by, now);
  if (isAwaitedByName(by)) {
    const decision = join(crisis, callouts, null, by, now);
    return decision.ok ? accept({ ...decision.value, answers: [] }, decision) : decision;
  }
  if (theirs.length > 0) return answerEach(crisis, theirs.slice(0, 1), by, now);
  return refuse(
    by.isLead && waiting.length > 0 ? { code: 'which', callouts: waiting } : { code: 'not_called', waiting },
  );
}

const isAsked = (callout: Callout, by: Caller): boolean =>
  turnIds(callout).includes(by.userId) ||
  (by.calledAt !== null && by.department === callout.department) ||
  (by.isLead && callout.stage === 'lead');

/** “I cannot”, for the one call at which it is their turn. */
export function declineOpen(
  crisis: Crisis,
  callouts: readonly Callout[],
  by: Caller,
  now: Date,
): Decision<Declined, ResponderRefusal | Which> {
  const theirs = callouts.filter((callout) => isOf(callout, by));
  const no = mayCome(crisis, by, theirs.length > 0);
  if (no) return refuse(no);
  const waiting = callouts.filter(isOpen);
  const mine = waiting.filter((callout) => callout.stage !== 'lead' && stageIds(callout).includes(by.userId));
  if (mine.length > 1) return refuse({ code: 'which', callouts: mine });
  const [one] = [...mine, ...theirs.filter(isOpen), ...theirs];
  return one ? declineEach(crisis, [one], by, now) : refuse({ code: 'not_called', waiting });
}

export function answerEach(
  crisis: Crisis,
  callouts: readonly Callout[],
  by: Caller,
  now: Date,
): Decision<Answers, ResponderRefusal> {
  const all = together(callouts, (callout) => answer(crisis, callout, by, now));
  return all.ok ? accept({ ...merged(all.value), answers: all.value }, all) : all;
}

export function declineEach(
  crisis: Crisis,
  callouts: readonly Callout[],
  by: Caller,
  now: Date,
): Decision<Declined, ResponderRefusal> {
  const all = together(callouts, (callout) => cannot(crisis, callout, by, now));
  return all.ok ? accept({ ...merged(all.value), declined: all.value.map(({ callout }) => callout) }, all) : all;
}

/** One decision of several; refused when every one is, with the reason of the first. */
function together<V>(
  callouts: readonly Callout[],
  decide: (callout: Callout) => Decision<V, ResponderRefusal>,
): Decision<V[], ResponderRefusal> {
  const decisions = callouts.map(decide);
  const done = decisions.filter((decision): decision is Accepted<V> => decision.ok);
  const [no] = decisions.flatMap((decision) => (decision.ok ? [] : [decision]));
  if (no && done.length === 0) return no;
  return accept(
    done.map(({ value }) => value),
    {
      timeline: done.flatMap(({ timeline }) => timeline),
      jobs: done.flatMap(({ jobs }) => jobs),
      cancel: done.flatMap(({ cancel }) => cancel),
    },
  );
}

const merged = (changes: readonly Change[]): Change => ({
  callouts: changes.flatMap(({ callouts }) => callouts),
  cell: changes.flatMap(({ cell }) => cell),
});
