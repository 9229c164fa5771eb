import { z } from 'zod';
import { levelPlans } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Slices } from '../core/slices.ts';
import { duration, MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf } from '../crises/text.ts';
import { ranked } from '../digests/rules.ts';
import { verifyButton } from '../log/views.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  context,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  sections,
} from '../slack/blocks.ts';
import { button, choiceField, form, textField } from '../slack/contract.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import { settlements } from '../tasks/settled.ts';
import type { ChainedEntry } from '../timeline/chain.ts';
import { numbersOf, storyMessages } from '../timeline/lines.ts';
import { type Figures, isNothing, needsNote, type OpenWork } from './rules.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
/** Drawn by earlier versions only. */
export const openClose = button('closing.open_close', ofCrisis);
export const openReopen = button('closing.open_reopen', ofCrisis);
const ofRoom = ofCrisis.extend({ channelId: z.string().nullable() });
export const closingForm = form('closing.close', ofRoom, {
  tasks: choiceField(settlements),
  note: textField({ multiline: true, max: 3000 }),
});
export const reopeningForm = form('closing.reopen', ofRoom, { reason: textField({ multiline: true, max: 3000 }) });

const listed = { tasks: 5, others: 15 };

export function closeForm(
  crisis: Crisis,
  open: OpenWork,
  channelId: string | null,
  reader: Reader,
  note: string,
): ModalView {
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
        w.tasks(open.tasks.length),
        open.tasks.map((t) => w.item(t.number, shortly(t.title), whose(t))),
        w.more,
        listed.tasks,
      ),
      ...(open.tasks.length > 0
        ? [
            closingForm.fields.tasks(
              w.settle,
              {},
              settlements.map((how) => ({ value: how, label: w.settled[how] })),
            ),
          ]
        : []),
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
      closingForm.fields.note(w.note, { optional: !needsNote(open), hint: w.noteHint }, { initial: note }),
    ],
  });
}

const shortly = (title: string) => escapeMrkdwn(clip(title, 100));

function part(
  heading: string,
  lines: readonly string[],
  more: (count: number) => string,
  most = listed.others,
): KnownBlock[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, most).map((line) => `• ${line}`);
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

/** The closed crisis as its room reads it: what it came to, and in that message's thread the timeline in one message. */
export function closingMessages(
  crisis: Crisis,
  closing: Closing,
  entries: readonly ChainedEntry[],
  kindOf: Slices['kindOf'],
  reader: Reader,
): { summary: Message; story: Message } {
  return { summary: summary(crisis, closing, entries.length, reader), story: story(entries, kindOf, reader) };
}

/** No message holds more entries than this, however short they are. */
const mostInMessage = 120;

/** All of it where one message holds it, else the most important entries, in order. */
function story(entries: readonly ChainedEntry[], kindOf: Slices['kindOf'], reader: Reader): Message {
  const w = words(reader.language).story;
  const numbers = numbersOf(entries);
  const told = entries.filter((entry) => kindOf(entry.kind).inStory !== false);
  const [whole, ...more] = told.length > mostInMessage ? [] : storyMessages(told, reader, () => w.whole, numbers);
  if (whole && more.length === 0) return whole;
  const order = ranked(entries, kindOf);
  for (let shown = Math.min(mostInMessage, order.length); ; shown = Math.floor(shown * 0.8)) {
    const [first, ...rest] = storyMessages(order.slice(0, shown), reader, () => w.essence, numbers);
    if (first && (rest.length === 0 || shown <= 1)) return first;
  }
}

function summary(crisis: Crisis, { byId, at, note, figures, hash }: Closing, entries: number, reader: Reader): Message {
  const { language, timeZone, named } = reader;
  const w = words(language).summary;
  const due = levelPlans[crisis.level].firstWords;
  const first = figures.firstWordsMs;
  const by = escapeMrkdwn(byId ? named(byId) : '');
  const lines = [
    w.lasted(duration(figures.lastsMs, language)),
    w.published(figures.published),
    ...(first === null
      ? []
      : [w.first(duration(first, language), due ? duration(due.limit * MINUTE, language) : null)]),
    w.tasks(figures.tasksDone, figures.tasks),
    ...(figures.listed > 0 ? [w.told(figures.told, figures.listed)] : []),
  ];
  return message(w.title(crisis.title), [
    section(`*${escapeMrkdwn(w.title(crisis.title))}*\n${w.closedBy(by, slackTime(at, timeZone, language))}`),
    ...(note ? sections(mrkdwnOf(note, named)) : []),
    context(lines.join(' · ')),
    context(`${w.where} ${words(language).head(entries, hash)}`, w.room),
    actions(verifyButton(crisis.id, hash, language), openReopen.draw(words(language).reopen, { crisisId: crisis.id })),
  ]);
}
