import { words as assessmentWords } from '../assessment/text.ts';
import { keptLine, menuOf } from '../assessment/views.ts';
import type { Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel, levelName } from '../crises/text.ts';
import { firstWordsName, firstWordsNowLine } from '../first-hour/line.ts';
import { departmentName } from '../people/text.ts';
import { otherKey } from '../playbooks/rules.ts';
import { words as planWords } from '../preparedness/text.ts';
import { calloutLines } from '../responders/lines.ts';
import { gapText } from '../settings/text.ts';
import {
  actions,
  type ButtonOptions,
  button,
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
import { limits, listText } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { Command, Commands, Elsewhere, HomeContent, Reader } from './content.ts';
import { type Duties, dutyCount, numbersOf, type Situation } from './duties.ts';
import { groupTitle, words } from './text.ts';

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

export function panelMessage(situation: Situation, mine: Duties, commands: Commands, reader: Reader): Message {
  const { crisis } = situation;
  const { language } = reader;
  const w = words(language);
  const count = dutyCount(mine);
  const summary = count === 0 ? w.mine.none : w.mine.count(count);
  const open = crisis.status === 'open';
  return message(w.panel.text(crisis.number, crisis.title, levelName(crisis.level, language), summary), [
    header(w.panel.title(crisis.number, crisis.title)),
    fields([...panelFields(crisis, reader), ...firstWords(situation, reader)]),
    ...(open ? dutyBlocks(crisis, mine, reader) : []),
    ...(open ? unanswered(situation, reader) : []),
    ...(open ? [context(panelNumbers(situation, reader))] : []),
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

function firstWords({ crisis, statements }: Situation, reader: Reader): string[] {
  const line = firstWordsNowLine(crisis, statements, reader);
  return line ? [`*${firstWordsName(reader.language)}*\n${line}`] : [];
}

function nextDigest(crisis: Crisis, { language, timeZone }: Pick<Reader, 'language' | 'timeZone'>): string {
  if (crisis.digestMinutes === 0) return words(language).panel.noDigest;
  return crisis.nextDigestAt && crisis.status === 'open' ? slackTime(crisis.nextDigestAt, timeZone, language) : '–';
}

function panelNumbers(situation: Situation, { language, now }: Reader): string {
  const { open, late, review } = numbersOf(situation, now);
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
      const value = JSON.stringify({ crisisId: crisis.id, calloutId: callout.id });
      return section(
        w.callout(name, slackTime(callout.calledAt, reader.timeZone, reader.language, 'time')),
        button(w.answer, { id: 'responders.answer', value, style: 'primary' }),
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

function unanswered({ callouts }: Situation, { language, named, now, timeZone }: Reader): KnownBlock[] {
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
  return shown.length === 0 ? [] : [actions(...shown.map((name) => button(w[name], runButton(name))))];
}

const runButton = (name: Act): ButtonOptions => ({
  id: `home.run:${name}`,
  value: JSON.stringify({ name, text: name === 'tasks' ? 'mine' : '' }),
});

/** Whatever can be typed can be picked. */
function everything(commands: Commands, language: Language): KnownBlock {
  const w = words(language).acts;
  const choices = commands
    .flatMap(({ entries }) => entries)
    .map((entry) => ({ value: entry.name, label: `${wordFor(entry, language)}: ${entry.summary[language]}` }));
  return actions(select('home.run', choices, undefined, w.everything));
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
  const groups = commands.filter(({ entries }) => entries.length > 0);
  return message(w.text, [
    header(w.text),
    ...sections(`\`${w.slash}\` ${w.alone}`),
    ...groups.flatMap(({ feature, entries }) =>
      sections(`*${groupTitle(feature, language)}*\n${entries.map(line).join('\n')}`),
    ),
    everything(commands, language),
    context(w.intro),
  ]);
}

export function elsewhereMessage(seen: Elsewhere, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
  const all = [...seen.mine.map(({ situation }) => situation.crisis), ...seen.others];
  const text = all.length > 0 ? w.outside.text(all.map((c) => `#${c.number} ${c.title}`).join(', ')) : w.outside.none;
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
    actions(button(w.button, { id: 'settings.open', value: '{}', style: 'primary' })),
    divider(),
  ];
};

const commonActs = (language: Language): KnownBlock => {
  const w = words(language).acts;
  return actions(
    button(w.declare, { id: 'crises.open_declare', value: '{}', style: 'danger' }),
    button(w.assess, { id: 'assessment.open', value: '{}' }),
    button(w.assessments, { id: 'assessment.list', value: '{}' }),
    button(w.playbooks, { id: 'playbooks.list', value: '{}' }),
    button(w.settings, { id: 'settings.open', value: '{}' }),
    button(w.help, { id: 'home.help', value: '{}' }),
  );
};

/** A crisis is shown whole or not at all: those that do not fit are counted. */
function crisisBlocks({ mine, others }: Elsewhere, reader: Reader): KnownBlock[] {
  const w = words(reader.language).outside;
  if (mine.length + others.length === 0) return [section(w.none)];
  const groups = [
    ...mine.map(({ situation: { crisis }, duties }) => [
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
    crisis.number,
    escapeMrkdwn(crisis.title),
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
    ...(content.isNew ? [] : preparedness(content, language)),
    ...answersFor(content.answersFor, language),
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
    ...(more > 0 ? [actions(button(`${w.button.list} (${kept.length})`, { id: 'assessment.list', value: '{}' }))] : []),
  ];
}

function preparedness({ gaps, mayChange, settings, score }: HomeContent, language: Language): KnownBlock[] {
  const w = words(language).home;
  const whole = actions(
    button(planWords(language).title(score), { id: 'home.run:plan', value: JSON.stringify({ name: 'plan' }) }),
  );
  if (gaps.length === 0) return [section(`*${w.ready}*\n${w.readyYes}`), whole];
  const own = (key: string) => settings.departments.find((d) => d.key === key)?.name ?? null;
  const open = (label: string) => button(label, { id: 'settings.open', value: '{}', spoken: `${w.choose}: ${label}` });
  return [
    section(`*${w.ready}*`),
    ...gaps.slice(0, 12).map((gap) => {
      const text = `⚠️ ${gapText(gap, own, language, escapeMrkdwn)}`;
      const spoken = `${w.choose} (${departmentName(gap.department, own(gap.department), language)})`;
      return section(text, mayChange ? { ...open(w.choose), accessibility_label: spoken } : undefined);
    }),
    whole,
  ];
}

function answersFor(departments: HomeContent['answersFor'], language: Language): KnownBlock[] {
  if (departments.length === 0) return [];
  const w = words(language).home;
  const names = departments.map(({ key, name, isDeputy }) => {
    const shown = escapeMrkdwn(departmentName(key, name, language));
    return `*${isDeputy ? w.deputyFor(shown) : shown}*`;
  });
  return [context(w.answersFor(names.join(', ')))];
}

export const outsiderHome = (language: Language): HomeView => home([section(words(language).home.outsider)]);
