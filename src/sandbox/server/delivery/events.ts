import { nextId, seconds } from '../state.ts';
import type { Json, SandboxChannel } from '../types.ts';
import type { World } from '../world.ts';
import { deliverEvent } from './deliver.ts';

const SCOPES: Record<string, string[]> = {
  app_mention: ['app_mentions:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_created: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_left: ['channels:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_rename: ['groups:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  user_change: ['users:read'],
  team_join: ['users:read'],
  subteam_created: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  subteam_members_changed: ['usergroups:read'],
  file_shared: ['files:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
};

/** Tells the app about something, if it asked for it in the manifest, may know it, and is there to see it. */
export function tellApp(world: World, teamId: string, event: Json, channel?: SandboxChannel): void {
  const install = world.state.installs[teamId];
  if (!install) return;
  const subscription = event.type === 'message' ? `message.${channelFamily(channel)}` : String(event.type);
  if (!world.manifest.settings?.event_subscriptions?.bot_events?.includes(subscription)) return;
  const needed = SCOPES[subscription];
  if (needed && !needed.some((scope) => install.scopes.includes(scope))) return;
  if (channel && isConfidential(channel, event) && !channel.members.includes(install.botUserId)) return;
  deliverEvent(world, { type: 'events_api', name: String(event.type), payload: wrap(world, teamId, event) });
}

/** Public channel news reaches every app; what is said or done inside a channel only reaches its members. */
function isConfidential(channel: SandboxChannel, event: Json): boolean {
  return channel.is_private || !String(event.type).startsWith('channel_');
}

export function channelFamily(channel: SandboxChannel | undefined): 'channels' | 'groups' | 'im' | 'mpim' {
  if (!channel || channel.kind === 'channel') return channel?.is_private ? 'groups' : 'channels';
  return channel.kind;
}

function wrap(world: World, teamId: string, event: Json): Json {
  const install = world.state.installs[teamId];
  const now = world.clock.now();
  return {
    token: world.state.verificationToken,
    team_id: teamId,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: world.state.appId,
    event: { ...event, event_ts: event.event_ts ?? stamp(now) },
    type: 'event_callback',
    event_id: nextId(world.state, 'Ev'),
    event_time: seconds(now),
    authorizations: [
      { enterprise_id: null, team_id: teamId, user_id: install?.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: nextId(world.state, 'EC'),
  };
}

function stamp(now: Date): string {
  return `${seconds(now)}.${String(now.getMilliseconds() * 1000).padStart(6, '0')}`;
}
