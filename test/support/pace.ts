import { MINUTE } from '../../src/core/time.ts';
import { type Pace, slackPace } from '../../src/slack/ledger.ts';

/**
 * Slack's pace without waiting for it. Each channel has a clock of its own, by which the sandbox counts its posts, and
 * whoever waits for the channel moves it. What left without having asked is refused by the sandbox as Slack would. Edits
 * have a clock that moves whenever somebody asks, and never wait: two that ask side by side would be counted out of order.
 * No burst: posts that are sent side by side may swap moments.
 */
export function paceWithoutWaiting(now: () => Date) {
  const ahead = new Map<string, number>();
  let editsAhead = 0;
  const paceNow = (channelId: string) => now().getTime() + (ahead.get(channelId) ?? 0);
  const editsNow = () => now().getTime() + editsAhead;
  const pace: Pace = {
    ...slackPace,
    burst: 1,
    now: (channelId) => new Date(paceNow(channelId)),
    wait: async (ms, channelId) => void ahead.set(channelId, (ahead.get(channelId) ?? 0) + ms),
    editsAt: () => {
      editsAhead += MINUTE / 3;
      return null;
    },
  };
  return { pace, paceNow, editsNow };
}
