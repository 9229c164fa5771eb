import type { Button } from '@slack/types';
import { z } from 'zod';
import { words as assessmentWords } from '../assessment/text.ts';
import { list as assessmentList, keptLine, menuOf, open as openAssessment } from '../assessment/views.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel, signedName } from '../crises/text.ts';
import { openDeclare } from '../crises/views.ts';
import { otherKey } from '../playbooks/rules.ts';
import { listButton as playbooksButton } from '../playbooks/views.ts';
import { words as planWords } from '../preparedness/text.ts';
import { gapLine } from '../settings/lines.ts';
import type { Gap } from '../settings/rules.ts';
import { deputiesButton, openButton as settingsButton } from '../settings/views.ts';
import {
  actions,
  context,
  divider,
  type HomeView,
  header,
  home,
  type KnownBlock,
  type Message,
  message,
  section,
  select,
} from '../slack/blocks.ts';
import { button } from '../slack/contract.ts';
import { clip } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { Wait } from '../slack/waits.ts';
import type { Command, Commands, Elsewhere, HomeContent, Mine } from './content.ts';
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

/** What is offered where fewer things wait than there are places, in a crisis that is open, and in a closed one. */
const frequent = ['fact', 'task', 'statement'] as const;
/** Declared before anybody knew of what kind it is. */
const ofUnknownKind = ['start', ...frequent] as const;
const afterwards = ['timeline', 'review', 'reopen'] as const;
type Act = (typeof ofUnknownKind)[number] | (typeof afterwards)[number];

/** With *More…* four things to press, and eight lines (calm §4). */
const places = 3;
const longestTitle = 60;

export function panelMessage(crisis: Crisis, waits: readonly Wait[], commands: Commands, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
  const shown = waits.slice(0, places);
  const none = crisis.status === 'open' ? w.mine.none : w.panel.closed;
  const [first] = shown;
  const [title, ...state] = headline(crisis, reader);
  return message(`${first ? w.mine.forYou(first.text(reader)) : none} (${title})`.replaceAll('*', ''), [
    context([`*${escapeMrkdwn(title as string)}*`, ...state].join(' · ')),
    ...(first ? shown.map((wait, i) => waitBlock(wait, reader, i === 0 ? w.mine.forYou : undefined)) : [section(none)]),
    actions(
      ...acts(actsOf(crisis), places - shown.length, commands, language),
      everything(commands, language, waits.length > shown.length ? waits.length : 0),
    ),
  ]);
}

function actsOf({ status, playbook }: Crisis): readonly Act[] {
  if (status !== 'open') return afterwards;
  return playbook === otherKey ? ofUnknownKind : frequent;
}

function headline(crisis: Crisis, { language, timeZone, named }: Reader): string[] {
  const w = words(language).panel;
  const { level, leadId, status, nextDigestAt } = crisis;
  return [
    titleOf(crisis, language),
    levelLabel(level, language),
    w.lead(escapeMrkdwn(named(leadId))),
    ...(status === 'open' && nextDigestAt ? [w.digest(slackTime(nextDigestAt, timeZone, language, 'time'))] : []),
  ];
}

/** A closed team's is called by its code name, here too. */
const titleOf = ({ codeName, number, title }: Crisis, language: Language): string =>
  words(language).panel.crisis(clip(codeName ?? `${number} · ${title}`, longestTitle));

const asItIs = (text: string): string => text;

const waitBlock = (wait: Wait, reader: Reader, say = asItIs): KnownBlock =>
  section(say(wait.text(reader)), wait.button(reader.language) ?? undefined);

/** A button does exactly what the typed command does, and is there only if the command is. */
function acts(names: readonly Act[], most: number, commands: Commands, language: Language): Button[] {
  const known = new Set(commands.flatMap(({ entries }) => entries.map((entry) => entry.name)));
  return names
    .filter((name) => known.has(name))
    .slice(0, most)
    .map((name) => runButton.draw(words(language).acts[name], { name, text: '' }, { suffix: name }));
}

/** The acts of every day, in the order of help. */
const everyDay = ['declare', 'assess', 'fact', 'task', 'statement', 'decide', 'stakeholder', 'call', 'log', 'close'];

