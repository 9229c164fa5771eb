import { TZDate } from '@date-fns/tz';
import { after, DAY, HOUR, MINUTE } from './time.ts';

export type DueProblem = {
  /** `past`: over already. `ambiguous`: two readings. `too_far`: more than a year away. */
  code: 'past' | 'ambiguous' | 'too_far';
  /** The words in question, as they were typed. */
  phrase: string;
};
export type DueReading = {
  due: Date | null;
  /** The text without the due words and without the people named before or after it. */
  rest: string;
  problem: DueProblem | null;
};
type Here = { now: Date; timeZone: string };
type Found = { due: Date } | { problem: DueProblem['code'] } | 'not_a_due';
type Clock = { hour: number; minute: number; midnight: boolean; half: boolean };

/**
 * Reads the due time that a task ends with (or starts with: `in 20 min, …`), in English or French, whoever types it.
 * Only words that can hardly mean anything else are taken; a time inside a sentence stays in the sentence. `timeZone`
 * is an IANA name. Days without an hour end at 18:00, evenings at 20:00; a wall time that a clock change skips is the one
 * just after it. An hour that may be a length of time (`2h`) or of the night (`at 5`), or is only about (`around 18:00`), is
 * ambiguous: it is asked for again, never left in the sentence.
 */
export function readDue(text: string, here: Here): DueReading {
  const bare = withoutOuterMentions(text.normalize('NFC').trim());
  const plain = bare.replace(/[’ʼ]/g, "'").replace(/\s/g, ' ');
  const end = atEnd(plain, here);
  if (end) return reading(bare.slice(end.start), bare.slice(0, end.start), end.found);
  const start = atStart(plain, here);
  if (start) return reading(bare.slice(0, start.length), bare.slice(start.length), start.found);
  return { due: null, rest: bare, problem: null };
}

