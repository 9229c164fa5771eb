import { channelShape, groupShape, userShape } from '../shapes.ts';
import type { Json, SandboxGroup, SandboxUser } from '../types.ts';
import { scopeOfType, typeOf } from './conversations.ts';
import {
  type Caller,
  flag,
  knownUser,
  list,
  type Method,
  needScope,
  paginate,
  Refusal,
  required,
  text,
} from './method.ts';

export const directoryMethods: Record<string, Method> = {
  'users.info': { scopes: ['users:read'], tier: 4, run: info },
  'users.list': { scopes: ['users:read'], tier: 2, run: listUsers },
  'users.lookupByEmail': { scopes: ['users:read.email'], tier: 3, run: lookupByEmail },
  'users.conversations': {
    scopes: [['channels:read', 'groups:read', 'im:read', 'mpim:read']],
    tier: 3,
    run: conversations,
  },
  'usergroups.list': { scopes: ['usergroups:read'], tier: 2, run: listGroups },
  'usergroups.users.list': { scopes: ['usergroups:read'], tier: 2, run: groupUsers },
  'team.info': { scopes: ['team:read'], tier: 3, run: teamInfo },
  'bots.info': { scopes: ['users:read'], tier: 3, run: botInfo },
};

function shape(caller: Caller, user: SandboxUser): Json {
  return userShape(caller.world, user, {
    locale: flag(caller.args, 'include_locale'),
    email: caller.install.scopes.includes('users:read.email'),
  });
}

function info(caller: Caller): Json {
  return { user: shape(caller, knownUser(caller, required(caller.args, 'user', 'user_not_found'))) };
}

function listUsers(caller: Caller): Json {
  const all = Object.values(caller.world.state.users).filter((u) => u.team_id === caller.install.teamId);
  const page = paginate(caller, all, { fallback: 200, max: 1000 });
  return {
    members: page.items.map((user) => shape(caller, user)),
    cache_ts: Math.floor(caller.world.clock.now().getTime() / 1000),
    response_metadata: { next_cursor: page.next_cursor },
  };
}

function lookupByEmail(caller: Caller): Json {
  const email = required(caller.args, 'email', 'users_not_found').toLowerCase();
  const user = Object.values(caller.world.state.users).find(
    (u) => u.team_id === caller.install.teamId && !u.is_bot && !u.deleted && u.email.toLowerCase() === email,
  );
  if (!user) throw new Refusal('users_not_found');
  return { user: shape(caller, user) };
}

function conversations(caller: Caller): Json {
  const { world, args, install } = caller;
  const user = text(args, 'user') ?? install.botUserId;
  knownUser(caller, user);
  const types = list(args, 'types');
  const wanted = types.length > 0 ? types : ['public_channel'];
  for (const type of wanted) needScope(caller, scopeOfType(type));
  const found = Object.values(world.state.channels).filter(
    (c) =>
      c.team_id === install.teamId &&
      wanted.includes(typeOf(c)) &&
      c.members.includes(user) &&
      !(flag(args, 'exclude_archived') && c.is_archived) &&
      (!c.is_private || c.members.includes(install.botUserId)),
  );
  const page = paginate(caller, found, { fallback: 100, max: 999 });
  return {
    channels: page.items.map((c) => channelShape(c, install.botUserId)),
    response_metadata: { next_cursor: page.next_cursor },
  };
}

function listGroups(caller: Caller): Json {
  const groups = Object.values(caller.world.state.groups).filter(
    (g) => g.team_id === caller.install.teamId && (flag(caller.args, 'include_disabled') || !g.disabled),
  );
  const users = flag(caller.args, 'include_users');
  return { usergroups: groups.map((group) => groupShape(group, { users })) };
}

function groupUsers(caller: Caller): Json {
  const group: SandboxGroup | undefined =
    caller.world.state.groups[required(caller.args, 'usergroup', 'no_such_subteam')];
  if (!group || group.team_id !== caller.install.teamId) throw new Refusal('no_such_subteam');
  if (group.disabled && !flag(caller.args, 'include_disabled')) throw new Refusal('no_such_subteam');
  return { users: [...group.users] };
}

function teamInfo(caller: Caller): Json {
  const team = caller.world.state.teams[text(caller.args, 'team') ?? caller.install.teamId];
  if (!team || team.id !== caller.install.teamId) throw new Refusal('team_not_found');
  return {
    team: {
      id: team.id,
      name: team.name,
      domain: team.domain,
      url: `https://${team.domain}.slack.com/`,
      email_domain: '',
      icon: { image_default: true },
    },
  };
}

function botInfo(caller: Caller): Json {
  const { world, args, install } = caller;
  const id = text(args, 'bot') ?? install.botId;
  if (id !== install.botId) throw new Refusal('bot_not_found');
  const bot = world.state.users[install.botUserId];
  return {
    bot: {
      id,
      deleted: false,
      name: bot?.real_name,
      updated: 0,
      app_id: world.state.appId,
      user_id: install.botUserId,
    },
  };
}
