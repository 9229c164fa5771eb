import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server/index.ts';
import { call, room, sandboxWith } from './support.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await sandboxWith();
});
afterEach(() => sandbox.stop());

const api = (method: string, args?: Record<string, unknown>) => call(sandbox, method, args);
const say = (channel: string, text: string, more: Record<string, unknown> = {}) =>
  api('chat.postMessage', { channel, text, ...more });

describe('channels', () => {
  it('refuses names Slack would refuse, without correcting them', async () => {
    const errors = await Promise.all(
      ['', 'Crise', 'été', 'a b', '---', 'x'.repeat(81)].map(
        async (name) => (await api('conversations.create', { name })).error,
      ),
    );
    expect(errors).toEqual([
      'invalid_name_required',
      'invalid_name_specials',
      'invalid_name_specials',
      'invalid_name_specials',
      'invalid_name_punctuation',
      'invalid_name_maxlength',
    ]);
  });

  it('renames only channels of the bot that it is in, to names that are free, and tells the app', async () => {
    const channel = await room(sandbox, 'war-1', { private: true });
    await room(sandbox, 'war-2');
    const rename = async (id: string, name: string) => (await api('conversations.rename', { channel: id, name })).error;
    expect(await rename(channel, 'war-2')).toBe('name_taken');
    expect(await rename(channel, 'War 3')).toBe('invalid_name_specials');
    expect(await rename(channel, 'x'.repeat(81))).toBe('invalid_name_maxlength');
    expect(await rename('C0NOSUCH00', 'war-3')).toBe('channel_not_found');
    const general = sandbox.channel('#general')?.id ?? '';
    expect(['not_in_channel', 'not_authorized']).toContain(await rename(general, 'war-3'));
    expect(await api('conversations.rename', { channel, name: 'war-3' })).toMatchObject({ channel: { name: 'war-3' } });
    expect(sandbox.channel(channel)).toMatchObject({ name: 'war-3', previous_names: ['war-1'] });
    await api('conversations.archive', { channel });
    expect(await rename(channel, 'war-4')).toBe('channel_not_found');
  });

  it('keeps the name of an archived channel taken', async () => {
    const channel = await room(sandbox, 'war-1');
    expect((await api('conversations.archive', { channel })).ok).toBe(true);
    expect((await api('conversations.create', { name: 'war-1' })).error).toBe('name_taken');
  });

  it('no longer counts a bot that archives a channel among its members, and does not let it back', async () => {
    const channel = await room(sandbox, 'war-1', { private: true, users: 'U0CLAIRE0' });
    await api('conversations.archive', { channel });
    expect(sandbox.channel('war-1')?.members).toEqual(['U0CLAIRE0']);
    expect((await api('conversations.unarchive', { channel })).error).toBe('channel_not_found');
    const open = await room(sandbox, 'war-2');
    await api('conversations.archive', { channel: open });
    expect((await api('conversations.unarchive', { channel: open })).error).toBe('not_in_channel');
    expect((await say(open, 'hello')).error).toBe('is_archived');
  });

  it('hides a private channel from a bot that is not in it', async () => {
    const secret = await sandbox.person('Helen').createChannel('legal-only', { private: true });
    expect((await api('conversations.info', { channel: secret.id })).error).toBe('channel_not_found');
    expect((await say(secret.id, 'hello')).error).toBe('channel_not_found');
    const listed = await api('conversations.list', { types: 'public_channel,private_channel' });
    expect((listed.channels as { name: string }[]).map((c) => c.name)).not.toContain('legal-only');
  });

  it('lets the bot post only where it is a member', async () => {
    const general = sandbox.channel('general')?.id ?? '';
    expect((await say(general, 'hello')).error).toBe('not_in_channel');
    expect((await say('#general', 'hello')).error).toBe('channel_not_found');
  });

  it('refuses a topic of more than 250 characters', async () => {
    const channel = await room(sandbox, 'war-1');
    expect((await api('conversations.setTopic', { channel, topic: 'x'.repeat(251) })).error).toBe('too_long');
    expect((await api('conversations.setTopic', { channel, topic: 'x'.repeat(250) })).ok).toBe(true);
  });

  it('gives long lists page by page', async () => {
    sandbox.addChannels(250);
    const first = await api('conversations.list', { limit: 200 });
    expect(first.channels).toHaveLength(200);
    const { next_cursor: cursor } = first.response_metadata as { next_cursor: string };
    const second = await api('conversations.list', { limit: 200, cursor });
    expect(second.channels).toHaveLength(53);
    expect((await api('conversations.list', { cursor: 'nonsense' })).error).toBe('invalid_cursor');
  });
});

