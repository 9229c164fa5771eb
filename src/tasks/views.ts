import type { Language } from '../core/locale.ts';
import { dateTime } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  button,
  type Choice,
  context,
  header,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  momentInput,
  overflow,
  paragraphs,
  personInput,
  section,
  select,
  textInput,
  textLength,
} from '../slack/blocks.ts';
import { pagesOf } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, link, mention, mrkdwnOf, slackTime, withNames } from '../slack/mrkdwn.ts';
import { isolated, taskLine, titleOf } from './line.ts';
import { detailsMax, type Move, reasonMax, type Task, type TaskRefusal, titleMax } from './rules.ts';
import { words } from './text.ts';

type Named = (userId: string) => string;
/** Who reads it. */
export type Reader = { language: Language; timeZone: string; named: Named; now: Date };

/** The one message of a task in its room: what, who, until when, and the next press. */
export function card(task: Task, crisis: Crisis, named: Named, department: string | null): Message {
  const { language } = crisis;
  const w = words(language).card;
  const lines = [`*${w.name(task.number)}* · ${titleOf(task, named)}`, state(task, crisis, named, department)];
  const notes = [
    ...(task.sourceUrl ? [link(task.sourceUrl, w.source)] : []),
    ...(task.details ? [w.detailsInThread] : []),
  ];
  const blocks: KnownBlock[] = [
    section(lines.join('\n'), task.status === 'done' ? reopenButton(task, language) : menu(task, language)),
    ...(task.blockedReason ? [section(w.blockedBecause(isolated(mrkdwnOf(task.blockedReason, named))))] : []),
    ...(notes.length > 0 ? [context(notes.join(' · '))] : []),
    ...(task.status === 'done' ? [] : [actions(...moveButtons(task, language))]),
  ];
  const who = task.assigneeId ? named(task.assigneeId) : (department ?? w.nobody);
  const status = words(language).status[task.status];
  return message(w.text(task.number, withNames(task.title, named), who, status), blocks);
}

function state(task: Task, crisis: Crisis, named: Named, department: string | null): string {
  const { language, timeZone } = crisis;
  const w = words(language);
  const status = `${w.mark[task.status]} ${w.status[task.status]}`;
  if (task.status === 'done' && task.doneBy && task.doneAt)
    return `${w.mark.done} ${w.card.doneBy(escapeMrkdwn(named(task.doneBy)), slackTime(task.doneAt, timeZone, language))}`;
  const due = task.dueAt ? w.card.due(slackTime(task.dueAt, timeZone, language)) : w.card.noDue;
  return [status, owner(task, named, department ?? w.card.nobody), due].join(' · ');
}

/** Called when there is something to do and somebody else asked for it. */
function owner(task: Task, named: Named, otherwise: string): string {
  if (!task.assigneeId) return escapeMrkdwn(otherwise);
  return task.assigneeId === task.createdBy ? `*${escapeMrkdwn(named(task.assigneeId))}*` : mention(task.assigneeId);
}

const targetOf = (task: Task): string => JSON.stringify({ id: task.id, v: task.version });

function moveButtons(task: Task, language: Language) {
  const w = words(language).button;
  const value = targetOf(task);
  const start = task.status === 'blocked' ? w.resume : w.start;
  return [
    ...(task.status === 'started'
      ? []
      : [button(start, { id: 'tasks.start', value, spoken: w.spoken.start(task.number) })]),
    button(w.done, { id: 'tasks.done', value, style: 'primary' as const, spoken: w.spoken.done(task.number) }),
    button(w.block, { id: 'tasks.block', value, spoken: w.spoken.block(task.number) }),
  ];
}

const reopenButton = (task: Task, language: Language) => {
  const w = words(language).button;
  return button(w.reopen, { id: 'tasks.reopen', value: targetOf(task), spoken: w.spoken.reopen(task.number) });
};

const choice = (act: Move['kind'], task: Task, label: string): Choice => ({
  value: JSON.stringify({ a: act, id: task.id, v: task.version }),
  label,
});

const menu = (task: Task, language: Language) => {
  const w = words(language).button;
  return overflow('tasks.menu', [
    choice('reassign', task, task.assigneeId ? w.reassign : w.assign),
    choice('due', task, task.dueAt ? w.due : w.setDue),
  ]);
};

