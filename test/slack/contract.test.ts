import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { button, choiceField, family, form, momentField, pickField, textField } from '../../src/slack/contract.ts';
import type { Call } from '../../src/slack/feature.ts';

const done = button('tests.done', z.object({ id: z.string(), v: z.number() }), ['tests.finished']);
const ask = form('tests.ask', z.object({ id: z.string() }), {
  title: textField({ max: 20 }),
  level: choiceField(['low', 'high']),
  place: pickField(),
  at: momentField(),
  note: family('_', textField()),
});
const call = {} as Call;

describe('a button', () => {
  test('is drawn with a value that its action reads back, under each of its ids', async () => {
    const drawn = done.draw('Done', { id: 'a', v: 2 }, { suffix: 1 });
    expect(drawn).toMatchObject({ action_id: 'tests.done:1', value: '{"id":"a","v":2}' });
    const read: unknown[] = [];
    const action = done.on(async (_call, value) => void read.push(value));
    await action.run(call, JSON.parse(drawn.value ?? ''), { chosen: null, message: null, form: null });
    expect(read).toEqual([{ id: 'a', v: 2 }]);
    expect([action.id, ...(action.aliases ?? [])]).toEqual(['tests.done', 'tests.finished']);
  });

  test('of another shape does not compile', () => {
    // @ts-expect-error a value without its version
    done.draw('Done', { id: 'a' });
    // @ts-expect-error an id without its slice
    button('done', z.unknown());
    // @ts-expect-error a field that the value does not have
    const misread = () => done.on(async (_call, value) => void value.version);
    expect(misread).toBeTypeOf('function');
  });
});

describe('a form', () => {
  test('answers with its fields as they were declared, and nothing where nothing was given', async () => {
    const read: unknown[] = [];
    const submitted = ask.on(async (_call, answers, metadata) => void read.push(answers, metadata));
    const at = new Date(0);
    const values = { title: ' Call ', level: 'high', place: '-', at, note_b: 'two', note_a: ' one ', other: 'x' };
    await submitted.run(call, values, { id: '1' }, 'V1');
    await submitted.run(call, { level: 'gone' }, { id: '2' }, 'V2');
    expect(read).toEqual([
      { title: 'Call', level: 'high', place: null, at, note: new Map(Object.entries({ b: 'two', a: 'one' })) },
      { id: '1' },
      { title: '', level: null, place: null, at: null, note: new Map() },
      { id: '2' },
    ]);
  });

  test('draws its fields under their keys, with its metadata', () => {
    const view = ask.draw({
      title: 'Ask',
      submit: 'Save',
      close: 'Cancel',
      metadata: { id: '1' },
      blocks: [ask.fields.title('What?', {}, { initial: 'Call' }), ask.fields.note('b', 'Note')],
    });
    expect(view).toMatchObject({ callback_id: 'tests.ask', private_metadata: '{"id":"1"}' });
    expect(view.blocks.map((block) => block.block_id)).toEqual(['title', 'note_b']);
  });

  test('of another shape does not compile', () => {
    const declared = () => [
      // @ts-expect-error no such field
      ask.fields.tittle('What?'),
      // @ts-expect-error an error at a field that the form does not have
      ask.error('tittle', 'Say what'),
      // @ts-expect-error the same among several
      ask.errors({ title: 'Say what', tittle: 'Say what' }),
      // @ts-expect-error an answer that the form does not give
      ask.on(async (_call, answers) => void answers.tittle),
      // @ts-expect-error metadata of another form
      ask.draw({ title: '', submit: '', close: '', metadata: { crisisId: '1' }, blocks: [] }),
      ask.on(async () => ask.errors({ title: 'Say what', note_b: 'Too long' })),
    ];
    expect(declared).toBeTypeOf('function');
  });
});
