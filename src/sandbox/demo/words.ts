import { TZDate } from '@date-fns/tz';
import { MINUTE, SECOND } from '../../core/time.ts';
import type { Sandbox } from '../server/index.ts';
import type { Scenario } from './scenario.ts';

/** Where Maison Aurore is. */
const storyTimeZone = 'Europe/Paris';

/** A scenario's text with its hours. `start` is when the crisis was declared. */
export const withHours = (text: string, { language }: Scenario, start: Date): string =>
  text
    .replaceAll(/\{T([+-]\d+)\}/g, (_, minutes: string) =>
      spokenTime(rounded(start.getTime() + Number(minutes) * MINUTE), language),
    )
    .replaceAll(/\{@T([+-]\d+)\}/g, (_, minutes: string) => picked(rounded(start.getTime() + Number(minutes) * MINUTE)))
    .replaceAll(/\{@tomorrow (\d+):(\d+)\}/g, (_, hour: string, minute: string) => {
      const at = new TZDate(start, storyTimeZone);
      at.setDate(at.getDate() + 1);
      at.setHours(Number(hour), Number(minute), 0, 0);
      return picked(at);
    });

/** As a field for a moment takes it. */
const picked = (at: Date): string => String(Math.floor(at.getTime() / SECOND));

/** `@Helen` picked from the list that Slack's composer shows. */
export const withMentions = (text: string, sandbox: Sandbox): string =>
  text.replaceAll(/@(\p{Lu}[\p{L}-]+)/gu, (whole, name: string) => {
    const known = sandbox.people().find((user) => user.real_name.split(' ')[0] === name);
    return known ? `<@${known.id}>` : whole;
  });

const FIVE_MINUTES = 5 * MINUTE;
const rounded = (at: number): Date => new Date(Math.round(at / FIVE_MINUTES) * FIVE_MINUTES);

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: storyTimeZone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `09:05` */
export const clockTime = (at: Date): string => clockFormat.format(at);

/** `09:05`, as Slack writes it in English, or `9 h 05` with spaces that do not break. */
function spokenTime(at: Date, language: Scenario['language']): string {
  if (language === 'en') return clockTime(at);
  const [hour = '', minute = ''] = clockTime(at).split(':');
  return minute === '00' ? `${Number(hour)}\u00A0h` : `${Number(hour)}\u00A0h\u00A0${minute}`;
}
