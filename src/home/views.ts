import { z } from 'zod';
import { words as assessmentWords } from '../assessment/text.ts';
import { list as assessmentList, keptLine, menuOf, open as openAssessment } from '../assessment/views.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { headline, levelLabel, levelName, signedName } from '../crises/text.ts';
import { openDeclare } from '../crises/views.ts';
import { firstWordsName, firstWordsNowLine } from '../first-hour/line.ts';
import { departmentName } from '../people/text.ts';
import { otherKey } from '../playbooks/rules.ts';
import { listButton as playbooksButton } from '../playbooks/views.ts';
import { words as planWords } from '../preparedness/text.ts';
import { calloutLines } from '../responders/lines.ts';
import { onIt } from '../responders/views.ts';
import { gapLine } from '../settings/lines.ts';
import { openButton as settingsButton } from '../settings/views.ts';
import {
  actions,
  context,
  divider,
  fields,
  type HomeView,
  header,
  home,
  type KnownBlock,
  type Message,
  message,
  section,
  sections,
  select,
  textLength,
} from '../slack/blocks.ts';
import { button } from '../slack/contract.ts';
import { limits, listText } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { Command, Commands, Elsewhere, HomeContent } from './content.ts';
import { type Duties, dutyCount, numbersOf, type Snapshot } from './duties.ts';
import { words } from './text.ts';

/** Runs what would have been typed. The list of everything has the same id: what was picked there is `press.chosen`. */
export const runButton = button(
  'home.run',
  z
    .object({ name: z.string(), text: z.string().default('') })
    .nullable()
    .catch(null),
);
export const helpButton = button('home.help', z.object({}));

/** The commands that a room needs most, and the ones that a closed crisis does. */
const frequent = [
  'fact',
  'task',
  'statement',
  'decide',
  'stakeholder',
  'assess',
  'log',
  'digest',
  'call',
  'close',
] as const;
const afterwards = ['timeline', 'review', 'reopen'] as const;

export function panelMessage(snapshot: Snapshot, mine: Duties, commands: Commands, reader: Reader): Message {
  const { crisis } = snapshot;
  const { language } = reader;
  const w = words(language);
  const count = dutyCount(mine);
  const summary = count === 0 ? w.mine.none : w.mine.count(count);
  const open = crisis.status === 'open';
  return message(w.panel.text(headline(crisis, language), levelName(crisis.level, language), summary), [
    header(w.panel.title(headline(crisis, language))),
    fields([...panelFields(crisis, reader), ...firstWords(snapshot, reader)]),
    ...(open ? dutyBlocks(crisis, mine, reader) : []),
    ...(open ? unanswered(snapshot, reader) : []),
    ...(open ? [context(panelNumbers(snapshot, reader))] : []),
    ...acts(open ? [...unknownKind(crisis), ...ownLists(mine), ...frequent] : afterwards, commands, language),
    everything(commands, language),
  ]);
}

function panelFields(crisis: Crisis, { language, timeZone, named }: Reader): string[] {
  const w = words(language).panel;
  const closed = crisis.status === 'closed' ? ` · ${w.closed}` : '';
  return [
    `*${w.level}*\n${levelLabel(crisis.level, language)}${closed}`,
    `*${w.lead}*\n${escapeMrkdwn(named(crisis.leadId))}`,
    `*${w.age}*\n${w.ageValue(slackTime(crisis.declaredAt, timeZone, language), escapeMrkdwn(named(crisis.declaredBy)))}`,
    `*${w.nextDigest}*\n${nextDigest(crisis, { language, timeZone })}`,
  ];
}

function firstWords({ crisis, statements }: Snapshot, reader: Reader): string[] {
  const line = firstWordsNowLine(crisis, statements, reader);
  return line ? [`*${firstWordsName(reader.language)}*\n${line}`] : [];
}

function nextDigest(crisis: Crisis, { language, timeZone }: Pick<Reader, 'language' | 'timeZone'>): string {
  if (crisis.digestMinutes === 0) return words(language).panel.noDigest;
  return crisis.nextDigestAt && crisis.status === 'open' ? slackTime(crisis.nextDigestAt, timeZone, language) : '–';
}

function panelNumbers(snapshot: Snapshot, { language, now }: Reader): string {
  const { open, late, review } = numbersOf(snapshot, now);
  return words(language).panel.numbers(open, late, review);
}

const mostDuties = 5;

