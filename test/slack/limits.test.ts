import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { strayIn } from '../../src/sandbox/server/validation/mrkdwn.ts';
import { clip, clipMrkdwn, splitMrkdwn, splitText } from '../../src/slack/limits.ts';
import { escapeMrkdwn, mention, slackTime } from '../../src/slack/mrkdwn.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const clusters = (text: string) => Array.from(graphemes.segment(text), (s) => s.segment);
/** Where a text may be cut without cutting what people see as one character. */
const borders = (text: string) => new Set([...Array.from(graphemes.segment(text), (s) => s.index), text.length]);

const difficult = [
  '👩‍👩‍👧‍👦',
  '🇫🇷',
  '🇬🇧',
  '👍🏽',
  'é',
  'ą̈',
  '한',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  ' ',
  '\n',
  '\n\n',
  '\r\n',
  '. ',
  'a',
  '\u0301',
  '\u200d',
  '❤️',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...difficult), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 60 })
  .map((parts) => parts.join(''));
const max = fc.integer({ min: 16, max: 60 });
/** Longer than a part, a cluster has to be cut somewhere. */
const usual = text.filter((t) => clusters(t).every((c) => c.length < 16));

describe('a label that is clipped', () => {
  test('never exceeds what Slack takes, and begins as the text does', () => {
    fc.assert(
      fc.property(text, max, (t, m) => {
        const label = clip(t, m);
        expect(label.length).toBeLessThanOrEqual(m);
        if (t.length <= m) expect(label).toBe(t);
        else expect(t.startsWith(label.slice(0, -1))).toBe(true);
      }),
    );
  });

  test('says that something is missing, and cuts no character in two', () => {
    fc.assert(
      fc.property(text, max, (t, m) => {
        fc.pre(t.length > m);
        const label = clip(t, m);
        expect(label.endsWith('…')).toBe(true);
        const kept = label.slice(0, -1);
        const trimmed = t.slice(kept.length).match(/^\s*/)?.[0].length ?? 0;
        const ends = borders(t);
        expect(Array.from({ length: trimmed + 1 }, (_, i) => kept.length + i).some((at) => ends.has(at))).toBe(true);
      }),
    );
  });

  test.each([
    ['Soup recall', 11, 'Soup recall'],
    ['Soup recalls', 11, 'Soup recal…'],
    ['Soup recall now', 6, 'Soup…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15, '👩‍👩‍👧‍👦…'],
    ['🇫🇷🇬🇧', 6, '🇫🇷…'],
    ['abce\u0301', 4, 'abc…'],
  ])('%j in %d is %j', (t, m, expected) => {
    expect(clip(t, m)).toBe(expected);
  });
});

describe('a text that is split', () => {
  test('is all there, in parts that Slack takes', () => {
    fc.assert(
      fc.property(text, max, (t, m) => {
        const parts = splitText(t, m);
        expect(parts.join('')).toBe(t);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(m);
        if (t) for (const part of parts) expect(part).not.toBe('');
      }),
    );
  });

  test('is cut between characters as people see them', () => {
    fc.assert(
      fc.property(usual, max, (t, m) => {
        const ends = borders(t);
        let at = 0;
        for (const part of splitText(t, m)) {
          at += part.length;
          expect(ends.has(at)).toBe(true);
        }
      }),
    );
  });

  test('even a character that is too long for a part leaves no half of a code point', () => {
    const monster = `a${'😀\u200d'.repeat(40)}`;
    for (const length of [16, 17, 18, 19]) {
      const parts = splitText(monster, length);
      expect(parts.join('')).toBe(monster);
      for (const part of parts) expect(part).not.toMatch(/\p{Surrogate}/u);
    }
  });

  test.each([
    ['between paragraphs', 'One two three.\n\nFour five six.', 20, ['One two three.\n\n', 'Four five six.']],
    ['between lines', 'One two three\nfour five six', 20, ['One two three\n', 'four five six']],
    ['between sentences', 'One two three. Four five', 20, ['One two three. ', 'Four five']],
    ['between words', 'One two three four five', 16, ['One two three ', 'four five']],
    ['not between a space and its accent', 'One two three \u0301four', 14, ['One two three', ' \u0301four']],
    ['not within an emoji of many', '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿', 16, ['👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']],
    ['not at all when short', 'One', 16, ['One']],
    ['empty as it is', '', 16, ['']],
  ])('is cut %s', (_, t, m, parts) => {
    expect(splitText(t, m)).toEqual(parts);
  });
});

test('mrkdwn is clipped and split between its sequences, never within one', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      mention('U012345'),
      slackTime(new Date('2026-11-22T10:00:00Z'), 'Europe/Paris', 'en'),
      '<#C012345>',
    ),
    fc.string({ maxLength: 30 }).map(escapeMrkdwn),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' ')),
      fc.integer({ min: 120, max: 400 }),
      (text, max) => {
        const parts = splitMrkdwn(text, max);
        expect(parts.join('')).toBe(text);
        for (const part of [...parts, clipMrkdwn(text, max)]) {
          expect(part.length).toBeLessThanOrEqual(max);
          expect(strayIn(part)).toBeNull();
        }
      },
    ),
  );
});
