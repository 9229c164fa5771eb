import { levels } from '../core/levels.ts';
import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Slices } from '../core/slices.ts';
import { duration } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel, levelName, nameOf } from '../crises/text.ts';
import { context, header, type KnownBlock, type Message, message, section } from '../slack/blocks.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import { untoldText } from '../stakeholders/lines.ts';
import { shortHash } from '../statements/wording.ts';
import type { ChainedEntry } from '../timeline/chain.ts';
import { entryText, inStoryOrder } from '../timeline/export.ts';
import { storyMessages } from '../timeline/lines.ts';
import type { Content } from './content.ts';
import { ranked } from './rules.ts';
import { words } from './text.ts';

/** One screen on a phone (discipline G1: at most 15 lines, about 1,200 characters); the rest is in the thread. */
const mostChanges = 3;
const mostItems = 2;
const titleLength = 45;
const changeLength = 120;
const situationLength = 160;
const nameLength = 25;

type DigestShown = { number: number; at: Date; level: Crisis['level']; content: Content };
/** What a digest is drawn from. */
type DigestInput = {
  crisis: Crisis;
  digest: DigestShown;
  entries: readonly ChainedEntry[];
  kindOf: Slices['kindOf'];
  reader: Reader;
};

/** A digest in its fixed order: what is needed, what changed, the situation, our words, tasks, silence. */
export function digestMessage(input: DigestInput): Message {
  const { crisis, digest, reader } = input;
  const w = words(reader.language);
  const parts: (string | null)[] = [
    needed(input),
    changes(input),
    situation(input),
    outgoing(input),
    tasksPart(input),
    silence(input),
    untold(input),
  ];
  const blocks: KnownBlock[] = [
    header(w.title(digest.number, nameOf(crisis))),
    context(`${level(input)} · ${next(input)}`),
    ...parts.filter((part) => part !== null).map((part) => section(part)),
  ];
  return message(w.text(digest.number, nameOf(crisis), levelName(digest.level, reader.language)), blocks);
}

/** The most important first, without the fingerprints of statements: those are for the files. */
const toldOf = ({ entries, kindOf }: DigestInput): ChainedEntry[] =>
  ranked(entries, kindOf).map((entry) => {
    const { hash } = entry.data;
    if (typeof hash !== 'string') return entry;
    const without = (text: string) => text.replace(` (${shortHash(hash)})`, '');
    return { ...entry, textEn: without(entry.textEn), textFr: without(entry.textFr) };
  });

/** What did not fit, for the thread; nothing when everything did. */
export function digestDetails(input: DigestInput): Message[] {
  const { digest, reader } = input;
  const told = toldOf(input);
  const isWhole = told.length <= mostChanges && told.every((e) => entryText(e, reader.language).length <= changeLength);
  if (isWhole) return [];
  return storyMessages(told, reader, () => words(reader.language).detailsTitle(digest.number));
}

export function quietMessage({ digest, crisis, reader }: Omit<DigestInput, 'entries' | 'kindOf'>): Message {
  const w = words(reader.language);
  const text = w.quiet(
    digest.content.previousNumber ?? 0,
    digest.content.nextAt ? timeOf(digest.content.nextAt, crisis, reader.language) : '–',
  );
  return message(w.quietText, [context(text)]);
}

const timeOf = (iso: string, crisis: Crisis, language: Language) =>
  slackTime(new Date(iso), crisis.timeZone, language, 'day_time');

function level({ digest, reader }: DigestInput): string {
  const { previousLevel } = digest.content;
  const now = levelLabel(digest.level, reader.language);
  if (!previousLevel || previousLevel === digest.level) return `${now} →`;
  const arrow = levels.indexOf(digest.level) > levels.indexOf(previousLevel) ? '⬆' : '⬇';
  return words(reader.language).levelMoved(now, arrow, levelName(previousLevel, reader.language));
}

function next({ crisis, digest, reader }: DigestInput): string {
  const w = words(reader.language);
  return digest.content.nextAt ? w.next(timeOf(digest.content.nextAt, crisis, reader.language)) : w.nextOff;
}

const title = (text: string) => escapeMrkdwn(clip(text, titleLength));
const bullets = (heading: string, lines: readonly string[], beside?: string): string =>
  [`*${heading}*${beside ? ` · ${beside}` : ''}`, ...lines.map((line) => `• ${line}`)].join('\n');

function needed({ digest, reader }: DigestInput): string | null {
  const w = words(reader.language);
  const { approved, blocked } = digest.content.facts;
  const lines = [
    ...approved.map((s) => w.toPublish(s.number, title(s.title))),
    ...blocked.map((t) => w.blocked(t.number, title(t.title), who(t, reader), reason(t.reason, reader))),
  ];
  return lines.length > 0 ? bullets(w.needed, few(lines, w.others)) : null;
}

function who({ assigneeId, department }: DigestInput['digest']['content']['facts']['blocked'][number], reader: Reader) {
  if (assigneeId) return escapeMrkdwn(reader.named(assigneeId));
  return department ? escapeMrkdwn(reader.department(department)) : words(reader.language).nobody;
}
const reason = (text: string | null, reader: Reader) =>
  text ? mrkdwnOf(clip(text, titleLength * 2), reader.named) : words(reader.language).noReason;

