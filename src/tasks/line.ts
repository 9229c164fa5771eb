import type { Line } from '../core/line.ts';
import type { Reader } from '../core/reader.ts';
import { after, duration, HOUR } from '../core/time.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime, withNames } from '../slack/mrkdwn.ts';
import { openTasks, type Task } from './rules.ts';
import { settledLine } from './settled.ts';
import { words } from './text.ts';

/** Who does it, as plain text: a person, else a department; null for nobody yet. */
export const doerOf = ({ assigneeId, department }: Task, reader: Reader): string | null =>
  assigneeId ? reader.named(assigneeId) : department && reader.department(department);

/**
 * `⚪ *#3* Freeze scheduled posts · *Tom Becker* · due 14:20 · late by 12 min`: mrkdwn that calls nobody. `lasting`: for
 * messages that stay, nothing that stops being true.
 */
export function taskLine(task: Task, reader: Reader, { lasting = false } = {}): string {
  const { language, timeZone } = reader;
  const w = words(language);
  const doer = escapeMrkdwn(doerOf(task, reader) ?? w.card.nobody);
  const parts = [
    `${w.mark[task.status]} *#${task.number}* ${titleOf(task, reader)}`,
    task.assigneeId ? `*${doer}*` : doer,
  ];
  const done = doneBy(task, reader);
  if (done) return [...parts, done].join(' · ');
  if (task.dueAt) parts.push(w.card.due(slackTime(task.dueAt, timeZone, language)));
  return [...parts, ...(lasting ? [] : lateness(task, reader))].join(' · ');
}

const shownNow = 2;
/** A title is cut to this many characters where several stand in one line. */
const shortTitle = 60;

/** The most urgent open tasks, and how many more are due within the hour or later; null when none is open. */
export function nowLine(tasks: readonly Task[], reader: Reader): Line | null {
  const { language, timeZone, now } = reader;
  const open = openTasks(tasks);
  if (open.length === 0) return null;
  const w = words(language);
  const soon = open.filter(({ dueAt }) => dueAt !== null && dueAt <= after(now, HOUR));
  const shown = open.slice(0, shownNow);
  const moreNow = Math.max(0, soon.length - shown.length);
  const more = w.now.more(moreNow, open.length - shown.length - moreNow);
  const texts = shown.map((task) => {
    const doer = escapeMrkdwn(doerOf(task, reader) ?? w.card.nobody);
    const due = task.dueAt ? `, ${slackTime(task.dueAt, timeZone, language, 'time')}` : '';
    const title = escapeMrkdwn(clip(withNames(task.title, reader.named).replace(/\s+/gu, ' '), shortTitle));
    return `${isolated(title)} (${doer}${due})`;
  });
  return { label: w.now.label, text: [...texts, ...(more ? [more] : [])].join(' · ') };
}

/** `Done by Tom Becker, 14:03`, or null. */
export function doneBy(task: Task, { language, timeZone, named }: Reader): string | null {
  const { status, doneBy: by, doneAt, noticedAt, settledAs } = task;
  if (status !== 'done' || !doneAt) return null;
  const [who, at] = [by && escapeMrkdwn(named(by)), slackTime(doneAt, timeZone, language)];
  if (settledAs) return settledLine(settledAs, who ?? '', at, language);
  if (noticedAt) return words(language).card.doneByAct(who, at);
  return who && words(language).card.doneBy(who, at);
}

function lateness(task: Task, { language, now }: Reader): string[] {
  if (!task.dueAt) return [];
  const left = task.dueAt.getTime() - now.getTime();
  const w = words(language).line;
  return [left < 0 ? `*${w.late(duration(-left, language))}*` : w.left(duration(left, language))];
}

/** As mrkdwn, with names; text that runs right to left, or says that it does, keeps that to itself. */
export const titleOf = ({ title }: Task, { named }: Reader): string => isolated(mrkdwnOf(title, named));

const rightToLeft = /[\u0590-\u08FF\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC]/u;
export const isolated = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);
