import { z } from 'zod';
import type { Crisis } from '../crises/rules.ts';
import { findCrisis, respondersOf } from '../crises/store.ts';
import { findPerson, namer } from '../people/store.ts';
import type { Message } from '../slack/blocks.ts';
import { Busy, deliver } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { type Callout, cardKey, isOf } from './callout.ts';
import { callCrisisDepartments, escalateSilence, orderCards } from './change.ts';
import { findCallout, findResponder } from './store.ts';
import { callCard, calledMessage, card, personMessage } from './views.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofCallout = z.object({ crisisId: z.uuid(), calloutId: z.uuid(), round: z.number() });

export const jobs: readonly JobHandler[] = [
  onJob('responders.call_departments', ofCrisis, async (context, { crisisId }) => {
    await callCrisisDepartments(context, crisisId);
  }),
  onJob(
    'responders.escalate',
    z.object({ crisisId: z.uuid(), calloutId: z.uuid(), version: z.number() }),
    async (context, { crisisId, calloutId, version }) => {
      await escalateSilence(context, crisisId, calloutId, version);
    },
  ),
  onJob('responders.show_first_cards', ofCrisis, (context, { crisisId }) => orderCards(context, crisisId)),
  onJob('responders.show_card', ofCallout, async (context, { crisisId, calloutId, round }) => {
    const [crisis, callout] = await Promise.all([findCrisis(context.db, crisisId), findCallout(context.db, calloutId)]);
    if (!crisis || !callout) return;
    const channelId = roomOf(crisis);
    if (!channelId) return;
    const cell = await respondersOf(context.db, crisisId);
    const alsoOnIt = cell
      .filter((row) => row.presentAt && row.presentAt >= callout.calledAt && isOf(callout, row))
      .map((row) => row.userId);
    const named = await namesFor(context, crisis, callout, alsoOnIt);
    await deliver(context, {
      key: cardKey(callout, round),
      ...placeOf(crisis, channelId),
      message: card(crisis, callout, round, alsoOnIt, named),
      edits: 'call',
    });
  }),
  onJob(
    'responders.tell_called',
    ofCallout.extend({ userId: z.string() }),
    async (context, { crisisId, calloutId, round, userId }) => {
      const [crisis, callout] = await Promise.all([
        findCrisis(context.db, crisisId),
        findCallout(context.db, calloutId),
      ]);
      if (!crisis || !callout) return;
      const key = `called:${calloutId}:${round}:${userId}`;
      const isOver = crisis.status === 'closed' || callout.answeredAt !== null || callout.round !== round;
      if (isOver && !(await findEffect(context.db, key))) return;
      const language = await languageOf(context, crisis, userId);
      const named = await namesFor(context, crisis, callout, []);
      await tell(context, crisis, userId, key, calledMessage(crisis, callout, round, userId, named, language));
    },
  ),
  onJob(
    'responders.tell_person',
    z.object({ crisisId: z.uuid(), userId: z.string(), at: z.number() }),
    async (context, { crisisId, userId, at }) => {
      const [crisis, row] = await Promise.all([
        findCrisis(context.db, crisisId),
        findResponder(context.db, crisisId, userId),
      ]);
      if (!crisis || row?.calledAt?.getTime() !== at) return;
      const key = `asked:${crisisId}:${userId}:${at}`;
      const isOver = crisis.status === 'closed' || (row.presentAt !== null && row.presentAt >= row.calledAt);
      if (isOver && !(await findEffect(context.db, key))) return;
      const language = await languageOf(context, crisis, userId);
      const named = await namer(context.db, crisis.workspaceId, [
        row.calledBy ?? '',
        ...mentionedIn(row.callReason ?? ''),
      ]);
      await tell(context, crisis, userId, key, personMessage(crisis, row, named, language));
    },
  ),
  onJob('responders.show_call', ofCrisis.extend({ at: z.number() }), async (context, { crisisId, at }) => {
    const crisis = await findCrisis(context.db, crisisId);
    const channelId = crisis && roomOf(crisis);
    if (!channelId) return;
    const rows = (await respondersOf(context.db, crisisId)).filter((row) => row.calledAt?.getTime() === at);
    if (rows.length === 0) return;
    const named = await namer(
      context.db,
      crisis.workspaceId,
      rows.flatMap((row) => [row.userId, row.calledBy ?? '', ...mentionedIn(row.callReason ?? '')]),
    );
    await deliver(context, {
      key: `call:${crisisId}:${at}`,
      ...placeOf(crisis, channelId),
      message: callCard(crisis, rows, named),
      edits: 'call',
    });
  }),
];

/** What is shown in the room waits while Slack is opening it; what a person is told by a message does not. */
function roomOf(crisis: Crisis): string | null {
  if (!crisis.channelId && crisis.status === 'open') throw new Busy(`room:${crisis.id}`);
  return crisis.channelId;
}

const placeOf = (crisis: Crisis, channelId: string) => ({
  workspaceId: crisis.workspaceId,
  crisisId: crisis.id,
  channelId,
});

const languageOf = async (context: JobContext, crisis: Crisis, userId: string) =>
  (await findPerson(context.db, crisis.workspaceId, userId))?.language ?? crisis.language;

const namesFor = (context: JobContext, crisis: Crisis, callout: Callout, more: readonly string[]) =>
  namer(context.db, crisis.workspaceId, [
    crisis.leadId,
    ...callout.peopleIds,
    ...callout.deputyIds,
    ...callout.declinedIds,
    ...more,
    ...mentionedIn(callout.reason),
    ...[callout.answeredBy, callout.calledBy, callout.toldLeadId].filter((id) => id !== null),
  ]);

const mentionedIn = (text: string): string[] =>
  [...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((match) => match[1] as string);

async function tell(context: JobContext, crisis: Crisis, userId: string, key: string, shown: Message): Promise<void> {
  const channelId = await context.slack.directChannel(userId);
  await deliver(context, { key, ...placeOf(crisis, channelId), message: shown });
}
