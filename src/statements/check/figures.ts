import type { Language } from '../../core/locale.ts';
import { placeholderKey } from '../../playbooks/rules.ts';

/** A reference is a code of letters and digits: a lot, a model, a file. */
export type FacetKind = 'date' | 'time' | 'figure' | 'reference' | 'address' | 'placeholder';

/** Something that must be the same in every language. `key` is how both languages agree on it. */
export type Facet = { kind: FacetKind; key: string; shown: string; start: number; end: number };

const blank = '[ \\u00a0\\u202f]';
const months: Record<Language, readonly string[]> = {
  en: 'january february march april may june july august september october november december'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
};
const days: Record<Language, readonly string[]> = {
  en: 'monday tuesday wednesday thursday friday saturday sunday'.split(' '),
  fr: 'lundi mardi mercredi jeudi vendredi samedi dimanche'.split(' '),
};
const short: Record<Language, readonly string[]> = {
  en: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' '),
  fr: 'janv févr mars avr mai juin juil août sept oct nov déc'.split(' '),
};
/** `nine` has no place here: `neuf` is `new` as well. */
const spelled: Record<Language, Record<string, number>> = {
  en: {
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    ten: 10,
    eleven: 11,
    twelve: 12,
    twenty: 20,
    thirty: 30,
    fifty: 50,
  },
  fr: {
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    dix: 10,
    onze: 11,
    douze: 12,
    vingt: 20,
    trente: 30,
    cinquante: 50,
  },
};
const multipliers: Record<string, number> = {
  thousand: 1e3,
  mille: 1e3,
  k: 1e3,
  million: 1e6,
  millions: 1e6,
  m: 1e6,
  billion: 1e9,
  billions: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  bn: 1e9,
  md: 1e9,
  mds: 1e9,
};
const currencies: Record<string, string> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  livre: 'GBP',
  livres: 'GBP',
};

const named = (words: readonly string[]) => words.join('|');
const monthNames = (l: Language) => `${named(months[l])}|(?:${named(short[l])})(?=\\.|${blank})\\.?`;
const letter = '[\\p{L}\\p{N}]';

type Reader = {
  pattern: RegExp;
  read: (m: RegExpMatchArray, text: string) => Omit<Facet, 'shown' | 'start' | 'end'> | null;
};

/** Figures, dates, hours, addresses and placeholders, in order of place. */
export function facetsOf(text: string, language: Language): Facet[] {
  const found: Facet[] = [];
  let rest = text;
  for (const { pattern, read } of readers[language]) {
    const taken: Facet[] = [];
    for (const match of rest.matchAll(pattern)) {
      const facet = read(match, rest);
      if (!facet) continue;
      const [start, end] = [match.index, match.index + match[0].length];
      taken.push({ ...facet, shown: text.slice(start, end).trim(), start, end });
    }
    if (taken.length > 0) rest = without(rest, taken);
    found.push(...taken);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The text, as long as it was, with a sign that nothing looks for in place of what was taken (in order of place). */
function without(text: string, taken: readonly Facet[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of taken) {
    parts.push(text.slice(from, start), '\u0001'.repeat(end - start));
    from = end;
  }
  return [...parts, text.slice(from)].join('');
}

function readersOf(l: Language): Reader[] {
  const month = (name: string): number => {
    const plain = name.toLowerCase().replace('.', '');
    const whole = months[l].indexOf(plain);
    return (whole >= 0 ? whole : short[l].indexOf(plain)) + 1;
  };
  const date = (year: string | undefined, m: number, d: string | undefined) => ({
    kind: 'date' as const,
    key: `${year ?? '-'}/${m}/${d ? Number(d) : '-'}`,
  });
  const hour = (h: number, m: string | undefined) => ({ kind: 'time' as const, key: `${h}:${m ?? '00'}` });
  return [
    {
      pattern: /https?:\/\/[^\s<>"“”«»]+[^\s<>"“”«».,;:!?)]|(?<![\w.@])www\.[^\s<>"“”«»]+[^\s<>"“”«».,;:!?)]/giu,
      read: (m) => ({ kind: 'address', key: addressKey(m[0]) }),
    },
    {
      pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gu,
      read: (m) => ({ kind: 'address', key: m[0].toLowerCase() }),
    },
    { pattern: /\{([a-z][a-z0-9_]*)\}/g, read: (m) => ({ kind: 'placeholder', key: placeholderKey(m[1] ?? '') }) },
    {
      pattern: new RegExp(
        `(?<!${letter}|\\d${blank})(?:\\+|00?)${blank}?\\d(?:[ .\\-()\\u00a0\\u202f]{0,2}\\d){7,14}(?!\\d)`,
        'gu',
      ),
      read: (m) => ({ kind: 'figure', key: `tel:${m[0].replace(/\D/g, '')}` }),
    },
    {
      pattern: /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g,
      read: (m) => date(m[1], Number(m[2]), m[3]),
    },
    {
      pattern: /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g,
      read: (m) => date(m[3], Number(m[2]), m[1]),
    },
    {
      pattern: new RegExp(
        `(?<!${letter})(\\d{1,2})(?:st|nd|rd|th|er)?${blank}(?:of${blank})?(${monthNames(l)})(?:,?${blank}(\\d{4}))?(?!${letter})`,
        'giu',
      ),
      read: (m) => date(m[3], month(m[2] ?? ''), m[1]),
    },
    ...(l === 'en'
      ? [
          {
            pattern: new RegExp(
              `(?<!${letter})(${monthNames(l)})${blank}(\\d{1,2})(?:st|nd|rd|th)?(?:,?${blank}(\\d{4}))?(?!${letter})`,
              'giu',
            ),
            read: (m: RegExpMatchArray) => date(m[3], month(m[1] ?? ''), m[2]),
          },
        ]
      : []),
    {
      pattern: new RegExp(`(?<!${letter})(${named(months[l])})${blank}(\\d{4})(?!${letter})`, 'giu'),
      read: (m) => date(m[2], month(m[1] ?? ''), undefined),
    },
    {
      pattern: new RegExp(`(?<!${letter})(${named(days[l])})(?!${letter})`, 'giu'),
      read: (m) => ({ kind: 'date', key: `day:${days[l].indexOf((m[1] ?? '').toLowerCase())}` }),
    },
    ...(l === 'en' ? englishHours(hour) : frenchHours(hour)),
    {
      pattern: /(?<![\p{L}\p{N}])(?=[\p{Lu}\d-]{0,12}\d)\p{Lu}{1,5}-?\d[\p{Lu}\d-]*(?![\p{L}\p{N}])/gu,
      read: (m) => ({ kind: 'reference', key: m[0].replaceAll('-', '') }),
    },
    {
      pattern: new RegExp(
        `(?:([€$£]|EUR|USD|GBP)${blank}?)?(?<![\\p{L}\\p{N}.,])(${figure(l)})(?:${blank}?(thousand|mille|millions?|billions?|milliards?|bn|mds?|k|m)(?![\\p{L}]))?(?:${blank}?(?:of${blank}|de${blank}|d['’])?(%|per${blank}cent|percent|pour${blank}cent|€|\\$|£|EUR|USD|GBP|euros?|dollars?|pounds?|livres?)(?!\\p{L}))?`,
        'giu',
      ),
      read: (m) => {
        const value = valueOf(m[2] ?? '', l) * (m[3] ? (multipliers[m[3].toLowerCase()] ?? 1) : 1);
        const unit = (m[1] ?? m[4] ?? '').toLowerCase();
        const currency = currencies[unit];
        return { kind: 'figure', key: `${amount(value)}${currency ? ` ${currency}` : unit ? ' %' : ''}` };
      },
    },
    {
      pattern: new RegExp(`(?<![\\p{L}\\p{N}-])(${named(Object.keys(spelled[l]))})(?![\\p{L}\\p{N}-])`, 'giu'),
      read: (m) => ({ kind: 'figure', key: amount(spelled[l][(m[1] ?? '').toLowerCase()] ?? 0) }),
    },
  ];
}

