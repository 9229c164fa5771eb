import { describe, expect, test } from 'vitest';
import type { Level } from '../../src/core/levels.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import type { Wait } from '../../src/slack/waits.ts';
import { plan, type Told } from '../../src/waiting/rules.ts';

const noon = new Date('2026-12-01T12:00:00Z');
const at = (minutes: number): Date => after(noon, minutes * MINUTE);

const wait = (key: string, its: Partial<Wait> = {}): Wait => ({
  userId: 'U1',
  key,
  news: 'asked',
  isUrgent: false,
  since: noon,
  dueAt: null,
  changesAt: null,
  names: [],
  text: () => key,
  button: () => null,
  ...its,
});

const look = (waits: readonly Wait[], before: Told | null, now: Date, level: Level = 'crisis', timeZone = 'UTC') =>
  plan('U1', waits, before, { level, now, timeZone, contentHash: waits.map(({ key }) => key).join() });

describe('what one person is told of what waits on them', () => {
  test('nothing, where nothing waits and nothing ever did', () => {
    expect(look([], null, noon)).toEqual({ next: null, lookAgainAt: null });
  });

  test('the first thing at once, and what is told already is never told again', () => {
    const { next } = look([wait('task:1')], null, noon);
    expect(next).toMatchObject({ generation: 1, postedAt: noon });
    expect(look([wait('task:1')], next, at(600)).next?.generation).toBe(1);
  });

  test.each<[Level, number]>([
    ['incident', 30],
    ['crisis', 15],
    ['major', 10],
  ])(
    'at %s, something new in a message of its own after %i minutes, and before that in the one that stands',
    (level, gap) => {
      const { next: first } = look([wait('task:1')], null, noon, level);
      const both = [wait('task:1'), wait('task:2')];
      const early = look(both, first, at(1), level);
      expect(early.next).toMatchObject({ generation: 1, contentHash: 'task:1,task:2' });
      expect(early.lookAgainAt).toEqual(at(gap));
      expect(look(both, early.next, at(gap), level).next).toMatchObject({ generation: 2, postedAt: at(gap) });
    },
  );

  test('what was done before its turn came is never told', () => {
    const { next: first } = look([wait('task:1')], null, noon);
    const { next: put } = look([wait('task:1'), wait('task:2')], first, at(1));
    expect(look([wait('task:1')], put, at(15))).toMatchObject({ next: { generation: 1 }, lookAgainAt: null });
  });

  test('what falls due is news, at the time', () => {
    const due = { dueAt: at(20), changesAt: at(20) };
    const { next, lookAgainAt } = look([wait('task:1', due)], null, noon);
    expect(lookAgainAt).toEqual(at(20));
    expect(look([wait('task:1', { dueAt: at(20), news: 'due' })], next, at(20)).next?.generation).toBe(2);
  });

  test('a call or an approval at once, and several of two minutes as one', () => {
    const { next: first } = look([wait('task:1')], null, noon);
    const { next: second } = look([wait('approval:1', { isUrgent: true }), wait('task:1')], first, at(3));
    expect(second?.generation).toBe(2);
    const two = [wait('approval:1', { isUrgent: true }), wait('approval:2', { isUrgent: true }), wait('task:1')];
    const third = look(two, second, at(4));
    expect(third.next?.generation).toBe(2);
    expect(third.lookAgainAt).toEqual(at(5));
    expect(look(two, third.next, at(5)).next?.generation).toBe(3);
  });

  test('at night nothing below a crisis, but what is urgent', () => {
    const night = new Date('2026-12-01T22:30:00Z');
    const { next, lookAgainAt } = look([wait('task:1')], null, night, 'incident', 'Europe/Paris');
    expect(next).toBeNull();
    expect(lookAgainAt).toEqual(new Date('2026-12-02T06:00:00Z'));
    expect(look([wait('task:1')], null, night, 'crisis', 'Europe/Paris').next?.generation).toBe(1);
    expect(look([wait('call:1', { isUrgent: true })], null, night, 'incident', 'Europe/Paris').next?.generation).toBe(
      1,
    );
  });
});
