import { readDue } from '../core/due-time.ts';
import { newId } from '../core/ids.ts';
import { inBoth } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import {
  asOpened,
  crisisNamed,
  drawnSince,
  openCrises,
  readerOf,
  readPeople,
  roomHere,
  toAct,
} from '../crises/here.ts';
import { refusedText, sayCommonNo } from '../crises/refusals.ts';
import type { Crisis } from '../crises/rules.ts';
import { findCrisisOf } from '../crises/store.ts';
import { departmentsOfPerson } from '../people/rules.ts';
import { departmentKeysOf, rosterOf } from '../people/store.ts';
import type { ModalView } from '../slack/blocks.ts';
import type { Call, Feature, OpenForm, Reply, SourceMessage } from '../slack/feature.ts';
import { clip } from '../slack/limits.ts';
import { everything, type Narrowing } from '../slack/list.ts';
import { escapeMrkdwn, messageUrl, withNames } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { mentionedIn } from '../timeline/export.ts';
import { workspaceOf } from '../workspaces/store.ts';
import {
  type Ask,
  addTask,
  type Created,
  giveUnfilled,
  moveTask,
  readTask,
  showAllTasks,
  type Target,
  type TaskWish,
} from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { says, waits } from './overview.ts';
import { sayNo } from './refusals.ts';
import {
  detailsMax,
  isOn,
  isShown,
  openTasks,
  peopleIn,
  showList,
  shownTasks,
  type Task,
  type TaskRefusal,
  titleMax,
} from './rules.ts';
import { askedIn } from './snapshot.ts';
import { findTask, tasksOf } from './store.ts';
import { words } from './text.ts';
import {
  buttons,
  createdForm,
  createdNote,
  forms,
  list,
  movedForm,
  moveForm,
  type NamesNotTaken,
  nameForm,
  type TaskDraft,
  taskForm,
  taskList,
  taskView,
} from './views.ts';

const peopleNamed = (text: string): string[] => [...new Set(mentionedIn(text))];

/** What one line says: for whom, by when, and the rest is the title. */
function wishOf(call: Call, text: string): TaskWish {
  const read = readDue(text, { now: call.now(), timeZone: call.who.timeZone });
  return {
    id: newId(),
    title: read.rest,
    details: '',
    userIds: peopleNamed(text),
    department: null,
    dueAt: read.due,
    dueProblem: read.problem,
    sourceUrl: null,
  };
}

/** In a room the line is enough; elsewhere the form asks which crisis, with the line already read. */
async function typedTask(call: Call, text: string): Promise<Reply | void> {
  const crisis = await roomHere(call);
  if (!text) return openTaskForm(call, crisis, {});
  if (!crisis) return openTaskForm(call, undefined, await draftOf(call, wishOf(call, text), text), text);
  const read = await readPeople(call, crisis, text);
  const { wish, left } = await withNameAtEnd(call, crisis, wishOf(call, read.text));
  const decision = await addTask(call, crisis.id, wish);
  if (decision.ok) return noteOf(call, decision.value, { unread: read.unread, left });
  const reader = await readerOf(call, [...peopleNamed(text), ...peopleOf(decision.refusal)]);
  return refusedText(sayNo(decision.refusal, reader), atNames(text, reader), reader.language);
}

/** `… for Tom in 20 min`: a name that only ends the sentence once the due time is read. */
async function withNameAtEnd(
  call: Call,
  crisis: Crisis,
  wish: TaskWish,
): Promise<{ wish: TaskWish; left: string | null }> {
  if (wish.userIds.length > 0) return { wish, left: null };
  const { text, left } = await readPeople(call, crisis, wish.title);
  const { title, userIds } = wishOf(call, text);
  return userIds.length > 0 ? { wish: { ...wish, title, userIds }, left: null } : { wish, left };
}

const atNames = (text: string, { named }: Reader): string => withNames(text, (userId) => `@${named(userId)}`);

/** What the form cannot hold in its fields stays readable in the details. */
async function draftOf(call: Call, wish: TaskWish, text: string): Promise<TaskDraft> {
  const { named } = await readerOf(call, peopleNamed(text));
  const title = withNames(wish.title, named);
  const [assigneeId = null, another] = wish.userIds;
  const fits = title.length <= titleMax && !another && !wish.dueProblem;
  return {
    title: clip(title, titleMax),
    assigneeId: another ? null : assigneeId,
    dueAt: wish.dueAt,
    ...(fits ? {} : { details: clip(withNames(text, named), detailsMax) }),
  };
}

