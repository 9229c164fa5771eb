import { readDue } from '../core/due-time.ts';
import { newId } from '../core/ids.ts';
import { atOnce } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { openCrises, readerOf, roomHere } from '../crises/here.ts';
import { refusedText, sayCommonNo } from '../crises/refusals.ts';
import type { Crisis } from '../crises/rules.ts';
import { crisesOfPerson } from '../crises/store.ts';
import { departmentsOfPerson } from '../people/rules.ts';
import { departmentKeysOf, rosterOf } from '../people/store.ts';
import type { Call, Feature, Reply, SourceMessage } from '../slack/feature.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl, withNames } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { mentionedIn } from '../timeline/export.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { type Ask, addTask, type Created, moveTask, readTask, type Target, type TaskWish } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { says } from './overview.ts';
import { sayNo } from './refusals.ts';
import { detailsMax, isOn, openTasks, peopleIn, type Task, type TaskRefusal, titleMax } from './rules.ts';
import { tasksOf } from './store.ts';
import { words } from './text.ts';
import {
  buttons,
  createdForm,
  createdNote,
  forms,
  type ListKind,
  moveForm,
  type TaskDraft,
  taskForm,
  taskList,
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
  const wish = wishOf(call, text);
  if (!crisis) return openTaskForm(call, undefined, await draftOf(call, wish, text), text);
  const decision = await addTask(call, crisis.id, wish);
  if (decision.ok) return noteOf(call, decision.value);
  const reader = await readerOf(call, [...peopleNamed(text), ...peopleOf(decision.refusal)]);
  return refusedText(sayNo(decision.refusal, reader), atNames(text, reader), reader.language);
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

async function noteOf(call: Call, { task, crisis, assignee }: Created) {
  return createdNote(task, assignee, crisis, await readerOf(call, peopleIn(task)));
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

/** A press that needs no form. The card shows what it did; a list cannot change, so its reader is told in words. */
async function press(call: Call, target: Target, ask: Press, isSeen: boolean): Promise<Reply | void> {
  const decision = await moveTask(call, target, ask);
  if (!decision.ok) return { text: escapeMrkdwn(await no(call, decision.refusal)) };
  if (!isSeen) return { text: words(call.who.language).changed[ask.kind](decision.value.number) };
}

async function openMoveForm(call: Call, target: Target, move: 'block' | 'reassign' | 'due'): Promise<Reply | void> {
  const found = await readTask(call, target, move);
  if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
  const { task } = found.value;
  await call.openModal(moveForm(move, task, await readerOf(call, peopleIn(task))));
}

/** Returns why not, or null once it is done. */
async function moveOrWhyNot(call: Call, target: Target, ask: Ask): Promise<string | null> {
  const decision = await moveTask(call, target, ask);
  return decision.ok ? null : no(call, decision.refusal);
}

type Act = Press['kind'] | 'block' | 'reassign' | 'due';
const fromMenu = (call: Call, { a, ...task }: Target & { a: Exclude<Act, 'postpone'> }, isSeen: boolean) =>
  a === 'block' || a === 'reassign' || a === 'due'
    ? openMoveForm(call, task, a)
    : press(call, task, { kind: a }, isSeen);

const listKinds: readonly { kind: ListKind; words: readonly string[] }[] = [
  { kind: 'mine', words: ['mine', 'my', 'miennes', 'mes', 'moi'] },
  { kind: 'done', words: ['done', 'terminees', 'finies', 'faites'] },
];

type Reading = { userId: string; departments: readonly string[] };

const inList: Record<ListKind, (tasks: Task[], reading: Reading) => Task[]> = {
  open: (tasks) => openTasks(tasks),
  mine: (tasks, { userId, departments }) => openTasks(tasks).filter((task) => isOn(task, userId, departments)),
  done: (tasks) =>
    tasks
      .filter((task) => task.status === 'done')
      .toSorted((a, b) => (b.doneAt?.getTime() ?? 0) - (a.doneAt?.getTime() ?? 0)),
};

/** In a room its tasks, elsewhere one's own in every open crisis. */
async function listTasks(call: Call, text: string): Promise<Reply> {
  const here = await roomHere(call);
  const asked = listKinds.find(({ words: names }) => names.includes(folded(text.trim())))?.kind;
  return showList(call, asked ?? (here ? 'open' : 'mine'), here ? [here.id] : null, 0);
}

async function showList(call: Call, kind: ListKind, ids: readonly string[] | null, page: number): Promise<Reply> {
  const { userId, workspaceId, language } = call.who;
  const [mine, here, roster] = await Promise.all([
    crisesOfPerson(call.db, workspaceId, userId),
    roomHere(call),
    rosterOf(call.db, workspaceId),
  ]);
  const allowed = [...new Map([...mine, ...(here ? [here] : [])].map((crisis) => [crisis.id, crisis])).values()];
  const crises = allowed.filter((crisis) => (ids ? ids.includes(crisis.id) : crisis.status === 'open'));
  if (crises.length === 0) return { text: sayCommonNo({ code: 'no_crisis' }, language) };
  const all = await tasksOf(
    call.db,
    crises.map((crisis) => crisis.id),
  );
  const departments = departmentsOfPerson(roster, userId).map(({ key }) => key);
  const tasks = inList[kind](all, { userId, departments });
  return taskList(kind, tasks, crises, page, await readerOf(call, tasks.flatMap(peopleIn)));
}

export const tasks: Feature = {
  name: 'tasks',
  title: inBoth((l) => words(l).feature),
  says,
  entryKinds: kinds,
  follows: {
    crisis_reopened: (crisisId) => [atOnce('tasks.rearm', { crisisId })],
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
    buttons.start.on((call, task) => press(call, task, { kind: 'start' }, true)),
    buttons.done.on((call, task) => press(call, task, { kind: 'done' }, true)),
    buttons.reopen.on((call, task) => press(call, task, { kind: 'reopen' }, true)),
    buttons.postpone.on((call, task) => press(call, task, { kind: 'postpone', minutes: 30 }, true)),
    buttons.block.on((call, task) => openMoveForm(call, task, 'block')),
    buttons.reassign.on((call, task) => openMoveForm(call, task, 'reassign')),
    buttons.due.on((call, task) => openMoveForm(call, task, 'due')),
    buttons.menu.on((call, chosen) => fromMenu(call, chosen, true)),
    buttons.listMenu.on((call, chosen) => fromMenu(call, chosen, false)),
    buttons.page.on((call, { kind, page, ids }) => showList(call, kind, ids, page)),
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
      // In its room the task is seen at once; elsewhere the form says where it went.
      if (metadata.crisisId) return;
      return { update: createdForm(await noteOf(call, decision.value), call.who.language) };
    }),
    forms.block.on(async (call, { reason }, task) => {
      const whyNot = await moveOrWhyNot(call, task, { kind: 'block', reason });
      if (whyNot) return forms.block.error('reason', whyNot);
    }),
    forms.reassign.on(async (call, { assignee }, task) => {
      const whyNot = await moveOrWhyNot(call, task, { kind: 'reassign', userId: assignee });
      if (whyNot) return forms.reassign.error('assignee', whyNot);
    }),
    forms.due.on(async (call, { due }, task) => {
      const whyNot = await moveOrWhyNot(call, task, { kind: 'due', dueAt: due });
      if (whyNot) return forms.due.error('due', whyNot);
    }),
  ],
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
