import { emojiToName } from 'gemoji';
import type { Language } from '../../core/locale.ts';
import { words } from './text.ts';

/** What the font of a printed timeline has: the letters of French and of most languages written in Latin, Greek or Cyrillic. */
const drawable =
  '\\n\\u0020-\\u007e\\u00a0-\\u017f\\u0192\\u01a0-\\u01a1\\u01af-\\u01b0\\u0218-\\u021b\\u02c6-\\u02c7\\u0386-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u03ce' +
  '\\u0400-\\u0482\\u048a-\\u0513\\u1e80-\\u1e85\\u1e9e\\u1ea0-\\u1ef9\\u2000-\\u200a\\u2010-\\u2011\\u2013-\\u2015\\u2017-\\u201e\\u2020-\\u2022\\u2026' +
  '\\u2030\\u2032-\\u2033\\u2039-\\u203a\\u2044\\u2070\\u2074-\\u208e\\u20a3-\\u20a4\\u20a6-\\u20ac\\u20b9-\\u20ba\\u20bd\\u2105\\u2113\\u2116\\u2122\\u2126' +
  '\\u2202\\u2206\\u220f\\u2211-\\u2212\\u221a\\u221e\\u222b\\u2248\\u2260\\u2264-\\u2265\\u25a0\\u25ca\\u25cf';
export const isDrawable = new RegExp(`^[${drawable}]*$`, 'u');
/** A run of others, with what separates its words. */
const others = new RegExp(`[^${drawable}]+(?:[\\s\\p{P}]+[^${drawable}]+)*`, 'gu');

const emoji =
  /(?:\p{RI}{2}|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*)/gu;
const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]|\p{Variation_Selector}/gu;
/** Blanks that the font lacks: the narrow one that French sets between thousands, the wide one of Japanese. */
const blanks = /[\t\u202F\u205F\u3000]/gu;

/** The same name again and again. */
const repeated = /(:[\w+-]+:)\1{3,}/gu;
/** A word that no line holds: its setting would take longer than all the rest. */
const endless = /[^\s\u200B]{80}(?=[^\s\u200B])/gu;

/** A text as it can be printed: an emoji by its name, as Slack writes it; what the font cannot draw is marked and counted. */
export function drawn(text: string, language: Language): string {
  const drawable = isDrawable.test(text) ? text : replaced(text, language);
  return drawable.replace(endless, '$&\u200B');
}

const replaced = (text: string, language: Language): string =>
  text
    .normalize('NFC')
    .replace(emoji, (sign) => (isDrawable.test(sign) ? sign : nameOf(sign)))
    .replace(repeated, (run, name: string) => `${name} ×${run.length / name.length}`)
    .replace(unseen, '')
    .replace(/\r\n?/gu, '\n')
    .replace(blanks, '\u00A0')
    .replace(/→/gu, '->')
    .replace(others, (run) => words(language).undrawable(Array.from(run).length));

/** With the sign itself as a number where it has no name. */
function nameOf(sign: string): string {
  const plain = sign.replace(/\uFE0F/gu, '');
  const name = emojiToName[sign] ?? emojiToName[plain] ?? emojiToName[`${plain}\uFE0F`];
  return name
    ? `:${name}:`
    : `[U+${Array.from(plain, (c) => (c.codePointAt(0) ?? 0).toString(16).toUpperCase()).join('+')}]`;
}
