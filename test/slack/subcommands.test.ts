import { describe, expect, test } from 'vitest';
import { features } from '../../src/features.ts';
import { findSubcommand, folded } from '../../src/slack/subcommands.ts';

const entries = features.flatMap((feature) => feature.subcommands ?? []);
const asked = (text: string) => {
  const found = findSubcommand(entries, text);
  if ('empty' in found) return 'empty';
  return 'entry' in found ? [found.entry.name, found.rest] : [found.near ? `${found.near.name}?` : null, found.unknown];
};

describe('a subcommand is found', () => {
  test.each<[string, unknown]>([
    ['', 'empty'],
    ['  \n ', 'empty'],
    ['task Freeze posts', ['task', 'Freeze posts']],
    ['  TASK   Freeze posts  ', ['task', 'Freeze posts']],
    ['tâche Geler les posts', ['task', 'Geler les posts']],
    ['Tache geler', ['task', 'geler']],
    ['ta\u0302che geler', ['task', 'geler']],
    ['TÂCHES', ['tasks', '']],
    ['communique prêt', ['statement', 'prêt']],
    ['Clôturer', ['close', '']],
    ['etat', ['status', '']],
    ['?', ['help', '']],
    ['log first line\nsecond  line', ['log', 'first line\nsecond  line']],
    ['declare\nSoup recall', ['declare', 'Soup recall']],
    ['tsak freeze', ['task?', 'tsak']],
    ['colse', ['close?', 'colse']],
    ['déclenche', ['declare?', 'déclenche']],
    ['rejoindr', ['join?', 'rejoindr']],
    ['publier', [null, 'publier']],
    ['xyz', [null, 'xyz']],
  ])('%j', (text, expected) => {
    expect(asked(text)).toEqual(expected);
  });

  test('every name and alias finds its own entry, in capitals and without accents as well', () => {
    for (const entry of entries)
      for (const name of [entry.name, ...entry.aliases])
        for (const typed of [name, name.toUpperCase(), folded(name)])
          expect(findSubcommand(entries, `${typed} rest`)).toEqual({ entry, rest: 'rest' });
  });

  test('no word means two things', () => {
    const owners = new Map<string, string>();
    for (const entry of entries)
      for (const name of new Set([entry.name, ...entry.aliases].map(folded))) {
        expect(owners.get(name) ?? entry.name, name).toBe(entry.name);
        owners.set(name, entry.name);
      }
  });

  test('every subcommand has a French name and help in both languages', () => {
    for (const entry of entries) {
      expect(entry.aliases.length, entry.name).toBeGreaterThan(0);
      for (const language of ['en', 'fr'] as const) expect(entry.summary[language], entry.name).not.toBe('');
    }
  });

  test('a word of thousands of characters is answered in no time', () => {
    const started = performance.now();
    expect(asked('x'.repeat(4000))).toHaveLength(2);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
