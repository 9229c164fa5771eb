import { wallTimes } from '../core/due-time.ts';

export type NoteTyped = { text: string; occurredAt: Date } | { problem: 'bad_time' | 'future'; typed: string };

const end = String.raw`(?=$|[\s,;:.–-])[\s,;:.–-]*`;
const half = String.raw`([ap])\.?m\.?`;
const opening = new RegExp(
  String.raw`^(?:at|à|a)\s+(\d{1,2})\s*(?:[:h]\s*(\d{2})|h|(?=\s*[ap]\.?m\b))\s*(?:${half})?${end}`,
  'i',
);
/** Without `at` only what can hardly be anything else than a time: `14:05`, `14h05`, `2 pm`; `14h` may be how long it took. */
const bare = new RegExp(
  String.raw`^([01]?\d|2[0-3])(?:[:h]([0-5]\d)\s*(?:${half})?|\s*(?=[ap]\.?m\b)${half})${end}`,
  'i',
);

/**
 * `14:05 the press called` happened today at 14:05 on that person's clock, the later of the two when an hour is repeated;
 * without a time, now. A time that has not come yet, or that no clock shows, is asked about rather than guessed.
 */
export function readNote(typed: string, now: Date, timeZone: string): NoteTyped {
  const text = typed.trim();
  const match = opening.exec(text) ?? bare.exec(text);
  if (!match) return { text, occurredAt: now };
  const [whole, hours, minutes, ...halves] = match;
  const hour = hourOf(Number(hours), halves.find(Boolean));
  const minute = Number(minutes ?? 0);
  if (hour === null || hour > 23 || minute > 59) return { problem: 'bad_time', typed: whole.trim() };
  const at = wallTimes({ now, timeZone }, 0, hour, minute).findLast((one) => one <= now);
  return at ? { text: text.slice(whole.length), occurredAt: at } : { problem: 'future', typed: whole.trim() };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (!half) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
