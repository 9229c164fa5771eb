import type { Line } from '../core/line.ts';
import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { duration, HOUR } from '../core/time.ts';
import { departmentName } from '../people/text.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { answerMs, type Callout, type NotCalled } from './callout.ts';
import { words } from './text.ts';

/** The name of the department that was called, as mrkdwn. */
export const departmentOf = (
  { department, departmentName: own }: Pick<Callout, 'department' | 'departmentName'>,
  language: Language,
): string => escapeMrkdwn(departmentName(department, own, language));

/** People by their names, as mrkdwn: `Helen, Tom and Anne`. */
export const namesOf = (ids: readonly string[], { language, named }: Pick<Reader, 'language' | 'named'>): string =>
  list(
    language,
    ids.map((id) => escapeMrkdwn(named(id))),
  );

/** One mrkdwn line per department called: who answered and after how long, or who is awaited since when. */
export const calloutLines = (
  callouts: readonly Callout[],
  named: (userId: string) => string,
  language: Language,
  now: Date,
  timeZone = 'UTC',
): string[] => callouts.map((callout) => calloutLine(callout, { named, language, now, timeZone }));

export function calloutLine(callout: Callout, reader: Omit<Reader, 'department'>): string {
  const { language, named, now, timeZone } = reader;
  const w = words(language).line;
  const department = departmentOf(callout, language);
  if (callout.answeredBy) {
    const name = escapeMrkdwn(named(callout.answeredBy));
    return hasDeclared(callout)
      ? w.declared(department, name)
      : w.answered(department, name, duration(answerMs(callout), language));
  }
  const awaited = callout.peopleIds.length > 0 ? callout.peopleIds : callout.deputyIds;
  const since = sinceTime(callout.calledAt, now, language, timeZone);
  return w.waiting(department, firstNames(awaited, reader), since, noteOf(callout, language));
}

/** A user group of hundreds may answer for a department. */
const mostNames = 5;

/** The first people by their names, or as `show` shows them, and how many more there are. */
export function firstNames(
  ids: readonly string[],
  { language, named }: Pick<Reader, 'language' | 'named'>,
  show = (id: string): string => escapeMrkdwn(named(id)),
): string {
  const shown = ids.length > mostNames + 1 ? ids.slice(0, mostNames) : ids;
  return list(language, [
    ...shown.map(show),
    ...(shown.length < ids.length ? [words(language).line.others(ids.length - shown.length)] : []),
  ]);
}

/** Which departments are awaited and which are there; by name once all are. Null where nobody was called. */
export function cellLine(callouts: readonly Callout[], reader: Reader): Line | null {
  if (callouts.length === 0) return null;
  const { language, named, now, timeZone } = reader;
  const w = words(language).cell;
  const awaited = callouts
    .filter(({ answeredBy }) => !answeredBy)
    .map((callout) => {
      const department = departmentOf(callout, language);
      return callout.stage === 'people' && callout.deputyIds.length > 0
        ? w.deputyAt(department, sinceTime(callout.dueAt, now, language, timeZone))
        : department;
    });
  const there = callouts.flatMap((callout) => {
    if (!callout.answeredBy) return [];
    const department = departmentOf(callout, language);
    return [awaited.length > 0 ? department : `${department} ${escapeMrkdwn(named(callout.answeredBy))}`];
  });
  return {
    label: w.label,
    text: [
      ...(awaited.length > 0 ? [w.awaited(awaited.join(', '))] : []),
      ...(there.length > 0 ? [w.there(there.join(awaited.length > 0 ? ', ' : ' · '))] : []),
    ].join(' · '),
  };
}

/** Who cannot, and who has not answered: why the next in line are called. */
export function whyNext(callout: Callout, reader: Pick<Reader, 'language' | 'named'>): string {
  const w = words(reader.language).line;
  const before = [...callout.peopleIds, ...(callout.stage === 'lead' ? callout.deputyIds : [])];
  const silent = before.filter((id) => !callout.declinedIds.includes(id));
  return [
    ...(callout.declinedIds.length > 0 ? [w.cannot(firstNames(callout.declinedIds, reader))] : []),
    ...(silent.length > 0 ? [w.silent(firstNames(silent, reader))] : []),
  ].join(', ');
}

/** One line for each person who was not called: why not. */
export const notCalledLines = (people: readonly NotCalled[], { language, named }: Reader): string => {
  const w = words(language);
  return people.map((p) => w.reply.notCalledLine(escapeMrkdwn(named(p.userId)), w.why[p.why])).join('\n');
};

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
