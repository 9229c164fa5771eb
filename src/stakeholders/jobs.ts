import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { keyIn, roomReader, showInRoom, showOnBoard } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { jobWords } from './job-text.ts';
import { peopleIn } from './rules.ts';
import { stakeholdersOf } from './store.ts';
import { listMessage, tooEarlyMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob('stakeholders.show_list', what('show_list'), ofCrisis, async (context, { crisisId }) => {
    const [crisis, there] = await Promise.all([findCrisis(context.db, crisisId), stakeholdersOf(context.db, crisisId)]);
    if (!crisis || there.length === 0) return;
    const reader = await roomReader(context, crisis, peopleIn(there));
    await showOnBoard(context, crisis, `stakeholders:${crisis.id}`, listMessage(there, crisis, reader));
  }),
  onJob(
    'stakeholders.warn',
    what('warn'),
    ofCrisis.extend({ stakeholderId: z.uuid(), version: z.number(), skipped: z.array(z.number()) }),
    async (context, { crisisId, stakeholderId, version, skipped }) => {
      const [crisis, there] = await Promise.all([
        findCrisis(context.db, crisisId),
        stakeholdersOf(context.db, crisisId),
      ]);
      const one = there.find((other) => other.id === stakeholderId);
      if (!crisis || !one) return;
      const others = there.filter((other) => skipped.includes(other.number));
      const key = keyIn(crisis, `stakeholder-early:${stakeholderId}:${version}`);
      await showInRoom(context, crisis, key, tooEarlyMessage(one, others, crisis.language));
    },
  ),
];
