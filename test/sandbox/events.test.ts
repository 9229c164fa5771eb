import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server/index.ts';
import { boltOn, call, room, sandboxWith } from './support.ts';

let sandbox: Sandbox;
let stopBolt: () => Promise<void>;
let events: Record<string, unknown>[];

const WATCHED = [
  'message',
  'app_mention',
  'reaction_added',
  'member_joined_channel',
  'group_archive',
  'channel_archive',
  'user_change',
  'subteam_members_changed',
  'pin_added',
];

beforeEach(async () => {
  sandbox = await sandboxWith();
  events = [];
  stopBolt = await boltOn(sandbox, (app) => {
    for (const name of WATCHED) app.event(name, async ({ event }) => void events.push({ ...event }));
  });
});
afterEach(async () => {
  await stopBolt();
  await sandbox.stop();
});

const types = () => events.map((event) => event.type);

describe('what an app is told', () => {
  it('hears what people say only where it is a member', async () => {
    const claire = sandbox.person('Claire');
    const channel = await room(sandbox, 'war-1', { users: claire.id });
    await sandbox.settled();
    events.length = 0;
    await claire.say('#general', 'not for the bot');
    await claire.say(channel, 'for the bot');
    await sandbox.settled();
    expect(events).toMatchObject([
      { type: 'message', text: 'for the bot', user: claire.id, channel, channel_type: 'channel' },
    ]);
  });

  it('hears a mention twice: as a message and as a mention', async () => {
    const claire = sandbox.person('Claire');
    const channel = await room(sandbox, 'war-1', { users: claire.id });
    await sandbox.settled();
    events.length = 0;
    await claire.say(channel, `<@${sandbox.botUserId}> help`);
    await sandbox.settled();
    expect(types()).toHaveLength(2);
    expect(new Set(types())).toEqual(new Set(['app_mention', 'message']));
  });

  it('hears edits and deletions with what was there before', async () => {
    const claire = sandbox.person('Claire');
    const channel = await room(sandbox, 'war-1', { users: claire.id });
    const message = await claire.say(channel, 'first');
    await claire.edit(message, 'second');
    await claire.delete(message);
    await sandbox.settled();
    const changed = events.find((e) => e.subtype === 'message_changed');
    const deleted = events.find((e) => e.subtype === 'message_deleted');
    expect(changed).toMatchObject({ message: { text: 'second' }, previous_message: { text: 'first' } });
    expect(deleted).toMatchObject({ deleted_ts: message.ts, previous_message: { text: 'second' } });
  });

  it('hears of a deleted message with replies as changed into a line of Slack’s, and of a link that is shown as changed by nobody', async () => {
    const claire = sandbox.person('Claire');
    const channel = await room(sandbox, 'war-1', { users: claire.id });
    const message = await claire.say(channel, 'see https://example.com');
    await claire.unfurl(message, 'An example');
    await claire.say(channel, 'a reply', { thread: message.ts });
    await claire.delete(message);
    await sandbox.settled();
    const [shown, gone] = events.filter((e) => e.subtype === 'message_changed');
    expect(shown).toMatchObject({
      message: { text: 'see <https://example.com>', attachments: [{ title: 'An example' }] },
    });
    expect((shown as unknown as { message: object }).message).not.toHaveProperty('edited');
    expect(gone).toMatchObject({
      message: { subtype: 'tombstone', user: 'USLACKBOT', ts: message.ts },
      previous_message: { text: 'see <https://example.com>' },
    });
    expect(events.filter((e) => e.subtype === 'message_deleted')).toEqual([]);
    expect(sandbox.transcript(channel, { as: claire.id, threads: true })).toContain('a reply');
  });

  it('hears of reactions, members, archives, people, groups and pins', async () => {
    const claire = sandbox.person('Claire');
    const group = sandbox.addUserGroup({ handle: 'legal', name: 'Legal', users: ['Helen'] });
    const channel = await room(sandbox, 'war-1', { private: true, users: claire.id });
    const message = await claire.say(channel, 'hello');
    await claire.react(message, 'eyes');
    await claire.pin(message);
    sandbox.updatePerson('Marc', { deleted: true });
    sandbox.updateUserGroup('legal', { users: ['Helen', 'Tom'] });
    await claire.archive(channel);
    await sandbox.settled();
    expect(types()).toEqual(
      expect.arrayContaining([
        'member_joined_channel',
        'reaction_added',
        'user_change',
        'subteam_members_changed',
        'group_archive',
      ]),
    );
    expect(events.find((e) => e.type === 'reaction_added')).toMatchObject({
      reaction: 'eyes',
      item: { ts: message.ts },
      item_user: claire.id,
    });
    expect(events.find((e) => e.type === 'subteam_members_changed')).toMatchObject({
      subteam_id: group.id,
      added_users: ['U0TOM0000'],
    });
    expect(sandbox.channel('war-1')?.members).not.toContain(sandbox.botUserId);
  });

  it('is told nothing it has no scope for', async () => {
    sandbox.removeScope('reactions:read');
    const claire = sandbox.person('Claire');
    const channel = await room(sandbox, 'war-1', { users: claire.id });
    await claire.react(await claire.say(channel, 'hello'), 'eyes');
    await sandbox.settled();
    expect(types()).not.toContain('reaction_added');
  });
});

describe('what a person sees', () => {
  it('reads a room in their own language and time, with names, threads and buttons', async () => {
    const at = Date.UTC(2026, 0, 15, 13, 5) / 1000;
    const channel = await room(sandbox, 'war-1', { private: true, users: 'U0CLAIRE0,U0SAM0000' });
    const button = { type: 'button', action_id: 'ack', text: { type: 'plain_text', text: 'I am here' } };
    const { ts } = await call(sandbox, 'chat.postMessage', {
      channel,
      text: 'brief',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Fire in Lyon' } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: `<@U0CLAIRE0>, next digest <!date^${at}^{date_num} {time}|soon> &amp; more` },
        },
        { type: 'actions', elements: [button] },
      ],
    });
    await call(sandbox, 'chat.postMessage', { channel, thread_ts: ts, text: 'a reply' });
    await call(sandbox, 'chat.postEphemeral', { channel, user: 'U0CLAIRE0', text: 'only you' });
    const claire = sandbox.transcript('war-1', { as: 'Claire' });
    expect(claire).toContain(
      'warroom: # Fire in Lyon\n  @Claire Fontaine, next digest 15/01/2026 14:05 & more\n  [I am here]\n    warroom: a reply',
    );
    expect(claire).toContain('warroom (only visible to you): only you');
    const sam = sandbox.transcript('war-1', { as: 'Sam' });
    expect(sam).toContain('next digest 01/15/2026 8:05 AM');
    expect(sam).not.toContain('only you');
    expect(() => sandbox.person('Marc').sees('war-1')).toThrow('private');
  });
});
