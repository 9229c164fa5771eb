import type { Line } from '../core/line.ts';
import type { Reader } from '../core/reader.ts';
import { HOUR } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { slackTime } from '../slack/mrkdwn.ts';
import { words } from './text.ts';

/** When the next digest comes, and that the last beat found nothing new; null where none will come. */
export function digestLine(crisis: Crisis, quietAt: Date | null, { language, now }: Reader): Line | null {
  const { nextDigestAt, status, timeZone } = crisis;
  if (!nextDigestAt || status === 'closed') return null;
  const w = words(language).line;
  const time = (at: Date) =>
    slackTime(at, timeZone, language, Math.abs(at.getTime() - now.getTime()) < 12 * HOUR ? 'time' : 'day_time');
  return {
    label: w.label,
    text: [w.digest(time(nextDigestAt)), ...(quietAt ? [w.quiet(time(quietAt))] : [])].join(' · '),
  };
}
