import { wallTimes } from '../core/due-time.ts';

export type NoteTyped = { text: string; occurredAt: Date } | { problem: 'bad_time' | 'future'; typed: string };

/** Not inside a number (`14:05:33`, `1:10,000`), and not where a range begins: `14:00 – 15:30`. */
const end = String.raw`(?=$|\s|[,;:.–-](?!\d))(?!\s*(?:[–-]|to|à)\s*\d{1,2}(?:[:h]\d|\s*[ap]\.?m))[\s,;:.–-]*`;
const half = String.raw`([ap])\.?m\.?`;
const opening = new RegExp(
  String.raw`^(?:at|à|a)\s+(\d{1,2})\s*(?:[:h]\s*(\d{2})|h|(?=\s*[ap]\.?m\b))\s*(?:${half})?${end}`,
  'i',
);
/** Without `at` only what can hardly be anything else: `14:05`, `14h05`, `2 pm`. `14h`, `1h30` and `14h05 de …` may be how long it took. */
const bare = new RegExp(
  String.raw`^(?=\d{1,2}[:\sap]|\d\dh\d\d(?!\s+(?:de\s|d['’]|sans\s)))([01]?\d|2[0-3])(?:[:h]([0-5]\d)\s*(?:${half})?|\s*(?=[ap]\.?m\b)${half})${end}`,
  'i',
);

/**
 * `14:05 the press called` happened today at 14:05 on that person's clock, the later of the two when an hour is repeated;
 * without a time, now. A time that has not come yet, or that is none, is asked about rather than guessed.
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
