import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { rosterIn } from '../crises/rules.ts';
import { cellOf, findCrisis } from '../crises/store.ts';
import { order } from '../jobs/commit.ts';
import { findPerson, namer, rosterOf } from '../people/store.ts';
import { playbookOf } from '../playbooks/store.ts';
import { Busy, deliver } from '../slack/deliver.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { peopleIn } from '../statements/lines.ts';
import { approversRoster, statementsOf } from '../statements/store.ts';
import { tasksOf } from '../tasks/store.ts';
import { ringFirstWords, setFirstWordsClock, startFirstHour } from './change.ts';
import { jobWords } from './job-text.ts';
import { castOf } from './rules.ts';
import { startsOf } from './store.ts';
import { lateMessage, startMessage } from './views.ts';

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
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis) return;
      const key = `first-hour:${crisisId}:${start}`;
      if (!crisis.channelId && crisis.status === 'open') throw new Busy(key);
      const starts = await startsOf(context.db, crisisId);
      const told = starts[start - 1];
      if (!crisis.channelId || !told) return;
      const [playbook, everybody, cell, tasks, statements] = [
        await playbookOf(context.db, crisis.workspaceId, told.playbook),
        await rosterOf(context.db, crisis.workspaceId),
        await cellOf(context.db, crisisId),
        await tasksOf(context.db, [crisisId]),
        await statementsOf(context.db, crisisId),
      ];
      await deliver(context, {
        key,
        workspaceId: crisis.workspaceId,
        crisisId,
        channelId: crisis.channelId,
        message: startMessage(crisis, playbook, {
          isFirst: !starts.slice(0, start - 1).some((before) => before.playbook === told.playbook),
          tasks: tasks.filter(({ number }) => told.taskNumbers.includes(number)),
          statements: statements.filter(({ number }) => told.statementNumbers.includes(number)).toReversed(),
          cast: castOf(crisis, playbook, rosterIn(crisis, everybody, cell)),
        }),
      });
    },
  ),
  onJob(
    'first_hour.tell_late',
    what('tell_late'),
    ofCrisis.extend({ userId: z.string() }),
    async (context, { crisisId, userId }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis) return;
      const [person, statements, roster] = [
        await findPerson(context.db, crisis.workspaceId, userId),
        await statementsOf(context.db, crisisId),
        await approversRoster(context.db, crisis),
      ];
      const named = await namer(context.db, crisis.workspaceId, peopleIn(statements, roster, crisis));
      await deliver(context, {
        key: `late:${crisisId}`,
        workspaceId: crisis.workspaceId,
        crisisId,
        channelId: await context.slack.directChannel(userId),
        message: lateMessage(crisis, statements, roster, named, person?.language ?? crisis.language),
      });
    },
  ),
];
