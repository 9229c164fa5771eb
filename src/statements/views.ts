import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { audienceName, kindName } from '../core/statement-kinds.ts';
import { nameOf } from '../crises/text.ts';
import {
  actions,
  context,
  divider,
  header,
  type KnownBlock,
  linkButton,
  type Message,
  message,
  paragraphs,
  section,
  sections,
  textLength,
} from '../slack/blocks.ts';
import { firstPage, limits, splitText } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, mention, slackTime } from '../slack/mrkdwn.ts';
import { type Act, approveVersion, askChanges, more, rejectVersion, submitVersion, to, versionOf } from './buttons.ts';
import { checkBlocks } from './check/lines.ts';
import { words as checkWords } from './check/text.ts';
import { difference, inShort } from './difference.ts';
import { openDraft } from './draft/forms.ts';
import { entryWords } from './entry-text.ts';
import { changedText, differences } from './forms.ts';
import { type Props, placeOf, statementLine, waitsText } from './lines.ts';
import { languageName, seatName, statusLabel, statusName } from './names.ts';
import type { About } from './orders.ts';
import { type Approvers, capacityOf } from './policy.ts';
import { type RosterChange, seatsToWaive } from './seats.ts';
import { blankKeys } from './start/blanks.ts';
import { openDraftBlanks, openMap, openReply, openTemplates } from './start/forms.ts';
import { words as startWords } from './start/text.ts';
import {
  approvalOf,
  type Origin,
  requiredNow,
  type Statement,
  speaksForUs,
  type Verdict,
  type Version,
  waitingOn,
} from './statement.ts';
import { words } from './text.ts';
import { shortHash } from './wording.ts';

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
export function card(statement: Statement, props: Props, below = false): Message {
  const { language } = props.reader;
  const w = words(language).card;
  const { number, current, status } = statement;
  const text =
    status === 'in_review'
      ? w.asked(number, current.title)
      : w.text(number, current.title, statusName(status, language));
  const above = [
    header(w.title(number, current.title)),
    ...facts(statement, props),
    ...bodyBlocks(current, language, below),
    divider(),
  ];
  const under = [
    ...state(statement, props),
    ...buttons(statement, language, seatsToWaive(statement, props).length > 0),
  ];
  return message(text, withCheck(above, checked(statement, props), under));
}

/** What is said of the text gives way to the text and to what people decided about it: the check is one press away. */
function withCheck(above: KnownBlock[], check: KnownBlock[], under: KnownBlock[]): KnownBlock[] {
  const whole = [...above, ...check, ...under];
  return textLength(whole) > limits.messageBlocksText ? [...above, ...under] : whole;
}

const checked = (statement: Statement, props: Props): KnownBlock[] =>
  props.check && statement.status !== 'withdrawn' ? checkBlocks(statement, props.check, props) : [];

