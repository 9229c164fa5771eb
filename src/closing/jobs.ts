import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { findCrisis } from '../crises/store.ts';
import { findPerson, namer } from '../people/store.ts';
import { type Message, message, section } from '../slack/blocks.ts';
import { Busy, deliver } from '../slack/deliver.ts';
import { SlackFailure } from '../slack/failures.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { deliverFile } from '../slack/files.ts';
import { channelLink, escapeMrkdwn, mrkdwnOf } from '../slack/mrkdwn.ts';
import { exportFiles, mentionedIn, type TimelineExport } from '../timeline/export.ts';
import { loadExport } from '../timeline/store.ts';
import { keepRoom, replaceRoom } from './change.ts';
import { jobWords } from './job-text.ts';
import { figuresOf, type TurningPoint, turningPoint } from './store.ts';
import { words } from './text.ts';
import { closingMessages } from './views.ts';

const what = eachInBoth(jobWords);

const ofClosing = z.object({ crisisId: z.uuid(), closing: z.number() });
const ofReopening = z.object({ crisisId: z.uuid(), reopening: z.number() });

export const jobs: readonly JobHandler[] = [
  onJob('closing.post_timeline', what('post_timeline'), ofClosing, async (context, { crisisId, closing }) => {
    const [crisis, point] = await Promise.all([
      findCrisis(context.db, crisisId),
      turningPoint(context.db, crisisId, 'crisis_closed', closing),
    ]);
    if (crisis && point) await postTimeline(context, crisis, closing, point);
  }),
  onJob(
    'closing.tell',
    what('tell'),
    ofClosing.extend({ userId: z.string() }),
    async (context, { crisisId, closing, userId }) => {
      const [crisis, point] = await Promise.all([
        findCrisis(context.db, crisisId),
        turningPoint(context.db, crisisId, 'crisis_closed', closing),
      ]);
      if (!crisis || !point) return;
      const w = words(await languageOf(context, crisis, userId));
      const note = noteOf(point);
      const named = await namer(context.db, crisis.workspaceId, [point.actorId ?? '', ...mentionedIn(note)]);
      const room = crisis.channelId ? channelLink(crisis.channelId) : `#${crisis.channelName ?? crisis.number}`;
      const text = w.told(
        escapeMrkdwn(named(point.actorId ?? '')),
        escapeMrkdwn(crisis.title),
        room,
        quoted(mrkdwnOf(note, named)),
      );
      await deliver(context, {
        key: `closed:${crisisId}:${closing}:${userId}`,
        workspaceId: crisis.workspaceId,
        crisisId,
        channelId: await context.slack.directChannel(userId),
        message: message(w.toldText(crisis.title), [section(text)]),
      });
    },
  ),
  onJob(
    'closing.check_room',
    what('check_room'),
    ofReopening.extend({ askedBy: z.string() }),
    async (context, { crisisId, reopening }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (crisis?.status !== 'open' || !crisis.channelId) return;
      const state = await roomState(context, crisis.channelId);
      if (state === 'usable') await keepRoom(context, crisisId, reopening);
      else
        await replaceRoom(
          context,
          crisisId,
          { channelId: crisis.channelId, isArchived: state === 'archived' },
          reopening,
        );
    },
  ),
  onJob(
    'closing.announce_reopening',
    what('announce_reopening'),
    ofReopening.extend({ before: z.string().nullable() }),
    async (context, { crisisId, reopening, before }) => {
      const [crisis, point] = await Promise.all([
        findCrisis(context.db, crisisId),
        turningPoint(context.db, crisisId, 'crisis_reopened', reopening),
      ]);
      if (!crisis || !point) return;
      // The new room is being opened: what is said in it waits for it.
      if (!crisis.channelId) throw new Busy(`reopened:${crisisId}:${reopening}`);
      await deliver(context, {
        key: `reopened:${crisisId}:${reopening}`,
        workspaceId: crisis.workspaceId,
        crisisId,
        channelId: crisis.channelId,
        message: await reopenedMessage(context, crisis, point, before),
      });
    },
  ),
];

