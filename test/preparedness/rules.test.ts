import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { sayNo } from '../../src/preparedness/refusals.ts';
import {
  areas,
  type Known,
  missing,
  type Preparation,
  planOf,
  prepare,
  reminded,
  weights,
} from '../../src/preparedness/rules.ts';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * DAY);
const whole: Known = {
  gaps: [],
  named: 6,
  templates: { cleared: 20, all: 20 },
  playbooks: { reviewedAt: [ago(1), ago(89)] },
  exercisedOn: ago(30),
};
const score = (change: Partial<Known>) => planOf({ ...whole, ...change }, now).score;

describe('the score', () => {
  test('weighs every area, to a hundred', () => {
    expect(areas.reduce((sum, area) => sum + weights[area], 0)).toBe(100);
    expect(planOf(whole, now)).toMatchObject({ score: 100 });
    expect(missing(planOf(whole, now))).toEqual([]);
  });

  test.each<[string, Partial<Known>, number, string]>([
    [
      'a core department without anybody also lacks a deputy',
      { gaps: [{ kind: 'nobody', department: 'legal' }] },
      85,
      'roster',
    ],
    ['one person alone', { gaps: [{ kind: 'alone', department: 'legal' }] }, 95, 'deputies'],
    ['half of the templates cleared', { templates: { cleared: 10, all: 20 } }, 90, 'templates'],
    ['a review that is too old', { playbooks: { reviewedAt: [ago(1), ago(91)] } }, 95, 'playbooks'],
    ['never reviewed', { playbooks: { reviewedAt: [null, null] } }, 90, 'playbooks'],
    ['no exercise', { exercisedOn: null }, 85, 'exercise'],
    ['an exercise of last year', { exercisedOn: ago(300) }, 92, 'exercise'],
    ['an exercise of two years ago', { exercisedOn: ago(700) }, 85, 'exercise'],
  ])('%s', (_what, change, expected, area) => {
    expect(score(change)).toBe(expected);
    expect(missing(planOf({ ...whole, ...change }, now)).map((mark) => mark.area)).toContain(area);
  });

  test('of a workspace in which nothing is set up, nothing is there', () => {
    const gaps = ['communication', 'legal', 'marketing'].map((department) => ({ kind: 'nobody' as const, department }));
    const nothing = {
      gaps,
      named: 0,
      templates: { cleared: 0, all: 9 },
      playbooks: { reviewedAt: [] },
      exercisedOn: null,
    };
    expect(planOf(nothing, now).score).toBe(0);
  });
});

describe('the owner', () => {
  const plan = planOf({ ...whole, exercisedOn: null }, now);
  test.each<[string, Partial<Preparation>, string | null, string | null]>([
    ['whoever is named', { ownerId: 'UOWN' }, 'USET', 'UOWN'],
    ['else whoever saved the settings', {}, 'USET', 'USET'],
    ['nobody where nobody ever did', {}, null, null],
    ['nobody where it is switched off', { ownerId: 'UOWN', remindersOff: true }, 'USET', null],
  ])('is reminded: %s', (_what, change, settingsBy, expected) => {
    expect(reminded(plan, { ownerId: null, remindersOff: false, ...change }, settingsBy)).toBe(expected);
  });
  test('is left alone when nothing is missing', () => {
    expect(reminded(planOf(whole, now), { ownerId: 'UOWN', remindersOff: false }, null)).toBeNull();
  });
});

describe('what is said of the preparation', () => {
  const wish: Preparation = { exercisedOn: '2026-11-22', ownerId: 'UOWN', remindersOff: false };
  const anne = { userId: 'UANNE', isOutsider: false, isAdmin: false };
  const said = (change: Partial<Preparation>, by = anne, reachable = true) =>
    prepare({ ...wish, ...change }, { isReachable: reachable }, ['UANNE'], by, '2026-11-22');
  test.each([
    ['today', said({}), null],
    ['tomorrow', said({ exercisedOn: '2026-11-23' }), 'in_future'],
    ['by somebody who is not in charge', said({}, { ...anne, userId: 'UTOM' }), 'not_allowed'],
    ['about somebody who cannot be reminded', said({}, anne, false), 'cannot_own'],
  ])('%s', (_what, decision, code) => {
    expect(decision.ok ? null : decision.refusal.code).toBe(code);
  });
  test('every refusal is said in both languages', () => {
    for (const code of ['not_allowed', 'in_future', 'cannot_own'] as const)
      expect(sayNo({ code }, 'en')).not.toBe(sayNo({ code }, 'fr'));
  });
});
