import { z } from 'zod';
import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import {
  actions,
  type Choice,
  context,
  divider,
  header,
  type KnownBlock,
  type ModalView,
  modal,
  section,
  sections,
} from '../slack/blocks.ts';
import { button, chooser } from '../slack/contract.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type Kept, stillHolds } from './editing.ts';
import {
  clearanceText,
  listText,
  listTitle,
  nameOf,
  originName,
  remindersText,
  resourcesText,
  rolesText,
  stakeholdersText,
  tasksText,
  templateBodies,
  templateHead,
  timeOf,
  toneText,
} from './lines.ts';
import { clusterName } from './names.ts';
import { listsOfPlaybook, partKey } from './parts.ts';
import { type Clearance, clearanceOf, coreKey, openingTemplate, otherKey, type Playbook } from './rules.ts';
import { words } from './text.ts';

const ofPlaybook = z.object({ key: z.string() });
const asSeen = ofPlaybook.extend({ version: z.number() });

export const listButton = button('playbooks.list', z.object({}));
export const openButton = button('playbooks.open', ofPlaybook);
export const partChooser = chooser('playbooks.edit');
export const cloneButton = button('playbooks.clone', ofPlaybook);
export const reviewButton = button('playbooks.review', asSeen);
export const revertButton = button('playbooks.revert', asSeen);
export const retireButton = button('playbooks.retire', asSeen);
export const restoreButton = button('playbooks.restore', asSeen);
export const clearButton = button('playbooks.clear', ofPlaybook.extend({ templateId: z.string() }));

/** The view of one playbook; `metadata` says which. */
export const oneView = { id: 'playbooks.one', metadata: ofPlaybook };

type Reviewed = { version: number; reviewedBy: string; reviewedAt: Date };

/** A playbook with everything that is shown of it. */
export type ShownPlaybook = {
  kept: Kept;
  core: Playbook;
  clearances: readonly Clearance[];
  reviewed: Reviewed | undefined;
  mayChange: boolean;
  /** Who may change playbooks, by id. */
  editors: readonly string[];
  mayClear: boolean;
};
type Listed = Pick<ShownPlaybook, 'kept' | 'clearances' | 'reviewed'>;

export function listView(shelf: readonly Listed[], reader: Reader, notice: KnownBlock[] = []): ModalView {
  const w = words(reader.language);
  return modal({
    id: 'playbooks.list',
    title: w.title,
    close: w.close,
    blocks: [...notice, section(w.intro), ...shelf.map((one) => listed(one, reader))],
  });
}

function listed(one: Listed, reader: Reader): KnownBlock {
  const { kept, clearances } = one;
  const { language, now } = reader;
  const w = words(language);
  const { templates } = kept.playbook;
  const name = kept.playbook.name[language];
  const cleared = templates.filter((template) => clearanceOf(template, clearances, now).state === 'cleared');
  const facts = [
    originName(kept, language),
    reviewText(one, reader),
    ...(templates.length > 0 ? [w.clearedOf(cleared.length, templates.length)] : []),
  ];
  const retired = kept.isRetired ? `\n_${w.retired}_` : '';
  return section(
    `*${escapeMrkdwn(name)}*\n${facts.join(' · ')}${retired}`,
    openButton.draw(w.open, { key: kept.key }, { suffix: kept.key, spoken: w.openOf(name) }),
  );
}

function reviewText({ kept, reviewed }: Pick<ShownPlaybook, 'kept' | 'reviewed'>, reader: Reader): string {
  const w = words(reader.language);
  if (!reviewed) return w.neverReviewed;
  const say = stillHolds(reviewed, kept) ? w.reviewed : w.reviewedBefore;
  return say(nameOf(reviewed.reviewedBy, reader), timeOf(reviewed.reviewedAt, reader));
}

