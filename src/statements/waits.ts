import type { Button } from '@slack/types';
import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Department } from '../people/rules.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, hourOf } from '../slack/mrkdwn.ts';
import type { Wait } from '../slack/waits.ts';
import { readVersion, versionOf } from './buttons.ts';
import { moreButton } from './card.ts';
import { legalOf } from './check/answers.ts';
import { shownExcerpt } from './check/lines.ts';
import { waitsText } from './lines.ts';
import { seatName } from './names.ts';
import { type Approvers, budgetFor, firstAsked } from './policy.ts';
import { changesSince, seatsToWaive } from './seats.ts';
import { approversNow, authorsToTell, publishersOf, type Statement, waitingOn } from './statement.ts';
import { words } from './text.ts';

/** What legal was asked about a draft, as long as it is not answered. */
export type LegalAsk = { version: number; at: Date; by: string | null; excerpts: readonly string[] };

type Around = { crisis: Crisis; roster: readonly Department[] };
type Told = Pick<Wait, 'text' | 'button'> & Partial<Pick<Wait, 'isUrgent' | 'dueAt' | 'names'>>;

/** What a statement waits for, from each person who can do something about it now. */
export function waitsFor(statement: Statement, around: Around, legal: LegalAsk | null): Wait[] {
  switch (statement.status) {
    case 'in_review':
      return [...approvals(statement, around), ...leads(statement, around)];
    case 'draft':
      return [...fallen(statement), ...(legal ? agreements(statement, legal, around) : [])];
    case 'changes_requested':
    case 'rejected':
      return turnedDown(statement, statement.status);
    case 'approved':
      return publishing(statement, around);
    default:
      return [];
  }
}

const wait = (userId: string, key: string, news: string, since: Date, told: Told): Wait => ({
  userId,
  key,
  news,
  since,
  isUrgent: false,
  dueAt: null,
  changesAt: null,
  names: [],
  ...told,
});

const keyOf = (what: string, { id, current }: Statement): string => `${what}:${id}:v${current.number}`;
const titleOf = ({ current }: Statement): string => escapeMrkdwn(clip(current.title, 60));
const hour = hourOf;
const seatsSaid = (seats: readonly string[], reader: Reader): string =>
  escapeMrkdwn(
    list(
      reader.language,
      seats.map((seat) => seatName(seat, reader)),
    ),
  );

const read =
  (statement: Statement) =>
  (language: Language): Button =>
    readVersion.draw(words(language).read.open, versionOf(statement), {
      suffix: String(statement.number),
      spoken: words(language).card.spoken(
        words(language).read.open.replace('…', ''),
        statement.number,
        statement.current.number,
      ),
    });
const act =
  (statement: Statement, what: 'edit' | 'publish' | 'waive') =>
  (language: Language): Button =>
    moreButton(what, words(language).card[what], statement, language, { suffix: `${statement.number}-${what}` });

/** Those of a silent seat whose turn it is: its people, its deputies after half the time or where it has nobody else. */
const askedFor = (seats: readonly Approvers[], { relayedAt }: Statement): string[] =>
  relayedAt ? [...new Set(seats.flatMap((a) => [...a.people, ...a.deputies]))] : firstAsked(seats);

function approvals(statement: Statement, { crisis, roster }: Around): Wait[] {
  const { number, current, submittedAt, submittedBy, verdicts } = statement;
  const open = waitingOn(statement, roster, crisis);
  const at = submittedAt ?? current.createdAt;
  const by = submittedBy ?? current.authorId;
  return askedFor(open, statement).map((userId) => {
    const mine = open.filter((a) => [...a.people, ...a.deputies].includes(userId));
    const isDeputy = mine.every((a) => a.people.length > 0 && !a.people.includes(userId));
    const fell = approvedBefore(verdicts, userId, current.number);
    const isRenamed = mine.some(({ seat }) => changesSince(statement, seat).length > 0);
    const dueAt = statement.dueAt ?? budgetFor(crisis.level, at).overdueAt;
    return wait(userId, keyOf('approval', statement), isRenamed ? 'renamed' : 'asked', at, {
      isUrgent: true,
      dueAt,
      names: [by],
      text: (reader) => {
        const w = words(reader.language).wait;
        const seats = seatsSaid(
          mine.map(({ seat }) => seat),
          reader,
        );
        const name = escapeMrkdwn(reader.named(by));
        return [
          w.approve(number, titleOf(statement), current.number, seats, name, hour(at, reader), hour(dueAt, reader)),
          ...(isDeputy ? [w.deputy(seats)] : []),
          ...(fell ? [w.fell(fell)] : []),
          ...(isRenamed ? [w.renamed] : []),
        ].join(' ');
      },
      button: read(statement),
    });
  });
}

