import type { ApiCall, Delivery, Sandbox } from '../server/index.ts';
import type { AppSight, CallSight, DeliverySight, GroupSight, PersonSight } from './wire.ts';

/** What everybody in the workspace may know of it, ready to travel. */
export function peopleOf(sandbox: Sandbox): PersonSight[] {
  const users = [...sandbox.people(), ...sandbox.bots()].filter((user) => user.team_id === sandbox.team.id);
  return users.map(
    ({ id, name, real_name, title, tz, locale, is_bot, deleted, is_restricted, is_stranger }): PersonSight => ({
      id,
      name,
      real_name,
      title,
      tz,
      locale,
      is_bot,
      deleted,
      is_restricted,
      is_stranger,
    }),
  );
}

export const groupsOf = (sandbox: Sandbox): GroupSight[] =>
  sandbox
    .groups()
    .filter((group) => !group.disabled)
    .map(({ id, handle, name, users }) => ({ id, handle, name, users: [...users] }));

export function appOf({ manifest, botId, botUserId }: Sandbox): AppSight {
  const { display_information: about, features = {} } = manifest;
  return {
    name: features.bot_user?.display_name ?? about.name,
    description: about.description ?? '',
    color: about.background_color ?? '#4a154b',
    bot_id: botId,
    user_id: botUserId,
    commands: (features.slash_commands ?? []).map(({ command, description = '', usage_hint = '' }) => ({
      command,
      description,
      usage_hint,
    })),
    shortcuts: (features.shortcuts ?? []).map(({ callback_id, name, type, description = '' }) => ({
      callback_id,
      name,
      type,
      description,
    })),
  };
}

/** Without the token: the page has no use for it. */
export const callSight = (call: ApiCall): CallSight => ({
  id: call.id,
  method: call.method,
  args: call.args,
  startedAt: call.startedAt,
  finishedAt: call.finishedAt ?? null,
  ok: call.ok ?? null,
  error: call.error ?? null,
  fault: call.fault ?? null,
  response: call.response ?? null,
});

export const deliverySight = (delivery: Delivery): DeliverySight => ({
  id: delivery.id,
  type: delivery.type,
  name: delivery.name,
  user: delivery.user,
  sentAt: delivery.sentAt,
  ackedInMs: delivery.ackedInMs ?? null,
  ok: delivery.ok ?? null,
  failure: delivery.failure ?? null,
  payload: delivery.payload,
});
