import { type Language, list } from '../core/locale.ts';
import { audienceName, kindName } from '../core/output-names.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Department } from '../people/rules.ts';
import {
  actions,
  button,
  type Choice,
  context,
  divider,
  header,
  type KnownBlock,
  linkButton,
  type Message,
  message,
  overflow,
  paragraphs,
  section,
  sections,
  textLength,
} from '../slack/blocks.ts';
import { firstPage, limits, splitText } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, mention, slackTime } from '../slack/mrkdwn.ts';
import { blankKeys } from './blanks.ts';
import { checkBlocks } from './check-lines.ts';
import { words as checkWords } from './check-text.ts';
import { difference, inShort } from './difference.ts';
import type { Check } from './facts.ts';
import { changedText, differences } from './forms.ts';
import { placeOf, statementLine, waitsText } from './lines.ts';
import { type Approvers, capacityOf } from './policy.ts';
import {
  approvalOf,
  type Origin,
  requiredNow,
  type Statement,
  speaksForUs,
  type Verdict,
  type Version,
  waitingOn,
} from './rules.ts';
import { words as startWords } from './start-text.ts';
import { languageName, seatName, statusLabel, statusName, words } from './text.ts';
import { shortHash } from './wording.ts';

/** What every message about statements is drawn from. */
export type Scenery = {
  crisis: Crisis;
  roster: readonly Department[];
  named: (userId: string) => string;
  language: Language;
  /** What is said of the text, where one statement is drawn. */
  check?: Check;
};

/** The first message holds the card too: verdicts, and reasons of up to 3,000 characters. */
const firstPart = 3_000;
const nextParts = limits.messageBlocksText - 500;
const mostMentions = 10;

/** The body over as many messages as it takes: joined, they are the body. */
export function bodyParts(body: string): [string, ...string[]] {
  const [first = ''] = splitText(body, firstPart);
  const rest = body.slice(first.length);
  return rest ? [first, ...splitText(rest, nextParts)] : [first];
}

/** The card of the wording that stands. `below`: the rest of a long text follows outside of a thread. */
export function card(statement: Statement, scenery: Scenery, below = false): Message {
  const { language } = scenery;
  const w = words(language).card;
  const { number, current, status } = statement;
  const text =
    status === 'in_review'
      ? w.asked(number, current.title)
      : w.text(number, current.title, statusName(status, language));
  const above = [
    header(w.title(number, current.title)),
    ...facts(statement, scenery),
    ...bodyBlocks(current, language, below),
    divider(),
  ];
  const under = [...state(statement, scenery), ...buttons(statement, language)];
  return message(text, withCheck(above, checked(statement, scenery), under));
}

/** What is said of the text gives way to the text and to what people decided about it: the check is one press away. */
function withCheck(above: KnownBlock[], check: KnownBlock[], under: KnownBlock[]): KnownBlock[] {
  const whole = [...above, ...check, ...under];
  return textLength(whole) > limits.messageBlocksText ? [...above, ...under] : whole;
}

const checked = (statement: Statement, scenery: Scenery): KnownBlock[] =>
  scenery.check && statement.status !== 'withdrawn' ? checkBlocks(statement, scenery.check, scenery) : [];

function facts({ status, current }: Statement, { crisis, named, language }: Scenery): KnownBlock[] {
  const w = words(language).card;
  const { kind, audience } = current;
  const at = slackTime(current.createdAt, crisis.timeZone, language);
  return [
    section(
      `${statusLabel(status, language)}\n${w.facts(kindName(kind, language), audienceName(audience, language), languageName(current.language, language))}`,
    ),
    context(w.version(current.number, shortHash(current.hash), escapeMrkdwn(named(current.authorId)), at)),
    divider(),
  ];
}

function bodyBlocks({ body }: Version, language: Language, below: boolean): KnownBlock[] {
  const w = words(language).card;
  const parts = bodyParts(body);
  if (parts.length === 1) return paragraphs(parts[0]);
  return [...paragraphs(parts[0]), context(below ? w.continuesBelow(parts.length) : w.continues(parts.length))];
}

/** What a long text's later messages look like; empty when the card holds it all. */
export function continuations({ number, current }: Statement, language: Language): Message[] {
  const [, ...rest] = bodyParts(current.body);
  return rest.map((part, i) => {
    const title = words(language).card.part(number, current.number, shortHash(current.hash), i + 2, rest.length + 1);
    return message(title, [context(title), ...paragraphs(part)]);
  });
}

