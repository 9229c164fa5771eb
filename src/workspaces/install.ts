import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';
import slackOAuth, { type Installation, type OrgInstallation } from '@slack/oauth';
import { Fault, newReference } from '../core/errors.ts';
import { type Language, languageOf } from '../core/locale.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import { type Deps, DuplicateDelivery } from '../jobs/commit.ts';
import { createGateway, domainOf } from '../slack/gateway.ts';
import { recordInstallation, useState } from './change.ts';
import { page } from './page.ts';
import { words } from './text.ts';
import type { TokenKeys } from './tokens.ts';

export type OAuth = {
  clientId: string;
  clientSecret: string;
  keys: TokenKeys;
  scopes: readonly string[];
  /** Where browsers reach this process; without it Slack goes to the redirect address of the app's settings. */
  publicUrl?: string | undefined;
  apiUrl?: string | undefined;
};

/** Slack offered the whole organisation instead of one workspace. */
class OrgWide extends Error {}

const paths = { install: '/slack/install', redirect: '/slack/oauth_redirect' };
const stateLasts = 10 * MINUTE;

/**
 * "Add to Slack": `GET /slack/install` sends the browser to Slack's consent page, `GET /slack/oauth_redirect` takes the
 * answer. The provider of Slack's SDK does both, binding the state to the browser by a cookie; the state is signed,
 * lasts ten minutes and serves once. `installed` is called with the id of each new workspace.
 */
export function installRoutes(
  deps: Deps,
  oauth: OAuth,
  installed: (workspaceId: string) => Promise<void>,
): CustomRoute[] {
  const { clientId, clientSecret, apiUrl } = oauth;
  const stateSecret = createHmac('sha256', clientSecret).update('state of an installation').digest('hex');
  const states = new slackOAuth.ClearStateStore(stateSecret, stateLasts / SECOND);
  const provider = new slackOAuth.InstallProvider({
    clientId,
    clientSecret,
    directInstall: true,
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl ?? 'https://slack.com').href,
    stateStore: {
      generateStateParam: (options) => states.generateStateParam(options, deps.now()),
      verifyStateParam: async (_, state) => {
        const options = await states.verifyStateParam(deps.now(), state);
        await useState(deps, state);
        return options;
      },
    },
    stateCookieExpirationSeconds: stateLasts / SECOND,
    installationStore: {
      storeInstallation: async (made) => installed(await keep(deps, oauth, made)),
      fetchInstallation: async () => {
        throw new Fault('installations are read from the database');
      },
    },
    // A code serves once: asking again after an answer that was lost only tells that it was used.
    clientOptions: { ...(apiUrl ? { slackApiUrl: apiUrl } : {}), retryConfig: { retries: 0 }, timeout: 10 * SECOND },
    // Its messages may hold what Slack answered; what went wrong is logged below, by its code.
    logger: silent,
  });
  const redirectUri = oauth.publicUrl ? `${oauth.publicUrl}${paths.redirect}` : undefined;
  const options = { scopes: [...oauth.scopes], ...(redirectUri ? { redirectUri } : {}) };
  return [
    {
      path: paths.install,
      method: 'GET',
      handler: (request, response) =>
        void provider
          .handleInstallPath(request, response, undefined, options)
          .catch((error: unknown) => refuse(deps, request, response, error)),
    },
    {
      path: paths.redirect,
      method: 'GET',
      handler: (request, response) =>
        void provider.handleCallback(request, response, {
          success: (made) => welcome(request, response, made),
          failure: (error) => refuse(deps, request, response, error),
        }),
    },
  ];
}

async function keep(deps: Deps, { keys, apiUrl }: OAuth, made: Installation | OrgInstallation): Promise<string> {
  if (made.isEnterpriseInstall || !made.team) throw new OrgWide();
  if (!made.bot) throw new Fault('Slack gave no bot token');
  const { token } = made.bot;
  const identity = await createGateway({ token, apiUrl }).identity();
  if (identity.team_id !== made.team.id) throw new Fault('the token is of another workspace than Slack said');
  const workspace = {
    id: identity.team_id,
    name: identity.team,
    domain: domainOf(identity),
    botUserId: identity.user_id,
  };
  await recordInstallation(deps, keys, { workspace, botId: identity.bot_id, token, installedBy: made.user.id });
  deps.log.info({ workspace: workspace.id }, 'installed');
  return workspace.id;
}

function welcome(request: IncomingMessage, response: ServerResponse, { team }: Installation | OrgInstallation): void {
  const language = readerOf(request);
  const w = words(language);
  const slack = { label: w.openSlack, url: `https://app.slack.com/client/${encodeURIComponent(team?.id ?? '')}` };
  show(response, 200, page(language, w.installed(team?.name ?? 'Slack'), w.next, slack));
}

function refuse(deps: Deps, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const language = readerOf(request);
  const w = words(language);
  const [status, text] = reasonOf(deps, language, error);
  show(response, status, page(language, w.notInstalled, text, { label: w.again, url: paths.install }));
}

function reasonOf(deps: Deps, language: Language, error: unknown): [number, string] {
  const w = words(language);
  const { code, data } = error as { code?: string; data?: { error?: string } };
  if (error instanceof OrgWide) return [400, w.orgWide];
  const { InvalidStateError, MissingStateError, AuthorizationError } = slackOAuth.ErrorCode;
  if (error instanceof DuplicateDelivery || code === InvalidStateError || code === MissingStateError)
    return [400, w.expired];
  if (code === AuthorizationError) return [400, w.cancelled];
  const reference = error instanceof Fault ? error.reference : newReference();
  deps.log.error({ reference, code: data?.error ?? code, err: error }, 'an installation failed');
  return [500, w.failed(reference)];
}

const readerOf = (request: IncomingMessage): Language => languageOf(request.headers['accept-language']) ?? 'en';

/** The address of the page holds a code: it goes into no cache and no referrer. */
function show(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .end(html);
}

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => 'error' as never,
  setName: () => {},
};
