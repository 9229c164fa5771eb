import type { Line } from '../core/line.ts';
import { list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { duration } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Department } from '../people/rules.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, link, slackTime } from '../slack/mrkdwn.ts';
import { seatName, statusLabel, storedNames } from './names.ts';
import type { Approvers } from './policy.ts';
import type { Check } from './snapshot.ts';
import { blankKeys } from './start/blanks.ts';
import { type Statement, type Status, waitingOn } from './statement.ts';
import { words } from './text.ts';

/** What every message and form about statements is drawn from. */
export type Props = {
  crisis: Crisis;
  roster: readonly Department[];
  reader: Reader;
  /** What is said of the text, where one statement is drawn. */
  check?: Check;
};

/** Departments have the product's names where the reader does not name them. */
type LineReader = Pick<Reader, 'language' | 'named'> & Partial<Pick<Reader, 'department'>>;

/**
 * One line of mrkdwn per statement: `*2 First words* · ⏳ In review · Legal (Helen Park) since 14:03`. `now` is given
 * where the line is read at once: it says `for 12 min` then.
 */
export function statementLine(
  statement: Statement,
  roster: readonly Department[],
  crisis: Crisis,
  reader: LineReader,
  now?: Date,
): string {
  const { number, current, status } = statement;
  const detail = detailOf(statement, roster, crisis, reader, now);
  return words(reader.language).list.line(
    number,
    escapeMrkdwn(current.title),
    statusLabel(status, reader.language),
    detail,
  );
}

/** What it waits for: its blanks, its approvals, somebody who publishes it. */
function detailOf(
  statement: Statement,
  roster: readonly Department[],
  crisis: Crisis,
  reader: LineReader,
  now?: Date,
): string {
  const { current, status } = statement;
  const w = words(reader.language).list;
  const blanks = status === 'draft' ? blankKeys(current).length : 0;
  if (blanks > 0) return w.blanks(blanks);
  return status === 'approved' ? w.toPublish : waitsText(statement, roster, crisis, reader, now);
}

const shownWords = 2;
const shortTitle = 40;
/** Words that are out, then those that wait, then drafts. */
export const standing: readonly Status[] = ['in_review', 'approved', 'published', 'changes_requested', 'draft'];

/** What we say and what it waits for; null while there is no text. */
export function wordsLine(
  statements: readonly Statement[],
  roster: readonly Department[],
  crisis: Crisis,
  reader: Reader,
): Line | null {
  const w = words(reader.language).brief;
  const live = statements
    .filter(({ status }) => standing.includes(status))
    .toSorted((a, b) => standing.indexOf(a.status) - standing.indexOf(b.status) || a.number - b.number);
  if (live.length === 0) return null;
  const texts = live.slice(0, shownWords).map((one) => {
    const status = statusLabel(one.status, reader.language);
    return w.line(
      one.number,
      escapeMrkdwn(clip(one.current.title, shortTitle)),
      status,
      detailOf(one, roster, crisis, reader),
    );
  });
  const more = live.length - texts.length;
  return { label: w.label, text: [...texts, ...(more > 0 ? [w.more(more)] : [])].join(' · ') };
}

/** `Legal (Helen Park) and Crisis lead (Anne Whitfield) for 12 min`; empty when it waits on nobody. */
export function waitsText(
  statement: Statement,
  roster: readonly Department[],
  crisis: Crisis,
  reader: LineReader,
  now?: Date,
): string {
  const { language } = reader;
  const w = words(language).line;
  const waiting = waitingOn(statement, roster, crisis);
  if (waiting.length === 0) return '';
  const from = statement.submittedAt ?? statement.createdAt;
  const since = now
    ? w.since(duration(now.getTime() - from.getTime(), language))
    : w.sinceTime(slackTime(from, crisis.timeZone, language, 'time'));
  const names = { ...storedNames(language), ...reader };
  const seats = waiting.map((a) => w.wait(escapeMrkdwn(seatName(a.seat, names)), who(a, false, reader)));
  return `${list(language, seats)} ${since}`;
}

const mostNames = 5;

/** Who is asked for a seat. `withDeputies`: their turn has come. */
export function who({ people, deputies }: Approvers, withDeputies: boolean, { language, named }: LineReader): string {
  const ids = people.length === 0 ? deputies : withDeputies ? [...people, ...deputies] : people;
  if (ids.length === 0) return words(language).line.nobody;
  if (ids.length > mostNames) return words(language).someone;
  return list(
    language,
    ids.map((id) => escapeMrkdwn(named(id))),
  );
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
