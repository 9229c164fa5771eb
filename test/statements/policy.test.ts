import { expect, test } from 'vitest';
import { levels } from '../../src/core/levels.ts';
import { type StatementKind, statementKinds } from '../../src/core/statement-kinds.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import { approversOf, budgetFor, capacityOf, requiredFor } from '../../src/statements/policy.ts';

const department = (key: string, peopleIds: string[], deputyIds: string[] = []) => ({
  key,
  name: null,
  peopleIds,
  deputyIds,
});

test('the approvals an output needs are those of discipline C11, at every level', () => {
  const table: Record<StatementKind, [incident: string, crisis: string, major: string]> = {
    reply_from_bank: ['communication', 'communication', 'communication'],
    holding: ['communication legal', 'communication legal', 'communication legal lead'],
    press_release: [
      'communication legal lead',
      'communication legal lead management',
      'communication legal lead management',
    ],
    site_note: [
      'communication legal lead',
      'communication legal lead management',
      'communication legal lead management',
    ],
    sensitive: ['legal management', 'legal management', 'legal management'],
    social_post: ['communication legal', 'communication legal lead management', 'communication legal lead management'],
    email: ['communication legal', 'communication legal lead management', 'communication legal lead management'],
    internal_note: ['communication', 'communication legal', 'communication legal lead'],
  };
  for (const kind of statementKinds) {
    const [incident, crisis, major] = table[kind];
    const expected = { routine: incident, watch: incident, incident, crisis, major };
    for (const level of levels)
      expect(`${kind} ${requiredFor(kind, level).join(' ')}`).toBe(`${kind} ${expected[level]}`);
  }
});

test('a graver level never asks for fewer approvals', () => {
  for (const kind of statementKinds)
    for (const [i, level] of levels.entries())
      for (const graver of levels.slice(i))
        expect(requiredFor(kind, graver)).toEqual(expect.arrayContaining(requiredFor(kind, level)));
});

test('deputies are asked at half the time, the lead is told at the end of it', () => {
  const at = new Date('2026-11-22T10:00:00Z');
  const minutes = { major: 10, crisis: 15, incident: 30, watch: 30, routine: 30 };
  for (const level of levels)
    expect(budgetFor(level, at)).toEqual({
      relayAt: after(at, (minutes[level] / 2) * MINUTE),
      overdueAt: after(at, minutes[level] * MINUTE),
    });
});

const roster = [
  department('communication', ['claire'], ['marc']),
  department('legal', ['helen']),
  department('management', ['anne'], ['boss']),
  department('hr', []),
];

test.each([
  ['its people and deputies', 'communication', 'anne', ['helen'], ['claire'], ['marc'], null],
  ['its deputy when the author is its only person', 'communication', 'anne', ['claire'], [], ['marc'], null],
  [
    'the lead when the author is all it has',
    'legal',
    'claire',
    ['helen'],
    ['claire'],
    [],
    { by: 'lead', because: 'author' },
  ],
  [
    'the lead when it has nobody on the roster',
    'hr',
    'claire',
    ['helen'],
    ['claire'],
    [],
    { by: 'lead', because: 'nobody' },
  ],
  [
    'the lead when it is not on the roster at all',
    'support',
    'claire',
    [],
    ['claire'],
    [],
    { by: 'lead', because: 'nobody' },
  ],
  ['the lead for the lead', 'lead', 'claire', ['helen'], ['claire'], [], null],
  [
    'management when the lead is the author',
    'lead',
    'claire',
    ['claire'],
    ['anne'],
    ['boss'],
    { by: 'management', because: 'author' },
  ],
  [
    'management when the author is the lead and all the seat has',
    'legal',
    'helen',
    ['helen'],
    ['anne'],
    ['boss'],
    { by: 'management', because: 'author' },
  ],
  [
    'nobody when management are the authors as well',
    'lead',
    'anne',
    ['anne', 'boss'],
    [],
    [],
    { by: 'management', because: 'author' },
  ],
] as const)('a seat is answered for by %s', (_name, seat, leadId, authors, people, deputies, standIn) => {
  expect(approversOf(seat, roster, leadId, authors)).toEqual({ seat, people, deputies, standIn });
});

test('what somebody stood there as is told: person, deputy, lead or management in its place', () => {
  expect(capacityOf(approversOf('communication', roster, 'anne', []), 'claire')).toBe('person');
  expect(capacityOf(approversOf('communication', roster, 'anne', []), 'marc')).toBe('deputy');
  expect(capacityOf(approversOf('lead', roster, 'anne', []), 'anne')).toBe('person');
  expect(capacityOf(approversOf('legal', roster, 'anne', ['helen']), 'anne')).toBe('lead');
  expect(capacityOf(approversOf('lead', roster, 'claire', ['claire']), 'boss')).toBe('management');
  expect(capacityOf(approversOf('legal', roster, 'anne', []), 'tom')).toBeNull();
});
