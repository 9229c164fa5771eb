import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchorOf, dimensionName, flagHint, flagName, questionOf } from '../../src/assessment/anchors.ts';
import {
  compute,
  type Dimension,
  dimensions,
  type Flag,
  flags,
  isDecided,
  isEmpty,
  type Look,
  nothingKnown,
  outlookOf,
  type Rating,
  type Rule,
  settle,
  standardWeights,
  thresholds,
  type Value,
  type Values,
  values,
  weighingMost,
  weightTotal,
} from '../../src/assessment/score.ts';
import { type Level, levels } from '../../src/core/levels.ts';
import { HOUR } from '../../src/core/time.ts';
import { rating } from './support.ts';

const rank = (level: Level) => levels.indexOf(level);
const of = (given: Rating) => compute(given, standardWeights);
type Given = Partial<Record<Dimension, Value | null>>;

describe('the worked examples', () => {
  test.each<[string, Given, Flag[], number, Level, Rule['code']]>([
    ['one furious tweet', { sentiment: 3, evidence: 1 }, [], 10.5, 'routine', 'score'],
    ['one genuine bad review with a photo', { sentiment: 2, evidence: 3 }, [], 14, 'routine', 'score'],
    [
      'the same complaint eight times, forum and consumer blog',
      { reach: 1, source: 1, sentiment: 3, evidence: 3 },
      [],
      24.5,
      'watch',
      'score',
    ],
    ['a satirical meme, shared', { reach: 2, source: 1, sentiment: 1 }, [], 15, 'watch', 'score'],
    [
      '300 fake reviews overnight',
      { reach: 2, source: 1, sentiment: 4, evidence: 1, legal: 1, business: 2 },
      [],
      32.5,
      'incident',
      'score',
    ],
    [
      'a clumsy advertisement, influencers and trade press',
      { reach: 3, source: 2, sentiment: 3, evidence: 4, business: 1, internal: 1 },
      [],
      43.5,
      'incident',
      'score',
    ],
    [
      'an employee’s video with 1.2 million views, regional press',
      { harm: 1, reach: 3, source: 3, sentiment: 3, evidence: 4, legal: 1, business: 1, internal: 2 },
      [],
      56.5,
      'crisis',
      'score',
    ],
    [
      'a leak of two million customer records',
      { harm: 2, reach: 2, source: 2, sentiment: 2, evidence: 3, legal: 4, business: 2 },
      [],
      56,
      'crisis',
      'score',
    ],
    [
      'an employee doxxed, death threats, small reach',
      { harm: 3, reach: 1, sentiment: 4, evidence: 2, legal: 2, internal: 2 },
      ['threat'],
      44.5,
      'crisis',
      'floor',
    ],
    [
      'the CEO accused in a national daily, named witnesses',
      { harm: 2, reach: 3, source: 4, sentiment: 3, evidence: 3, legal: 3, business: 2, internal: 4 },
      [],
      73,
      'major',
      'score',
    ],
    [
      'contaminated food, children in hospital',
      { harm: 4, reach: 4, source: 4, sentiment: 4, evidence: 3, legal: 4, business: 4, internal: 1 },
      [],
      92.5,
      'major',
      'score',
    ],
  ])('%s', (_, given, raised, score, level, code) => {
    const result = of(rating(given, ...raised));
    expect([result.score, result.low, result.high]).toEqual([score, score, score]);
    expect([result.level, result.rule.code]).toEqual([level, code]);
  });

  test('people and law unknown: 43.5 (27.5–59.5), a crisis once somebody died, or both are grave', () => {
    const unknown = rating({ reach: 2, source: 1, sentiment: 3, evidence: 2, internal: 1, harm: null, legal: null });
    expect(of(unknown)).toEqual({
      score: 43.5,
      low: 27.5,
      high: 59.5,
      level: 'incident',
      lowest: 'watch',
      highest: 'crisis',
      rule: { code: 'score' },
    });
    const outlook = outlookOf(unknown, standardWeights);
    expect(outlook.unknowns).toEqual([{ dimension: 'harm', from: 4, level: 'crisis' }]);
    expect(outlook.together).toBeNull();
  });
});

