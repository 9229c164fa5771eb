import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { keyIn, personReader, roomReader, showInRoom, tellPerson } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import type { Shown } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { rearmTasks, remindPerson } from './change.ts';
import { jobWords } from './job-text.ts';
import { peopleIn, type Task } from './rules.ts';
import { findReminder, findTask, tasksOf } from './store.ts';
import { assignedNote, blockedNote, card, detailsMessage, reminderMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofTask = z.object({ crisisId: z.uuid(), taskId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob('tasks.show_card', what('show_card'), ofTask, async (context, data) => {
    const [crisis, task] = await load(context, data);
    if (!crisis || !task) return;
    const { shown, reader } = await showCard(context, crisis, task);
    if (!task.details || shown.state !== 'shown') return;
    await showInRoom(
      context,
      crisis,
      `task-details:${keyIn(crisis, `task:${task.id}`)}`,
      detailsMessage(task, reader),
      { threadTs: shown.ts },
    );
  }),
  onJob('tasks.tell_blocked', what('tell_blocked'), ofTask.extend({ version: z.number() }), async (context, data) => {
    const [crisis, task] = await load(context, data);
    // Not blocked any more, or for another reason: that one is told by its own order.
    if (!crisis || task?.status !== 'blocked') return;
    const { shown, reader } = await showCard(context, crisis, task);
    // A card that Slack refused is shown by another job: the lead must not wait for it.
    const thread = shown.state === 'shown' ? shown.ts : undefined;
    const key = `task-blocked:${task.id}:${data.version}`;
    await showInRoom(context, crisis, key, blockedNote(task, crisis, reader), { threadTs: thread });
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
      const reader = await personReader(context, crisis, data.userId, peopleIn(task));
      await tellPerson(context, crisis, data.userId, key, assignedNote(task, data.version, crisis, reader));
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
      const [crisis, reminder, all] = await Promise.all([
        findCrisis(context.db, crisisId),
        findReminder(context.db, reminderId),
        tasksOf(context.db, [crisisId]),
      ]);
      if (!crisis || !reminder) return;
      const known = new Map(all.map((task) => [task.id, task]));
      const tasks = reminder.taskIds.flatMap((id) => known.get(id) ?? []);
      const reader = await personReader(context, crisis, reminder.userId, tasks.flatMap(peopleIn));
      const message = reminderMessage(reminder, tasks, crisis, reader);
      await tellPerson(context, crisis, reminder.userId, `task-reminder:${reminder.id}`, message);
    },
  ),
  onJob('tasks.rearm', what('rearm'), z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    await rearmTasks(context, crisisId);
  }),
];

const load = (context: JobContext, data: { crisisId: string; taskId: string }) =>
  Promise.all([findCrisis(context.db, data.crisisId), findTask(context.db, data.taskId)]);

async function showCard(context: JobContext, crisis: Crisis, task: Task) {
  const reader = await roomReader(context, crisis, peopleIn(task));
  const shown: Shown = await showInRoom(context, crisis, keyIn(crisis, `task:${task.id}`), card(task, reader));
  return { shown, reader };
}
