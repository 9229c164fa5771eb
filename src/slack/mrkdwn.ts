import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { storable } from '../core/storable.ts';
import { dateTime, HOUR } from '../core/time.ts';

/** What a person wrote, safe inside mrkdwn: no mention, link or channel call can be smuggled in. */
export const escapeMrkdwn = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A space that is not lost where several would become one. */
export const wideGap = '\u2003';

export const mention = (userId: string): string => `<@${userId}>`;
export const channelLink = (channelId: string): string => `<#${channelId}>`;
export const link = (url: string, label: string): string =>
  `<${url.replaceAll('>', '%3E').replaceAll('|', '%7C')}|${escapeMrkdwn(label).replaceAll('|', '¦')}>`;

/** An instant that each reader sees in their own time zone; clients that cannot, show the fallback in `timeZone`. */
export function slackTime(
  date: Date,
  timeZone: string,
  language: Language,
  form: 'time' | 'day_time' = 'day_time',
): string {
  const token = form === 'time' ? '{time}' : '{date_short_pretty} {time}';
  return `<!date^${Math.floor(date.getTime() / 1000)}^${token}|${dateTime(date, timeZone, language)} (${timeZone})>`;
}

/** The hour alone where it says which day is meant, otherwise with its day: for messages that stay. */
export const hourOf = (at: Date, { timeZone, language, now }: Pick<Reader, 'timeZone' | 'language' | 'now'>): string =>
  slackTime(at, timeZone, language, Math.abs(at.getTime() - now.getTime()) < 12 * HOUR ? 'time' : 'day_time');

/**
 * Texts that Slack hands over (commands, messages) are escaped and carry its own notation. This gives back what the
 * person meant: plain text, in which only `<@U…>` still stands for somebody, without what no database keeps.
 */
export function plainText(slackText: string): string {
  return (
    storable(slackText)
      .replace(/<@([UW][A-Z0-9]+)(\|[^>]*)?>/g, '<@$1>')
      // The name of a private channel is left out.
      .replace(/<#[A-Z0-9]+\|([^>]+)>/g, '#$1')
      .replace(/<#([A-Z0-9]+)\|?>/g, '#$1')
      .replace(/<!subteam\^[A-Z0-9]+\|([^>]+)>/g, '$1')
      .replace(/<!subteam\^([A-Z0-9]+)\|?>/g, '@$1')
      .replace(/<!(here|channel|everyone)(\|[^>]*)?>/g, '@$1')
      .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<mailto:[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<((?:https?|tel):[^|>]*)\|([^>]*)>/g, (_, url: string, label: string) =>
        url.endsWith(label) ? url : `${label} (${url})`,
      )
      .replace(/<((?:https?|tel|mailto):[^|>]*)>/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  );
}

/** Plain text with `<@U…>` in it, as mrkdwn. `named` shows names without calling anybody; without it people are mentioned. */
export function mrkdwnOf(text: string, named?: (userId: string) => string): string {
  return text
    .split(/(<@[UW][A-Z0-9]+>)/)
    .map((part, index) =>
      index % 2 === 0 ? escapeMrkdwn(part) : named ? `*${escapeMrkdwn(named(part.slice(2, -1)))}*` : part,
    )
    .join('');
}

/** The same, for plain text blocks and files. */
export const withNames = (text: string, named: (userId: string) => string): string =>
  text.replace(/<@([UW][A-Z0-9]+)>/g, (_, id: string) => named(id));

/** Where a person can read the message again. Slack is not asked: whoever waits for a form has no time for that. */
export function messageUrl(domain: string, at: { channelId: string; ts: string; threadTs: string | null }): string {
  const url = `https://${domain}.slack.com/archives/${at.channelId}/p${at.ts.replace('.', '')}`;
  return at.threadTs && at.threadTs !== at.ts ? `${url}?thread_ts=${at.threadTs}&cid=${at.channelId}` : url;
}
