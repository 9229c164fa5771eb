import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { fold, keyIn, roomReader, showInRoom, showOnBoard } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import type { Message } from '../slack/blocks.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { effectsNamed } from '../slack/ledger.ts';
import { peopleInCauses } from './causes/rules.ts';
import { peopleInDecisions } from './decisions/rules.ts';
import { decisionCard } from './decisions/views.ts';
import { jobWords } from './job-text.ts';
import { peopleInMeasures } from './measures/rules.ts';
import { postureMessage } from './posture/views.ts';
import { peopleInFacts } from './rules.ts';
import { causesOf, decisionsOf, factsOf, measuresOf, postureInputsOf } from './store.ts';
import { factsTable } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob('facts.show_table', what('show_table'), ofCrisis, async (context, { crisisId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis) return;
    const [facts, causes, measures] = await Promise.all([
      factsOf(context.db, crisisId),
      causesOf(context.db, crisisId),
      measuresOf(context.db, crisisId),
    ]);
    const reader = await roomReader(context, crisis, [
      ...peopleInFacts(facts),
      ...peopleInCauses(causes),
      ...peopleInMeasures(measures),
    ]);
    await showOnBoard(context, crisis, `facts:${crisis.id}`, factsTable(crisis, { facts, causes, measures }, reader));
  }),
  // What an earlier version asked the room.
  onJob(
    'facts.ask_second',
    what('ask_second'),
    ofCrisis.extend({ factId: z.uuid(), since: z.number() }),
    async (context, { crisisId, factId, since }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (crisis) await fold(context, crisis, keyIn(crisis, `fact-false:${factId}:${since}`));
    },
  ),
  onJob(
    'facts.show_decision',
    what('show_decision'),
    ofCrisis.extend({ decisionId: z.uuid() }),
    async (context, { crisisId, decisionId }) => {
      const [crisis, made] = await Promise.all([findCrisis(context.db, crisisId), decisionsOf(context.db, crisisId)]);
      const decision = made.find((one) => one.id === decisionId);
      if (!crisis || !decision) return;
      const reader = await roomReader(context, crisis, peopleInDecisions(made));
      await show(context, crisis, `decision:${decision.id}`, decisionCard(decision, made, crisis, reader));
    },
  ),
  onJob(
    'facts.show_posture',
    what('show_posture'),
    ofCrisis.extend({ version: z.number(), isShown: z.boolean().optional() }),
    async (context, { crisisId, version, isShown }) => {
      const [crisis, inputs] = await Promise.all([
        findCrisis(context.db, crisisId),
        postureInputsOf(context.db, crisisId),
      ]);
      if (!crisis || inputs?.version !== version) return;
      if (isShown && (await effectsNamed(context.db, crisisId, `posture:${crisisId}@`)).length === 0) return;
      const reader = await roomReader(context, crisis, [inputs.setBy]);
      await showOnBoard(context, crisis, `posture:${crisis.id}`, postureMessage(inputs, crisis, reader, false));
    },
  ),
];

/** A room that replaced the first one shows it anew. */
async function show(context: JobContext, crisis: Crisis, name: string, message: Message): Promise<void> {
  // Recorded while the room is being opened: it waits for the room.
  await showInRoom(context, crisis, keyIn(crisis, name), message);
}
