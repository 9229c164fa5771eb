import { install } from '../state.ts';
import type { Install, Json } from '../types.ts';
import { type Caller, type Method, Refusal, required } from './method.ts';

export function authMethods(socketUrl: () => string): Record<string, Method> {
  return {
    'api.test': { scopes: [], tier: 4, token: 'none', run: ({ args }) => ({ args }) },
    'auth.test': { scopes: [], tier: 'special', run: authTest },
    // Its tier is the first, "1+ per minute", and yet every instance opens two at once and again after an outage.
    'apps.connections.open': { scopes: [], tier: 3, token: 'app', run: () => ({ url: socketUrl() }) },
    'oauth.v2.access': { scopes: [], tier: 4, token: 'none', run: exchangeCode },
  };
}

function authTest(caller: Caller): Json {
  const { world, install } = caller;
  const team = world.state.teams[install.teamId];
  return {
    url: `https://${team?.domain}.slack.com/`,
    team: team?.name,
    user: world.state.users[install.botUserId]?.name,
    team_id: install.teamId,
    user_id: install.botUserId,
    bot_id: install.botId,
    is_enterprise_install: false,
  };
}

function exchangeCode(caller: Caller): Json {
  const { world, args } = caller;
  if (args.client_id !== world.state.clientId) throw new Refusal('invalid_client_id');
  if (args.client_secret !== world.state.clientSecret) throw new Refusal('bad_client_secret');
  const code = world.state.oauthCodes[required(args, 'code', 'invalid_code')];
  if (!code) throw new Refusal('invalid_code');
  if (code.used) throw new Refusal('code_already_used');
  if (typeof args.redirect_uri === 'string' && args.redirect_uri !== code.redirectUri) {
    throw new Refusal('bad_redirect_uri');
  }
  code.used = true;
  return installation(caller, install(world.state, code.teamId, code.scopes), code.userId);
}

function installation({ world }: Caller, made: Install, userId: string): Json {
  const team = world.state.teams[made.teamId];
  return {
    app_id: world.state.appId,
    authed_user: { id: userId },
    scope: made.scopes.join(','),
    token_type: 'bot',
    access_token: made.botToken,
    bot_user_id: made.botUserId,
    team: { id: made.teamId, name: team?.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}
