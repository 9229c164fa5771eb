import { describe, expect, test } from 'vitest';
import { formValues } from '../../src/slack/view-state.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

describe('a submitted form', () => {
  test.each<[string, Record<string, unknown>, unknown]>([
    ['text, as it was typed', { type: 'plain_text_input', value: '  *a* <!channel>\n' }, '  *a* <!channel>\n'],
    ['text without what no database keeps', { type: 'plain_text_input', value: 'a\u0000b' }, 'ab'],
    ['no text', { type: 'plain_text_input', value: null }, null],
    ['a number, as text', { type: 'number_input', value: '30' }, '30'],
    ['a web address', { type: 'url_text_input', value: 'https://x.example' }, 'https://x.example'],
    ['one choice', { type: 'static_select', selected_option: option('major') }, 'major'],
    ['a radio button', { type: 'radio_buttons', selected_option: option('a') }, 'a'],
    ['no choice', { type: 'static_select', selected_option: null }, null],
    ['several choices', { type: 'multi_static_select', selected_options: [option('a'), option('b')] }, ['a', 'b']],
    ['no choice of several', { type: 'multi_static_select', selected_options: [] }, []],
    ['boxes never touched', { type: 'checkboxes' }, []],
    ['ticked boxes', { type: 'checkboxes', selected_options: [option('a')] }, ['a']],
    ['a person', { type: 'users_select', selected_user: 'U1' }, 'U1'],
    ['nobody', { type: 'users_select', selected_user: null }, null],
    ['people', { type: 'multi_users_select', selected_users: ['U1', 'U2'] }, ['U1', 'U2']],
    ['no people', { type: 'multi_users_select', selected_users: [] }, []],
    ['people never chosen', { type: 'multi_users_select' }, []],
    ['a conversation', { type: 'conversations_select', selected_conversation: 'C1' }, 'C1'],
    ['conversations', { type: 'multi_conversations_select', selected_conversations: ['C1'] }, ['C1']],
    ['a channel', { type: 'channels_select', selected_channel: 'C1' }, 'C1'],
    ['a day', { type: 'datepicker', selected_date: '2026-11-22' }, '2026-11-22'],
    ['an hour', { type: 'timepicker', selected_time: '18:00' }, '18:00'],
    ['a moment', { type: 'datetimepicker', selected_date_time: 1_795_367_099 }, new Date('2026-11-22T17:04:59Z')],
    ['the first moment there is', { type: 'datetimepicker', selected_date_time: 0 }, new Date(0)],
    ['no moment', { type: 'datetimepicker', selected_date_time: null }, null],
    ['files', { type: 'file_input', files: [{ id: 'F1', name: 'roster.json' }] }, [{ id: 'F1', name: 'roster.json' }]],
  ])('%s', (_, element, value) => {
    expect(formValues({ values: { block: { field: element } } })).toEqual({ field: value });
  });

  test('is read whatever blocks its fields are in', () => {
    const text = (value: string) => ({ type: 'plain_text_input', value });
    expect(formValues({ values: { a: { one: text('1') }, b: { two: text('2') } } })).toEqual({ one: '1', two: '2' });
  });

  test.each([[undefined], [null], [{}], [{ values: {} }]])('without fields is empty: %j', (state) => {
    expect(formValues(state)).toEqual({});
  });
});