type Hour = (h: number, m: string | undefined) => { kind: 'time'; key: string };

const englishHours = (hour: Hour): Reader[] => [
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}:.])(\\d{1,2})(?:[:.](\\d{2}))?${blank}?([ap])\\.?m(?:\\.|(?!\\p{L}))`,
      'giu',
    ),
    read: (m) => hour((Number(m[1]) % 12) + ((m[3] ?? '').toLowerCase() === 'p' ? 12 : 0), m[2]),
  },
  { pattern: /(?<![\p{L}\p{N}:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/gu, read: (m) => hour(Number(m[1]), m[2]) },
  {
    pattern: /(?<!\p{L})(noon|midday|midnight)(?!\p{L})/giu,
    read: (m) => hour(/night/i.test(m[0]) ? 0 : 12, undefined),
  },
];

/** `en 5 heures` is how long, `à 5 heures` is when. */
const frenchHours = (hour: Hour): Reader[] => [
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}:])([01]?\\d|2[0-3])${blank}?(?:h(?:${blank}?([0-5]\\d))?|heures?)(?![\\p{L}\\d])`,
      'giu',
    ),
    read: (m, text) => {
      const before = text.slice(Math.max(0, (m.index ?? 0) - 12), m.index);
      const isSpan = /(?:en|sous|pendant|depuis|dans les|toutes les|durant|plus de|moins de|après|et)\s$/iu.test(
        before,
      );
      const isPoint = /(?:à|vers|avant|dès|jusqu['’]à|à partir de|de)\s$/iu.test(before);
      const isWritten = /heure/i.test(m[0]);
      return isSpan || (isWritten && !isPoint && !m[2]) ? null : hour(Number(m[1]), m[2]);
    },
  },
  { pattern: /(?<![\p{L}\p{N}:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/gu, read: (m) => hour(Number(m[1]), m[2]) },
  { pattern: /(?<!\p{L})(midi|minuit)(?!\p{L})/giu, read: (m) => hour(/minuit/i.test(m[0]) ? 0 : 12, undefined) },
];

/** Thousands: commas in English, blanks or points in French; the other sign begins the decimals. */
function figure(l: Language): string {
  const thousands = l === 'en' ? '(?:,|\\u00a0|\\u202f)' : `(?:${blank}|\\.)`;
  const decimals = l === 'en' ? '(?:\\.\\d+)?' : '(?:,\\d+)?';
  return `(?:\\d{1,3}(?:${thousands}\\d{3})+(?!\\d)|\\d+)${decimals}`;
}

function valueOf(shown: string, l: Language): number {
  if (/^\d+$/.test(shown)) return Number(shown);
  const plain = shown.replace(/[ \u00a0\u202f]/g, '');
  return Number(l === 'en' ? plain.replaceAll(',', '') : plain.replaceAll('.', '').replace(',', '.'));
}

/** Without the dust of binary fractions: 1.1 million is 1,100,000. */
const amount = (value: number): string => String(Number.isInteger(value) ? value : Number(value.toPrecision(12)));

/** A site has its pages in both languages: `/fr/` and `/en/` are the same place. */
const addressKey = (url: string): string =>
  url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/(?:fr|en)(?=\/|$)/, '')
    .replace(/\/$/, '');

/** In the order in which they are looked for: what one has taken, the next does not see. */
const readers: Record<Language, Reader[]> = { en: readersOf('en'), fr: readersOf('fr') };
