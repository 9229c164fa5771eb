import { z } from 'zod';
import { unknownChoice } from './forms.ts';
import { dimensions, type Flag, flags, type Value, type Values } from './score.ts';

const choice = z.enum([unknownChoice, '0', '1', '2', '3', '4']).nullish();
const flagList = z.array(z.enum(flags)).nullish();

/** What the selects and boxes of a form say; what was not chosen is unknown. Throws when it is no such form. */
export function situationIn(given: Record<string, unknown>): { values: Values; flags: Flag[] } {
  const valueOf = (raw: unknown): Value | null => {
    const chosen = choice.parse(raw);
    return !chosen || chosen === unknownChoice ? null : (Number(chosen) as Value);
  };
  const values = Object.fromEntries(dimensions.map((d) => [d, valueOf(given[d])])) as Values;
  return { values, flags: flagList.parse(given['flags']) ?? [] };
}

export const typed = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');
