import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server/index.ts';
import { boltOn, sandboxWith } from './support.ts';

let sandbox: Sandbox;
let stopBolt: (() => Promise<void>) | undefined;

afterEach(async () => {
  await stopBolt?.();
  stopBolt = undefined;
  await sandbox.stop();
});

async function start(setUp: (app: App) => void, sockets = 1, ackTimeoutMs = 3000): Promise<void> {
  sandbox = await sandboxWith({ ackTimeoutMs });
  stopBolt = await boltOn(sandbox, setUp, sockets);
}

const FORM = {
  type: 'modal' as const,
  callback_id: 'declare',
  title: { type: 'plain_text' as const, text: 'Declare a crisis' },
  submit: { type: 'plain_text' as const, text: 'Declare' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'title',
      label: { type: 'plain_text' as const, text: 'What happened?' },
      element: { type: 'plain_text_input' as const, action_id: 'value', max_length: 100 },
    },
    {
      type: 'input' as const,
      block_id: 'lead',
      optional: true,
      label: { type: 'plain_text' as const, text: 'Lead' },
      element: { type: 'users_select' as const, action_id: 'value' },
    },
  ],
};

describe('a Bolt app over sockets', () => {
  it('goes from a command through a modal to a private room with a button', async () => {
    await start((app) => {
      app.command('/crisis', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: FORM });
      });
      app.view('declare', async ({ ack, view, client, body }) => {
        await ack();
        const name = String(view.state.values.title?.value?.value);
        const made = await client.conversations.create({ name, is_private: true });
        const channel = String(made.channel?.id);
        await client.conversations.invite({ channel, users: body.user.id });
        await client.chat.postMessage({
          channel,
          text: 'The room is open',
          blocks: [
            { type: 'section', text: { type: 'mrkdwn', text: `Hello <@${body.user.id}>` } },
            {
              type: 'actions',
              elements: [{ type: 'button', action_id: 'ready', text: { type: 'plain_text', text: 'Ready' } }],
            },
          ],
        });
      });
      app.action('ready', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'Noted', response_type: 'ephemeral', replace_original: false });
      });
    });
    const claire = sandbox.person('Claire Fontaine');
    expect((await claire.command('/crisis declare', '#general')).ok).toBe(true);
    const modal = await claire.waitForModal();
    expect(modal.values).toEqual({
      title: { value: { type: 'plain_text_input', value: null } },
      lead: { value: { type: 'users_select', selected_user: null } },
    });
    expect((await claire.submit()).outcome).toBe('refused');
    claire.fill({ 'What happened?': 'fire-in-lyon' });
    expect((await claire.submit()).outcome).toBe('closed');
    const message = await sandbox.waitFor(() => claire.sees('fire-in-lyon').find((m) => m.text === 'The room is open'));
    expect((await claire.click(message, 'Ready')).ok).toBe(true);
    await sandbox.settled();
    expect(claire.ephemerals('fire-in-lyon').map((m) => m.text)).toEqual(['Noted']);
    expect(sandbox.transcript('fire-in-lyon', { as: claire.id })).toContain('Hello @Claire Fontaine\n  [Ready]');
    expect(sandbox.problems).toEqual([]);
  });
});
