import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { findCrisis } from '../crises/store.ts';
import { findPerson, namer } from '../people/store.ts';
import { deliver } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { linkMatter, planReminder, remindLead, remindWatch } from './change.ts';
import { jobWords } from './job-text.ts';
import type { History } from './rules.ts';
import {
  findAssessmentOf,
  findMatterOf,
  findReassessment,
  historyOfCrisis,
  historyOfMatter,
  isMatterHidden,
} from './store.ts';
import { crisisMessage, type Reader, reassessDue, watchDue } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofMatter = z.object({ workspaceId: z.string(), matterId: z.uuid() });
const reminder = { userId: z.string(), reminder: z.number() };

export const jobs: readonly JobHandler[] = [
  onJob('assessment.show', what('show'), ofCrisis.extend({ assessmentId: z.uuid() }), async (context, data) => {
    const crisis = await findCrisis(context.db, data.crisisId);
    // Where the room was lost, the timeline and the person's own form tell the result.
    if (!crisis?.channelId) return;
    const assessment = await findAssessmentOf(context.db, crisis.workspaceId, data.assessmentId);
    if (!assessment) return;
    const history = await historyOfCrisis(context.db, crisis.id);
    const named = await namer(context.db, crisis.workspaceId, peopleIn(history));
    const { language, timeZone, workspaceId } = crisis;
    await deliver(context, {
      key: `assessment:${assessment.id}`,
      workspaceId,
      crisisId: crisis.id,
      channelId: crisis.channelId,
      message: crisisMessage(assessment, crisis, history, { language, timeZone, named }),
    });
  }),
  onJob('assessment.watch_due', what('watch_due'), ofMatter.extend({ key: z.string() }), async (context, data) => {
    await remindWatch(context, data.workspaceId, data.matterId, data.key);
  }),
  onJob('assessment.show_watch', what('show_watch'), ofMatter.extend(reminder), async (context, data) => {
    const { workspaceId, matterId, userId } = data;
    const matter = await findMatterOf(context.db, workspaceId, matterId);
    if (!matter || (await isMatterHidden(context.db, matter, userId))) return;
    const history = await historyOfMatter(context.db, matterId);
    await deliver(context, {
      key: `watch-due:${matterId}:${data.reminder}`,
      workspaceId,
      crisisId: null,
      channelId: await context.slack.directChannel(userId),
      message: watchDue({ matter, history }, data.reminder, await readerFor(context, workspaceId, userId, history)),
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
  onJob('assessment.show_reminder', what('show_reminder'), ofCrisis.extend(reminder), async (context, data) => {
    const { crisisId, userId } = data;
    const [crisis, row] = await Promise.all([findCrisis(context.db, crisisId), findReassessment(context.db, crisisId)]);
    if (!crisis || !row) return;
    const person = await findPerson(context.db, crisis.workspaceId, userId);
    const isOutstanding = row.remindedId !== null && row.reminder === data.reminder;
    await deliver(context, {
      key: `reassess:${crisisId}:${data.reminder}`,
      workspaceId: crisis.workspaceId,
      crisisId,
      channelId: await context.slack.directChannel(userId),
      message: reassessDue(crisis, isOutstanding, person?.language ?? crisis.language),
    });
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

const peopleIn = ({ assessments, outcomes }: History): string[] => [
  ...assessments.map(({ assessedBy }) => assessedBy),
  ...outcomes.map(({ decidedBy }) => decidedBy),
];

async function readerFor(context: JobContext, workspaceId: string, userId: string, history: History): Promise<Reader> {
  const [person, workspace, named] = await Promise.all([
    findPerson(context.db, workspaceId, userId),
    workspaceOf(context.db, workspaceId),
    namer(context.db, workspaceId, peopleIn(history)),
  ]);
  return {
    language: person?.language ?? workspace.language,
    timeZone: person?.timeZone ?? workspace.timeZone,
    named,
  };
}