describe('floors and caps', () => {
  test.each<[string, Given, Flag[], Level, Rule]>([
    ['death or imminent danger', { harm: 4 }, [], 'crisis', { code: 'floor', floor: 'harm' }],
    ['a credible threat', {}, ['threat'], 'crisis', { code: 'floor', floor: 'threat' }],
    ['national media with evidence', { source: 4, evidence: 3 }, [], 'crisis', { code: 'floor', floor: 'authority' }],
    ['national media without', { source: 4, evidence: 2 }, [], 'watch', { code: 'score' }],
    ['a suspected breach', {}, ['breach'], 'incident', { code: 'floor', floor: 'breach' }],
    ['a regulator’s call', { reach: 1 }, ['contact'], 'incident', { code: 'floor', floor: 'contact' }],
    [
      'a regulator’s call about what spreads',
      { reach: 2 },
      ['contact'],
      'crisis',
      { code: 'floor', floor: 'contact_reach' },
    ],
    [
      'a regulator’s call, reach unknown',
      { reach: null },
      ['contact'],
      'incident',
      { code: 'floor', floor: 'contact' },
    ],
    ['a listed company', {}, ['listed'], 'incident', { code: 'floor', floor: 'listed' }],
    ['several floors: the highest', {}, ['listed', 'threat'], 'crisis', { code: 'floor', floor: 'threat' }],
    [
      'hostile words of few people',
      { harm: 1, legal: 1, reach: 1, source: 1, sentiment: 4, evidence: 4 },
      [],
      'watch',
      { code: 'cap', cap: 'ordinary' },
    ],
    [
      'the same, harm unknown',
      { harm: null, legal: 1, reach: 1, source: 1, sentiment: 4, evidence: 4 },
      [],
      'incident',
      { code: 'score' },
    ],
    [
      'the same, law unknown',
      { harm: 1, legal: null, reach: 1, source: 1, sentiment: 4, evidence: 4 },
      [],
      'incident',
      { code: 'score' },
    ],
    [
      'an opinion that spreads a little',
      { reach: 2, source: 3, sentiment: 4, business: 2 },
      ['opinion'],
      'watch',
      { code: 'cap', cap: 'opinion' },
    ],
    [
      'an opinion that spreads widely',
      { reach: 3, source: 3, sentiment: 4, business: 2 },
      ['opinion'],
      'incident',
      { code: 'score' },
    ],
    ['satire', { reach: 2, source: 3, sentiment: 4, business: 2 }, ['satire'], 'watch', { code: 'cap', cap: 'satire' }],
    [
      'satire the press asks about',
      { reach: 2, source: 3, sentiment: 4, business: 2 },
      ['satire', 'press'],
      'incident',
      { code: 'score' },
    ],
    [
      'satire that spreads widely',
      { reach: 3, source: 3, sentiment: 4, business: 2 },
      ['satire'],
      'incident',
      { code: 'score' },
    ],
    [
      'satire that threatens somebody: the floor beats the cap',
      { reach: 1 },
      ['satire', 'threat'],
      'crisis',
      { code: 'floor', floor: 'threat' },
    ],
  ])('%s', (_, given, raised, level, rule) => {
    const result = of(rating(given, ...raised));
    expect([result.level, result.rule]).toEqual([level, rule]);
  });
});

const value = fc.constantFrom<Value>(...values);
const arbitrary = fc.record({
  values: fc.record(
    Object.fromEntries(dimensions.map((d) => [d, fc.option(value, { freq: 4 })])) as Record<
      Dimension,
      fc.Arbitrary<Value | null>
    >,
  ) as fc.Arbitrary<Values>,
  flags: fc.subarray([...flags]),
});

