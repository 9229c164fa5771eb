import { placeholdersOf } from '../../playbooks/rules.ts';
import type { Origin, Statement } from '../statement.ts';

/**
 * What has become of a template: its placeholders were filled and nothing else, so that only the facts are to be checked
 * (discipline C11); some are still to be filled; or its wording was changed. What fills one is a few words: a sentence
 * that was added is a change of the wording.
 */
export function standingOf(template: string, body: string): 'filled' | 'blanks' | 'reworded' {
  if (!keepsWording(template, body)) return 'reworded';
  return placeholdersOf(body).length > 0 ? 'blanks' : 'filled';
}

function keepsWording(template: string, body: string): boolean {
  const [first = '', ...others] = template.split(/\{[a-z][a-z0-9_]*\}/).map(blanks);
  const text = blanks(body);
  if (others.length === 0) return text === first;
  const last = others.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at + 1);
    if (found < 0 || !isFilling(text.slice(at, found))) return false;
    at = found + part.length;
  }
  return at < end && isFilling(text.slice(at, end));
}

const isFilling = (value: string): boolean => value.trim() !== '' && !/[.!?…]\s+[\p{Lu}«“"]/u.test(value);

/** Line ends and runs of blanks are how a form gives a text back, not what it says. */
const blanks = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ');

/** What an approver compares a text with that nobody has approved yet: the template that legal cleared. */
export const clearedText = ({ origin }: Pick<Statement, 'origin'>, now: Date): Origin | null =>
  origin?.cleared && origin.cleared.until > now ? origin : null;
