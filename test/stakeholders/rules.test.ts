import { describe, expect, test } from 'vitest';
import { audiences } from '../../src/core/statement-kinds.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Member } from '../../src/crises/rules.ts';
import { untoldText } from '../../src/stakeholders/lines.ts';
import {
  addStakeholder,
  type Circle,
  changeStakeholder,
  circleOf,
  circles,
  heardTooEarly,
  inOrder,
  listStakeholders,
  notToldYet,
  type Stakeholder,
  type StakeholderMove,
  type StakeholderWish,
  toldTooEarly,
} from '../../src/stakeholders/rules.ts';
import { aCrisis } from '../support/crisis.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
const crisis = aCrisis(now, { id: 'c1' });
const by: Member = { userId: 'UHELEN', inCell: true, isLead: false };
const listed = (name: string, circle: Circle) => ({ id: name, name, channel: 'e-mail', circle, department: null });
const list = (...given: [string, Circle][]): Stakeholder[] =>
  listStakeholders(
    crisis,
    [],
    given.map(([name, circle]) => listed(name, circle)),
    null,
    now,
  ).value;
const wish = (name: string, circle: Circle, more: Partial<StakeholderWish> = {}): StakeholderWish & { id: string } => ({
  id: name,
  name,
  circle,
  channel: '',
  statementNumber: null,
  owner: null,
  department: null,
  ...more,
});
type Placed = ReturnType<typeof addStakeholder>;
/** The list after what a rule decided. */
const after = (there: readonly Stakeholder[], decision: Placed): Stakeholder[] => {
  if (!decision.ok) throw new Error(decision.refusal.code);
  const changed = [decision.value.stakeholder, ...decision.value.others];
  return inOrder([...there.filter((one) => !changed.some((other) => other.id === one.id)), ...changed]);
};
const names = (there: readonly Stakeholder[]) => inOrder(there).map((one) => one.name);
const find = (there: readonly Stakeholder[], name: string): Stakeholder => {
  const one = there.find((other) => other.name === name);
  if (!one) throw new Error(`no ${name}`);
  return one;
};
const move = (there: readonly Stakeholder[], name: string, ask: StakeholderMove, version = 1) =>
  changeStakeholder(find(there, name), version, ask, there, crisis, by, later(5));

describe('a list of who must hear', () => {
  test('keeps the order it is given in, once by name, and says it in one entry', () => {
    const decision = listStakeholders(
      crisis,
      list(['Customers', 'affected']),
      [
        listed('Staff', 'employees'),
        listed('customers ', 'affected'),
        listed('Press', 'press'),
        listed('staff', 'public'),
      ],
      null,
      now,
    );
    expect(decision.value.map(({ name, number, position }) => [name, number, position])).toEqual([
      ['Staff', 2, 2],
      ['Press', 3, 3],
    ]);
    expect(decision.timeline).toMatchObject([{ kind: 'stakeholders_listed', actorId: null }]);
    expect(listStakeholders(crisis, decision.value, [listed('Press', 'press')], null, now)).toMatchObject({
      value: [],
      timeline: [],
      jobs: [],
    });
  });

  test.each(circles)('takes somebody new at the end of their circle: %s', (circle) => {
    const there = circles.reduce<Stakeholder[]>(
      (before, one) => after(before, addStakeholder(crisis, before, wish(one, one), by, now)),
      [],
    );
    const next = after(there, addStakeholder(crisis, there, wish('new', circle), by, now));
    const expected = circles.flatMap((one) => (one === circle ? [one, 'new'] : [one]));
    expect(names(next)).toEqual(expected);
    expect(next.map((one) => one.position)).toEqual(next.map((_, i) => i + 1));
  });

  test('puts who is added in the order of circles, whatever the order of adding', () => {
    const shuffled: Circle[] = ['public', 'affected', 'press', 'partners', 'employees', 'authorities', 'front_line'];
    const there = shuffled.reduce<Stakeholder[]>(
      (before, one) => after(before, addStakeholder(crisis, before, wish(one, one), by, now)),
      [],
    );
    expect(names(there)).toEqual([...circles]);
  });

  test.each<[string, StakeholderWish & { id: string }, string]>([
    ['without a name', wish(' ', 'press'), 'name_missing'],
    ['twice', wish('  CUSTOMERS', 'press'), 'listed_already'],
    ['under a name of 151 characters', wish('x'.repeat(151), 'press'), 'name_too_long'],
    [
      'told by somebody whose account is closed',
      wish('Press', 'press', { owner: { userId: 'U', name: 'U', trouble: 'deactivated', inCell: false } }),
      'cannot_own',
    ],
  ])('takes nobody %s', (_, one, code) =>
    expect(addStakeholder(crisis, list(['Customers', 'affected']), one, by, now)).toMatchObject({ refusal: { code } }),
  );

  test('is changed by the cell alone, and while the crisis is open', () => {
    const outside = { ...by, inCell: false };
    expect(addStakeholder(crisis, [], wish('Press', 'press'), outside, now)).toMatchObject({
      refusal: { code: 'not_in_room' },
    });
    const closed = { ...crisis, status: 'closed' as const };
    expect(addStakeholder(closed, [], wish('Press', 'press'), by, now)).toMatchObject({ refusal: { code: 'closed' } });
  });
});

