import { describe, expect, test } from 'vitest';
import type { Saying } from '../../src/core/line.ts';
import { MINUTE } from '../../src/core/time.ts';
import { factsLine } from '../../src/facts/lines.ts';
import type { FactRecord } from '../../src/facts/rules.ts';
import { cellLine } from '../../src/responders/lines.ts';
import { toldLine } from '../../src/stakeholders/lines.ts';
import type { Stakeholder } from '../../src/stakeholders/rules.ts';
import { wordsLine } from '../../src/statements/lines.ts';
import type { Statement } from '../../src/statements/statement.ts';
import { nowLine } from '../../src/tasks/line.ts';
import type { Task } from '../../src/tasks/rules.ts';
import { brief } from '../../src/war-room/views.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const now = new Date('2026-11-27T16:40:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
const many = <T>(n: number, of: (i: number) => unknown): T[] => Array.from({ length: n }, (_, i) => of(i) as T);
const long =
  'Call back everybody who bought a jar of the lot in the eleven shops of the north, one by one, and write it down';

const tasks = many<Task>(40, (i) => ({
  number: i,
  title: `${long} ${i}`,
  status: 'open',
  assigneeId: i % 2 ? 'UCLAIRE' : null,
  department: 'operations',
  dueAt: at(5 * i),
}));
const statements = many<Statement>(10, (i) => ({
  number: i,
  status: i % 2 ? 'draft' : 'in_review',
  submittedAt: now,
  createdAt: now,
  requiredDepartments: ['legal'],
  verdicts: [],
  absentIds: [],
  seats: null,
  current: { title: long, kind: 'holding', number: 1, hash: 'h', authorId: 'UTOM' },
}));
const facts = many<FactRecord>(60, (i) => ({ status: i % 3 ? 'confirmed' : 'checking' }));
const stakeholders = many<Stakeholder>(12, (i) => ({ status: i > 8 ? 'told' : 'waiting', name: long, position: i }));
const roster = [{ key: 'legal', name: null, peopleIds: ['UHELEN'], deputyIds: [] }];

/** Lines as Slack shows them: a header, each line of a section, a row of buttons. */
const linesOf = (message: ReturnType<typeof brief>): number =>
  message.blocks.reduce(
    (sum, block) => sum + (block.type === 'section' ? (block.text?.text.split('\n').length ?? 0) : 1),
    0,
  );

describe.each(['en', 'fr'] as const)('the brief in %s', (language) => {
  const reader = aReader(now, { language });
  const crisis = aCrisis(now, { language, summary: long.repeat(20), nextDigestAt: at(60) });
  const saying = (line: Saying['line']): Saying => ({ names: [], line });
  const full = [
    saying((reads) => nowLine(tasks, reads)),
    saying((reads) => wordsLine(statements, roster, crisis, reads)),
    saying((reads) => factsLine(facts, reads)),
    saying((reads) => toldLine(stakeholders, reads)),
  ];
  const empty = [
    saying((reads) => cellLine([], reads)),
    saying((reads) => nowLine([], reads)),
    saying((reads) => wordsLine([], roster, crisis, reads)),
    saying((reads) => factsLine([], reads)),
    saying((reads) => toldLine([], reads)),
  ];
  const nothing = { sayings: empty, statements: [], peopleIds: [], leadIsGone: false, fingerprint: 'a1'.repeat(32) };

  test('keeps to twelve lines and four buttons with 40 tasks, 10 statements and 60 facts', () => {
    const shown = brief(crisis, { ...nothing, sayings: full }, reader);
    expect(linesOf(shown)).toBeLessThanOrEqual(12);
    expect(shown.blocks.flatMap((b) => (b.type === 'actions' ? b.elements : []))).toHaveLength(4);
    const text = JSON.stringify(shown.blocks);
    expect(text.length).toBeLessThan(6_000);
    expect(text).toContain('"expand":true');
  });

  test('leaves out a line that has nothing to say, and buttons once it is closed', () => {
    const shown = JSON.stringify(brief({ ...crisis, status: 'closed' }, nothing, reader).blocks);
    expect(shown).not.toMatch(/"type":"actions"|Tasks|Facts|Words|Faits|Maintenant|Prise de parole/);
  });
});
