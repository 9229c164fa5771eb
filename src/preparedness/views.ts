import { z } from 'zod';
import { dayName, type Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { listButton } from '../playbooks/views.ts';
import { deputiesButton, openButton as settingsButton } from '../settings/views.ts';
import {
  actions,
  context,
  dateInput,
  header,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  section,
} from '../slack/blocks.ts';
import { button, choiceField, field, form, personField } from '../slack/contract.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type Area, type Mark, missing, type Plan, type Preparation } from './rules.ts';
import { words } from './text.ts';

export const openButton = button('preparedness.open', z.object({}));
export const planForm = form('preparedness.save', z.unknown(), {
  exercised_on: field(z.iso.date().nullable().catch(null), dateInput),
  owner: personField(),
  reminders: choiceField(['on', 'off']),
});

/** The button that opens the form which closes each gap. */
const fixes = {
  roster: settingsButton,
  deputies: deputiesButton,
  available: settingsButton,
  templates: listButton,
  playbooks: listButton,
  exercise: openButton,
} satisfies Record<Area, { draw: typeof openButton.draw }>;

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
    actions(openButton.draw(w.change, {})),
    context(w.judgement),
  ]);
}

function markBlock(mark: Mark, preparation: Preparation, reader: Reader): KnownBlock {
  const w = words(reader.language);
  const text = `${mark.share >= 1 ? '✅' : '⚠️'} ${markText(mark, preparation, reader)}`;
  if (mark.share >= 1) return section(text);
  const suffix = mark.area === 'exercise' ? {} : { suffix: mark.area };
  return section(text, fixes[mark.area].draw(w.fix[mark.area], {}, suffix));
}

function markText({ area, have, all }: Mark, { exercisedOn }: Preparation, { language }: Reader): string {
  const w = words(language);
  return area === 'exercise'
    ? w.exercise(exercisedOn ? dayName(exercisedOn, language, 'long') : w.never)
    : w.mark(w.area[area], have, all);
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

export function drawPlan(preparation: Preparation, language: Language): ModalView {
  const w = words(language).form;
  const { exercised_on, owner, reminders } = planForm.fields;
  const choices = [
    { value: 'on', label: w.on },
    { value: 'off', label: w.off },
  ];
  return planForm.draw({
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: {},
    blocks: [
      exercised_on(w.exercise, { optional: true }, preparation.exercisedOn),
      owner(w.owner, { optional: true, hint: w.ownerHint }, preparation.ownerId),
      reminders(w.reminders, {}, choices, preparation.remindersOff ? 'off' : 'on'),
    ],
  });
}
