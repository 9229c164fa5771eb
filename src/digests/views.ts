import { levels } from '../core/levels.ts';
import { list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Slices } from '../core/slices.ts';
import { duration, HOUR } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel, levelName, nameOf } from '../crises/text.ts';
import { context, expanded, type Message, message, section } from '../slack/blocks.ts';
import { clipWords } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import { untoldText } from '../stakeholders/lines.ts';
import { shortHash } from '../statements/wording.ts';
import { type ChainedEntry, shortFingerprint } from '../timeline/chain.ts';
import { entryText, inStoryOrder } from '../timeline/export.ts';
import { words as timelineWords } from '../timeline/text.ts';
import type { Content } from './content.ts';
import { ranked } from './rules.ts';
import { words } from './text.ts';

/** At most ten lines with the first and the fingerprint; the rest is in the timeline and in the lists. */
const mostLines = 8;
const mostChanges = 3;
const mostItems = 2;
const mostNames = 3;
const titleLength = 50;
const changeLength = 120;

type DigestShown = { number: number; at: Date; level: Crisis['level']; content: Content; askedBy?: string | null };
/** What a digest is drawn from. */
type DigestInput = {
  crisis: Crisis;
  digest: DigestShown;
  entries: readonly ChainedEntry[];
  kindOf: Slices['kindOf'];
  reader: Reader;
};

/** A digest in its fixed order: what is needed, what changed, the situation, our words, tasks, who is waited for. */
export function digestMessage(input: DigestInput): Message {
  const { crisis, digest, reader } = input;
  const w = words(reader.language);
  const first = needed(input);
  const last = [...situation(input), ...outgoing(input), ...tasksLine(input), ...silence(input)];
  const lines = [...first, ...changes(input, mostLines - first.length - last.length - 1), ...last];
  return message(w.text(digest.number, nameOf(crisis), levelName(digest.level, reader.language)), [
    section([`*${w.title(digest.number)}*`, level(input), next(input)].join(' · ')),
    expanded(lines.join('\n')),
    ...fingerprint(input),
  ]);
}

/** Of the last entry that it tells of, its own: whoever keeps it can prove later that nothing up to here was cut or rewritten. */
function fingerprint({ entries, reader }: DigestInput) {
  const last = entries.at(-1);
  return last ? [context(timelineWords(reader.language).fingerprint(shortFingerprint(last.hash)))] : [];
}

/** Nothing where it has no parts. */
const line = (label: string, parts: readonly string[]): string[] =>
  parts.length > 0 ? [`*${label}*   ${parts.join(' · ')}`] : [];

/** The first ones; how many more there are stands behind the last. */
const few = (items: readonly string[], most = mostItems, count = items.length): string[] => {
  const shown = items.slice(0, most);
  return count > shown.length
    ? shown.map((item, i) => (i === shown.length - 1 ? `${item} (+${count - i - 1})` : item))
    : shown;
};

/** The most important first, without the fingerprints of statements: those are for the files. */
const toldOf = ({ entries, kindOf }: DigestInput): ChainedEntry[] =>
  ranked(entries.filter(isNews), kindOf).map((entry) => {
    const { hash } = entry.data;
    if (typeof hash !== 'string') return entry;
    const without = (text: string) => text.replace(` (${shortHash(hash)})`, '');
    return { ...entry, textEn: without(entry.textEn), textFr: without(entry.textFr) };
  });

/** The task that asks for a digest is closed by that very digest. */
const isNews = ({ kind, data }: ChainedEntry): boolean => kind !== 'task_done_by_act' || data['act'] !== 'digest';

function level({ digest, reader }: DigestInput): string {
  const { previousLevel } = digest.content;
  const now = levelLabel(digest.level, reader.language);
  if (!previousLevel || previousLevel === digest.level) return now;
  const arrow = levels.indexOf(digest.level) > levels.indexOf(previousLevel) ? '⬆' : '⬇';
  return words(reader.language).levelMoved(now, arrow, levelName(previousLevel, reader.language));
}

function next({ crisis, digest, reader }: DigestInput): string {
  const w = words(reader.language);
  const { nextAt } = digest.content;
  if (!nextAt) return w.nextOff;
  const at = new Date(nextAt);
  const isSoon = at.getTime() - digest.at.getTime() < 12 * HOUR;
  return w.next(slackTime(at, crisis.timeZone, reader.language, isSoon ? 'time' : 'day_time'));
}

const title = (text: string) => escapeMrkdwn(clipWords(text, titleLength));

function needed({ digest, reader }: DigestInput): string[] {
  const w = words(reader.language);
  const { approved, blocked } = digest.content.facts;
  const items = [
    ...approved.map((s) => w.toPublish(s.number, title(s.title))),
    ...blocked.map((t) => w.blocked(t.number, title(t.title), who(t, reader), reason(t.reason, reader))),
  ];
  return line(w.needed, few(items));
}

