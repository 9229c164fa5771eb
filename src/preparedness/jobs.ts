import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { isOutsider } from '../people/rules.ts';
import { findPerson, namer } from '../people/store.ts';
import { deliver } from '../slack/deliver.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { jobWords } from './job-text.ts';
import { reminded } from './rules.ts';
import { readPlan } from './store.ts';
import { dayIn, reminderMessage } from './views.ts';

const what = eachInBoth(jobWords);

export const jobs: readonly JobHandler[] = [
  /** The key holds the month: however often it is ordered, the owner is written to once. */
  onJob(
    'preparedness.remind',
    what('remind'),
    z.object({ workspaceId: z.string() }),
    async (context, { workspaceId }) => {
      const { plan, preparation, settingsBy } = await readPlan(context.db, workspaceId, context.now());
      const ownerId = reminded(plan, preparation, settingsBy);
      const owner = ownerId ? await findPerson(context.db, workspaceId, ownerId) : undefined;
      if (!owner || isOutsider(owner)) return;
      const language = owner.language ?? (await workspaceOf(context.db, workspaceId)).language;
      const named = await namer(context.db, workspaceId, [owner.id]);
      await deliver(context, {
        key: `preparedness:${workspaceId}:${context.now().toISOString().slice(0, 7)}`,
        workspaceId,
        crisisId: null,
        channelId: await context.slack.directChannel(owner.id),
        message: reminderMessage(plan, preparation, { language, named, day: dayIn(language) }),
      });
    },
  ),
];