/** Whatever can be typed can be picked; the acts of every day come first, and before them what waits beyond those shown. */
function everything(commands: Commands, language: Language, waiting = 0) {
  const all = commands.flatMap(({ entries }) => entries);
  const first = [...(waiting > 0 ? ['mine'] : []), ...everyDay];
  const sorted = [...named(all, first), ...all.filter(({ name }) => !first.includes(name))];
  const choices = sorted.map((entry) => ({
    value: entry.name,
    label: `${wordFor(entry, language)}: ${entry.summary[language]}`,
  }));
  return select(runButton.id, choices, undefined, words(language).acts.more);
}

const named = (all: readonly Command[], names: readonly string[]): Command[] =>
  names.flatMap((name) => all.find((entry) => entry.name === name) ?? []);

/** The word a person types in their language; both are understood everywhere. */
const wordFor = (entry: Command, language: Language): string =>
  language === 'fr' ? (entry.aliases[0] ?? entry.name) : entry.name;

function commandLine(entry: Command, language: Language): string {
  const usage = entry.usage[language];
  const typed = `${words(language).commands.slash} ${wordFor(entry, language)}${usage ? ` ${escapeMrkdwn(usage)}` : ''}`;
  return `\`${typed}\` ${escapeMrkdwn(entry.summary[language])}`;
}

export function helpMessage(commands: Commands, language: Language): Message {
  const w = words(language).commands;
  const lines = named(
    commands.flatMap(({ entries }) => entries),
    everyDay,
  ).map((entry) => commandLine(entry, language));
  return message(w.text, [
    section([`*${w.text}*`, `\`${w.slash}\` ${w.alone}`, ...lines].join('\n')),
    context(w.how),
    actions(everything(commands, language)),
  ]);
}

/** Each may take two lines. */
const mostFound = 10;

export function foundMessage(asked: string, found: readonly Command[], language: Language): Message {
  const w = words(language).commands;
  const said = clip(asked, longestTitle);
  if (found.length === 0) return message(w.none(said), [section(w.none(escapeMrkdwn(said)))]);
  const lines = found.slice(0, mostFound).map((entry) => commandLine(entry, language));
  return message(w.found(said), [
    section([`*${w.found(escapeMrkdwn(said))}*`, ...lines].join('\n')),
    ...(found.length > mostFound ? [context(w.rest(found.length - mostFound))] : []),
  ]);
}

/** Two things that wait, and two acts: four things to press beside *More…*. */
const waitsElsewhere = 2;
const crisesElsewhere = 5;

export function elsewhereMessage(seen: Elsewhere, commands: Commands, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
  const all = [...seen.mine, ...seen.others];
  const text = all.length > 0 ? w.outside.text(all.map((c) => signedName(c, language)).join(', ')) : w.outside.none;
  const lines = crisisLines(seen, reader);
  const more = lines.length > crisesElsewhere ? [w.outside.more(lines.length - crisesElsewhere)] : [];
  const waiting = seen.waits.length - waitsElsewhere;
  return message(seen.isNew ? `${w.setup.text} ${text}` : text, [
    ...(seen.isNew ? setup(language) : []),
    ...seen.waits
      .slice(0, waitsElsewhere)
      .map((one, i) => placedWait(one, reader, i === 0 ? w.mine.forYou : undefined)),
    ...(waiting > 0 ? [context(w.mine.more(waiting))] : []),
    section(
      lines.length > 0
        ? [`*${w.outside.title}*`, ...lines.slice(0, crisesElsewhere), ...more].join('\n')
        : w.outside.none,
    ),
    actions(...beginnings(language), everything(commands, language)),
  ]);
}

const setup = (language: Language): KnownBlock[] => {
  const w = words(language).setup;
  return [section(`*${w.title}*\n${w.explain}`, settingsButton.draw(w.button, {}, { style: 'primary' })), divider()];
};

/** What a crisis begins with. */
const beginnings = (language: Language): Button[] => {
  const w = words(language).acts;
  return [openAssessment.draw(w.assess, {}), openDeclare.draw(w.declare, {})];
};

