import { type Level, levelPlans, levels } from '../../core/levels.ts';
import type { Reader } from '../../core/reader.ts';
import { duration, MINUTE } from '../../core/time.ts';
import { type Message, message, section } from '../../slack/blocks.ts';
import { clipWords } from '../../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../../slack/mrkdwn.ts';
import type { Crisis } from '../rules.ts';
import { levelLabel, levelName } from '../text.ts';
import { words } from './text.ts';

export type LevelChange = { from: Level; to: Level; reason: string; byId: string | null; at: Date };

/** Two lines on a phone; the whole reason is in the timeline. */
const reasonLength = 200;

/** What the level is now, why, and which times it gives: at most three lines. */
export function levelMessage(
  crisis: Crisis,
  { from, to, reason, byId, at }: LevelChange,
  { language, named }: Reader,
): Message {
  const w = words(language);
  const arrow = levels.indexOf(to) > levels.indexOf(from) ? '⬆' : '⬇';
  const time = slackTime(at, crisis.timeZone, language, 'time');
  const { answer, approval } = levelPlans[to];
  const inTime = (minutes: number) => duration(minutes * MINUTE, language);
  const lines = [
    [
      `*${levelLabel(to, language)}* ${arrow} ${w.was(levelName(from, language))}`,
      byId ? w.by(escapeMrkdwn(named(byId)), time) : time,
    ].join(' · '),
    ...(reason ? [mrkdwnOf(clipWords(reason.replace(/\s+/gu, ' '), reasonLength), named)] : []),
    w.times(inTime(answer), inTime(approval)),
  ];
  return message(w.text(levelName(to, language), crisis.title), [section(lines.join('\n'))]);
}
