import { z } from 'zod';
import { inBoth } from '../../core/locale.ts';
import { SlackFailure } from '../../slack/failures.ts';
import { type JobHandler, onJob } from '../../slack/feature.ts';
import type { SlackMessage } from '../../slack/gateway.ts';
import { workspaceOf } from '../../workspaces/store.ts';
import { jobWords } from '../job-text.ts';
import { readEvent } from '../slack-message.ts';
import { crisisToRead, keepPage, tellUnread } from './change.ts';

const reading = z.object({
  crisisId: z.uuid(),
  channelId: z.string(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime(),
  isRoom: z.boolean(),
  cursor: z.string(),
  threads: z.array(z.string()),
  kept: z.number(),
});

export const jobs: readonly JobHandler[] = [
  onJob(
    'log.read_room',
    inBoth((l) => jobWords(l).read_room),
    reading,
    async (context, wish) => {
      const crisis = await crisisToRead(context, wish);
      if (!crisis) return;
      const { botUserId } = await workspaceOf(context.db, crisis.workspaceId);
      try {
        const { messages, cursor } = await context.slack.pageOf(
          { channelId: wish.channelId, ...(wish.isRoom ? {} : { threadTs: wish.threads[0] }) },
          wish.cursor,
        );
        const since = wish.from === null ? 0 : Date.parse(wish.from) / 1000;
        await keepPage(context, wish, {
          messages: messages.flatMap((one) => readEvent({ ...one, channel: wish.channelId }, botUserId) ?? []),
          roots: messages.filter((one) => lastReply(one) >= since).map(({ ts }) => ts),
          cursor,
        });
      } catch (error) {
        if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
        // Its root was deleted meanwhile: that is what is not known of that time, and the others are read.
        if (!wish.isRoom && error.code === 'thread_not_found')
          await keepPage(context, wish, { messages: [], roots: [], cursor: '' });
        else await tellUnread(context, wish, error.code);
      }
    },
  ),
];

/** In seconds since 1970; -1 without replies. */
const lastReply = ({ reply_count: replies, latest_reply: latest }: SlackMessage): number =>
  replies ? Number(latest ?? Number.MAX_SAFE_INTEGER) : -1;
