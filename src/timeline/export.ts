import { dateFormat, type Language } from '../core/locale.ts';
import type { ChainedEntry, ChainedRevision, ChainHead } from './chain.ts';
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
  version: 2;
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
    version: 2,
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
  prevHash: entry.prevHash,
  hash: entry.hash,
});

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
  occurredAt: revision.occurredAt,
  recordedAt: revision.recordedAt,
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

/** The same timeline for reading: the crisis's language, people's names, the crisis's time zone with UTC beside it. */
export function exportMarkdown(timeline: TimelineExport): string {
  const { crisis, head } = timeline;
  const w = words(crisis.language).file;
  const at = clockOf(crisis.timeZone, crisis.language);
  const name = (userId: string) => timeline.people[userId] ?? userId;
  const numbers = new Map(timeline.entries.map((entry) => [entry.id, entry.seq]));
  const lines = [
    `# ${w.title(crisis.codeName ?? w.numbered(crisis.number ?? 0), plain(crisis.title))}`,
    '',
    `- ${w.declared(at.dayTime(crisis.declaredAt))}`,
    `- ${crisis.closedAt ? w.closed(at.dayTime(crisis.closedAt)) : w.open}`,
    `- ${w.zone(crisis.timeZone)}`,
    `- ${w.head(head.entries, head.hash)}`,
    `- ${w.check}`,
    `- ${w.messages(new Set(timeline.messages.map((m) => `${m.channelId} ${m.ts}`)).size)}`,
    `- ${w.exported(at.dayTime(timeline.exportedAt))}`,
  ];
  const told = inStoryOrder(timeline.entries);
  for (const [index, entry] of told.entries()) {
    const before = told[index - 1];
    const day = at.day(entry.occurredAt);
    if (!before || at.day(before.occurredAt) !== day) lines.push('', `## ${day}`);
    lines.push('', markdownEntry(entry, crisis.language, at, name, numbers));
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

function markdownEntry(
  entry: ChainedEntry,
  language: Language,
  at: Clock,
  name: (userId: string) => string,
  numbers: ReadonlyMap<string, number>,
): string {
  const w = words(language).file;
  const who = entry.actorId ? (entry.actorName ?? name(entry.actorId)) : words(language).product;
  const notes = [
    ...(wasWrittenLater(entry) ? [w.writtenAt(writtenOn(entry, at))] : []),
    ...(entry.correctsId ? [w.corrects(numbers.get(entry.correctsId) ?? 0)] : []),
  ];
  const text = entryText(entry, language).replace(/<@([UW][A-Z0-9]+)>/g, (_, id: string) => name(id));
  const head = `**${entry.seq}.** ${at.timeUtc(entry.occurredAt)} · **${plain(who)}**${notes.map((note) => ` · ${note}`).join('')}`;
  return `${head}  \n${text.split('\n').map(plain).join('  \n')}`;
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

/** Both files, under names that tell by the head which export they are. */
export function exportFiles(timeline: TimelineExport, title: string) {
  const { crisis, head } = timeline;
  const name = words(crisis.language).file.name(
    crisis.codeName ?? String(crisis.number),
    head.entries,
    head.hash.slice(0, 8),
  );
  return [
    { kind: 'md', name: `${name}.md`, title: `${title} (Markdown)`, content: exportMarkdown(timeline) },
    { kind: 'json', name: `${name}.json`, title: `${title} (JSON)`, content: exportJson(timeline) },
  ];
}
