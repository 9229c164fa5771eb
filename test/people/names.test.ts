import { describe, expect, test } from 'vitest';
import { namesTyped, readNames } from '../../src/people/names.ts';

const cell = [
  { id: 'UTOM', name: 'Tom Becker' },
  { id: 'UHELEN', name: 'Helen Park' },
  { id: 'UCLEA', name: 'Cléa Fontaine' },
  { id: 'UMARC1', name: 'Marc Oz' },
  { id: 'UMARC2', name: 'Marc Roy' },
];
const others = [
  { id: 'UANN', name: 'Ann Lee' },
  { id: 'UTOM2', name: 'Tom Ford' },
  { id: 'USAM1', name: 'Sam One' },
  { id: 'USAM2', name: 'Sam Two' },
];

describe('a typed name', () => {
  test.each([
    ['freeze posts @tom in 20 min', 'freeze posts <@UTOM> in 20 min'],
    ['freeze posts @Tom Becker in 20 min', 'freeze posts <@UTOM> in 20 min'],
    ['freeze posts @tom.becker', 'freeze posts <@UTOM>'],
    ['@clea Appeler l’usine', '<@UCLEA> Appeler l’usine'],
    ['call the plant @Marc Roy', 'call the plant <@UMARC2>'],
    ['brief the shops @ann', 'brief the shops <@UANN>'],
    ['Tom: freeze posts', '<@UTOM> freeze posts'],
    ['freeze posts, Helen', 'freeze posts <@UHELEN>'],
  ])('finds its person: %s', (typed, read) => {
    expect(readNames(typed, cell, others)).toEqual({ text: read, unread: [], left: null });
  });

  test.each([
    ['freeze posts @bob in 20 min', 'freeze posts in 20 min', '@bob'],
    ['freeze posts @marc in 20 min', 'freeze posts in 20 min', '@marc'],
    ['freeze posts @sam in 20 min', 'freeze posts in 20 min', '@sam'],
  ])('that is nobody’s, or several people’s, is left out and said: %s', (typed, read, unread) => {
    expect(readNames(typed, cell, others)).toEqual({ text: read, unread: [unread], left: null });
  });

  test.each([
    'Call Tom back',
    'Write to tom@becker.example',
    'Warn @channel and @here',
    'Ask <@UTOM> first',
    'Plan B: call the press',
  ])('inside a sentence nobody is guessed: %s', (typed) => {
    expect(readNames(typed, cell, others)).toEqual({ text: typed, unread: [], left: null });
    expect(namesTyped(typed)).toEqual([]);
  });

  test.each([
    ['freeze posts Tom', 'Tom'],
    ['freeze posts Tom Becker', 'Tom Becker'],
    ['freeze posts Marc', null],
    ['freeze posts tom', null],
    ['freeze posts Ann', null],
    ['Tom', null],
  ])('that only ends the sentence stays, and is said: %s', (typed, left) => {
    expect(readNames(typed, cell, others)).toEqual({ text: typed, unread: [], left });
  });
});
