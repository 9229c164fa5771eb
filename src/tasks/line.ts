import type { Language } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import { departmentName } from '../people/text.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import type { Task } from './rules.ts';
import { words } from './text.ts';

type Named = (userId: string) => string;

/**
 * `⚪ *#3* Freeze scheduled posts · *Tom Becker* · due 14:20 · late by 12 min`: mrkdwn that calls nobody. Without `now`,
 * for messages that stay, nothing that stops being true.
 */
export function taskLine(task: Task, named: Named, language: Language, now: Date | null, timeZone: string): string {
  const w = words(language);
  const department = task.department ? escapeMrkdwn(departmentName(task.department, null, language)) : w.card.nobody;
  const who = task.assigneeId ? `*${escapeMrkdwn(named(task.assigneeId))}*` : department;
  const parts = [`${w.mark[task.status]} *#${task.number}* ${titleOf(task, named)}`, who];
  if (task.status === 'done' && task.doneAt && task.doneBy)
    return [...parts, w.card.doneBy(escapeMrkdwn(named(task.doneBy)), slackTime(task.doneAt, timeZone, language))].join(
      ' · ',
    );
  if (task.dueAt) parts.push(w.card.due(slackTime(task.dueAt, timeZone, language)));
  return [...parts, ...(now ? lateness(task, language, now) : [])].join(' · ');
}

function lateness(task: Task, language: Language, now: Date): string[] {
  if (!task.dueAt) return [];
  const left = task.dueAt.getTime() - now.getTime();
  const w = words(language).line;
  return [left < 0 ? `*${w.late(duration(-left, language))}*` : w.left(duration(left, language))];
}

/** As mrkdwn, with names; text that runs right to left, or says that it does, keeps that to itself. */
export const titleOf = (task: Pick<Task, 'title'>, named: Named): string => isolated(mrkdwnOf(task.title, named));

const rightToLeft = /[\u0590-\u08FF\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC]/u;
export const isolated = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);
