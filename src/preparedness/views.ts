import type { Language } from '../core/locale.ts';
import {
  actions,
  type ButtonOptions,
  button,
  context,
  dateInput,
  header,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  personInput,
  section,
  select,
} from '../slack/blocks.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type Area, type Mark, missing, type Plan, type Preparation } from './rules.ts';
import { words } from './text.ts';

/** The form that closes each gap. */
const forms: Record<Area, ButtonOptions> = {
  roster: { id: 'settings.open:roster', value: '{}' },
  deputies: { id: 'settings.open_deputies:deputies', value: '{}' },
  available: { id: 'settings.open:available', value: '{}' },
  templates: { id: 'playbooks.list:templates', value: '{}' },
  playbooks: { id: 'playbooks.list:playbooks', value: '{}' },
  exercise: { id: 'preparedness.open', value: '{}' },
};

type Reader = { language: Language; named: (userId: string) => string; day: (iso: string) => string };

/** Every area with what is there; a gap is a button that opens the form which closes it. */
export function planMessage(plan: Plan, preparation: Preparation, ownerId: string | null, reader: Reader): Message {
  const w = words(reader.language);
  const { remindersOff } = preparation;
  const owner = ownerId ? w.reminder(escapeMrkdwn(reader.named(ownerId))) : w.nobody;
  return message(w.title(plan.score), [
    header(w.title(plan.score)),
    ...plan.marks.map((mark) => markBlock(mark, preparation, reader)),
    ...(preparation.exercisedOn ? [] : [context(w.whatToDo)]),
    context(remindersOff ? w.off : owner),
    actions(button(w.change, { id: 'preparedness.open', value: '{}' })),
    context(w.judgement),
  ]);
}

function markBlock(mark: Mark, preparation: Preparation, reader: Reader): KnownBlock {
  const w = words(reader.language);
  const text = `${mark.share >= 1 ? '✅' : '⚠️'} ${markText(mark, preparation, reader)}`;
  if (mark.share >= 1) return section(text);
  return section(text, button(w.fix[mark.area], forms[mark.area]));
}

function markText({ area, have, all }: Mark, { exercisedOn }: Preparation, { language, day }: Reader): string {
  const w = words(language);
  return area === 'exercise' ? w.exercise(exercisedOn ? day(exercisedOn) : w.never) : w.mark(w.area[area], have, all);
}

/** Once a month, to the owner alone: what is missing and nothing else. */
export function reminderMessage(plan: Plan, preparation: Preparation, reader: Reader): Message {
  const w = words(reader.language);
  return message(w.dm.text(plan.score), [
    section(`*${w.title(plan.score)}*\n${w.dm.intro}`),
    ...missing(plan).map((mark) => markBlock(mark, preparation, reader)),
    context(w.dm.how),
  ]);
}

export function planForm(preparation: Preparation, language: Language): ModalView {
  const w = words(language).form;
  return modal({
    id: 'preparedness.save',
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    blocks: [
      input(w.exercise, dateInput('exercised_on', preparation.exercisedOn), { optional: true }),
      input(w.owner, personInput('owner', preparation.ownerId), { optional: true, hint: w.ownerHint }),
      input(
        w.reminders,
        select(
          'reminders',
          [
            { value: 'on', label: w.on },
            { value: 'off', label: w.off },
          ],
          preparation.remindersOff ? 'off' : 'on',
        ),
      ),
    ],
  });
}

/** `22 November 2026`, `22 novembre 2026`. */
export const dayIn =
  (language: Language) =>
  (iso: string): string =>
    new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${iso}T00:00:00Z`),
    );
