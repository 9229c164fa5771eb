import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksOf, roomName } from '../../src/war-room/war-room.ts';

const crisis = (title: string, language: 'en' | 'fr' = 'en', roomNumber = 1, codeName: string | null = null) => ({
  number: 2,
  title,
  language,
  roomNumber,
  codeName,
});

describe('the name asked of Slack for a room', () => {
  test.each([
    ['Plastic in the pumpkin soup', 'en', 1, 0, 'crisis-2-plastic-pumpkin-soup'],
    ['Rappel : soupe d’été, œufs & lait', 'fr', 1, 0, 'crise-2-rappel-soupe-ete-oeufs'],
    ['L’usine qu’on ferme', 'fr', 1, 0, 'crise-2-usine-ferme'],
    ['The customer’s complaint', 'en', 1, 0, 'crisis-2-customer-complaint'],
    ['Anticonstitutionnellement parlant', 'fr', 1, 0, 'crise-2-anticonstitutionnellemen'],
    ['Three customers report glass in the soup of lot P4471', 'en', 1, 0, 'crisis-2-three-customers-report'],
    ['🔥 Soup recall 🔥', 'en', 1, 0, 'crisis-2-soup-recall'],
    ['Of the', 'en', 1, 0, 'crisis-2-of-the'],
    ['危機', 'en', 1, 0, 'crisis-2'],
    ['Взрыв на заводе', 'fr', 1, 0, 'crise-2'],
    ['Recall', 'en', 2, 1, 'crisis-2-recall-2-b'],
    ['---', 'en', 1, 0, 'crisis-2'],
  ] as const)('%s → %s', (title, language, roomNumber, attempt, name) => {
    expect(roomName(crisis(title, language, roomNumber), attempt)).toBe(name);
  });

  test('is the code name of a closed team, in either language, and nothing of its number or title', () => {
    expect(roomName(crisis('Harassment of Anne', 'en', 1, 'indigo-lynx'), 0)).toBe('crisis-indigo-lynx');
    expect(roomName(crisis('Harcèlement d’Anne', 'fr', 2, 'indigo-lynx'), 1)).toBe('crise-indigo-lynx-2-b');
  });

  test('is accepted by Slack whatever the title, and short enough to be read', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 19 }),
        (title, roomNumber, attempt) => {
          const name = roomName(crisis(title, 'fr', roomNumber), attempt);
          expect(name).toMatch(/^crise-2[a-z0-9-]*$/);
          expect(name.length).toBeLessThanOrEqual('crise-2-'.length + 24 + '-12-b'.length);
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
