import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { findCrisis } from '../crises/store.ts';
import { departmentRowsOf, findPerson, namer } from '../people/store.ts';
import { departmentName } from '../people/text.ts';
import { Busy, deliver, type Shown } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { rearmTasks, remindPerson } from './change.ts';
import { jobWords } from './job-text.ts';
import { peopleIn, type Task } from './rules.ts';
import { findReminder, findTask, tasksOf } from './store.ts';
import { assignedNote, blockedNote, card, detailsMessage, type Reader, reminderMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofTask = z.object({ crisisId: z.uuid(), taskId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob('tasks.show_card', what('show_card'), ofTask, async (context, data) => {
    const [crisis, task] = await load(context, data);
    if (!crisis || !task) return;
    const shown = await showCard(context, crisis, task);
    if (!task.details || shown.state !== 'shown') return;
    const named = await namesIn(context, crisis, task);
    await deliver(context, {
      key: `task-details:${cardKey(task, crisis)}`,
      workspaceId: crisis.workspaceId,
      crisisId: crisis.id,
      channelId: shown.channelId,
      threadTs: shown.ts,
      message: detailsMessage(task, crisis.language, named),
    });
  }),
  onJob('tasks.tell_blocked', what('tell_blocked'), ofTask.extend({ version: z.number() }), async (context, data) => {
    const [crisis, task] = await load(context, data);
    // Not blocked any more, or for another reason: that one is told by its own order.
    if (!crisis || task?.status !== 'blocked') return;
    const shown = await showCard(context, crisis, task);
    if (!crisis.channelId) return;
    const named = await namesIn(context, crisis, task);
    await deliver(context, {
      key: `task-blocked:${task.id}:${data.version}`,
      workspaceId: crisis.workspaceId,
      crisisId: crisis.id,
      channelId: crisis.channelId,
      // A card that Slack refused is owed by another order: whoever clears the way must not wait for it.
      threadTs: shown.state === 'shown' ? shown.ts : undefined,
      message: blockedNote(task, crisis, named),
    });
  }),
  onJob(
    'tasks.tell_assigned',
    what('tell_assigned'),
    ofTask.extend({ userId: z.string(), version: z.number() }),
    async (context, data) => {
      const [crisis, task] = await load(context, data);
      if (!crisis || !task) return;
      const key = `task-assigned:${task.id}:${data.version}`;
      // Nobody is told anew of what is done, or somebody else's by now; what they were told is corrected.
      const isOver = task.assignedVersion !== data.version || task.status === 'done';
      if (isOver && !(await findEffect(context.db, key))) return;
      const reader = await readerFor(context, crisis, data.userId, [task]);
      await deliver(context, {
        key,
        workspaceId: crisis.workspaceId,
        crisisId: crisis.id,
        channelId: await context.slack.directChannel(data.userId),
        message: assignedNote(task, data.version, crisis, reader),
      });
    },
  ),
  onJob(
    'tasks.remind',
    what('remind'),
    z.object({ crisisId: z.uuid(), key: z.string() }),
    async (context, { crisisId, key }) => {
      await remindPerson(context, crisisId, key);
    },
  ),
  onJob(
    'tasks.show_reminder',
    what('show_reminder'),
    z.object({ crisisId: z.uuid(), reminderId: z.uuid() }),
    async (context, { crisisId, reminderId }) => {
      const [crisis, reminder] = await Promise.all([
        findCrisis(context.db, crisisId),
        findReminder(context.db, reminderId),
      ]);
      if (!crisis || !reminder || isExcluded(crisis, reminder.userId)) return;
      const known = new Map((await tasksOf(context.db, [crisisId])).map((task) => [task.id, task]));
      const tasks = reminder.taskIds.flatMap((id) => known.get(id) ?? []);
      const reader = await readerFor(context, crisis, reminder.userId, tasks);
      await deliver(context, {
        key: `task-reminder:${reminder.id}`,
        workspaceId: crisis.workspaceId,
        crisisId,
        channelId: await context.slack.directChannel(reminder.userId),
        message: reminderMessage(reminder, tasks, crisis, reader),
      });
    },
  ),
  onJob('tasks.rearm', what('rearm'), z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    await rearmTasks(context, crisisId);
  }),
];

const load = (context: JobContext, data: { crisisId: string; taskId: string }) =>
  Promise.all([findCrisis(context.db, data.crisisId), findTask(context.db, data.taskId)]);

/** A room that replaced the first one shows the task anew. */
const cardKey = (task: Task, crisis: Crisis): string =>
  crisis.roomNumber === 1 ? `task:${task.id}` : `task:${task.id}:${crisis.roomNumber}`;

async function showCard(context: JobContext, crisis: Crisis, task: Task): Promise<Shown> {
  const key = cardKey(task, crisis);
  if (!crisis.channelId && crisis.status === 'closed') return { state: 'failed', error: 'no_room' };
  // Created from elsewhere while the room is being opened: it waits for the room.
  if (!crisis.channelId) throw new Busy(key);
  const [named, departments] = await Promise.all([
    namesIn(context, crisis, task),
    task.department ? departmentRowsOf(context.db, crisis.workspaceId) : [],
  ]);
  const own = departments.find((row) => row.key === task.department)?.name ?? null;
  const department = task.department ? departmentName(task.department, own, crisis.language) : null;
  return deliver(context, {
    key,
    workspaceId: crisis.workspaceId,
    crisisId: crisis.id,
    channelId: crisis.channelId,
    message: card(task, crisis, named, department),
  });
}

const namesIn = (context: JobContext, crisis: Crisis, ...tasks: readonly Task[]) =>
  namer(context.db, crisis.workspaceId, tasks.flatMap(peopleIn));

async function readerFor(context: JobContext, crisis: Crisis, userId: string, tasks: readonly Task[]): Promise<Reader> {
  const [person, named] = await Promise.all([
    findPerson(context.db, crisis.workspaceId, userId),
    namesIn(context, crisis, ...tasks),
  ]);
  return {
    language: person?.language ?? crisis.language,
    timeZone: person?.timeZone ?? crisis.timeZone,
    named,
    now: context.now(),
  };
}
