import { describe, expect, test } from 'vitest';
import type { Crisis } from '../../src/crises/rules.ts';
import { dutiesOf, dutyCount, numbersOf, type Snapshot } from '../../src/home/duties.ts';
import type { Callout } from '../../src/responders/rules.ts';
import type { Statement } from '../../src/statements/statement.ts';
import type { Task } from '../../src/tasks/rules.ts';

const now = new Date('2026-11-22T10:00:00Z');
const crisis = { id: 'c', leadId: 'LEAD', level: 'incident' } as Crisis;
const callout = (more: Partial<Callout>) =>
  ({
    id: 'o',
    department: 'legal',
    stage: 'people',
    peopleIds: ['P'],
    deputyIds: ['D'],
    toldLeadId: null,
    answeredAt: null,
    ...more,
  }) as Callout;
const task = (more: Partial<Task>) =>
  ({ id: 't', number: 1, status: 'open', assigneeId: 'P', dueAt: null, ...more }) as Task;
const statement = (more: Partial<Statement>) =>
  ({
    status: 'in_review',
    requiredDepartments: ['legal'],
    current: { number: 1, hash: 'h', authorId: 'AUTHOR', kind: 'sensitive' },
    createdBy: 'AUTHOR',
    submittedBy: 'AUTHOR',
    relayedAt: null,
    verdicts: [],
    seats: null,
    approvedVersion: null,
    writerIds: [],
    absentIds: [],
    ...more,
  }) as unknown as Statement;
const roster = [
  { key: 'legal', name: null, peopleIds: ['P'], deputyIds: ['D'] },
  { key: 'management', name: null, peopleIds: ['BOSS'], deputyIds: [] },
];
const snapshot = (more: Partial<Snapshot>): Snapshot => ({
  crisis,
  callouts: [],
  tasks: [],
  statements: [],
  roster,
  ...more,
});
const waits = (found: Partial<Snapshot>, userId: string) => dutyCount(dutiesOf(snapshot(found), userId)) > 0;

describe('what waits on a person', () => {
  const callouts: [string, Partial<Callout>, string, boolean][] = [
    ['a department called waits on its people', {}, 'P', true],
    ['not yet on its deputies', {}, 'D', false],
    ['on its deputies once their turn has come', { stage: 'deputies' }, 'D', true],
    ['and still on its people then', { stage: 'deputies' }, 'P', true],
    ['on its deputies at once where there is nobody else', { peopleIds: [] }, 'D', true],
    ['on the lead who was told that nobody answers', { stage: 'lead', toldLeadId: 'LEAD' }, 'LEAD', true],
    ['on nobody once answered', { answeredAt: now }, 'P', false],
    ['never on a stranger', {}, 'X', false],
  ];
  test.each(callouts)('%s', (_title, more, userId, expected) =>
    expect(waits({ callouts: [callout(more)] }, userId)).toBe(expected),
  );

  const tasks: [string, Partial<Task>, string, boolean][] = [
    ['an open task waits on whom it was given to', {}, 'P', true],
    ['a task on hold still does', { status: 'blocked' }, 'P', true],
    ['a task that is done waits on nobody', { status: 'done' }, 'P', false],
    ['a task of somebody else does not', {}, 'D', false],
    ['nor one of nobody', { assigneeId: null }, 'P', false],
  ];
  test.each(tasks)('%s', (_title, more, userId, expected) =>
    expect(waits({ tasks: [task(more)] }, userId)).toBe(expected),
  );

  const statements: [string, Partial<Statement>, string, boolean][] = [
    ['a statement in review waits on the people of the seat', {}, 'P', true],
    ['on each seat that must approve', {}, 'BOSS', true],
    ['not on the deputies before the relay', {}, 'D', false],
    ['on the deputies after it', { relayedAt: now }, 'D', true],
    ['never on its author', {}, 'AUTHOR', false],
    ['a draft waits on nobody', { status: 'draft' }, 'P', false],
    ['nor does an approved one', { status: 'approved' }, 'P', false],
  ];
  test.each(statements)('%s', (_title, more, userId, expected) =>
    expect(waits({ statements: [statement(more)] }, userId)).toBe(expected),
  );
});

test('the numbers of the room: tasks that are due at this very moment are late', () => {
  const found = snapshot({
    tasks: [task({ dueAt: now }), task({ dueAt: new Date(now.getTime() + 1) }), task({ status: 'done', dueAt: now })],
    statements: [statement({}), statement({ status: 'draft' })],
  });
  expect(numbersOf(found, now)).toEqual({ open: 2, late: 1, review: 1 });
});
