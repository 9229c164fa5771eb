import { features } from '../src/features.ts';

/** What the product needs of a workspace, and why, is explained in docs/ADMIN.md; a test compares it with what is used. */
const scopes = {
  needed: [
    'commands',
    'chat:write',
    'channels:manage',
    'groups:write',
    'channels:read',
    'groups:read',
    'channels:history',
    'groups:history',
    'im:history',
    'im:write',
    'users:read',
    'reactions:read',
    'files:read',
    'files:write',
    'pins:write',
  ],
  optional: ['usergroups:read'],
};

/** One source for both transports. `host` is the public address Slack calls; without it the placeholder stays. */
export function buildManifest(transport: 'socket' | 'http', host = 'https://YOUR-HOST') {
  const url = transport === 'http' ? { request_url: `${host}/slack/events` } : {};
  const commandUrl = transport === 'http' ? { url: `${host}/slack/events` } : {};
  const shortcuts = features.flatMap((feature) => feature.shortcuts ?? []);
  const events = [
    ...new Set(features.flatMap((feature) => feature.events ?? []).flatMap((e) => subscriptions[e.type] ?? [e.type])),
  ];
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Crisis War Room',
      description: 'A war room in seconds: call-outs, tasks, statements with real approvals, digests, timeline.',
      background_color: '#7A1F1F',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'War Room', always_online: true },
      shortcuts: shortcuts.map(({ id, type, name, description }) => ({ name, type, callback_id: id, description })),
      slash_commands: [
        {
          command: '/crisis',
          ...commandUrl,
          description: 'Run a crisis: declare, tasks, statements, digest',
          usage_hint: hint('en'),
          should_escape: true,
        },
        {
          command: '/crise',
          ...commandUrl,
          description: 'Piloter une crise : déclencher, tâches, communiqués',
          usage_hint: hint('fr'),
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(transport === 'http' ? { redirect_urls: [`${host}/slack/oauth_redirect`] } : {}),
      scopes: { bot: [...scopes.needed], bot_optional: [...scopes.optional] },
    },
    settings: {
      event_subscriptions: { ...url, bot_events: events.toSorted() },
      interactivity: { is_enabled: true, ...url },
      org_deploy_enabled: false,
      socket_mode_enabled: transport === 'socket',
      token_rotation_enabled: false,
    },
  };
}

/** What Slack calls an event when it is subscribed to, where that differs from the name it arrives under. */
const subscriptions: Record<string, string[]> = { message: ['message.channels', 'message.groups'] };

const hint = (language: 'en' | 'fr'): string => {
  const names = features
    .flatMap((feature) => feature.subcommands ?? [])
    .map((entry) => (language === 'fr' ? (entry.aliases[0] ?? entry.name) : entry.name));
  return `[${names.join(' | ')}]`;
};
