import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildManifest } from '../../manifests/build.ts';
import { features } from '../../src/features.ts';

const transports = ['socket', 'http'] as const;
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = buildManifest('socket');
const shortcuts = features.flatMap((feature) => feature.shortcuts ?? []);

/** What Slack calls an event's subscription, and the scope that it needs (event reference pages). */
const eventScopes: Record<string, { subscriptions?: string[]; scopes: string[] }> = {
  app_home_opened: { scopes: [] },
  app_uninstalled: { scopes: [] },
  tokens_revoked: { scopes: [] },
  message: { subscriptions: ['message.channels', 'message.groups'], scopes: ['channels:history', 'groups:history'] },
  app_mention: { scopes: ['app_mentions:read'] },
  channel_archive: { scopes: ['channels:read'] },
  channel_unarchive: { scopes: ['channels:read'] },
  channel_rename: { scopes: ['channels:read'] },
  channel_deleted: { scopes: ['channels:read'] },
  channel_left: { scopes: ['channels:read'] },
  group_archive: { scopes: ['groups:read'] },
  group_unarchive: { scopes: ['groups:read'] },
  group_rename: { scopes: ['groups:read'] },
  group_deleted: { scopes: ['groups:read'] },
  group_left: { scopes: ['groups:read'] },
  member_joined_channel: { scopes: ['channels:read', 'groups:read'] },
  member_left_channel: { scopes: ['channels:read', 'groups:read'] },
  reaction_added: { scopes: ['reactions:read'] },
  reaction_removed: { scopes: ['reactions:read'] },
  subteam_created: { scopes: ['usergroups:read'] },
  subteam_updated: { scopes: ['usergroups:read'] },
  subteam_members_changed: { scopes: ['usergroups:read'] },
  team_join: { scopes: ['users:read'] },
};

/** Scopes of each Web API method for public, private and direct channels, as far as it works on them (method pages). */
const methodScopes: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.create': ['channels:manage', 'groups:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.invite': ['channels:manage', 'groups:write'],
  'conversations.rename': ['channels:manage', 'groups:write'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.setTopic': ['channels:manage', 'groups:write'],
  'conversations.archive': ['channels:manage', 'groups:write'],
  'conversations.open': ['im:write'],
  'users.conversations': ['channels:read', 'groups:read'],
  'pins.add': ['pins:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.list': ['users:read'],
  'users.info': ['users:read'],
  'usergroups.list': ['usergroups:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
};
const { bot, bot_optional: optional } = manifest.oauth_config.scopes;

describe('the manifests', () => {
  test.each(transports)('%s.json is what the features ask for: run `npm run manifests` when it is not', (transport) => {
    expect(JSON.parse(read(`manifests/${transport}.json`))).toEqual(buildManifest(transport));
  });

  test.each(transports)('%s keeps to what Slack accepts', (transport) => {
    const { display_information: about, features: shown } = buildManifest(transport);
    expect(about.name.length).toBeLessThanOrEqual(35);
    expect(about.description.length).toBeLessThanOrEqual(140);
    expect(about.background_color).toMatch(/^#[0-9A-F]{6}$/);
    expect(shown.bot_user.display_name).toMatch(/^[\w .-]{1,80}$/);
    expect(shown.shortcuts.length).toBeLessThanOrEqual(10);
    for (const shortcut of shown.shortcuts) {
      expect(shortcut.name.length, shortcut.name).toBeLessThanOrEqual(24);
      expect(shortcut.description.length, shortcut.name).toBeLessThanOrEqual(150);
      expect(shortcut.callback_id.length, shortcut.name).toBeLessThanOrEqual(255);
    }
    expect(shown.slash_commands.map((c) => c.command)).toEqual(['/crisis', '/crise']);
    for (const command of shown.slash_commands) {
      expect(command.description.length).toBeLessThanOrEqual(2000);
      expect(command.usage_hint.length).toBeLessThanOrEqual(1000);
      expect(command.should_escape).toBe(true);
    }
    expect(new Set(bot).size).toBe(bot.length);
    expect(bot.filter((scope) => optional.includes(scope))).toEqual([]);
  });

  test('over HTTP everything that arrives has the one address, over sockets nothing has any', () => {
    const { features: shown, settings } = buildManifest('http', 'https://crisis.example');
    const url = 'https://crisis.example/slack/events';
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { is_enabled: true, request_url: url },
    });
    expect(shown.slash_commands).toMatchObject([{ url }, { url }]);
    const http = buildManifest('http', 'https://crisis.example').oauth_config;
    expect(http).toMatchObject({ redirect_urls: ['https://crisis.example/slack/oauth_redirect'] });
    expect(JSON.stringify(buildManifest('socket'))).not.toContain('https://');
    expect(buildManifest('socket').settings.socket_mode_enabled).toBe(true);
  });

  test('the hints name every subcommand, in the words of the language', () => {
    const names = features.flatMap((feature) => feature.subcommands ?? []);
    const [english, french] = manifest.features.slash_commands.map((c) => c.usage_hint.slice(1, -1).split(' | '));
    expect(english).toEqual(names.map((entry) => entry.name));
    expect(french).toEqual(names.map((entry) => entry.aliases[0]));
  });
});

describe('what the features listen to', () => {
  const listened = [...new Set(features.flatMap((feature) => feature.events ?? []).map((event) => event.type))];

  test('is subscribed to, and nothing else is', () => {
    const wanted = listened.flatMap((type) => eventScopes[type]?.subscriptions ?? [type]);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(wanted.toSorted());
  });

  test.each(listened)('%s comes with a scope that is asked for', (type) => {
    const needed = eventScopes[type];
    if (!needed) throw new Error(`say which scope the event ${type} needs`);
    for (const scope of needed.scopes) expect([...bot, ...optional]).toContain(scope);
  });

  test('each shortcut is registered, and answered by one feature', () => {
    const registered = manifest.features.shortcuts.map((s) => [s.callback_id, s.type, s.name]);
    expect(registered).toEqual(shortcuts.map((s) => [s.id, s.type, s.name]));
    expect(new Set(shortcuts.map((s) => s.id)).size).toBe(shortcuts.length);
    expect(new Set(shortcuts.map((s) => `${s.type} ${s.name}`)).size).toBe(shortcuts.length);
  });

  test.each(['actions', 'forms', 'jobs'] as const)('%s have one owner each', (what) => {
    const ids = features.flatMap((feature) => (feature[what] ?? []).map((one) => ('id' in one ? one.id : one.kind)));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe('what the product asks of Slack', () => {
  const methods = [
    ...new Set([...read('src/slack/gateway.ts').matchAll(/'([a-z]+\.[a-zA-Z.]+)'/g)].map((m) => m[1] ?? '')),
  ];

  test.each(methods)('%s is allowed by a scope', (method) => {
    const scopes = methodScopes[method];
    if (!scopes) throw new Error(`say which scopes the method ${method} needs`);
    for (const scope of scopes) expect([...bot, ...optional]).toContain(scope);
  });

  test('no scope is asked for that nothing needs', () => {
    const used = new Set([
      'commands',
      // The addresses of files that people share are read with the token.
      'files:read',
      ...methods.flatMap((method) => methodScopes[method] ?? []),
      ...features.flatMap((f) => f.events ?? []).flatMap((event) => eventScopes[event.type]?.scopes ?? []),
    ]);
    expect([...bot, ...optional].filter((scope) => !used.has(scope))).toEqual([]);
  });
});