describe('invitations', () => {
  it('invites nobody when one of them cannot be invited', async () => {
    const channel = await room(sandbox, 'war-1', { users: 'U0MARC000' });
    const refused = await api('conversations.invite', { channel, users: 'U0HELEN00,U0MARC000,U0NOBODY0' });
    expect(refused.error).toBe('already_in_channel');
    expect(refused.errors).toEqual([
      { user: 'U0MARC000', ok: false, error: 'already_in_channel' },
      { user: 'U0NOBODY0', ok: false, error: 'user_not_found' },
    ]);
    expect(sandbox.channel('war-1')?.members).not.toContain('U0HELEN00');
  });

  it('with force invites those who can be and names the others', async () => {
    const guest = sandbox.addPerson({ name: 'Gus Guest', is_restricted: true });
    const gone = sandbox.addPerson({ name: 'Gone Person', deleted: true });
    const partner = sandbox.addPerson({ name: 'Pat Partner', is_stranger: true });
    const channel = await room(sandbox, 'war-1');
    const users = [guest.id, gone.id, partner.id, sandbox.botUserId, 'U0HELEN00'].join(',');
    const answer = await api('conversations.invite', { channel, users, force: true });
    expect(answer.ok).toBe(true);
    expect((answer.errors as { error: string }[]).map((e) => e.error)).toEqual([
      'user_is_restricted',
      'user_not_found',
      'no_external_invite_permission',
      'cant_invite_self',
    ]);
    expect(sandbox.channel('war-1')?.members).toEqual([sandbox.botUserId, 'U0HELEN00']);
  });

  it('takes at most a hundred people at a time', async () => {
    const channel = await room(sandbox, 'war-1');
    const users = Array.from({ length: 101 }, (_, i) => `U0NOBODY${i}`).join(',');
    expect((await api('conversations.invite', { channel, users })).error).toBe('too_many_users');
  });
});

