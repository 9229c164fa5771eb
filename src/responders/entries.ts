import type { NewEntry } from '../core/decision.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { departmentName } from '../people/text.ts';
import { answerMs, type Caller, type Callout, mentionedIds, stageIds } from './callout.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

type Say = (w: ReturnType<typeof words>['entry'], language: Language) => string;
const entry = (
  kind: Kind | 'people_called',
  now: Date,
  actorId: string | null,
  data: Record<string, unknown>,
  say: Say,
): NewEntry => ({
  kind,
  occurredAt: now,
  actorId,
  text: inBoth((l) => say(words(l).entry, l)),
  data,
});

const nameOf = (callout: Callout, language: Language): string =>
  departmentName(callout.department, callout.departmentName, language);

export function calledEntry(callout: Callout, by: string | null, now: Date): NewEntry {
  const ids = mentionedIds(callout);
  const data = { calloutId: callout.id, department: callout.department, round: callout.round, userIds: ids };
  if (callout.answeredBy)
    return entry('department_called', now, null, { ...data, answeredBy: callout.answeredBy }, (w, l) =>
      w.answeredByDeclaring(nameOf(callout, l), callout.answeredBy as string),
    );
  return entry('department_called', now, by, { ...data, reason: callout.reason }, (w, l) =>
    w.called(nameOf(callout, l), ids, callout.round > 1, callout.stage === 'deputies', callout.reason, l),
  );
}

export const answeredEntry = (callout: Callout, userId: string, now: Date): NewEntry =>
  entry(
    'callout_answered',
    now,
    userId,
    { calloutId: callout.id, department: callout.department, afterMs: answerMs(callout) },
    (w, l) => w.answered(nameOf(callout, l), userId, answerMs(callout), l),
  );

export const alsoEntry = (callout: Callout, by: Caller, now: Date): NewEntry =>
  entry('responder_present', now, by.userId, { department: callout.department }, (w, l) =>
    w.also(nameOf(callout, l), by.userId),
  );

export const joinedEntry = (by: Caller, now: Date): NewEntry =>
  entry('responder_present', now, by.userId, {}, (w) => w.joined(by.userId));

export const escalatedEntry = (from: Callout, to: Callout, declinedBy: string | null, now: Date): NewEntry =>
  entry(
    'callout_escalated',
    now,
    declinedBy,
    { calloutId: to.id, department: to.department, from: from.stage, to: to.stage, userIds: stageIds(to), declinedBy },
    (w, l) => w.escalated(nameOf(to, l), to.stage, stageIds(to), declinedBy, now.getTime() - from.stageAt.getTime(), l),
  );

export const peopleEntry = (called: string[], by: string, reason: string, now: Date): NewEntry =>
  entry('people_called', now, by, { userIds: called, reason }, (w, l) => w.peopleCalled(by, called, reason, l));