/** What is left of a card whose text must not be used any more. */
export function superseded(number: number, old: Version, next: Version, { named, language }: Scenery): Message {
  const w = words(language).card;
  return message(w.supersededText(number, old.number), [
    section(
      `~${escapeMrkdwn(old.title)}~\n${w.superseded(number, escapeMrkdwn(old.title), old.number, escapeMrkdwn(named(next.authorId)), next.number)}`,
    ),
  ]);
}

function state(statement: Statement, scenery: Scenery): KnownBlock[] {
  const { crisis, named, language } = scenery;
  const w = words(language).card;
  const time = (at: Date | null) => (at ? slackTime(at, crisis.timeZone, language) : '–');
  const name = (id: string | null) => (id ? escapeMrkdwn(named(id)) : '–');
  const voided = voidedApprovals(statement, scenery);
  const place = placeOf(statement);
  const lines = [...(voided ? [w.voided(voided)] : []), ...approvalLines(statement, scenery)];
  const isWithdrawn = statement.status === 'withdrawn';
  const against = isWithdrawn
    ? []
    : statement.verdicts.filter((v) => isCurrent(statement, v) && v.verdict !== 'approved');
  const { status } = statement;
  if (status === 'draft') lines.push(hasBlanks(statement.current) ? w.draftBlanks : w.draftNext);
  if (status === 'in_review' && statement.overdueAt) lines.push(w.overdue);
  else if (status === 'in_review' && statement.relayedAt) lines.push(w.relayed);
  if (status === 'approved') lines.push(w.approvedNext(time(statement.approvedAt)));
  if (status === 'published') lines.push(w.published(name(statement.publishedBy), time(statement.publishedAt), place));
  const next =
    statement.status === 'changes_requested' || statement.status === 'rejected' ? [section(w.changeNext)] : [];
  return [
    ...(lines.length > 0 ? sections(lines.join('\n')) : []),
    ...turnedDown(against, scenery),
    ...next,
    ...(isWithdrawn
      ? [
          section(w.withdrawn(name(statement.withdrawnBy), time(statement.withdrawnAt))),
          ...paragraphs(statement.withdrawnReason ?? ''),
          ...(place ? [section(w.takeDown(place))] : []),
        ]
      : []),
  ];
}

/** Who must, who has, and since when the others are waited for. People who have something to do are mentioned. */
function approvalLines(statement: Statement, { crisis, roster, named, language }: Scenery): string[] {
  const w = words(language);
  const waiting = waitingOn(statement, roster, crisis);
  const since = slackTime(statement.submittedAt ?? statement.createdAt, crisis.timeZone, language, 'time');
  return requiredNow(statement, crisis).flatMap((seat) => {
    const given = approvalOf(statement, seat);
    const seatSaid = escapeMrkdwn(seatName(seat, language));
    if (given) {
      const said = w.entry.forSeat(seatName(seat, language), given.capacity);
      return [
        w.card.given(
          escapeMrkdwn(said),
          escapeMrkdwn(named(given.userId)),
          slackTime(given.decidedAt, crisis.timeZone, language, 'time'),
        ),
      ];
    }
    const open = waiting.find((a) => a.seat === seat);
    if (!open) return [];
    if (open.people.length + open.deputies.length === 0) return [w.card.waitingNobody(seatSaid)];
    const note = open.standIn ? ` _${w.standIn(seatSaid, open.standIn.by, open.standIn.because)}_` : '';
    return [`${w.card.waiting(seatSaid, whoToMention(open, statement, language), since)}.${note}`];
  });
}

function whoToMention({ people, deputies }: Approvers, { relayedAt }: Statement, language: Language): string {
  const ids = people.length === 0 ? deputies : relayedAt ? [...people, ...deputies] : people;
  return ids.length > mostMentions ? words(language).someone : list(language, ids.map(mention));
}

const isCurrent = ({ current }: Statement, v: Verdict) => v.versionNumber === current.number && v.voidedAt === null;

const voidedApprovals = (statement: Statement, scenery: Scenery): string =>
  fallenApprovals(statement, statement.current.number - 1, scenery);

