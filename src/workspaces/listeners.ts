import { z } from 'zod';
import { SlackFailure, saysRemoved } from '../slack/failures.ts';
import { type Feature, onEvent } from '../slack/feature.ts';

/**
 * Slack is asked rather than believed: an old event, sent again, must not end a new installation. Whatever is asked with
 * a token that has ended ends the installation (`slack/connections`).
 */
const removed = (type: 'app_uninstalled' | 'tokens_revoked') =>
  onEvent(type, z.looseObject({}), async (call) => {
    await call.slack.identity().catch((error: unknown) => {
      if (!(error instanceof SlackFailure) || !saysRemoved(error)) throw error;
    });
  });

export const workspaces: Feature = {
  name: 'workspaces',
  events: [removed('app_uninstalled'), removed('tokens_revoked')],
};
