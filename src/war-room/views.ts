import type { Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel, levelName } from '../crises/text.ts';
import { firstWordsLine, firstWordsName } from '../first-hour/line.ts';
import { calloutLines } from '../responders/lines.ts';
import {
  context,
  fields,
  firstFitting,
  header,
  type KnownBlock,
  type Message,
  message,
  paragraphs,
  section,
  sections,
} from '../slack/blocks.ts';
import { limits } from '../slack/limits.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime, withNames } from '../slack/mrkdwn.ts';
import { untoldText } from '../stakeholders/lines.ts';
import { notToldYet } from '../stakeholders/rules.ts';
import { statementLine } from '../statements/lines.ts';
import { taskLine } from '../tasks/line.ts';
import { openTasks } from '../tasks/rules.ts';
import type { BriefFacts } from './facts.ts';
import { words } from './text.ts';

type Named = (userId: string) => string;

/** The one live message of a room: everything that matters now, edited in place. */
export function brief(crisis: Crisis, facts: BriefFacts, named: Named, now: Date): Message {
  const w = words(crisis.language);
  return message(
    w.briefText(crisis.number, crisis.title, levelName(crisis.level, crisis.language)),
    firstFitting([mostShown, 4, 2, 1], (most) => briefBlocks(crisis, facts, most, named, now)),
  );
}

function briefBlocks(crisis: Crisis, facts: BriefFacts, most: number, named: Named, now: Date): KnownBlock[] {
  const { language } = crisis;
  const w = words(language);
  return [
    header(w.briefTitle(crisis.number, crisis.title)),
    fields([
      `*${w.level}*\n${levelLabel(crisis.level, language)}${crisis.status === 'closed' ? ` · ${w.closedBadge}` : ''}`,
      `*${w.lead}*\n${escapeMrkdwn(named(crisis.leadId))}`,
      `*${w.declared}*\n${slackTime(crisis.declaredAt, crisis.timeZone, language)} ${w.by(escapeMrkdwn(named(crisis.declaredBy)))}`,
      `*${w.nextDigest}*\n${nextDigest(crisis)}`,
      ...firstWords(crisis, facts, now),
    ]),
    ...summaryBlocks(crisis, named),
    ...part(w.answered, calloutLines(facts.callouts, named, language, now, crisis.timeZone), null),
    ...part(w.openTasks, taskLines(crisis, facts, most, named), w.noTasks),
    ...part(w.statements, statementLines(crisis, facts, most, named), w.noStatements),
    ...part(w.untold, untoldLines(crisis, facts), null),
    context(w.howTo),
  ];
}

function summaryBlocks({ summary, language }: Crisis, named: Named): KnownBlock[] {
  const w = words(language);
  const said = summary ? mrkdwnOf(summary, named) : w.notSaid;
  // Escaped, a text of many signs is several times as long: plain text needs no escape.
  if (said.length > limits.sectionText)
    return [section(`*${w.whatHappened}*`), ...paragraphs(withNames(summary, named))];
  return sections(`*${w.whatHappened}*\n${said}`);
}

function firstWords(crisis: Crisis, { statements }: BriefFacts, now: Date): string[] {
  const { language, timeZone } = crisis;
  const line = firstWordsLine(crisis, statements, { language, timeZone, now });
  return line ? [`*${firstWordsName(language)}*\n${line}`] : [];
}

/** The most urgent ones: the brief is read at a glance, `/crisis tasks` shows them all. */
const mostShown = 8;

function taskLines(crisis: Crisis, facts: BriefFacts, most: number, named: Named): string[] {
  const open = openTasks(facts.tasks);
  const lines = open.slice(0, most).map((task) => taskLine(task, named, crisis.language, null, crisis.timeZone));
  return open.length > most ? [...lines, words(crisis.language).more(open.length - most)] : lines;
}

function statementLines(crisis: Crisis, facts: BriefFacts, most: number, named: Named): string[] {
  const live = facts.statements.filter((s) => s.status !== 'withdrawn' && s.status !== 'rejected');
  const lines = live
    .slice(0, most)
    .map((s) => statementLine(s, facts.roster, crisis, { language: crisis.language, named }));
  return live.length > most ? [...lines, words(crisis.language).more(live.length - most)] : lines;
}

/** Nothing while nobody is listed, or once everybody has been told. */
function untoldLines(crisis: Crisis, facts: BriefFacts): string[] {
  const untold = notToldYet(facts.stakeholders);
  const text = untoldText({ names: untold.map((one) => one.name), count: untold.length }, crisis.language);
  return text ? [text] : [];
}

const part = (title: string, lines: readonly string[], none: string | null): KnownBlock[] =>
  lines.length > 0 ? sections(`*${title}*\n${lines.join('\n')}`) : none ? [section(`*${title}*\n${none}`)] : [];

function nextDigest(crisis: Crisis): string {
  const w = words(crisis.language);
  if (crisis.digestMinutes === 0 || crisis.status === 'closed') return w.digestOff;
  return crisis.nextDigestAt ? slackTime(crisis.nextDigestAt, crisis.timeZone, crisis.language, 'time') : '–';
}

/** More would be a message that Slack refuses. */
const shownNotAdded = 60;

export function notAdded(crisis: Crisis, people: readonly { userId: string; error: string }[], named: Named): Message {
  const w = words(crisis.language);
  const lines = people.slice(0, shownNotAdded).map((p) => `• *${escapeMrkdwn(named(p.userId))}*: ${w.why(p.error)}`);
  if (people.length > shownNotAdded) lines.push(w.more(people.length - shownNotAdded));
  return message(w.notAddedText(people.length), sections(w.notAdded(lines.join('\n'))));
}

export function ready(room: string, language: Language): Message {
  const w = words(language);
  return message(w.readyText, [section(w.ready(room)), context(w.goThere)]);
}
