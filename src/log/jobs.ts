import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { discreet, personReader, tellPerson } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { nameOf } from '../crises/text.ts';
import { actions, message, context as note, section } from '../slack/blocks.ts';
import { deliver } from '../slack/deliver.ts';
import { SlackFailure } from '../slack/failures.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { deliverFile, type FileDelivery } from '../slack/files.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { exportFiles } from '../timeline/export.ts';
import { loadExport } from '../timeline/store.ts';
import { addFetched } from './change.ts';
import { jobWords } from './job-text.ts';
import { jobs as missedJobs } from './missed/jobs.ts';
import { pdfFile } from './print/print.ts';
import { sayNo } from './refusals.ts';
import { captured } from './slack-message.ts';
import { words } from './text.ts';
import { verifyButton } from './views.ts';

const what = eachInBoth(jobWords);

const ofPerson = z.object({ crisisId: z.uuid(), userId: z.string() });
const messageOrder = ofPerson.extend({ channelId: z.string(), ts: z.string() });

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
      const reader = await personReader(context, crisis, userId);
      const text = words(reader.language).refusedReaction(sayNo({ code }, reader));
      const key = `reaction-refused:${channelId}:${ts}:${userId}`;
      await tellPerson(context, crisis, userId, key, message(text, [section(text)]));
    },
  ),
  onJob(
    'log.send_export',
    what('send_export'),
    ofPerson.extend({ exportId: z.uuid(), upToSeq: z.number() }),
    async (context, { crisisId, exportId, userId, upToSeq }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis) return;
      const [timeline, { language }] = await Promise.all([
        loadExport(context.db, crisis, upToSeq),
        personReader(context, crisis, userId),
      ]);
      const w = words(language);
      const channelId = await context.slack.directChannel(userId);
      const to = { workspaceId: crisis.workspaceId, crisisId, channelId };
      await deliver(context, {
        key: `export:${exportId}`,
        ...to,
        message: discreet(
          crisis,
          message(w.exportReadyText, [
            section(w.exportReady(escapeMrkdwn(nameOf(crisis)))),
            note(w.exportHead(timeline.head.entries, timeline.head.hash)),
            actions(verifyButton(crisisId, timeline.head.hash, language)),
          ]),
        ),
      });
      const title = w.exportReady(nameOf(crisis)).replaceAll('*', '');
      const send = (file: FileDelivery['file'] & { kind: string }) =>
        deliverFile(context, { key: `export:${exportId}:${file.kind}`, ...to, file });
      for (const file of exportFiles(timeline, title)) await send(file);
      // Last: printing may fail, and what proves the timeline must not wait for it.
      await send(await pdfFile(context.db, timeline, language, title));
    },
  ),
  ...missedJobs,
];
