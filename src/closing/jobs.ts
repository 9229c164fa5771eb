import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { discreet, personReader, roomReader, showInRoom, tellPerson } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { nameOf } from '../crises/text.ts';
import { order } from '../jobs/commit.ts';
import { pdfFile } from '../log/print/print.ts';
import { verifyButton } from '../log/views.ts';
import { actions, type Message, message, section } from '../slack/blocks.ts';
import { deliver } from '../slack/deliver.ts';
import { SlackFailure } from '../slack/failures.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { deliverFile, type FileDelivery } from '../slack/files.ts';
import { effectsNamed, findEffect } from '../slack/ledger.ts';
import { channelLink, escapeMrkdwn, mrkdwnOf } from '../slack/mrkdwn.ts';
import { exportFiles, mentionedIn, type TimelineExport } from '../timeline/export.ts';
import { loadExport } from '../timeline/store.ts';
import { keepRoom, redrawPressable, replaceRoom } from './change.ts';
import { jobWords } from './job-text.ts';
import { figuresOf, type TurningPoint, turningPoint } from './store.ts';
import { words } from './text.ts';
import { closingMessages } from './views.ts';

const what = eachInBoth(jobWords);

const ofClosing = z.object({ crisisId: z.uuid(), closing: z.number() });
const ofReopening = z.object({ crisisId: z.uuid(), reopening: z.number() });

export const jobs: readonly JobHandler[] = [
  onJob('closing.post_timeline', what('post_timeline'), ofClosing, async (context, { crisisId, closing }) => {
    const closed = await closedThen(context, crisisId, closing);
    if (closed) await postTimeline(context, closed, closing);
  }),
  onJob('closing.post_files', what('post_files'), ofClosing, async (context, { crisisId, closing }) => {
    const closed = await closedThen(context, crisisId, closing);
    if (closed) await postFiles(context, closed, closing);
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
      // Whoever has a message of what waits on them reads it there.
      if ((await effectsNamed(context.db, crisisId, `waiting:${crisisId}:${userId}:`)).length > 0) return;
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
  onJob('closing.redraw', what('redraw'), z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (crisis) await redrawPressable(context, crisis);
  }),
  onJob(
    'closing.check_room',
    what('check_room'),
    z.object({ crisisId: z.uuid(), reopening: z.number().nullable() }),
    async (context, { crisisId, reopening }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (crisis?.status !== 'open' || !crisis.channelId) return;
      const state = await roomState(context, crisis.channelId);
      if (state === 'usable') {
        if (reopening !== null) await keepRoom(context, crisisId, reopening);
      } else
        await replaceRoom(
          context,
          crisisId,
          { channelId: crisis.channelId, isArchived: state === 'archived' },
          reopening,
        );
    },
  ),
  onJob(
    'closing.announce_move',
    what('announce_move'),
    z.object({ crisisId: z.uuid(), roomNumber: z.number(), before: z.string().nullable() }),
    async (context, { crisisId, roomNumber, before }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (crisis?.roomNumber !== roomNumber) return;
      const w = words(crisis.language);
      const shown = message(w.movedText, [section(w.moved(escapeMrkdwn(before ?? nameOf(crisis))))]);
      // While the new room is being opened, it waits for it.
      await showInRoom(context, crisis, `moved:${crisisId}:${roomNumber}`, shown);
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

type Closed = { crisis: Crisis; point: TurningPoint };

/** The crisis as it was closed then: however late it is told, and whatever has become of it. */
async function closedThen(context: JobContext, crisisId: string, closing: number): Promise<Closed | null> {
  const [crisis, point] = await Promise.all([
    findCrisis(context.db, crisisId),
    turningPoint(context.db, crisisId, 'crisis_closed', closing),
  ]);
  return crisis && point ? { crisis: { ...crisis, status: 'closed', closedAt: point.occurredAt }, point } : null;
}

const summaryKey = (crisis: Crisis, closing: number): string => `timeline:${crisis.id}:${closing}:0`;

async function postTimeline(context: JobContext, { crisis, point }: Closed, closing: number): Promise<void> {
  const [timeline, figures] = await Promise.all([
    loadExport(context.db, crisis, point.seq),
    figuresOf(context.db, crisis, point.occurredAt),
  ]);
  const note = noteOf(point);
  const named = [...Object.keys(timeline.people), ...mentionedIn(note), crisis.leadId];
  const { summary, story } = closingMessages(
    crisis,
    { byId: point.actorId, at: point.occurredAt, note, figures, hash: timeline.head.hash },
    timeline.entries,
    context.slices.kindOf,
    await roomReader(context, crisis, named),
  );
  const first = crisis.channelId
    ? await showInRoom(context, crisis, summaryKey(crisis, closing), summary, { staysPressable: true })
    : null;
  if (first?.state !== 'shown') return sendInstead(context, crisis, closing, timeline);
  await showInRoom(context, crisis, `timeline:${crisis.id}:${closing}:1`, story, { threadTs: first.ts });
  // Not in the order of the room: nothing that people wait for there waits for files.
  const files = { kind: 'closing.post_files', queue: 'outbox', order: `files:${crisis.id}` } as const;
  await order(context, [{ ...files, key: `files:${crisis.id}:${closing}`, data: { crisisId: crisis.id, closing } }]);
}

/** The PDF in the room, for everybody; what proves it in the thread of the closing. */
async function postFiles(context: JobContext, { crisis, point }: Closed, closing: number): Promise<void> {
  const [timeline, shown] = await Promise.all([
    loadExport(context.db, crisis, point.seq),
    findEffect(context.db, summaryKey(crisis, closing)),
  ]);
  if (!shown?.channelId || !shown.ts) return;
  const to = { workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId: shown.channelId };
  const title = words(crisis.language).file(nameOf(crisis));
  for (const file of exportFiles(timeline, title)) {
    const key = `export:${crisis.id}:${closing}:${file.kind}`;
    await deliverFile(context, { key, ...to, threadTs: shown.ts, file });
  }
  const file = await pdfFile(context.db, timeline, crisis.language, title);
  await deliverFile(context, { key: `export:${crisis.id}:${closing}:pdf`, ...to, file });
}

/** The room cannot be written to (archived, the bot removed): the timeline goes to who closed the crisis. */
async function sendInstead(
  context: JobContext,
  crisis: Crisis,
  closing: number,
  timeline: TimelineExport,
): Promise<void> {
  const userId = crisis.closedBy ?? crisis.leadId;
  const { language } = await personReader(context, crisis, userId);
  const w = words(language);
  const channelId = await context.slack.directChannel(userId);
  const to = { workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId };
  const { entries, hash } = timeline.head;
  const shown = message(w.noRoomText, [
    section(w.noRoom(escapeMrkdwn(nameOf(crisis)))),
    section(w.head(entries, hash)),
    actions(verifyButton(crisis.id, hash, language)),
  ]);
  await deliver(context, { key: `timeline:${crisis.id}:${closing}:direct`, ...to, message: discreet(crisis, shown) });
  const title = w.file(nameOf(crisis));
  const send = (file: FileDelivery['file'] & { kind: string }) =>
    deliverFile(context, { key: `export:${crisis.id}:${closing}:direct:${file.kind}`, ...to, file });
  for (const file of exportFiles(timeline, title)) await send(file);
  // Last: printing may fail, and what proves the timeline must not wait for it.
  await send(await pdfFile(context.db, timeline, language, title));
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
