import { newId } from '../../src/core/ids.ts';
import type { Deps } from '../../src/jobs/commit.ts';
import type { Act } from '../../src/slack/feature.ts';

/** What somebody does, as it reaches the changes of state: a new act each time, not a repeated delivery. */
export const actOf = (
  deps: Deps,
  { workspaceId, userId, channelId }: { workspaceId: string; userId: string; channelId: string | null },
): Act => ({ ...deps, who: { workspaceId, userId, isOutsider: false }, channelId, deliveryKey: newId() });
