export type Language = 'en' | 'fr';

/** One text in both languages, for what is stored or read by several people. */
export type Bilingual = Record<Language, string>;

type Words = { readonly [name: string]: string | ((...args: never[]) => string) | Words };
type SameWords<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : SameWords<T[K]>;
};

/**
 * A dictionary in both languages. A French word that is missing, or that takes other parameters than the English one,
 * does not compile.
 */
export function bilingual<const T extends Words>(
  en: T,
  fr: SameWords<NoInfer<T>>,
): (language: Language) => SameWords<T> {
  const both = { en: en as unknown as SameWords<T>, fr };
  return (language) => both[language];
}

/** Says the same thing in both languages. */
export const inBoth = (say: (language: Language) => string): Bilingual => ({ en: say('en'), fr: say('fr') });

/** The same for every entry of a flat dictionary. */
export const eachInBoth =
  <K extends string>(words: (language: Language) => Record<K, string>) =>
  (key: K): Bilingual =>
    inBoth((language) => words(language)[key]);

export const languageOf = (locale: string | null | undefined): Language | null =>
  locale ? (locale.toLowerCase().startsWith('fr') ? 'fr' : 'en') : null;

const rules = { en: new Intl.PluralRules('en'), fr: new Intl.PluralRules('fr') };

/** `plural('fr', 1.5, 'tâche', 'tâches')` is `tâche`: French counts up to two, excluded, as one. */
export const plural = (language: Language, count: number, one: string, other: string): string =>
  rules[language].select(count) === 'one' ? one : other;

const lists = {
  en: new Intl.ListFormat('en', { type: 'conjunction' }),
  fr: new Intl.ListFormat('fr', { type: 'conjunction' }),
};

export const list = (language: Language, items: readonly string[]): string => lists[language].format(items);

const localeOf = (language: Language): string => ({ en: 'en-GB', fr: 'fr-FR' })[language];

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** How dates are written in a language; made once for each way of writing them. Throws RangeError for an unknown zone. */
export function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const known = dateFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeOf(language), options);
  dateFormats.set(key, made);
  return made;
}

const numbers = {
  en: new Intl.NumberFormat(localeOf('en'), { maximumFractionDigits: 2 }),
  fr: new Intl.NumberFormat(localeOf('fr'), { maximumFractionDigits: 2 }),
};

/** `12,000`, `43.5`; `12 000`, `43,5`. At most two decimals. */
export const numberText = (value: number, language: Language): string => numbers[language].format(value);

/** `2026-06-30` as `30 Jun 2026`, `30 juin 2026`; with a long month, `30 June 2026`. */
export const dayName = (day: string, language: Language, month: 'short' | 'long' = 'short'): string =>
  dateFormat(language, { timeZone: 'UTC', day: 'numeric', month, year: 'numeric' }).format(
    new Date(`${day}T00:00:00Z`),
  );
