import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filled, placeholdersOf, unpaired } from '../../src/playbooks/rules.ts';
import { limits } from '../../src/slack/limits.ts';
import { bodyParts } from '../../src/statements/card.ts';
import { doubtsOf } from '../../src/statements/check/doubts.ts';
import { difference, inShort } from '../../src/statements/difference.ts';
import { doubtMessage } from '../../src/statements/doubt-message.ts';
import { cutIntoParts, joinParts, mostParts, newParagraph, withRoom } from '../../src/statements/draft/parts.ts';
import { blankKeys } from '../../src/statements/start/blanks.ts';
import { offerOf, readAsBody } from '../../src/statements/start/source.ts';
import { longestBody, tidyBody, type Wording, wordingHash } from '../../src/statements/wording.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const prose = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'the soup',
        'glass',
        '« rappel »',
        'é́',
        '👩‍👩‍👧',
        '.',
        ' ',
        '  ',
        '\n',
        '\n\n',
        '\t',
        '\u00a0',
        '*',
        '<!channel>',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 900 },
  )
  .map((words) => tidyBody(words.join(' ')).slice(0, longestBody));
const long = fc
  .tuple(prose, fc.integer({ min: 1, max: 12 }))
  .map(([text, times]) => tidyBody(text.repeat(times).slice(0, longestBody)));

