import { folded, nearest } from '../slack/subcommands.ts';
import type { Command, Commands } from './content.ts';

/**
 * The commands in which every word asked for is found, in either language: those that are called so come first. Where
 * there is none, the one whose name was mistyped.
 */
export function findCommands(commands: Commands, asked: string): Command[] {
  const words = wordsIn(asked).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
  if (words.length === 0) return [];
  const has = (texts: readonly string[]) => {
    const there = texts.flatMap(wordsIn);
    return words.every((word) => there.some((one) => one.startsWith(word)));
  };
  const all = commands.flatMap(({ title, entries }) => entries.map((entry) => ({ title, entry })));
  const named = all.filter(({ entry }) => has([entry.name, ...entry.aliases]));
  const about = all.filter(
    ({ title, entry }) =>
      !named.some((one) => one.entry === entry) &&
      has([entry.name, ...entry.aliases, ...both(entry.summary), ...both(title)]),
  );
  const found = [...named, ...about].map(({ entry }) => entry);
  if (found.length > 0) return found;
  const near = nearest(
    all.map(({ entry }) => entry),
    words[0] as string,
  );
  return near ? [near] : [];
}

const both = ({ en, fr }: Command['summary']): string[] => [en, fr];

const wordsIn = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
