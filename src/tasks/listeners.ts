import { z } from 'zod';
import { readDue } from '../core/due-time.ts';
import { newId } from '../core/ids.ts';
import { atOnce } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { crisesOfPerson, findCrisisOfChannel } from '../crises/store.ts';
import { departmentsOfPerson, standardDepartments } from '../people/rules.ts';
import { departmentRowsOf, namer, rosterOf } from '../people/store.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Reply,
  type SourceMessage,
} from '../slack/feature.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl, withNames } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { type Ask, addTask, type Created, moveTask, readTask, type Target, type TaskWish } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { detailsMax, isOn, openTasks, peopleIn, type Task, type TaskRefusal, titleMax } from './rules.ts';
import { tasksOf } from './store.ts';
import { words } from './text.ts';
import {
  blockForm,
  createdForm,
  createdNote,
  dueForm,
  type ListKind,
  type Reader,
  reassignForm,
  refusedText,
  sayNo,
  type TaskDraft,
  taskForm,
  taskList,
} from './views.ts';

const mentionsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((match) => match[1] as string)),
];

const roomHere = async (call: Call): Promise<Crisis | null> =>
  (call.channelId
    ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId)
    : undefined) ?? null;

const openCrises = async (call: Call): Promise<Crisis[]> =>
  (await crisesOfPerson(call.db, call.who.workspaceId, call.who.userId)).filter((crisis) => crisis.status === 'open');

async function readerOf(call: Call, userIds: readonly string[]): Promise<Reader> {
  const { language, timeZone, workspaceId, userId: me, name } = call.who;
  const others = await namer(
    call.db,
    workspaceId,
    userIds.filter((userId) => userId !== me),
  );
  return { language, timeZone, now: call.now(), named: (userId) => (userId === me ? name : others(userId)) };
}

