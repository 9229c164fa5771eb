import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filled, placeholdersOf } from '../../../src/playbooks/rules.ts';
import { parity } from '../../../src/statements/check/parity.ts';
import { checkHolding, slots } from '../../../src/statements/check/slots.ts';
import { sentencesOf, wordCount } from '../../../src/statements/check/tokens.ts';
import { standingOf } from '../../../src/statements/start/cleared.ts';
import { checkMap } from '../../../src/statements/start/message-map.ts';

const between = (en: string, fr: string) =>
  parity({ language: 'en', body: en }, { language: 'fr', body: fr }).map(
    (one) => `${one.in} ${one.kind}: ${one.shown}`,
  );

describe('the two languages say the same', () => {
  const same: [string, string][] = [
    ['12,000 jars', '12 000 pots'],
    ['12,000 jars', '12 000 pots'],
    ['12000 jars', '12 000 pots'],
    ['1.5 kg', '1,5 kg'],
    ['12% of jars, 3.5 per cent', '12 % des pots, 3,5 pour cent'],
    ['€1.5 million', '1,5 million d’euros'],
    ['€1,200', '1 200 €'],
    ['$3 billion', '3 milliards de dollars'],
    ['on 3 March 2026', 'le 3 mars 2026'],
    ['on March 3, 2026', 'le 3 mars 2026'],
    ['on 1st August', 'le 1er août'],
    ['in February 2026', 'en février 2026'],
    ['on Monday', 'lundi'],
    ['at 5 p.m.', 'à 17 h'],
    ['at 5:30 pm today', 'à 17 h 30 aujourd’hui'],
    ['at 17:30', 'à 17h30'],
    ['at noon', 'à midi'],
    ['at 8 a.m.', 'à 8 heures'],
    ['within 48 hours', 'sous 48 heures'],
    ['within 5 hours', 'en 5 heures'],
    ['two people', 'deux personnes'],
    ['2 people', 'deux personnes'],
    ['lot L24117', 'lot L24117'],
    ['See https://aurore.example/en/news.', 'Voir https://aurore.example/fr/news'],
    ['press@aurore.example', 'presse : press@aurore.example'],
    ['Next update: {next_update}', 'Prochain point : {next_update}'],
    ['Call 0 800 117 117.', 'Appelez le 0800 117 117.'],
    ['Tom Becker answers.', 'Tom Becker répond.'],
    ['We have two vans, and they may leave.', 'Nous avons deux camions, et ils peuvent partir.'],
  ];
  test.each(same)('%s = %s', (en, fr) => {
    expect(between(en, fr)).toEqual([]);
  });

  const different: [string, string, string[]][] = [
    ['12,000 jars', '1 200 pots', ['en figure: 12,000', 'fr figure: 1 200']],
    ['1.5 kg', '15 kg', ['en figure: 1.5', 'fr figure: 15']],
    ['12%', '12', ['en figure: 12%', 'fr figure: 12']],
    ['€12', '12 $', ['en figure: €12', 'fr figure: 12 $']],
    ['3 March', '4 mars', ['en date: 3 March', 'fr date: 4 mars']],
    ['5 p.m.', '18 h', ['en time: 5 p.m.', 'fr time: 18 h']],
    ['lot L24117', 'lot L24171', ['en reference: L24117', 'fr reference: L24171']],
    ['{url}', '{contact}', ['en placeholder: {url}', 'fr placeholder: {contact}']],
    ['Tom Becker answers.', 'Un porte-parole répond.', ['en name: Tom Becker']],
    [
      'See https://a.example/x',
      'Voir https://a.example/y',
      ['en address: https://a.example/x', 'fr address: https://a.example/y'],
    ],
  ];
  test.each(different)('%s ≠ %s', (en, fr, expected) => {
    expect(between(en, fr)).toEqual(expected);
  });

  test('any figure is the same in the two ways of writing it, and any other figure is not', () => {
    const write = (n: number, language: 'en' | 'fr') =>
      n.toLocaleString(language === 'en' ? 'en-GB' : 'fr-FR', { maximumFractionDigits: 2 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const n = whole + cents / 100;
        expect(between(`${write(n, 'en')} jars`, `${write(n, 'fr')} pots`)).toEqual([]);
        expect(between(`${write(n, 'en')} jars`, `${write(n + 1, 'fr')} pots`)).toHaveLength(2);
      }),
    );
  });

  test('any hour of the day is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (h, m) => {
        const mm = String(m).padStart(2, '0');
        const half = `${h % 12 === 0 ? 12 : h % 12}:${mm} ${h < 12 ? 'a.m.' : 'p.m.'}`;
        expect(between(`at ${half} sharp`, `à ${h} h ${mm} précises`)).toEqual([]);
        expect(between(`at ${h}:${mm}`, `à ${h}h${mm}`)).toEqual([]);
      }),
    );
  });

  test('a text is the same as itself, and nothing is found twice', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (body) => {
        expect(parity({ language: 'en', body }, { language: 'en', body })).toEqual([]);
        const only = parity({ language: 'en', body }, { language: 'en', body: '' }).map((o) => `${o.kind}${o.shown}`);
        expect(new Set(only).size).toBe(only.length);
      }),
    );
  });
});

