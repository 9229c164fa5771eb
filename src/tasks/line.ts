import type { Line } from '../core/line.ts';
import type { Reader } from '../core/reader.ts';
import { after, duration, HOUR } from '../core/time.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, hourOf, mrkdwnOf, slackTime, withNames } from '../slack/mrkdwn.ts';
import { gapOf, openTasks, shownTasks, type Task } from './rules.ts';
import { settledLine } from './settled.ts';
import { words } from './text.ts';

/** Who does it, as plain text: a person, else a department; null for nobody yet. */
export const doerOf = ({ assigneeId, department }: Task, reader: Reader): string | null =>
  assigneeId ? reader.named(assigneeId) : department && reader.department(department);

/** `⚪ *#3* Freeze scheduled posts · *Tom Becker* · due 14:20 · late by 12 min`: mrkdwn that calls nobody, read at once. */
export function taskLine(task: Task, reader: Reader): string {
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
  return [...parts, ...lateness(task, reader)].join(' · ');
}

const shownNow = 2;
/** With its doer and what is left, one line of the brief. */
const shortestTitle = 48;
/** A title is cut to this many characters where several stand in one line or message. */
const shortTitle = 60;
const shortOf = (task: Task, reader: Reader, most = shortTitle): string =>
  isolated(escapeMrkdwn(clip(withNames(task.title, reader.named).replace(/\s+/gu, ' '), most)));

/** The most urgent open tasks, and how many more are due within the hour or later; null when none is open. */
export function nowLine(tasks: readonly Task[], reader: Reader): Line | null {
  const { language, now } = reader;
  const open = openTasks(tasks);
  if (open.length === 0) return null;
  const w = words(language);
  const present = shownTasks(tasks, now);
  const soon = present.filter(({ dueAt }) => dueAt !== null && dueAt <= after(now, HOUR));
  const shown = present.slice(0, shownNow);
  const moreNow = Math.max(0, soon.length - shown.length);
  const more = w.now.more(moreNow, open.length - shown.length - moreNow);
  const texts = shown.map((task) => {
    const doer = escapeMrkdwn(doerOf(task, reader) ?? w.card.nobody);
    const due = task.dueAt ? `, ${hourOf(task.dueAt, reader)}` : '';
    return `${shortOf(task, reader, shortestTitle)} (${doer}${due})`;
  });
  return { label: w.now.label, text: [...texts, ...(more ? [more] : [])].join(' · ') };
}

/** `⚪ *#3* Freeze scheduled posts · Tom Becker · 14:20`: one line of the list that stays; clipped, and calls nobody. */
export function boardLine(task: Task, reader: Reader): string {
  const { language } = reader;
  const w = words(language);
  const parts = [
    `${w.mark[task.status]} *#${task.number}* ${shortOf(task, reader)}`,
    escapeMrkdwn(doerOf(task, reader) ?? w.card.nobody),
    ...(task.dueAt ? [hourOf(task.dueAt, reader)] : []),
    ...(task.blockedReason ? [w.wait.because(shortReason(task, reader))] : []),
  ];
  return parts.join(' · ');
}

const shortReason = ({ blockedReason }: Task, { named }: Reader): string =>
  isolated(escapeMrkdwn(clip(withNames(blockedReason ?? '', named).replace(/\s+/gu, ' '), shortTitle)));

/** In a message of one person, who knows by it whose it is. */
export function waitLine(task: Task, isLate: boolean, reader: Reader): string {
  const { language, named } = reader;
  const w = words(language).wait;
  const due = task.dueAt && hourOf(task.dueAt, reader);
  return [
    shortOf(task, reader, longTitle),
    ...(due ? [isLate ? w.late(due) : w.due(due)] : []),
    ...(task.assignedBy ? [w.givenBy(escapeMrkdwn(named(task.assignedBy)))] : []),
  ].join(' · ');
}
const longTitle = 150;

export const blockedLine = (task: Task, reader: Reader): string =>
  words(reader.language).wait.blocked(task.number, shortOf(task, reader), shortReason(task, reader));

const mostNames = 3;

/** `Nobody for Quality, HR (5 tasks): name somebody`; a task of no department stands for itself. */
export function unfilledLine(tasks: readonly Task[], reader: Reader): string {
  const w = words(reader.language).wait;
  const gaps = gapsIn(tasks, reader).map(({ label }) => escapeMrkdwn(label));
  const more = gaps.length - mostNames;
  return w.nobody([...gaps.slice(0, mostNames), ...(more > 0 ? [`+${more}`] : [])].join(', '), tasks.length);
}

/** What somebody can be named for, as plain text. */
export function gapsIn(
  tasks: readonly Task[],
  { language, department, named }: Reader,
): { gap: string; label: string }[] {
  const labels = tasks.map((task): [string, string] => [
    gapOf(task),
    task.department
      ? department(task.department)
      : words(language).quoted(clip(withNames(task.title, named), shortTitle)),
  ]);
  return [...new Map(labels)].map(([gap, label]) => ({ gap, label }));
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