/** The first ones; how many more there are stands behind the last. */
function few(lines: readonly string[], others: (count: number) => string): string[] {
  const more = lines.length - mostItems;
  if (more <= 0) return [...lines];
  return lines.slice(0, mostItems).map((line, i) => (i === mostItems - 1 ? `${line} ${others(more)}` : line));
}

function changes(input: DigestInput): string {
  const { digest, reader } = input;
  const w = words(reader.language);
  const { previousNumber } = digest.content;
  const told = toldOf(input);
  const heading = previousNumber === null ? w.changedFirst : w.changedSince(previousNumber);
  if (told.length === 0) return previousNumber === null ? w.nothingYet : w.nothingNew(previousNumber);
  const shown = inStoryOrder(told.slice(0, mostChanges)).map((entry) => {
    const text = clip(entryText(entry, reader.language).replaceAll('\n', ' · '), changeLength);
    const time = slackTime(entry.occurredAt, reader.timeZone, reader.language, 'time');
    return `${time} ${mrkdwnOf(text, reader.named)}`;
  });
  const more = told.length - shown.length;
  return bullets(more > 0 ? `${heading} ${w.andMore(more)}` : heading, shown);
}

/** Confirmed facts only; until there is one, what was said at the declaration, named as that. */
function situation({ digest, reader }: DigestInput): string | null {
  const { confirmed } = digest.content.facts;
  if (confirmed.count > 0) {
    const w = words(reader.language);
    const texts = confirmed.texts.map((text) =>
      mrkdwnOf(clip(text.replace(/\s+/gu, ' '), situationLength / 2), reader.named),
    );
    const more = confirmed.count - texts.length;
    return `*${w.confirmed}* · ${texts.join(' · ')}${more > 0 ? ` ${w.others(more)}` : ''}`;
  }
  const [first = ''] = digest.content.summary.split(/(?<=[.!?…])\s|\n/);
  if (!first.trim()) return null;
  return `*${words(reader.language).situation}* · ${mrkdwnOf(clip(first.trim(), situationLength), reader.named)}`;
}

/** How long the first words took, or how long they have been waited for where the level sets a limit. */
function firstWords({ crisis, digest, reader }: DigestInput): string[] {
  const w = words(reader.language);
  const { afterMs = null, limitMs = null } = digest.content.facts.firstWords ?? {};
  if (afterMs !== null) return [w.firstWords(duration(afterMs, reader.language))];
  if (limitMs === null) return [];
  const since = digest.at.getTime() - crisis.declaredAt.getTime();
  const said = w.waited(duration(since, reader.language), duration(limitMs, reader.language));
  return [since >= limitMs ? `🔴 ${said}` : said];
}

function outgoing(input: DigestInput): string | null {
  const { digest, reader } = input;
  const w = words(reader.language);
  const { facts } = digest.content;
  const { lastPublished: last, inReview, drafts } = facts;
  const age = last ? duration(digest.at.getTime() - new Date(last.at).getTime(), reader.language) : '';
  const waiting = inReview.map((s) =>
    w.waiting(
      s.number,
      title(s.title),
      escapeMrkdwn(
        list(
          reader.language,
          s.waitingOn.map((d) => seat(d, reader)),
        ),
      ),
    ),
  );
  const published = last ? w.published(last.number, title(last.title), age) : w.nothingPublished;
  return bullets(
    w.outgoing,
    few(waiting, w.others),
    [published, ...firstWords(input), ...(drafts > 0 ? [w.drafts(drafts)] : [])].join(', '),
  );
}

const seat = ({ key, name }: { key: string; name: string | null }, { language, department }: Reader) =>
  key === 'lead' ? words(language).lead : (name ?? department(key));

function tasksPart({ digest, reader }: DigestInput): string | null {
  const w = words(reader.language);
  const { openTasks, doneTasks, overdue, dueSoon } = digest.content.facts;
  if (openTasks + doneTasks === 0) return null;
  const items = (some: typeof overdue) =>
    few(
      some.map((t) => w.taskItem(t.number, title(t.title), who(t, reader))),
      w.others,
    ).join(', ');
  const lines = [
    ...(overdue.length > 0 ? [w.overdue(items(overdue))] : []),
    ...(dueSoon.length > 0 ? [w.dueSoon(items(dueSoon))] : []),
  ];
  return bullets(w.tasks, lines, w.taskCount(openTasks, doneTasks));
}

function silence({ digest, reader }: DigestInput): string | null {
  const { unanswered } = digest.content.facts;
  if (unanswered.length === 0) return null;
  const names = list(
    reader.language,
    unanswered.map((d) => seat(d, reader)),
  );
  return `*${words(reader.language).callouts}* · ${escapeMrkdwn(names)}`;
}

function untold({ digest, reader }: DigestInput): string | null {
  const { names, count } = digest.content.facts.untold;
  const text = untoldText({ names: names.map((name) => clip(name, nameLength)), count }, reader.language);
  return text ? `*${words(reader.language).untold}* · ${text}` : null;
}
