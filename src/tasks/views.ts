import type { Button } from '@slack/types';
import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf as crisisName, signedName } from '../crises/text.ts';
import {
  actions,
  context,
  expanded,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  paragraphs,
  personInput,
  section,
} from '../slack/blocks.ts';
import { button, field, form, momentField, personField, pickField, textField } from '../slack/contract.ts';
import { type Findable, filteredList, type Narrowing } from '../slack/list.ts';
import { channelLink, escapeMrkdwn, link, mrkdwnOf, slackTime, withNames } from '../slack/mrkdwn.ts';
import { boardLine, doerOf, doneBy, gapsIn, isolated, taskLine, titleOf } from './line.ts';
import { hiddenTasks, nextLotAt } from './lots.ts';
import { detailsMax, isShown, openTasks, reasonMax, shownTasks, type Task, titleMax } from './rules.ts';
import { words } from './text.ts';

const target = z.object({ id: z.uuid(), v: z.number() });
const targetOf = (task: Task) => ({ id: task.id, v: task.version });

const inMenu = ['start', 'done', 'block', 'reopen', 'reassign', 'due', 'open'] as const;
type InMenu = (typeof inMenu)[number];
const chosen = target.extend({ a: z.enum(inMenu) });

const ofCrisis = z.object({ crisisId: z.uuid() });

export const buttons = {
  start: button('tasks.start', target),
  done: button('tasks.done', target),
  reopen: button('tasks.reopen', target),
  postpone: button('tasks.postpone', target),
  block: button('tasks.block', target),
  reassign: button('tasks.reassign', target),
  due: button('tasks.due', target),
  open: button('tasks.open', target),
  menu: button('tasks.menu', chosen),
  listMenu: button('tasks.list_menu', chosen),
  all: button('tasks.all', ofCrisis),
  showAll: button('tasks.show_all', ofCrisis),
  name: button('tasks.name', ofCrisis),
  /** Of lists that an earlier version showed. */
  page: button('tasks.page', z.object({ ids: z.array(z.uuid()) })),
};

/** `channelId`: where it was opened from, which proves who may act. */
export const list = filteredList('tasks', z.object({ crisisIds: z.array(z.uuid()), channelId: z.string().nullable() }));

export const forms = {
  create: form('tasks.create', z.object({ crisisId: z.uuid().nullable(), sourceUrl: z.string().nullable() }), {
    crisis: pickField(),
    title: textField({ max: titleMax }),
    assignee: personField(),
    due: momentField(),
    details: textField({ multiline: true, max: detailsMax }),
    department: pickField(),
  }),
  block: form('tasks.block', target, { reason: textField({ multiline: true, max: reasonMax }) }),
  reassign: form('tasks.reassign', target, { assignee: field(z.string(), personInput) }),
  due: form('tasks.due', target, { due: momentField() }),
  name: form('tasks.name', ofCrisis, { gap: pickField(), who: field(z.string(), personInput) }),
};

function labelOf(act: InMenu | 'postpone', task: Task, language: Language): string {
  const w = words(language).button;
  if (act === 'start' && task.status === 'blocked') return w.resume;
  if (act === 'reassign' && !task.assigneeId) return w.assign;
  if (act === 'due' && !task.dueAt) return w.setDue;
  return w[act];
}

const press = (act: 'start' | 'done' | 'block' | 'reopen', task: Task, language: Language) =>
  buttons[act].draw(labelOf(act, task, language), targetOf(task), {
    ...(act === 'done' ? { style: 'primary' } : {}),
    spoken: words(language).button.spoken[act](task.number),
  });

/** Beside one line of several: none of them is the first thing to press. */
export const doneButton = (task: Task, language: Language): Button =>
  buttons.done.draw(labelOf('done', task, language), targetOf(task), {
    suffix: task.number,
    spoken: words(language).button.spoken.done(task.number),
  });

