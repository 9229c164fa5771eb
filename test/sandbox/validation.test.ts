import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server/index.ts';
import { call, room, sandboxWith } from './support.ts';

let sandbox: Sandbox;
let channel: string;
beforeAll(async () => {
  // Dozens of messages in one channel, and it is about what is in them.
  sandbox = await sandboxWith({ enforceRateTiers: false });
  channel = await room(sandbox, 'war-1');
});
beforeEach(() => void sandbox.problems.splice(0));
afterAll(() => sandbox.stop());

type Block = Record<string, unknown>;
const plain = (text: string): Block => ({ type: 'plain_text', text });
const button = (more: Block = {}): Block => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const actions = (...elements: Block[]): Block => ({ type: 'actions', elements });
const section = (text: string, more: Block = {}): Block => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...more,
});

async function post(blocks: Block[], more: Block = {}) {
  const answer = await call(sandbox, 'chat.postMessage', { channel, text: 'hello', blocks, ...more });
  const { messages = [] } = (answer.response_metadata ?? {}) as { messages?: string[] };
  return { error: answer.error, first: messages[0] ?? '' };
}

describe('a message', () => {
  it('passes when everything is within the limits', async () => {
    const fields = Array.from({ length: 10 }, () => ({ type: 'mrkdwn', text: 'x'.repeat(100) }));
    const blocks = [
      { type: 'header', text: plain('x'.repeat(150)) },
      section('x'.repeat(3000), { fields, accessory: button({ url: 'https://example.test' }) }),
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'small' },
          { type: 'image', image_url: 'https://example.test/a.png', alt_text: 'a' },
        ],
      },
      actions(
        ...Array.from({ length: 25 }, (_, i) =>
          button({ action_id: `b${i}`, value: 'x'.repeat(2000), style: 'danger' }),
        ),
      ),
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'rich' }] }] },
    ];
    expect(await post(blocks)).toEqual({ error: undefined, first: '' });
    expect(sandbox.problems).toEqual([]);
  });

  const wrong: [string, Block[], string][] = [
    ['an unknown block', [{ type: 'heading', text: plain('x') }], '/blocks/0/type'],
    ['an unknown field', [section('x', { colour: 'red' })], 'unexpected field "colour"'],
    ['mrkdwn in a header', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0/text/type'],
    [
      'a header of 151 characters',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      'must be less than 151 characters',
    ],
    ['a section without words', [{ type: 'section' }], 'text or fields'],
    ['an empty text', [section('')], 'must be more than 0 characters'],
    ['a section of 3001 characters', [section('x'.repeat(3001))], '/blocks/0/text'],
    [
      'eleven fields',
      [section('x', { fields: Array.from({ length: 11 }, () => plain('x')) })],
      'no more than 10 items',
    ],
    [
      'a button label of 76 characters',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      '/blocks/0/elements/0/text',
    ],
    ['a button value of 2001 characters', [actions(button({ value: 'x'.repeat(2001) }))], '/blocks/0/elements/0/value'],
    ['a style that does not exist', [actions(button({ style: 'success' }))], 'primary, danger'],
    [
      'twenty-six buttons',
      [actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `b${i}` })))],
      'no more than 25',
    ],
    ['the same action twice in a block', [actions(button(), button())], 'action_id already exists'],
    ['the same block twice', [section('a', { block_id: 'x' }), section('b', { block_id: 'x' })], '/blocks/1/block_id'],
    ['no options', [actions({ type: 'static_select', action_id: 's', options: [] })], 'at least 1'],
    [
      'an option of 76 characters',
      [actions({ type: 'static_select', action_id: 's', options: [{ text: plain('x'.repeat(76)), value: 'x' }] })],
      '/blocks/0/elements/0/options/0/text',
    ],
    [
      'six choices in an overflow',
      [
        actions({
          type: 'overflow',
          action_id: 'o',
          options: [1, 2, 3, 4, 5, 6].map((n) => ({ text: plain(`${n}`), value: `${n}` })),
        }),
      ],
      'no more than 5',
    ],
    [
      'a confirmation of 301 characters',
      [actions(button({ confirm: { text: plain('x'.repeat(301)) } }))],
      '/confirm/text',
    ],
    ['an alert, which is for modals', [{ type: 'alert', text: plain('x') }], 'not allowed on a message'],
    ['fifty-one blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'no more than 50'],
  ];
  it.each(wrong)('is refused with %s', async (_, blocks, words) => {
    const { error, first } = await post(blocks);
    expect(error).toBe('invalid_blocks');
    expect(first).toContain(words);
    expect(sandbox.problems).toHaveLength(1);
  });

  it('is refused without a text, with a text too long, and with too many words in its blocks', async () => {
    expect((await post([section('x')], { text: '' })).error).toBe('no_text');
    expect((await post([], { text: 'x'.repeat(4001) })).error).toBe('msg_too_long');
    const together = (last: number) => [3000, 3000, 3000, last].map((length) => section('x'.repeat(length)));
    expect((await post(together(1999))).error).toBeUndefined();
    expect((await post(together(2000))).error).toBe('msg_blocks_too_long');
    expect((await post([], { metadata: { event_type: 'x' } })).error).toBe('invalid_metadata_format');
  });
});