function facts({ status, current }: Statement, { reader: { named, language, timeZone } }: Props): KnownBlock[] {
  const w = words(language).card;
  const { kind, audience } = current;
  const at = slackTime(current.createdAt, timeZone, language);
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
export function superseded(number: number, old: Version, next: Version, { named, language }: Reader): Message {
  const w = words(language).card;
  return message(w.supersededText(number, old.number), [
    section(
      `~${escapeMrkdwn(old.title)}~\n${w.superseded(number, escapeMrkdwn(old.title), old.number, escapeMrkdwn(named(next.authorId)), next.number)}`,
    ),
  ]);
}

function state(statement: Statement, props: Props): KnownBlock[] {
  const { named, language, timeZone } = props.reader;
  const w = words(language).card;
  const time = (at: Date | null) => (at ? slackTime(at, timeZone, language) : '–');
  const name = (id: string | null) => (id ? escapeMrkdwn(named(id)) : '–');
  const voided = voidedApprovals(statement, props);
  const place = placeOf(statement);
  const lines = [...(voided ? [w.voided(voided)] : []), ...approvalLines(statement, props)];
  const isWithdrawn = statement.status === 'withdrawn';
  const against = isWithdrawn
    ? []
    : statement.verdicts.filter((v) => isCurrent(statement, v) && v.verdict !== 'approved');
  const { status } = statement;
  if (status === 'draft') lines.push(hasBlanks(statement.current) ? w.draftBlanks : w.draftNext);
  if (status === 'in_review' && statement.overdueAt) lines.push(w.overdue);
  else if (status === 'in_review' && statement.relayedAt) lines.push(w.relayed);
  if (status === 'in_review' && statement.dueAt && !statement.overdueAt)
    lines.push(w.due(slackTime(statement.dueAt, timeZone, language, 'time')));
  if (status === 'approved') lines.push(w.approvedNext(time(statement.approvedAt)));
  if (status === 'published') lines.push(w.published(name(statement.publishedBy), time(statement.publishedAt), place));
  const next =
    statement.status === 'changes_requested' || statement.status === 'rejected' ? [section(w.changeNext)] : [];
  return [
    ...(lines.length > 0 ? sections(lines.join('\n')) : []),
    ...turnedDown(against, props),
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
function approvalLines(statement: Statement, { crisis, roster, reader }: Props): string[] {
  const { named, language, timeZone } = reader;
  const w = words(language);
  const waiting = waitingOn(statement, roster, crisis);
  const since = slackTime(statement.submittedAt ?? statement.createdAt, timeZone, language, 'time');
  return requiredNow(statement, crisis).flatMap((seat) => {
    const given = approvalOf(statement, seat);
    const seatSaid = escapeMrkdwn(seatName(seat, reader));
    const waived = (statement.seats?.waivers ?? [])
      .filter((waiver) => waiver.seat === seat)
      .map(({ by, reason }) => w.card.waived(seatSaid, escapeMrkdwn(named(by)), escapeMrkdwn(reason)));
    if (given) {
      const said = entryWords(language).forSeat(seatName(seat, reader), given.capacity);
      return [
        w.card.given(
          escapeMrkdwn(said),
          escapeMrkdwn(named(given.userId)),
          slackTime(given.decidedAt, timeZone, language, 'time'),
        ),
        ...waived,
      ];
    }
    const open = waiting.find((a) => a.seat === seat);
    if (!open) return [];
    if (open.people.length + open.deputies.length === 0) return [w.card.waitingNobody(seatSaid), ...waived];
    const note = open.standIn
      ? ` _${entryWords(language).standIn(seatSaid, open.standIn.by, open.standIn.because)}_`
      : '';
    return [`${w.card.waiting(seatSaid, whoToMention(open, statement, language), since)}.${note}`, ...waived];
  });
}

function whoToMention({ people, deputies }: Approvers, { relayedAt }: Statement, language: Language): string {
  const ids = people.length === 0 ? deputies : relayedAt ? [...people, ...deputies] : people;
  return ids.length > mostMentions ? words(language).someone : list(language, ids.map(mention));
}

const isCurrent = ({ current }: Statement, v: Verdict) => v.versionNumber === current.number && v.voidedAt === null;

const voidedApprovals = (statement: Statement, props: Props): string =>
  fallenApprovals(statement, statement.current.number - 1, props);

/** `Legal (Helen Park), Marketing (Tom Becker)`: who had approved an earlier version. */
function fallenApprovals({ verdicts }: Statement, version: number, { reader }: Props): string {
  const lost = verdicts.filter((v) => v.versionNumber === version && v.verdict === 'approved');
  const givers = [...new Set(lost.map((v) => v.userId))];
  return givers
    .map((userId) => {
      const seats = lost.filter((v) => v.userId === userId).map((v) => seatName(v.department, reader));
      return `${escapeMrkdwn(list(reader.language, seats))} (${escapeMrkdwn(reader.named(userId))})`;
    })
    .join(', ');
}

/** One person may stand for several seats: the reason is shown once. */
function turnedDown(against: readonly Verdict[], { reader }: Props): KnownBlock[] {
  const [first] = against;
  if (!first) return [];
  const { named, language, timeZone } = reader;
  const w = words(language);
  const seats = against.map((v) => entryWords(language).forSeat(seatName(v.department, reader), v.capacity)).join(', ');
  const at = slackTime(first.decidedAt, timeZone, language);
  const said = statusLabel(first.verdict === 'rejected' ? 'rejected' : 'changes_requested', language);
  return [
    section(w.card.turnedDown(said, escapeMrkdwn(named(first.userId)), escapeMrkdwn(seats), at)),
    ...paragraphs(first.reason ?? ''),
  ];
}

const spoken = (label: string, { number, current }: Statement, language: Language): string =>
  words(language).card.spoken(label.replace('…', ''), number, current.number);

const moreButton = (
  act: Act,
  label: string,
  statement: Statement,
  language: Language,
  look: { suffix?: string; style?: 'primary' } = {},
) => more.draw(label, to(act, statement), { spoken: spoken(label, statement, language), ...look });

function buttons(statement: Statement, language: Language, isStuck: boolean): KnownBlock[] {
  const w = words(language).card;
  const check = checkWords(language);
  const { current, status } = statement;
  const main = (act: Act, label: string, style?: 'primary') =>
    moreButton(act, label, statement, language, { suffix: 'main', ...(style ? { style } : {}) });
  const first = {
    draft: () => [
      ...draftButtons(statement, language),
      main('edit', w.edit),
      more.draw(check.check, to('check', statement), {
        suffix: 'check',
        spoken: spoken(check.title, statement, language),
      }),
    ],
    in_review: () => verdictButtons(statement, language),
    changes_requested: () => [main('edit', w.edit, 'primary')],
    rejected: () => [main('edit', w.edit, 'primary')],
    approved: () => [main('publish', w.publish, 'primary')],
    published: () => [],
    withdrawn: () => [],
  }[status]();
  const stands = status !== 'withdrawn';
  const offered: [isOffered: boolean, act: Act, label: string][] = [
    [isStuck, 'waive', w.waive],
    [current.number > 1, 'diff', w.differences],
    [status === 'in_review' || status === 'approved', 'edit', w.edit],
    [stands && status !== 'draft', 'check', check.check],
    [stands, 'pair', check.pair.menu],
    [stands, 'withdraw', w.withdraw],
  ];
  const others = offered.flatMap(([isOffered, act, label]) => (isOffered ? [{ act, label }] : []));
  const [only] = others;
  const rest =
    others.length > 1
      ? [more.menu(others.map(({ act, label }) => ({ value: to(act, statement), label })))]
      : only
        ? [moreButton(only.act, only.label, statement, language)]
        : [];
  return first.length + rest.length > 0 ? [actions(...first, ...rest)] : [];
}

const hasBlanks = (version: Version) => blankKeys(version).length > 0;

/** Where blanks are left, filling them comes before submitting. */
function draftButtons(statement: Statement, language: Language) {
  const submit = words(language).card.submit;
  const fill = startWords(language).fill.open;
  const open = hasBlanks(statement.current);
  return [
    ...(open
      ? [
          openDraftBlanks.draw(
            fill,
            { s: statement.id },
            { style: 'primary', spoken: spoken(fill, statement, language) },
          ),
        ]
      : []),
    submitVersion.draw(submit, versionOf(statement), {
      spoken: spoken(submit, statement, language),
      ...(open ? {} : { style: 'primary' }),
    }),
  ];
}

function verdictButtons(statement: Statement, language: Language) {
  const w = words(language).card;
  const { number, current } = statement;
  const value = versionOf(statement);
  const said = (label: string) => ({ spoken: spoken(label, statement, language) });
  return [
    approveVersion.draw(w.approve, value, {
      style: 'primary',
      ...said(w.approve),
      confirm: {
        title: w.confirmTitle(current.number),
        text: w.confirm(number, current.number, shortHash(current.hash)),
        yes: w.confirmYes,
        no: w.confirmNo,
      },
    }),
    askChanges.draw(w.changes, value, said(w.changes)),
    rejectVersion.draw(w.reject, value, said(w.reject)),
  ];
}

/** What one approver is sent: the whole text and the buttons while their answer is waited for, the outcome afterwards. */
export function asking(
  statement: Statement,
  userId: string,
  permalink: string | null,
  props: Props,
  before?: Version | Origin,
): Message {
  const { crisis, roster, reader } = props;
  const { named, language } = reader;
  const w = words(language);
  const { number, current } = statement;
  const mine = waitingOn(statement, roster, crisis).filter((a) => capacityOf(a, userId) !== null);
  if (mine.length === 0) return answered(statement, userId, props);
  const seats = escapeMrkdwn(
    list(
      language,
      mine.map((a) => seatName(a.seat, reader)),
    ),
  );
  const isRelay = mine.every((a) => a.people.length > 0 && !a.people.includes(userId));
  const room = crisis.channelId ? channelLink(crisis.channelId) : escapeMrkdwn(nameOf(crisis));
  const notes = mine.flatMap((a) =>
    a.standIn
      ? [entryWords(language).standIn(escapeMrkdwn(seatName(a.seat, reader)), a.standIn.by, a.standIn.because)]
      : [],
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
        ? whatChanged(statement, before, props)
        : sinceCleared(statement, before, props)
      : []),
    header(w.card.title(number, current.title)),
    ...facts(statement, props),
    ...bodyBlocks(current, language, false),
    divider(),
  ];
  const buttons = actions(
    ...verdictButtons(statement, language),
    ...(before && 'number' in before ? [more.draw(w.card.differences, to('diff', statement))] : []),
    ...(permalink ? [linkButton(w.ask.card, permalink, 'statements.link')] : []),
  );
  return message(w.card.asked(number, current.title), withCheck(above, checked(statement, props), [buttons]));
}

/** Beside the whole text, which follows: the changes alone. */
const longestDifferences = 1_500;

function whatChanged(statement: Statement, before: Version, props: Props): KnownBlock[] {
  const { language } = props.reader;
  const w = words(language);
  const fallen = fallenApprovals(statement, before.number, props);
  const { pieces, isWhole } = inShort(difference(before.body, statement.current.body), longestDifferences);
  return [
    section(fallen ? w.ask.fallen(before.number, fallen) : w.ask.changed(before.number)),
    ...differences(before, statement.current, language, pieces),
    context(isWhole ? w.ask.textFollows : w.ask.moreDifferences),
  ];
}

/** Legal cleared the template in peacetime: what stands in its blanks is what is to be checked. */
function sinceCleared(
  statement: Statement,
  origin: Origin,
  { reader: { named, language, timeZone } }: Props,
): KnownBlock[] {
  if (!origin.cleared) return [];
  const { pieces, isWhole } = inShort(difference(origin.body, statement.current.body), longestDifferences);
  const { by, until } = origin.cleared;
  const since = checkWords(language).since(escapeMrkdwn(named(by)), slackTime(until, timeZone, language));
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

function answered(statement: Statement, userId: string, { reader: { language, timeZone } }: Props): Message {
  const w = words(language);
  const { number, current, status } = statement;
  const mine = statement.verdicts.findLast((v) => isCurrent(statement, v) && v.userId === userId);
  const at = mine ? slackTime(mine.decidedAt, timeZone, language) : '';
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

/** News for one person who has something to do about it. */
export function news(about: About, statement: Statement, userId: string, props: Props): Message {
  const { roster, crisis, reader } = props;
  const { named, language } = reader;
  const w = words(language);
  const { number, current } = statement;
  const title = escapeMrkdwn(current.title);
  const act = (what: Act, label: string) => actions(moreButton(what, label, statement, language, { style: 'primary' }));
  if (about === 'approved')
    return message(
      w.told.approvedText(number),
      speaksForUs(roster, crisis, userId)
        ? [section(w.told.approved(number, title, current.number)), act('publish', w.card.publish)]
        : [section(w.told.approvedWait(number, title, current.number))],
    );
  if (about === 'stuck')
    return message(w.told.stuckText(number), [
      ...sections(
        w.told.stuck(
          number,
          title,
          list(
            language,
            seatsToWaive(statement, props).map((seat) => escapeMrkdwn(seatName(seat, reader))),
          ) || '–',
        ),
      ),
      act('waive', w.card.waive),
    ]);
  if (about === 'overdue')
    return message(w.told.overdueText(number), [
      ...sections(w.told.overdue(number, title, waitsText(statement, roster, crisis, reader) || '–')),
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

export const rosterNews = (
  { number, current }: Statement,
  by: string | null,
  changes: readonly RosterChange[],
  { named, language, ...reader }: Reader,
): Message => {
  const w = words(language).told;
  const names = { language, department: reader.department };
  const said = changes.map(
    (c) => `• ${entryWords(language).rosterOf(escapeMrkdwn(seatName(c.seat, names)), c.added, c.removed)}`,
  );
  const intro = w.roster(number, escapeMrkdwn(current.title), current.number, by ? escapeMrkdwn(named(by)) : '');
  return message(w.rosterText(number), [...sections([intro, ...said].join('\n')), section(w.rosterNote)]);
};

const mostShown = 20;

export function statementList(statements: readonly Statement[], { crisis, roster, reader }: Props): Message {
  const { language, now } = reader;
  const w = words(language).list;
  const start = startWords(language).list;
  const value = { crisisId: crisis.id };
  const begin = actions(
    openDraft.draw(w.draft, value, { style: 'primary' }),
    openTemplates.draw(start.template, value),
    openReply.draw(start.reply, value),
    openMap.draw(start.map, value),
  );
  if (statements.length === 0) return message(w.none, [section(w.none), begin]);
  const line = (s: Statement) =>
    section(statementLine(s, roster, crisis, reader, now), moreButton('show', w.show, s, language));
  const shown = firstPage(statements, mostShown, (s) => textLength(line(s)));
  const text = shown.map((s) => `${s.number}. ${s.current.title} (${statusName(s.status, language)})`).join(', ');
  return message(`${w.title}: ${text}`, [
    section(`*${w.title}*`),
    ...shown.map(line),
    ...(statements.length > shown.length ? [context(w.more(statements.length - shown.length))] : []),
    begin,
  ]);
}
