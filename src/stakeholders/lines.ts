import type { Line } from '../core/line.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { Stakeholder } from './rules.ts';
import { notToldYet } from './rules.ts';
import { words } from './text.ts';

/** `⚪ *Customers of lot L2231* · e-mail · statement 2 · told by Support`: mrkdwn that calls nobody. */
export function stakeholderLine(one: Stakeholder, reader: Reader): string {
  const w = words(reader.language);
  const parts = [
    `${w.mark[one.status]} *${escapeMrkdwn(one.name)}*`,
    ...(one.channel ? [escapeMrkdwn(one.channel)] : one.status === 'waiting' ? [w.line.noChannel] : []),
    ...(one.statementNumber === null ? [] : [w.line.statement(one.statementNumber)]),
    ...standing(one, reader),
  ];
  return parts.join(' · ');
}

function standing(one: Stakeholder, reader: Reader): string[] {
  const w = words(reader.language).line;
  const { named, language, timeZone } = reader;
  if (one.status === 'told' && one.toldBy && one.toldAt)
    return [w.told(escapeMrkdwn(named(one.toldBy)), slackTime(one.toldAt, timeZone, language))];
  if (one.status === 'not_needed') return [w.notNeeded(escapeMrkdwn(one.notNeededReason ?? ''))];
  const who = one.ownerId ? named(one.ownerId) : one.department && reader.department(one.department);
  return who ? [w.owner(escapeMrkdwn(who))] : [];
}

/** How many of those who must hear have, and who is first of the others; null while nobody is listed. */
export function toldLine(there: readonly Stakeholder[], { language }: Pick<Reader, 'language'>): Line | null {
  const due = there.filter(({ status }) => status !== 'not_needed');
  if (due.length === 0) return null;
  const told = due.filter(({ status }) => status === 'told').length;
  const [first] = notToldYet(there);
  const w = words(language).brief;
  return { label: w.label, text: w.of(told, due.length, first ? escapeMrkdwn(first.name) : '') };
}

/** Names shown before the rest is counted. */
const mostNames = 5;

/** Those who have not been told, first ones by name: `Customers, Employees … and 3 more`; null when everybody has. */
export function untoldText(untold: { names: readonly string[]; count: number }, language: Language): string | null {
  if (untold.count === 0) return null;
  const shown = untold.names.slice(0, mostNames).map(escapeMrkdwn);
  const more = untold.count - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` ${words(language).andMore(more)}` : ''}`;
}
