import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { personReader, roomReader, showInRoom, tellPerson } from '../crises/show.ts';
import { findCrisis, findResponder, type Responder, respondersOf } from '../crises/store.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { mentionedIn } from '../timeline/export.ts';
import { cardKey, isOf, peopleInCallout } from './callout.ts';
import { callCrisisDepartments, escalateSilence, orderCards } from './change.ts';
import { jobWords } from './job-text.ts';
import { findCallout } from './store.ts';
import { callCard, calledMessage, card, personMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofCallout = ofCrisis.extend({ calloutId: z.uuid(), round: z.number() });

export const jobs: readonly JobHandler[] = [
  onJob('responders.call_departments', what('call_departments'), ofCrisis, async (context, { crisisId }) => {
    await callCrisisDepartments(context, crisisId);
  }),
  onJob(
    'responders.escalate',
    what('escalate'),
    ofCrisis.extend({ calloutId: z.uuid(), version: z.number() }),
    async (context, { crisisId, calloutId, version }) => {
      await escalateSilence(context, crisisId, calloutId, version);
    },
  ),
  onJob('responders.show_first_cards', what('show_first_cards'), ofCrisis, (context, { crisisId }) =>
    orderCards(context, crisisId),
  ),
  onJob('responders.show_card', what('show_card'), ofCallout, async (context, { crisisId, calloutId, round }) => {
    const [crisis, callout, cell] = await Promise.all([
      findCrisis(context.db, crisisId),
      findCallout(context.db, calloutId),
      respondersOf(context.db, crisisId),
    ]);
    if (!crisis || !callout) return;
    const alsoOnIt = cell
      .filter((row) => row.presentAt && row.presentAt >= callout.calledAt && isOf(callout, row))
      .map((row) => row.userId);
    const reader = await roomReader(context, crisis, [crisis.leadId, ...peopleInCallout(callout), ...alsoOnIt]);
    await showInRoom(context, crisis, cardKey(callout, round), card(crisis, callout, round, alsoOnIt, reader), {
      edits: 'call',
    });
  }),
  onJob(
    'responders.tell_called',
    what('tell_called'),
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
      const reader = await personReader(context, crisis, userId, [crisis.leadId, ...peopleInCallout(callout)]);
      await tellPerson(context, crisis, userId, key, calledMessage(crisis, callout, round, userId, reader));
    },
  ),
  onJob(
    'responders.tell_person',
    what('tell_person'),
    ofCrisis.extend({ userId: z.string(), at: z.number() }),
    async (context, { crisisId, userId, at }) => {
      const [crisis, row] = await Promise.all([
        findCrisis(context.db, crisisId),
        findResponder(context.db, crisisId, userId),
      ]);
      if (!crisis || row?.calledAt?.getTime() !== at) return;
      const key = `asked:${crisisId}:${userId}:${at}`;
      const isOver = crisis.status === 'closed' || (row.presentAt !== null && row.presentAt >= row.calledAt);
      if (isOver && !(await findEffect(context.db, key))) return;
      const reader = await personReader(context, crisis, userId, peopleInCall(row));
      await tellPerson(context, crisis, userId, key, personMessage(crisis, row, reader));
    },
  ),
  onJob(
    'responders.show_call',
    what('show_call'),
    ofCrisis.extend({ at: z.number() }),
    async (context, { crisisId, at }) => {
      const [crisis, cell] = await Promise.all([findCrisis(context.db, crisisId), respondersOf(context.db, crisisId)]);
      const rows = cell.filter((row) => row.calledAt?.getTime() === at);
      if (!crisis || rows.length === 0) return;
      const reader = await roomReader(
        context,
        crisis,
        rows.flatMap((row) => [row.userId, ...peopleInCall(row)]),
      );
      await showInRoom(context, crisis, `call:${crisisId}:${at}`, callCard(rows, reader), { edits: 'call' });
    },
  ),
];

const peopleInCall = ({ calledBy, callReason }: Responder): string[] => [
  ...(calledBy ? [calledBy] : []),
  ...mentionedIn(callReason ?? ''),
];
