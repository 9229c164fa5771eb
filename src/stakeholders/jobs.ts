import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { roomReader, showOnBoard } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { jobWords } from './job-text.ts';
import { peopleIn } from './rules.ts';
import { stakeholdersOf } from './store.ts';
import { listMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  {
    ...onJob('stakeholders.show_list', what('show_list'), ofCrisis, async (context, { crisisId }) => {
      const [crisis, there] = await Promise.all([
        findCrisis(context.db, crisisId),
        stakeholdersOf(context.db, crisisId),
      ]);
      if (!crisis || there.length === 0) return;
      const reader = await roomReader(context, crisis, peopleIn(there));
      await showOnBoard(context, crisis, `stakeholders:${crisis.id}`, listMessage(there, crisis, reader));
    }),
    // Said in the room by an earlier version; the list says it now.
    aliases: ['stakeholders.warn'],
  },
];