describe('messages', () => {
  it('keeps metadata and shows it only to who asks', async () => {
    const channel = await room(sandbox, 'war-1');
    const metadata = { event_type: 'brief', event_payload: { id: '1' } };
    await say(channel, 'brief', { metadata });
    const plain = await api('conversations.history', { channel });
    const full = await api('conversations.history', { channel, include_all_metadata: true });
    expect((plain.messages as object[])[0]).not.toHaveProperty('metadata');
    expect((full.messages as object[])[0]).toMatchObject({ metadata });
  });

  it('threads replies under their parent and leaves them out of the history', async () => {
    const channel = await room(sandbox, 'war-1');
    const { ts } = await say(channel, 'parent');
    await say(channel, 'reply', { thread_ts: ts });
    const history = await api('conversations.history', { channel });
    expect(history.messages).toMatchObject([{ text: 'parent', reply_count: 1 }]);
    const replies = await api('conversations.replies', { channel, ts });
    expect(replies.messages).toMatchObject([{ text: 'parent' }, { text: 'reply', thread_ts: ts }]);
    expect((await say(channel, 'lost', { thread_ts: '1.000001' })).error).toBe('thread_not_found');
  });

  it('shows an ephemeral message to one member only, and never in the history', async () => {
    const channel = await room(sandbox, 'war-1', { users: 'U0CLAIRE0' });
    const shown = await api('chat.postEphemeral', { channel, user: 'U0CLAIRE0', text: 'for you' });
    expect(
      sandbox
        .person('Claire')
        .ephemerals(channel)
        .map((m) => m.text),
    ).toEqual(['for you']);
    expect(
      sandbox
        .person('Marc')
        .sees(channel)
        .map((m) => m.text),
    ).not.toContain('for you');
    expect((await api('chat.postEphemeral', { channel, user: 'U0MARC000', text: 'no' })).error).toBe(
      'user_not_in_channel',
    );
    expect((await api('chat.update', { channel, ts: shown.message_ts, text: 'x' })).error).toBe('message_not_found');
  });

  it('lets the bot change only its own messages', async () => {
    const channel = await room(sandbox, 'war-1', { users: 'U0CLAIRE0' });
    const hers = await sandbox.person('Claire').say(channel, 'mine');
    expect((await api('chat.update', { channel, ts: hers.ts, text: 'x' })).error).toBe('cant_update_message');
    expect((await api('chat.delete', { channel, ts: hers.ts })).error).toBe('cant_delete_message');
  });

  it('takes a burst, and refuses a sustained rush in one channel, not in another', async () => {
    const channel = await room(sandbox, 'war-1');
    for (let i = 0; i < 8; i += 1) await say(channel, `burst ${i}`);
    expect(sandbox.paceViolations).toEqual([]);
    expect((await say(channel, 'one too many')).error).toBe('ratelimited');
    expect(sandbox.paceViolations).toMatchObject([{ channel, count: 9 }]);
    expect((await say(await room(sandbox, 'war-2'), 'elsewhere')).ok).toBe(true);
  });

  it('pins, bookmarks and reacts once', async () => {
    const channel = await room(sandbox, 'war-1');
    const { ts } = await say(channel, 'brief');
    expect((await api('pins.add', { channel, timestamp: ts })).ok).toBe(true);
    expect((await api('pins.add', { channel, timestamp: ts })).error).toBe('already_pinned');
    expect((await api('reactions.add', { channel, timestamp: ts, name: 'eyes' })).ok).toBe(true);
    expect((await api('reactions.add', { channel, timestamp: ts, name: 'eyes' })).error).toBe('already_reacted');
    const link = { channel_id: channel, title: 'Form', type: 'link', link: 'https://example.test' };
    const { bookmark } = await api('bookmarks.add', link);
    const { id } = bookmark as { id: string };
    await api('bookmarks.edit', { channel_id: channel, bookmark_id: id, title: 'Sheet' });
    expect((await api('bookmarks.list', { channel_id: channel })).bookmarks).toMatchObject([{ title: 'Sheet' }]);
  });
});