/** Names the crisis as well. */
const placedWait = ({ crisis, wait }: Mine, reader: Reader, say = asItIs): KnownBlock =>
  waitBlock(wait, reader, (text) => `${say(text).replace(/\.$/u, '')} · ${placeOf(crisis, reader.language)}`);

const placeOf = (crisis: Crisis, language: Language): string =>
  crisis.channelId ? channelLink(crisis.channelId) : escapeMrkdwn(clip(signedName(crisis, language), longestTitle));

/** The room's name is what is pressed to go there. */
function crisisLines({ mine, others }: Elsewhere, reader: Reader): string[] {
  const w = words(reader.language).outside;
  return [
    ...mine.map((crisis) => crisisLine(crisis, reader)),
    ...others.map((crisis) => `${crisisLine(crisis, reader)} · ${w.public}`),
  ];
}

function crisisLine(crisis: Crisis, { language, timeZone }: Reader): string {
  const { level, channelId, declaredAt } = crisis;
  const w = words(language);
  return [
    `*${escapeMrkdwn(titleOf(crisis, language))}*`,
    levelLabel(level, language),
    channelId ? channelLink(channelId) : w.outside.opening,
    w.outside.since(slackTime(declaredAt, timeZone, language)),
  ].join(' · ');
}

const waitsAtHome = 20;

export function homeView(content: HomeContent, reader: Reader): HomeView {
  const { language } = reader;
  const w = words(language);
  const { waits, isNew, mayChange } = content;
  const lines = crisisLines(content, reader);
  return home([
    header(w.home.hello(content.name)),
    ...(isNew && mayChange ? setup(language) : []),
    ...(lines.length === 0
      ? [section(w.home.intro), section(w.outside.none)]
      : [
          section(waits.length > 0 ? `*${w.mine.title}*` : w.mine.none),
          ...waits.slice(0, waitsAtHome).map((one) => placedWait(one, reader)),
          ...(waits.length > waitsAtHome ? [context(w.mine.more(waits.length - waitsAtHome))] : []),
          section([`*${w.outside.title}*`, ...lines].join('\n')),
        ]),
    ...keptBlocks(content, reader),
    actions(
      ...beginnings(language),
      // Legal clears the texts of playbooks without being in charge of the settings.
      ...(mayChange || content.answersFor.length > 0 ? [playbooksButton.draw(w.acts.playbooks, {})] : []),
      helpButton.draw(w.acts.help, {}),
    ),
    ...answersFor(content.answersFor, reader),
    ...(mayChange && !isNew ? preparedness(content, reader) : []),
  ]);
}

const mostKept = 8;

function keptBlocks({ kept }: HomeContent, reader: Reader): KnownBlock[] {
  if (kept.length === 0) return [];
  const w = assessmentWords(reader.language);
  const more = kept.length - mostKept;
  return [
    section(`*${w.list.home}*`),
    ...kept
      .slice(0, mostKept)
      .map((one) => section(keptLine(one, reader.now, reader), menuOf(one.matter, reader.language))),
    ...(more > 0 ? [actions(assessmentList.draw(`${w.button.list} (${kept.length})`, {}))] : []),
  ];
}

const mostGaps = 3;

/** The first gaps, each with the form that closes it; the plan has them all. */
function preparedness({ gaps, score }: HomeContent, reader: Reader): KnownBlock[] {
  const { language } = reader;
  const w = words(language);
  const plan = runButton.draw(gaps.length > 0 ? w.home.missing : w.home.see, { name: 'plan' }, { suffix: 'plan' });
  return [
    divider(),
    section(`*${planWords(language).title(score)}*`, plan),
    ...gaps.slice(0, mostGaps).map((gap) => section(gapLine(gap, reader), fixOf(gap, reader))),
    actions(settingsButton.draw(w.acts.settings, {})),
  ];
}

function fixOf(gap: Gap, { language, department }: Reader): Button {
  const w = words(language).home;
  const draw = (open: typeof settingsButton, label: string) =>
    open.draw(label, {}, { spoken: `${label} (${department(gap.department)})` });
  switch (gap.kind) {
    case 'nobody':
      return draw(settingsButton, w.people);
    case 'alone':
      return draw(deputiesButton, w.deputies);
    case 'unavailable':
      return draw(settingsButton, w.replace);
  }
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