export const openButton = (task: Task, language: Language): Button =>
  buttons.open.draw(labelOf('open', task, language), targetOf(task), {
    suffix: task.number,
    spoken: words(language).button.spoken.open(task.number),
  });

export const nameButton = (crisisId: string, language: Language): Button =>
  buttons.name.draw(words(language).button.name, { crisisId });

const menu = (drawn: typeof buttons.menu, acts: readonly InMenu[], task: Task, language: Language) =>
  drawn.menu(
    acts.map((a) => ({ value: { a, ...targetOf(task) }, label: labelOf(a, task, language) })),
    task.number,
  );

/** Nobody starts what is started. */
const actsOn = ({ status }: Task): InMenu[] => {
  if (status === 'done') return ['reopen', 'open'];
  return status === 'started' ? ['done', 'open'] : ['done', 'start', 'open'];
};

/** Lines of the list that stays, before the rest is counted. */
const mostLines = 10;

/** The one message of all tasks of a crisis: what is to be done now, by whom, until when. It calls nobody. */
export function board(tasks: readonly Task[], crisis: Crisis, reader: Reader): Message {
  const { language, timeZone, now } = reader;
  const w = words(language).board;
  const present = shownTasks(tasks, now);
  const hidden = hiddenTasks(tasks, now);
  const done = tasks.length - openTasks(tasks).length;
  const counts = w.counts(present.length, hidden.length, done);
  const lines = present.slice(0, mostLines).map((task) => boardLine(task, reader));
  const rest = present.length - lines.length;
  const nextAt = nextLotAt(tasks, now);
  const isOpen = crisis.status === 'open';
  return message(w.text(counts), [
    section(w.title(counts), buttons.all.draw(w.all, { crisisId: crisis.id })),
    // Five lines fit in one block however many signs of theirs are escaped.
    ...[lines.slice(0, 5), lines.slice(5)].filter((part) => part.length > 0).map((part) => expanded(part.join('\n'))),
    ...(rest > 0 ? [context(w.more(rest))] : []),
    ...(nextAt && isOpen
      ? [
          context(w.later(hidden.length, slackTime(nextAt, timeZone, language, 'time'))),
          actions(buttons.showAll.draw(w.showAll(present.length + hidden.length), { crisisId: crisis.id })),
        ]
      : []),
  ]);
}

/** What an earlier version showed of one task, in its room or to one person. */
export function foldedMessage(language: Language): Message {
  const text = words(language).folded;
  return message(text, [section(text)]);
}

const blockedBecause = ({ blockedReason }: Task, { language, named }: Reader): KnownBlock[] =>
  blockedReason ? [section(words(language).card.blockedBecause(isolated(mrkdwnOf(blockedReason, named))))] : [];

function state(task: Task, reader: Reader): string {
  const { language, timeZone, named } = reader;
  const w = words(language);
  const done = doneBy(task, reader);
  if (done) return `${w.mark.done} ${done}`;
  const due = task.dueAt ? w.card.due(slackTime(task.dueAt, timeZone, language)) : w.card.noDue;
  const doer = escapeMrkdwn(doerOf(task, reader) ?? w.card.nobody);
  const given = task.assignedBy ? [w.wait.givenBy(escapeMrkdwn(named(task.assignedBy)))] : [];
  return [`${w.mark[task.status]} ${w.status[task.status]}`, doer, due, ...given].join(' · ');
}

/** One task whole, exactly as it was written, with everything that can be done to it. */
export function taskView(task: Task, crisis: Crisis, reader: Reader): ModalView {
  const { language, named } = reader;
  const w = words(language);
  const acts: ('start' | 'done' | 'reopen')[] =
    task.status === 'done' ? ['reopen'] : task.status === 'started' ? ['done'] : ['done', 'start'];
  return modal({
    id: 'tasks.task',
    title: w.card.name(task.number),
    close: w.created.close,
    metadata: { id: task.id },
    blocks: [
      section(`*${titleOf(task, reader)}*\n${state(task, reader)}`),
      ...blockedBecause(task, reader),
      ...(task.details ? paragraphs(withNames(task.details, named)) : []),
      ...(task.sourceUrl ? [context(link(task.sourceUrl, w.card.source))] : []),
      ...(crisis.status === 'open'
        ? [
            actions(
              ...acts.map((act) => press(act, task, language)),
              ...(task.status === 'done' ? [] : [menu(buttons.menu, ['block', 'reassign', 'due'], task, language)]),
            ),
          ]
        : []),
    ],
  });
}

