import { canonicalJson, sha256 } from '../core/ids.ts';
import type { Language } from '../core/locale.ts';

export const kinds = [
  'holding',
  'press_release',
  'site_note',
  'social_post',
  'email',
  'reply_from_bank',
  'internal_note',
  'sensitive',
] as const;
export type Kind = (typeof kinds)[number];

export const audiences = ['public', 'press', 'customers', 'employees', 'partners', 'authorities'] as const;
export type Audience = (typeof audiences)[number];

/** Everything an approver reads, and so everything an approval is bound to. */
export type Wording = { title: string; kind: Kind; audience: Audience; language: Language; body: string };

/** In UTF-16 units, line ends counted once. */
export const longestBody = 12_000;
/** Short enough for a card's heading, which Slack limits to 150 with the words before it. */
export const longestTitle = 120;

/** SHA-256 over every field of the wording, as JSON with sorted keys: one changed character is another hash. */
export const wordingHash = ({ title, kind, audience, language, body }: Wording): string =>
  sha256(canonicalJson({ title, kind, audience, language, body }));

export const shortHash = (hash: string): string => hash.slice(0, 8);

const halfCharacters = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** One kind of line end, and nothing that a database cannot give back as it was: otherwise exactly what was written. */
export const tidyBody = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replaceAll('\u0000', '').replace(halfCharacters, '\uFFFD');

const tidyTitle = (text: string): string => tidyBody(text).replace(/\s+/g, ' ').trim();

export const tidy = (wording: Wording): Wording => ({
  ...wording,
  title: tidyTitle(wording.title),
  body: tidyBody(wording.body),
});
