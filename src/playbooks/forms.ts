import type { Bilingual, Language } from '../core/locale.ts';
import { audienceName, audiences, kindName, statementKinds } from '../core/statement-kinds.ts';
import { standardDepartments } from '../people/rules.ts';
import {
  type Choice,
  checkboxes,
  context,
  divider,
  input,
  type KnownBlock,
  type ModalView,
  modal,
  momentInput,
  numberInput,
  section,
  sections,
  select,
  textInput,
} from '../slack/blocks.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { listTitle } from './answers.ts';
import { partText, templateBodies, templateHead } from './lines.ts';
import { clusterName, type OwnNames, ownerName, toneName } from './names.ts';
import {
  type ItemOfPlaybook,
  itemOf,
  type ListOfPlaybook,
  type Part,
  partKey,
  reminderAt,
  shownHash,
} from './parts.ts';
import {
  clusters,
  confidences,
  coreKey,
  limitsOfPlaybooks as max,
  ownersOfTasks,
  type Playbook,
  type Template,
  templateHash,
  tones,
} from './rules.ts';
import { words } from './text.ts';

/** `parent`: the view of the playbook under the form, which then shows what was saved. `shown`: hash of what it was filled from. */
type EditMetadata = { key: string; part: string; shown: string; parent: string | null };
type ClearMetadata = { key: string; templateId: string; hash: string; parent: string | null };

type From = { key: string; playbook: Playbook; part: Part; parent: string | null; own: OwnNames };

/** The form that edits one part of a playbook. With a notice, somebody saved the same part meanwhile: what was typed stays. */
export function editForm({ key, playbook, part, parent, own }: From, language: Language, notice?: string): ModalView {
  const w = words(language);
  const metadata: EditMetadata = { key, part: partKey(part), shown: shownHash(playbook, part), parent };
  return modal({
    id: 'playbooks.edit',
    title: w.form.titles[part.kind],
    submit: w.save,
    close: w.cancel,
    metadata,
    blocks: [
      ...(notice ? standing(notice, { playbook, part, own }, language) : []),
      context(escapeMrkdwn(playbook.name[language])),
      ...fieldsOf(playbook, part, own, language),
      input(w.form.note, textInput('note', { max: max.reason }), { optional: true }),
    ],
  });
}

function standing(
  notice: string,
  { playbook, part, own }: Pick<From, 'playbook' | 'part' | 'own'>,
  language: Language,
): KnownBlock[] {
  const now = partText(playbook, part, own, language) ?? words(language).staleNothing;
  return [...sections(notice), ...sections(now || '–'), divider()];
}

function fieldsOf(playbook: Playbook, part: Part, own: OwnNames, language: Language): KnownBlock[] {
  switch (part.kind) {
    case 'basics':
      return basics(playbook, own, language);
    case 'resources':
      return resources(playbook, language);
    case 'list':
      return lines(playbook, part.list, language);
    case 'reminder':
      return reminderFields(playbook, part.id, language);
    case 'task':
    case 'stakeholder':
    case 'template':
      return item(playbook, part.kind, part.id, own, language);
  }
}

type Options = { multiline?: boolean; max: number; optional?: boolean; hint?: string };

/** Two fields, `name_en` and `name_fr`, the reader's language first. */
function inBoth(
  field: string,
  label: string,
  initial: Partial<Bilingual> | undefined,
  options: Options,
  language: Language,
): KnownBlock[] {
  const order: Language[] = language === 'fr' ? ['fr', 'en'] : ['en', 'fr'];
  return order.map((one) => {
    const text = initial?.[one];
    const element = textInput(`${field}_${one}`, {
      multiline: options.multiline ?? false,
      max: options.max,
      initial: text,
    });
    const { optional = false, hint } = options;
    const named = `${label} (${words(language).languages[one].toLowerCase()})`;
    return input(named, element, { optional, ...(hint ? { hint } : {}) });
  });
}