/** Everything that can be done to a task, in one menu: for lists, where each task has one line. */
const fullMenu = (task: Task, language: Language) => {
  const w = words(language).button;
  if (task.status === 'done') return overflow('tasks.list_menu', [choice('reopen', task, w.reopen)]);
  return overflow('tasks.list_menu', [
    ...(task.status === 'started' ? [] : [choice('start', task, task.status === 'blocked' ? w.resume : w.start)]),
    choice('done', task, w.done),
    choice('block', task, w.block),
    choice('reassign', task, task.assigneeId ? w.reassign : w.assign),
    choice('due', task, task.dueAt ? w.due : w.setDue),
  ]);
};

/** In the card's thread, whole and exactly as written. */
export const detailsMessage = (task: Task, language: Language, named: Named): Message =>
  message(words(language).card.detailsText(task.number), paragraphs(withNames(task.details, named)));

export function blockedNote(task: Task, crisis: Crisis, named: Named): Message {
  const w = words(crisis.language).blocked;
  const by = `*${escapeMrkdwn(named(task.changedBy))}*`;
  const reason = isolated(mrkdwnOf(task.blockedReason ?? '', named));
  return message(w.text(task.number), [
    section(w.tell(mention(crisis.leadId), task.number, by, reason)),
    context(w.next),
  ]);
}

const roomOf = (crisis: Crisis, language: Language): string =>
  crisis.channelId ? channelLink(crisis.channelId) : words(language).reminder.noRoom;

/** `version`: the one with which it was given to this reader, whose it may not be any more. */
export function assignedNote(task: Task, version: number, crisis: Crisis, reader: Reader): Message {
  const w = words(reader.language);
  const by = `*${escapeMrkdwn(reader.named(task.assignedBy ?? task.changedBy))}*`;
  const title = withNames(task.title, reader.named);
  if (task.assignedVersion !== version)
    return message(w.assigned.text(task.number, title), [
      section(`*#${task.number}* ${titleOf(task, reader.named)}`),
      context(w.assigned.notYours),
    ]);
  return message(w.assigned.text(task.number, title), [
    section(w.assigned.intro(escapeMrkdwn(crisis.title), roomOf(crisis, reader.language), by)),
    section(`*#${task.number}* ${titleOf(task, reader.named)}${dueOf(task, reader)}`),
    ...(task.details ? paragraphs(withNames(task.details, reader.named)) : []),
    ...(task.status === 'open' ? [] : [context(state(task, { ...crisis, ...inWordsOf(reader) }, reader.named, null))]),
    ...(task.blockedReason
      ? [section(w.card.blockedBecause(isolated(mrkdwnOf(task.blockedReason, reader.named))))]
      : []),
    ...(task.status === 'done' || crisis.status === 'closed' ? [] : [actions(...moveButtons(task, reader.language))]),
  ]);
}

const inWordsOf = ({ language, timeZone }: Reader) => ({ language, timeZone });

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
  return message(w.text(crisis.title, titles), [
    section(w.intro(escapeMrkdwn(crisis.title), roomOf(crisis, reader.language), tasks.length)),
    ...shown.flatMap((task) => reminded(task, reminder, crisis, reader)),
    ...(rest > 0 ? [context(w.more(rest))] : []),
  ]);
}

function reminded(task: Task, reminder: { id: string; sentAt: Date }, crisis: Crisis, reader: Reader): KnownBlock[] {
  const { language, named, timeZone } = reader;
  const w = words(language);
  const name = `*#${task.number}* ${titleOf(task, named)}`;
  if (task.status === 'done' && task.doneBy && task.doneAt)
    return [
      section(
        `${name}\n✅ ${w.card.doneBy(escapeMrkdwn(named(task.doneBy)), slackTime(task.doneAt, timeZone, language))}`,
      ),
    ];
  const isLate = task.dueAt !== null && task.dueAt < reminder.sentAt;
  const marks = [
    ...(isLate ? [`*${w.reminder.late}*`] : []),
    ...(task.status === 'blocked' ? [w.reminder.stuck] : []),
    ...(task.assigneeId
      ? []
      : [task.department ? escapeMrkdwn(departmentName(task.department, null, language)) : w.reminder.unassigned]),
  ];
  const line = section(`${name}${dueOf(task, reader)}${marks.map((mark) => ` · ${mark}`).join('')}`);
  if (crisis.status === 'closed') return [line];
  if (task.reminderId !== reminder.id) return [line, context(w.reminder.newer)];
  const value = targetOf(task);
  const { spoken, ...labels } = w.button;
  return [
    line,
    actions(
      button(labels.done, { id: 'tasks.done', value, style: 'primary', spoken: spoken.done(task.number) }),
      ...(task.status === 'started'
        ? []
        : [
            button(task.status === 'blocked' ? labels.resume : labels.start, {
              id: 'tasks.start',
              value,
              spoken: spoken.start(task.number),
            }),
          ]),
      button(labels.postpone, { id: 'tasks.postpone', value, spoken: spoken.postpone(task.number) }),
    ),
  ];
}

