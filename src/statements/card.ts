import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { audienceName, kindName } from '../core/statement-kinds.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf } from '../crises/text.ts';
import {
  actions,
  context,
  divider,
  expanded,
  type KnownBlock,
  type Message,
  message,
  paragraphs,
  section,
} from '../slack/blocks.ts';
import { clip, limits, splitText } from '../slack/limits.ts';
import { rowBlocks } from '../slack/list.ts';
import { channelLink, escapeMrkdwn, slackTime, wideGap } from '../slack/mrkdwn.ts';
import { type Act, approveVersion, askChanges, more, rejectVersion, submitVersion, to, versionOf } from './buttons.ts';
import { checkLine } from './check/lines.ts';
import { words as checkWords } from './check/text.ts';
import { entryWords } from './entry-text.ts';
import { type Props, placeOf, who } from './lines.ts';
import { languageName, seatName, statusLabel, statusName } from './names.ts';
import { seatsToWaive } from './seats.ts';
import type { Check } from './snapshot.ts';
import { blankKeys } from './start/blanks.ts';
import { openDraftBlanks } from './start/forms.ts';
import { words as startWords } from './start/text.ts';
import { approvalOf, requiredNow, type Statement, type Verdict, type Version, waitingOn } from './statement.ts';
import { words } from './text.ts';
import { shortHash } from './wording.ts';

/** The first message holds the card too: verdicts, and reasons of up to 3,000 characters. */
const firstPart = 3_000;
const nextParts = limits.messageBlocksText - 500;

/** The body over as many messages as it takes: joined, they are the body. */
export function bodyParts(body: string): [string, ...string[]] {
  const [first = ''] = splitText(body, firstPart);
  const rest = body.slice(first.length);
  return rest ? [first, ...splitText(rest, nextParts)] : [first];
}

/** Exactly as written, and never folded. */
export const wholeText = (text: string): KnownBlock[] => paragraphs(text).map((block) => ({ ...block, expand: true }));

export type CardProps = Props & { check: Check };

/**
 * The card of the wording that stands. `alone`: shown to one person, whom the rest of a long text reaches outside of a
 * thread; `whyNot`: why they cannot do what comes next.
 */
export function card(statement: Statement, props: CardProps, alone: { whyNot: string | null } | null = null): Message {
  const { language } = props.reader;
  const w = words(language).card;
  const { number, current, status } = statement;
  const text =
    status === 'in_review'
      ? w.asked(number, current.title)
      : w.text(number, current.title, statusName(status, language));
  const parts = bodyParts(current.body).length;
  const whyNot = alone?.whyNot ?? null;
  return message(text, [
    ...cardHead(statement, props.reader),
    divider(),
    ...wholeText(bodyParts(current.body)[0]),
    ...(parts > 1 ? [context(alone ? w.continuesBelow(parts) : w.continues(parts))] : []),
    divider(),
    ...stateBlocks(statement, props),
    ...(whyNot ? [context(escapeMrkdwn(whyNot))] : []),
    ...(props.crisis.status === 'closed' ? [] : buttons(statement, props, whyNot !== null)),
  ]);
}

/** What it is, how it stands, and which wording. */
export function cardHead({ number, current, status }: Statement, { named, language, timeZone }: Reader): KnownBlock[] {
  const w = words(language).card;
  const { kind, audience, title } = current;
  const at = slackTime(current.createdAt, timeZone, language, 'time');
  const author = escapeMrkdwn(named(current.authorId));
  const head = w.head(
    number,
    escapeMrkdwn(title),
    statusLabel(status, language),
    current.number,
    shortHash(current.hash),
  );
  const written = languageName(current.language, language);
  const facts = w.facts(kindName(kind, language), audienceName(audience, language), written, author, at);
  return [expanded(`${head}\n${facts}`)];
}

/** What a long text's later messages look like; empty when the card holds it all. */
export function continuations({ number, current }: Statement, language: Language): Message[] {
  const [, ...rest] = bodyParts(current.body);
  return rest.map((part, i) => {
    const title = words(language).card.part(number, current.number, shortHash(current.hash), i + 2, rest.length + 1);
    return message(title, [context(title), ...wholeText(part)]);
  });
}