function basics(playbook: Playbook, own: OwnNames, language: Language): KnownBlock[] {
  const { key, name, summary, cluster, tone, toneNote, roles } = playbook;
  const w = words(language).form;
  const looks = clusters.map((one) => ({ value: one, label: clusterName(one, language) }));
  const typed = roles.map((role) => ownerName(role, own, language)).join('\n');
  const toneChoices = tones.map((one) => ({ value: one, label: toneName(one, language) }));
  return [
    ...inBoth('name', w.name, name, { max: max.name }, language),
    ...inBoth('summary', w.summary, summary, { max: max.prose, multiline: true }, language),
    ...(key === coreKey ? [] : [input(w.cluster, select('cluster', looks, cluster), { hint: w.clusterHint })]),
    input(w.tone, select('tone', toneChoices, tone)),
    ...inBoth('tone_note', w.toneNote, toneNote, { max: max.prose, multiline: true }, language),
    input(w.roles, textInput('roles', { multiline: true, initial: typed }), {
      optional: true,
      hint: w.rolesHint,
    }),
  ];
}

function lines(playbook: Playbook, list: ListOfPlaybook, language: Language): KnownBlock[] {
  const w = words(language).form;
  const joined = (one: Language) => playbook[list].map((line) => line[one]).join('\n');
  const initial = { en: joined('en'), fr: joined('fr') };
  const label = `${listTitle(list, language)}, ${w.lines}`;
  const options = { max: max.body, multiline: true, optional: true, hint: w.linesHint };
  return inBoth('lines', label, initial, options, language);
}

function resources(playbook: Playbook, language: Language): KnownBlock[] {
  const w = words(language).form;
  const initial = playbook.resources.map(({ name, contact }) => `${name.en} | ${name.fr} | ${contact}`).join('\n');
  return [
    input(w.resources, textInput('resources', { multiline: true, ...(initial ? { initial } : {}) }), {
      optional: true,
    }),
    input(w.checked, checkboxes('checked', [{ value: 'all', label: w.checkedAll }]), { optional: true }),
  ];
}

function item(
  playbook: Playbook,
  kind: ItemOfPlaybook,
  id: string | null,
  own: OwnNames,
  language: Language,
): KnownBlock[] {
  if (kind === 'task') return taskFields(playbook, id, own, language);
  if (kind === 'stakeholder') return stakeholderFields(playbook, id, own, language);
  return templateFields(playbook, id, language);
}

function taskFields(playbook: Playbook, id: string | null, own: OwnNames, language: Language): KnownBlock[] {
  const w = words(language).form;
  const task = itemOf(playbook, 'task', id);
  return [
    ...inBoth('title', w.taskTitle, task?.title, { max: max.taskTitle }, language),
    input(
      w.department,
      select('department', ownerChoices(playbook, task?.department, own, language), task?.department),
    ),
    input(w.due, numberInput('due', { initial: task?.dueMinutes, min: 5, max: 1440 }), { hint: w.dueHint }),
    ...inBoth('details', w.details, task?.details, { max: max.details, multiline: true, optional: true }, language),
    ...flags(id, [], [], language),
  ];
}

function stakeholderFields(playbook: Playbook, id: string | null, own: OwnNames, language: Language): KnownBlock[] {
  const w = words(language).form;
  const one = itemOf(playbook, 'stakeholder', id);
  return [
    ...inBoth('name', w.stakeholder, one?.name, { max: max.title }, language),
    ...inBoth('channels', w.channels, one?.channels, { max: max.note }, language),
    input(w.toldBy, select('department', ownerChoices(playbook, one?.department, own, language), one?.department)),
    input(w.audience, select('audience', audienceChoices(language), one?.audience)),
    ...flags(id, [], [], language),
  ];
}