/** `crises` gives the titles when there are several; `isMine` says whose a task is. */
export function taskList(
  wish: { crisisIds: string[]; channelId: string | null; narrowing: Narrowing; page: number },
  tasks: readonly Task[],
  crises: readonly Crisis[],
  departments: readonly string[],
  isMine: (task: Task) => boolean,
  reader: Reader,
): ModalView {
  const { language, named, now } = reader;
  const w = words(language);
  const { crisisIds, channelId, narrowing, page } = wish;
  const places = new Map(crises.map((crisis) => [crisis.id, crisis]));
  const where = ({ crisisId }: Task) => {
    const crisis = places.get(crisisId);
    return crisis && crises.length > 1 ? `\n_${escapeMrkdwn(crisisName(crisis))}_` : '';
  };
  const stateOf = (task: Task) => (isShown(task, now) ? task.status : 'later');
  const rows = tasks.map(
    (task): Findable => ({
      text: `${taskLine(task, reader)}${where(task)}`,
      ...(places.get(task.crisisId)?.status === 'open'
        ? { accessory: menu(buttons.listMenu, actsOn(task), task, language) }
        : {}),
      label: `#${task.number} ${withNames(task.title, named)}`,
      isMine: isMine(task),
      department: task.department,
      state: stateOf(task),
    }),
  );
  const used = departments.filter((key) => tasks.some(({ department }) => department === key));
  return list.draw(
    { about: { crisisIds, channelId }, narrowing, page },
    {
      title: w.list.title,
      rows,
      empty: w.list.empty,
      departments: used.map((key) => ({ value: key, label: reader.department(key) })),
      states: (['open', 'started', 'blocked', 'later', 'done'] as const)
        .filter((one) => tasks.some((task) => stateOf(task) === one))
        .map((one) => ({ value: one, label: w.status[one] })),
      language,
    },
  );
}

/** Somebody is named for what nobody has. */
export function nameForm(unfilled: readonly Task[], crisis: Crisis, reader: Reader): ModalView {
  const { form: shared, name: w } = words(reader.language);
  const choices = gapsIn(unfilled, reader).map(({ gap, label }) => ({ value: gap, label }));
  const f = forms.name.fields;
  return forms.name.draw({
    title: w.title,
    submit: w.submit,
    close: shared.cancel,
    metadata: { crisisId: crisis.id },
    blocks: [f.gap(w.gap, {}, choices, choices[0]?.value), f.who(w.who, { hint: shared.whoHint })],
  });
}

export type TaskDraft = {
  title?: string;
  details?: string;
  assigneeId?: string | null;
  dueAt?: Date | null;
  sourceUrl?: string | null;
};

/** `crises`: the one it is for, or those the person chooses from when asked elsewhere. */
export function taskForm(
  draft: TaskDraft,
  crises: { here: Crisis | undefined; open: readonly Crisis[] },
  departments: readonly string[],
  reader: Reader,
): ModalView {
  const w = words(reader.language).form;
  const f = forms.create.fields;
  const { here, open } = crises;
  const optional = true;
  return forms.create.draw({
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId: here?.id ?? null, sourceUrl: draft.sourceUrl ?? null },
    blocks: [
      ...(here
        ? []
        : [
            f.crisis(
              w.crisis,
              {},
              open.map((crisis) => ({ value: crisis.id, label: signedName(crisis, reader.language) })),
              open.length === 1 ? open[0]?.id : undefined,
            ),
          ]),
      ...(draft.sourceUrl ? [context(w.from(link(draft.sourceUrl, words(reader.language).card.source)))] : []),
      f.title(w.what, {}, { placeholder: w.whatPlaceholder, focus: true, initial: draft.title }),
      f.assignee(w.who, { optional, hint: w.whoHint }, draft.assigneeId),
      f.due(w.due, { optional, hint: w.dueHint }, draft.dueAt),
      f.details(w.details, { optional, hint: w.detailsHint }, { initial: draft.details }),
      f.department(w.department, { optional }, [
        { value: '-', label: w.noDepartment },
        ...departments.map((key) => ({ value: key, label: reader.department(key) })),
      ]),
    ],
  });
}