const allTaken: NamesNotTaken = { unread: [], left: null };
async function noteOf(call: Call, { task, crisis, assignee }: Created, names = allTaken) {
  return createdNote(task, assignee, names, crisis, await readerOf(call, peopleIn(task)));
}

async function openTaskForm(call: Call, here: Crisis | undefined, draft: TaskDraft, typed = ''): Promise<Reply | void> {
  const [open, departments, reader] = await Promise.all([
    here ? [] : openCrises(call),
    departmentKeysOf(call.db, call.who.workspaceId),
    readerOf(call, peopleNamed(typed)),
  ]);
  if (here?.status === 'closed') return { text: sayNo({ code: 'closed' }, reader) };
  if (here || open.length > 0) return void (await call.openModal(taskForm(draft, { here, open }, departments, reader)));
  const text = sayNo({ code: 'not_in_room' }, reader);
  return typed ? refusedText(text, atNames(typed, reader), reader.language) : { text };
}

/** Which field of the form a refusal belongs to. */
const fieldOf = (code: TaskRefusal['code']) => {
  if (code === 'cannot_own' || code === 'several_people') return 'assignee';
  if (code.startsWith('due_')) return 'due';
  return code === 'details_too_long' ? 'details' : 'title';
};

/** The message becomes details, its first line a title to correct, and the way back to it is kept. */
async function taskFromMessage(call: Call, source: SourceMessage | null): Promise<Reply | void> {
  if (!source) return;
  const [crisis, { domain }] = await Promise.all([roomHere(call), workspaceOf(call.db, call.who.workspaceId)]);
  const { named } = await readerOf(call, peopleNamed(source.text));
  const text = withNames(source.text, named).trim();
  const [first = ''] = text.split('\n');
  const title = clip(first.replace(/\s+/gu, ' ').trim(), 150);
  return openTaskForm(call, crisis, {
    title,
    sourceUrl: messageUrl(domain, source),
    // The form holds 3,000 characters; the whole message stays one click away.
    ...(title === text ? {} : { details: clip(text, detailsMax) }),
  });
}

function peopleOf(refusal: TaskRefusal): string[] {
  if ('task' in refusal) return peopleIn(refusal.task);
  return 'userIds' in refusal ? refusal.userIds : [];
}

const no = async (call: Call, refusal: TaskRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, peopleOf(refusal)));

type Press = Extract<Ask, { kind: 'start' | 'done' | 'reopen' | 'postpone' }>;
type Where = { form: OpenForm | null };

/** A press that needs no form: the open form shows what it did, elsewhere the person is told in a line. */
async function press(call: Call, target: Target, ask: Press, { form }: Where): Promise<Reply | void> {
  const decision = await moveTask(asOpened(call, form), target, ask);
  if (!decision.ok) return { text: escapeMrkdwn(await no(call, decision.refusal)) };
  const { value: task } = decision;
  if (form?.callbackId === 'tasks.list') return list.redraw(call, form, drawList);
  if (form?.callbackId === 'tasks.task') {
    const crisis = await findCrisisOf(call.db, call.who.workspaceId, task.crisisId);
    if (crisis) return call.updateModal(form.viewId, taskView(task, crisis, await readerOf(call, peopleIn(task))));
  }
  return { text: words(call.who.language).changed[ask.kind](task.number) };
}

async function openMoveForm(
  call: Call,
  target: Target,
  move: 'block' | 'reassign' | 'due',
  where: Where,
): Promise<Reply | void> {
  const found = await readTask(asOpened(call, where.form), target, move);
  if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
  const { task } = found.value;
  await call.openModal(moveForm(move, task, await readerOf(call, peopleIn(task))));
}

/** Whole, whatever became of it since the button was drawn. */
async function openTask(call: Call, target: Target, { form }: Where): Promise<Reply | void> {
  const task = await findTask(call.db, target.id);
  if (!task) return { text: escapeMrkdwn(await no(call, { code: 'not_in_room' })) };
  const found = await crisisNamed(asOpened(call, form), task.crisisId);
  if ('reply' in found) return found.reply;
  await call.openModal(taskView(task, found.crisis, await readerOf(call, peopleIn(task))));
}

/** The form closes with a line of what was done, or says why not. */
async function moveBy(call: Call, target: Target, ask: Ask): Promise<{ whyNot: string } | { done: ModalView }> {
  const decision = await moveTask(call, target, ask);
  if (!decision.ok) return { whyNot: await no(call, decision.refusal) };
  const { language } = call.who;
  const w = words(language).changed;
  const { number, assigneeId } = decision.value;
  const said =
    ask.kind === 'reassign'
      ? w.reassign(number, (await readerOf(call, [assigneeId ?? ''])).named(assigneeId ?? ''))
      : w[ask.kind](number);
  return { done: movedForm(said, language) };
}

