import { dateFormat, type Language } from '../core/locale.ts';
import { type ChainedEntry, type ChainedRevision, type ChainHead, gapsIn } from './chain.ts';
import { words } from './text.ts';

export type ExportedCrisis = {
  id: string;
  number: number | null;
  /** Where it has one: left out of other exports, as it always was. */
  codeName?: string | null | undefined;
  title: string;
  status: string;
  declaredAt: Date;
  closedAt: Date | null;
  timeZone: string;
  language: Language;
};

/** A timeline that can be checked without the product: every hashed field, the head, and who the ids stand for. */
export type TimelineExport = {
  format: typeof exportFormat;
  /** 2: of an earlier version, without commitments. */
  version: 2 | 3;
  exportedAt: Date;
  crisis: ExportedCrisis;
  head: TimelineHead;
  people: Record<string, string>;
  entries: ChainedEntry[];
  /** What people wrote in the room, as it was and as it changed, in the order in which it was written down. */
  messages: ChainedRevision[];
};

export type TimelineHead = { entries: number; hash: string; messages: ChainHead };

export const exportFormat = 'crisis-war-room/timeline';

export type ExportSource = Omit<TimelineExport, 'format' | 'version' | 'people'> & {
  named: (userId: string) => string;
};

export function timelineExport({ named, crisis, entries, messages, ...rest }: ExportSource): TimelineExport {
  const { id, number, codeName, title, status, declaredAt, closedAt, timeZone, language } = crisis;
  return {
    format: exportFormat,
    version: 3,
    ...rest,
    crisis: { id, number, ...(codeName ? { codeName } : {}), title, status, declaredAt, closedAt, timeZone, language },
    people: Object.fromEntries(peopleIn(entries, messages).map((userId) => [userId, named(userId)])),
    entries: entries.map(hashedFields),
    messages: messages.map(revisionFields),
  };
}

/** Only what the hash covers: a row of the database carries more. */
const hashedFields = (entry: ChainedEntry): ChainedEntry => ({
  id: entry.id,
  crisisId: entry.crisisId,
  seq: entry.seq,
  kind: entry.kind,
  occurredAt: entry.occurredAt,
  recordedAt: entry.recordedAt,
  actorId: entry.actorId,
  actorName: entry.actorName,
  textEn: entry.textEn,
  textFr: entry.textFr,
  data: entry.data,
  correctsId: entry.correctsId,
  ...commitmentOf(entry),
  ...(entry.nameHash ? { nameHash: entry.nameHash, nameSalt: entry.nameSalt } : {}),
  prevHash: entry.prevHash,
  hash: entry.hash,
});

/** Left out of entries of earlier versions, which have none. */
const commitmentOf = ({ wordsHash, wordsSalt }: Pick<ChainedEntry, 'wordsHash' | 'wordsSalt'>) =>
  wordsHash ? { wordsHash, wordsSalt } : {};

const revisionFields = (revision: ChainedRevision): ChainedRevision => ({
  crisisId: revision.crisisId,
  seq: revision.seq,
  channelId: revision.channelId,
  ts: revision.ts,
  threadTs: revision.threadTs,
  authorId: revision.authorId,
  files: revision.files,
  revision: revision.revision,
  change: revision.change,
  byId: revision.byId,
  text: revision.text,
  ...(revision.isReadLater ? { isReadLater: true } : {}),
  occurredAt: revision.occurredAt,
  recordedAt: revision.recordedAt,
  ...commitmentOf(revision),
  prevHash: revision.prevHash,
  hash: revision.hash,
});

/** Everybody a timeline speaks of, once each. */
export function peopleIn(
  entries: readonly Pick<ChainedEntry, 'actorId' | 'textEn'>[],
  messages: readonly Pick<ChainedRevision, 'authorId'>[] = [],
): string[] {
  const ids = entries.flatMap((e) => [...(e.actorId ? [e.actorId] : []), ...mentionedIn(e.textEn)]);
  return [...new Set([...ids, ...messages.flatMap((m) => (m.authorId ? [m.authorId] : []))])].sort();
}