/** One playbook, whole: what is to be done, said, measured, and what may be changed about it. */
export function playbookView(shown: ShownPlaybook, reader: Reader, notice: KnownBlock[] = []): ModalView {
  const { kept } = shown;
  const { playbook } = kept;
  const { language } = reader;
  const w = words(language);
  return modal({
    id: oneView.id,
    title: w.title,
    close: w.close,
    metadata: { key: kept.key },
    blocks: [
      ...notice,
      header(playbook.name[language]),
      ...sections(escapeMrkdwn(playbook.summary[language])),
      context(factsOf(shown, reader)),
      ...(kept.isRetired ? [section(`⚠️ ${w.retired}`)] : []),
      ...(playbook.isClosed ? [section(w.closedTeam)] : []),
      ...acts(shown, reader),
      divider(),
      ...plan(shown, reader),
      ...texts(shown, reader),
      ...law(playbook, language),
    ],
  });
}

function factsOf(shown: ShownPlaybook, reader: Reader): string {
  const { kept } = shown;
  const w = words(reader.language);
  return [
    originName(kept, reader.language),
    ...(kept.changedBy && kept.changedAt
      ? [w.changed(nameOf(kept.changedBy, reader), timeOf(kept.changedAt, reader))]
      : []),
    reviewText(shown, reader),
    ...(kept.key === coreKey ? [] : [clusterName(kept.playbook.cluster, reader.language)]),
  ].join(' · ');
}

function acts({ kept, mayChange, editors }: ShownPlaybook, reader: Reader): KnownBlock[] {
  const { language } = reader;
  const w = words(language);
  const { key, version, origin, isRetired } = kept;
  const seen = { key, version };
  const all = listButton.draw(w.all, {});
  const names = list(
    language,
    editors.map((id) => nameOf(id, reader)),
  );
  if (!mayChange) return [actions(all), context(w.onlyEditors(names || w.nobody))];
  const stays = key === coreKey || key === otherKey;
  const retirement = isRetired
    ? restoreButton.draw(w.acts.restore, seen)
    : retireButton.draw(w.acts.retire, seen, { confirm: w.confirmRetire });
  return [
    actions(
      partChooser.draw(partChoices(kept.playbook, language), undefined, w.acts.edit),
      reviewButton.draw(w.acts.review, seen),
      ...(key === coreKey ? [] : [cloneButton.draw(w.acts.clone, { key })]),
      ...(origin === 'changed' ? [revertButton.draw(w.acts.revert, seen, { confirm: w.confirmRevert })] : []),
      ...(stays ? [] : [retirement]),
      all,
    ),
  ];
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

function plan({ kept, core }: ShownPlaybook, reader: Reader): KnownBlock[] {
  const { language } = reader;
  const { playbook } = kept;
  const w = words(language);
  const isCore = kept.key === coreKey;
  const tasks = [tasksText(playbook.tasks, reader), ...(isCore ? [] : [`_${w.fromCore(core.tasks.length)}_`])];
  return [
    context(isCore ? w.isCore : w.core, w.minutesNote),
    ...titled(w.sections.tasks, tasks.filter(Boolean).join('\n\n')),
    ...titled(w.sections.roles, rolesText(playbook.roles, reader)),
    ...titled(w.sections.stakeholders, stakeholdersText(playbook.stakeholders, reader)),
    ...sections(toneText(playbook, language)),
    ...listsOfPlaybook.flatMap((list) => titled(listTitle(list, language), listText(playbook, list, language))),
    ...titled(w.sections.resources, resourcesText(playbook.resources, language)),
  ];
}

const titled = (title: string, text: string): KnownBlock[] => (text ? sections(`*${title}*\n${text}`) : []);

/** Each text with whether it is cleared; legal clears it here. */
function texts(shown: ShownPlaybook, reader: Reader): KnownBlock[] {
  const { kept, core, clearances, mayClear } = shown;
  const { templates } = kept.playbook;
  const { language, now } = reader;
  const w = words(language);
  const opening = openingTemplate(kept.playbook, core);
  const isOwn = templates.some(({ id }) => id === opening?.id);
  return [
    divider(),
    header(w.sections.templates),
    ...(opening && !isOwn ? [context(w.opensWithCore(escapeMrkdwn(opening.title[language])))] : []),
    ...templates.flatMap((template) => {
      const state = clearanceText(clearanceOf(template, clearances, now), kept.editors[template.id], reader);
      const clear = clearButton.draw(
        w.acts.clear,
        { key: kept.key, templateId: template.id },
        { suffix: template.id, spoken: w.acts.clearOf(template.title[language]) },
      );
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