describe('tokens and scopes', () => {
  it('says which scope is missing, and in a header which there are', async () => {
    sandbox.removeScope('pins:write');
    const channel = await room(sandbox, 'war-1');
    const { ts } = await say(channel, 'brief');
    const refused = await api('pins.add', { channel, timestamp: ts });
    expect(refused).toMatchObject({ ok: false, error: 'missing_scope', needed: 'pins:write' });
    sandbox.grantScope('pins:write');
    expect((await api('pins.add', { channel, timestamp: ts })).ok).toBe(true);
    const response = await fetch(`${sandbox.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.botToken}` },
    });
    expect(response.headers.get('x-oauth-scopes')).toContain('pins:write');
  });

  it('tells tokens apart', async () => {
    expect((await call(sandbox, 'auth.test', {}, 'xoxb-wrong')).error).toBe('invalid_auth');
    expect((await call(sandbox, 'apps.connections.open', {}, sandbox.botToken)).error).toBe('not_allowed_token_type');
    expect((await api('chat.meMessage')).error).toBe('unknown_method');
  });

  it('takes forms as well as JSON', async () => {
    const channel = await room(sandbox, 'war-1');
    const blocks = JSON.stringify([{ type: 'divider' }]);
    const response = await fetch(`${sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.botToken}` },
      body: new URLSearchParams({ channel, text: 'hello', blocks }),
    });
    expect(await response.json()).toMatchObject({ ok: true, message: { blocks: [{ type: 'divider' }] } });
  });

  it('limits each method by its tier, in minutes of its own clock', async () => {
    for (let i = 0; i < 20; i += 1) await api('users.list');
    const response = await fetch(`${sandbox.apiUrl}users.list`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.botToken}` },
    });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api('usergroups.list')).ok).toBe(true);
    sandbox.clock.advance(60_000);
    expect((await api('users.list')).ok).toBe(true);
    sandbox.clock.release();
  });
});

describe('people and groups', () => {
  it('knows a person with their language and time zone, and their email only with the scope', async () => {
    const { user } = await api('users.info', { user: 'U0CLAIRE0', include_locale: true });
    expect(user).toMatchObject({
      locale: 'fr-FR',
      tz: 'Europe/Paris',
      profile: { email: 'claire.fontaine@maison-aurore.example' },
    });
    sandbox.removeScope('users:read.email');
    const again = await api('users.info', { user: 'U0CLAIRE0' });
    expect((again.user as { profile: object }).profile).not.toHaveProperty('email');
    expect((await api('users.lookupByEmail', { email: 'x' })).error).toBe('missing_scope');
  });

  it('lists who is in a user group', async () => {
    const group = sandbox.addUserGroup({ handle: 'legal', name: 'Legal', users: ['Helen Park'] });
    expect((await api('usergroups.users.list', { usergroup: group.id })).users).toEqual(['U0HELEN00']);
    expect((await api('usergroups.list')).usergroups).toMatchObject([{ handle: 'legal', user_count: 1 }]);
  });
});

describe('files', () => {
  it('carries a file from the bot to a channel and only to people who may see it', async () => {
    const channel = await room(sandbox, 'war-1', { private: true, users: 'U0CLAIRE0' });
    const content = 'a;b\n1;2\n';
    const { upload_url: url, file_id: id } = await api('files.getUploadURLExternal', {
      filename: 'timeline.csv',
      length: content.length,
    });
    expect((await api('files.completeUploadExternal', { files: [{ id }], channel_id: channel })).error).toBe(
      'file_update_failed',
    );
    expect((await fetch(String(url), { method: 'POST', body: content })).status).toBe(200);
    const done = await api('files.completeUploadExternal', { files: [{ id, title: 'Timeline' }], channel_id: channel });
    expect(sandbox.person('Claire').downloadFile(String(id)).toString()).toBe(content);
    expect(() => sandbox.person('Marc').downloadFile(String(id))).toThrow('cannot see');
    const [file] = done.files as { url_private: string }[];
    const answered = await fetch(String(file?.url_private), {
      headers: { authorization: `Bearer ${sandbox.botToken}` },
    });
    expect(await answered.text()).toBe(content);
    expect((await fetch(String(file?.url_private))).status).toBe(403);
  });
});

describe('a workspace kept as plain JSON', () => {
  it('comes back as it was', async () => {
    const channel = await room(sandbox, 'war-1');
    await say(channel, 'kept');
    const kept = JSON.parse(JSON.stringify(sandbox.snapshot())) as ReturnType<Sandbox['snapshot']>;
    await say(channel, 'lost');
    const claire = sandbox.person('Claire');
    sandbox.restore(kept);
    sandbox.updatePerson('Claire', { is_restricted: true });
    expect(sandbox.person(claire.id)).toBe(claire);
    expect(sandbox.people().find((p) => p.id === claire.id)?.is_restricted).toBe(true);
    expect(sandbox.transcript('war-1')).toContain('kept');
    expect(sandbox.transcript('war-1')).not.toContain('lost');
  });
});
