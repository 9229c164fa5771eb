import { z } from 'zod';
import { levelPlans } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Slices } from '../core/slices.ts';
import { duration, MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf } from '../crises/text.ts';
import { ranked } from '../digests/rules.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  context,
  fields,
  header,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  sections,
} from '../slack/blocks.ts';
import { button, form, textField } from '../slack/contract.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import type { ChainedEntry } from '../timeline/chain.ts';
import { numbersOf, storyMessages } from '../timeline/lines.ts';
import { type Figures, isNothing, mostMessages, type OpenWork } from './rules.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
/** Drawn by earlier versions only. */
export const openClose = button('closing.open_close', ofCrisis);
export const openReopen = button('closing.open_reopen', ofCrisis);
const ofRoom = ofCrisis.extend({ channelId: z.string().nullable() });
export const closingForm = form('closing.close', ofRoom, { note: textField({ multiline: true, max: 3000 }) });
export const reopeningForm = form('closing.reopen', ofRoom, { reason: textField({ multiline: true, max: 3000 }) });

const listed = 15;

export function closeForm(crisis: Crisis, open: OpenWork, channelId: string | null, reader: Reader): ModalView {
  const { language, named } = reader;
  const w = words(language).form;
  const title = escapeMrkdwn(nameOf(crisis));
  const nothing = isNothing(open);
  const whose = ({ assigneeId, department }: OpenWork['tasks'][number]): string =>
    escapeMrkdwn(assigneeId ? named(assigneeId) : department ? reader.department(department) : w.nobody);
  return closingForm.draw({
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      section(nothing ? w.nothingOpen(title) : w.stillOpen(title)),
      ...part(
        w.tasks,
        open.tasks.map((t) => w.item(t.number, shortly(t.title), whose(t))),
        w.more,
      ),
      ...part(
        w.statements,
        open.statements.map((s) =>
          w.item(s.number, shortly(s.title), s.status === 'approved' ? w.approved : w.inReview),
        ),
        w.more,
      ),
      ...part(
        w.callouts,
        open.callouts.map((c) => escapeMrkdwn(departmentName(c.key, c.name, language))),
        w.more,
      ),
      closingForm.fields.note(w.note, { optional: nothing, hint: w.noteHint }),
    ],
  });
}

const shortly = (title: string) => escapeMrkdwn(clip(title, 100));

function part(heading: string, lines: readonly string[], more: (count: number) => string): KnownBlock[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, listed).map((line) => `• ${line}`);
  const rest = lines.length - shown.length;
  return [section([`*${heading}*`, ...shown, ...(rest > 0 ? [more(rest)] : [])].join('\n'))];
}

export function reopenForm(crisis: Crisis, channelId: string | null, language: Language): ModalView {
  const w = words(language).form;
  return reopeningForm.draw({
    title: w.reopenTitle,
    submit: w.reopenSubmit,
    close: w.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [section(`*${escapeMrkdwn(nameOf(crisis))}*`), reopeningForm.fields.reason(w.reason, {}, { focus: true })],
  });
}

export function doneForm(title: string, text: string, language: Language): ModalView {
  return modal({ id: 'closing.done', title, close: words(language).form.cancel, blocks: sections(text) });
}

export type Closing = { byId: string | null; at: Date; note: string; figures: Figures; hash: string };

/**
 * The closed crisis as its room reads it: what it came to, the timeline from first to last, and the fingerprint that the
 * files are checked against.
 */
export function closingMessages(
  crisis: Crisis,
  closing: Closing,
  entries: readonly ChainedEntry[],
  kindOf: Slices['kindOf'],
  reader: Reader,
): { summary: Message; story: Message[]; end: Message } {
  const w = words(reader.language);
  const numbers = numbersOf(entries);
  const kept = entries.filter((entry) => kindOf(entry.kind).inStory !== false);
  const whole = storyMessages(kept, reader, w.part, numbers);
  const isWhole = whole.length <= mostMessages;
  const { story, shown } = isWhole ? { story: whole, shown: kept.length } : essence(entries, kindOf, reader);
  const told = isWhole
    ? [
        w.summary.follows(shown, story.length),
        ...(shown < entries.length ? [w.summary.leftOut(entries.length - shown)] : []),
      ].join(' ')
    : w.summary.shortened(entries.length, shown);
  return {
    summary: summary(crisis, closing, told, reader),
    story,
    end: end(crisis, entries.length, closing.hash, reader),
  };
}

/** As many of the most important entries as a person can read here: about a third of what would be too much. */
function essence(
  entries: readonly ChainedEntry[],
  kindOf: Slices['kindOf'],
  reader: Reader,
): { story: Message[]; shown: number } {
  const numbers = numbersOf(entries);
  const order = ranked(entries, kindOf);
  for (let shown = 200; ; shown = Math.floor(shown / 2)) {
    const kept = order.slice(0, shown);
    const story = storyMessages(kept, reader, words(reader.language).partShort, numbers);
    if (story.length <= mostMessages / 2 || shown <= 1) return { story, shown: kept.length };
  }
}

function summary(crisis: Crisis, closing: Closing, told: string, reader: Reader): Message {
  const w = words(reader.language).summary;
  const { figures, note } = closing;
  const by = escapeMrkdwn(closing.byId ? reader.named(closing.byId) : '');
  const due = levelPlans[crisis.level].firstWords;
  const after = figures.firstWordsMs === null ? w.none : duration(figures.firstWordsMs, reader.language);
  const first = due ? w.within(after, duration(due.limit * MINUTE, reader.language)) : after;
  return message(w.title(crisis.title), [
    header(w.title(crisis.title)),
    context(w.closedBy(by, slackTime(closing.at, reader.timeZone, reader.language))),
    fields([
      `*${w.lasted}*\n${duration(figures.lastsMs, reader.language)}`,
      `*${w.published}*\n${figures.published}`,
      `*${w.first}*\n${first}`,
      `*${w.tasks}*\n${w.tasksOf(figures.tasksDone, figures.tasks)}`,
      ...(figures.listed > 0 ? [`*${w.told}*\n${w.tasksOf(figures.told, figures.listed)}`] : []),
    ]),
    ...(note ? sections(`*${w.note}*\n${mrkdwnOf(note, reader.named)}`) : []),
    section(told),
  ]);
}

function end(crisis: Crisis, entries: number, hash: string, reader: Reader): Message {
  const w = words(reader.language).end;
  return message(w.text, [
    section(w.head(entries, hash)),
    section(w.room),
    actions(openReopen.draw(w.reopen, { crisisId: crisis.id })),
  ]);
}