/** `Legal (Helen Park), Marketing (Tom Becker)`: who had approved an earlier version. */
function fallenApprovals({ verdicts }: Statement, version: number, { named, language }: Scenery): string {
  const lost = verdicts.filter((v) => v.versionNumber === version && v.verdict === 'approved');
  const givers = [...new Set(lost.map((v) => v.userId))];
  return givers
    .map((userId) => {
      const seats = lost.filter((v) => v.userId === userId).map((v) => seatName(v.department, language));
      return `${escapeMrkdwn(list(language, seats))} (${escapeMrkdwn(named(userId))})`;
    })
    .join(', ');
}

/** One person may stand for several seats: the reason is shown once. */
function turnedDown(against: readonly Verdict[], { crisis, named, language }: Scenery): KnownBlock[] {
  const [first] = against;
  if (!first) return [];
  const w = words(language);
  const seats = against.map((v) => w.entry.forSeat(seatName(v.department, language), v.capacity)).join(', ');
  const at = slackTime(first.decidedAt, crisis.timeZone, language);
  const said = statusLabel(first.verdict === 'rejected' ? 'rejected' : 'changes_requested', language);
  return [
    section(w.card.turnedDown(said, escapeMrkdwn(named(first.userId)), escapeMrkdwn(seats), at)),
    ...paragraphs(first.reason ?? ''),
  ];
}

const seenOf = ({ id, current }: Statement) => JSON.stringify({ s: id, v: current.number, h: current.hash });
const moreOf = (what: string, { id, current }: Statement) => JSON.stringify({ do: what, s: id, v: current.number });

function buttons(statement: Statement, language: Language): KnownBlock[] {
  const w = words(language).card;
  const { number, current, status } = statement;
  const plainButton = (what: string, label: string, style?: 'primary') =>
    button(label, {
      id: 'statements.more:main',
      value: moreOf(what, statement),
      spoken: w.spoken(label, number, current.number),
      ...(style ? { style } : {}),
    });
  const main = {
    draft: () => [
      ...(hasBlanks(current)
        ? [fillButton(statement, language), submitButton(statement, language)]
        : [submitButton(statement, language, 'primary')]),
      plainButton('edit', w.edit),
      button(checkWords(language).check, {
        id: 'statements.more:check',
        value: moreOf('check', statement),
        spoken: w.spoken(checkWords(language).title, number, current.number),
      }),
    ],
    in_review: () => verdictButtons(statement, language),
    changes_requested: () => [plainButton('edit', w.edit, 'primary')],
    rejected: () => [plainButton('edit', w.edit, 'primary')],
    approved: () => [plainButton('publish', w.publish, 'primary')],
    published: () => [],
    withdrawn: () => [],
  }[status]();
  const others: Choice[] = [];
  if (current.number > 1) others.push({ value: moreOf('diff', statement), label: w.differences });
  if (status === 'in_review' || status === 'approved') others.push({ value: moreOf('edit', statement), label: w.edit });
  if (status !== 'withdrawn' && status !== 'draft')
    others.push({ value: moreOf('check', statement), label: checkWords(language).check });
  if (status !== 'withdrawn') others.push({ value: moreOf('pair', statement), label: checkWords(language).pair.menu });
  if (status !== 'withdrawn') others.push({ value: moreOf('withdraw', statement), label: w.withdraw });
  const [only] = others;
  const rest =
    others.length > 1
      ? [overflow('statements.more', others)]
      : only
        ? [
            button(only.label, {
              id: 'statements.more',
              value: only.value,
              spoken: w.spoken(only.label, number, current.number),
            }),
          ]
        : [];
  return main.length + rest.length > 0 ? [actions(...main, ...rest)] : [];
}

const hasBlanks = (version: Version) => blankKeys(version).length > 0;

const fillButton = ({ id, number, current }: Statement, language: Language) => {
  const label = startWords(language).fill.open;
  return button(label, {
    id: 'statements.fill_draft',
    value: JSON.stringify({ s: id }),
    style: 'primary',
    spoken: words(language).card.spoken(label, number, current.number),
  });
};

const submitButton = (statement: Statement, language: Language, style?: 'primary') => {
  const w = words(language).card;
  return button(w.submit, {
    id: 'statements.submit',
    value: seenOf(statement),
    ...(style ? { style } : {}),
    spoken: w.spoken(w.submit, statement.number, statement.current.number),
  });
};

