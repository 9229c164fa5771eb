import type { Language } from '../core/locale.ts';
import {
  actions,
  type ButtonOptions,
  button,
  type Choice,
  context,
  divider,
  header,
  type KnownBlock,
  type ModalView,
  modal,
  section,
  sections,
  select,
} from '../slack/blocks.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { listTitle, originName, type Speaker } from './answers.ts';
import { type Kept, stillHolds } from './editing.ts';
import {
  clearanceText,
  listText,
  remindersText,
  resourcesText,
  rolesText,
  stakeholdersText,
  tasksText,
  templateBodies,
  templateHead,
  toneText,
} from './lines.ts';
import { clusterName, type OwnNames } from './names.ts';
import { listsOfPlaybook, partKey } from './parts.ts';
import {
  type Clearance,
  clearanceOf,
  coreKey,
  openingTemplate,
  otherKey,
  type Playbook,
  type Template,
} from './rules.ts';
import { words } from './text.ts';

type Reviewed = { version: number; reviewedBy: string; reviewedAt: Date };

/** A playbook with everything that is shown of it. */
export type ShownPlaybook = {
  kept: Kept;
  core: Playbook;
  clearances: readonly Clearance[];
  reviewed: Reviewed | undefined;
  own: OwnNames;
  mayChange: boolean;
  /** Who may change playbooks, as mrkdwn, for whoever may not. */
  editors: string;
  mayClear: boolean;
  now: Date;
};

const isCleared = (template: Template, { clearances, now }: Pick<ShownPlaybook, 'clearances' | 'now'>): boolean =>
  clearanceOf(template, clearances, now).state === 'cleared';

export function listView(
  shelf: readonly Pick<ShownPlaybook, 'kept' | 'clearances' | 'reviewed' | 'now'>[],
  speaker: Speaker,
  notice: KnownBlock[] = [],
): ModalView {
  const w = words(speaker.language);
  return modal({
    id: 'playbooks.list',
    title: w.title,
    close: w.close,
    blocks: [...notice, section(w.intro), ...shelf.map((one) => listed(one, speaker))],
  });
}

function listed(one: Pick<ShownPlaybook, 'kept' | 'clearances' | 'reviewed' | 'now'>, speaker: Speaker): KnownBlock {
  const { kept } = one;
  const { language } = speaker;
  const w = words(language);
  const { templates } = kept.playbook;
  const name = kept.playbook.name[language];
  const facts = [
    originName(kept, language),
    reviewText(one, speaker),
    ...(templates.length > 0 ? [w.clearedOf(templates.filter((t) => isCleared(t, one)).length, templates.length)] : []),
  ];
  const retired = kept.isRetired ? `\n_${w.retired}_` : '';
  return section(
    `*${escapeMrkdwn(name)}*\n${facts.join(' · ')}${retired}`,
    button(w.open, {
      id: `playbooks.open:${kept.key}`,
      value: JSON.stringify({ key: kept.key }),
      spoken: w.openOf(name),
    }),
  );
}

function reviewText(
  { kept, reviewed }: Pick<ShownPlaybook, 'kept' | 'reviewed'>,
  { language, named, at }: Speaker,
): string {
  const w = words(language);
  if (!reviewed) return w.neverReviewed;
  const say = stillHolds(reviewed, kept) ? w.reviewed : w.reviewedBefore;
  return say(named(reviewed.reviewedBy), at(reviewed.reviewedAt));
}

/** One playbook, whole: what is to be done, said, measured, and what may be changed about it. */
export function playbookView(shown: ShownPlaybook, speaker: Speaker, notice: KnownBlock[] = []): ModalView {
  const { kept } = shown;
  const { playbook } = kept;
  const { language } = speaker;
  const w = words(language);
  return modal({
    id: 'playbooks.one',
    title: w.title,
    close: w.close,
    metadata: { key: kept.key },
    blocks: [
      ...notice,
      header(playbook.name[language]),
      ...sections(escapeMrkdwn(playbook.summary[language])),
      context(factsOf(shown, speaker)),
      ...(kept.isRetired ? [section(`⚠️ ${w.retired}`)] : []),
      ...(playbook.isClosed ? [section(w.closedTeam)] : []),
      ...acts(shown, language),
      divider(),
      ...plan(shown, language),
      ...texts(shown, speaker),
      ...law(playbook, language),
    ],
  });
}

function factsOf({ kept, reviewed }: ShownPlaybook, speaker: Speaker): string {
  const { language, named, at } = speaker;
  const w = words(language);
  return [
    originName(kept, language),
    ...(kept.changedBy && kept.changedAt ? [w.changed(named(kept.changedBy), at(kept.changedAt))] : []),
    reviewText({ kept, reviewed }, speaker),
    ...(kept.key === coreKey ? [] : [clusterName(kept.playbook.cluster, language)]),
  ].join(' · ');
}

