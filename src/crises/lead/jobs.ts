import { z } from 'zod';
import { eachInBoth } from '../../core/locale.ts';
import { MINUTE } from '../../core/time.ts';
import { readAgain } from '../../people/who.ts';
import { type JobHandler, onJob } from '../../slack/feature.ts';
import { isExcluded } from '../rules.ts';
import { personReader, roomReader, showInRoom, tellPerson } from '../show.ts';
import { findCrisis, openCrisesOf } from '../store.ts';
import { followPeople, showOffersAgain, watchPeople } from './change.ts';
import { leadIsGone, peopleOfCrises } from './store.ts';
import { words } from './text.ts';
import { offerMessage } from './views.ts';

const what = eachInBoth((language) => words(language).jobs);

const ofWorkspace = z.object({ workspaceId: z.string() });
const ofCrisis = z.object({ crisisId: z.uuid() });
const ofOffer = ofCrisis.extend({ leadId: z.string() });

export const jobs: readonly JobHandler[] = [
  onJob('crises.watch_people', what('watch_people'), ofCrisis, async (context, { crisisId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (crisis) await watchPeople(context, crisis.workspaceId);
  }),
  /** Comes back as long as a crisis is open. */
  onJob('crises.read_people', what('read_people'), ofWorkspace, async (context, { workspaceId }) => {
    const open = await openCrisesOf(context.db, workspaceId);
    if (open.length === 0) return;
    // Before anything that may fail: the next look never depends on this one.
    await watchPeople(context, workspaceId);
    await readAgain(context, workspaceId, await peopleOfCrises(context.db, workspaceId, open), MINUTE);
    await followPeople(context, workspaceId);
  }),
  onJob('crises.people_changed', what('people_changed'), ofWorkspace, (context, { workspaceId }) =>
    followPeople(context, workspaceId),
  ),
  onJob('crises.lead_changed', what('lead_changed'), ofCrisis, (context, { crisisId }) =>
    showOffersAgain(context, crisisId),
  ),
  onJob(
    'crises.tell_offer',
    what('tell_offer'),
    ofOffer.extend({ userId: z.string() }),
    async (context, { crisisId, userId, leadId }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis || isExcluded(crisis, userId)) return;
      const reader = await personReader(context, crisis, userId, [crisis.leadId]);
      const shown = offerMessage(crisis, leadId, await leadIsGone(context.db, crisis), reader);
      await tellPerson(context, crisis, userId, `lead-offer:${crisisId}:${leadId}:${userId}`, shown);
    },
  ),
  onJob('crises.show_offer', what('show_offer'), ofOffer, async (context, { crisisId, leadId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis) return;
    const reader = await roomReader(context, crisis, [crisis.leadId]);
    const shown = offerMessage(crisis, leadId, await leadIsGone(context.db, crisis), reader);
    await showInRoom(context, crisis, `lead-offer:${crisisId}:${leadId}`, shown);
  }),
];