function verdictButtons(statement: Statement, language: Language) {
  const w = words(language).card;
  const { number, current } = statement;
  const spoken = (label: string) => w.spoken(label.replace('…', ''), number, current.number);
  const value = seenOf(statement);
  return [
    button(w.approve, {
      id: 'statements.approve',
      value,
      style: 'primary',
      spoken: spoken(w.approve),
      confirm: {
        title: w.confirmTitle(current.number),
        text: w.confirm(number, current.number, shortHash(current.hash)),
        yes: w.confirmYes,
        no: w.confirmNo,
      },
    }),
    button(w.changes, { id: 'statements.changes', value, spoken: spoken(w.changes) }),
    button(w.reject, { id: 'statements.reject', value, spoken: spoken(w.reject) }),
  ];
}

/** What one approver is sent: the whole text and the buttons while their answer is waited for, the outcome afterwards. */
export function asking(
  statement: Statement,
  userId: string,
  permalink: string | null,
  scenery: Scenery,
  before?: Version | Origin,
): Message {
  const { crisis, roster, named, language } = scenery;
  const w = words(language);
  const { number, current } = statement;
  const mine = waitingOn(statement, roster, crisis).filter((a) => capacityOf(a, userId) !== null);
  if (mine.length === 0) return answered(statement, userId, scenery);
  const seats = escapeMrkdwn(
    list(
      language,
      mine.map((a) => seatName(a.seat, language)),
    ),
  );
  const isRelay = mine.every((a) => a.people.length > 0 && !a.people.includes(userId));
  const room = crisis.channelId ? channelLink(crisis.channelId) : escapeMrkdwn(crisis.title);
  const notes = mine.flatMap((a) =>
    a.standIn ? [w.standIn(escapeMrkdwn(seatName(a.seat, language)), a.standIn.by, a.standIn.because)] : [],
  );
  const above = [
    section(
      [
        w.ask.intro(room, seats, escapeMrkdwn(named(statement.submittedBy ?? current.authorId))),
        ...(isRelay ? [w.ask.deputy(seats)] : []),
        ...notes,
      ].join('\n'),
    ),
    ...(before
      ? 'number' in before
        ? whatChanged(statement, before, scenery)
        : sinceCleared(statement, before, scenery)
      : []),
    header(w.card.title(number, current.title)),
    ...facts(statement, scenery),
    ...bodyBlocks(current, language, false),
    divider(),
  ];
  const buttons = actions(
    ...verdictButtons(statement, language),
    ...(before && 'number' in before
      ? [button(w.card.differences, { id: 'statements.more', value: moreOf('diff', statement) })]
      : []),
    ...(permalink ? [linkButton(w.ask.card, permalink, 'statements.link')] : []),
  );
  return message(w.card.asked(number, current.title), withCheck(above, checked(statement, scenery), [buttons]));
}

/** Beside the whole text, which follows: the changes alone. */
const longestDifferences = 1_500;

function whatChanged(statement: Statement, before: Version, scenery: Scenery): KnownBlock[] {
  const { language } = scenery;
  const w = words(language);
  const fallen = fallenApprovals(statement, before.number, scenery);
  const { pieces, isWhole } = inShort(difference(before.body, statement.current.body), longestDifferences);
  return [
    section(fallen ? w.ask.fallen(before.number, fallen) : w.ask.changed(before.number)),
    ...differences(before, statement.current, language, pieces),
    context(isWhole ? w.ask.textFollows : w.ask.moreDifferences),
  ];
}

/** Legal cleared the template in peacetime: what stands in its blanks is what is to be checked. */
function sinceCleared(statement: Statement, origin: Origin, { crisis, named, language }: Scenery): KnownBlock[] {
  if (!origin.cleared) return [];
  const { pieces, isWhole } = inShort(difference(origin.body, statement.current.body), longestDifferences);
  const { by, until } = origin.cleared;
  const since = checkWords(language).since(escapeMrkdwn(named(by)), slackTime(until, crisis.timeZone, language));
  return [
    section(since),
    ...changedText({ body: origin.body }, statement.current, language, pieces),
    ...(isWhole ? [context(words(language).ask.textFollows)] : []),
  ];
}

