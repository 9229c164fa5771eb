import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Crisis } from '../../src/crises/rules.ts';
import { chunksOf, roomName } from '../../src/war-room/war-room.ts';

const crisis = (title: string, language: 'en' | 'fr' = 'en', roomNumber = 1) =>
  ({ title, language, roomNumber, declaredAt: new Date('2026-11-22T23:30:00Z') }) as Crisis;

describe('the name asked of Slack for a room', () => {
  test.each([
    ['Recall of the spring soup', 'en', 1, 0, 'crisis-20261122-recall-of-the-spring-soup-4f1c2a'],
    ['Rappel : soupe d’été, œufs & lait', 'fr', 1, 0, 'crise-20261122-rappel-soupe-d-ete-oeufs-lait-4f1c2a'],
    ['危機', 'en', 1, 0, 'crisis-20261122-4f1c2a'],
    ['Recall', 'en', 2, 1, 'crisis-20261122-recall-4f1c2a-2-b'],
    ['---', 'en', 1, 0, 'crisis-20261122-4f1c2a'],
  ] as const)('%s → %s', (title, language, roomNumber, attempt, name) => {
    expect(roomName(crisis(title, language, roomNumber), '4f1c2a', attempt)).toBe(name);
  });

  test('is accepted by Slack whatever the title, and always ends in what belongs to this crisis alone', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 19 }),
        (title, roomNumber, attempt) => {
          const name = roomName(crisis(title, 'fr', roomNumber), '4f1c2a', attempt);
          expect(name).toMatch(/^[a-z0-9_-]{1,80}$/);
          expect(name).toContain('4f1c2a');
        },
      ),
    );
  });
});

test('people are invited in chunks that lose nobody', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 350 }), (people) => {
      const chunks = chunksOf(people, 100);
      expect(chunks.flat()).toEqual(people);
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= 100)).toBe(true);
    }),
  );
});
