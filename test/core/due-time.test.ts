import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDue } from '../../src/core/due-time.ts';

/** Wednesday 25 November 2026, 14:00 in Paris, 8:00 in New York. */
const now = new Date('2026-11-25T13:00:00Z');
const paris = { now, timeZone: 'Europe/Paris' };
const read = (text: string, here = paris) => readDue(text, here);
const wallClock = (date: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(date);
const dueAt = (text: string) => {
  const { due } = read(text);
  return due && wallClock(due, 'Europe/Paris');
};

describe('what is said is understood, in English and in French', () => {
  test.each([
    ['in 20 min', '2026-11-25 14:20'],
    ['in 2h', '2026-11-25 16:00'],
    ['in half an hour', '2026-11-25 14:30'],
    ['in 1 h 30', '2026-11-25 15:30'],
    ['in an hour and a half', '2026-11-25 15:30'],
    ['within the next 45 minutes', '2026-11-25 14:45'],
    ['at 5pm', '2026-11-25 17:00'],
    ['at 5:30 p.m.', '2026-11-25 17:30'],
    ['at 17:30', '2026-11-25 17:30'],
    ['by 18:00', '2026-11-25 18:00'],
    ['tomorrow 9am', '2026-11-26 09:00'],
    ['at 9am tomorrow', '2026-11-26 09:00'],
    ['tomorrow', '2026-11-26 18:00'],
    ['tomorrow morning', '2026-11-26 09:00'],
    ['the day after tomorrow at 10:00', '2026-11-27 10:00'],
    ['monday 10:00', '2026-11-30 10:00'],
    ['next Monday at 10:00', '2026-11-30 10:00'],
    ['by Friday', '2026-11-27 18:00'],
    ['by December 5', '2026-12-05 18:00'],
    ['by 2027-01-05', '2027-01-05 18:00'],
    ['eod', '2026-11-25 18:00'],
    ['by end of day', '2026-11-25 18:00'],
    ['by end of day tomorrow', '2026-11-26 18:00'],
    ['tomorrow at noon', '2026-11-26 12:00'],
    ['at midnight', '2026-11-26 00:00'],
    ['in 3 days', '2026-11-28 14:00'],
    ['dans 20 min', '2026-11-25 14:20'],
    ['dans une heure', '2026-11-25 15:00'],
    ['dans une demi-heure', '2026-11-25 14:30'],
    ['dans une heure et demie', '2026-11-25 15:30'],
    ['dans un quart d’heure', '2026-11-25 14:15'],
    ['dans les 20 prochaines minutes', '2026-11-25 14:20'],
    ['d’ici 30 min', '2026-11-25 14:30'],
    ["d'ici une heure", '2026-11-25 15:00'],
    ["d'ici 18h", '2026-11-25 18:00'],
    ['à 17h', '2026-11-25 17:00'],
    ['à 17h30', '2026-11-25 17:30'],
    ['a 17h30', '2026-11-25 17:30'],
    ['avant 18h', '2026-11-25 18:00'],
    ['demain 9h', '2026-11-26 09:00'],
    ['demain à midi', '2026-11-26 12:00'],
    ['demain soir', '2026-11-26 20:00'],
    ['après-demain 10h', '2026-11-27 10:00'],
    ['lundi 10h', '2026-11-30 10:00'],
    ['d’ici lundi', '2026-11-30 18:00'],
    ['le 5 décembre à 10h', '2026-12-05 10:00'],
    ['ce soir', '2026-11-25 20:00'],
    ['tonight', '2026-11-25 20:00'],
    ['18h', '2026-11-25 18:00'],
    ['17:30', '2026-11-25 17:30'],
    ['5pm', '2026-11-25 17:00'],
    ['avant 17', '2026-11-25 17:00'],
    ['mercredi 9h', '2026-12-02 09:00'],
    ['vendredi', '2026-11-27 18:00'],
    ['on Friday', '2026-11-27 18:00'],
    ['end of day', '2026-11-25 18:00'],
    ['ce soir à 8h', '2026-11-25 20:00'],
    ['ce soir à minuit', '2026-11-26 00:00'],
    ['fin de journée', '2026-11-25 18:00'],
    ['d’ici la fin de journée', '2026-11-25 18:00'],
    ['sous 48h', '2026-11-27 14:00'],
  ])('%s', (phrase, expected) => {
    expect(dueAt(`Freeze scheduled posts ${phrase}`)).toBe(expected);
    expect(read(`Freeze scheduled posts ${phrase}`).rest).toBe('Freeze scheduled posts');
  });

  test('before or after the person, at the start, in brackets, with a please', () => {
    for (const text of [
      'Freeze posts <@U1> in 20 min',
      'Freeze posts in 20 min <@U1>',
      '<@U1>: freeze posts, in 20 min',
      'In 20 min, freeze posts',
      'Freeze posts (in 20 min), please',
      'Freeze posts\nin 20 min.',
    ]) {
      const { due, rest } = read(text);
      expect([due && wallClock(due, 'Europe/Paris'), rest.toLowerCase()]).toEqual(['2026-11-25 14:20', 'freeze posts']);
    }
  });

  test('somebody named inside the sentence stays in it', () => {
    expect(read('Ask <@U1> for the wording in 20 min').rest).toBe('Ask <@U1> for the wording');
    expect(read('Send the draft to <@U1> by 18:00').rest).toBe('Send the draft to <@U1>');
  });
});

describe('a time that is part of the sentence is not taken for a due time', () => {
  test.each([
    'Answer 20 journalists',
    'Check the May 5 contract',
    'Check the contract of May 5',
    'Check the contract signed on May 5',
    'Wait 20 min',
    'Tomorrow press conference',
    'Freeze posts in 20 min everywhere',
    'Write what happened yesterday at 17:00',
    'Analyse the traffic since Monday 10:00',
    'Keep watch until tomorrow 9am',
    'Prepare the conference of 12/05 at 10:00',
    'Relire le point de demain 9h',
    'Relire l’article de lundi dernier à 10h',
    'Relire l’article paru ce matin à 10h',
    'Préparer la conférence de presse cet après-midi',
    'Attendre jusqu’à demain 9h',
    'at 25:00',
    'at 17:75',
    'in 0 min',
  ])('%s', (text) => {
    expect(read(text)).toEqual({ due: null, rest: text, problem: null });
  });
});

describe('nothing is guessed', () => {
  test.each([
    ['at 9am', 'past'],
    ['at noon', 'past'],
    ['à midi', 'past'],
    ['today at 10:00', 'past'],
    ['by May 5', 'past'],
    ["d'ici 2h", 'ambiguous'],
    ['Wednesday 15:00', 'ambiguous'],
    ['mercredi', 'ambiguous'],
    ['2h', 'ambiguous'],
    ['at 5', 'ambiguous'],
    ['vers 18h', 'ambiguous'],
    ['midi', 'past'],
    ['noon', 'past'],
    ['next Friday 10:00', 'ambiguous'],
    ['vendredi prochain à 10h', 'ambiguous'],
    ['tomorrow at midnight', 'ambiguous'],
    ['in 9999 weeks', 'too_far'],
  ])('%s is refused as %s', (phrase, code) => {
    expect(read(`Call the agency ${phrase}`)).toEqual({
      due: null,
      rest: 'Call the agency',
      problem: { code, phrase },
    });
  });

  test('a morning hour said in the evening is tomorrow’s; an hour just over is not', () => {
    const evening = { now: new Date('2026-11-25T21:00:00Z'), timeZone: 'Europe/Paris' };
    expect(wallClock(read('Call at 9am', evening).due as Date, 'Europe/Paris')).toBe('2026-11-26 09:00');
    expect(read('Call at 9pm', evening).problem?.code).toBe('past');
    expect(read('Call by eod', evening).problem?.code).toBe('past');
  });
});

test('a weekday said on that day is the next one once its hour is over', () => {
  const monday = (at: string) => ({ now: new Date(`2026-11-30T${at}:00Z`), timeZone: 'Europe/Paris' });
  const due = (text: string, at: string) => {
    const { due: found, problem } = read(text, monday(at));
    return found ? wallClock(found, 'Europe/Paris') : problem?.code;
  };
  expect(due('Point presse lundi 9h', '19:00')).toBe('2026-12-07 09:00');
  expect(due('Point presse lundi', '19:00')).toBe('2026-12-07 18:00');
  expect(due('Point presse lundi 9h', '06:00')).toBe('ambiguous');
  expect(due('Point presse ce soir', '19:30')).toBe('past');
  expect(due('Point presse midi', '08:00')).toBe('2026-11-30 12:00');
  expect(due('Press briefing noon', '08:00')).toBe('2026-11-30 12:00');
});

describe('the clock of the person who asks counts', () => {
  test('the same words are another instant in another place', () => {
    expect(read('Call at 5pm', { now, timeZone: 'America/New_York' }).due?.toISOString()).toBe(
      '2026-11-25T22:00:00.000Z',
    );
    expect(read('Call at 5pm').due?.toISOString()).toBe('2026-11-25T16:00:00.000Z');
  });

  test('a day that has 23 or 25 hours ends at the right hour', () => {
    const before = { now: new Date('2027-03-27T12:00:00Z'), timeZone: 'Europe/Paris' };
    expect(read('Call tomorrow 9am', before).due?.toISOString()).toBe('2027-03-28T07:00:00.000Z');
    const autumn = { now: new Date('2026-10-31T12:00:00Z'), timeZone: 'America/New_York' };
    expect(read('Call tomorrow 9am', autumn).due?.toISOString()).toBe('2026-11-01T14:00:00.000Z');
    expect(read('Call in 24 h', autumn).due?.toISOString()).toBe('2026-11-01T12:00:00.000Z');
  });

  test('an hour that does not exist is the one just after it', () => {
    const before = { now: new Date('2027-03-27T12:00:00Z'), timeZone: 'Europe/Paris' };
    expect(read('Call tomorrow at 2:30', before).due?.toISOString()).toBe('2027-03-28T01:30:00.000Z');
  });

  // Clocks go back by an hour in Paris at 01:00 UTC, by half of one on Lord Howe Island at 15:00 UTC the day before theirs.
  test.each([
    ['Europe/Paris', '2026-10-24T22:30', 'at 2:45', '2026-10-25T00:45'],
    ['Europe/Paris', '2026-10-25T00:50', 'at 2:45', '2026-10-25T01:45'],
    ['Europe/Paris', '2026-10-24T12:00', 'tomorrow at 2:45', '2026-10-25T00:45'],
    ['Australia/Lord_Howe', '2027-04-03T14:50', 'at 1:45', '2027-04-03T15:15'],
  ])('an hour that is repeated is the next of the two: %s at %s UTC, %s', (timeZone, at, said, due) => {
    const here = { now: new Date(`${at}:00Z`), timeZone };
    expect(read(`Call ${said}`, here).due?.toISOString()).toBe(`${due}:00.000Z`);
  });

  const zones = fc.constantFrom('Europe/Paris', 'America/New_York');
  const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });

  test('whatever the moment and the clock changes, a wall time is that wall time', () => {
    fc.assert(
      fc.property(
        zones,
        instants,
        fc.integer({ min: 4, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (timeZone, at, h, m) => {
          const time = `${h}:${String(m).padStart(2, '0')}`;
          const { due } = read(`Call tomorrow at ${time}`, { now: at, timeZone });
          const today = wallClock(at, timeZone).slice(0, 10);
          const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10);
          expect(due && wallClock(due, timeZone)).toBe(`${tomorrow} ${time.padStart(5, '0')}`);
        },
      ),
    );
  });

  test('whatever the moment, a length of time is that length, across clock changes too', () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 1, max: 2000 }), (timeZone, at, minutes) => {
        const { due } = read(`Appeler dans ${minutes} min`, { now: at, timeZone });
        expect(due && due.getTime() - at.getTime()).toBe(minutes * 60_000);
      }),
    );
  });

  test('whatever is typed, a due time is ahead, and without one nothing is lost', () => {
    const words = fc.constantFrom(
      'at',
      'by',
      'in',
      'dans',
      'à',
      'demain',
      'lundi',
      '17h',
      '9am',
      '20',
      'min',
      'eod',
      'May',
      '5',
      '<@U1>',
      '<!channel>',
      '😀',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((w) => w.join(' ')),
        ),
        zones,
        instants,
        (text, timeZone, at) => {
          const { due, rest, problem } = read(`Call ${text}`, { now: at, timeZone });
          if (due) expect(due.getTime()).toBeGreaterThan(at.getTime());
          if (!due && !problem && !text.includes('<@')) expect(rest).toBe(`Call ${text}`.normalize('NFC').trim());
        },
      ),
      { numRuns: 500 },
    );
  });
});