export const mentionedIn = (text: string): string[] =>
  [...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((match) => match[1] as string);

export const exportJson = (timeline: TimelineExport): string => `${JSON.stringify(timeline, null, 2)}\n`;

/** A timeline as it is read, whatever it is printed on: texts as they were typed, with people's names. */
export type Told = { facts: string[]; days: { day: string; entries: ToldEntry[] }[] };
type ToldEntry = { seq: number; time: string; who: string; notes: string[]; text: string };

/** The time zone is the crisis's, with UTC beside it. */
export function told(timeline: TimelineExport, language: Language): Told {
  const { crisis, head, entries, messages, exportedAt } = timeline;
  const w = words(language).file;
  const at = clockOf(crisis.timeZone, language);
  const gaps = gapsIn(entries);
  const numbers = new Map(entries.map((entry) => [entry.id, entry.seq]));
  const days: Told['days'] = [];
  for (const entry of inStoryOrder(entries)) {
    const day = at.day(entry.occurredAt);
    if (days.at(-1)?.day !== day) days.push({ day, entries: [] });
    days.at(-1)?.entries.push(toldEntry(entry, language, at, timeline.people, numbers));
  }
  return {
    facts: [
      w.declared(at.dayTime(crisis.declaredAt)),
      crisis.closedAt ? w.closed(at.dayTime(crisis.closedAt)) : w.open,
      w.zone(crisis.timeZone),
      w.head(head.entries, head.hash),
      w.messages(new Set(messages.map((m) => `${m.channelId} ${m.ts}`)).size),
      w.exported(at.dayTime(exportedAt)),
      ...(gaps.length > 0 ? [sentence(words(language).gaps(gaps))] : []),
    ],
    days,
  };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `#2`, or the code name of a closed team. */
export const signIn = ({ crisis }: TimelineExport, language: Language): string =>
  crisis.codeName ?? words(language).file.numbered(crisis.number ?? 0);

export function exportMarkdown(timeline: TimelineExport): string {
  const { title, language } = timeline.crisis;
  const { facts, days } = told(timeline, language);
  const lines = [
    `# ${words(language).file.title(signIn(timeline, language), plain(title))}`,
    '',
    ...facts.map((fact) => `- ${fact}`),
  ];
  for (const { day, entries } of days) {
    lines.push('', `## ${day}`);
    for (const { seq, time, who, notes, text } of entries)
      lines.push(
        '',
        `${[`**${seq}.** ${time}`, `**${plain(who)}**`, ...notes].join(' · ')}  `,
        text.split('\n').map(plain).join('  \n'),
      );
  }
  return `${lines.join('\n')}\n`;
}

/** As things happened; what happened at the same moment, as it was written down. */
export const inStoryOrder = <E extends Pick<ChainedEntry, 'occurredAt' | 'seq'>>(entries: readonly E[]): E[] =>
  entries.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.seq - b.seq);

export const wasWrittenLater = (entry: Pick<ChainedEntry, 'occurredAt' | 'recordedAt'>): boolean =>
  entry.recordedAt.getTime() - entry.occurredAt.getTime() > 60_000;

export const entryText = (entry: Pick<ChainedEntry, 'textEn' | 'textFr'>, language: Language): string =>
  language === 'fr' ? entry.textFr : entry.textEn;

type Clock = ReturnType<typeof clockOf>;

function toldEntry(
  entry: ChainedEntry,
  language: Language,
  at: Clock,
  people: Readonly<Record<string, string>>,
  numbers: ReadonlyMap<string, number>,
): ToldEntry {
  const w = words(language).file;
  const name = (userId: string) => people[userId] ?? userId;
  return {
    seq: entry.seq,
    time: at.timeUtc(entry.occurredAt),
    who: entry.actorId ? (entry.actorName ?? name(entry.actorId)) : words(language).product,
    notes: [
      ...(wasWrittenLater(entry) ? [w.writtenAt(writtenOn(entry, at))] : []),
      ...(entry.correctsId ? [w.corrects(numbers.get(entry.correctsId) ?? 0)] : []),
    ],
    text: entryText(entry, language).replace(/<@([UW][A-Z0-9]+)>/g, (_, id: string) => name(id)),
  };
}

const writtenOn = (entry: ChainedEntry, at: Clock): string =>
  at.day(entry.occurredAt) === at.day(entry.recordedAt) ? at.timeUtc(entry.recordedAt) : at.dayTime(entry.recordedAt);

/** What people typed is shown as they typed it, never as headings, links or emphasis. */
const plain = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2');

function clockOf(timeZone: string, language: Language) {
  const day = dateFormat(language, { timeZone, dateStyle: 'full' });
  const time = dateFormat(language, { timeZone, timeStyle: 'medium' });
  const utc = (date: Date) => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return {
    day: (date: Date) => day.format(date),
    timeUtc: (date: Date) => `${time.format(date)} (${utc(date)})`,
    dayTime: (date: Date) => `${day.format(date)}, ${time.format(date)} (${utc(date)})`,
  };
}

/** For reading, and for checking; `fileName` tells by the head which export they are. */
export function exportFiles(timeline: TimelineExport, title: string) {
  const name = fileName(timeline, timeline.crisis.language);
  return [
    { kind: 'md', name: `${name}.md`, title: `${title} (Markdown)`, content: exportMarkdown(timeline) },
    { kind: 'json', name: `${name}.json`, title: `${title} (JSON)`, content: exportJson(timeline) },
  ];
}

export const fileName = ({ crisis, head }: TimelineExport, language: Language): string =>
  words(language).file.name(crisis.codeName ?? String(crisis.number), head.entries, head.hash.slice(0, 8));
