import type { Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import {
  actions,
  button,
  context,
  firstFitting,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  momentInput,
  paragraphs,
  section,
  sections,
  select,
  textInput,
  urlInput,
} from '../slack/blocks.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import type { ChainedEntry } from '../timeline/chain.ts';
import { entryText } from '../timeline/export.ts';
import { entryLine, type Reader } from '../timeline/lines.ts';
import { words } from './text.ts';

export const entriesPerPage = 20;
/** How much of an entry is shown: as much as lets a page of 20 stay within one message. */
const shownOfEntry = [400, 200, 100, 30];

export type NoteFormData = { crisisId: string; channelId: string | null; correctsId: string | null };

export function noteForm(
  data: NoteFormData,
  corrected: { seq: number; text: string } | null,
  language: Language,
): ModalView {
  const w = words(language).form;
  return modal({
    id: 'log.note',
    title: corrected ? w.correctTitle : w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: data,
    blocks: [
      ...(corrected
        ? [section(w.correcting(corrected.seq, escapeMrkdwn(clip(corrected.text, 300)).replaceAll('\n', '\n>')))]
        : []),
      input(w.text, textInput('text', { multiline: true, max: 3000, focus: true }), { hint: w.textHint }),
      input(w.when, momentInput('when'), { optional: true, hint: w.whenHint }),
      input(w.source, urlInput('source'), { optional: true }),
    ],
  });
}

export function chooseCrisisForm(
  draftId: string,
  text: string,
  crises: readonly Crisis[],
  language: Language,
): ModalView {
  const w = words(language).form;
  return modal({
    id: 'log.choose_crisis',
    title: w.chooseTitle,
    submit: w.chooseSubmit,
    close: w.cancel,
    metadata: { draftId },
    blocks: [
      ...paragraphs(clip(text, 2000)),
      input(
        w.chooseCrisis,
        select(
          'crisis',
          crises.map((c) => ({ value: c.id, label: clip(`${c.number} · ${c.title}`, 75) })),
          crises[0]?.id,
        ),
      ),
    ],
  });
}

export function notice(title: string, text: string, language: Language): ModalView {
  return modal({ id: 'log.notice', title, close: words(language).form.cancel, blocks: sections(text) });
}

/** What was written, whole, with its number: the answer to whoever wrote it. */
export function written(seq: number, note: { text: string; occurredAt: Date }, reader: Reader): Message {
  const head = words(reader.language).written(`*${seq}*`, slackTime(note.occurredAt, reader.timeZone, reader.language));
  const text = mrkdwnOf(note.text, reader.named);
  return message(`${head.replaceAll('*', '')} ${note.text}`, [
    section(head),
    ...(text.length <= 3000 ? [section(text)] : paragraphs(note.text)),
  ]);
}

export type TimelinePage = {
  crisis: Crisis;
  entries: readonly ChainedEntry[];
  numbers: ReadonlyMap<string, number>;
  channelId: string | null;
};

/** The newest entries, or an earlier page of them, for one reader. */
export function timelinePage({ crisis, entries, numbers }: TimelinePage, reader: Reader): Message {
  const w = words(reader.language).view;
  const title = w.title(crisis.title);
  const first = entries.at(0)?.seq ?? 0;
  const last = entries.at(-1)?.seq ?? 0;
  const isOpen = crisis.status === 'open';
  const go = (label: string, upToSeq: number) =>
    button(label, { id: `log.page:${upToSeq}`, value: JSON.stringify({ crisisId: crisis.id, upToSeq }) });
  const value = JSON.stringify({ crisisId: crisis.id });
  const drawn = (most: number): KnownBlock[] => [
    section(`*${escapeMrkdwn(title)}*\n${last ? w.range(first, last, crisis.timelineSeq) : w.empty}`),
    ...entries.map((entry) => entrySection(entry, most, crisis, numbers, reader)),
    actions(
      ...(first > 1 ? [go(w.older, first - 1)] : []),
      ...(last < crisis.timelineSeq ? [go(w.newer, Math.min(last + entriesPerPage, crisis.timelineSeq))] : []),
      ...(isOpen ? [button(w.write, { id: 'log.open', value, style: 'primary' })] : []),
      button(w.sendAll, { id: 'log.export', value }),
    ),
    context(
      ...(entries.some((e) => entryText(e, reader.language).length > most) ? [w.shortened] : []),
      ...(isOpen ? [w.hint] : [w.sendAll]),
    ),
  ];
  return message(title, firstFitting(shownOfEntry, drawn));
}

function entrySection(
  entry: ChainedEntry,
  most: number,
  crisis: Crisis,
  numbers: ReadonlyMap<string, number>,
  reader: Reader,
): KnownBlock {
  const w = words(reader.language).view;
  const short = {
    ...entry,
    textEn: clip(entry.textEn, most),
    textFr: clip(entry.textFr, most),
  };
  const correct = button(w.correct, {
    id: 'log.correct',
    value: JSON.stringify({ crisisId: crisis.id, entryId: entry.id }),
    spoken: w.correctSpoken(entry.seq),
  });
  return section(entryLine(short, reader, numbers, 'day_time'), crisis.status === 'open' ? correct : undefined);
}
