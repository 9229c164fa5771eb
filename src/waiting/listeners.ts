import { inBoth } from '../core/locale.ts';
import { crisisNamed, readerOf } from '../crises/here.ts';
import type { Feature } from '../slack/feature.ts';
import { jobs } from './jobs.ts';
import { words } from './text.ts';
import { allOf, allView } from './views.ts';

export const waiting: Feature = {
  name: 'waiting',
  title: inBoth((l) => words(l).feature),
  actions: [
    allOf.on(async (call, { crisisId }) => {
      const found = await crisisNamed(call, crisisId);
      if ('reply' in found) return found.reply;
      const all = await call.slices.waits(call.db, found.crisis, call.now());
      const mine = all.filter(({ userId }) => userId === call.who.userId);
      const reader = await readerOf(
        call,
        mine.flatMap(({ names }) => names),
      );
      await call.openModal(allView(mine, reader));
      return undefined;
    }),
  ],
  jobs,
};
