import type { Db } from '../../db/client.ts';
import { directChannelOf, forgetDirectChannel, saveDirectChannel } from '../people/store.ts';
import { SlackFailure } from './failures.ts';
import type { Gateway } from './gateway.ts';

/**
 * The same way to Slack, which asks once where a person is written to: `conversations.open` before every message would
 * be refused in a busy hour. Remembered in the database, so that every instance knows, and forgets, at once.
 */
export function rememberingDirectChannels(slack: Gateway, db: Db, workspaceId: string): Gateway {
  /** Said to be gone, and opened again: a second refusal is meant. */
  const gone = new Set<string>();
  /** Whoever comes back after a channel is gone asks Slack for the present one. */
  async function unlessGone<T>(channelId: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const isGone = error instanceof SlackFailure && error.code === 'channel_not_found';
      if (!isGone || gone.has(channelId) || !(await forgetDirectChannel(db, workspaceId, channelId))) throw error;
      gone.add(channelId);
      throw new SlackFailure(error.method, 'transient', error.code);
    }
  }
  return {
    ...slack,
    directChannel: async (userId) => {
      const known = await directChannelOf(db, workspaceId, userId);
      if (known) return known;
      const opened = await slack.directChannel(userId);
      if (!gone.has(opened)) await saveDirectChannel(db, workspaceId, userId, opened);
      return opened;
    },
    postMessage: (at, shown, key) => unlessGone(at.channelId, () => slack.postMessage(at, shown, key)),
    uploadFile: (at, file, comment) => unlessGone(at.channelId, () => slack.uploadFile(at, file, comment)),
  };
}
