import { isObject } from '../blocks.ts';
import { viewShape } from '../shapes.ts';
import { spendTrigger } from '../triggers.ts';
import type { Json, Trigger, ViewRecord } from '../types.ts';
import { checkView } from '../validation/view.ts';
import * as views from '../views.ts';
import { type Caller, invalid, knownUser, type Method, Refusal, required, structured, text } from './method.ts';

export const viewMethods: Record<string, Method> = {
  'views.open': { scopes: [], tier: 4, run: open },
  'views.push': { scopes: [], tier: 4, run: push },
  'views.update': { scopes: [], tier: 4, run: update },
  'views.publish': { scopes: [], tier: 4, run: publish },
};

function viewArgument(caller: Caller, type: 'modal' | 'home', self?: ViewRecord): Json {
  const view = structured(caller.args, 'view');
  if (!isObject(view)) throw invalid('[ERROR] missing required field: view');
  checkView(caller.world, caller.method, view, type);
  const externalId = typeof view.external_id === 'string' ? view.external_id : '';
  const taken = Object.values(caller.world.state.views).some(
    (v) =>
      externalId !== '' && v.external_id === externalId && v.team_id === caller.install.teamId && v.id !== self?.id,
  );
  if (taken) throw new Refusal('duplicate_external_id');
  return view;
}

function trigger(caller: Caller): Trigger {
  const spent = spendTrigger(
    caller.world,
    caller.install.teamId,
    required(caller.args, 'trigger_id', 'invalid_trigger_id'),
  );
  if ('error' in spent) throw new Refusal(spent.error);
  return spent;
}

function open(caller: Caller): Json {
  const view = viewArgument(caller, 'modal');
  const by = trigger(caller);
  if (by.viewId && caller.world.state.views[by.viewId]?.type === 'modal') return pushed(caller, by, view);
  return { view: viewShape(caller.world, views.openModal(caller.world, by.teamId, by.userId, view, by.channel)) };
}

function push(caller: Caller): Json {
  const view = viewArgument(caller, 'modal');
  const by = trigger(caller);
  if (!by.viewId || caller.world.state.views[by.viewId]?.type !== 'modal') throw new Refusal('not_found');
  return pushed(caller, by, view);
}

function pushed(caller: Caller, by: Trigger, view: Json): Json {
  const made = views.pushModal(caller.world, by.teamId, by.userId, view);
  if (!made) throw new Refusal('push_limit_reached');
  return { view: viewShape(caller.world, made) };
}

function update(caller: Caller): Json {
  const { world, args } = caller;
  const id = text(args, 'view_id');
  const externalId = text(args, 'external_id');
  if (!id && !externalId) throw invalid('[ERROR] one of view_id and external_id is required');
  const found = Object.values(world.state.views).find(
    (v) => v.team_id === caller.install.teamId && (id ? v.id === id : v.external_id === externalId),
  );
  if (!found) throw new Refusal('not_found');
  const view = viewArgument(caller, found.type, found);
  const hash = text(args, 'hash');
  if (hash && hash !== found.hash) throw new Refusal('hash_conflict');
  views.replaceView(world, found, view);
  return { view: viewShape(world, found) };
}

function publish(caller: Caller): Json {
  const { world, args } = caller;
  if (world.manifest.features?.app_home?.home_tab_enabled !== true) throw new Refusal('not_enabled');
  const user = knownUser(caller, required(args, 'user_id'));
  const current = views.homeOf(world, user.id);
  const view = viewArgument(caller, 'home', current);
  const hash = text(args, 'hash');
  if (hash && current && hash !== current.hash) throw new Refusal('hash_conflict');
  return { view: viewShape(world, views.publishHome(world, caller.install.teamId, user.id, view)) };
}
