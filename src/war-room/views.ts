import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { words as leadWords } from '../crises/lead/text.ts';
import type { Crisis } from '../crises/rules.ts';
import { headline, levelLabel, levelName } from '../crises/text.ts';
import { add as addFact } from '../facts/views.ts';
import { firstWordsLine, firstWordsName } from '../first-hour/line.ts';
import {
  actions,
  context,
  expanded,
  header,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  paragraphs,
  section,
  sections,
} from '../slack/blocks.ts';
import { button, runCommand } from '../slack/contract.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, slackTime, wideGap, withNames } from '../slack/mrkdwn.ts';
import { openDraft } from '../statements/draft/forms.ts';
import { shortFingerprint } from '../timeline/chain.ts';
import { words as timelineWords } from '../timeline/text.ts';
import type { BriefFacts } from './snapshot.ts';
import { words } from './text.ts';

export const readAll = button('war_room.read_all', z.object({ crisisId: z.uuid() }));

/** Two lines of the summary: the whole is one press away. */
const shortSummary = 130;

/** The one live message of a room: what matters now, in at most twelve lines that its slices write, edited in place. */
export function brief(crisis: Crisis, facts: BriefFacts, reader: Reader): Message {
  const { language, named } = reader;
  const w = words(language);
  const closed = crisis.status === 'closed';
  const summary = withNames(crisis.summary, named).replace(/\s+/gu, ' ').trim();
  const isWhole = summary.length <= shortSummary;
  const lines = facts.sayings.map((saying) => saying.line(reader));
  const blocks: KnownBlock[] = [
    header(
      w.briefTitle(levelLabel(crisis.level, language), crisis.codeName ?? String(crisis.number), crisis.title, closed),
    ),
    context(opening(crisis, facts, reader)),
    ...(summary
      ? [
          section(
            escapeMrkdwn(clip(summary, shortSummary)),
            isWhole ? undefined : readAll.draw(w.readAll, { crisisId: crisis.id }),
          ),
        ]
      : []),
    expanded(
      lines
        .filter((line) => line !== null)
        .map(({ label, text }) => `*${label}*${wideGap}${oneLine(text, longestLine - label.length)}`)
        .join('\n'),
    ),
    ...(closed ? [] : [actions(...acts(crisis, reader))]),
  ];
  return message(w.briefText(headline(crisis, language), levelName(crisis.level, language)), blocks);
}

/** Who leads, since when, and the clock of the first words. */
function opening(crisis: Crisis, { statements, leadIsGone, fingerprint }: BriefFacts, reader: Reader): string {
  const { language, named } = reader;
  const w = words(language);
  const since = slackTime(crisis.declaredAt, crisis.timeZone, language, 'time');
  const first = firstWordsLine(crisis, statements, reader);
  return [
    w.led(escapeMrkdwn(named(crisis.leadId))),
    ...(leadIsGone ? [leadWords(language).inBrief] : []),
    crisis.declaredBy === crisis.leadId ? w.since(since) : w.sinceBy(since, escapeMrkdwn(named(crisis.declaredBy))),
    ...(first ? [`${firstWordsName(language)} ${first}`] : []),
    ...(fingerprint ? [timelineWords(language).fingerprint(shortFingerprint(fingerprint))] : []),
  ].join(' · ');
}

/** One line on a desktop, three on a phone; what does not fit is in the lists. */
const longestLine = 102;

/** A line is cut between its parts, so that no name, time or emphasis is cut in two; `+3` counts what was cut as well. */
function oneLine(text: string, longest: number): string {
  const parts = text.split(' · ');
  const [, count, rest] = /^\+(\d+)(.*)$/su.exec(parts.at(-1) ?? '') ?? [];
  if (count) parts.pop();
  const all = parts.length;
  const line = () => {
    const cut = all - parts.length;
    const more = count ? [`+${Number(count) + cut}${rest}`] : cut > 0 ? ['…'] : [];
    return [...parts, ...more].join(' · ');
  };
  while (parts.length > 1 && seen(line()).length > longest) parts.pop();
  return line();
}

/** An instant takes a few characters where it is shown. */
const seen = (mrkdwn: string): string => mrkdwn.replace(/<!date[^>]*>/g, '00:00');

function acts(crisis: Crisis, { language }: Reader) {
  const w = words(language).act;
  const run = (label: string, name: string) => ({ label, value: { name } });
  return [
    addFact.draw(w.fact, { crisisId: crisis.id }),
    runCommand.draw(w.task, { name: 'task' }, { suffix: 'task' }),
    openDraft.draw(w.write, { crisisId: crisis.id }),
    runCommand.menu(
      [
        run(w.tasks, 'tasks'),
        run(w.facts, 'facts'),
        run(w.statements, 'statements'),
        run(w.stakeholders, 'stakeholder'),
        run(w.decide, 'decide'),
      ],
      'more',
    ),
  ];
}

export const summaryView = (crisis: Crisis, { language, named }: Reader): ModalView => {
  const w = words(language);
  const blocks = paragraphs(withNames(crisis.summary, named));
  return modal({ id: 'war_room.summary', title: w.whatHappened, close: w.close, blocks });
};

/** More would be a message that Slack refuses. */
const shownNotAdded = 60;

export function notAdded(
  crisis: Crisis,
  people: readonly { userId: string; error: string }[],
  named: Reader['named'],
): Message {
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
