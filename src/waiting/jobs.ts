import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { personReader, tellPerson } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { lookAtWaits } from './change.ts';
import { jobWords } from './job-text.ts';
import { toldTo } from './store.ts';
import { replacedMessage, waitingMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob('waiting.look', what('look'), ofCrisis, async (context, { crisisId }) => {
    await lookAtWaits(context, crisisId);
  }),
  onJob(
    'waiting.show',
    what('show'),
    ofCrisis.extend({ userId: z.string() }),
    async (context, { crisisId, userId }) => {
      const [crisis, told] = await Promise.all([
        findCrisis(context.db, crisisId),
        toldTo(context.db, crisisId, userId),
      ]);
      if (!crisis || !told) return;
      const now = context.now();
      const [waits, all] = await Promise.all([
        context.slices.waits(context.db, crisis, now),
        told.generation === 1 ? context.slices.say(context.db, crisis, now) : null,
      ]);
      const sayings = all?.filter(({ isForNewcomers }) => isForNewcomers) ?? null;
      const mine = waits.filter((wait) => wait.userId === userId);
      const names = [...mine, ...(sayings ?? [])].flatMap((one) => one.names);
      const reader = await personReader(context, crisis, userId, names);
      const keyOf = (generation: number) => `waiting:${crisisId}:${userId}:${generation}`;
      // First the new one: until it is there, the older one is all that the person has.
      await tellPerson(context, crisis, userId, keyOf(told.generation), waitingMessage(crisis, mine, sayings, reader));
      const older = keyOf(told.generation - 1);
      if (await findEffect(context.db, older))
        await tellPerson(context, crisis, userId, older, replacedMessage(crisis, reader));
    },
  ),
];
