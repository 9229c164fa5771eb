import * as act from '../operations.ts';
import { channelShape } from '../shapes.ts';
import type { Json, SandboxChannel, SandboxUser } from '../types.ts';
import { type Caller, flag, list, type Method, needScope, ownChannel, Refusal, required } from './method.ts';

/** Without `force` one bad name refuses all of them; with it the good ones come in and the others are named. */
export const invite: Method['run'] = (caller) => {
  const channel = ownChannel(caller);
  const family = channel.is_private ? 'groups' : 'channels';
  needScope(caller, family === 'channels' ? 'channels:manage' : 'groups:write', `${family}:write.invites`);
  const ids = [...new Set(list(caller.args, 'users'))];
  if (ids.length === 0) throw new Refusal('no_user');
  if (ids.length > 100) throw new Refusal('too_many_users');
  const errors = ids.flatMap((user) => {
    const error = whyNot(caller, channel, user);
    return error ? [{ user, ok: false, error }] : [];
  });
  const refused = new Set(errors.map((entry) => entry.user));
  const welcome = ids.filter((id) => !refused.has(id));
  const [first] = errors;
  if (first && (!flag(caller.args, 'force') || welcome.length === 0)) throw new Refusal(first.error, { errors });
  for (const user of welcome) act.join(caller.world, channel, user, caller.install.botUserId);
  const answer: Json = { channel: channelShape(channel, caller.install.botUserId) };
  return errors.length > 0 ? { ...answer, errors } : answer;
};

function whyNot(caller: Caller, channel: SandboxChannel, id: string): string | undefined {
  if (id === caller.install.botUserId) return 'cant_invite_self';
  const user = caller.world.state.users[id];
  if (!user || (user.team_id !== caller.install.teamId && !user.is_stranger)) return 'user_not_found';
  if (channel.members.includes(id)) return 'already_in_channel';
  return refusedKind(user, caller);
}

function refusedKind(user: SandboxUser, caller: Caller): string | undefined {
  if (user.deleted) return 'user_not_found';
  if (user.is_stranger) return 'no_external_invite_permission';
  if (user.is_ultra_restricted && isSomewhere(caller, user)) return 'ura_max_channels';
  if (user.is_restricted) return 'user_is_restricted';
  return undefined;
}

function isSomewhere(caller: Caller, user: SandboxUser): boolean {
  return Object.values(caller.world.state.channels).some((c) => c.kind === 'channel' && c.members.includes(user.id));
}

export const kick: Method['run'] = (caller) => {
  const channel = ownChannel(caller);
  needScope(caller, channel.is_private ? 'groups:write' : 'channels:manage');
  const user = required(caller.args, 'user', 'user_not_found');
  if (user === caller.install.botUserId) throw new Refusal('cant_kick_self');
  if (channel.is_general) throw new Refusal('cant_kick_from_general');
  if (!caller.world.state.users[user]) throw new Refusal('user_not_found');
  if (!channel.members.includes(user)) throw new Refusal('not_in_channel');
  act.leave(caller.world, channel, user, caller.install.botUserId);
  return {};
};
