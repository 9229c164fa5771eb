import type { RawAnswer } from './server.ts';
import { secret } from './state.ts';
import type { World } from './world.ts';

/** The consent page, already agreed to: straight back to the app with a code, for the team asked for. */
export function authorize(world: World, query: URLSearchParams): RawAnswer {
  if (query.get('client_id') !== world.state.clientId) return refuse('invalid_client_id');
  const redirectUri = query.get('redirect_uri') ?? world.manifest.oauth_config?.redirect_urls?.[0] ?? '';
  if (!URL.canParse(redirectUri)) return refuse('bad_redirect_uri');
  const teamId = query.get('team') || Object.keys(world.state.teams)[0] || '';
  if (!world.state.teams[teamId]) return refuse('invalid_team_id');
  const scopes = (query.get('scope') ?? '').split(',').filter((scope) => scope !== '');
  const undeclared = scopes.find((scope) => !declared(world).includes(scope));
  if (undeclared) return refuse(`invalid_scope: ${undeclared}`);
  const user = Object.values(world.state.users).find((u) => u.team_id === teamId && !u.is_bot && !u.deleted);
  const code = secret(12);
  world.state.oauthCodes[code] = { teamId, scopes, redirectUri, userId: user?.id ?? '', used: false };
  const target = new URL(redirectUri);
  target.searchParams.set('code', code);
  target.searchParams.set('state', query.get('state') ?? '');
  return { status: 302, headers: { location: target.href }, body: '' };
}

function declared(world: World): string[] {
  const scopes = world.manifest.oauth_config?.scopes;
  return [...(scopes?.bot ?? []), ...(scopes?.bot_optional ?? [])];
}

function refuse(reason: string): RawAnswer {
  return { status: 400, headers: {}, body: reason };
}
