import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf as crisisName, signedName } from '../crises/text.ts';
import {
  actions,
  context,
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
import { pagedList } from '../slack/list.ts';
import { channelLink, escapeMrkdwn, link, mention, mrkdwnOf, slackTime, withNames } from '../slack/mrkdwn.ts';
import { doerOf, doneBy, isolated, taskLine, titleOf } from './line.ts';
import { detailsMax, reasonMax, type Task, titleMax } from './rules.ts';
import { words } from './text.ts';

const target = z.object({ id: z.uuid(), v: z.number() });
const targetOf = (task: Task) => ({ id: task.id, v: task.version });

const inMenu = ['start', 'done', 'block', 'reopen', 'reassign', 'due'] as const;
type InMenu = (typeof inMenu)[number];
const chosen = target.extend({ a: z.enum(inMenu) });

const listKinds = ['open', 'mine', 'done'] as const;
export type ListKind = (typeof listKinds)[number];

export const buttons = {
  start: button('tasks.start', target),
  done: button('tasks.done', target),
  reopen: button('tasks.reopen', target),
  postpone: button('tasks.postpone', target),
  block: button('tasks.block', target),
  reassign: button('tasks.reassign', target),
  due: button('tasks.due', target),
  menu: button('tasks.menu', chosen),
  listMenu: button('tasks.list_menu', chosen),
  page: button('tasks.page', z.object({ kind: z.enum(listKinds), page: z.number(), ids: z.array(z.uuid()) })),
};

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
};

function labelOf(act: InMenu | 'postpone', task: Task, language: Language): string {
  const w = words(language).button;
  if (act === 'start' && task.status === 'blocked') return w.resume;
  if (act === 'reassign' && !task.assigneeId) return w.assign;
  if (act === 'due' && !task.dueAt) return w.setDue;
  return w[act];
}

const press = (act: 'start' | 'done' | 'block' | 'reopen' | 'postpone', task: Task, language: Language) =>
  buttons[act].draw(labelOf(act, task, language), targetOf(task), {
    ...(act === 'done' ? { style: 'primary' } : {}),
    spoken: words(language).button.spoken[act](task.number),
  });

/** Nobody starts what is started. */
const possible = <A extends InMenu | 'postpone'>(acts: readonly A[], task: Task): A[] =>
  acts.filter((act) => act !== 'start' || task.status !== 'started');

const moveButtons = (task: Task, language: Language) =>
  possible(['start', 'done', 'block'], task).map((act) => press(act, task, language));

const menu = (drawn: typeof buttons.menu, acts: readonly InMenu[], task: Task, language: Language) =>
  drawn.menu(possible(acts, task).map((a) => ({ value: { a, ...targetOf(task) }, label: labelOf(a, task, language) })));

/** Everything that can be done to a task, in one menu: for lists, where each task has one line. */
const fullMenu = (task: Task, language: Language) =>
  menu(
    buttons.listMenu,
    task.status === 'done' ? ['reopen'] : ['start', 'done', 'block', 'reassign', 'due'],
    task,
    language,
  );

/** The one message of a task in its room: what, who, until when, and the next press. */
export function card(task: Task, reader: Reader): Message {
  const { language, named } = reader;
  const w = words(language).card;
  const isDone = task.status === 'done';
  const notes = [
    ...(task.sourceUrl ? [link(task.sourceUrl, w.source)] : []),
    ...(task.details ? [w.detailsInThread] : []),
  ];
  const blocks: KnownBlock[] = [
    section(
      `*${w.name(task.number)}* · ${titleOf(task, reader)}\n${state(task, reader)}`,
      isDone ? press('reopen', task, language) : menu(buttons.menu, ['reassign', 'due'], task, language),
    ),
    ...blockedBecause(task, reader),
    ...(notes.length > 0 ? [context(notes.join(' · '))] : []),
    ...(isDone ? [] : [actions(...moveButtons(task, language))]),
  ];
  const status = words(language).status[task.status];
  return message(w.text(task.number, withNames(task.title, named), doerOf(task, reader) ?? w.nobody, status), blocks);
}

const blockedBecause = ({ blockedReason }: Task, { language, named }: Reader): KnownBlock[] =>
  blockedReason ? [section(words(language).card.blockedBecause(isolated(mrkdwnOf(blockedReason, named))))] : [];

function state(task: Task, reader: Reader): string {
  const { language, timeZone } = reader;
  const w = words(language);
  const done = doneBy(task, reader);
  if (done) return `${w.mark.done} ${done}`;
  const due = task.dueAt ? w.card.due(slackTime(task.dueAt, timeZone, language)) : w.card.noDue;
  return [`${w.mark[task.status]} ${w.status[task.status]}`, calledDoer(task, reader), due].join(' · ');
}

/** A person is called when there is something to do and somebody else asked for it. */
function calledDoer(task: Task, reader: Reader): string {
  const { assigneeId } = task;
  if (assigneeId && assigneeId !== task.createdBy) return mention(assigneeId);
  const doer = escapeMrkdwn(doerOf(task, reader) ?? words(reader.language).card.nobody);
  return assigneeId ? `*${doer}*` : doer;
}

/** In the card's thread, whole and exactly as written. */
export const detailsMessage = (task: Task, { language, named }: Reader): Message =>
  message(words(language).card.detailsText(task.number), paragraphs(withNames(task.details, named)));