describe('one of them', () => {
  const there = list(['Customers', 'affected'], ['Staff', 'employees'], ['Shops', 'partners'], ['Press', 'press']);
  const told: StakeholderMove = { kind: 'told', at: later(1), statementNumber: 2, channel: 'call' };

  test('is told with a time, a statement and a channel, and can be taken back', () => {
    const next = after(there, move(there, 'Customers', told));
    expect(find(next, 'Customers')).toMatchObject({
      status: 'told',
      toldAt: later(1),
      toldBy: 'UHELEN',
      statementNumber: 2,
      channel: 'call',
    });
    expect(notToldYet(next).map((one) => one.name)).toEqual(['Staff', 'Shops', 'Press']);
    const back = after(next, move(next, 'Customers', { kind: 'waiting' }, 2));
    expect(find(back, 'Customers')).toMatchObject({ status: 'waiting', toldAt: null, toldBy: null });
  });

  test.each<[string, string[] | null]>([
    ['Press', ['Customers', 'Staff']],
    ['Shops', null],
    ['Staff', null],
  ])('%s told first: the list says that these heard too late: %j', (name, skipped) => {
    expect(toldTooEarly(find(there, name), there).map((one) => one.name)).toEqual(skipped ?? []);
    const next = after(there, move(there, name, told));
    expect(heardTooEarly(next)?.skipped.map((one) => one.name) ?? null).toEqual(skipped);
  });

  test('the list says it no longer once the others have heard', () => {
    const early = after(there, move(there, 'Press', told));
    const staff = after(early, move(early, 'Staff', told));
    expect(heardTooEarly(staff)?.skipped.map((one) => one.name)).toEqual(['Customers']);
    expect(heardTooEarly(after(staff, move(staff, 'Customers', told)))).toBeNull();
  });

  test('nobody is warned once those who come first have been told, or need not be', () => {
    const first = after(there, move(there, 'Customers', told));
    const second = after(first, move(first, 'Staff', { kind: 'not_needed', reason: 'They were there' }));
    expect(toldTooEarly(find(second, 'Press'), second)).toEqual([]);
  });

  test.each<[string, 'up' | 'down', string[]]>([
    ['Staff', 'up', ['Staff', 'Customers', 'Shops', 'Press']],
    ['Staff', 'down', ['Customers', 'Shops', 'Staff', 'Press']],
  ])('%s moves %s', (name, kind, expected) =>
    expect(names(after(there, move(there, name, { kind })))).toEqual(expected),
  );

  test.each<[string, string, StakeholderMove, number, string]>([
    ['before the first', 'Customers', { kind: 'up' }, 1, 'first_already'],
    ['after the last', 'Press', { kind: 'down' }, 1, 'last_already'],
    ['told tomorrow', 'Press', { ...told, at: later(60) }, 1, 'told_in_future'],
    ['left out without a reason', 'Press', { kind: 'not_needed', reason: ' ' }, 1, 'reason_missing'],
    ['changed from an older version', 'Press', { kind: 'waiting' }, 0, 'stale'],
    [
      'changed into itself',
      'Press',
      { kind: 'edit', ...wish('Press', 'press', { channel: 'e-mail' }) },
      1,
      'nothing_changed',
    ],
    ['called like another one', 'Press', { kind: 'edit', ...wish('staff', 'press') }, 1, 'listed_already'],
  ])('is never %s', (_, name, ask, version, code) =>
    expect(move(there, name, ask, version)).toMatchObject({ refusal: { code } }),
  );
});

test('every audience of a playbook has its circle', () => {
  for (const audience of audiences) expect(circles).toContain(circleOf(audience));
});

test.each<[number, string | null]>([
  [0, null],
  [2, 'n1, n2'],
  [7, 'n1, n2, n3, n4, n5 and 2 more'],
])('%i not told yet: %j', (count, text) =>
  expect(untoldText({ names: Array.from({ length: count }, (_, i) => `n${i + 1}`), count }, 'en')).toBe(text),
);
