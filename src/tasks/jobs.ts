import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { fold as foldAway, roomReader, showOnBoard } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { order } from '../jobs/commit.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { noticeTasks } from './change.ts';
import { jobWords } from './job-text.ts';
import { fold, peopleIn, showLot } from './rules.ts';
import { shownBefore, tasksOf } from './store.ts';
import { board, foldedMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  {
    ...onJob('tasks.show_list', what('show_list'), ofCrisis, async (context, { crisisId }) => {
      const [crisis, tasks] = await Promise.all([findCrisis(context.db, crisisId), tasksOf(context.db, [crisisId])]);
      if (!crisis || tasks.length === 0) return;
      const reader = await roomReader(context, crisis, tasks.flatMap(peopleIn));
      await showOnBoard(context, crisis, `tasks:${crisisId}`, board(tasks, crisis, reader));
    }),
    aliases: ['tasks.show_card', 'tasks.tell_blocked', 'tasks.rearm'],
  },
  onJob('tasks.show_lot', what('show_lot'), ofCrisis, async (context, { crisisId }) => {
    await order(context, showLot(crisisId));
  }),
  onJob('tasks.notice', what('notice'), ofCrisis, async (context, { crisisId }) => {
    await noticeTasks(context, crisisId);
  }),
  // A crisis that an earlier version opened: its list, and one line in place of every card and reminder.
  onJob('tasks.upgrade', what('show_list'), ofCrisis, async (context, { crisisId }) => {
    const keys = await shownBefore(context.db, crisisId);
    await order(context, [...keys.map((key) => fold(crisisId, key)), ...showLot(crisisId)]);
  }),
  {
    ...onJob(
      'tasks.fold',
      what('fold'),
      ofCrisis.extend({
        key: z.string().optional(),
        reminderId: z.string().optional(),
        taskId: z.string().optional(),
        version: z.number().optional(),
      }),
      async (context, { crisisId, reminderId, taskId, version, ...data }) => {
        const earlier = reminderId ? `task-reminder:${reminderId}` : `task-assigned:${taskId}:${version}`;
        const crisis = await findCrisis(context.db, crisisId);
        if (crisis) await foldAway(context, crisis, data.key ?? earlier, foldedMessage);
      },
    ),
    aliases: ['tasks.tell_assigned', 'tasks.remind', 'tasks.show_reminder'],
  },
];
