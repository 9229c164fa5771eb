import { list } from '../core/locale.ts';
import {
  actions,
  context,
  divider,
  type KnownBlock,
  type ModalView,
  modal,
  section,
  sections,
} from '../slack/blocks.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import {
  buttons,
  type CardProps,
  cardHead,
  fallenApprovals,
  moreButton,
  seatLines,
  verdictButtons,
  wholeText,
} from './card.ts';
import { forLegal, legalOf } from './check/answers.ts';
import { legalButton } from './check/forms.ts';
import { checkBlocks, shownExcerpt } from './check/lines.ts';
import { words as checkWords } from './check/text.ts';
import { difference, inShort } from './difference.ts';
import { entryWords } from './entry-text.ts';
import { changedText, differences } from './forms.ts';
import type { Props } from './lines.ts';
import { seatName } from './names.ts';
import { type Approvers, capacityOf } from './policy.ts';
import { approversNow, type Origin, type Statement, type Version, waitingOn } from './statement.ts';
import { words } from './text.ts';

export type Reading = {
  userId: string;
  channelId: string | null;
  /** What they compare with: the wording they judged, or the template that legal cleared. */
  before: Version | Origin | null;
  /** Said on top: what they had before them was an older wording. */
  warning: string | null;
  /** Why they cannot decide, or publish. */
  whyNot: string | null;
};

/**
 * One version, whole, with all that bears on it, and then what its reader may do: nobody approves what they have not had
 * before them.
 */
export function readForm(statement: Statement, props: CardProps, reading: Reading): ModalView {
  const { language } = props.reader;
  const w = words(language);
  const { userId, channelId, before, warning } = reading;
  const seats = seatLines(statement, props);
  return modal({
    id: 'statements.read',
    title: w.read.title,
    close: w.form.close,
    metadata: { statementId: statement.id, channelId },
    blocks: [
      ...(warning ? [section(`⚠️ ${escapeMrkdwn(warning)}`)] : []),
      ...whyYou(statement, userId, props),
      ...(before
        ? 'number' in before
          ? whatChanged(statement, before, props)
          : sinceCleared(statement, before, props)
        : []),
      ...cardHead(statement, props.reader),
      divider(),
      ...wholeText(statement.current.body),
      divider(),
      ...(seats.length > 0 ? sections(seats.join('\n')) : []),
      ...checkBlocks(statement, props.check, props),
      ...(props.crisis.status === 'open' ? decide(statement, props, reading) : []),
    ],
  });
}

const mineOf = (statement: Statement, userId: string, { roster, crisis }: Props): Approvers[] =>
  waitingOn(statement, roster, crisis).filter((a) => capacityOf(a, userId) !== null);

const agreesAsLegal = (statement: Statement, userId: string, props: CardProps): boolean =>
  statement.status === 'draft' &&
  forLegal(props.check.findings).length > 0 &&
  legalOf(statement, props).includes(userId);

/** For which seats their answer is asked, and why it is theirs to give; or what they answered. */
function whyYou(statement: Statement, userId: string, props: CardProps): KnownBlock[] {
  const { reader } = props;
  const { named, language, timeZone } = reader;
  const w = words(language).read;
  const mine = mineOf(statement, userId, props);
  if (mine.length > 0) {
    const seats = escapeMrkdwn(
      list(
        language,
        mine.map((a) => seatName(a.seat, reader)),
      ),
    );
    const isDeputy = mine.every((a) => a.people.length > 0 && !a.people.includes(userId));
    const by = escapeMrkdwn(named(statement.submittedBy ?? statement.current.authorId));
    return [section([w.asked(seats, by), ...(isDeputy ? [w.deputy(seats)] : [])].join('\n'))];
  }
  if (agreesAsLegal(statement, userId, props)) {
    const excerpts = forLegal(props.check.findings).map(
      ({ excerpt }) => `• ${checkWords(language).quote(shownExcerpt(excerpt))}`,
    );
    const { standIn } = approversNow(statement, 'legal', props.roster, props.crisis);
    const note = standIn
      ? [entryWords(language).standIn(escapeMrkdwn(seatName('legal', reader)), standIn.by, standIn.because)]
      : [];
    return sections([checkWords(language).legal.intro, ...excerpts, ...note].join('\n'));
  }
  const given = statement.verdicts.findLast((v) => v.userId === userId && v.versionNumber === statement.current.number);
  if (!given) return [];
  const answer = { approved: w.youApproved, changes_requested: w.youAskedChanges, rejected: w.youRejected };
  return [section(answer[given.verdict](slackTime(given.decidedAt, timeZone, language)))];
}

function decide(statement: Statement, props: CardProps, { userId, whyNot }: Reading): KnownBlock[] {
  const { language } = props.reader;
  const w = checkWords(language);
  if (mineOf(statement, userId, props).length > 0)
    return [actions(...verdictButtons(statement, language), ...differencesButton(statement, language))];
  if (agreesAsLegal(statement, userId, props))
    return [context(w.legal.otherwise), actions(legalButton(statement, language))];
  return [...(whyNot ? [context(escapeMrkdwn(whyNot))] : []), ...buttons(statement, props, whyNot !== null)];
}

const differencesButton = (statement: Statement, language: Props['reader']['language']) =>
  statement.current.number > 1
    ? [moreButton('diff', words(language).card.differences, statement, language, { suffix: 'diff' })]
    : [];

/** Beside the whole text, which follows: the changes alone. */
const longestDifferences = 1_500;

function whatChanged(statement: Statement, before: Version, props: Props): KnownBlock[] {
  const { language } = props.reader;
  const w = words(language).read;
  const fallen = fallenApprovals(statement, before.number, props.reader);
  const { pieces, isWhole } = inShort(difference(before.body, statement.current.body), longestDifferences);
  return [
    section(fallen ? w.fallen(before.number, fallen) : w.changed(before.number)),
    ...differences(before, statement.current, language, pieces),
    context(isWhole ? w.textFollows : w.moreDifferences),
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
    ...(isWhole ? [context(words(language).read.textFollows)] : []),
  ];
}

/**
 * The version that somebody compares with: the one they judged last, else the last that anybody had approved, else the
 * one before.
 */
export function comparedVersion({ current, verdicts }: Statement, userId: string): number | null {
  if (current.number === 1) return null;
  const earlier = verdicts.filter((v) => v.versionNumber < current.number);
  const last = (of: typeof verdicts) => Math.max(...of.map((v) => v.versionNumber), 0);
  return (
    last(earlier.filter((v) => v.userId === userId)) ||
    last(earlier.filter((v) => v.verdict === 'approved')) ||
    current.number - 1
  );
}
