import { describe, expect, test } from 'vitest';
import { idOf } from '../../src/core/ids.ts';
import { after, HOUR } from '../../src/core/time.ts';
import type { Content } from '../../src/digests/content.ts';
import { digestDetails, digestMessage } from '../../src/digests/views.ts';
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
  halved: false,
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
})) as unknown as ChainedEntry[];
const crisis = aCrisis(now, { title: long.repeat(3), level: 'major' });

describe('a digest of a very bad hour', () => {
  test.each(['en', 'fr'] as const)(
    'stays at seventeen short lines under its title in %s; the thread holds every word of what changed',
    (language) => {
      const reader = aReader(now, { language, named: () => 'Claire Fontaine' });
      const input = {
        crisis,
        digest: { number: 4, at: now, level: 'major' as const, content },
        entries,
        kindOf: () => ({ weight: 50 }),
        reader,
      };
      const lines = digestMessage(input)
        .blocks.flatMap((block) => {
          if (block.type === 'header' || block.type === 'section') return (block.text?.text ?? '').split('\n');
          return block.type === 'context' ? block.elements.map((e) => ('text' in e ? e.text : '')) : [];
        })
        .map((line) => line.replace(/<!date\^\d+\^[^|]*\|[^>]*>/g, '18:00'));
      expect(lines.length).toBeLessThanOrEqual(18);
      expect(lines.join('\n').length).toBeLessThanOrEqual(2000);
      const details = JSON.stringify(digestDetails(input));
      for (const entry of entries) expect(details).toContain(`\`${entry.seq}\``);
      expect(details).not.toContain('…');
    },
  );
});