export type ListKind = 'open' | 'mine' | 'done';
/** A page holds as many tasks as a message can: by number, and by length for long titles. */
const tasksPerPage = 12;

/** Every task is on some page; each has its menu. `crises` gives the titles when there are several. */
export function taskList(
  kind: ListKind,
  tasks: readonly Task[],
  crises: readonly Crisis[],
  asked: number,
  reader: Reader,
): Message {
  const { language, named, now, timeZone } = reader;
  const w = words(language).list;
  if (tasks.length === 0) return message(w.empty[kind], [section(w.empty[kind])]);
  const titles = new Map(crises.map((crisis) => [crisis.id, crisis.title]));
  const lines = tasks.map((task) => {
    const where = crises.length > 1 ? `\n_${escapeMrkdwn(titles.get(task.crisisId) ?? '')}_` : '';
    return { task, text: `${taskLine(task, named, language, now, timeZone)}${where}` };
  });
  const pages = pagesOf(lines, tasksPerPage, ({ task, text }) => textLength(section(text, fullMenu(task, language))));
  const page = Math.min(Math.max(asked, 0), pages.length - 1);
  const shown = pages[page] ?? [];
  const title = `${w.title[kind]} (${tasks.length})`;
  const turn = (label: string, to: number, id: string) =>
    button(label, { id: `tasks.page:${id}`, value: JSON.stringify({ kind, page: to, ids: crises.map((c) => c.id) }) });
  return message(`${title}: ${shown.map(({ task }) => `#${task.number} ${withNames(task.title, named)}`).join(', ')}`, [
    header(title),
    ...shown.map(({ task, text }) => section(text, fullMenu(task, language))),
    ...(pages.length > 1
      ? [
          context(w.page(page + 1, pages.length)),
          actions(
            ...(page > 0 ? [turn(w.previous, page - 1, 'previous')] : []),
            ...(page < pages.length - 1 ? [turn(w.next, page + 1, 'next')] : []),
          ),
        ]
      : []),
  ]);
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
  crises: { here: Crisis | null; open: readonly Crisis[] },
  departments: readonly { key: string; name: string | null }[],
  language: Language,
): ModalView {
  const w = words(language).form;
  const [first] = crises.open;
  return modal({
    id: 'tasks.create',
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId: crises.here?.id ?? null, sourceUrl: draft.sourceUrl ?? null },
    blocks: [
      ...(crises.here
        ? []
        : [
            input(
              w.crisis,
              select(
                'crisis',
                crises.open.map((crisis) => ({ value: crisis.id, label: `#${crisis.number} ${crisis.title}` })),
                crises.open.length === 1 ? first?.id : undefined,
              ),
            ),
          ]),
      ...(draft.sourceUrl ? [context(w.from(link(draft.sourceUrl, words(language).card.source)))] : []),
      input(
        w.what,
        textInput('title', { max: titleMax, placeholder: w.whatPlaceholder, focus: true, initial: draft.title }),
      ),
      input(w.who, personInput('assignee', draft.assigneeId), { optional: true, hint: w.whoHint }),
      input(w.due, momentInput('due', draft.dueAt), { optional: true, hint: w.dueHint }),
      input(w.details, textInput('details', { multiline: true, max: detailsMax, initial: draft.details }), {
        optional: true,
        hint: w.detailsHint,
      }),
      input(
        w.department,
        select('department', [
          { value: '-', label: w.noDepartment },
          ...departments.map(({ key, name }) => ({ value: key, label: departmentName(key, name, language) })),
        ]),
        { optional: true },
      ),
    ],
  });
}

export function blockForm(task: Task, { language, named }: Reader): ModalView {
  const w = words(language).block;
  return modal({
    id: 'tasks.block',
    title: w.title,
    submit: w.submit,
    close: words(language).form.cancel,
    metadata: { id: task.id, v: task.version },
    blocks: [
      section(`*#${task.number}* ${titleOf(task, named)}`),
      input(w.label, textInput('reason', { multiline: true, max: reasonMax, focus: true }), { hint: w.hint }),
    ],
  });
}

export function reassignForm(task: Task, { language, named }: Reader): ModalView {
  const w = words(language).reassign;
  return modal({
    id: 'tasks.reassign',
    title: w.title,
    submit: w.submit,
    close: words(language).form.cancel,
    metadata: { id: task.id, v: task.version },
    blocks: [
      section(`*#${task.number}* ${titleOf(task, named)}`),
      input(w.label, personInput('assignee', task.assigneeId), { hint: words(language).form.whoHint }),
    ],
  });
}

