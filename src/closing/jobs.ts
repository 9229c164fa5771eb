import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { discreet, personReader, roomReader, showInRoom, tellPerson } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { nameOf } from '../crises/text.ts';
import { type Message, message, section } from '../slack/blocks.ts';
import { deliver } from '../slack/deliver.ts';
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
      const note = noteOf(point);
      const by = point.actorId ?? '';
      const { language, named } = await personReader(context, crisis, userId, [by, ...mentionedIn(note)]);
      const w = words(language);
      const room = crisis.channelId ? channelLink(crisis.channelId) : `#${crisis.channelName ?? nameOf(crisis)}`;
      const said = quoted(mrkdwnOf(note, named));
      const text = w.told(escapeMrkdwn(named(by)), escapeMrkdwn(nameOf(crisis)), room, said);
      const shown = message(w.toldText(nameOf(crisis)), [section(text)]);
      await tellPerson(context, crisis, userId, `closed:${crisisId}:${closing}:${userId}`, shown);
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
      const shown = await reopenedMessage(context, crisis, point, before);
      // While the new room is being opened, it waits for it.
      await showInRoom(context, crisis, `reopened:${crisisId}:${reopening}`, shown);
    },
  ),
];

async function postTimeline(context: JobContext, crisis: Crisis, closing: number, point: TurningPoint): Promise<void> {
  const [timeline, figures] = await Promise.all([
    loadExport(context.db, crisis, point.occurredAt, point.seq),
    figuresOf(context.db, crisis, point.occurredAt),
  ]);
  const note = noteOf(point);
  const named = [...Object.keys(timeline.people), ...mentionedIn(note), crisis.leadId];
  const { summary, story, end } = closingMessages(
    crisis,
    { byId: point.actorId, at: point.occurredAt, note, figures, hash: timeline.head.hash },
    timeline.entries,
    context.slices.kindOf,
    await roomReader(context, crisis, named),
  );
  const key = `timeline:${crisis.id}:${closing}`;
  const show = (part: string | number, shown: Message) => showInRoom(context, crisis, `${key}:${part}`, shown);
  const first = crisis.channelId ? await show(0, summary) : null;
  if (first?.state !== 'shown') return sendInstead(context, crisis, closing, timeline);
  for (const [i, part] of story.entries()) await show(i + 1, part);
  await show('end', end);
  const to = { workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId: first.channelId };
  for (const file of exportFiles(timeline, words(crisis.language).file(nameOf(crisis))))
    await deliverFile(context, { key: `export:${crisis.id}:${closing}:${file.kind}`, ...to, file });
}

/** The room cannot be written to (archived, the bot removed): the timeline goes to who closed the crisis. */
async function sendInstead(
  context: JobContext,
  crisis: Crisis,
  closing: number,
  timeline: TimelineExport,
): Promise<void> {
  const userId = crisis.closedBy ?? crisis.leadId;
  const w = words((await personReader(context, crisis, userId)).language);
  const channelId = await context.slack.directChannel(userId);
  const to = { workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId };
  const text = w.noRoom(escapeMrkdwn(nameOf(crisis)));
  const end = w.end.head(timeline.head.entries, timeline.head.hash);
  const shown = message(w.noRoomText, [section(text), section(end)]);
  await deliver(context, { key: `timeline:${crisis.id}:${closing}:direct`, ...to, message: discreet(crisis, shown) });
  for (const file of exportFiles(timeline, w.file(nameOf(crisis))))
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
  const reason = z.string().catch('').parse(point.data['reason']);
  const { language, named } = await roomReader(context, crisis, [point.actorId ?? '', ...mentionedIn(reason)]);
  const w = words(language);
  const by = escapeMrkdwn(named(point.actorId ?? ''));
  const said = quoted(mrkdwnOf(reason, named));
  return message(w.reopenedText, [
    section(before === null ? w.reopened(by, said) : w.continued(by, said, escapeMrkdwn(before))),
  ]);
}

const noteOf = (point: TurningPoint): string => z.string().catch('').parse(point.data['note']);
const quoted = (text: string): string => text.replaceAll('\n', '\n>');
