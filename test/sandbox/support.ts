import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Manifest, Sandbox, SandboxOptions } from '../../src/sandbox/server/index.ts';
import { startSandbox } from '../../src/sandbox/server/index.ts';

const MANIFEST: Manifest = {
  display_information: { name: 'War Room' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    bot_user: { display_name: 'warroom' },
    slash_commands: [
      { command: '/crisis', description: 'Run a crisis', should_escape: true },
      { command: '/plain', description: 'Text as it was typed' },
    ],
    shortcuts: [
      { type: 'global', name: 'Declare a crisis', callback_id: 'declare_crisis', description: 'Opens the form' },
      { type: 'message', name: 'Add to timeline', callback_id: 'add_to_timeline', description: 'Keeps a message' },
    ],
  },
  oauth_config: {
    redirect_urls: ['https://example.test/slack/oauth_redirect'],
    scopes: {
      bot: [
        'commands',
        'chat:write',
        'channels:manage',
        'groups:write',
        'channels:read',
        'groups:read',
        'im:write',
        'users:read',
        'reactions:read',
        'channels:history',
        'groups:history',
        'team:read',
        'app_mentions:read',
      ],
      bot_optional: [
        'usergroups:read',
        'bookmarks:read',
        'bookmarks:write',
        'pins:read',
        'pins:write',
        'files:read',
        'files:write',
        'reactions:write',
        'channels:join',
        'users:read.email',
      ],
    },
  },
  settings: {
    interactivity: { is_enabled: true },
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'reaction_added',
        'reaction_removed',
        'member_joined_channel',
        'member_left_channel',
        'channel_archive',
        'channel_unarchive',
        'channel_rename',
        'group_archive',
        'group_unarchive',
        'group_rename',
        'message.channels',
        'message.groups',
        'user_change',
        'subteam_members_changed',
        'pin_added',
        'app_uninstalled',
        'tokens_revoked',
      ],
    },
  },
};

export type Answer = Record<string, unknown> & { ok: boolean; error?: string };

/** The Web API as any client calls it. */
export async function call(
  sandbox: Sandbox,
  method: string,
  args: Record<string, unknown> = {},
  token = sandbox.botToken,
): Promise<Answer> {
  const response = await fetch(`${sandbox.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Answer;
}

/** A room of the bot's own, by its id. */
export async function room(
  sandbox: Sandbox,
  name: string,
  options: { private?: boolean; users?: string } = {},
): Promise<string> {
  const made = await call(sandbox, 'conversations.create', { name, is_private: options.private ?? false });
  const { id } = made.channel as { id: string };
  if (options.users) await call(sandbox, 'conversations.invite', { channel: id, users: options.users });
  return id;
}

export function sandboxWith(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({ manifest: MANIFEST, ...options });
}

/** A real Bolt app on real sockets. */
export async function boltOn(sandbox: Sandbox, setUp: (app: App) => void, sockets = 1): Promise<() => Promise<void>> {
  const receivers = Array.from({ length: sockets }, () => socketReceiver(sandbox));
  const [first, ...others] = receivers;
  if (!first) throw new Error('A Bolt app needs a socket.');
  const app = new App({
    token: sandbox.botToken,
    receiver: first,
    convoStore: false,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  setUp(app);
  await app.init();
  for (const receiver of others) receiver.init(app);
  await app.start();
  for (const receiver of others) await receiver.start();
  return async () => {
    for (const receiver of receivers) await receiver.stop();
  };
}

function socketReceiver(sandbox: Sandbox): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: sandbox.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: sandbox.apiUrl } },
  });
}