async function postTimeline(context: JobContext, crisis: Crisis, closing: number, point: TurningPoint): Promise<void> {
  const timeline = await loadExport(context.db, crisis, point.occurredAt, point.seq);
  const note = noteOf(point);
  const named = await namer(context.db, crisis.workspaceId, [
    ...Object.keys(timeline.people),
    ...mentionedIn(note),
    crisis.leadId,
  ]);
  const reader = { language: crisis.language, timeZone: crisis.timeZone, named };
  const figures = await figuresOf(context.db, crisis, point.occurredAt);
  const { summary, story, end } = closingMessages(
    crisis,
    { byId: point.actorId, at: point.occurredAt, note, figures, hash: timeline.head.hash },
    timeline.entries,
    context.slices.kindOf,
    reader,
  );
  const key = `timeline:${crisis.id}:${closing}`;
  const files = `export:${crisis.id}:${closing}`;
  const to = { workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId: crisis.channelId ?? '' };
  const first = crisis.channelId ? await deliver(context, { key: `${key}:0`, ...to, message: summary }) : null;
  if (first?.state !== 'shown') return sendInstead(context, crisis, closing, timeline);
  for (const [i, part] of story.entries()) await deliver(context, { key: `${key}:${i + 1}`, ...to, message: part });
  await deliver(context, { key: `${key}:end`, ...to, message: end });
  for (const file of exportFiles(timeline, words(crisis.language).file(crisis.title)))
    await deliverFile(context, { key: `${files}:${file.kind}`, ...to, file });
}

/** The room cannot be written to (archived, the bot removed): the timeline goes to who closed the crisis. */
async function sendInstead(
  context: JobContext,
  crisis: Crisis,
  closing: number,
  timeline: TimelineExport,
): Promise<void> {
  const userId = crisis.closedBy ?? crisis.leadId;
  const w = words(await languageOf(context, crisis, userId));
  const channelId = await context.slack.directChannel(userId);
  const to = { workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId };
  const text = w.noRoom(escapeMrkdwn(crisis.title));
  const end = w.end.head(timeline.head.entries, timeline.head.hash);
  const shown = message(w.noRoomText, [section(text), section(end)]);
  await deliver(context, { key: `timeline:${crisis.id}:${closing}:direct`, ...to, message: shown });
  for (const file of exportFiles(timeline, w.file(crisis.title)))
    await deliverFile(context, { key: `export:${crisis.id}:${closing}:direct:${file.kind}`, ...to, file });
}

async function roomState(context: JobContext, channelId: string): Promise<'usable' | 'archived' | 'lost'> {
  try {
    const channel = await context.slack.channel(channelId);
    if (channel.is_archived) return 'archived';
    return channel.is_member === false ? 'lost' : 'usable';
  } catch (error) {
    // Of a private room that the bot was shut out of, Slack says that there is none.
    if (error instanceof SlackFailure && ['channel_not_found', 'not_in_channel', 'is_archived'].includes(error.code))
      return 'lost';
    throw error;
  }
}

async function reopenedMessage(
  context: JobContext,
  crisis: Crisis,
  point: TurningPoint,
  before: string | null,
): Promise<Message> {
  const w = words(crisis.language);
  const reason = z.string().catch('').parse(point.data['reason']);
  const named = await namer(context.db, crisis.workspaceId, [point.actorId ?? '', ...mentionedIn(reason)]);
  const by = escapeMrkdwn(named(point.actorId ?? ''));
  const said = quoted(mrkdwnOf(reason, named));
  return message(w.reopenedText, [
    section(before === null ? w.reopened(by, said) : w.continued(by, said, escapeMrkdwn(before))),
  ]);
}

const noteOf = (point: TurningPoint): string => z.string().catch('').parse(point.data['note']);
const quoted = (text: string): string => text.replaceAll('\n', '\n>');

const languageOf = async (context: JobContext, crisis: Crisis, userId: string) =>
  (await findPerson(context.db, crisis.workspaceId, userId))?.language ?? crisis.language;