type Act = Press['kind'] | 'block' | 'reassign' | 'due' | 'open';
function fromMenu(call: Call, { a, ...task }: Target & { a: Exclude<Act, 'postpone'> }, where: Where) {
  if (a === 'open') return openTask(call, task, where);
  return a === 'block' || a === 'reassign' || a === 'due'
    ? openMoveForm(call, task, a, where)
    : press(call, task, { kind: a }, where);
}

const namedFilters: readonly { narrowing: Partial<Narrowing>; words: readonly string[] }[] = [
  { narrowing: { who: 'mine' }, words: ['mine', 'my', 'miennes', 'mes', 'moi'] },
  { narrowing: { state: 'done' }, words: ['done', 'terminees', 'finies', 'faites'] },
  { narrowing: {}, words: ['', 'all', 'toutes', 'tout'] },
];

/** In a room its tasks, elsewhere one's own in every open crisis. */
async function listTasks(call: Call, text: string): Promise<Reply | void> {
  const [here, roster, reader] = await Promise.all([
    roomHere(call),
    rosterOf(call.db, call.who.workspaceId),
    readerOf(call),
  ]);
  const typed = folded(text.trim());
  const named = namedFilters.find((one) => one.words.includes(typed))?.narrowing;
  const department = roster.find(({ key }) => [key, folded(reader.department(key))].includes(typed))?.key;
  const narrowing = {
    ...everything,
    ...(here || typed ? {} : { who: 'mine' as const }),
    ...(named ?? (department ? { department } : { words: text.trim() })),
  };
  return openList(call, here ? [here.id] : (await openCrises(call)).map(({ id }) => id), narrowing);
}

async function openList(call: Call, crisisIds: readonly string[], narrowing: Narrowing): Promise<Reply | void> {
  const about = { crisisIds: [...crisisIds], channelId: call.channelId };
  const drawn = await drawList(call, { about, narrowing, page: 0 });
  if (!('type' in drawn)) return drawn;
  await call.openModal(drawn);
}

type Wish = Parameters<Parameters<typeof list.actions>[0]>[1];
async function drawList(call: Call, { about, narrowing, page }: Wish): Promise<ModalView | Reply> {
  const { userId, workspaceId, language } = call.who;
  const found = await Promise.all(
    about.crisisIds.map((crisisId) => crisisNamed({ ...call, channelId: about.channelId }, crisisId)),
  );
  const crises = found.flatMap((one) => ('crisis' in one ? [one.crisis] : []));
  if (crises.length === 0) return { text: sayCommonNo({ code: 'no_crisis' }, language) };
  const ids = crises.map(({ id }) => id);
  const [all, roster] = await Promise.all([tasksOf(call.db, ids), rosterOf(call.db, workspaceId)]);
  const now = call.now();
  const ordered = [
    ...shownTasks(all, now),
    ...openTasks(all).filter((task) => !isShown(task, now)),
    ...all
      .filter(({ status }) => status === 'done')
      .toSorted((a, b) => (b.doneAt?.getTime() ?? 0) - (a.doneAt?.getTime() ?? 0)),
  ];
  const led = new Set(crises.filter(({ leadId }) => leadId === userId).map(({ id }) => id));
  const departments = departmentsOfPerson(roster, userId).map(({ key }) => key);
  const isMine = (task: Task) => isOn(task, userId, led.has(task.crisisId) ? [...departments, 'lead'] : departments);
  const used = [...new Set(all.flatMap(({ department }) => department ?? []))];
  return taskList(
    { ...about, narrowing, page },
    ordered,
    crises,
    used,
    isMine,
    await readerOf(call, all.flatMap(peopleIn)),
  );
}

/** Who is to do what nobody has. */
async function openNameForm(call: Call, crisisId: string): Promise<Reply | void> {
  const found = await toAct(call, crisisNamed(call, crisisId));
  if ('reply' in found) return found.reply;
  const asked = await askedIn(call.db, found.crisis, call.now());
  const unfilled = asked.flatMap(({ task, userId }) => (userId ? [] : [task]));
  const reader = await readerOf(call, unfilled.flatMap(peopleIn));
  if (unfilled.length === 0) return { text: sayNo({ code: 'nothing_unfilled' }, reader) };
  await call.openModal(nameForm(unfilled, found.crisis, reader));
}