describe('whatever is entered', () => {
  test('a graver value never lowers score or level', () => {
    fc.assert(
      fc.property(arbitrary, fc.constantFrom(...dimensions), value, (given, dimension, at) => {
        if (at === 4) return;
        const put = (v: Value) => of({ ...given, values: { ...given.values, [dimension]: v } });
        const [less, more] = [put(at), put((at + 1) as Value)];
        expect(more.score).toBeGreaterThanOrEqual(less.score);
        expect(rank(more.level)).toBeGreaterThanOrEqual(rank(less.level));
      }),
    );
  });

  test('score and level lie within the range, and the range is a point when everything is known', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const { score, low, high, level, lowest, highest } = of(given);
        expect(low <= score && score <= high && low >= 0 && high <= weightTotal).toBe(true);
        expect(rank(lowest) <= rank(level) && rank(level) <= rank(highest)).toBe(true);
        if (dimensions.every((d) => given.values[d] !== null)) expect([low, lowest]).toEqual([high, highest]);
      }),
    );
  });

  test('finding out what was unknown lands inside the range', () => {
    fc.assert(
      fc.property(arbitrary, fc.array(value, { minLength: 8, maxLength: 8 }), (given, found) => {
        const { low, high, lowest, highest } = of(given);
        const known = Object.fromEntries(dimensions.map((d, i) => [d, given.values[d] ?? found[i]])) as Values;
        const after = of({ ...given, values: known });
        expect(low <= after.score && after.score <= high).toBe(true);
        expect(rank(lowest) <= rank(after.level) && rank(after.level) <= rank(highest)).toBe(true);
      }),
    );
  });

  test('a level that the score alone does not give names its floor or its cap', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const { score, level, rule } = of(given);
        const scored = levels.findLast((l) => score >= thresholds[l]) ?? 'routine';
        if (rule.code === 'score') expect(level).toBe(scored);
        if (rule.code === 'floor') expect(rank(level)).toBeGreaterThan(rank(scored));
        if (rule.code === 'cap') expect([level, rank(scored) > rank('watch')]).toEqual(['watch', true]);
        const isUnsure = given.values.harm === null || given.values.legal === null;
        if (isUnsure) expect(rule.code).not.toBe('cap');
      }),
    );
  });

  test('what is said to change the level does', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const { level, highest } = of(given);
        const { raise, lower, unknowns, together } = outlookOf(given, standardWeights);
        for (const shift of [raise, lower]) {
          if (!shift) continue;
          const changed =
            shift.what === 'dimension'
              ? { ...given, values: { ...given.values, [shift.dimension]: shift.to } }
              : {
                  ...given,
                  flags: shift.on ? [...given.flags, shift.flag] : given.flags.filter((f) => f !== shift.flag),
                };
          expect(of(changed).level).toBe(shift.level);
        }
        if (raise) expect(rank(raise.level)).toBeGreaterThan(rank(level));
        if (lower) expect(rank(lower.level)).toBeLessThan(rank(level));
        if (rank(highest) > rank(level)) expect(unknowns.length > 0 || together !== null).toBe(true);
      }),
    );
  });

  test('the smallest change comes first, in the dimension that weighs most', () => {
    const ad = rating({ reach: 3, source: 2, sentiment: 3, evidence: 4, business: 1, internal: 1 });
    expect(outlookOf(ad, standardWeights)).toMatchObject({
      raise: { what: 'dimension', dimension: 'harm', from: 0, to: 2, level: 'crisis' },
      lower: null,
    });
    const reviews = rating({ reach: 2, source: 1, sentiment: 4, evidence: 1, legal: 1, business: 2 });
    expect(outlookOf(reviews, standardWeights).lower).toEqual({
      what: 'dimension',
      dimension: 'reach',
      from: 2,
      to: 1,
      level: 'watch',
    });
  });

  test('where no single value lowers it, the flag is named that holds it up', () => {
    const { lower } = outlookOf(rating({}, 'threat'), standardWeights);
    expect(lower).toEqual({ what: 'flag', flag: 'threat', on: false, level: 'routine' });
  });
});

describe('people and law', () => {
  const unknown = { values: nothingKnown, flags: [] };
  const harmed = (harm: Value, ...raised: Flag[]) => ({ values: { ...nothingKnown, harm }, flags: raised });

  test('decide by themselves where it is an incident whatever else comes out', () => {
    expect(isDecided(harmed(4), standardWeights, null)).toBe(true);
    for (const flag of ['threat', 'breach', 'contact', 'listed'] as const)
      expect(isDecided({ ...unknown, flags: [flag] }, standardWeights, null)).toBe(true);
    for (const rated of [unknown, harmed(3), harmed(0)]) expect(isDecided(rated, standardWeights, null)).toBe(false);
  });

  test('decide nothing in a crisis that is as grave already, nor by what was known of the rest', () => {
    expect(isDecided(harmed(4), standardWeights, 'incident')).toBe(true);
    expect(isDecided(harmed(4), standardWeights, 'crisis')).toBe(false);
    expect(isDecided(rating({ reach: 4, source: 4, evidence: 4, sentiment: 4 }), standardWeights, null)).toBe(false);
  });

  test('an empty form is empty, and one answer is enough', () => {
    expect(isEmpty(unknown)).toBe(true);
    expect(isEmpty(harmed(0))).toBe(false);
    expect(isEmpty({ ...unknown, flags: ['satire'] })).toBe(false);
  });

  test('what weighs most is named first, and never what is unknown or zero', () => {
    expect(weighingMost(rating({ harm: 1, reach: 4, sentiment: 3, legal: null }), standardWeights)).toEqual([
      'reach',
      'sentiment',
      'harm',
    ]);
    expect(weighingMost(unknown, standardWeights)).toEqual([]);
  });
});