function acts({ kept, mayChange, editors }: ShownPlaybook, language: Language): KnownBlock[] {
  const w = words(language);
  const { key, version, origin, isRetired } = kept;
  const to = (id: string): ButtonOptions => ({ id: `playbooks.${id}`, value: JSON.stringify({ key, version }) });
  const all = button(w.all, to('list'));
  if (!mayChange) return [actions(all), context(w.onlyEditors(editors))];
  const stays = key === coreKey || key === otherKey;
  return [
    actions(
      select('playbooks.edit', partChoices(kept.playbook, language), undefined, w.acts.edit),
      button(w.acts.review, to('review')),
      ...(key === coreKey ? [] : [button(w.acts.clone, to('clone'))]),
      ...(origin === 'changed' ? [button(w.acts.revert, { ...to('revert'), confirm: w.confirmRevert })] : []),
      ...(stays ? [] : [retirement(isRetired, to, language)]),
      all,
    ),
  ];
}

function retirement(isRetired: boolean, to: (id: string) => ButtonOptions, language: Language) {
  const w = words(language);
  return isRetired
    ? button(w.acts.restore, to('restore'))
    : button(w.acts.retire, { ...to('retire'), confirm: w.confirmRetire });
}

/** Everything that a form can edit; Slack lists at most 100. */
function partChoices(playbook: Playbook, language: Language): Choice[] {
  const w = words(language);
  const item = (kind: 'task' | 'stakeholder' | 'template' | 'reminder', id: string, label: string) => ({
    value: partKey({ kind, id }),
    label: w.parts[kind](label),
  });
  return [
    { value: partKey({ kind: 'basics' }), label: w.parts.basics },
    ...listsOfPlaybook.map((list) => ({ value: partKey({ kind: 'list', list }), label: listTitle(list, language) })),
    { value: partKey({ kind: 'resources' }), label: w.parts.resources },
    { value: partKey({ kind: 'task', id: null }), label: w.parts.newTask },
    { value: partKey({ kind: 'stakeholder', id: null }), label: w.parts.newStakeholder },
    { value: partKey({ kind: 'template', id: null }), label: w.parts.newTemplate },
    { value: partKey({ kind: 'reminder', id: null }), label: w.parts.newReminder },
    ...playbook.tasks.map(({ id, title }) => item('task', id, title[language])),
    ...playbook.stakeholders.map(({ id, name }) => item('stakeholder', id, name[language])),
    ...playbook.templates.map(({ id, title }) => item('template', id, title[language])),
    ...playbook.reminders.map(({ text }, i) => item('reminder', String(i + 1), text[language])),
  ];
}

function plan({ kept, core, own }: ShownPlaybook, language: Language): KnownBlock[] {
  const { playbook } = kept;
  const w = words(language);
  const isCore = kept.key === coreKey;
  const tasks = [tasksText(playbook.tasks, own, language), ...(isCore ? [] : [`_${w.fromCore(core.tasks.length)}_`])];
  return [
    context(isCore ? w.isCore : w.core, w.minutesNote),
    ...titled(w.sections.tasks, tasks.filter(Boolean).join('\n\n')),
    ...titled(w.sections.roles, rolesText(playbook.roles, own, language)),
    ...titled(w.sections.stakeholders, stakeholdersText(playbook.stakeholders, own, language)),
    ...sections(toneText(playbook, language)),
    ...listsOfPlaybook.flatMap((list) => titled(listTitle(list, language), listText(playbook, list, language))),
    ...titled(w.sections.resources, resourcesText(playbook.resources, language)),
  ];
}

const titled = (title: string, text: string): KnownBlock[] => (text ? sections(`*${title}*\n${text}`) : []);

/** Each text with whether it is cleared; legal clears it here. */
function texts(shown: ShownPlaybook, speaker: Speaker): KnownBlock[] {
  const { kept, core, clearances, mayClear, now } = shown;
  const { templates } = kept.playbook;
  const { language } = speaker;
  const w = words(language);
  const opening = openingTemplate(kept.playbook, core);
  const isOwn = templates.some(({ id }) => id === opening?.id);
  return [
    divider(),
    header(w.sections.templates),
    ...(opening && !isOwn ? [context(w.opensWithCore(escapeMrkdwn(opening.title[language])))] : []),
    ...templates.flatMap((template) => {
      const state = clearanceText(clearanceOf(template, clearances, now), kept.editors[template.id], speaker);
      const clear = button(w.acts.clear, {
        id: `playbooks.clear:${template.id}`,
        value: JSON.stringify({ key: kept.key, templateId: template.id }),
        spoken: w.acts.clearOf(template.title[language]),
      });
      return [
        section(templateHead(template, opening?.id === template.id, state, language), mayClear ? clear : undefined),
        ...sections(templateBodies(template, language)),
      ];
    }),
  ];
}

function law({ reminders }: Playbook, language: Language): KnownBlock[] {
  const w = words(language);
  if (reminders.length === 0) return [];
  return [
    divider(),
    header(w.sections.reminders),
    context(w.reminderNote),
    ...sections(remindersText(reminders, language)),
  ];
}

/** What was not done and why, where a form stood. */
export const noticeView = (text: string, language: Language): ModalView =>
  modal({ id: 'playbooks.notice', title: words(language).title, close: words(language).close, blocks: sections(text) });