describe('blanks', () => {
  const template = 'At {time} we saw {fact}. Next: {next_update}.';
  test('a template whose blanks were filled is still that template; one changed word makes it another text', () => {
    const body = filled(
      template,
      new Map([
        ['time', 'noon'],
        ['fact', 'glass in two jars'],
        ['next_update', '8 p.m.'],
      ]),
    );
    expect(standingOf(template, body)).toBe('filled');
    expect(standingOf(template, body.replace('we saw', 'they saw'))).toBe('reworded');
    expect(standingOf(template, template)).toBe('blanks');
    expect(standingOf(template, `${body} And more.`)).toBe('reworded');
    expect(standingOf(template, 'At  we saw . Next: .')).toBe('reworded');
  });
  test('whatever fills them, it is found to be a filled template', () => {
    const value = fc
      .string({ minLength: 1, maxLength: 40 })
      .filter((s) => s.trim() === s && s !== '' && placeholdersOf(s).length === 0 && !/[.!?…]/.test(s));
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const body = filled(
          template,
          new Map([
            ['time', a],
            ['fact', b],
            ['next_update', c],
          ]),
        );
        expect(standingOf(template, body)).toBe(placeholdersOf(body).length > 0 ? 'blanks' : 'filled');
      }),
    );
  });
});

describe('first words', () => {
  const full = {
    en: 'Since 9 a.m. we have been aware of glass in two jars. Our first thought is for the people affected. Please do not eat it. Our teams are checking. We do not know the cause yet. Information: https://a.example. Next update at 5 p.m.',
    fr: 'Depuis 9 h nous avons connaissance de verre dans deux pots. Nous pensons d’abord aux personnes concernées. Merci de ne pas le consommer. Nos équipes vérifient. Nous ne connaissons pas encore la cause. Informations : https://a.example. Prochain point à 17 h.',
  };
  test.each(['en', 'fr'] as const)('hold the seven slots, or it is said which one is missing (%s)', (language) => {
    expect(checkHolding(full[language], language).missing).toEqual([]);
    const sentences = sentencesOf(full[language]).map((s) => s.text);
    const without = (n: number) => sentences.filter((_, i) => i !== n).join(' ');
    expect(checkHolding(without(sentences.length - 1), language).missing).toEqual(['next']);
    expect(checkHolding(without(sentences.length - 2), language).missing).toEqual(['contact']);
    expect(checkHolding('Hello.', language).missing).toEqual([...slots]);
  });
  test('an announcement without an hour or a day is no next update', () => {
    expect(checkHolding('We will come back to you as soon as possible.', 'en').missing).toContain('next');
    expect(checkHolding('Prochain point dès que possible.', 'fr').missing).toContain('next');
    expect(checkHolding('Prochaine information lundi.', 'fr').missing).not.toContain('next');
  });
  test('are 90 words at most', () => {
    expect(checkHolding('word '.repeat(90), 'en').isLong).toBe(false);
    expect(checkHolding('word '.repeat(91), 'en').isLong).toBe(true);
    expect(wordCount('Prochain point : « à 17 h » !')).toBe(5);
  });
});

test('a message map is 27 words in three messages, each with three proofs', () => {
  const proofs = ['a', 'b', 'c'];
  const nine = 'one two three four five six seven eight nine';
  expect(checkMap([1, 2, 3].map(() => ({ message: nine, proofs })))).toEqual({
    words: 27,
    seconds: 9,
    isLong: false,
    missing: [],
    unproved: [],
  });
  expect(checkMap([{ message: `${nine} ten ${nine} ${nine}`, proofs: ['a'] }])).toEqual({
    words: 28,
    seconds: 10,
    isLong: true,
    missing: [2, 3],
    unproved: [{ message: 1, proofs: 1 }],
  });
});
