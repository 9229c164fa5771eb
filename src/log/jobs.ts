import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { findCrisis } from '../crises/store.ts';
import { findPerson } from '../people/store.ts';
import { message, context as note, section } from '../slack/blocks.ts';
import { deliver } from '../slack/deliver.ts';
import { SlackFailure } from '../slack/failures.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { deliverFile } from '../slack/files.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { exportFiles } from '../timeline/export.ts';
import { loadExport } from '../timeline/store.ts';
import { addFetched } from './change.ts';
import { jobWords } from './job-text.ts';
import { captured } from './slack-message.ts';
import { refusalText, words } from './text.ts';

const what = eachInBoth(jobWords);

const messageOrder = z.object({ crisisId: z.uuid(), userId: z.string(), channelId: z.string(), ts: z.string() });

export const jobs: readonly JobHandler[] = [
  onJob('log.fetch_message', what('fetch_message'), messageOrder, async (context, order) => {
    const found = await context.slack.messageAt(order.channelId, order.ts).catch((error: unknown) => {
      if (error instanceof SlackFailure && error.kind === 'permanent') return null;
      throw error;
    });
    await addFetched(context, order, found && found.subtype !== 'tombstone' ? captured(found) : null);
  }),
  onJob(
    'log.tell_refused',
    what('tell_refused'),
    messageOrder.extend({
      code: z.enum(['not_in_room', 'closed', 'message_gone', 'text_missing', 'future', 'unknown_entry']),
    }),
    async (context, { crisisId, userId, channelId, ts, code }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis) return;
      const language = await languageOf(context, crisis, userId);
      const text = words(language).refusedReaction(refusalText({ code }, null, language));
      await deliver(context, {
        key: `reaction-refused:${channelId}:${ts}:${userId}`,
        workspaceId: crisis.workspaceId,
        crisisId,
        channelId: await context.slack.directChannel(userId),
        message: message(text, [section(text)]),
      });
    },
  ),
  onJob(
    'log.send_export',
    what('send_export'),
    z.object({ crisisId: z.uuid(), exportId: z.uuid(), userId: z.string(), upToSeq: z.number() }),
    async (context, { crisisId, exportId, userId, upToSeq }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis) return;
      const timeline = await loadExport(context.db, crisis, context.now(), upToSeq);
      const w = words(await languageOf(context, crisis, userId));
      const channelId = await context.slack.directChannel(userId);
      const to = { workspaceId: crisis.workspaceId, crisisId, channelId };
      await deliver(context, {
        key: `export:${exportId}`,
        ...to,
        message: message(w.exportReadyText, [
          section(w.exportReady(escapeMrkdwn(crisis.title))),
          note(w.exportHead(timeline.head.entries, timeline.head.hash)),
        ]),
      });
      for (const file of exportFiles(timeline, w.exportReady(crisis.title).replaceAll('*', '')))
        await deliverFile(context, { key: `export:${exportId}:${file.kind}`, ...to, file });
    },
  ),
];

const languageOf = async (
  context: JobContext,
  crisis: { workspaceId: string; language: 'en' | 'fr' },
  userId: string,
) => (await findPerson(context.db, crisis.workspaceId, userId))?.language ?? crisis.language;
