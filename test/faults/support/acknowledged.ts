import type { Sandbox } from '../../../src/sandbox/server/index.ts';

/** Events that the product has acknowledged, by what happened to which message: `message 17…`, `reaction_added 17…`. */
export function acknowledgedEvents(sandbox: Sandbox): ReadonlySet<string> {
  const known = new Set<string>();
  sandbox.subscribe((happened) => {
    if (happened.type !== 'delivery' || !happened.delivery.ok) return;
    const event = happened.delivery.payload['event'] as
      | { type: string; ts?: string; item?: { ts?: string } }
      | undefined;
    if (event) known.add(`${event.type} ${event.item?.ts ?? event.ts ?? ''}`);
  });
  return known;
}

/** As Slack: three times, at once, a minute and five minutes later; here a minute is a third of a second. */
export const slackRetries = [1, 333, 1667];