/** The last version that somebody had approved before this one; null for none. */
const approvedBefore = (verdicts: Statement['verdicts'], userId: string, version: number): number | null =>
  Math.max(
    ...verdicts
      .filter((v) => v.userId === userId && v.verdict === 'approved' && v.versionNumber < version)
      .map((v) => v.versionNumber),
    0,
  ) || null;

/** Whose approval fell with an edit, until the text is submitted anew. */
function fallen(statement: Statement): Wait[] {
  const { id, number, current, verdicts } = statement;
  return [...new Set(verdicts.map((v) => v.userId))].flatMap((userId) => {
    const version = approvedBefore(verdicts, userId, current.number);
    if (!version || userId === current.authorId) return [];
    return [
      wait(userId, `fallen:${id}:v${version}`, 'fell', current.createdAt, {
        isUrgent: true,
        names: [current.authorId],
        text: (reader) =>
          words(reader.language).wait.fallen(
            number,
            titleOf(statement),
            escapeMrkdwn(reader.named(current.authorId)),
            current.number,
            hour(current.createdAt, reader),
          ),
        button: read(statement),
      }),
    ];
  });
}

/** Of the lead: time that is over, and seats that nobody can fill any more. */
function leads(statement: Statement, { crisis, roster }: Around): Wait[] {
  const { number, overdueAt, submittedAt, current } = statement;
  const stuck = seatsToWaive(statement, { crisis, roster });
  const since = submittedAt ?? current.createdAt;
  return [
    ...(stuck.length > 0
      ? [
          wait(crisis.leadId, keyOf('stuck', statement), 'stuck', since, {
            text: (reader) => words(reader.language).wait.stuck(number, titleOf(statement), seatsSaid(stuck, reader)),
            button: act(statement, 'waive'),
          }),
        ]
      : []),
    ...(overdueAt
      ? [
          wait(crisis.leadId, keyOf('overdue', statement), 'overdue', overdueAt, {
            isUrgent: true,
            names: waitingOn(statement, roster, crisis).flatMap((a) => [...a.people, ...a.deputies]),
            text: (reader) =>
              words(reader.language).wait.overdue(
                number,
                titleOf(statement),
                waitsText(statement, roster, crisis, reader) || '–',
              ),
            button: read(statement),
          }),
        ]
      : []),
  ];
}

const shownReason = 200;

function turnedDown(statement: Statement, verdict: 'changes_requested' | 'rejected'): Wait[] {
  const { number, current, verdicts } = statement;
  const given = verdicts.find((v) => v.versionNumber === current.number && v.verdict === verdict);
  if (!given) return [];
  return authorsToTell(statement).map((userId) =>
    wait(userId, keyOf('rewrite', statement), verdict, given.decidedAt, {
      isUrgent: verdict === 'changes_requested',
      names: [given.userId],
      text: (reader) => {
        const w = words(reader.language).wait;
        const reason = escapeMrkdwn(clip((given.reason ?? '').replace(/\s+/gu, ' '), shownReason));
        const say = verdict === 'rejected' ? w.rejected : w.changes;
        return say(escapeMrkdwn(reader.named(given.userId)), number, titleOf(statement), current.number, reason);
      },
      button: act(statement, 'edit'),
    }),
  );
}

function publishing(statement: Statement, { crisis, roster }: Around): Wait[] {
  const { number, current } = statement;
  const at = statement.approvedAt ?? current.createdAt;
  return publishersOf(statement, roster, crisis).map((userId) =>
    wait(userId, keyOf('publish', statement), 'approved', at, {
      text: (reader) =>
        words(reader.language).wait.publish(number, titleOf(statement), current.number, hour(at, reader)),
      button: act(statement, 'publish'),
    }),
  );
}

const mostExcerpts = 3;

function agreements(statement: Statement, { version, at, by, excerpts }: LegalAsk, around: Around): Wait[] {
  const { people } = approversNow(statement, 'legal', around.roster, around.crisis);
  const asked = people.length > 0 ? people : legalOf(statement, around);
  return asked.map((userId) =>
    wait(userId, `legal:${statement.id}:v${version}`, 'asked', at, {
      isUrgent: true,
      names: by ? [by] : [],
      text: (reader) => {
        const w = words(reader.language).wait;
        const said = excerpts.slice(0, mostExcerpts).map((one) => w.excerpt(shownExcerpt(one)));
        const name = escapeMrkdwn(by ? reader.named(by) : '–');
        return w.legal(
          statement.number,
          titleOf(statement),
          name,
          hour(at, reader),
          [...said, ...(excerpts.length > mostExcerpts ? ['…'] : [])].join(', '),
        );
      },
      button: read(statement),
    }),
  );
}