function who({ assigneeId, department }: DigestInput['digest']['content']['facts']['blocked'][number], reader: Reader) {
  if (assigneeId) return escapeMrkdwn(reader.named(assigneeId));
  return department ? escapeMrkdwn(reader.department(department)) : words(reader.language).nobody;
}
const reason = (text: string | null, reader: Reader) =>
  text ? mrkdwnOf(clipWords(text, titleLength), reader.named) : words(reader.language).noReason;

function changes(input: DigestInput, free: number): string[] {
  const { digest, reader } = input;
  const w = words(reader.language);
  const { previousNumber } = digest.content;
  const label = previousNumber === null ? w.changedFirst : w.changedSince(previousNumber);
  const told = toldOf(input);
  // On the beat, what is posted without an entry is for a deadline.
  if (told.length === 0) return line(label, [digest.askedBy === null ? w.deadlinePassed : w.nothingNew]);
  const shown = inStoryOrder(told.slice(0, Math.min(mostChanges, free))).map((entry) => {
    const text = clipWords(entryText(entry, reader.language).replaceAll('\n', ' · '), changeLength);
    const time = slackTime(entry.occurredAt, reader.timeZone, reader.language, 'time');
    return `• ${time} ${mrkdwnOf(text, reader.named)}`;
  });
  const more = told.length - shown.length;
  return [`*${label}*${more > 0 ? ` (+${more})` : ''}`, ...shown];
}

/** Confirmed facts only; until there is one, what was said at the declaration, named as that. */
function situation({ digest, reader }: DigestInput): string[] {
  const w = words(reader.language);
  const { confirmed } = digest.content.facts;
  const said = (text: string, most: number) =>
    mrkdwnOf(clipWords(text.replace(/\s+/gu, ' ').trim(), most), reader.named);
  if (confirmed.count > 0)
    return line(
      w.confirmed,
      few(
        confirmed.texts.map((text) => said(text, titleLength * 2)),
        mostItems,
        confirmed.count,
      ),
    );
  const [first = ''] = digest.content.summary.split(/(?<=[.!?…])\s|\n/);
  return line(w.situation, first.trim() ? [said(first, changeLength)] : []);
}

function outgoing(input: DigestInput): string[] {
  const { digest, reader } = input;
  const w = words(reader.language);
  const { lastPublished: last, inReview, drafts } = digest.content.facts;
  const waiting = inReview.map(({ number, title: name, waitingOn }) =>
    w.waiting(
      number,
      title(name),
      escapeMrkdwn(
        list(
          reader.language,
          waitingOn.map((d) => seat(d, reader)),
        ),
      ),
    ),
  );
  const published = last
    ? w.published(
        last.number,
        title(last.title),
        duration(digest.at.getTime() - new Date(last.at).getTime(), reader.language),
      )
    : w.nothingPublished;
  return line(w.outgoing, [
    [published, ...(last ? [] : waited(input))].join(', '),
    ...few(waiting),
    ...(drafts > 0 ? [w.drafts(drafts)] : []),
  ]);
}

/** How long the first words have been waited for, where the level sets a limit. */
function waited({ crisis, digest, reader }: DigestInput): string[] {
  const w = words(reader.language);
  const { afterMs = null, limitMs = null } = digest.content.facts.firstWords ?? {};
  if (afterMs !== null || limitMs === null) return [];
  const since = digest.at.getTime() - crisis.declaredAt.getTime();
  const said = w.waited(duration(since, reader.language), duration(limitMs, reader.language));
  return since >= limitMs ? [`🔴 ${w.late}`, said] : [said];
}

const seat = ({ key, name }: { key: string; name: string | null }, { language, department }: Reader) =>
  key === 'lead' ? words(language).lead : (name ?? department(key));

function tasksLine({ digest, reader }: DigestInput): string[] {
  const w = words(reader.language);
  const { openTasks, doneTasks, overdue, dueSoon } = digest.content.facts;
  if (openTasks + doneTasks === 0) return [];
  const items = (some: typeof overdue) =>
    few(some.map((t) => w.taskItem(t.number, title(t.title), who(t, reader)))).join(', ');
  return line(w.tasks, [
    w.taskCount(openTasks, doneTasks),
    ...(overdue.length > 0 ? [w.overdue(items(overdue))] : []),
    ...(dueSoon.length > 0 && overdue.length === 0 ? [w.dueSoon(items(dueSoon))] : []),
  ]);
}

/** Who has not answered the call, and who has not heard from us. */
function silence({ digest, reader }: DigestInput): string[] {
  const w = words(reader.language);
  const { unanswered, untold } = digest.content.facts;
  const names = unanswered.map((d) => escapeMrkdwn(seat(d, reader)));
  const heard = untoldText({ names: untold.names.slice(0, mostNames), count: untold.count }, reader.language);
  return line(w.silent, [
    ...(names.length > 0 ? [w.callouts(few(names, mostNames).join(', '))] : []),
    ...(heard ? [w.untold(heard)] : []),
  ]);
}
