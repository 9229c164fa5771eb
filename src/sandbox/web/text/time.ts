/** How one person reads an instant: in their language and where they are. */
export type Reader = { locale: string; tz: string; now: number };

const show = ({ locale, tz }: Reader, at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { timeZone: tz, ...options }).format(at);

export const clockTime = (reader: Reader, at: number): string =>
  show(reader, at, { hour: hours(reader), minute: '2-digit' });

/** 9:05 AM, but 09:05. */
const hours = ({ locale }: Reader) => (locale === 'en-US' ? 'numeric' : '2-digit');

export const fullTime = (reader: Reader, at: number): string =>
  show(reader, at, { dateStyle: 'full', timeStyle: 'medium' });

/** The day as a key that sorts, in the reader's own zone. */
export const dayKey = ({ tz }: Reader, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: tz, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

const DAY = 86_400_000;

/** "Today", "Yesterday" or the weekday and date, as Slack's dividers say it. */
export function dayName(reader: Reader, at: number): string {
  const name = nearDay(reader, at) ?? show(reader, at, { weekday: 'long', day: 'numeric', month: 'long' });
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function nearDay(reader: Reader, at: number): string | null {
  const distance = [-1, 0, 1].find((days) => dayKey(reader, reader.now + days * DAY) === dayKey(reader, at));
  if (distance === undefined) return null;
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(distance, 'day');
}

/** Intl says "this minute", which nobody says. */
const justNow = (locale: string): string => (locale.startsWith('fr') ? 'à l’instant' : 'just now');

export function ago(reader: Reader, at: number): string {
  const minutes = Math.round((at - reader.now) / 60_000);
  if (minutes === 0) return justNow(reader.locale);
  const words = new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / 1440), 'day');
}

/** Slack's `<!date^…>` tokens. */
export function dateTokens(reader: Reader, unix: number, format: string): string {
  const at = unix * 1000;
  const long = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const short = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const tokens: Record<string, () => string> = {
    date_num: () => dayKey(reader, at),
    date_slash: () => show(reader, at, { day: '2-digit', month: '2-digit', year: 'numeric' }),
    date: () => show(reader, at, long),
    date_short: () => show(reader, at, short),
    date_long: () => show(reader, at, { ...long, weekday: 'long' }),
    date_long_full: () => show(reader, at, { ...long, weekday: 'long' }),
    time: () => clockTime(reader, at),
    time_secs: () => show(reader, at, { hour: hours(reader), minute: '2-digit', second: '2-digit' }),
    ago: () => ago(reader, at),
  };
  return format.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const plain = name.replace(/_pretty$/, '').replace('day_divider', 'date_long');
    const pretty = name.endsWith('_pretty') ? nearDay(reader, at) : null;
    return pretty ?? tokens[plain]?.() ?? whole;
  });
}
