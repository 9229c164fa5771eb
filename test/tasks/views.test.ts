import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/locale.ts';
import { MINUTE } from '../../src/core/time.ts';
import { limits } from '../../src/slack/limits.ts';
import { taskLine } from '../../src/tasks/line.ts';
import type { Task, TaskStatus } from '../../src/tasks/rules.ts';
import { card, reminderMessage, taskList } from '../../src/tasks/views.ts';
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
  remindStep: null,
  remindAt: null,
  remindKey: null,
  reminderId: null,
  assignedBy: null,
  assignedVersion: null,
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

  test('a card is small, calls who has something to do, and offers what can be done in its state', () => {
    for (const one of inEveryState) {
      const shown = card(one, reader(language));
      expect(shown.blocks.length).toBeLessThanOrEqual(4);
      const json = JSON.stringify(shown.blocks);
      expect(json.includes('<@UTOM>')).toBe(one.status !== 'done');
      expect(json.includes('tasks.start')).toBe(one.status === 'open' || one.status === 'blocked');
      expect(json.includes('tasks.done')).toBe(one.status !== 'done');
      expect(json.includes('tasks.reopen')).toBe(one.status === 'done');
      expect(shown.text).toContain('Freeze scheduled posts');
    }
    const own = card(task({ createdBy: 'UTOM' }), reader(language));
    expect(JSON.stringify(own.blocks)).not.toContain('<@UTOM>');
  });

  test('a list of any length is told completely, page by page, within the limits of a message', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      task({ number: i + 1, title: i % 2 ? '&'.repeat(300) : 'Short' }),
    );
    const seen = new Set<string>();
    for (let page = 0; ; page += 1) {
      const shown = taskList('open', many, [crisis(language)], page, reader(language));
      const json = JSON.stringify(shown.blocks);
      expect(shown.blocks.length).toBeLessThanOrEqual(limits.blocksPerMessage);
      expect(json.length).toBeLessThan(2 * limits.messageBlocksText);
      for (const [, n] of json.matchAll(/\*#(\d+)\*/g)) seen.add(n as string);
      if (!json.includes('tasks.page:next')) break;
    }
    expect(seen.size).toBe(60);
  });

  test('a reminder of forty tasks shows six with their buttons and counts the others', () => {
    const many = Array.from({ length: 40 }, (_, i) => task({ number: i + 1, reminderId: 'r1' }));
    const shown = reminderMessage({ id: 'r1', sentAt: now }, many, crisis(language), reader(language));
    const json = JSON.stringify(shown.blocks);
    expect(json.match(/"tasks\.done"/g)).toHaveLength(6);
    expect(json).toContain('34');
    expect(shown.blocks.length).toBeLessThanOrEqual(limits.blocksPerMessage);
  });

  test('an overflow value fits, whatever the version', () => {
    const json = JSON.stringify(card(task({ version: 99_999 }), reader(language)).blocks);
    for (const [, value] of json.matchAll(/"value":"(\{.*?\})"/g))
      expect((value as string).replaceAll('\\"', '"').length).toBeLessThanOrEqual(75);
  });
});
