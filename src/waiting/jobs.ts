import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { personReader, tellPerson } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { effectsNamed, forgetEffect } from '../slack/ledger.ts';
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
      // Of generation 0 nothing was posted: all that waits was told by an earlier version.
      if (!crisis || !told || told.generation === 0) return;
      const now = context.now();
      const [waits, all] = await Promise.all([
        context.slices.waits(context.db, crisis, now),
        told.generation === 1 ? context.slices.say(context.db, crisis, now) : null,
      ]);
      const sayings = all?.filter(({ isForNewcomers }) => isForNewcomers) ?? null;
      const mine = waits.filter((wait) => wait.userId === userId);
      const names = [...mine, ...(sayings ?? [])].flatMap((one) => one.names);
      const reader = await personReader(context, crisis, userId, names);
      const keyOf = (generation: number | '') => `waiting:${crisisId}:${userId}:${generation}`;
      const current = keyOf(told.generation);
      // A generation may have come before the last one was shown: each that is there is looked after.
      const older = (await effectsNamed(context.db, crisisId, keyOf(''))).filter(({ key }) => key !== current);
      const replace = (key: string) => tellPerson(context, crisis, userId, key, replacedMessage(crisis, reader));
      for (const { key, state } of older)
        if (state === 'unsent' || state === 'failed') await forgetEffect(context.db, key);
        // It may be there, or come once more: before the new one, which is then further down.
        else if (state !== 'done') await replace(key);
      // First the new one: until it is there, the older one is all that the person has.
      await tellPerson(context, crisis, userId, current, waitingMessage(crisis, mine, sayings, reader));
      for (const { key, state, hasButtons } of older)
        if (state === 'done' && (hasButtons || key === keyOf(told.generation - 1))) await replace(key);
    },
  ),
];
