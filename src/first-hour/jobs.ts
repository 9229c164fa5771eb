import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { crisisWithRoom, fold, roomReader, showOnBoard } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { order } from '../jobs/commit.ts';
import { playbookOf } from '../playbooks/store.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { ringFirstWords, setFirstWordsClock, startFirstHour } from './change.ts';
import { jobWords } from './job-text.ts';
import { startsOf } from './store.ts';
import { startMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob('first_hour.start', what('start'), ofCrisis, async (context, { crisisId }) => {
    await startFirstHour(context, crisisId);
    await setFirstWordsClock(context, crisisId);
  }),
  onJob('first_hour.set_clock', what('set_clock'), ofCrisis, async (context, { crisisId }) => {
    await setFirstWordsClock(context, crisisId);
  }),
  onJob('first_hour.ring', what('ring'), ofCrisis, async (context, { crisisId }) => {
    const decision = await ringFirstWords(context, crisisId);
    // At the aim nothing happens but that the brief turns amber; what is written down refreshes it by itself.
    if (!decision.ok)
      await order(context, [
        { kind: 'war_room.refresh_brief', queue: 'outbox', order: `brief:${crisisId}`, data: { crisisId } },
      ]);
  }),
  onJob(
    'first_hour.show',
    what('show'),
    ofCrisis.extend({ start: z.number() }),
    async (context, { crisisId, start }) => {
      const crisis = await crisisWithRoom(context, crisisId);
      const starts = crisis ? await startsOf(context.db, crisisId) : [];
      const told = starts[start - 1];
      if (!crisis || !told || starts.slice(0, start - 1).some(({ playbook }) => playbook === told.playbook)) return;
      const [playbook, reader] = await Promise.all([
        playbookOf(context.db, crisis.workspaceId, told.playbook),
        roomReader(context, crisis),
      ]);
      await showOnBoard(context, crisis, `first-hour:${crisisId}:${start}`, startMessage(crisis, playbook, reader));
    },
  ),
  // What an earlier version told the lead by itself.
  onJob(
    'first_hour.tell_late',
    what('tell_late'),
    ofCrisis.extend({ userId: z.string() }),
    async (context, { crisisId }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (crisis) await fold(context, crisis, `late:${crisisId}`);
    },
  ),
];
