import { realTime } from './clock.ts';
import { nextId, secret } from './state.ts';
import type { Trigger } from './types.ts';
import type { World } from './world.ts';

/** A trigger lives three seconds of real time and opens one modal. */
export function newTrigger(
  world: World,
  teamId: string,
  userId: string,
  from: { viewId?: string; channel?: string } = {},
): string {
  const id = `${nextId(world.state, '').slice(1)}.${Object.keys(world.state.triggers).length}.${secret(16)}`;
  world.state.triggers[id] = { id, userId, teamId, bornAt: realTime(), used: false, ...from };
  return id;
}

export function spendTrigger(world: World, teamId: string, id: string): Trigger | { error: string } {
  const trigger = world.state.triggers[id];
  if (!trigger || trigger.teamId !== teamId) return { error: 'invalid_trigger_id' };
  if (trigger.used) return { error: 'exchanged_trigger_id' };
  if (realTime() - trigger.bornAt > world.settings.triggerLifeMs) return { error: 'expired_trigger_id' };
  trigger.used = true;
  return trigger;
}
