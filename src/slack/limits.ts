/** Slack's limits, in characters unless said otherwise (Block Kit reference and method pages, as of 2026-11). */
export const limits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  header: 150,
  sectionText: 3000,
  contextElements: 10,
  actionsPerBlock: 25,
  buttonLabel: 75,
  buttonValue: 2000,
  optionText: 75,
  options: 100,
  overflowOptions: 5,
  placeholder: 150,
  inputLabel: 2000,
  hint: 2000,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  textInput: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** `chat.update` refuses more; the notification text never needs it. */
  messageText: 4000,
  /** All texts of one message's blocks together: undocumented (`msg_blocks_too_long`), refused at 11,341 and above. */
  messageBlocksText: 8_000,
  topic: 250,
  channelName: 80,
  inviteChunk: 100,
} as const;

/** What the rows of a list may take of a message, menus and buttons included, beside its heading and hints. */
export const listText = limits.messageBlocksText - 1_000;

/** As few pages as hold all rows, in order: at most `most` on each, and no more text than a list may have. */
export function pagesOf<T>(rows: readonly T[], most: number, lengthOf: (row: T) => number): T[][] {
  const pages: T[][] = [[]];
  let length = 0;
  for (const row of rows) {
    const page = pages.at(-1) as T[];
    const isFull = page.length >= most || length + lengthOf(row) > listText;
    if (page.length > 0 && isFull) pages.push([row]);
    else page.push(row);
    length = isFull ? lengthOf(row) : length + lengthOf(row);
  }
  return pages;
}

/** The rows of a list that is shown on one page only. */
export const firstPage = <T>(rows: readonly T[], most: number, lengthOf: (row: T) => number): T[] =>
  pagesOf(rows, most, lengthOf)[0] ?? [];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * For labels only, never for content: at most `max` UTF-16 units, with an ellipsis where something is missing, and no
 * emoji or accent cut in two.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * Cuts a text into parts of at most `max` units, each cut at the best place there is: between paragraphs, lines,
 * sentences, words, characters. `parts.join('')` is the text, to the last space. What is `unfinished` at the
 * end of a part begins the next one.
 */
export function splitText(text: string, max: number, unfinished?: RegExp): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const cut = bestCut(rest, max);
    const before = unfinished ? rest.slice(0, cut).search(unfinished) : -1;
    const at = before > 0 ? before : cut;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest || parts.length === 0 ? [...parts, rest] : parts;
}

/** The same for mrkdwn: no mention, instant, link or escaped sign is cut in two. */
export const splitMrkdwn = (mrkdwn: string, max: number): string[] => splitText(mrkdwn, max, begun);

/** `clip` between words: no name and no number is cut in two, and no mention either. */
export function clipWords(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.slice(0, max).search(/\s+\S*$/u);
  return end > 0 ? `${text.slice(0, end).replace(/[\s,;:(·–-]+$/u, '')}…` : clip(text, max);
}

/** `clip` for mrkdwn. */
export const clipMrkdwn = (mrkdwn: string, max: number): string => {
  const clipped = clip(mrkdwn, max);
  return clipped === mrkdwn ? mrkdwn : `${clipped.slice(0, -1).replace(begun, '')}…`;
};

/** A sequence that begins and does not end. */
const begun = /(?:<[^<>]*|&[a-z]*)$/;

function bestCut(text: string, max: number): number {
  const head = text.slice(0, max);
  // Of the whole text: at its end, the head may show half a cluster as one.
  const clusters = graphemes.segment(text);
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = head.lastIndexOf(mark);
    const cut = at + mark.length;
    // An accent that follows a space belongs to it.
    if (at > max / 3 && clusters.containing(cut)?.index === cut) return cut;
  }
  let cut = 0;
  for (const { index, segment } of clusters) {
    if (index + segment.length > max) break;
    cut = index + segment.length;
  }
  // One cluster longer than a part: cut in two, but between its code points.
  return cut || (/[\uD800-\uDBFF]$/.test(head) ? max - 1 : max);
}
