import { randomBytes } from 'node:crypto';
import { completeSeed } from './seed.ts';
import type {
  ChannelSeed,
  GroupSeed,
  Install,
  Json,
  Manifest,
  PersonSeed,
  SandboxChannel,
  SandboxGroup,
  SandboxUser,
  Seed,
  State,
  Team,
} from './types.ts';

export function createState(manifest: Manifest, seed: Seed | undefined, now: Date): State {
  const state = emptyState();
  const { team, people, channels, groups } = completeSeed(seed);
  addTeam(
    state,
    manifest,
    { id: team.id ?? 'T0SANDBOX', name: team.name, domain: team.domain },
    { installed: true, now },
  );
  for (const person of people) addUser(state, person, now);
  for (const channel of channels) addChannel(state, channel, now);
  for (const group of groups) addGroup(state, group, now);
  return state;
}

function emptyState(): State {
  return {
    appId: 'A0WARROOM',
    clientId: '1111111111.2222222222',
    clientSecret: secret(16),
    signingSecret: secret(16),
    appToken: `xapp-1-A0WARROOM-${secret(12)}`,
    verificationToken: secret(12),
    counter: 0,
    lastTs: 0,
    teams: {},
    installs: {},
    users: {},
    channels: {},
    groups: {},
    files: {},
    views: {},
    stacks: {},
    homes: {},
    ephemerals: [],
    triggers: {},
    responseUrls: {},
    oauthCodes: {},
  };
}

export function addTeam(
  state: State,
  manifest: Manifest,
  team: Team,
  { installed, now }: { installed: boolean; now: Date },
): void {
  state.teams[team.id] = team;
  const bot = addUser(
    state,
    {
      id: `U0BOT${team.id.slice(1)}`,
      name: manifest.features?.bot_user?.display_name ?? manifest.display_information.name,
      teamId: team.id,
    },
    now,
  );
  bot.is_bot = true;
  if (installed) install(state, team.id, declaredScopes(manifest));
}

export function install(state: State, teamId: string, scopes: string[]): Install {
  const known = state.installs[teamId];
  if (known) {
    known.scopes = [...scopes];
    return known;
  }
  const made: Install = {
    teamId,
    botToken: `xoxb-${teamId}-${secret(12)}`,
    botUserId: `U0BOT${teamId.slice(1)}`,
    botId: `B0${teamId.slice(1)}`,
    scopes: [...scopes],
  };
  state.installs[teamId] = made;
  return made;
}

export function declaredScopes(manifest: Manifest): string[] {
  const scopes = manifest.oauth_config?.scopes;
  return [...new Set([...(scopes?.bot ?? []), ...(scopes?.bot_optional ?? [])])];
}

export function addUser(state: State, seed: PersonSeed, now: Date): SandboxUser {
  const handle = seed.handle ?? seed.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
  const teamId = seed.teamId ?? firstTeam(state).id;
  const user: SandboxUser = {
    id: seed.id ?? nextId(state, 'U'),
    team_id: teamId,
    name: handle,
    real_name: seed.name,
    display_name: seed.name,
    email: seed.email ?? `${handle}@${state.teams[teamId]?.domain ?? 'example'}.example`,
    title: seed.title ?? '',
    locale: seed.locale ?? 'en-US',
    tz: seed.tz ?? 'Europe/Paris',
    deleted: seed.deleted ?? false,
    is_admin: seed.is_admin ?? false,
    is_bot: false,
    is_restricted: seed.is_restricted ?? seed.is_ultra_restricted ?? false,
    is_ultra_restricted: seed.is_ultra_restricted ?? false,
    is_stranger: seed.is_stranger ?? false,
    updated: seconds(now),
  };
  state.users[user.id] = user;
  return user;
}

export function addChannel(state: State, seed: ChannelSeed, now: Date): SandboxChannel {
  const teamId = seed.teamId ?? firstTeam(state).id;
  const everybody = Object.values(state.users).filter(
    (user) => user.team_id === teamId && !user.is_bot && !user.deleted && !user.is_restricted && !user.is_stranger,
  );
  const members = seed.members?.map((who) => userNamed(state, who).id) ?? everybody.map((user) => user.id);
  return newChannel(state, {
    teamId,
    name: seed.name,
    isPrivate: seed.is_private ?? false,
    creator: members[0] ?? '',
    members,
    now,
  });
}