describe('coming down takes two looks', () => {
  const start = new Date('2026-11-22T08:00:00Z');
  const at = (hours: number) => new Date(start.getTime() + hours * HOUR);
  const look = (hours: number, score: number, isCapped = false): Look => ({
    at: at(hours),
    score,
    level: isCapped ? 'watch' : (levels.findLast((l) => score >= thresholds[l]) ?? 'routine'),
    isCapped,
  });
  const after = (level: Level, looks: Look[], since = 0) =>
    settle(looks.at(-1) as Look, { level, since: at(since) }, looks.slice(0, -1));

  test.each<[string, Level, Look[], Level]>([
    ['up at once', 'watch', [look(0.1, 72)], 'major'],
    ['the same stays', 'crisis', [look(1, 55)], 'crisis'],
    ['one look does not lower it', 'incident', [look(5, 10)], 'incident'],
    ['two looks two hours apart do', 'incident', [look(1, 20), look(3, 20)], 'watch'],
    ['less than two hours do not', 'incident', [look(1, 20), look(2.9, 20)], 'incident'],
    ['a crisis takes six hours', 'crisis', [look(1, 40), look(6.9, 40)], 'crisis'],
    ['and comes down after them', 'crisis', [look(1, 40), look(7, 40)], 'incident'],
    ['hourly looks add up to six hours', 'crisis', [1, 2, 3, 4, 5, 6, 7].map((h) => look(h, 41)), 'incident'],
    ['a look that said otherwise begins it anew', 'crisis', [look(1, 40), look(4, 52), look(7, 40)], 'crisis'],
    ['less than five points under the threshold is too near', 'crisis', [look(1, 46), look(8, 46)], 'crisis'],
    ['exactly five points under it is far enough', 'crisis', [look(1, 45), look(8, 45)], 'incident'],
    ['from major to incident, both looks must be clear of a crisis', 'major', [look(1, 60), look(7, 40)], 'crisis'],
    ['and when they are, it goes all the way', 'major', [look(1, 40), look(7, 40)], 'incident'],
    ['a cap needs no margin', 'incident', [look(1, 32, true), look(3, 32, true)], 'watch'],
  ])('%s', (_, standing, looks, expected) => {
    expect(after(standing, looks).level).toBe(expected);
  });

  test('looks from before the level was taken do not count', () => {
    expect(after('crisis', [look(1, 40), look(7, 40)], 2).level).toBe('crisis');
  });

  test('a level that is held says from when on another look may lower it', () => {
    expect(after('crisis', [look(1, 40), look(2, 40)]).held).toEqual({
      code: 'held',
      computed: 'incident',
      under: 45,
      notBefore: at(7).toISOString(),
    });
    expect(after('crisis', [look(1, 47)]).held).toMatchObject({ notBefore: null, under: 45 });
  });

  test('nothing stood before: the look decides', () => {
    expect(settle(look(0, 40), null, [])).toEqual({ level: 'incident', held: null });
  });
});

describe('anchors', () => {
  test('every one fits a list, in both languages, and no two of a dimension are the same', () => {
    for (const language of ['en', 'fr'] as const) {
      for (const dimension of dimensions) {
        expect(dimensionName(dimension, language).length).toBeLessThan(25);
        expect(questionOf(dimension, language)).not.toBe('');
        const anchors = values.map((v) => anchorOf(dimension, v, language));
        for (const { short, full } of anchors) {
          expect(`0 · ${short}`.length, short).toBeLessThanOrEqual(75);
          expect((full ?? '').length, full).toBeLessThanOrEqual(75);
        }
        expect(new Set(anchors.map(({ short }) => short)).size).toBe(values.length);
      }
      for (const flag of flags) {
        expect(flagName(flag, language).length).toBeLessThanOrEqual(75);
        expect(flagHint(flag, language).length, flagHint(flag, language)).toBeLessThanOrEqual(75);
      }
    }
  });

  test('the standard weights add up', () => {
    expect(dimensions.reduce((sum, d) => sum + standardWeights[d], 0)).toBe(weightTotal);
  });
});
