import { canonicalJson, sha256 } from '../core/ids.ts';
import type { Language } from '../core/locale.ts';
import type { Audience, StatementKind } from '../core/statement-kinds.ts';

/** Everything an approver reads, and so everything an approval is bound to. */
export type Wording = {
  title: string;
  kind: StatementKind;
  audience: Audience;
  language: Language;
  body: string;
  /** Its author says that it admits, compensates, recalls, names somebody or moves the market (discipline C11). */
  isSensitive?: boolean;
};

/** In UTF-16 units, line ends counted once. */
export const longestBody = 12_000;
/** Short enough for a card's heading, which Slack limits to 150 with the words before it. */
export const longestTitle = 120;

/**
 * SHA-256 over every field of the wording, as JSON with sorted keys: one changed character is another hash. What is not
 * marked as sensitive has the hash it had before there was such a mark.
 */
export const wordingHash = ({ title, kind, audience, language, body, isSensitive }: Wording): string =>
  sha256(canonicalJson({ title, kind, audience, language, body, ...(isSensitive ? { isSensitive } : {}) }));

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