/** As today's Slack does, a private channel's id looks like a public one's. */
const ID_PREFIX = { im: 'D', mpim: 'G', channel: 'C' } as const;

export function newChannel(
  state: State,
  from: {
    teamId: string;
    name: string;
    isPrivate: boolean;
    creator: string;
    members: string[];
    now: Date;
    kind?: SandboxChannel['kind'];
  },
): SandboxChannel {
  const kind = from.kind ?? 'channel';
  const channel: SandboxChannel = {
    id: nextId(state, ID_PREFIX[kind]),
    team_id: from.teamId,
    name: from.name,
    kind,
    is_private: from.isPrivate,
    is_archived: false,
    is_general: from.name === 'general' && kind === 'channel',
    is_ext_shared: false,
    creator: from.creator,
    created: seconds(from.now),
    members: [...from.members],
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    messages: [],
    bookmarks: [],
    pins: [],
  };
  state.channels[channel.id] = channel;
  return channel;
}

export function addGroup(state: State, seed: GroupSeed, now: Date): SandboxGroup {
  const group: SandboxGroup = {
    id: seed.id ?? nextId(state, 'S'),
    team_id: seed.teamId ?? firstTeam(state).id,
    handle: seed.handle,
    name: seed.name,
    users: seed.users.map((who) => userNamed(state, who).id),
    disabled: false,
    date_update: seconds(now),
  };
  state.groups[group.id] = group;
  return group;
}

export function nextId(state: State, prefix: string): string {
  state.counter += 1;
  return `${prefix}0${state.counter.toString(36).toUpperCase().padStart(8, '0')}`;
}

/** A message's timestamp is also its identity: never twice the same, always after the one before. */
export function nextTs(state: State, now: Date): string {
  const micros = Math.max(now.getTime() * 1000, state.lastTs + 1);
  state.lastTs = micros;
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

export function userNamed(state: State, nameOrId: string): SandboxUser {
  const found =
    state.users[nameOrId] ??
    Object.values(state.users).find(
      (u) => u.real_name === nameOrId || u.name === nameOrId || `@${u.name}` === nameOrId,
    ) ??
    Object.values(state.users).find((u) => u.real_name.split(' ')[0]?.toLowerCase() === nameOrId.toLowerCase());
  if (!found) throw new Error(`Nobody is called "${nameOrId}" in the sandbox.`);
  return found;
}

export function channelNamed(state: State, nameOrId: string, teamId?: string): SandboxChannel | undefined {
  const name = nameOrId.replace(/^#/, '');
  const inTeam = (c: SandboxChannel): boolean => teamId === undefined || c.team_id === teamId;
  return (
    state.channels[nameOrId] ??
    Object.values(state.channels).find((c) => c.kind === 'channel' && c.name === name && inTeam(c))
  );
}

export function dmBetween(state: State, teamId: string, users: string[], now: Date): SandboxChannel {
  const wanted = [...new Set(users)].sort();
  const known = Object.values(state.channels).find(
    (c) => c.kind !== 'channel' && c.team_id === teamId && sameMembers(c.members, wanted),
  );
  if (known) return known;
  const kind = wanted.length > 2 ? 'mpim' : 'im';
  return newChannel(state, { teamId, name: '', isPrivate: true, creator: users[0] ?? '', members: wanted, now, kind });
}

function sameMembers(members: string[], sorted: string[]): boolean {
  return members.length === sorted.length && [...members].sort().every((id, i) => id === sorted[i]);
}

export function firstTeam(state: State): Team {
  const team = Object.values(state.teams)[0];
  if (!team) throw new Error('The sandbox has no team.');
  return team;
}

export function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

export function secret(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** Leaves out what is undefined, so that a payload shows only what Slack would show. */
export function compact(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