/** The form that asks what one move of a task needs. */
export function moveForm(move: 'block' | 'reassign' | 'due', task: Task, reader: Reader): ModalView {
  const { form: shared, ...w } = words(reader.language);
  const [metadata, name] = [targetOf(task), section(`*#${task.number}* ${titleOf(task, reader)}`)];
  const { title, submit } = w[move];
  const view = { title, submit, close: shared.cancel, metadata };
  switch (move) {
    case 'block': {
      const input = forms.block.fields.reason(w.block.label, { hint: w.block.hint }, { focus: true });
      return forms.block.draw({ ...view, blocks: [name, input] });
    }
    case 'reassign': {
      const input = forms.reassign.fields.assignee(w.reassign.label, { hint: shared.whoHint }, task.assigneeId);
      return forms.reassign.draw({ ...view, blocks: [name, input] });
    }
    case 'due': {
      const input = forms.due.fields.due(w.due.label, { optional: true, hint: w.due.hint }, task.dueAt);
      return forms.due.draw({ ...view, blocks: [name, input] });
    }
  }
}

/** Typed names that found nobody, and one that was left in the title. */
export type NamesNotTaken = { unread: readonly string[]; left: string | null };

/** What the person who created it reads: what was understood, and what is missing, with a button for it. */
export function createdNote(
  task: Task,
  assignee: { name: string; inCell: boolean } | null,
  { unread, left }: NamesNotTaken,
  crisis: Crisis,
  reader: Reader,
): Message {
  const { language, timeZone } = reader;
  const w = words(language).created;
  const lines = [
    `${w.told(task.number, titleOf(task, reader))}${crisis.channelId ? ` (${channelLink(crisis.channelId)})` : ''}`,
    [
      assignee ? w.who(escapeMrkdwn(assignee.name)) : unread.length > 0 ? '' : w.nobody,
      task.dueAt ? w.due(slackTime(task.dueAt, timeZone, language)) : w.noDue,
    ]
      .filter(Boolean)
      .join(' '),
    ...(unread.length > 0 ? [w.unread(escapeMrkdwn(unread.join(', ')))] : []),
    ...(left ? [w.left(escapeMrkdwn(left))] : []),
    ...(assignee && !assignee.inCell ? [w.added(escapeMrkdwn(assignee.name))] : []),
  ];
  const missing = [...(task.dueAt ? [] : (['due'] as const)), ...(assignee ? [] : (['reassign'] as const))];
  return message(w.told(task.number, withNames(task.title, reader.named)), [
    section(lines.join('\n')),
    ...(missing.length > 0
      ? [actions(...missing.map((act) => buttons[act].draw(labelOf(act, task, language), targetOf(task))))]
      : []),
  ]);
}

export const createdForm = (created: Message, language: Language): ModalView =>
  modal({
    id: 'tasks.created',
    title: words(language).created.title,
    close: words(language).created.close,
    blocks: created.blocks.filter((block) => block.type !== 'actions'),
  });

/** In place of the form that did it. */
export const movedForm = (said: string, language: Language): ModalView =>
  modal({
    id: 'tasks.moved',
    title: words(language).list.title,
    close: words(language).created.close,
    blocks: [section(escapeMrkdwn(said))],
  });