/** In place of a part that the text has no more. */
export const partOver = (language: Language): Message => {
  const text = words(language).card.partOver;
  return message(text, [context(text)]);
};

/** In place of an older card: nobody must copy its text. */
export function movedCard({ number, current, status }: Statement, language: Language): Message {
  const w = words(language).card;
  const line = status === 'draft' ? w.listed : w.moved;
  return message(w.movedText(number), [context(line(number, escapeMrkdwn(current.title)))]);
}

/** In place of what an earlier version of the product sent one person. */
export function movedNote(crisis: Crisis, language: Language): Message {
  const { channelId } = crisis;
  const w = words(language).moved;
  return message(w.text, [context(w.line(channelId ? channelLink(channelId) : escapeMrkdwn(nameOf(crisis))))]);
}

/** Who has decided and who is waited for, what comes next, and the check. */
function stateBlocks(statement: Statement, props: CardProps): KnownBlock[] {
  const { named, language, timeZone } = props.reader;
  const w = words(language).card;
  const { status, current } = statement;
  const time = (at: Date | null) => (at ? slackTime(at, timeZone, language) : '–');
  const name = (id: string | null) => (id ? escapeMrkdwn(named(id)) : '–');
  const place = placeOf(statement);
  const isWithdrawn = status === 'withdrawn';
  const lines = [...(isWithdrawn ? [] : seatLines(statement, props))];
  if (status === 'draft') lines.push(hasBlanks(current) ? w.draftBlanks : w.draftNext);
  if (status === 'in_review' && statement.overdueAt) lines.push(w.overdue);
  else if (status === 'in_review' && statement.relayedAt) lines.push(w.relayed);
  if (status === 'approved') lines.push(w.approvedNext(time(statement.approvedAt)));
  if (status === 'published') lines.push(w.published(name(statement.publishedBy), time(statement.publishedAt), place));
  const against = statement.verdicts.filter((v) => isCurrent(statement, v) && v.verdict !== 'approved');
  if (isWithdrawn)
    return [
      ...rowBlocks({ text: w.withdrawn(name(statement.withdrawnBy), time(statement.withdrawnAt)), label: '' }),
      ...paragraphs(statement.withdrawnReason ?? ''),
      ...(place ? [section(w.takeDown(place))] : []),
    ];
  const see = moreButton('check', w.see, statement, language, { suffix: 'check' });
  const dueAt = status === 'in_review' && !statement.overdueAt ? statement.dueAt : null;
  const due = dueAt ? [w.due(slackTime(dueAt, timeZone, language, 'time'))] : [];
  lines.push([...due, checkLine(statement, props.check, language)].join(' · '));
  return [
    ...turnedDown(against, props),
    ...(status === 'changes_requested' || status === 'rejected' ? [section(w.changeNext)] : []),
    ...rowBlocks({ text: lines.join('\n'), label: '', ...(props.crisis.status === 'open' ? { accessory: see } : {}) }),
  ];
}