/** What one line says: for whom, by when, and the rest is the title. */
function wishOf(call: Call, text: string): TaskWish {
  const read = readDue(text, { now: call.now(), timeZone: call.who.timeZone });
  return {
    id: newId(),
    title: read.rest,
    details: '',
    userIds: mentionsIn(text),
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
  if (!crisis) return openTaskForm(call, null, await draftOf(call, wish, text), text);
  const decision = await addTask(call, crisis.id, wish);
  if (decision.ok) return noteOf(call, decision.value);
  const reader = await readerOf(call, [...mentionsIn(text), ...peopleOf(decision.refusal)]);
  return refusedText(sayNo(decision.refusal, reader), text, reader);
}

/** What the form cannot hold in its fields stays readable in the details. */
async function draftOf(call: Call, wish: TaskWish, text: string): Promise<TaskDraft> {
  const { named } = await readerOf(call, mentionsIn(text));
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

async function openTaskForm(call: Call, here: Crisis | null, draft: TaskDraft, typed = ''): Promise<Reply | void> {
  const { language, workspaceId } = call.who;
  const [open, rows] = await Promise.all([here ? [] : openCrises(call), departmentRowsOf(call.db, workspaceId)]);
  if (!here && open.length === 0) {
    const reader = await readerOf(call, mentionsIn(typed));
    const no = sayNo({ code: 'not_in_room' }, reader);
    return typed ? refusedText(no, typed, reader) : { text: escapeMrkdwn(no) };
  }
  const own = rows.map(({ key, name }) => ({ key, name }));
  const standard = standardDepartments
    .filter((key) => !own.some((row) => row.key === key))
    .map((key) => ({ key, name: null }));
  await call.openModal(taskForm(draft, { here, open }, [...own, ...standard], language));
}

const given = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');
const wishSchema = z.object({
  crisis: z.uuid().nullish(),
  title: given,
  details: given,
  assignee: z.string().nullish(),
  due: z.date().nullish(),
  department: z.string().nullish(),
});

/** Which field of the form a refusal belongs to. */
const fieldOf = (code: TaskRefusal['code']): string => {
  if (code === 'cannot_assign' || code === 'several_people') return 'assignee';
  if (code.startsWith('due_')) return 'due';
  return code === 'details_too_long' ? 'details' : 'title';
};

async function submitTask(
  call: Call,
  values: Record<string, unknown>,
  metadata: { crisisId: string | null; sourceUrl: string | null },
): Promise<FormAnswer> {
  const wish = wishSchema.parse(values);
  const crisisId = metadata.crisisId ?? z.uuid().parse(wish.crisis);
  const decision = await addTask(call, crisisId, {
    id: newId(),
    title: wish.title,
    details: wish.details,
    userIds: wish.assignee ? [wish.assignee] : [],
    department: wish.department && wish.department !== '-' ? wish.department : null,
    dueAt: wish.due ?? null,
    dueProblem: null,
    sourceUrl: metadata.sourceUrl,
  });
  if (!decision.ok) {
    const reader = await readerOf(call, peopleOf(decision.refusal));
    return { errors: { [fieldOf(decision.refusal.code)]: sayNo(decision.refusal, reader) } };
  }
  // In its room the task is seen at once; elsewhere the form says where it went.
  if (metadata.crisisId) return;
  return { update: createdForm(await noteOf(call, decision.value), call.who.language) };
}

/** The message becomes details, its first line a title to correct, and the way back to it is kept. */
async function taskFromMessage(call: Call, source: SourceMessage | null): Promise<Reply | void> {
  if (!source) return;
  const [crisis, { domain }] = await Promise.all([roomHere(call), workspaceOf(call.db, call.who.workspaceId)]);
  const { named } = await readerOf(call, mentionsIn(source.text));
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

const forms = { block: blockForm, reassign: reassignForm, due: dueForm };

async function openMoveForm(call: Call, target: Target, kind: keyof typeof forms): Promise<Reply | void> {
  const found = await readTask(call, target, kind);
  if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
  const { task } = found.value;
  await call.openModal(forms[kind](task, await readerOf(call, peopleIn(task))));
}

async function submitMove(call: Call, target: Target, ask: Ask, field: string): Promise<FormAnswer> {
  const decision = await moveTask(call, target, ask);
  if (!decision.ok) return { errors: { [field]: await no(call, decision.refusal) } };
}

const target = z.object({ id: z.uuid(), v: z.number() });
const menuTarget = target.extend({ a: z.enum(['start', 'done', 'block', 'reopen', 'reassign', 'due']) });

const fromMenu = (isSeen: boolean) => (call: Call, chosen: z.infer<typeof menuTarget>) => {
  const { a, ...task } = chosen;
  return a === 'block' || a === 'reassign' || a === 'due'
    ? openMoveForm(call, task, a)
    : press(call, task, { kind: a }, isSeen);
};

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
  const mine = await crisesOfPerson(call.db, call.who.workspaceId, call.who.userId);
  const here = await roomHere(call);
  const allowed = [...new Map([...mine, ...(here ? [here] : [])].map((crisis) => [crisis.id, crisis])).values()];
  const crises = allowed.filter((crisis) => (ids ? ids.includes(crisis.id) : crisis.status === 'open'));
  if (crises.length === 0) return { text: words(call.who.language).list.noCrisis };
  const all = await tasksOf(
    call.db,
    crises.map((crisis) => crisis.id),
  );
  const { userId, workspaceId } = call.who;
  const departments = departmentsOfPerson(await rosterOf(call.db, workspaceId), userId).map(({ key }) => key);
  const tasks = inList[kind](all, { userId, departments });
  return taskList(kind, tasks, crises, page, await readerOf(call, tasks.flatMap(peopleIn)));
}

export const tasks: Feature = {
  name: 'tasks',
  title: inBoth((l) => words(l).feature),
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
    onPress('tasks.start', target, (call, task) => press(call, task, { kind: 'start' }, true)),
    onPress('tasks.done', target, (call, task) => press(call, task, { kind: 'done' }, true)),
    onPress('tasks.reopen', target, (call, task) => press(call, task, { kind: 'reopen' }, true)),
    onPress('tasks.postpone', target, (call, task) => press(call, task, { kind: 'postpone', minutes: 30 }, true)),
    onPress('tasks.block', target, (call, task) => openMoveForm(call, task, 'block')),
    onPress('tasks.reassign', target, (call, task) => openMoveForm(call, task, 'reassign')),
    onPress('tasks.due', target, (call, task) => openMoveForm(call, task, 'due')),
    onPress('tasks.menu', menuTarget, fromMenu(true)),
    onPress('tasks.list_menu', menuTarget, fromMenu(false)),
    onPress(
      'tasks.page',
      z.object({ kind: z.enum(['open', 'mine', 'done']), page: z.number(), ids: z.array(z.uuid()) }),
      (call, { kind, page, ids }) => showList(call, kind, ids, page),
    ),
  ],
  forms: [
    onSubmit('tasks.create', z.object({ crisisId: z.uuid().nullable(), sourceUrl: z.string().nullable() }), submitTask),
    onSubmit('tasks.block', target, (call, values, task) =>
      submitMove(call, task, { kind: 'block', reason: given.parse(values['reason']) }, 'reason'),
    ),
    onSubmit('tasks.reassign', target, (call, values, task) =>
      submitMove(call, task, { kind: 'reassign', userId: z.string().parse(values['assignee']) }, 'assignee'),
    ),
    onSubmit('tasks.due', target, (call, values, task) =>
      submitMove(call, task, { kind: 'due', dueAt: z.date().nullish().parse(values['due']) ?? null }, 'due'),
    ),
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
