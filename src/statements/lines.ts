import { type Language, list } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Department } from '../people/rules.ts';
import { escapeMrkdwn, link, slackTime } from '../slack/mrkdwn.ts';
import type { Approvers } from './policy.ts';
import { type Statement, waitingOn } from './rules.ts';
import { seatName, statusLabel, words } from './text.ts';

export type LineOptions = {
  language: Language;
  named: (userId: string) => string;
  /** Given where the line is read at once: `for 12 min`. Left out in messages that stay: `since 14:03`. */
  now?: Date;
};

/** One line of mrkdwn per statement: `*2. First words*: ⏳ In review, waiting on Legal (Helen Park) for 12 min`. */
export function statementLine(
  statement: Statement,
  roster: readonly Department[],
  crisis: Crisis,
  options: LineOptions,
): string {
  const { language } = options;
  const w = words(language).line;
  const waits = waitsText(statement, roster, crisis, options);
  const state = statusLabel(statement.status, language);
  return w.statement(
    statement.number,
    escapeMrkdwn(statement.current.title),
    waits ? `${state}, ${w.waits(waits)}` : state,
  );
}

/** `Legal (Helen Park) and Crisis lead (Anne Whitfield) for 12 min`; empty when it waits on nobody. */
export function waitsText(
  statement: Statement,
  roster: readonly Department[],
  crisis: Crisis,
  { language, named, now }: LineOptions,
): string {
  const w = words(language).line;
  const waiting = waitingOn(statement, roster, crisis);
  if (waiting.length === 0) return '';
  const from = statement.submittedAt ?? statement.createdAt;
  const since = now
    ? w.since(duration(now.getTime() - from.getTime(), language))
    : w.sinceTime(slackTime(from, crisis.timeZone, language, 'time'));
  const seats = waiting.map((a) => w.wait(seatName(a.seat, language), who(a, language, named)));
  return `${list(language, seats)} ${since}`;
}

const mostNames = 5;

function who({ people, deputies }: Approvers, language: Language, named: (userId: string) => string): string {
  const ids = people.length > 0 ? people : deputies;
  if (ids.length === 0) return words(language).line.nobody;
  if (ids.length > mostNames) return words(language).someone;
  return ids.map((id) => escapeMrkdwn(named(id))).join(', ');
}

/** Everybody whom the lines and cards of these statements name. */
export const peopleIn = (statements: readonly Statement[], roster: readonly Department[], crisis: Crisis): string[] => [
  ...new Set([
    crisis.leadId,
    ...roster.flatMap((d) => [...d.peopleIds, ...d.deputyIds]),
    ...statements.flatMap((s) => [
      s.current.authorId,
      ...[s.submittedBy, s.publishedBy, s.withdrawnBy].filter((id) => id !== null),
      ...s.verdicts.map((v) => v.userId),
    ]),
  ]),
];

/** Where it was published, as mrkdwn; empty when it was not. */
export const placeOf = ({ publishedWhere, publishedUrl }: Statement): string =>
  [publishedWhere ? escapeMrkdwn(publishedWhere) : '', publishedUrl ? link(publishedUrl, publishedUrl) : '']
    .filter(Boolean)
    .join(', ');
