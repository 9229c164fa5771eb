import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { crisisWithRoom, roomReader, showInRoom } from '../crises/show.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { mentionedIn, peopleIn } from '../timeline/export.ts';
import { entriesOf } from '../timeline/store.ts';
import { beat, restartBeat, startBeat } from './change.ts';
import { contentSchema } from './content.ts';
import { jobWords } from './job-text.ts';
import { findDigest } from './store.ts';
import { digestMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob(
    'digests.start',
    what('start'),
    ofCrisis,
    async (context, { crisisId }) => void (await startBeat(context, crisisId)),
  ),
  onJob(
    'digests.level_changed',
    what('level_changed'),
    ofCrisis,
    async (context, { crisisId }) => void (await restartBeat(context, crisisId)),
  ),
  onJob(
    'digests.beat',
    what('beat'),
    ofCrisis.extend({ dueAt: z.iso.datetime() }),
    async (context, { crisisId, dueAt }) => void (await beat(context, crisisId, new Date(dueAt))),
  ),
  onJob('digests.show', what('show'), ofCrisis.extend({ digestId: z.uuid() }), (context, { crisisId, digestId }) =>
    show(context, crisisId, digestId),
  ),
];

async function show(context: JobContext, crisisId: string, digestId: string): Promise<void> {
  const [crisis, row] = await Promise.all([crisisWithRoom(context, crisisId), findDigest(context.db, digestId)]);
  // Without a number there was nothing new: an earlier version said so in the room.
  if (!crisis || !row || row.number === null) return;
  const content = contentSchema.parse(row.content);
  const entries = await entriesOf(context.db, crisisId, content.fromSeq, row.upToSeq - content.fromSeq);
  const { facts, summary } = content;
  const reader = await roomReader(context, crisis, [
    ...peopleIn(entries),
    ...[...facts.blocked, ...facts.overdue, ...facts.dueSoon].flatMap((task) => task.assigneeId ?? []),
    ...facts.blocked.flatMap((task) => mentionedIn(task.reason ?? '')),
    ...mentionedIn(summary),
  ]);
  const digest = { number: row.number, at: row.at, level: row.level, content };
  const shown = digestMessage({ crisis, digest, entries, kindOf: context.slices.kindOf, reader });
  await showInRoom(context, crisis, `digest:${crisisId}:${row.number}`, shown);
}
