import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { findCrisis } from '../crises/store.ts';
import { namer } from '../people/store.ts';
import { Busy, deliver } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { mentionedIn, peopleIn } from '../timeline/export.ts';
import { entriesOf } from '../timeline/store.ts';
import { beat, digestOfLevel, startBeat } from './change.ts';
import { contentSchema } from './content.ts';
import { jobWords } from './job-text.ts';
import { findDigest } from './store.ts';
import { digestDetails, digestMessage, quietMessage } from './views.ts';

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
    async (context, { crisisId }) => void (await digestOfLevel(context, crisisId)),
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
  const [crisis, row] = await Promise.all([findCrisis(context.db, crisisId), findDigest(context.db, digestId)]);
  if (!crisis || !row) return;
  // A reopening may still be opening the room that this belongs to.
  if (!crisis.channelId) throw new Busy(`digest:${digestId}`);
  const content = contentSchema.parse(row.content);
  const entries =
    row.number === null ? [] : await entriesOf(context.db, crisisId, content.fromSeq, row.upToSeq - content.fromSeq);
  const { facts, summary } = content;
  const assignees = [...facts.blocked, ...facts.overdue, ...facts.dueSoon].flatMap((t) => t.assigneeId ?? []);
  const reasons = facts.blocked.flatMap((t) => mentionedIn(t.reason ?? ''));
  const named = await namer(context.db, crisis.workspaceId, [
    ...peopleIn(entries),
    ...assignees,
    ...reasons,
    ...mentionedIn(summary),
  ]);
  const reader = { language: crisis.language, timeZone: crisis.timeZone, named };
  const digest = { number: row.number ?? 0, at: row.at, level: row.level, content };
  const scene = { crisis, digest, entries, kindOf: context.slices.kindOf, reader };
  const place = { workspaceId: crisis.workspaceId, crisisId, channelId: crisis.channelId };
  if (row.number === null) {
    await deliver(context, { key: `digest-quiet:${digestId}`, ...place, message: quietMessage(scene) });
    return;
  }
  const key = `digest:${crisisId}:${row.number}`;
  const shown = await deliver(context, { key, ...place, message: digestMessage(scene) });
  if (shown.state === 'failed') return;
  for (const [i, message] of digestDetails(scene).entries())
    await deliver(context, { key: `${key}:details:${i + 1}`, ...place, threadTs: shown.ts, message });
}