/** Each seat with who approved or who is waited for, two to a line; below, what needs saying of one. */
export function seatLines(statement: Statement, { crisis, roster, reader }: Props): string[] {
  const { named, language, timeZone } = reader;
  const w = words(language);
  const waiting = waitingOn(statement, roster, crisis);
  const since = slackTime(statement.submittedAt ?? statement.createdAt, timeZone, language, 'time');
  const seats: string[] = [];
  const notes: string[] = [];
  for (const seat of requiredNow(statement, crisis)) {
    const given = approvalOf(statement, seat);
    const seatSaid = escapeMrkdwn(seatName(seat, reader));
    const open = waiting.find((a) => a.seat === seat);
    if (given) {
      const said = escapeMrkdwn(entryWords(language).forSeat(seatName(seat, reader), given.capacity));
      const at = slackTime(given.decidedAt, timeZone, language, 'time');
      seats.push(w.card.given(said, escapeMrkdwn(named(given.userId)), at));
    } else if (open && open.people.length + open.deputies.length === 0) notes.push(w.card.waitingNobody(seatSaid));
    else if (open) {
      seats.push(w.card.waiting(seatSaid, who(open, statement.relayedAt !== null, reader), since));
      if (open.standIn)
        notes.push(`_${entryWords(language).standIn(seatSaid, open.standIn.by, open.standIn.because)}_`);
    }
    for (const { by, reason } of (statement.seats?.waivers ?? []).filter((waiver) => waiver.seat === seat))
      notes.push(w.card.waived(seatSaid, escapeMrkdwn(named(by)), escapeMrkdwn(clip(reason, 300))));
  }
  const voided = fallenApprovals(statement, statement.current.number - 1, reader);
  const pairs = seats.flatMap((_, i) => (i % 2 === 0 ? [seats.slice(i, i + 2).join(wideGap)] : []));
  return [...(voided ? [w.card.voided(voided)] : []), ...pairs, ...notes];
}

const isCurrent = ({ current }: Statement, v: Verdict) => v.versionNumber === current.number;

/** `Legal (Helen Park), Marketing (Tom Becker)`: who had approved an earlier version. */
export function fallenApprovals({ verdicts }: Statement, version: number, reader: Reader): string {
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

export const moreButton = (
  act: Act,
  label: string,
  statement: Statement,
  language: Language,
  look: { suffix?: string; style?: 'primary' } = {},
) => more.draw(label, to(act, statement), { spoken: spoken(label, statement, language), ...look });

/** Beside *See*, three at most: what comes next, once, in green; the rest under ⋯. */
export function buttons(statement: Statement, props: Props, isBarred: boolean): KnownBlock[] {
  const { language } = props.reader;
  const w = words(language).card;
  const { current, status } = statement;
  const main = (act: Act, label: string, style?: 'primary') =>
    moreButton(act, label, statement, language, { suffix: 'main', ...(style ? { style } : {}) });
  const first = {
    draft: () => [nextOfDraft(statement, language), main('edit', w.edit)],
    in_review: () => (isBarred ? [] : verdictButtons(statement, language).slice(0, 2)),
    changes_requested: () => [main('edit', w.edit, 'primary')],
    rejected: () => [main('edit', w.edit, 'primary')],
    approved: () => (isBarred ? [] : [main('publish', w.publish, 'primary')]),
    published: () => [],
    withdrawn: () => [],
  }[status]();
  const stands = status !== 'withdrawn';
  const isStuck = seatsToWaive(statement, props).length > 0;
  const offered: [isOffered: boolean, act: Act, label: string][] = [
    [isStuck, 'waive', w.waive],
    [status === 'in_review' || status === 'approved', 'edit', w.edit],
    [status === 'in_review', 'reject', w.reject],
    [current.number > 1, 'diff', w.differences],
    [stands, 'withdraw', w.withdraw],
    [stands, 'pair', checkWords(language).pair.menu],
  ];
  const others = offered
    .filter(([isOffered]) => isOffered)
    .map(([, act, label]) => ({ value: to(act, statement), label }))
    .slice(0, limits.overflowOptions);
  const all = [...first, ...(others.length > 0 ? [more.menu(others)] : [])];
  return all.length > 0 ? [actions(...all)] : [];
}

const hasBlanks = (version: Version) => blankKeys(version).length > 0;

/** Where blanks are left, filling them comes before submitting. */
function nextOfDraft(statement: Statement, language: Language) {
  const submit = words(language).card.submit;
  const fill = startWords(language).fill.open;
  return hasBlanks(statement.current)
    ? openDraftBlanks.draw(fill, { s: statement.id }, { style: 'primary', spoken: spoken(fill, statement, language) })
    : submitVersion.draw(submit, versionOf(statement), {
        style: 'primary',
        spoken: spoken(submit, statement, language),
      });
}

/** Each for the version whose number and hash it carries. */
export function verdictButtons(statement: Statement, language: Language) {
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
