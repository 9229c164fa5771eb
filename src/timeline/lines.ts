import { dateFormat } from '../core/locale.ts';
import type { Reader as WholeReader } from '../core/reader.ts';
import { type KnownBlock, type Message, message, paragraphs, section } from '../slack/blocks.ts';
import { limits } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime, withNames } from '../slack/mrkdwn.ts';
import type { ChainedEntry } from './chain.ts';
import { entryText, inStoryOrder, wasWrittenLater } from './export.ts';
import { words } from './text.ts';

/** The story needs no clock and no departments: a file has neither. */
export type Reader = Pick<WholeReader, 'language' | 'timeZone' | 'named'>;

/** Room for headings and for the notification text beside the blocks. */
const textPerMessage = limits.messageBlocksText - 1_000;
const blocksPerMessage = limits.blocksPerMessage - 4;
/** Above this a text stands in paragraphs of its own, exactly as written. */
const longText = 1500;

type Clock = 'time' | 'day_time';

const headOf = (entry: ChainedEntry, reader: Reader, clock: Clock = 'time'): string => {
  const who = entry.actorId ? (entry.actorName ?? reader.named(entry.actorId)) : words(reader.language).product;
  return `\`${entry.seq}\` ${slackTime(entry.occurredAt, reader.timeZone, reader.language, clock)} *${escapeMrkdwn(who)}*`;
};

function notesOf(entry: ChainedEntry, reader: Reader, numbers: ReadonlyMap<string, number>): string {
  const w = words(reader.language);
  const notes = [
    ...(wasWrittenLater(entry) ? [w.writtenAt(slackTime(entry.recordedAt, reader.timeZone, reader.language))] : []),
    ...(entry.correctsId ? [w.corrects(numbers.get(entry.correctsId) ?? 0)] : []),
  ];
  return notes.length > 0 ? ` _(${notes.join(', ')})_` : '';
}

/** One entry as a line of mrkdwn, whole. `clock`: with the day, where no heading gives it. */
export const entryLine = (
  entry: ChainedEntry,
  reader: Reader,
  numbers: ReadonlyMap<string, number> = new Map(),
  clock: Clock = 'time',
): string =>
  `${headOf(entry, reader, clock)}${notesOf(entry, reader, numbers)} · ${mrkdwnOf(entryText(entry, reader.language), reader.named)}`;

export const numbersOf = (entries: readonly Pick<ChainedEntry, 'id' | 'seq'>[]): Map<string, number> =>
  new Map(entries.map((entry) => [entry.id, entry.seq]));

/**
 * The entries as a story: by day, each whole, in as many messages as it takes. `title` names a message by its place
 * among them.
 */
export function storyMessages(
  entries: readonly ChainedEntry[],
  reader: Reader,
  title: (part: number, parts: number) => string,
  numbers = numbersOf(entries),
): Message[] {
  const pages = pack(storyBlocks(entries, reader, numbers));
  return pages.map((blocks, i) => {
    const name = title(i + 1, pages.length);
    return message(name, [section(`*${escapeMrkdwn(name)}*`), ...blocks]);
  });
}

function storyBlocks(
  entries: readonly ChainedEntry[],
  reader: Reader,
  numbers: ReadonlyMap<string, number>,
): KnownBlock[] {
  const day = dateFormat(reader.language, { timeZone: reader.timeZone, dateStyle: 'full' });
  const blocks: KnownBlock[] = [];
  let lines: string[] = [];
  let current = '';
  const flush = () => {
    if (lines.length > 0) blocks.push(section(lines.join('\n')));
    lines = [];
  };
  for (const entry of inStoryOrder(entries)) {
    const today = day.format(entry.occurredAt);
    if (today !== current) {
      flush();
      blocks.push(section(`*${today}*`));
      current = today;
    }
    const line = entryLine(entry, reader, numbers);
    if (line.length > longText) {
      flush();
      blocks.push(
        section(`${headOf(entry, reader)}${notesOf(entry, reader, numbers)}`),
        ...paragraphs(withNames(entryText(entry, reader.language), reader.named)),
      );
      continue;
    }
    if (lines.join('\n').length + line.length + 1 > limits.sectionText) flush();
    lines.push(line);
  }
  flush();
  return blocks;
}

/** As few messages as hold the blocks, in order; both of Slack's limits are kept: blocks, and texts together. */
function pack(blocks: readonly KnownBlock[]): KnownBlock[][] {
  const pages: KnownBlock[][] = [];
  let page: KnownBlock[] = [];
  let size = 0;
  for (const block of blocks) {
    const length = block.type === 'section' ? (block.text?.text.length ?? 0) : 0;
    if (page.length > 0 && (page.length >= blocksPerMessage || size + length > textPerMessage)) {
      pages.push(page);
      page = [];
      size = 0;
    }
    page.push(block);
    size += length;
  }
  return page.length > 0 ? [...pages, page] : pages;
}