export function blockedNote(task: Task, crisis: Crisis, { language, named }: Reader): Message {
  const w = words(language).blocked;
  const by = `*${escapeMrkdwn(named(task.changedBy))}*`;
  const reason = isolated(mrkdwnOf(task.blockedReason ?? '', named));
  return message(w.text(task.number), [
    section(w.tell(mention(crisis.leadId), task.number, by, reason)),
    context(w.next),
  ]);
}

const roomOf = (crisis: Crisis, language: Language): string =>
  crisis.channelId ? channelLink(crisis.channelId) : words(language).reminder.noRoom;

const nameOf = (task: Task, reader: Reader): string => `*#${task.number}* ${titleOf(task, reader)}`;

/** `version`: the one with which it was given to this reader, whose it may not be any more. */
export function assignedNote(task: Task, version: number, crisis: Crisis, reader: Reader): Message {
  const { language, named } = reader;
  const w = words(language).assigned;
  const by = `*${escapeMrkdwn(named(task.assignedBy ?? task.changedBy))}*`;
  const text = w.text(task.number, withNames(task.title, named));
  if (task.assignedVersion !== version) return message(text, [section(nameOf(task, reader)), context(w.notYours)]);
  return message(text, [
    section(w.intro(escapeMrkdwn(crisisName(crisis)), roomOf(crisis, language), by)),
    section(`${nameOf(task, reader)}${dueOf(task, reader)}`),
    ...(task.details ? paragraphs(withNames(task.details, named)) : []),
    ...(task.status === 'open' ? [] : [context(state(task, reader))]),
    ...blockedBecause(task, reader),
    ...(task.status === 'done' || crisis.status === 'closed' ? [] : [actions(...moveButtons(task, language))]),
  ]);
}

const dueOf = (task: Task, { language, timeZone }: Reader): string =>
  task.dueAt ? ` · ${words(language).card.due(slackTime(task.dueAt, timeZone, language))}` : '';

/** Tasks of one reminder that get buttons of their own; the others are counted, and one command away. */
const mostInReminder = 6;

/** What it says changes with the tasks; once a newer reminder was sent, this one has no buttons left. */
export function reminderMessage(
  reminder: { id: string; sentAt: Date },
  tasks: readonly Task[],
  crisis: Crisis,
  reader: Reader,
): Message {
  const w = words(reader.language).reminder;
  const shown = tasks.slice(0, mostInReminder);
  const rest = tasks.length - shown.length;
  const titles = tasks.map((task) => `#${task.number} ${withNames(task.title, reader.named)}`).join(', ');
  return message(w.text(crisisName(crisis), titles), [
    section(w.intro(escapeMrkdwn(crisisName(crisis)), roomOf(crisis, reader.language), tasks.length)),
    ...shown.flatMap((task) => reminded(task, reminder, crisis, reader)),
    ...(rest > 0 ? [context(w.more(rest))] : []),
  ]);
}

function reminded(task: Task, reminder: { id: string; sentAt: Date }, crisis: Crisis, reader: Reader): KnownBlock[] {
  const { language } = reader;
  const w = words(language).reminder;
  const name = nameOf(task, reader);
  const done = doneBy(task, reader);
  if (done) return [section(`${name}\n✅ ${done}`)];
  const isLate = task.dueAt !== null && task.dueAt < reminder.sentAt;
  const marks = [
    ...(isLate ? [`*${w.late}*`] : []),
    ...(task.status === 'blocked' ? [w.stuck] : []),
    ...(task.assigneeId ? [] : [escapeMrkdwn(doerOf(task, reader) ?? w.unassigned)]),
  ];
  const line = section([`${name}${dueOf(task, reader)}`, ...marks].join(' · '));
  if (crisis.status === 'closed') return [line];
  if (task.reminderId !== reminder.id) return [line, context(w.newer)];
  const acts = possible(['done', 'start', 'postpone'], task);
  return [line, actions(...acts.map((act) => press(act, task, language)))];
}

/** `crises` gives the titles when there are several. */
export function taskList(
  kind: ListKind,
  tasks: readonly Task[],
  crises: readonly Crisis[],
  page: number,
  reader: Reader,
): Message {
  const { language, named } = reader;
  const w = words(language).list;
  const titles = new Map(crises.map((crisis) => [crisis.id, crisisName(crisis)]));
  const where = (task: Task) => (crises.length > 1 ? `\n_${escapeMrkdwn(titles.get(task.crisisId) ?? '')}_` : '');
  return pagedList({
    title: `${w.title[kind]} (${tasks.length})`,
    empty: w.empty[kind],
    rows: tasks.map((task) => ({
      text: `${taskLine(task, reader)}${where(task)}`,
      accessory: fullMenu(task, language),
      label: `#${task.number} ${withNames(task.title, named)}`,
    })),
    page,
    language,
    turn: (label, to, suffix) =>
      buttons.page.draw(label, { kind, page: to, ids: crises.map((crisis) => crisis.id) }, { suffix }),
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
  const [metadata, name] = [targetOf(task), section(nameOf(task, reader))];
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

/** What the person who created it reads: what was understood, and what is missing, with a button for it. */
export function createdNote(
  task: Task,
  assignee: { name: string; inCell: boolean } | null,
  crisis: Crisis,
  reader: Reader,
): Message {
  const { language, timeZone } = reader;
  const w = words(language).created;
  const lines = [
    `${w.told(task.number, titleOf(task, reader))}${crisis.channelId ? ` (${channelLink(crisis.channelId)})` : ''}`,
    [
      assignee ? w.who(escapeMrkdwn(assignee.name)) : w.nobody,
      task.dueAt ? w.due(slackTime(task.dueAt, timeZone, language)) : w.noDue,
    ].join(' '),
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
