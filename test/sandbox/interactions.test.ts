import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/server/index.ts';
import { boltOn, call, room, sandboxWith } from './support.ts';

let sandbox: Sandbox;
let stopBolt: (() => Promise<void>) | undefined;

afterEach(async () => {
  await stopBolt?.();
  stopBolt = undefined;
  await sandbox.stop();
});

async function start(setUp: (app: App) => void, options: Partial<SandboxOptions> = {}) {
  sandbox = await sandboxWith(options);
  stopBolt = await boltOn(sandbox, setUp);
  return sandbox.person('Claire Fontaine');
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const input = (block_id: string, more: { dispatch_action?: boolean } = {}) => ({
  type: 'input' as const,
  block_id,
  label: plain(block_id),
  element: { type: 'plain_text_input' as const, action_id: 'value' },
  ...more,
});
const form = (callback_id: string, blocks: object[] = [input('title')]) => ({
  type: 'modal' as const,
  callback_id,
  title: plain(callback_id),
  submit: plain('Send'),
  blocks: blocks as ReturnType<typeof input>[],
});

describe('a command', () => {
  it('fails in front of the person when nobody acknowledges it in time', async () => {
    const seen: string[] = [];
    const claire = await start((app) => app.command('/crisis', async () => {}), { ackTimeoutMs: 60 });
    sandbox.subscribe((event) => void (event.type === 'failure' && seen.push(event.text)));
    const result = await claire.command('/crisis', '#general');
    expect(result).toMatchObject({ ok: false, failure: 'operation_timeout' });
    expect(seen).toEqual(['/crisis failed with the error "operation_timeout"']);
  });

  it('fails when no socket is connected', async () => {
    sandbox = await sandboxWith();
    const result = await sandbox.person('Claire').command('/crisis', '#general');
    expect(result).toMatchObject({ ok: false, failure: 'no_socket' });
  });

  it('carries mentions as ids with names when it asked for that, and as typed otherwise', async () => {
    const texts: string[] = [];
    const claire = await start((app) => {
      app.command('/crisis', async ({ ack, command }) => {
        texts.push(command.text);
        await ack();
      });
      app.command('/plain', async ({ ack, command }) => {
        texts.push(command.text);
        await ack();
      });
    });
    await claire.command('/crisis lead @helen.park in #marketing <now>', '#general');
    await claire.command('/plain lead @helen.park <@U0TOM0000>', '#general');
    expect(texts[0]).toMatch(/^lead <@U0HELEN00\|helen\.park> in <#C[A-Z0-9]+\|marketing> &lt;now&gt;$/);
    expect(texts[1]).toBe('lead @helen.park @tom.becker');
    // Nobody finds out by typing it which private channels there are.
    await call(sandbox, 'conversations.create', { name: 'hidden', is_private: true });
    await claire.command('/crisis join #hidden', '#general');
    expect(texts[2]).toBe('join #hidden');
  });

  it('may be answered in its acknowledgement, to its author only', async () => {
    const claire = await start((app) => app.command('/crisis', ({ ack }) => ack('No crisis is open.')));
    const result = await claire.command('/crisis status', '#general');
    expect(result.reply).toMatchObject({ text: 'No crisis is open.', to: claire.id });
    expect(sandbox.person('Marc').ephemerals()).toEqual([]);
  });

  it('may be answered five times through its response_url', async () => {
    const statuses: number[] = [];
    const claire = await start((app) =>
      app.command('/crisis', async ({ ack, command }) => {
        await ack();
        for (let i = 0; i < 6; i += 1) {
          const body = JSON.stringify({ text: `answer ${i}` });
          statuses.push((await fetch(command.response_url, { method: 'POST', body })).status);
        }
      }),
    );
    await claire.command('/crisis', '#general');
    await sandbox.waitFor(() => statuses.length === 6);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });
});

describe('a trigger', () => {
  it('opens one modal, once', async () => {
    const errors: unknown[] = [];
    const claire = await start((app) =>
      app.command('/crisis', async ({ ack, body }) => {
        await ack();
        const view = form('first');
        await call(sandbox, 'views.open', { trigger_id: body.trigger_id, view });
        errors.push((await call(sandbox, 'views.open', { trigger_id: body.trigger_id, view })).error);
      }),
    );
    await claire.command('/crisis', '#general');
    await sandbox.waitFor(() => errors.length === 1);
    expect(errors).toEqual(['exchanged_trigger_id']);
  });

  it('dies of age', async () => {
    const errors: unknown[] = [];
    const claire = await start(
      (app) =>
        app.command('/crisis', async ({ ack, body }) => {
          await ack();
          errors.push((await call(sandbox, 'views.open', { trigger_id: body.trigger_id, view: form('late') })).error);
        }),
      { triggerLifeMs: 20 },
    );
    sandbox.faults.next('views.open', { kind: 'slow', ms: 60, when: 'after' });
    await claire.command('/crisis', '#general');
    await sandbox.waitFor(() => errors.length === 1);
    expect(errors).toEqual(['expired_trigger_id']);
  });
});

describe('a modal', () => {
  const opening = (app: App, view = form('first')) =>
    app.command('/crisis', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });

  it('shows errors under its fields and keeps what was typed', async () => {
    const claire = await start((app) => {
      opening(app);
      app.view('first', ({ ack }) => ack({ response_action: 'errors', errors: { title: 'Too vague' } }));
    });
    await claire.command('/crisis', '#general');
    await claire.waitForModal();
    claire.fill({ title: 'something' });
    expect(await claire.submit()).toMatchObject({ outcome: 'errors', errors: { title: 'Too vague' } });
    expect(claire.modal()?.values.title?.value).toMatchObject({ value: 'something' });
  });

  it('fails when the errors name a field that is not there', async () => {
    const claire = await start((app) => {
      opening(app);
      app.view('first', ({ ack }) => ack({ response_action: 'errors', errors: { titel: 'Oops' } }));
    });
    await claire.command('/crisis', '#general');
    await claire.waitForModal();
    claire.fill({ title: 'something' });
    expect((await claire.submit()).outcome).toBe('failed');
    expect(sandbox.problems[0]?.error).toContain('"titel"');
  });

  it('is updated, pushed upon and cleared by the answer to its submission', async () => {
    const claire = await start((app) => {
      opening(app);
      app.view('first', ({ ack }) => ack({ response_action: 'update', view: form('second') }));
      app.view('second', ({ ack }) => ack({ response_action: 'push', view: form('third') }));
      app.view('third', ({ ack }) => ack({ response_action: 'clear' }));
    });
    await claire.command('/crisis', '#general');
    await claire.waitForModal();
    claire.fill({ title: 'x' });
    expect((await claire.submit()).outcome).toBe('updated');
    expect((await claire.submit()).outcome).toBe('pushed');
    expect(claire.modal()).toMatchObject({ callback_id: 'third', values: { title: { value: { value: null } } } });
    claire.fill({ title: 'y' });
    expect((await claire.submit()).outcome).toBe('cleared');
    expect(claire.modal()).toBeUndefined();
  });

  it('has at most three on top of each other, for each person apart', async () => {
    const errors: unknown[] = [];
    const more = {
      type: 'actions',
      block_id: 'acts',
      elements: [{ type: 'button', action_id: 'more', text: plain('More') }],
    };
    const claire = await start((app) => {
      opening(app, form('pile', [more]));
      app.action('more', async ({ ack, body }) => {
        await ack();
        const { trigger_id } = body as BlockAction;
        errors.push((await call(sandbox, 'views.push', { trigger_id, view: form('pile', [more]) })).error);
      });
    });
    await claire.command('/crisis', '#general');
    for (let i = 1; i <= 3; i += 1) {
      const top = await claire.waitForModal();
      await claire.click(top, 'More');
      await sandbox.waitFor(() => errors.length === i);
    }
    expect(errors).toEqual([undefined, undefined, 'push_limit_reached']);
    expect(sandbox.person('Marc').modal()).toBeUndefined();
  });

  it('starts a select on the channel it was opened from, and takes people by name', async () => {
    const where = { type: 'conversations_select', action_id: 'v', default_to_current_conversation: true };
    const who = { type: 'multi_users_select', action_id: 'v', max_selected_items: 2 };
    const blocks = [
      { type: 'input', block_id: 'where', label: plain('Where'), element: where },
      { type: 'input', block_id: 'who', label: plain('Who'), element: who },
    ];
    const claire = await start((app) => opening(app, form('first', blocks)));
    await claire.command('/crisis', '#general');
    const modal = await claire.waitForModal();
    expect(modal.values.where?.v).toMatchObject({ selected_conversation: sandbox.channel('general')?.id });
    claire.fill({ who: ['Helen Park', 'U0TOM0000'] });
    expect(modal.values.who?.v).toMatchObject({ selected_users: ['U0HELEN00', 'U0TOM0000'] });
    expect(() => claire.fill({ who: ['Helen', 'Tom', 'Marc'] })).toThrow('at most 2');
  });

  it('refuses an update made for an older state of it', async () => {
    const claire = await start((app) => opening(app));
    await claire.command('/crisis', '#general');
    const { id, hash } = await claire.waitForModal();
    expect((await call(sandbox, 'views.update', { view_id: id, hash, view: form('first') })).ok).toBe(true);
    expect((await call(sandbox, 'views.update', { view_id: id, hash, view: form('first') })).error).toBe(
      'hash_conflict',
    );
  });

  it('shows trouble when the app does not take the submission in time', async () => {
    const claire = await start(
      (app) => {
        opening(app);
        app.view('first', async () => {});
      },
      { ackTimeoutMs: 60 },
    );
    await claire.command('/crisis', '#general');
    await claire.waitForModal();
    claire.fill({ title: 'x' });
    expect(await claire.submit()).toMatchObject({ outcome: 'failed', failure: 'operation_timeout' });
    expect(claire.modal()?.errors['']).toContain('trouble connecting');
  });

  it('tells the app what is chosen while it is open, and that it was closed, when asked to', async () => {
    const told: string[] = [];
    const watched = { ...form('first', [input('title', { dispatch_action: true })]), notify_on_close: true };
    const claire = await start((app) => {
      opening(app, watched);
      app.action('value', async ({ ack, action }) => {
        told.push(String((action as { value?: string }).value));
        await ack();
      });
      app.view({ callback_id: 'first', type: 'view_closed' }, async ({ ack }) => {
        told.push('closed');
        await ack();
      });
    });
    await claire.command('/crisis', '#general');
    await claire.waitForModal();
    claire.fill({ title: 'typed' });
    await sandbox.waitFor(() => told.length === 1);
    await claire.close();
    expect(told).toEqual(['typed', 'closed']);
  });

  it('offers what the app suggests', async () => {
    const element = { type: 'external_select', action_id: 'pick', min_query_length: 2, placeholder: plain('Pick') };
    const block = { type: 'input', block_id: 'who', label: plain('Who'), element };
    const claire = await start((app) => {
      opening(app, form('first', [block]));
      app.options('pick', ({ ack, options }) =>
        ack({ options: [{ text: plain(`About ${options.value}`), value: 'a' }] }),
      );
    });
    await claire.command('/crisis', '#general');
    const modal = await claire.waitForModal();
    await expect(claire.suggest(modal, 'pick', 'x')).rejects.toThrow('from 2 letters on');
    expect(await claire.suggest(modal, 'pick', 'fire')).toEqual([{ text: plain('About fire'), value: 'a' }]);
    claire.fill({ who: 'About fire' });
    expect(claire.modal()?.values.who?.pick).toMatchObject({ selected_option: { value: 'a' } });
  });

  it('does not let people type more than a field takes, nor choose what is not offered', async () => {
    const short = {
      type: 'input',
      block_id: 'short',
      label: plain('Short'),
      element: { type: 'plain_text_input', action_id: 'v', max_length: 5 },
    };
    const choice = {
      type: 'input',
      block_id: 'level',
      label: plain('Level'),
      element: { type: 'static_select', action_id: 'v', options: [{ text: plain('Major'), value: 'major' }] },
    };
    const claire = await start((app) => opening(app, form('first', [short, choice])));
    await claire.command('/crisis', '#general');
    await claire.waitForModal();
    expect(() => claire.fill({ short: '123456' })).toThrow('at most 5');
    expect(() => claire.fill({ level: 'minor' })).toThrow('no option "minor"');
    claire.fill({ Level: 'Major' });
  });
});

describe('buttons and shortcuts', () => {
  it('sends a press with the message it stands on and lets the app replace what only one person sees', async () => {
    const presses: BlockAction<ButtonAction>[] = [];
    const claire = await start((app) =>
      app.action<BlockAction<ButtonAction>>('yes', async ({ ack, body, respond }) => {
        presses.push(body);
        await ack();
        await respond({ text: 'Done', replace_original: true });
      }),
    );
    const channel = await room(sandbox, 'war-1', { users: claire.id });
    const element = {
      type: 'button',
      action_id: 'yes',
      text: plain('Yes'),
      value: '42',
      confirm: { text: plain('Sure?') },
    };
    const blocks = [{ type: 'actions', elements: [element] }];
    await call(sandbox, 'chat.postEphemeral', { channel, user: claire.id, text: 'Ask', blocks });
    const [asked] = claire.ephemerals();
    if (!asked) throw new Error('The question was not shown.');
    expect(await claire.click(asked, 'Yes', { confirm: false })).toMatchObject({ dismissed: true });
    await claire.click(asked, { actionId: 'yes' });
    await sandbox.settled();
    expect(claire.ephemerals().map((m) => m.text)).toEqual(['Done']);
    expect(presses[0]).toMatchObject({ container: { is_ephemeral: true }, actions: [{ value: '42' }] });
    expect(presses).toHaveLength(1);
  });

  it('sends shortcuts, the ones on a message with the whole message', async () => {
    const got: unknown[] = [];
    const claire = await start((app) => {
      app.shortcut('declare_crisis', async ({ ack, shortcut }) => {
        got.push(shortcut);
        await ack();
      });
      app.shortcut('add_to_timeline', async ({ ack, shortcut }) => {
        got.push(shortcut);
        await ack();
      });
    });
    const message = await claire.say('#general', 'seen on TV');
    await claire.shortcut('declare_crisis');
    await claire.messageShortcut('add_to_timeline', message);
    expect(got).toMatchObject([
      { type: 'shortcut', callback_id: 'declare_crisis' },
      { type: 'message_action', message: { text: 'seen on TV', ts: message.ts } },
    ]);
    await expect(claire.shortcut('unknown')).rejects.toThrow('declares no global shortcut');
  });

  it('publishes a Home tab when the person opens it', async () => {
    const claire = await start((app) =>
      app.event('app_home_opened', async ({ event, client }) => {
        const blocks = [{ type: 'section' as const, text: plain('Your crises') }];
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      }),
    );
    const home = await claire.openHome();
    expect(home).toMatchObject({ type: 'home', blocks: [{ text: { text: 'Your crises' } }] });
  });
});
