import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/locale.ts';
import { MINUTE } from '../../src/core/time.ts';
import { limits } from '../../src/slack/limits.ts';
import { everything } from '../../src/slack/list.ts';
import { taskLine } from '../../src/tasks/line.ts';
import type { Task, TaskStatus } from '../../src/tasks/rules.ts';
import { board, taskList, taskView } from '../../src/tasks/views.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const now = new Date('2026-11-22T10:00:00Z');
const named = (id: string) => ({ UTOM: 'Tom <Becker>', UANN: 'Anne' })[id] ?? id;
const crisis = (language: Language) => aCrisis(now, { id: 'c1', language });
const reader = (language: Language) => aReader(now, { language, named });
const task = (changes: Partial<Task> = {}): Task => ({
  id: '01900000-0000-7000-8000-000000000002',
  crisisId: 'c1',
  number: 3,
  title: 'Freeze scheduled posts',
  details: '',
  origin: null,
  department: null,
  assigneeId: 'UTOM',
  createdBy: 'UANN',
  createdAt: now,
  dueAt: new Date(now.getTime() - 12 * MINUTE),
  status: 'open',
  blockedReason: null,
  startedBy: null,
  startedAt: null,
  doneBy: null,
  doneAt: null,
  noticedAt: null,
  settledAs: null,
  sourceUrl: null,
  version: 1,
  changedBy: 'UANN',
  changedAt: now,
  assignedBy: null,
  assignedAt: null,
  lot: null,
  fromAt: null,
  ...changes,
});
const inEveryState = (['open', 'started', 'blocked', 'done'] satisfies TaskStatus[]).map((status) =>
  task({
    status,
    blockedReason: status === 'blocked' ? 'x' : null,
    doneBy: status === 'done' ? 'UTOM' : null,
    doneAt: status === 'done' ? now : null,
  }),
);

describe.each<Language>(['en', 'fr'])('in %s', (language) => {
  test('a line calls nobody and says how late it is', () => {
    const line = taskLine(task(), reader(language));
    expect(line).toContain('*Tom &lt;Becker&gt;*');
    expect(line).not.toContain('<@');
    expect(line).toContain(language === 'fr' ? 'en retard de 12 min' : 'late by 12 min');
  });

  test('the list that stays has at most 15 lines, calls nobody, and counts the rest', () => {
    const many = Array.from({ length: 43 }, (_, i) =>
      task({ number: i + 1, title: '&'.repeat(300), fromAt: i < 30 ? null : new Date(now.getTime() + 15 * MINUTE) }),
    );
    const shown = board(many, crisis(language), reader(language));
    const json = JSON.stringify(shown.blocks);
    expect(json).not.toContain('<@');
    expect(json.split(/\\n/).length + shown.blocks.length - 1).toBeLessThanOrEqual(15);
    expect(json).toContain('+20');
    expect(json).toContain('tasks.all');
    expect(json).toContain('tasks.show_all');
    expect(JSON.stringify(board(many, { ...crisis(language), status: 'closed' }, reader(language)))).not.toContain(
      'tasks.show_all',
    );
  });

  test('a task alone offers what can be done in its state, with one primary button and four at most', () => {
    for (const one of inEveryState) {
      const json = JSON.stringify(taskView(one, crisis(language), reader(language)).blocks);
      expect(json.includes('tasks.start')).toBe(one.status === 'open' || one.status === 'blocked');
      expect(json.includes('tasks.done')).toBe(one.status !== 'done');
      expect(json.includes('tasks.reopen')).toBe(one.status === 'done');
      expect(json.match(/"primary"/g) ?? []).toHaveLength(one.status === 'done' ? 0 : 1);
    }
    const closed = taskView(task(), { ...crisis(language), status: 'closed' }, reader(language));
    expect(JSON.stringify(closed)).not.toContain('tasks.done');
  });

  test('a list of any length is told completely, page by page, within the limits of a form', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      task({ number: i + 1, title: i % 2 ? '&'.repeat(300) : 'Short' }),
    );
    const about = { crisisIds: ['01900000-0000-7000-8000-000000000001'], channelId: 'C1', narrowing: everything };
    const seen = new Set<string>();
    for (let page = 0; ; page += 1) {
      const shown = taskList({ ...about, page }, many, [crisis(language)], [], () => true, reader(language));
      const json = JSON.stringify(shown.blocks);
      expect(shown.blocks.length).toBeLessThanOrEqual(limits.blocksPerView);
      expect(shown.private_metadata?.length).toBeLessThanOrEqual(limits.privateMetadata);
      for (const [, n] of json.matchAll(/\*#(\d+)\*/g)) seen.add(n as string);
      if (!json.includes('tasks.turn:next')) break;
    }
    expect(seen.size).toBe(60);
  });

  test('a list is found by whose it is, department, state and words', () => {
    const all = [
      task({ number: 1, department: 'legal', title: 'Déterminer les délais' }),
      task({ number: 2, department: 'hr', status: 'blocked', blockedReason: 'x' }),
      task({ number: 3, department: 'hr', title: 'Tell employees' }),
    ];
    const found = (narrowing: Partial<typeof everything>) => {
      const wish = { crisisIds: [], channelId: null, page: 0, narrowing: { ...everything, ...narrowing } };
      const isMine = (one: Task) => one.number === 3;
      const json = JSON.stringify(
        taskList(wish, all, [crisis(language)], ['hr', 'legal'], isMine, reader(language)).blocks,
      );
      return [...json.matchAll(/\*#(\d+)\*/g)].map(([, n]) => Number(n));
    };
    expect(found({})).toEqual([1, 2, 3]);
    expect(found({ who: 'mine' })).toEqual([3]);
    expect(found({ department: 'hr' })).toEqual([2, 3]);
    expect(found({ department: 'hr', state: 'blocked' })).toEqual([2]);
    expect(found({ words: 'delais DETERMINER' })).toEqual([1]);
    expect(found({ words: 'nothing' })).toEqual([]);
  });

  test('an overflow value fits, whatever the version', () => {
    const json = JSON.stringify(taskView(task({ version: 99_999 }), crisis(language), reader(language)).blocks);
    for (const [, value] of json.matchAll(/"value":"(\{.*?\})"/g))
      expect((value as string).replaceAll('\\"', '"').length).toBeLessThanOrEqual(75);
  });
});