describe('a view', () => {
  const input = (element: Block, more: Block = {}): Block => ({
    type: 'input',
    label: plain('Label'),
    element,
    ...more,
  });
  const modal = (more: Block): Block => ({
    type: 'modal',
    title: plain('Title'),
    submit: plain('Send'),
    blocks: [],
    ...more,
  });
  async function open(view: Block) {
    const answer = await call(sandbox, 'views.open', { trigger_id: 'none', view });
    const { messages = [] } = (answer.response_metadata ?? {}) as { messages?: string[] };
    return `${answer.error} ${messages[0] ?? ''}`;
  }

  it('passes when everything is within the limits', async () => {
    const text = input({
      type: 'plain_text_input',
      action_id: 'v',
      max_length: 3000,
      placeholder: plain('x'.repeat(150)),
    });
    expect(await open(modal({ blocks: [text], private_metadata: 'x'.repeat(3000) }))).toContain('invalid_trigger_id');
    expect(sandbox.problems).toEqual([]);
  });

  it('is refused beyond them', async () => {
    const field = input({ type: 'plain_text_input', action_id: 'v' });
    expect(await open(modal({ title: plain('x'.repeat(25)) }))).toContain('/view/title');
    expect(await open(modal({ private_metadata: 'x'.repeat(3001) }))).toContain('/view/private_metadata');
    expect(await open({ type: 'modal', title: plain('T'), blocks: [field] })).toContain('submit is required');
    expect(await open(modal({ blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }))).toContain(
      'no more than 100',
    );
    expect(await open(modal({ blocks: [{ type: 'markdown', text: 'x' }] }))).toContain('not allowed on a modal');
    expect(await open(modal({ title: { type: 'mrkdwn', text: 'x' } }))).toContain('must be a plain_text');
    const number = input({ type: 'number_input', action_id: 'n' });
    expect(await open(modal({ blocks: [number] }))).toContain('is_decimal_allowed');
    const select = input({
      type: 'static_select',
      action_id: 's',
      options: [{ text: plain('A'), value: 'a' }],
      initial_option: { text: plain('B'), value: 'b' },
    });
    expect(await open(modal({ blocks: [select] }))).toContain('an initial option must be one of the options');
    expect(sandbox.problems).toHaveLength(8);
  });

  it('is refused when it is larger than 250 kB', async () => {
    const blocks = Array.from({ length: 100 }, () => section('é'.repeat(1500)));
    expect(await open(modal({ blocks }))).toContain('view_too_large');
  });
});
