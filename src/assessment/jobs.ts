import { z } from 'zod';
import { inRoom } from '../core/jobs.ts';
import { eachInBoth } from '../core/locale.ts';
import { fold, roomReader, showInRoom } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { order } from '../jobs/commit.ts';
import { findPerson, readerFor } from '../people/store.ts';
import { deliver } from '../slack/deliver.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { linkMatter, planReminder, remindLead, remindWatch } from './change.ts';
import { jobWords } from './job-text.ts';
import { peopleIn } from './records.ts';
import { findAssessmentOf, findMatterOf, historyOfCrisis, historyOfMatter, isMatterHidden } from './store.ts';
import { isUndecided, proposal, watchDue } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofMatter = z.object({ workspaceId: z.string(), matterId: z.uuid() });
const reminder = { userId: z.string(), reminder: z.number() };

export const jobs: readonly JobHandler[] = [
  onJob('assessment.propose', what('show'), ofCrisis.extend({ assessmentId: z.uuid() }), (context, data) =>
    order(context, [inRoom('assessment.show', data)]),
  ),
  onJob('assessment.show', what('show'), ofCrisis.extend({ assessmentId: z.uuid() }), async (context, data) => {
    const crisis = await findCrisis(context.db, data.crisisId);
    // Where the room was lost, the timeline and the person's own form tell the result.
    if (!crisis?.channelId) return;
    const [assessment, history] = await Promise.all([
      findAssessmentOf(context.db, crisis.workspaceId, data.assessmentId),
      historyOfCrisis(context.db, crisis.id),
    ]);
    if (!assessment) return;
    const key = `assessment:${assessment.id}`;
    // What was decided in the form, or proposes nothing new, is told by the timeline.
    if (!isUndecided(assessment, crisis, history) && !(await findEffect(context.db, key))) return;
    const reader = await roomReader(context, crisis, peopleIn(history));
    await showInRoom(context, crisis, key, proposal(assessment, crisis, history, reader));
  }),
  onJob('assessment.watch_due', what('watch_due'), ofMatter.extend({ key: z.string() }), async (context, data) => {
    await remindWatch(context, data.workspaceId, data.matterId, data.key);
  }),
  onJob('assessment.show_watch', what('show_watch'), ofMatter.extend(reminder), async (context, data) => {
    const { workspaceId, matterId, userId } = data;
    const matter = await findMatterOf(context.db, workspaceId, matterId);
    if (!matter || (await isMatterHidden(context.db, matter, userId))) return;
    const [history, person, workspace] = await Promise.all([
      historyOfMatter(context.db, matterId),
      findPerson(context.db, workspaceId, userId),
      workspaceOf(context.db, workspaceId),
    ]);
    const language = person?.language ?? workspace.language;
    const timeZone = person?.timeZone ?? workspace.timeZone;
    const reading = { workspaceId, language, timeZone, now: context.now() };
    const reader = await readerFor(context.db, reading, peopleIn(history));
    await deliver(context, {
      key: `watch-due:${matterId}:${data.reminder}`,
      workspaceId,
      crisisId: null,
      channelId: await context.slack.directChannel(userId),
      message: watchDue({ matter, history }, data.reminder, reader),
    });
  }),
  onJob('assessment.start', what('start'), ofCrisis, async (context, { crisisId }) => {
    await planReminder(context, crisisId, 'start');
  }),
  onJob('assessment.level_changed', what('level_changed'), ofCrisis, async (context, { crisisId }) => {
    await planReminder(context, crisisId, 'level');
  }),
  onJob(
    'assessment.reassess',
    what('reassess'),
    ofCrisis.extend({ key: z.string() }),
    async (context, { crisisId, key }) => {
      await remindLead(context, crisisId, key);
    },
  ),
  // What an earlier version asked the lead by itself.
  onJob('assessment.show_reminder', what('show_reminder'), ofCrisis.extend(reminder), async (context, data) => {
    const crisis = await findCrisis(context.db, data.crisisId);
    if (crisis) await fold(context, crisis, `reassess:${data.crisisId}:${data.reminder}`);
  }),
  onJob(
    'assessment.link',
    what('link'),
    ofCrisis.extend({ matterId: z.uuid() }),
    async (context, { crisisId, matterId }) => {
      await linkMatter(context, crisisId, matterId);
    },
  ),
];