test('a text cut into fields and joined again is the same text, even when Slack trims every field', () => {
  fc.assert(
    fc.property(long, (text) => {
      const cut = cutIntoParts(text);
      expect(joinParts(cut)).toBe(text);
      expect(cut.joiners).toHaveLength(cut.parts.length + 1);
      if (/\s{40}/.test(text)) return;
      const trimmed = cut.parts.map((part) => (part.trim() === '' ? part : part.trim()));
      expect(joinParts({ ...cut, parts: trimmed })).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('every part fits a field with room to spare, and what the form keeps fits its metadata', () => {
  fc.assert(
    fc.property(long, (text) => {
      const cut = cutIntoParts(text);
      for (const part of cut.parts) expect(part.length).toBeLessThanOrEqual(limits.textInput - 200);
      expect(cut.parts.length).toBeLessThan(mostParts);
      expect(JSON.stringify(cut.joiners).length).toBeLessThan(limits.privateMetadata - 300);
    }),
    { numRuns: 300 },
  );
});

test('adding room changes nothing until something is written there, then it is a new paragraph', () => {
  const cut = withRoom(cutIntoParts('First.\n'));
  expect(joinParts(cut)).toBe('First.\n');
  expect(joinParts({ ...cut, parts: ['First.', 'Second.'] })).toBe(`First.${newParagraph}Second.\n`);
});

test('a part that is emptied takes the blanks before it along', () => {
  const { joiners } = withRoom(withRoom(cutIntoParts('One')));
  expect(joinParts({ parts: ['One', '', 'Three'], joiners })).toBe('One\n\nThree');
  expect(joinParts({ parts: ['', '', ''], joiners })).toBe('');
});

test('the messages that show a text hold all of it', () => {
  fc.assert(
    fc.property(long, (text) => {
      expect(bodyParts(text).join('')).toBe(text);
    }),
    { numRuns: 100 },
  );
});

test('what is not added is the old text and what is not removed the new one', () => {
  fc.assert(
    fc.property(prose, prose, fc.nat(), (a, b, at) => {
      const edited = a.slice(0, at % (a.length + 1)) + b.slice(0, 40) + a.slice((at % (a.length + 1)) + 10);
      for (const [before, after] of [
        [a, b],
        [a, edited],
        [a, a],
      ] as const) {
        const pieces = difference(before, after);
        expect(
          pieces
            .filter((p) => p.kind !== 'added')
            .map((p) => p.text)
            .join(''),
        ).toBe(before);
        expect(
          pieces
            .filter((p) => p.kind !== 'removed')
            .map((p) => p.text)
            .join(''),
        ).toBe(after);
        if (before === after) expect(pieces.every((p) => p.kind === 'same')).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('only the words that changed are shown as changed', () => {
  expect(difference('We recall the spring soup. Call us.', 'We recall all spring soup, today. Call us.')).toEqual([
    { kind: 'same', text: 'We recall' },
    { kind: 'removed', text: ' the' },
    { kind: 'added', text: ' all' },
    { kind: 'same', text: ' spring soup' },
    { kind: 'added', text: ', today' },
    { kind: 'same', text: '. Call us.' },
  ]);
});

test('texts that have nothing in common are shown one after the other, whole', () => {
  const before = `${'a b '.repeat(2999)}a b.`;
  const after = `${'c d '.repeat(2999)}c d!`;
  expect(difference(before, after)).toEqual([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
});

test('every field of a wording is covered by its hash, and a lone line end is not', () => {
  const wording: Wording = { title: 'T', kind: 'holding', audience: 'press', language: 'en', body: 'One\ntwo' };
  const hash = wordingHash(wording);
  const others: Partial<Wording>[] = [
    { title: 't' },
    { kind: 'email' },
    { audience: 'public' },
    { language: 'fr' },
    { body: 'One\ntwo ' },
  ];
  for (const other of others) expect(wordingHash({ ...wording, ...other })).not.toBe(hash);
  expect(wordingHash({ ...wording, body: tidyBody('One\r\ntwo') })).toBe(hash);
});

test('what a database cannot keep is replaced before the hash is taken', () => {
  expect(tidyBody('a\u0000b\ud800c👍\rd')).toBe('ab\ufffdc👍\nd');
});

const file = (name: string, size = 10, mimetype?: string) => ({
  name,
  size,
  url: `https://files/${name}`,
  ...(mimetype ? { mimetype } : {}),
});
test.each([
  ['its text', { text: 'Hello', files: [] }, { from: 'text', text: 'Hello' }],
  [
    'its text file rather than the words beside it',
    { text: 'here it is', files: [file('draft.txt')] },
    { from: 'file', url: 'https://files/draft.txt' },
  ],
  ['a markdown file', { text: '', files: [file('draft.MD')] }, { from: 'file', url: 'https://files/draft.MD' }],
  [
    'a snippet, by its type',
    { text: '', files: [file('Untitled', 10, 'text/plain')] },
    { from: 'file', url: 'https://files/Untitled' },
  ],
  ['its text when the file is no text', { text: 'Hello', files: [file('photo.png')] }, { from: 'text', text: 'Hello' }],
  [
    'nothing when there is only a document',
    { text: ' ', files: [file('draft.docx')] },
    { from: 'nowhere', because: 'nothing' },
  ],
  [
    'nothing when two files could be meant',
    { text: 'x', files: [file('a.txt'), file('b.txt')] },
    { from: 'nowhere', because: 'several' },
  ],
  [
    'nothing when the file is too large',
    { text: '', files: [file('a.txt', 200_001)] },
    { from: 'nowhere', because: 'too_large', size: 200_001 },
  ],
] as const)('a message offers %s', (_name, source, offer) => {
  expect(offerOf(source)).toEqual(offer);
});

test('a sign-in page, bytes and a text that is too long are not taken for a statement', () => {
  expect(readAsBody('<!DOCTYPE html><html>')).toEqual({ problem: 'unreadable' });
  expect(readAsBody('PK\u0003\u0000')).toEqual({ problem: 'unreadable' });
  expect(readAsBody('x'.repeat(12_001))).toEqual({ problem: 'too_long', length: 12_001 });
  expect(readAsBody(`\uFEFFA\r\n${'x'.repeat(11_998)}`)).toEqual({ text: `A\n${'x'.repeat(11_998)}` });
});

test('differences in short hold every change with what surrounds it, or say that there are more', () => {
  const pieces = difference(
    `${'Before. '.repeat(80)}We recall the soup.`,
    `${'Before. '.repeat(80)}We recall all soups.`,
  );
  const short = inShort(pieces, 500);
  expect(short.isWhole).toBe(true);
  expect(short.pieces.map((piece) => piece.text).join('')).toMatch(/^… .*We recall .*soups\.$/);
  expect(inShort(pieces, 70)).toMatchObject({ isWhole: false });
  fc.assert(
    fc.property(prose, prose, fc.integer({ min: 20, max: 400 }), (before, after, max) => {
      const all = difference(before, after);
      const { pieces: shown, isWhole } = inShort(all, max);
      expect(shown.map((piece) => piece.text).join('').length).toBeLessThanOrEqual(max + 1);
      const changes = (some: typeof all) => some.filter((piece) => piece.kind !== 'same');
      if (isWhole) expect(changes(shown)).toEqual(changes(all));
      for (const { text } of shown) expect(tidyBody(text)).toBe(text);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['What {fact} says', 'At {time}, {fact}.', ['fact', 'time']],
  ['Ends with {a', 'b} begins', []],
])('blanks stand in the title and in the text, never across both: %s / %s', (title, body, keys) => {
  expect(blankKeys({ title, body })).toEqual(keys);
});

describe('the blanks of a French text', () => {
  const text = 'Nous avons connaissance de {fait} depuis {time}. Prochain point à {prochain_point}, {fact}.';

  test('are those of the English one, in either spelling', () => {
    expect(placeholdersOf(text)).toEqual(['fact', 'time', 'next_update']);
    expect(unpaired({ en: '{fact} since {time}. Next: {next_update}.', fr: text })).toEqual({ onlyEn: [], onlyFr: [] });
    const values = new Map([
      ['fact', 'la présence de verre'],
      ['next_update', '17 h'],
    ]);
    expect(filled(text, values)).toBe(
      'Nous avons connaissance de la présence de verre depuis {time}. Prochain point à 17 h, la présence de verre.',
    );
  });
});

describe('approved words of which a fact changes', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 11, 1, 10, minute));
  const fact = (its: object) =>
    ({
      id: 'f',
      number: 1,
      text: 'Two people were hurt',
      status: 'confirmed',
      revision: 1,
      changedAt: at(5),
      ...its,
    }) as never;
  const statement = (status: string) =>
    ({ status, approvedAt: at(1), current: { body: 'We are sorry. Two people were hurt.' } }) as never;
  const doubts = (status: string, ...its: object[]) =>
    doubtsOf(statement(status), its.map(fact), [], [{ factId: 'f', revision: 1, text: 'Two people were hurt' }]).map(
      ({ is }) => is,
    );

  test('are doubted where they say what does not stand any more, and only for what changed since', () => {
    expect(doubts('published', { status: 'false' })).toEqual(['false']);
    expect(doubts('approved', { status: 'checking' })).toEqual(['checking']);
    expect(doubts('published', { text: 'Three people were hurt', revision: 2 })).toEqual(['corrected']);
    expect(doubts('published', { text: 'Three people were hurt', revision: 2, changedAt: at(0) })).toEqual([]);
    expect(doubts('published', {})).toEqual([]);
    expect(doubts('in_review', { status: 'false' })).toEqual([]);
  });

  test('name nobody whom a closed team leaves out', () => {
    const crisis = aCrisis(at(0), { excludedIds: ['UOUT'] });
    const told = doubtMessage(
      {
        number: 1,
        status: 'published',
        publishedBy: 'UPUB',
        submittedBy: 'UOUT',
        current: { title: 'Words', authorId: 'UAUTHOR' },
      } as never,
      { key: 'F1', said: 'Two', number: 1, is: 'false' },
      { crisis, roster: [], reader: aReader(at(0)) },
    );
    expect(JSON.stringify(told)).toContain('<@UAUTHOR> and <@UPUB>');
    expect(JSON.stringify(told)).not.toContain('UOUT');
  });
});
