import { languageOf } from '../core/locale.ts';
import type { SlackGroup, SlackUser } from '../slack/gateway.ts';
import type { Person, UserGroup } from './store.ts';

/** What we keep of a Slack user. */
export const asPerson = (workspaceId: string, user: SlackUser, now: Date): Person => ({
  workspaceId,
  id: user.id,
  name: user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id,
  language: languageOf(user.locale),
  timeZone: user.tz ?? null,
  isBot: user.is_bot === true || user.id === 'USLACKBOT',
  isDeactivated: user.deleted ?? false,
  isGuest: (user.is_restricted ?? false) || (user.is_ultra_restricted ?? false),
  isExternal: isExternal(workspaceId, user),
  isAdmin: (user.is_admin ?? false) || (user.is_owner ?? false),
  refreshedAt: now,
});

/** Slack calls somebody of another organisation a stranger only as long as they share no channel with us. */
const isExternal = (workspaceId: string, user: SlackUser): boolean =>
  (user.is_stranger ?? false) ||
  (user.team_id !== undefined && user.team_id !== workspaceId && !user.enterprise_user?.teams?.includes(workspaceId));

export const asGroup = (workspaceId: string, group: SlackGroup, now: Date): UserGroup => ({
  workspaceId,
  id: group.id,
  handle: group.handle,
  name: group.name,
  isDisabled: (group.date_delete ?? 0) > 0,
  memberIds: group.users ?? [],
  refreshedAt: now,
});