function dutyBlocks(crisis: Crisis, mine: Duties, reader: Reader): KnownBlock[] {
  const w = words(reader.language).mine;
  if (dutyCount(mine) === 0) return [section(w.none)];
  return [
    section(`*${w.title}*`),
    ...mine.callouts.slice(0, mostDuties).map((callout) => {
      const name = escapeMrkdwn(departmentName(callout.department, callout.departmentName, reader.language));
      return section(
        w.callout(name, slackTime(callout.calledAt, reader.timeZone, reader.language, 'time')),
        onIt.draw(w.answer, { crisisId: crisis.id, calloutId: callout.id }, { style: 'primary' }),
      );
    }),
    ...lines(
      [...mine.statements.map((s) => statementLine(s, reader)), ...mine.tasks.map((t) => taskLine(t, reader))],
      w,
    ),
  ];
}

function lines(all: string[], w: { more: (count: number) => string }): KnownBlock[] {
  const shown = all.slice(0, mostDuties * 2);
  const more = all.length > shown.length ? [w.more(all.length - shown.length)] : [];
  return all.length > 0 ? sections([...shown, ...more].join('\n')) : [];
}

const statementLine = (statement: Duties['statements'][number], { language }: Reader): string =>
  words(language).mine.statement(statement.number, escapeMrkdwn(statement.current.title));

function taskLine(task: Duties['tasks'][number], { language, timeZone, now }: Reader): string {
  const w = words(language).mine;
  const when = task.dueAt ? slackTime(task.dueAt, timeZone, language) : '';
  const due = task.dueAt ? (task.dueAt <= now ? w.late(when) : w.due(when)) : '';
  return w.task(task.number, escapeMrkdwn(task.title), due);
}

function unanswered({ callouts }: Snapshot, { language, named, now, timeZone }: Reader): KnownBlock[] {
  const waiting = callouts.filter((callout) => !callout.answeredAt);
  if (waiting.length === 0) return [];
  const text = calloutLines(waiting, named, language, now, timeZone).join('\n');
  return sections(`*${words(language).panel.waiting}*\n${text}`);
}

type Act = (typeof frequent)[number] | (typeof afterwards)[number] | 'tasks' | 'statements' | 'start';

/** Declared before anybody knew of what kind it is. */
const unknownKind = (crisis: Crisis): Act[] => (crisis.playbook === otherKey ? ['start'] : []);

/** Where the things that wait on somebody are done. */
const ownLists = (mine: Duties): Act[] => [
  ...(mine.statements.length > 0 ? ['statements' as const] : []),
  ...(mine.tasks.length > 0 ? ['tasks' as const] : []),
];

/** A button does exactly what the typed command does, and is there only if the command is. */
function acts(names: readonly Act[], commands: Commands, language: Language): KnownBlock[] {
  const known = new Set(commands.flatMap(({ entries }) => entries.map((entry) => entry.name)));
  const w = words(language).acts;
  const shown = names.filter((name) => known.has(name));
  const draw = (name: Act) => runButton.draw(w[name], { name, text: name === 'tasks' ? 'mine' : '' }, { suffix: name });
  return shown.length === 0 ? [] : [actions(...shown.map(draw))];
}

/** Whatever can be typed can be picked. */
function everything(commands: Commands, language: Language): KnownBlock {
  const w = words(language).acts;
  const choices = commands
    .flatMap(({ entries }) => entries)
    .map((entry) => ({ value: entry.name, label: `${wordFor(entry, language)}: ${entry.summary[language]}` }));
  return actions(select(runButton.id, choices, undefined, w.everything));
}

/** The word a person types in their language; both are understood everywhere. */
const wordFor = (entry: Command, language: Language): string =>
  language === 'fr' ? (entry.aliases[0] ?? entry.name) : entry.name;

export function helpMessage(commands: Commands, language: Language): Message {
  const w = words(language).commands;
  const line = (entry: Command) => {
    const usage = entry.usage[language];
    return `\`${w.slash} ${wordFor(entry, language)}${usage ? ` ${escapeMrkdwn(usage)}` : ''}\` ${escapeMrkdwn(entry.summary[language])}`;
  };
  const groups = new Map<string, Command[]>();
  for (const { title, entries } of commands)
    if (entries.length > 0) groups.set(title[language], [...(groups.get(title[language]) ?? []), ...entries]);
  return message(w.text, [
    header(w.text),
    ...sections(`\`${w.slash}\` ${w.alone}`),
    ...[...groups].flatMap(([title, entries]) => sections(`*${title}*\n${entries.map(line).join('\n')}`)),
    everything(commands, language),
    context(w.intro),
  ]);
}

export function elsewhereMessage(seen: Elsewhere, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
  const all = [...seen.mine.map(({ snapshot }) => snapshot.crisis), ...seen.others];
  const text = all.length > 0 ? w.outside.text(all.map((c) => signedName(c, language)).join(', ')) : w.outside.none;
  return message(seen.isNew ? `${w.setup.text} ${text}` : text, [
    ...(seen.isNew ? setup(language) : []),
    ...crisisBlocks(seen, reader),
    commonActs(language),
  ]);
}

