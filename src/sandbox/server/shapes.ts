import { compact } from './state.ts';
import type { Json, Message, SandboxChannel, SandboxFile, SandboxGroup, SandboxUser, ViewRecord } from './types.ts';
import type { World } from './world.ts';

export function userShape(world: World, user: SandboxUser, opts: { locale?: boolean; email?: boolean } = {}): Json {
  const now = world.clock.now();
  return compact({
    id: user.id,
    team_id: user.team_id,
    name: user.name,
    deleted: user.deleted,
    real_name: user.deleted ? undefined : user.real_name,
    tz: user.deleted ? undefined : user.tz,
    tz_label: user.deleted ? undefined : user.tz,
    tz_offset: user.deleted ? undefined : offsetSeconds(user.tz, now),
    profile: compact({
      real_name: user.real_name,
      display_name: user.display_name,
      title: user.title,
      team: user.team_id,
      email: opts.email && !user.is_bot ? user.email : undefined,
    }),
    is_admin: user.is_admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.is_restricted,
    is_ultra_restricted: user.is_ultra_restricted,
    is_stranger: user.is_stranger ? true : undefined,
    is_bot: user.is_bot,
    is_app_user: false,
    updated: user.updated,
    locale: opts.locale ? user.locale : undefined,
  });
}

function offsetSeconds(tz: string, at: Date): number {
  const zoned = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(zoned ?? '') ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

export function channelShape(channel: SandboxChannel, viewer: string, opts: { members?: boolean } = {}): Json {
  const isChannel = channel.kind === 'channel';
  return compact({
    id: channel.id,
    name: isChannel ? channel.name : undefined,
    name_normalized: isChannel ? channel.name : undefined,
    is_channel: isChannel && !channel.is_private,
    is_group: isChannel && channel.is_private,
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.is_private,
    is_archived: channel.is_archived,
    is_general: channel.is_general,
    is_member: channel.members.includes(viewer),
    is_shared: channel.is_ext_shared,
    is_ext_shared: channel.is_ext_shared,
    is_org_shared: false,
    user: channel.kind === 'im' ? channel.members.find((id) => id !== viewer) : undefined,
    creator: channel.creator,
    created: channel.created,
    context_team_id: channel.team_id,
    topic: { ...channel.topic },
    purpose: { ...channel.purpose },
    previous_names: [...channel.previous_names],
    num_members: opts.members ? channel.members.length : undefined,
  });
}

export function messageShape(
  world: World,
  message: Message,
  opts: { metadata?: boolean; channel?: boolean } = {},
): Json {
  const { channel, files, metadata, hidden: _hidden, ...rest } = message;
  const thread = threadSummary(world, message);
  return compact({
    ...structuredClone(rest),
    ...thread,
    bot_profile: message.bot_id ? botProfile(world, message.team) : undefined,
    files: files?.map((id) => fileShape(world, world.state.files[id])),
    metadata: opts.metadata ? structuredClone(metadata) : undefined,
    channel: opts.channel ? channel : undefined,
  });
}

function threadSummary(world: World, message: Message): Json {
  if (message.thread_ts !== message.ts) return {};
  const replies = repliesTo(world, message);
  if (replies.length === 0) return {};
  return {
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
    reply_users_count: new Set(replies.map((reply) => reply.user)).size,
    latest_reply: replies.at(-1)?.ts,
    is_locked: false,
    subscribed: false,
  };
}

export function repliesTo(world: World, parent: Message): Message[] {
  const all = world.state.channels[parent.channel]?.messages ?? [];
  return all.filter((m) => m.thread_ts === parent.ts && m.ts !== parent.ts);
}

function botProfile(world: World, teamId: string): Json {
  const install = world.state.installs[teamId];
  return {
    id: install?.botId,
    app_id: world.state.appId,
    name: world.manifest.features?.bot_user?.display_name ?? world.manifest.display_information.name,
    team_id: teamId,
    deleted: false,
    updated: 0,
    icons: {},
  };
}

export function fileShape(world: World, file: SandboxFile | undefined): Json {
  if (!file) return {};
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? '',
    user: file.user,
    user_team: file.team_id,
    size: file.size,
    mode: file.state === 'deleted' ? 'tombstone' : 'hosted',
    is_external: false,
    is_public: false,
    channels: [...file.channels],
    url_private: `${world.baseUrl()}/files-pri/${file.id}/${encodeURIComponent(file.name)}`,
    url_private_download: `${world.baseUrl()}/files-pri/${file.id}/download/${encodeURIComponent(file.name)}`,
    permalink: `${world.baseUrl()}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
  };
}

export function groupShape(group: SandboxGroup, opts: { users?: boolean } = {}): Json {
  return compact({
    id: group.id,
    team_id: group.team_id,
    is_usergroup: true,
    is_subteam: true,
    is_external: false,
    name: group.name,
    handle: group.handle,
    description: '',
    date_create: group.date_update,
    date_update: group.date_update,
    date_delete: group.disabled ? group.date_update : 0,
    user_count: group.users.length,
    users: opts.users ? [...group.users] : undefined,
    prefs: { channels: [], groups: [] },
  });
}

export function viewShape(world: World, view: ViewRecord): Json {
  const { owner: _owner, errors: _errors, values, ...rest } = view;
  return {
    ...structuredClone(rest),
    state: { values: structuredClone(values) },
    app_id: world.state.appId,
    app_installed_team_id: view.team_id,
    bot_id: world.state.installs[view.team_id]?.botId,
  };
}
