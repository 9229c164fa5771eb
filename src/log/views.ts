import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf, signedName } from '../crises/text.ts';
import {
  actions,
  context,
  firstFitting,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  paragraphs,
  section,
  sections,
} from '../slack/blocks.ts';
import { button, form, momentField, pickField, textField, urlField } from '../slack/contract.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import type { ChainedEntry } from '../timeline/chain.ts';
import { entryText } from '../timeline/export.ts';
import { entryLine } from '../timeline/lines.ts';
import { words } from './text.ts';

export const entriesPerPage = 20;
/** How much of an entry is shown: as much as lets a page of 20 stay within one message. */
const shownOfEntry = [400, 200, 100, 30];

const ofCrisis = z.object({ crisisId: z.uuid() });
export const openNote = button('log.open', ofCrisis);
export const correct = button('log.correct', ofCrisis.extend({ entryId: z.uuid() }));
export const turnPage = button('log.page', ofCrisis.extend({ upToSeq: z.number().optional() }));
export const sendAll = button('log.export', ofCrisis);
/** `head`: the fingerprint that stands beside it. */
export const verify = button('log.verify', ofCrisis.extend({ head: z.string().optional() }));

export const verifyButton = (crisisId: string, head: string | undefined, language: Language) =>
  verify.draw(words(language).verify.button, { crisisId, ...(head ? { head } : {}) });

const noteData = ofCrisis.extend({ channelId: z.string().nullable(), correctsId: z.string().nullable() });
export const noting = form('log.note', noteData, {
  text: textField({ multiline: true, max: 3000 }),
  when: momentField(),
  source: urlField(),
});
export const choosing = form('log.choose_crisis', z.object({ draftId: z.uuid() }), { crisis: pickField() });

export function noteForm(
  metadata: z.infer<typeof noteData>,
  corrected: { seq: number; text: string } | null,
  language: Language,
): ModalView {
  const w = words(language).form;
  const f = noting.fields;
  return noting.draw({
    title: corrected ? w.correctTitle : w.title,
    submit: w.submit,
    close: w.cancel,
    metadata,
    blocks: [
      ...(corrected
        ? [section(w.correcting(corrected.seq, escapeMrkdwn(clip(corrected.text, 300)).replaceAll('\n', '\n>')))]
        : []),
      f.text(w.text, { hint: w.textHint }, { focus: true }),
      f.when(w.when, { optional: true, hint: w.whenHint }),
      f.source(w.source, { optional: true }),
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
  return choosing.draw({
    title: w.chooseTitle,
    submit: w.chooseSubmit,
    close: w.cancel,
    metadata: { draftId },
    blocks: [
      ...paragraphs(clip(text, 2000)),
      choosing.fields.crisis(
        w.chooseCrisis,
        {},
        crises.map((c) => ({ value: c.id, label: clip(signedName(c, language), 75) })),
        crises[0]?.id,
      ),
    ],
  });
}

export function notice(title: string, text: string, language: Language): ModalView {
  return modal({ id: 'log.notice', title, close: words(language).form.cancel, blocks: sections(text) });
}

/** What was written, whole, with its number: the answer to the person who wrote it. */
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
};

/** The newest entries, or an earlier page of them, for one reader. */
export function timelinePage({ crisis, entries, numbers }: TimelinePage, reader: Reader): Message {
  const w = words(reader.language).view;
  const title = w.title(nameOf(crisis));
  const first = entries.at(0)?.seq ?? 0;
  const last = entries.at(-1)?.seq ?? 0;
  const isOpen = crisis.status === 'open';
  const ofThis = { crisisId: crisis.id };
  const go = (label: string, upToSeq: number) => turnPage.draw(label, { ...ofThis, upToSeq }, { suffix: upToSeq });
  const drawn = (most: number): KnownBlock[] => [
    section(`*${escapeMrkdwn(title)}*\n${last ? w.range(first, last, crisis.timelineSeq) : w.empty}`),
    ...entries.map((entry) => entrySection(entry, most, crisis, numbers, reader)),
    actions(
      ...(first > 1 ? [go(w.older, first - 1)] : []),
      ...(last < crisis.timelineSeq ? [go(w.newer, Math.min(last + entriesPerPage, crisis.timelineSeq))] : []),
      ...(isOpen ? [openNote.draw(w.write, ofThis, { style: 'primary' })] : []),
      sendAll.draw(w.sendAll, ofThis),
      verifyButton(crisis.id, undefined, reader.language),
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
  const spoken = w.correctSpoken(entry.seq);
  const change = correct.draw(w.correct, { crisisId: crisis.id, entryId: entry.id }, { spoken });
  return section(entryLine(short, reader, numbers, 'day_time'), crisis.status === 'open' ? change : undefined);
}
