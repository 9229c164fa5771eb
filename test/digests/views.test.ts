import { describe, expect, test } from 'vitest';
import { idOf } from '../../src/core/ids.ts';
import { after, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Content } from '../../src/digests/content.ts';
import { digestLine } from '../../src/digests/line.ts';
import { digestMessage } from '../../src/digests/views.ts';
import type { ChainedEntry } from '../../src/timeline/chain.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const now = new Date('2026-11-22T17:00:00Z');
const long = 'A long title that somebody wrote in a hurry, with everything in it and more';
const item = (number: number) => ({ number, title: `${long} ${number}` });
const task = (number: number) => ({ ...item(number), assigneeId: 'U1', dueAt: now.toISOString(), reason: long });
const some = <T>(make: (n: number) => T) => [1, 2, 3, 4, 5, 6].map(make);
const content: Content = {
  previousNumber: 3,
  previousLevel: 'crisis',
  fromSeq: 10,
  nextAt: after(now, HOUR).toISOString(),
  summary: `${long.repeat(5)}. Second sentence.`,
  facts: {
    openTasks: 12,
    doneTasks: 4,
    blocked: some(task),
    overdue: some(task),
    dueSoon: some(task),
    published: 1,
    drafts: 2,
    approved: some(item),
    inReview: some((n) => ({
      ...item(n),
      waitingOn: [
        { key: 'legal', name: null },
        { key: 'lead', name: null },
      ],
    })),
    lastPublished: { ...item(1), at: after(now, -HOUR).toISOString() },
    unanswered: [{ key: 'marketing', name: null }],
    confirmed: { texts: [long.repeat(3), long.repeat(3)], count: 6 },
    untold: { names: some((n) => `${long} ${n}`).slice(0, 5), count: 6 },
  },
};
const entries = Array.from({ length: 30 }, (_, i) => ({
  id: idOf(`e${i}`),
  seq: 11 + i,
  kind: 'note',
  occurredAt: now,
  recordedAt: now,
  actorId: 'U1',
  actorName: 'Claire',
  textEn: `${long} `.repeat(8),
  textFr: `${long} `.repeat(8),
  data: {},
  correctsId: null,
  hash: 'a1'.repeat(32),
})) as unknown as ChainedEntry[];
const crisis = aCrisis(now, { title: long.repeat(3), level: 'major' });

const linesOf = (language: 'en' | 'fr', but: Partial<Content['facts']> = {}, digestAt = now) => {
  const reader = aReader(now, { language, named: () => 'Claire Fontaine' });
  const digest = {
    number: 4,
    at: digestAt,
    level: 'major' as const,
    content: { ...content, facts: { ...content.facts, ...but } },
  };
  return digestMessage({ crisis, digest, entries, kindOf: () => ({ weight: 50 }), reader })
    .blocks.flatMap((block) => (block.type === 'section' ? (block.text?.text ?? '').split('\n') : ['?']))
    .map((line) => line.replace(/<!date\^\d+\^[^|]*\|[^>]*>/g, '18:00'));
};

describe('a digest of a very bad hour', () => {
  test.each(['en', 'fr'] as const)('is ten lines in %s', (language) => {
    const lines = linesOf(language);
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.join('\n').length).toBeLessThanOrEqual(2000);
  });

  test.each(['en', 'fr'] as const)('cuts between words and never inside a name, in %s', (language) => {
    const said = linesOf(language).join('\n');
    const words = new Set(`${long} Claire Fontaine`.split(/[ ,]+/));
    for (const [, word = ''] of said.matchAll(/([\p{L}]+)…/gu)) expect(words).toContain(word);
    expect(said).toContain('Claire Fontaine');
    expect(said).toContain(`${long} 1, ${long} 2, ${long} 3`);
    expect(said).not.toMatch(/Claire(?! Fontaine)/);
  });

  test('says how long in the reader’s habit', () => {
    const waiting = { lastPublished: null, firstWords: { afterMs: null, limitMs: HOUR } };
    const late = after(crisis.declaredAt, HOUR + 5 * MINUTE);
    expect(linesOf('fr', waiting, late).join('\n')).toContain('🔴 en retard, 1 h 05 sur 1 h');
    expect(linesOf('en', waiting, after(crisis.declaredAt, 12 * MINUTE)).join('\n')).toContain('12 min of 1 h');
  });
});

describe('the line of the brief', () => {
  const open = { ...crisis, nextDigestAt: after(now, HOUR) };
  const said = (quiet: Date | null, of = open) =>
    digestLine(of, quiet, aReader(now))?.text.replace(/<!date\^(\d+)\^\{time\}[^>]*>/g, (_, at) =>
      new Date(Number(at) * 1000).toISOString().slice(11, 16),
    );

  test('says when the next digest comes, and that the last beat found nothing new', () => {
    expect(said(null)).toBe('digest 18:00');
    expect(said(now)).toBe('digest 18:00 · 17:00: nothing new');
    expect(digestLine({ ...open, nextDigestAt: null }, now, aReader(now))).toBeNull();
    expect(digestLine({ ...open, status: 'closed' }, now, aReader(now))).toBeNull();
  });
});
