import { TZDate } from '@date-fns/tz';

export type NoteTyped = { text: string; occurredAt: Date } | { problem: 'bad_time' | 'future'; typed: string };

const opening =
  /^(?:at|à|a)\s+(\d{1,2})\s*(?:[:h]\s*(\d{2})|(h)|(?=\s*[ap]\.?m\b))\s*(?:([ap])\.?m\.?)?(?=$|[\s,;:.–-])[\s,;:.–-]*/i;

/**
 * `at 14:05 the press called` happened today at 14:05 on that person's clock; without a time, now. A time that has not
 * come yet, or that no clock shows, is asked about rather than guessed.
 */
export function readNote(typed: string, now: Date, timeZone: string): NoteTyped {
  const text = typed.trim();
  const match = opening.exec(text);
  if (!match) return { text, occurredAt: now };
  const [whole, hours, minutes, , half] = match;
  const hour = hourOf(Number(hours), half);
  const minute = Number(minutes ?? 0);
  if (hour === null || hour > 23 || minute > 59) return { problem: 'bad_time', typed: whole.trim() };
  const today = new TZDate(now.getTime(), timeZone);
  const at = new Date(
    new TZDate(today.getFullYear(), today.getMonth(), today.getDate(), hour, minute, timeZone).getTime(),
  );
  if (at > now) return { problem: 'future', typed: whole.trim() };
  return { text: text.slice(whole.length), occurredAt: at };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (!half) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
