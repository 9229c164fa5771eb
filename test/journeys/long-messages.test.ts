import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/locale.ts';
import { HOUR } from '../../src/core/time.ts';
import type { Crisis } from '../../src/crises/rules.ts';
import type { Department } from '../../src/people/rules.ts';
import type { Callout, CellMember } from '../../src/responders/callout.ts';
import { cellLine } from '../../src/responders/lines.ts';
import { callMessage, cellList, mentionMessage } from '../../src/responders/views.ts';
import { textLength } from '../../src/sandbox/server/validation/rules.ts';
import { limits } from '../../src/slack/limits.ts';
import { statementList } from '../../src/statements/board.ts';
import { card, continuations } from '../../src/statements/card.ts';
import { nothingKnown } from '../../src/statements/check/lint.ts';
import { wordsLine } from '../../src/statements/lines.ts';
import type { Seat } from '../../src/statements/policy.ts';
import type { Statement } from '../../src/statements/statement.ts';
import { nowLine } from '../../src/tasks/line.ts';
import type { Task } from '../../src/tasks/rules.ts';
import { board } from '../../src/tasks/views.ts';
import { brief } from '../../src/war-room/views.ts';
import { aReader } from '../support/crisis.ts';

const now = new Date('2026-11-22T10:00:00Z');
const named = (id: string) => `${id} & Anne-Laure <de> Kerguelen`;
const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1));
const words = (length: number) => 'Blue plastic & glass in <lot> 4471. '.repeat(600).slice(0, length);
const everybody = many(90, (n) => `U${n}`);
const seats: Seat[] = ['communication', 'legal', 'management', 'lead'];
const roster = ['communication', 'legal', 'management'].map(
  (key): Department => ({ key, name: null, peopleIds: everybody.slice(0, 5), deputyIds: [] }),
);

const crisis = (language: Language) =>
  ({
    id: 'c1',
    number: 2,
    title: words(150),
    summary: words(3000),
    level: 'major',
    language,
    timeZone: 'Europe/Paris',
    status: 'open',
    declaredBy: 'U1',
    declaredAt: now,
    leadId: 'U2',
    channelId: 'C1',
    digestMinutes: 60,
    nextDigestAt: now,
    excludedIds: [],
  }) as unknown as Crisis;
const statement = (n: number, changes: Partial<Statement> = {}) =>
  ({
    id: `s${n}`,
    number: n,
    status: 'in_review',
    createdAt: now,
    current: {
      number: 3,
      title: words(120),
      body: words(12_000),
      hash: 'a'.repeat(64),
      kind: 'holding',
      audience: 'public',
      language: 'en',
      authorId: 'U9',
      createdAt: now,
    },
    requiredDepartments: seats,
    askedIds: everybody,
    absentIds: [],
    seats: null,
    submittedBy: 'U9',
    submittedAt: now,
    dueAt: null,
    verdicts: [],
    ...changes,
  }) as unknown as Statement;
const turnedDown = statement(1, {
  status: 'rejected',
  verdicts: seats.map((department) => ({
    department,
    userId: 'U1',
    versionNumber: 3,
    verdict: 'rejected',
    reason: words(3000),
    decidedAt: now,
    capacity: 'primary',
  })) as unknown as Statement['verdicts'],
});
const task = (n: number) =>
  ({
    id: `t${n}`,
    crisisId: 'c1',
    number: n,
    title: words(150),
    details: '',
    assigneeId: 'U1',
    status: 'blocked',
    blockedReason: words(500),
    dueAt: now,
    changedBy: 'U1',
    changedAt: now,
    version: 1,
  }) as unknown as Task;
const callout = (key: string) =>
  ({
    id: key,
    department: key,
    departmentName: null,
    stage: 'people',
    round: 1,
    peopleIds: everybody,
    deputyIds: [],
    declinedIds: [],
    calledAt: new Date(now.getTime() - HOUR),
    stageAt: now,
    dueAt: now,
    reason: '',
    answeredAt: null,
    answeredBy: null,
  }) as unknown as Callout;
const member = (userId: string) =>
  ({ userId, department: null, isDeputy: false, inRoom: true, leftAt: null, inviteError: null }) as CellMember;

describe.each<Language>(['en', 'fr'])('with as much as people can put into it, in %s', (language) => {
  const room = crisis(language);
  const reader = aReader(now, { language, named });
  const props = { crisis: room, roster, reader, check: { findings: [], material: nothingKnown, twin: null } };
  const facts = {
    callouts: ['communication', 'legal', 'marketing', 'management'].map(callout),
    tasks: many(40, task),
    statements: many(40, (n) => statement(n)),
  };
  const lines = [
    cellLine(facts.callouts, reader),
    nowLine(facts.tasks, reader),
    wordsLine(facts.statements, roster, room, reader),
  ];
  const said = {
    sayings: lines.map((line) => ({ names: [], line: () => line })),
    statements: facts.statements,
    leadIsGone: false,
    fingerprint: 'a1'.repeat(32),
    quietAt: null,
    peopleIds: [],
  };
  const shown = {
    'the live brief': [brief(room, said, reader)],
    'the call': [callMessage(room, facts.callouts, everybody.map(member), true, reader)],
    'a call in its thread': [mentionMessage(facts.callouts, everybody.map(member), reader)],
    'the cell': [cellList(room, facts.callouts, everybody.map(member), reader)],
    'the list of statements': [statementList(facts.statements, props)],
    'a statement': [card(statement(1), props), ...continuations(statement(1), language)],
    'a statement that four turned down': [card(turnedDown, props)],
    'the list of tasks': [board(facts.tasks, room, reader)],
  };
  test.each(Object.entries(shown))('%s keeps within what a message may hold', (_, messages) => {
    for (const { blocks } of messages) {
      expect(textLength(blocks)).toBeLessThanOrEqual(limits.messageBlocksText);
      expect(blocks.length).toBeLessThanOrEqual(limits.blocksPerMessage);
    }
  });
});
