import { inBoth } from '../core/locale.ts';
import { crisisMeant, crisisNamed, type Found, readerOf } from '../crises/here.ts';
import type { Call, Feature, Reply } from '../slack/feature.ts';
import { jobs } from './jobs.ts';
import { words } from './text.ts';
import { allOf, allView } from './views.ts';

async function showAll(call: Call, finding: Promise<Found>): Promise<Reply | void> {
  const found = await finding;
  if ('reply' in found) return found.reply;
  const all = await call.slices.waits(call.db, found.crisis, call.now());
  const mine = all.filter(({ userId }) => userId === call.who.userId);
  const reader = await readerOf(
    call,
    mine.flatMap(({ names }) => names),
  );
  await call.openModal(allView(mine, reader));
}

export const waiting: Feature = {
  name: 'waiting',
  title: inBoth((l) => words(l).feature),
  subcommands: [
    {
      name: 'mine',
      aliases: ['moi'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help),
      readsOnly: true,
      run: (call) => showAll(call, crisisMeant(call)),
    },
  ],
  actions: [allOf.on((call, { crisisId }) => showAll(call, crisisNamed(call, crisisId)))],
  jobs,
};
