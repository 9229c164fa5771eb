import { z } from 'zod';
import { atOnce } from '../core/jobs.ts';
import { eachInBoth } from '../core/locale.ts';
import { MINUTE } from '../core/time.ts';
import { type Crisis, calledIn } from '../crises/rules.ts';
import { briefKey, keyIn, personReader, roomReader, showInRoom, tellPerson } from '../crises/show.ts';
import { findCrisis, type Responder, respondersOf } from '../crises/store.ts';
import { order } from '../jobs/commit.ts';
import { rosterOf } from '../people/store.ts';
import { readAgain } from '../people/who.ts';
import { Busy } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { type Effect, findEffect, findEffects } from '../slack/ledger.ts';
import { type Callout, callName, isAwaitedByName, isOpen, peopleInCallout, peopleInRow } from './callout.ts';
import { callCrisisDepartments, escalateSilence, followPeople } from './change.ts';
import { jobWords } from './job-text.ts';
import { showCall } from './orders.ts';
import { calloutsOf, findCallout } from './store.ts';
import { callMessage, mentionMessage, movedMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofEarlier = ofCrisis.extend({
  userId: z.string(),
  calloutId: z.uuid().optional(),
  round: z.number().optional(),
  at: z.number().optional(),
});

export const jobs: readonly JobHandler[] = [
  onJob('responders.call_departments', what('call_departments'), ofCrisis, async (context, { crisisId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (crisis) {
      const roster = calledIn(crisis, await rosterOf(context.db, crisis.workspaceId));
      await readAgain(
        context,
        crisis.workspaceId,
        roster.flatMap((d) => [...d.peopleIds, ...d.deputyIds]),
      );
    }
    await callCrisisDepartments(context, crisisId);
  }),
  onJob(
    'responders.escalate',
    what('escalate'),
    ofCrisis.extend({ calloutId: z.uuid(), version: z.number() }),
    async (context, { crisisId, calloutId, version }) => {
      const [crisis, callout] = await Promise.all([
        findCrisis(context.db, crisisId),
        findCallout(context.db, calloutId),
      ]);
      if (crisis && callout) await readAgain(context, crisis.workspaceId, [...callout.deputyIds, crisis.leadId]);
      await escalateSilence(context, crisisId, calloutId, version);
    },
  ),
  onJob('responders.people_changed', what('people_changed'), ofCrisis, (context, { crisisId }) =>
    followPeople(context, crisisId),
  ),
  {
    ...onJob('responders.show_first_call', what('show_first_call'), ofCrisis, (context, { crisisId }) =>
      order(context, [showCall(crisisId)]),
    ),
    aliases: ['responders.show_first_cards'],
  },
  {
    ...onJob(
      'responders.show_call',
      what('show_call'),
      ofCrisis.extend({ at: z.number().optional() }),
      async (context, { crisisId, at }) => {
        const [crisis, callouts, cell] = await Promise.all([
          findCrisis(context.db, crisisId),
          calloutsOf(context.db, crisisId),
          respondersOf(context.db, crisisId),
        ]);
        if (!crisis) return;
        const key = keyIn(crisis, callName(crisisId));
        const [shown, brief, ...older] = await findEffects(context.db, [
          key,
          briefKey(crisis),
          ...olderKeys(crisisId, callouts, cell, at),
        ]);
        const isAwaited = callouts.some(isOpen) || cell.some(isAwaitedByName);
        if (!shown && (!isAwaited || crisis.status === 'closed')) return;
        // The brief stands above it: the opening of the room is under way until it is there.
        if (!shown && !isSettled(brief)) throw new Busy(key);
        const before = older.flatMap((effect) => (effect?.state === 'done' ? [effect] : []));
        const reader = await roomReader(context, crisis, [
          crisis.leadId,
          ...callouts.flatMap(peopleInCallout),
          ...cell.flatMap(peopleInRow),
        ]);
        const message = callMessage(crisis, callouts, cell, before.length === 0, reader);
        await showInRoom(context, crisis, key, message, { edits: 'call' });
        for (const effect of before) await showMoved(context, crisis, effect);
      },
    ),
    // Earlier versions showed a card for each department.
    aliases: ['responders.show_card'],
  },
  onJob(
    'responders.mention',
    what('mention'),
    ofCrisis.extend({
      calls: z
        .array(z.object({ calloutId: z.uuid(), round: z.number(), stage: z.enum(['people', 'deputies', 'lead']) }))
        .default([]),
      at: z.number().nullable().default(null),
    }),
    async (context, { crisisId, calls, at }) => {
      const [crisis, all, cell] = await Promise.all([
        findCrisis(context.db, crisisId),
        calloutsOf(context.db, crisisId),
        respondersOf(context.db, crisisId),
      ]);
      if (!crisis || crisis.status === 'closed') return;
      // What was answered, or called anew, since it was ordered calls nobody any more.
      const named = calls.flatMap(({ calloutId, round, stage }) =>
        all.flatMap((one) => (isOpen(one) && one.id === calloutId && one.round === round ? [{ ...one, stage }] : [])),
      );
      // Departments that fall silent together are told to the lead in one message, which later ones join.
      const silentAt = named.find(({ stage }) => stage === 'lead')?.stageAt;
      const callouts = silentAt
        ? all.filter((one) => isOpen(one) && one.stage === 'lead' && bucketOf(one.stageAt) === bucketOf(silentAt))
        : named;
      const people = cell.filter((row) => row.calledAt?.getTime() === at && isAwaitedByName(row));
      if (callouts.length + people.length === 0) return;
      // Where Slack refused the call, it stands in the room.
      const shown = await findEffect(context.db, keyIn(crisis, callName(crisisId)));
      const reader = await roomReader(context, crisis, [
        ...callouts.flatMap(peopleInCallout),
        ...people.flatMap(peopleInRow),
      ]);
      const [first] = calls;
      const called = first ? `${first.calloutId}:${first.round}:${first.stage}` : `${crisisId}:${at}`;
      const key = silentAt ? `${crisisId}:silent:${bucketOf(silentAt)}` : called;
      const message = mentionMessage(callouts, people, reader);
      await showInRoom(context, crisis, `mention:${key}`, message, { threadTs: shown?.ts ?? undefined });
    },
  ),
  // Of earlier versions, which told people in a message for each call.
  ...(['responders.tell_called', 'responders.tell_person'] as const).map((kind) =>
    onJob(kind, what('tell'), ofEarlier, async (context, { crisisId, userId, calloutId, round, at }) => {
      const key = calloutId ? `called:${calloutId}:${round}:${userId}` : `asked:${crisisId}:${userId}:${at}`;
      const [crisis, effect] = await Promise.all([findCrisis(context.db, crisisId), findEffect(context.db, key)]);
      // Whether it was sent may not be known.
      if (crisis && effect) await showMoved(context, crisis, effect);
      await order(context, [showCall(crisisId), atOnce('waiting.look', { crisisId })]);
    }),
  ),
];

const isSettled = (brief: Effect | undefined): boolean =>
  brief?.state === 'done' || brief?.state === 'failed' || brief?.state === 'lost';

const bucketOf = (at: Date): number => Math.floor(at.getTime() / (2 * MINUTE));

/** The messages of earlier versions: a card for each round of a department and each call by name, and what people were told of them. */
function olderKeys(crisisId: string, callouts: readonly Callout[], cell: readonly Responder[], at?: number): string[] {
  const cards = callouts.flatMap(({ id, round, deputyIds, toldLeadId }) =>
    Array.from({ length: round }, (_, i) => i + 1).flatMap((n) => [
      n === 1 ? `callout:${id}` : `callout:${id}:${n}`,
      ...[...deputyIds, ...(toldLeadId ? [toldLeadId] : [])].map((userId) => `called:${id}:${n}:${userId}`),
    ]),
  );
  const named = cell.flatMap(({ userId, calledAt }) =>
    calledAt ? [`call:${crisisId}:${calledAt.getTime()}`, `asked:${crisisId}:${userId}:${calledAt.getTime()}`] : [],
  );
  return [...cards, ...named, ...(at === undefined ? [] : [`call:${crisisId}:${at}`])];
}

async function showMoved(context: JobContext, crisis: Crisis, { key }: Effect): Promise<void> {
  const [, userId] = /^called:.*:(\w+)$/.exec(key) ?? /^asked:[^:]+:(\w+):/.exec(key) ?? [];
  if (!userId) await showInRoom(context, crisis, key, movedMessage('room', crisis.language), { edits: 'call' });
  else {
    const { language } = await personReader(context, crisis, userId);
    await tellPerson(context, crisis, userId, key, movedMessage('person', language));
  }
}
