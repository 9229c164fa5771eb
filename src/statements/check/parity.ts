import type { Language } from '../../core/locale.ts';
import { type Facet, type FacetKind, facetsOf } from './figures.ts';
import { peopleIn } from './people-named.ts';

export type OnlyIn = { kind: FacetKind | 'name'; shown: string; in: Language };
type Text = { language: Language; body: string };

/**
 * What one of two translations says and the other does not: figures, dates, hours, names, addresses, placeholders, each
 * once (discipline R25, C8). 12,000 and 12 000, 1.5 and 1,5, 5 p.m. and 17 h, 3 March and 3 mars are the same. Empty
 * when the two agree. What the words between them say, it does not see.
 */
export function parity(a: Text, b: Text): OnlyIn[] {
  const [ofA, ofB] = [facetsOf(a.body, a.language), facetsOf(b.body, b.language)];
  return [
    ...missing(ofA, ofB, a.language),
    ...missingNames(a, b),
    ...missing(ofB, ofA, b.language),
    ...missingNames(b, a),
  ];
}

function missing(here: readonly Facet[], there: readonly Facet[], language: Language): OnlyIn[] {
  const known = new Set(there.map(keyOf));
  const said = new Set<string>();
  return here.flatMap((facet) => {
    const key = keyOf(facet);
    if (known.has(key) || said.has(key)) return [];
    said.add(key);
    return [{ kind: facet.kind, shown: facet.shown, in: language }];
  });
}

const keyOf = ({ kind, key }: Facet): string => `${kind}:${key}`;

/** Names are written the same in both: each word of one must stand in the other text too. */
function missingNames(here: Text, there: Text): OnlyIn[] {
  const words = new Set(there.body.match(/[\p{L}\p{M}]+/gu)?.map((word) => word.toLowerCase()));
  const said = new Set<string>();
  return peopleIn(here.body).flatMap(({ name }) => {
    if (said.has(name)) return [];
    said.add(name);
    const isThere = (name.match(/\p{Lu}[\p{L}\p{M}]+/gu) ?? []).every((word) => words.has(word.toLowerCase()));
    return isThere ? [] : [{ kind: 'name' as const, shown: name, in: here.language }];
  });
}