/** What an approver who is asked again compares with: the last wording that somebody had approved, or the last one. */
export const comparedVersion = ({ current, verdicts }: Statement): number | null => {
  if (current.number === 1) return null;
  const approved = verdicts.filter((v) => v.verdict === 'approved' && v.versionNumber < current.number);
  return Math.max(...approved.map((v) => v.versionNumber), 0) || current.number - 1;
};

function answered(statement: Statement, userId: string, { crisis, language }: Scenery): Message {
  const w = words(language);
  const { number, current, status } = statement;
  const mine = statement.verdicts.findLast((v) => isCurrent(statement, v) && v.userId === userId);
  const at = mine ? slackTime(mine.decidedAt, crisis.timeZone, language) : '';
  const answer = mine
    ? { approved: w.ask.youApproved, changes_requested: w.ask.youAskedChanges, rejected: w.ask.youRejected }[
        mine.verdict
      ]
    : () => w.ask.notNeeded;
  const text = w.card.text(number, current.title, statusName(status, language));
  return message(text, [
    section(w.reason.which(number, escapeMrkdwn(current.title), current.number, shortHash(current.hash))),
    section([answer(at), w.ask.state(statusLabel(status, language))].join('\n')),
  ]);
}

export type About = 'approved' | 'changes_requested' | 'rejected' | 'overdue';

/** News for one person who has something to do about it. */
export function news(about: About, statement: Statement, userId: string, scenery: Scenery): Message {
  const { named, language, roster, crisis } = scenery;
  const w = words(language);
  const { number, current } = statement;
  const title = escapeMrkdwn(current.title);
  const act = (what: string, label: string) =>
    actions(
      button(label, {
        id: 'statements.more',
        value: moreOf(what, statement),
        style: 'primary',
        spoken: w.card.spoken(label, number, current.number),
      }),
    );
  if (about === 'approved')
    return message(
      w.told.approvedText(number),
      speaksForUs(roster, crisis, userId)
        ? [section(w.told.approved(number, title, current.number)), act('publish', w.card.publish)]
        : [section(w.told.approvedWait(number, title, current.number))],
    );
  if (about === 'overdue')
    return message(w.told.overdueText(number), [
      ...sections(w.told.overdue(number, title, waitsText(statement, roster, crisis, { language, named }) || '–')),
    ]);
  const verdict = statement.verdicts.find((v) => v.versionNumber === current.number && v.verdict === about);
  const who = verdict ? escapeMrkdwn(named(verdict.userId)) : '–';
  const rejected = about === 'rejected';
  return message(rejected ? w.told.rejectedText(number) : w.told.changesText(number), [
    section(
      rejected
        ? w.told.rejected(who, number, title, current.number)
        : w.told.changes(who, number, title, current.number),
    ),
    ...paragraphs(verdict?.reason ?? ''),
    context(w.told.next),
    act('edit', w.card.edit),
  ]);
}

const mostShown = 20;

export function statementList(statements: readonly Statement[], scenery: Scenery, now: Date): Message {
  const { crisis, roster, named, language } = scenery;
  const w = words(language).list;
  const value = JSON.stringify({ crisisId: crisis.id });
  const start = startWords(language).list;
  const draft = actions(
    button(w.draft, { id: 'statements.open_draft', value, style: 'primary' }),
    button(start.template, { id: 'statements.templates', value }),
    button(start.reply, { id: 'statements.open_reply', value }),
    button(start.map, { id: 'statements.open_map', value }),
  );
  if (statements.length === 0) return message(w.none, [section(w.none), draft]);
  const line = (s: Statement) =>
    section(
      statementLine(s, roster, crisis, { language, named, now }),
      button(w.show, {
        id: 'statements.more',
        value: moreOf('show', s),
        spoken: words(language).card.spoken(w.show, s.number, s.current.number),
      }),
    );
  const shown = firstPage(statements, mostShown, (s) => textLength(line(s)));
  const text = shown.map((s) => `${s.number}. ${s.current.title} (${statusName(s.status, language)})`).join(', ');
  return message(`${w.title}: ${text}`, [
    section(`*${w.title}*`),
    ...shown.map(line),
    ...(statements.length > shown.length ? [context(w.more(statements.length - shown.length))] : []),
    draft,
  ]);
}
