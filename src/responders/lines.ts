import { type Language, list } from '../core/locale.ts';
import { duration, HOUR } from '../core/time.ts';
import { departmentName } from '../people/text.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { answerMs, type Callout } from './callout.ts';
import { words } from './text.ts';

/** One mrkdwn line per department called: who answered and after how long, or who is awaited since when. */
export const calloutLines = (
  callouts: readonly Callout[],
  named: (userId: string) => string,
  language: Language,
  now: Date,
  timeZone = 'UTC',
): string[] => callouts.map((callout) => calloutLine(callout, named, language, now, timeZone));

export function calloutLine(
  callout: Callout,
  named: (userId: string) => string,
  language: Language,
  now: Date,
  timeZone = 'UTC',
): string {
  const w = words(language).line;
  const department = escapeMrkdwn(departmentName(callout.department, callout.departmentName, language));
  if (callout.answeredBy) {
    const name = escapeMrkdwn(named(callout.answeredBy));
    return hasDeclared(callout)
      ? w.declared(department, name)
      : w.answered(department, name, duration(answerMs(callout), language));
  }
  const awaited = callout.peopleIds.length > 0 ? callout.peopleIds : callout.deputyIds;
  const shown = awaited.length > mostNames + 1 ? awaited.slice(0, mostNames) : awaited;
  const names = list(language, [
    ...shown.map((id) => escapeMrkdwn(named(id))),
    ...(shown.length < awaited.length ? [w.others(awaited.length - shown.length)] : []),
  ]);
  return w.waiting(department, names, sinceTime(callout.calledAt, now, language, timeZone), noteOf(callout, language));
}

/** A user group of hundreds may answer for a department. */
const mostNames = 5;

/** A time of day that stays true for as long as the message is shown; with its day once it is not today's. */
export const sinceTime = (at: Date, now: Date, language: Language, timeZone: string): string =>
  slackTime(at, timeZone, language, now.getTime() - at.getTime() < 12 * HOUR ? 'time' : 'day_time');

/** Answered by the declaration itself, in the moment of the call. */
export const hasDeclared = (callout: Callout): boolean => callout.answeredBy !== null && answerMs(callout) === 0;

function noteOf(callout: Callout, language: Language): string {
  const w = words(language).line;
  if (callout.peopleIds.length === 0 && callout.stage === 'deputies') return '';
  if (callout.stage === 'deputies') return w.deputies;
  if (callout.stage === 'lead') return callout.deputyIds.length > 0 ? w.lead : w.leadOnly;
  return '';
}