const setup = (language: Language): KnownBlock[] => {
  const w = words(language).setup;
  return [
    section(`*${w.title}*\n${w.explain}`),
    actions(settingsButton.draw(w.button, {}, { style: 'primary' })),
    divider(),
  ];
};

const commonActs = (language: Language): KnownBlock => {
  const w = words(language).acts;
  return actions(
    openDeclare.draw(w.declare, {}, { style: 'danger' }),
    openAssessment.draw(w.assess, {}),
    assessmentList.draw(w.assessments, {}),
    playbooksButton.draw(w.playbooks, {}),
    settingsButton.draw(w.settings, {}),
    helpButton.draw(w.help, {}),
  );
};

/** A crisis is shown whole or not at all: those that do not fit are counted. */
function crisisBlocks({ mine, others }: Elsewhere, reader: Reader): KnownBlock[] {
  const w = words(reader.language).outside;
  if (mine.length + others.length === 0) return [section(w.none)];
  const groups = [
    ...mine.map(({ snapshot: { crisis }, duties }) => [
      section(crisisLine(crisis, reader)),
      ...dutyBlocks(crisis, duties, reader),
    ]),
    ...others.map((crisis) => [section(`${crisisLine(crisis, reader)} · ${w.public}`)]),
  ];
  const shown: KnownBlock[] = [section(`*${w.title}*`)];
  for (const [i, group] of groups.entries()) {
    const isFull = shown.length + group.length > mostBlocks || textLength([shown, group]) > listText;
    if (isFull) return [...shown, context(w.more(groups.length - i))];
    shown.push(...group);
  }
  return shown;
}

const mostBlocks = limits.blocksPerMessage - 10;

function crisisLine(crisis: Crisis, { language, timeZone }: Reader): string {
  const w = words(language).outside;
  return w.line(
    escapeMrkdwn(signedName(crisis, language)),
    levelLabel(crisis.level, language),
    crisis.channelId ? channelLink(crisis.channelId) : w.opening,
    slackTime(crisis.declaredAt, timeZone, language),
  );
}

export function homeView(content: HomeContent, reader: Reader): HomeView {
  const { language } = reader;
  const w = words(language).home;
  return home([
    header(w.hello(content.name)),
    section(w.intro),
    ...(content.isNew && content.mayChange ? setup(language) : []),
    commonActs(language),
    divider(),
    ...crisisBlocks(content, reader),
    ...keptBlocks(content, reader),
    divider(),
    ...(content.isNew ? [] : preparedness(content, reader)),
    ...answersFor(content.answersFor, reader),
  ]);
}

const mostKept = 8;

function keptBlocks({ kept }: HomeContent, reader: Reader): KnownBlock[] {
  if (kept.length === 0) return [];
  const w = assessmentWords(reader.language);
  const more = kept.length - mostKept;
  return [
    divider(),
    section(`*${w.list.home}*`),
    ...kept
      .slice(0, mostKept)
      .map((one) => section(keptLine(one, reader.now, reader), menuOf(one.matter, reader.language))),
    ...(more > 0 ? [actions(assessmentList.draw(`${w.button.list} (${kept.length})`, {}))] : []),
  ];
}

function preparedness({ gaps, mayChange, score }: HomeContent, reader: Reader): KnownBlock[] {
  const w = words(reader.language).home;
  const plan = runButton.draw(planWords(reader.language).title(score), { name: 'plan' }, { suffix: 'plan' });
  if (gaps.length === 0) return [section(`*${w.ready}*\n${w.readyYes}`), actions(plan)];
  return [
    section(`*${w.ready}*`),
    ...gaps.slice(0, 12).map((gap) => {
      const spoken = `${w.choose} (${reader.department(gap.department)})`;
      const open = settingsButton.draw(w.choose, {}, { spoken });
      return section(`⚠️ ${gapLine(gap, reader)}`, mayChange ? open : undefined);
    }),
    actions(plan),
  ];
}

function answersFor(departments: HomeContent['answersFor'], reader: Reader): KnownBlock[] {
  if (departments.length === 0) return [];
  const w = words(reader.language).home;
  const names = departments.map(({ key, isDeputy }) => {
    const name = escapeMrkdwn(reader.department(key));
    return `*${isDeputy ? w.deputyFor(name) : name}*`;
  });
  return [context(w.answersFor(names.join(', ')))];
}

export const outsiderHome = (language: Language): HomeView => home([section(words(language).home.outsider)]);