function templateFields(playbook: Playbook, id: string | null, language: Language): KnownBlock[] {
  const w = words(language).form;
  const one = itemOf(playbook, 'template', id);
  const kindChoices = statementKinds.map((kind) => ({ value: kind, label: kindName(kind, language) }));
  const chosen = [...(one?.admits ? ['admits'] : []), ...(one && playbook.opensWith === one.id ? ['opens'] : [])];
  const choices = [
    { value: 'admits', label: w.admits },
    { value: 'opens', label: w.opens },
  ];
  return [
    ...(one ? [context(w.voids)] : []),
    ...inBoth('title', w.title, one?.title, { max: max.title }, language),
    ...inBoth('body', w.body, one?.body, { max: max.body, multiline: true, hint: w.bodyHint }, language),
    input(w.kind, select('kind', kindChoices, one?.kind)),
    input(w.audience, select('audience', audienceChoices(language), one?.audience)),
    ...inBoth('when', w.whenLabel, one?.when, { max: max.note, optional: true }, language),
    ...flags(id, choices, chosen, language),
  ];
}

function reminderFields(playbook: Playbook, id: string | null, language: Language): KnownBlock[] {
  const w = words(language);
  const one = reminderAt(playbook, id);
  const sure = confidences.map((value) => ({ value, label: w.confidence[value] }));
  return [
    context(w.reminderNote),
    ...inBoth('text', w.form.reminder, one?.text, { max: max.prose, multiline: true }, language),
    input(w.form.reference, textInput('reference', { max: max.reference, initial: one?.reference })),
    input(w.form.confidence, select('confidence', sure, one?.confidence)),
    ...flags(one ? id : null, one ? [{ value: 'checked', label: w.form.lookedUp }] : [], [], language),
  ];
}

/** What exists can be removed. */
function flags(id: string | null, choices: Choice[], chosen: string[], language: Language): KnownBlock[] {
  const w = words(language).form;
  const all = [...choices, ...(id === null ? [] : [{ value: 'remove', label: w.remove }])];
  return all.length > 0 ? [input(w.flags, checkboxes('flags', all, chosen), { optional: true })] : [];
}

const audienceChoices = (language: Language): Choice[] =>
  audiences.map((one) => ({ value: one, label: audienceName(one, language) }));

/** Departments of the workspace, roles of this playbook, then those that the product knows. */
function ownerChoices(playbook: Playbook, current: string | undefined, own: OwnNames, language: Language): Choice[] {
  const keys = [
    'lead',
    ...standardDepartments,
    ...own.keys(),
    ...playbook.roles,
    ...ownersOfTasks,
    ...(current ? [current] : []),
  ];
  return [...new Set(keys)].map((key) => ({ value: key, label: ownerName(key, own, language) }));
}

export function cloneForm(
  { key, playbook, parent }: Pick<From, 'key' | 'playbook' | 'parent'>,
  language: Language,
): ModalView {
  const w = words(language);
  return modal({
    id: 'playbooks.clone',
    title: w.cloneForm.title,
    submit: w.cloneForm.submit,
    close: w.cancel,
    metadata: { key, parent },
    blocks: [
      section(w.cloneForm.intro(escapeMrkdwn(playbook.name[language]))),
      ...inBoth('name', w.form.name, undefined, { max: max.name }, language),
    ],
  });
}

/** Legal reads exactly what is cleared, and says until when. */
export function clearForm(
  { key, template, parent }: { key: string; template: Template; parent: string | null },
  until: Date,
  language: Language,
): ModalView {
  const w = words(language);
  const metadata: ClearMetadata = { key, templateId: template.id, hash: templateHash(template), parent };
  return modal({
    id: 'playbooks.clear',
    title: w.clearForm.title,
    submit: w.clearForm.submit,
    close: w.cancel,
    metadata,
    blocks: [
      section(w.clearForm.intro),
      section(templateHead(template, false, '', language)),
      ...sections(templateBodies(template, language)),
      input(w.clearForm.until, momentInput('until', until), { hint: w.clearForm.untilHint }),
    ],
  });
}
