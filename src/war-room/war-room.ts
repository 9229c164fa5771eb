import type { Crisis } from '../crises/rules.ts';

/**
 * The name asked of Slack: `crisis-2-plastic-pumpkin-soup`, `crise-…` in French; of a closed team its code name,
 * `crisis-indigo-lynx`. `attempt` counts names that were taken.
 */
export function roomName(
  crisis: Pick<Crisis, 'number' | 'title' | 'codeName' | 'language' | 'roomNumber'>,
  attempt: number,
): string {
  const prefix = crisis.language === 'fr' ? 'crise' : 'crisis';
  const named = crisis.codeName ? [crisis.codeName] : [String(crisis.number), shortly(crisis.title)];
  const round = crisis.roomNumber > 1 ? [String(crisis.roomNumber)] : [];
  const taken = attempt > 0 ? [String.fromCharCode(97 + attempt)] : [];
  return [prefix, ...named, ...round, ...taken].filter(Boolean).join('-');
}

/** A side bar and a phone show about so much. */
const mostOfTitle = 24;

/** Left out where enough is left without them. */
const small = new Set(
  'a an the of in on at to for by with from and or is are our la le les un une des du de et ou en au aux sur dans pour par avec'.split(
    ' ',
  ),
);

/** Whole words of the title. Slack takes lower-case letters, digits and hyphens: other scripts are left out, not guessed. */
function shortly(title: string): string {
  const all = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replace(/\b(?:[cdjlmnst]|qu)['’]|['’]s\b/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const telling = all.filter((word) => !small.has(word));
  const [first = '', ...others] = telling.length > 0 ? telling : all;
  let name = first.slice(0, mostOfTitle);
  for (const word of others) {
    if (name.length + 1 + word.length > mostOfTitle) break;
    name += `-${word}`;
  }
  return name;
}

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
