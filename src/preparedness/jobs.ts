import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { isOutsider } from '../people/rules.ts';
import { findPerson, readerFor } from '../people/store.ts';
import { loadSettings } from '../settings/store.ts';
import { deliver } from '../slack/deliver.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { jobWords } from './job-text.ts';
import { reminded } from './rules.ts';
import { readPlan } from './store.ts';
import { reminderMessage } from './views.ts';

const what = eachInBoth(jobWords);

export const jobs: readonly JobHandler[] = [
  /** The key holds the month: however often it is ordered, the owner is written to once. */
  onJob(
    'preparedness.remind',
    what('remind'),
    z.object({ workspaceId: z.string() }),
    async (context, { workspaceId }) => {
      const now = context.now();
      const state = await loadSettings(context.db, workspaceId);
      const { settings, savedBy } = state.saved;
      const { plan, preparation } = await readPlan(context.db, state, now);
      const ownerId = reminded(plan, preparation, savedBy);
      const owner = ownerId ? await findPerson(context.db, workspaceId, ownerId) : undefined;
      if (!owner || isOutsider(owner)) return;
      const language = owner.language ?? settings.language;
      const timeZone = owner.timeZone ?? settings.timeZone;
      const reader = await readerFor(context.db, { workspaceId, language, timeZone, now }, []);
      await deliver(context, {
        key: `preparedness:${workspaceId}:${now.toISOString().slice(0, 7)}`,
        workspaceId,
        crisisId: null,
        channelId: await context.slack.directChannel(owner.id),
        message: reminderMessage(plan, preparation, reader),
      });
    },
  ),
];