function reading(phrase: string, rest: string, found: Exclude<Found, 'not_a_due'>): DueReading {
  const cleaned = withoutOuterMentions(rest.replace(/[\s,;:(–—-]+$/u, '').replace(/^[\s,;:–—-]+/u, ''));
  if ('problem' in found)
    return { due: null, rest: cleaned, problem: { code: found.problem, phrase: withoutOuterMentions(phrase.trim()) } };
  return { due: found.due, rest: cleaned, problem: null };
}

const mention = '<@[UW][A-Z0-9]+>';
const linking = 'to|for|with|from|by|of|and|or|à|a|pour|avec|de|du|par|et|ou|chez';
const mentionBefore = new RegExp(`^(?:${mention}[\\s,;:–—-]*)+`);
const mentionAfter = new RegExp(`(?<!(?:^|\\s)(?:${linking}))[\\s,;:–—-]+${mention}$`, 'iu');

/** Somebody named before or after the sentence is who it is for; inside it (`ask @Helen to …`) they belong to it. */
function withoutOuterMentions(text: string): string {
  let rest = text.replace(mentionBefore, '');
  while (mentionAfter.test(rest)) rest = rest.replace(mentionAfter, '');
  return rest.trim();
}

/** Words for 1 to 30, by value; digits are understood anyway. */
const numberWords = [
  [1, 'a|an|one|un|une'],
  [2, 'two|deux'],
  [3, 'three|trois'],
  [4, 'four|quatre'],
  [5, 'five|cinq'],
  [10, 'ten|dix'],
  [15, 'fifteen|quinze'],
  [20, 'twenty|vingt'],
  [30, 'thirty|trente'],
] as const;
const number = `(?:\\d{1,4}|${numberWords.map(([, names]) => names).join('|')})`;
const hours = '(?:h|hrs?|hours?|heures?)';
const minutes = '(?:mn|mins?|minutes?)';
const coming = '(?:prochaine?s? )?';
const amount = [
  `(?<half>(?:an? )?half(?: an| of an)?[ -]hour|une? demie?[- ]heure)`,
  `(?<quarter>a quarter of an hour|un quart d'heure)`,
  `(?<quarters>three quarters of an hour|trois quarts d'heure)`,
  `(?<hours>${number}) ?${coming}${hours}(?<andHalf> and a half| et demie?)`,
  `(?<wholeHours>${number}) ?${coming}${hours}(?: ?(?:and |et )?(?<extra>\\d{1,2})(?: ?${minutes})?)?`,
  `(?<minutes>${number}) ?${coming}${minutes}`,
  `(?<days>${number}) ?${coming}(?:d|days?|j|jours?)`,
  `(?<weeks>${number}) ?${coming}(?:weeks?|semaines?)`,
].join('|');
const relative = `(?<lead>in|within|dans|d'ici|sous)(?: the next| les| à)? (?:${amount})`;

const clock = [
  '(?<noon>noon|midday|midi)(?<noonHalf> et demie?)?',
  '(?<midnight>midnight|minuit)',
  '(?<hour12>\\d{1,2})(?:[:.](?<minute12>\\d{2}))? ?(?<half12>[ap])\\.?m\\.?',
  '(?<hour24>\\d{1,2}) ?[h:] ?(?<minute24>\\d{2})',
  '(?<hourAlone>\\d{1,2}) ?(?:h|heures)',
].join('|');
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const weekdaysFr = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const weekdaysShort = ['', 'mon', 'tue', 'wed', 'thu', 'fri'];
const months = 'january|february|march|april|may|june|july|august|september|october|november|december'.split('|');
const monthsFr = 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre'.split('|');
const month = [...months, ...monthsFr, 'fevrier', 'aout', 'decembre'].join('|');
const day = [
  `(?<afterTomorrow>(?:the )?day after tomorrow|apr[èe]s[- ]demain)`,
  `(?<tomorrow>tomorrow|demain)`,
  `(?<evening>tonight|this evening|ce soir)`,
  `(?<today>today|aujourd'hui)`,
  `(?<afternoon>this afternoon|cet apr[èe]s[- ]midi)`,
  `(?<next>next )?(?<weekday>${[...weekdays, ...weekdaysFr].join('|')})(?<nextFr> prochain)?`,
  `(?<dayFirst>\\d{1,2})(?:er|st|nd|rd|th)? (?<monthAfter>${month})(?:,? (?<yearAfter>20\\d{2}))?`,
  `(?<monthFirst>${month}) (?<dayAfter>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<yearLast>20\\d{2}))?`,
  `(?<iso>20\\d{2}-\\d{2}-\\d{2})`,
].join('|');
const part =
  '(?<morning>(?:in the )?morning|matin)|(?<later>(?:in the )?afternoon|apr[èe]s[- ]midi|(?:in the )?evening|night|soir)';
const endOfDay = `(?:the )?(?:eod|cob|end of (?:the )?day|close of business)|(?:la )?fin de journ[ée]e`;

const firm =
  "by|before|for|due|due by|no later than|avant|pour|d'ici|d'ici à|au plus tard|au plus tard le|avant le|pour le";
const loose = 'on|le|en';
const atTime = `${firm}|at|due at|à|au plus tard à|a(?= \\d{1,2} ?h)`;
const polite =
  "(?:[ ,.!?)]*(?:please|pls|thanks|thank you|stp|svp|s'il (?:te|vous) pla[iî]t|merci|max|maximum|sharp|pile|at the latest|au plus tard))?[ .,!?)]*";

const anchored = (body: string) => new RegExp(`(?:${body})${polite}$`, 'iuy');
const endings: { pattern: RegExp; read: (m: Groups, here: Here) => Found }[] = [
  { pattern: anchored(relative), read: readRelative },
  {
    pattern: anchored(
      `(?:(?<prep>${firm}|${loose}) )?(?:${day})(?:,? (?:${part}))?(?:,? (?:(?:${atTime}) )?(?:${clock}))?`,
    ),
    read: readDay,
  },
  {
    pattern: anchored(`(?:(?<prep>${firm}|${loose}) )?(?:${day}),? (?:(?:${atTime}) )?(?<eod>${endOfDay})`),
    read: readDay,
  },
  {
    pattern: anchored(`(?:(?:${atTime}) )?(?:${clock}),? (?:(?<prep>${loose}) )?(?:${day})(?: (?:${part}))?`),
    read: readDay,
  },
  { pattern: anchored(`(?<short>${weekdaysShort.filter(Boolean).join('|')}) (?:${clock})`), read: readDay },
  { pattern: anchored(`(?:(?:${atTime}) )(?:${clock})`), read: readClock },
  { pattern: anchored(`(?:(?:${atTime}) )(?<bareHour>\\d{1,2})`), read: readBareHour },
  {
    pattern: anchored(`(?:about|around|circa|vers|aux alentours de) (?:${clock})`),
    read: () => ({ problem: 'ambiguous' }),
  },
  { pattern: anchored(clock), read: readBareClock },
  { pattern: anchored(`(?:(?:${atTime}|en) )?(?<eod>${endOfDay})(?:,? (?:${day}))?`), read: readDay },
];
const opening = new RegExp(
  `^(?:${relative})(?:[,:;] ?| (?![,:;]|of |de |d'|after |apr[èe]s |before |avant |from ))`,
  'iu',
);

type Groups = Record<string, string | undefined>;

/** Words before which a day or an hour tells when something was or lasts, not when the task is due. */
const notADue = new RegExp(
  `(?:^|[\\s('])(?:until|till|since|from|of|about|around|after|between|and|last|past|yesterday|week|weekend|month|morning|jusqu'?|jusqu'à|depuis|de|du|dès|vers|après|entre|et|hier|semaine|week-end|mois|matin|derni[èe]re?|passée?|${[...weekdays, ...weekdaysFr].join('|')}|${month}|\\d{1,4}[/.-]\\d{1,2}(?:[/.-]\\d{1,4})?|d|'s),?$`,
  'iu',
);

/** The longest ending that is understood decides; what comes just before it may say that it is no due time at all. */
function atEnd(text: string, here: Here): { start: number; found: Exclude<Found, 'not_a_due'> } | null {
  for (const start of wordStarts(text)) {
    for (const { pattern, read } of endings) {
      pattern.lastIndex = start;
      const match = pattern.exec(text);
      if (!match) continue;
      if (notADue.test(text.slice(0, start).trimEnd())) return null;
      const found = read(match.groups ?? {}, here);
      return found === 'not_a_due' ? null : { start, found };
    }
  }
  return null;
}

/** Due words are few: only the last part of a long text can hold them. */
const longestPhrase = 80;
const wordStarts = (text: string): number[] =>
  [...text.matchAll(/(?<=^|[\s(,])(?=\S)/gu)].map((m) => m.index).filter((i) => i >= text.length - longestPhrase);

function atStart(text: string, here: Here): { length: number; found: Exclude<Found, 'not_a_due'> } | null {
  const match = opening.exec(text);
  if (!match || match[0].length === text.length) return null;
  const found = readRelative(match.groups ?? {}, here);
  return found === 'not_a_due' ? null : { length: match[0].length, found };
}

function numberOf(word: string | undefined): number {
  if (!word) return 0;
  const named = numberWords.find(([, names]) => names.split('|').includes(word.toLowerCase()));
  return named ? named[0] : Number(word);
}

const farthest = 366 * DAY;

function bounded(due: Date, here: Here): Found {
  if (Number.isNaN(due.getTime())) return 'not_a_due';
  if (due <= here.now) return { problem: 'past' };
  return due > after(here.now, farthest) ? { problem: 'too_far' } : { due };
}

function readRelative(m: Groups, here: Here): Found {
  const clockLike = Number(m['wholeHours']);
  // `d'ici 18h` is a time of the day, `d'ici 2h` may be either.
  if (m['lead']?.toLowerCase() === "d'ici" && clockLike > 0) {
    if (clockLike <= 12) return { problem: 'ambiguous' };
    return readClock({ hour24: m['wholeHours'], minute24: m['extra'] ?? '00' }, here);
  }
  if (m['days'] || m['weeks']) {
    const days = m['days'] ? numberOf(m['days']) : 7 * numberOf(m['weeks']);
    return days > 0 ? bounded(sameTimeIn(days, here), here) : 'not_a_due';
  }
  const length = lengthOf(m);
  return length > 0 ? bounded(after(here.now, length), here) : 'not_a_due';
}

function lengthOf(m: Groups): number {
  if (m['half']) return 30 * MINUTE;
  if (m['quarter']) return 15 * MINUTE;
  if (m['quarters']) return 45 * MINUTE;
  if (m['hours']) return numberOf(m['hours']) * HOUR + 30 * MINUTE;
  if (m['minutes']) return numberOf(m['minutes']) * MINUTE;
  return numberOf(m['wholeHours']) * HOUR + numberOf(m['extra']) * MINUTE;
}

function clockOf(m: Groups): Clock | 'invalid' | null {
  if (m['noon']) return { hour: 12, minute: m['noonHalf'] ? 30 : 0, midnight: false, half: true };
  if (m['midnight']) return { hour: 0, minute: 0, midnight: true, half: true };
  if (m['hour12']) {
    const [hour, minute] = [Number(m['hour12']), Number(m['minute12'] ?? 0)];
    if (hour < 1 || hour > 12 || minute > 59) return 'invalid';
    return { hour: (hour % 12) + (m['half12']?.toLowerCase() === 'p' ? 12 : 0), minute, midnight: false, half: true };
  }
  const written = m['hour24'] ?? m['hourAlone'];
  if (written === undefined) return null;
  const [hour, minute] = [Number(written), Number(m['minute24'] ?? 0)];
  return hour > 23 || minute > 59 ? 'invalid' : { hour, minute, midnight: false, half: false };
}

/** An hour of today. One that is over means tomorrow only where nobody could doubt it: a morning hour, said in the evening. */
function readClock(m: Groups, here: Here): Found {
  const time = clockOf(m);
  if (!time || time === 'invalid') return 'not_a_due';
  if (time.midnight) return bounded(wall(here, 1, 0, 0), here);
  const today = wall(here, 0, time.hour, time.minute);
  if (today > here.now) return bounded(today, here);
  const isLate = local(here).getHours() >= endOfWork;
  return isLate && time.hour <= 12 ? bounded(wall(here, 1, time.hour, time.minute), here) : { problem: 'past' };
}

/** `18h` alone is an hour of today; `2h` may be how long it takes. */
function readBareClock(m: Groups, here: Here): Found {
  return m['hourAlone'] !== undefined && Number(m['hourAlone']) <= 12 ? { problem: 'ambiguous' } : readClock(m, here);
}

/** `at 17` is an hour; `at 5` is one in the morning or in the afternoon. */
function readBareHour({ bareHour = '' }: Groups, here: Here): Found {
  const hour = Number(bareHour);
  if (hour === 0 || hour > 23) return 'not_a_due';
  return hour <= 12 ? { problem: 'ambiguous' } : readClock({ hour24: bareHour, minute24: '00' }, here);
}

const endOfWork = 18;
const evening = 20;
const startOfWork = 9;

function readDay(m: Groups, here: Here): Found {
  const time = clockOf(m);
  if (time === 'invalid') return 'not_a_due';
  const isFirm = m['prep'] !== undefined && !/^(?:on|le|en)$/i.test(m['prep']);
  const said = Boolean(time ?? m['eod'] ?? m['morning'] ?? m['later']);
  const ahead = daysAhead(m, here, isFirm || said, time);
  if (typeof ahead !== 'number') return ahead;
  if (time?.midnight) return m['evening'] ? bounded(wall(here, 1, 0, 0), here) : { problem: 'ambiguous' };
  const afternoon = m['evening'] ?? m['later'] ?? m['afternoon'];
  if (time) {
    const isSpoken = !time.half && afternoon !== undefined && time.hour >= 1 && time.hour < 12;
    return bounded(wall(here, ahead, time.hour + (isSpoken ? 12 : 0), time.minute), here);
  }
  if (m['morning']) return bounded(wall(here, ahead, startOfWork, 0), here);
  // An afternoon is no hour.
  if (/noon|midi/i.test(m['afternoon'] ?? m['later'] ?? '')) return 'not_a_due';
  return bounded(wall(here, ahead, isEvening(m) ? evening : endOfWork, 0), here);
}

const isEvening = (m: Groups): boolean => m['evening'] !== undefined || /evening|night|soir/i.test(m['later'] ?? '');

/** Days from today to the day that is meant. `clear`: an hour or a word like `by` shows that a due time is meant. */
function daysAhead(m: Groups, here: Here, clear: boolean, time: Clock | null): number | Exclude<Found, { due: Date }> {
  if (m['tomorrow']) return 1;
  if (m['afterTomorrow']) return 2;
  if (m['evening']) return 0;
  const weekday = m['weekday'] ?? m['short'];
  if (weekday) return daysToWeekday(weekday.toLowerCase(), Boolean(m['next'] ?? m['nextFr']), here, time);
  if (!clear) return 'not_a_due';
  const date = dateOf(m, here);
  return date === null ? 0 : date;
}

function daysToWeekday(
  name: string,
  isNext: boolean,
  here: Here,
  time: Clock | null,
): number | Exclude<Found, { due: Date }> {
  const wanted = [weekdays, weekdaysFr, weekdaysShort].map((names) => names.indexOf(name)).find((i) => i >= 0) ?? 0;
  const today = local(here).getDay();
  const ahead = (wanted - today + 7) % 7;
  // `Monday 9:00`, said on a Monday: in a week once that hour is over; before, it may be today.
  const isOver = wall(here, 0, time?.hour ?? endOfWork, time?.minute ?? 0) <= here.now;
  if (ahead === 0) return isNext || isOver ? 7 : { problem: 'ambiguous' };
  const isThisWeek = (wanted + 6) % 7 > (today + 6) % 7;
  return isNext && isThisWeek ? { problem: 'ambiguous' } : ahead;
}

function dateOf(m: Groups, here: Here): number | Exclude<Found, { due: Date }> | null {
  const name = (m['monthAfter'] ?? m['monthFirst'])?.toLowerCase();
  if (!name && !m['iso']) return null;
  const today = local(here);
  const [y, mo, d] = m['iso']
    ? (m['iso'].split('-').map(Number) as [number, number, number])
    : [
        Number(m['yearAfter'] ?? m['yearLast'] ?? today.getFullYear()),
        monthNumber(name ?? ''),
        Number(m['dayFirst'] ?? m['dayAfter']),
      ];
  const asked = new Date(Date.UTC(y, mo - 1, d));
  if (asked.getUTCMonth() !== mo - 1) return 'not_a_due';
  const ahead = (asked.getTime() - Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())) / DAY;
  return ahead < 0 ? { problem: 'past' } : ahead;
}

const monthNumber = (name: string): number => {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');
  const index = [months, monthsFr].map((names) => names.findIndex((n) => plain(n) === plain(name))).find((i) => i >= 0);
  return (index ?? 0) + 1;
};

const local = (here: Here): TZDate => new TZDate(here.now.getTime(), here.timeZone);

/**
 * The instants at which a clock in `timeZone` shows this time, `days` from today, the earlier first: two in the night in which
 * an hour is repeated, otherwise one. A time that is skipped is the one just after it.
 */
export function wallTimes(here: Here, days: number, hour: number, minute: number): Date[] {
  const today = local(here);
  const there = new TZDate(today.getFullYear(), today.getMonth(), today.getDate() + days, hour, minute, here.timeZone);
  const minuteOf = (ms: number) => {
    const at = new TZDate(ms, here.timeZone);
    return at.getHours() * 60 + at.getMinutes();
  };
  const wanted = minuteOf(there.getTime());
  // Clocks go back by an hour, on Lord Howe Island by half of one.
  return [-HOUR, -HOUR / 2, 0, HOUR / 2, HOUR]
    .map((ms) => there.getTime() + ms)
    .filter((ms) => minuteOf(ms) === wanted)
    .map((ms) => new Date(ms));
}

/** Of two readings the nearer that is still to come. */
const wall = (here: Here, days: number, hour: number, minute: number): Date => {
  const times = wallTimes(here, days, hour, minute);
  return (times.find((at) => at > here.now) ?? times.at(-1)) as Date;
};

function sameTimeIn(days: number, here: Here): Date {
  const there = local(here);
  there.setDate(there.getDate() + days);
  return new Date(there.getTime());
}
