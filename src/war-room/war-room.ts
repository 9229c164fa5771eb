import type { Crisis } from '../crises/rules.ts';
import { limits } from '../slack/limits.ts';

/**
 * The name asked of Slack: `crisis-20261122-recall-of-soup-4f1c2a`, `crise-…` in French. The end of it belongs to this
 * crisis alone, so that a channel found under it can only be ours. `attempt` counts names that were taken.
 */
export function roomName(crisis: Crisis, shortId: string, attempt: number): string {
  const prefix = `${crisis.language === 'fr' ? 'crise' : 'crisis'}-${crisis.declaredAt.toISOString().slice(0, 10).replaceAll('-', '')}-`;
  const round = crisis.roomNumber > 1 ? `-${crisis.roomNumber}` : '';
  const suffix = `${shortId}${round}${attempt > 0 ? `-${String.fromCharCode(97 + attempt)}` : ''}`;
  const slug = slugOf(crisis.title)
    .slice(0, limits.channelName - prefix.length - suffix.length - 1)
    .replace(/-+$/, '');
  return slug ? `${prefix}${slug}-${suffix}` : `${prefix}${suffix}`;
}

/** Slack takes lower-case letters, digits, hyphens and underscores; other scripts are left out rather than guessed. */
const slugOf = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
