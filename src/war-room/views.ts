import type { Crisis } from '../crises/rules.ts';
import { levelLabel, levelName } from '../crises/text.ts';
import { context, fields, header, type KnownBlock, type Message, message, section, sections } from '../slack/blocks.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import type { BriefFacts } from './facts.ts';
import { words } from './text.ts';

type Named = (userId: string) => string;

/** The one live message of a room: everything that matters now, edited in place. */
export function brief(crisis: Crisis, facts: BriefFacts, named: Named): Message {
  const { language } = crisis;
  const w = words(language);
  const blocks: KnownBlock[] = [
    header(w.briefTitle(crisis.number, crisis.title)),
    fields([
      `*${w.level}*\n${levelLabel(crisis.level, language)}${crisis.status === 'closed' ? ` · ${w.closedBadge}` : ''}`,
      `*${w.lead}*\n${escapeMrkdwn(named(crisis.leadId))}`,
      `*${w.declared}*\n${slackTime(crisis.declaredAt, crisis.timeZone, language)} ${w.by(escapeMrkdwn(named(crisis.declaredBy)))}`,
      `*${w.nextDigest}*\n${nextDigest(crisis)}`,
    ]),
    ...sections(`*${w.whatHappened}*\n${crisis.summary ? mrkdwnOf(crisis.summary, named) : w.notSaid}`),
    ...facts.parts.flatMap((part) => sections(`*${part.title}*\n${part.lines.join('\n')}`)),
    context(w.howTo),
  ];
  return message(w.briefText(crisis.number, crisis.title, levelName(crisis.level, language)), blocks);
}

function nextDigest(crisis: Crisis): string {
  const w = words(crisis.language);
  if (crisis.digestMinutes === 0 || crisis.status === 'closed') return w.digestOff;
  return crisis.nextDigestAt ? slackTime(crisis.nextDigestAt, crisis.timeZone, crisis.language, 'time') : '–';
}

export function notAdded(crisis: Crisis, people: readonly { userId: string; error: string }[], named: Named): Message {
  const w = words(crisis.language);
  const lines = people.map((p) => `• *${escapeMrkdwn(named(p.userId))}*: ${w.why(p.error)}`).join('\n');
  return message(w.notAddedText(people.length), sections(w.notAdded(lines)));
}

export function ready(crisis: Crisis, room: string): Message {
  const w = words(crisis.language);
  return message(w.readyText, [section(w.ready(room)), context(w.goThere)]);
}
