// The whole of date-fns takes 160 ms to load; one function takes none.
import { addMilliseconds } from 'date-fns/addMilliseconds';
import { dateFormat, type Language } from './locale.ts';
import type { Reader } from './reader.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `from`, and `ms` later. */
export const after = (from: Date, ms: number): Date => addMilliseconds(from, ms);
/** `45 s`, `12 min`, `1 h 05`, `3 d` / `3 j`: rounded down, for people, never for computing. */
export function duration(ms: number, language: Language): string {
  const total = Math.max(0, ms);
  if (total < MINUTE) return `${Math.floor(total / SECOND)} s`;
  if (total < HOUR) return `${Math.floor(total / MINUTE)} min`;
  if (total < 2 * DAY) {
    const minutes = Math.floor((total % HOUR) / MINUTE);
    return `${Math.floor(total / HOUR)} h${minutes ? ` ${String(minutes).padStart(2, '0')}` : ''}`;
  }
  return `${Math.floor(total / DAY)} ${language === 'fr' ? 'j' : 'd'}`;
}

/** The hour of the day in a time zone, 0 to 23. */
export const hourIn = (at: Date, timeZone: string): number =>
  Number(dateFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));

/** `22 Nov 2026, 18:04 (Europe/Paris)`: for exports and other texts that Slack does not localise for each reader. */
export function dateTime(date: Date, timeZone: string, language: Language): string {
  const format = dateFormat(language, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(date);
}

/** `14:03` today, with the day otherwise: plain text, for the errors of a form. */
export function momentOf(at: Date, { language, timeZone, now }: Pick<Reader, 'language' | 'timeZone' | 'now'>): string {
  const whole = dateTime(at, timeZone, language);
  const day = (text: string) => text.split(/[\s,]+\d{2}:\d{2}/)[0];
  return day(whole) === day(dateTime(now, timeZone, language)) ? whole.slice(-5) : whole;
}
