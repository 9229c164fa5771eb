import { z } from 'zod';
import { inBoth } from '../core/locale.ts';
import { isTokenRefused, SlackFailure } from '../slack/failures.ts';
import { type Feature, onEvent } from '../slack/feature.ts';
import { endInstallation, findInstallation } from './store.ts';
import { words } from './text.ts';

/**
 * Slack is asked as well: an old event, sent again, must not end the installation that came after it. With
 * SLACK_BOT_TOKEN nothing is stored, and nothing ends.
 */
const removed = (type: 'app_uninstalled' | 'tokens_revoked') =>
  onEvent(type, z.looseObject({}), async (call) => {
    const installation = await findInstallation(call.db, call.workspaceId);
    if (!installation) return;
    try {
      await call.slack.identity();
    } catch (error) {
      if (!(error instanceof SlackFailure) || !isTokenRefused(error)) throw error;
      await endInstallation(call.db, installation, call.now());
      call.log.info({ workspace: call.workspaceId }, 'the product was removed from a workspace: its work waits');
    }
  });

export const workspaces: Feature = {
  name: 'workspaces',
  title: inBoth((l) => words(l).feature),
  events: [removed('app_uninstalled'), removed('tokens_revoked')],
};
