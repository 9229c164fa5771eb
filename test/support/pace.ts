import { MINUTE } from '../../src/core/time.ts';
import { type Pace, slackPace } from '../../src/slack/ledger.ts';

/**
 * Slack's pace without waiting for it. Each channel has a clock of its own, by which the sandbox counts its posts, and
 * whoever waits for the channel moves it; edits have one that moves whenever somebody asks for an edit. What left without
 * having asked is refused by the sandbox as Slack would. No burst: posts that are sent side by side may swap moments.
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
      return new Date(editsNow());
    },
  };
  return { pace, paceNow, editsNow };
}
