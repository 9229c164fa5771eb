import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { words as leadWords } from '../crises/lead/text.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel, levelName } from '../crises/text.ts';
import { firstWordsLine, firstWordsName } from '../first-hour/line.ts';
import { calloutLines } from '../responders/lines.ts';
import {
  actions,
  context,
  fields,
  header,
  type KnownBlock,
  type Message,
  message,
  section,
  sections,
} from '../slack/blocks.ts';
import { button } from '../slack/contract.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import { untoldText } from '../stakeholders/lines.ts';
import { notToldYet } from '../stakeholders/rules.ts';
import { statementLine } from '../statements/lines.ts';
import { taskLine } from '../tasks/line.ts';
import { openTasks } from '../tasks/rules.ts';
import type { BriefFacts } from './snapshot.ts';
import { words } from './text.ts';

type Named = (userId: string) => string;

/** The one live message of a room: everything that matters now, edited in place. */
export function brief(crisis: Crisis, facts: BriefFacts, reader: Reader): Message {
  const { language, named, now } = reader;
  const w = words(language);
  const blocks: KnownBlock[] = [
    header(w.briefTitle(crisis.number, crisis.title)),
    fields([
      `*${w.level}*\n${levelLabel(crisis.level, language)}${crisis.status === 'closed' ? ` · ${w.closedBadge}` : ''}`,
      `*${w.lead}*\n${escapeMrkdwn(named(crisis.leadId))}${facts.leadIsGone ? `\n${leadWords(language).inBrief}` : ''}`,
      `*${w.declared}*\n${slackTime(crisis.declaredAt, crisis.timeZone, language)} ${w.by(escapeMrkdwn(named(crisis.declaredBy)))}`,
      `*${w.nextDigest}*\n${nextDigest(crisis)}`,
      ...firstWords(crisis, facts, now),
    ]),
    ...sections(`*${w.whatHappened}*\n${crisis.summary ? mrkdwnOf(crisis.summary, named) : w.notSaid}`),
    ...part(w.answered, calloutLines(facts.callouts, named, language, now, crisis.timeZone), null),
    ...part(w.openTasks, taskLines(facts, reader), w.noTasks),
    ...part(w.statements, statementLines(crisis, facts, named), w.noStatements),
    ...part(w.untold, untoldLines(crisis, facts), null),
    context(w.howTo),
  ];
  return message(w.briefText(crisis.number, crisis.title, levelName(crisis.level, language)), blocks);
}

function firstWords(crisis: Crisis, { statements }: BriefFacts, now: Date): string[] {
  const { language, timeZone } = crisis;
  const line = firstWordsLine(crisis, statements, { language, timeZone, now });
  return line ? [`*${firstWordsName(language)}*\n${line}`] : [];
}

/** The most urgent ones: the brief is read at a glance, `/crisis tasks` shows them all. */
const shownTasks = 8;
const shownStatements = 8;

function taskLines(facts: BriefFacts, reader: Reader): string[] {
  const open = openTasks(facts.tasks);
  const lines = open.slice(0, shownTasks).map((task) => taskLine(task, reader, { lasting: true }));
  return open.length > shownTasks ? [...lines, words(reader.language).more(open.length - shownTasks)] : lines;
}

function statementLines(crisis: Crisis, facts: BriefFacts, named: Named): string[] {
  const live = facts.statements.filter((s) => s.status !== 'withdrawn' && s.status !== 'rejected');
  const lines = live
    .slice(0, shownStatements)
    .map((s) => statementLine(s, facts.roster, crisis, { language: crisis.language, named }));
  return live.length > shownStatements ? [...lines, words(crisis.language).more(live.length - shownStatements)] : lines;
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

export const letIn = button('war-room.let_in', z.object({ crisisId: z.uuid(), userId: z.string() }));
/** What it does belongs to the settings, which lie above. */
const openSettings = button('settings.open', z.object({}));

export function joinRequest(crisis: Crisis, userId: string, { language, named }: Reader): Message {
  const w = words(language);
  return message(w.joinRequestText(named(userId)), [
    section(w.joinRequest(escapeMrkdwn(named(userId)), escapeMrkdwn(crisis.title))),
    actions(letIn.draw(w.add, { crisisId: crisis.id, userId }, { style: 'primary' })),
  ]);
}

/** `keys`: the departments for which nobody is set up. */
export function emptyRoster(keys: readonly string[], { language, department }: Reader): Message {
  const w = words(language);
  const text = w.emptyRoster(escapeMrkdwn(keys.map(department).join(', ')));
  return message(w.emptyRosterText, [section(text), actions(openSettings.draw(w.settings, {}))]);
}

export function missingSteps(failed: readonly { step: string; error: string | null }[], { language }: Reader): Message {
  const w = words(language);
  const name = (step: string) => (step in w.step ? w.step[step as keyof typeof w.step] : step);
  const lines = failed.map(({ step, error }) => w.stepFailed(name(step), `\`${error}\``));
  return message(w.missingText, [section(w.missing(lines.join('\n')))]);
}