export function dueForm(task: Task, { language, named }: Reader): ModalView {
  const w = words(language).due;
  return modal({
    id: 'tasks.due',
    title: w.title,
    submit: w.submit,
    close: words(language).form.cancel,
    metadata: { id: task.id, v: task.version },
    blocks: [
      section(`*#${task.number}* ${titleOf(task, named)}`),
      input(w.label, momentInput('due', task.dueAt), { optional: true, hint: w.hint }),
    ],
  });
}

/** What the person who created it reads: what was understood, and what is missing, with a button for it. */
export function createdNote(
  task: Task,
  assignee: { name: string; inCell: boolean } | null,
  crisis: Crisis,
  reader: Reader,
): Message {
  const { language, timeZone } = reader;
  const w = words(language);
  const title = titleOf(task, reader.named);
  const lines = [
    `${w.created.told(task.number, title)}${crisis.channelId ? ` (${channelLink(crisis.channelId)})` : ''}`,
    [
      assignee ? w.created.who(escapeMrkdwn(assignee.name)) : w.created.nobody,
      task.dueAt ? w.created.due(slackTime(task.dueAt, timeZone, language)) : w.created.noDue,
    ].join(' '),
    ...(assignee && !assignee.inCell ? [w.created.added(escapeMrkdwn(assignee.name))] : []),
  ];
  const missing = [
    ...(task.dueAt ? [] : [button(w.button.setDue, { id: 'tasks.due', value: targetOf(task) })]),
    ...(assignee ? [] : [button(w.button.assign, { id: 'tasks.reassign', value: targetOf(task) })]),
  ];
  return message(w.created.told(task.number, withNames(task.title, reader.named)), [
    section(lines.join('\n')),
    ...(missing.length > 0 ? [actions(...missing)] : []),
  ]);
}

export const createdForm = (created: Message, language: Language): ModalView =>
  modal({
    id: 'tasks.created',
    title: words(language).created.title,
    close: words(language).created.close,
    blocks: created.blocks.filter((block) => block.type !== 'actions'),
  });

/** A "no" with what was typed, so that nothing has to be typed again. */
export function refusedText(no: string, typed: string, { language, named }: Reader): Message {
  return message(no, [
    section(escapeMrkdwn(no)),
    context(words(language).yourText),
    ...paragraphs(withNames(typed, (id) => `@${named(id)}`)),
  ]);
}

/** Plain text: why not, and what to do next, with hours in the reader's own time zone. */
export function sayNo(refusal: TaskRefusal, reader: Reader): string {
  const w = words(reader.language).refused;
  switch (refusal.code) {
    case 'title_too_long':
      return w.title_too_long(refusal.length, titleMax);
    case 'details_too_long':
      return w.details_too_long(refusal.length, detailsMax);
    case 'reason_too_long':
      return w.reason_too_long(refusal.length, reasonMax);
    case 'several_people':
      return w.several_people(refusal.userIds.map((id) => reader.named(id)).join(', '));
    case 'cannot_assign':
      return w.cannot_assign(refusal.name, refusal.why);
    case 'due_past':
    case 'due_ambiguous':
    case 'due_too_far':
      return w[refusal.code](refusal.phrase);
    case 'same_assignee':
      return w.same_assignee(refusal.name);
    case 'already_done':
      return w.already_done(seen(refusal.task, reader, refusal.task.doneBy, refusal.task.doneAt));
    case 'already_started':
      return w.already_started(seen(refusal.task, reader, refusal.task.startedBy, refusal.task.startedAt));
    case 'not_done':
    case 'stale':
      return w[refusal.code](seen(refusal.task, reader, refusal.task.changedBy, refusal.task.changedAt));
    case 'not_in_room':
    case 'closed':
    case 'title_missing':
    case 'reason_missing':
    case 'same_due':
      return w[refusal.code]();
  }
}

function seen(task: Task, { language, named, timeZone, now }: Reader, by: string | null, at: Date | null) {
  const day = (date: Date) => dateTime(date, timeZone, language).split(/[\s,]+\d{2}:\d{2}/)[0];
  const moment = at ?? task.changedAt;
  const hour = dateTime(moment, timeZone, language).slice(-5);
  return {
    number: task.number,
    by: named(by ?? task.changedBy),
    at: day(moment) === day(now) ? hour : dateTime(moment, timeZone, language),
    status: words(language).status[task.status],
  };
}