export const tasks: Feature = {
  name: 'tasks',
  title: inBoth((l) => words(l).feature),
  says,
  waits,
  entryKinds: kinds,
  follows: {
    crisis_closed: (crisisId) => [showList(crisisId)],
    crisis_reopened: (crisisId) => [showList(crisisId)],
    room_lost: (crisisId) => [showList(crisisId)],
  },
  subcommands: [
    {
      name: 'task',
      aliases: ['tâche', 'tache'],
      usage: inBoth((l) => words(l).help.taskUsage),
      summary: inBoth((l) => words(l).help.task),
      run: (call, text) => typedTask(call, text.trim()),
    },
    {
      name: 'tasks',
      aliases: ['tâches', 'taches'],
      usage: inBoth((l) => words(l).help.tasksUsage),
      summary: inBoth((l) => words(l).help.tasks),
      readsOnly: true,
      run: listTasks,
    },
  ],
  actions: [
    buttons.start.on((call, task, where) => press(call, task, { kind: 'start' }, where)),
    buttons.done.on((call, task, where) => press(call, task, { kind: 'done' }, where)),
    buttons.reopen.on((call, task, where) => press(call, task, { kind: 'reopen' }, where)),
    buttons.postpone.on((call, task, where) => press(call, task, { kind: 'postpone', minutes: 30 }, where)),
    buttons.block.on((call, task, where) => openMoveForm(call, task, 'block', where)),
    buttons.reassign.on((call, task, where) => openMoveForm(call, task, 'reassign', where)),
    buttons.due.on((call, task, where) => openMoveForm(call, task, 'due', where)),
    buttons.open.on((call, task, where) => openTask(call, task, where)),
    buttons.menu.on((call, chosen, where) => fromMenu(call, chosen, where)),
    buttons.listMenu.on((call, chosen, where) => fromMenu(call, chosen, where)),
    buttons.all.on((call, { crisisId }) => openList(call, [crisisId], everything)),
    buttons.page.on((call, { ids }) => openList(call, ids, everything)),
    buttons.showAll.on(async (call, { crisisId }) => {
      const decision = await showAllTasks(call, crisisId);
      if (!decision.ok) return { text: escapeMrkdwn(await no(call, decision.refusal)) };
    }),
    buttons.name.on((call, { crisisId }) => openNameForm(call, crisisId)),
    ...list.actions(drawList),
  ],
  forms: [
    forms.create.on(async (call, { crisis, title, details, assignee, due, department }, metadata) => {
      const crisisId = metadata.crisisId ?? crisis;
      if (!crisisId) return forms.create.error('crisis', await no(call, { code: 'not_in_room' }));
      const decision = await addTask(call, crisisId, {
        id: newId(),
        title,
        details,
        userIds: assignee ? [assignee] : [],
        department,
        dueAt: due,
        dueProblem: null,
        sourceUrl: metadata.sourceUrl,
      });
      if (!decision.ok) return forms.create.error(fieldOf(decision.refusal.code), await no(call, decision.refusal));
      return { update: createdForm(await noteOf(call, decision.value), call.who.language) };
    }),
    forms.block.on(async (call, { reason }, task) => {
      const moved = await moveBy(call, task, { kind: 'block', reason });
      return 'done' in moved ? { update: moved.done } : forms.block.error('reason', moved.whyNot);
    }),
    forms.reassign.on(async (call, { assignee }, task) => {
      const moved = await moveBy(call, task, { kind: 'reassign', userId: assignee });
      return 'done' in moved ? { update: moved.done } : forms.reassign.error('assignee', moved.whyNot);
    }),
    list.form(drawList),
    forms.name.on(async (call, { gap, who }, { crisisId }) => {
      const decision = await giveUnfilled(call, crisisId, gap ?? '', who);
      if (!decision.ok) return forms.name.error('who', await no(call, decision.refusal));
    }),
    forms.due.on(async (call, { due }, task) => {
      const moved = await moveBy(call, task, { kind: 'due', dueAt: due });
      return 'done' in moved ? { update: moved.done } : forms.due.error('due', moved.whyNot);
    }),
  ],
  start: drawnSince('tasks.upgrade'),
  shortcuts: [
    {
      id: 'tasks.from_message',
      type: 'message',
      name: 'Turn into a task',
      description: 'Give somebody this message as a task of the crisis',
      run: taskFromMessage,
    },
  ],
  jobs,
};
