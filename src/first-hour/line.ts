import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { duration } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { slackTime } from '../slack/mrkdwn.ts';
import type { Statement } from '../statements/statement.ts';
import { firstWordsAt, firstWordsNow } from './clock.ts';
import { words } from './text.ts';

type Reading = Pick<Reader, 'language' | 'timeZone' | 'now'>;

/**
 * `🟠 nothing said yet · limit 15:00`, `after 27 min`; null where none are due. Written with hours of the clock, because a
 * message stays; the colour is drawn again when the aim and the limit go by.
 */
export function firstWordsLine(
  crisis: Pick<Crisis, 'level' | 'declaredAt' | 'status'>,
  statements: readonly Statement[],
  { language, timeZone, now }: Reading,
): string | null {
  const clock = firstWordsNow(crisis, firstWordsAt(statements), now);
  const w = words(language).clock;
  if (!clock) return null;
  if (clock.state === 'out') return w.out(duration(clock.afterMs, language));
  if (crisis.status === 'closed') return null;
  const at = (time: Date) => slackTime(time, timeZone, language, 'time');
  const aims = clock.state === 'early' && clock.aimAt < clock.limitAt;
  if (clock.state === 'early')
    return aims ? w.early(at(clock.aimAt), at(clock.limitAt)) : w.earlyNoAim(at(clock.limitAt));
  return w[clock.state](at(clock.limitAt));
}

export const firstWordsName = (language: Language): string => words(language).clock.name;
