import { z } from 'zod';
import type { Bilingual, Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { audienceName, audiences, kindName, statementKinds } from '../core/statement-kinds.ts';
import { standardDepartments } from '../people/rules.ts';
import { type Choice, context, divider, type KnownBlock, type ModalView, section, sections } from '../slack/blocks.ts';
import {
  type Answers,
  choiceField,
  family,
  form,
  type KeyOf,
  momentField,
  numberField,
  pickField,
  textField,
  ticksField,
} from '../slack/contract.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { listTitle, partText, templateBodies, templateHead } from './lines.ts';
import { clusterName, toneName } from './names.ts';
import { itemOf, type ListOfPlaybook, type Part, partKey, reminderAt, shownHash } from './parts.ts';
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

const line = () => family('_', textField());
const long = () => family('_', textField({ multiline: true }));

/** A playbook, and the view of it under the form, which then shows what was saved; null where the form stands alone. */
const over = z.object({ key: z.string(), parent: z.string().nullable() });

export const clearForm = form('playbooks.clear', over.extend({ templateId: z.string(), hash: z.string() }), {
  until: momentField(),
});

/** Those of every part of a playbook: a form shows some. Texts in both languages are two fields, `title_en` and `title_fr`. */
const editFields = {
  name: line(),
  summary: long(),
  cluster: choiceField(clusters),
  tone: choiceField(tones),
  tone_note: long(),
  roles: textField({ multiline: true }),
  lines: long(),
  resources: textField({ multiline: true }),
  checked: ticksField(),
  title: line(),
  details: long(),
  department: pickField(),
  due: numberField(),
  channels: line(),
  audience: choiceField(audiences),
  body: long(),
  kind: choiceField(statementKinds),
  when: line(),
  text: long(),
  reference: textField({ max: max.reference }),
  confidence: choiceField(confidences),
  flags: ticksField(),
  note: textField({ max: max.reason }),
};
/** `shown`: hash of what it was filled from. */
export const editForm = form('playbooks.edit', over.extend({ part: z.string(), shown: z.string() }), editFields);
export const cloneForm = form('playbooks.clone', over, editFields);
export type EditAnswers = Answers<typeof editFields>;
export type EditField = KeyOf<typeof editFields>;
const f = editForm.fields;

/** `departments`: keys of those of the workspace. */
type From = {
  key: string;
  playbook: Playbook;
  part: Part;
  parent: string | null;
  departments: readonly string[];
};

/** The form that edits one part of a playbook. With a notice, somebody saved the same part meanwhile: what was typed stays. */
export function drawEdit(
  { key, playbook, part, parent, departments }: From,
  reader: Reader,
  notice?: string,
): ModalView {
  const { language } = reader;
  const w = words(language);
  return editForm.draw({
    title: w.form.titles[part.kind],
    submit: w.save,
    close: w.cancel,
    metadata: { key, part: partKey(part), shown: shownHash(playbook, part), parent },
    blocks: [
      ...(notice ? standing(notice, playbook, part, reader) : []),
      context(escapeMrkdwn(playbook.name[language])),
      ...fieldsOf(playbook, part, departments, reader),
      f.note(w.form.note, { optional: true }),
    ],
  });
}

function standing(notice: string, playbook: Playbook, part: Part, reader: Reader): KnownBlock[] {
  const now = partText(playbook, part, reader) ?? words(reader.language).staleNothing;
  return [...sections(notice), ...sections(now || '–'), divider()];
}

function fieldsOf(playbook: Playbook, part: Part, departments: readonly string[], reader: Reader): KnownBlock[] {
  const { language } = reader;
  const owners = (current: string | undefined) => ownerChoices(playbook, current, departments, reader);
  switch (part.kind) {
    case 'basics':
      return basics(playbook, reader);
    case 'resources':
      return resources(playbook, language);
    case 'list':
      return lines(playbook, part.list, language);
    case 'reminder':
      return reminderFields(playbook, part.id, language);
    case 'task':
      return taskFields(playbook, part.id, owners, language);
    case 'stakeholder':
      return stakeholderFields(playbook, part.id, owners, language);
    case 'template':
      return templateFields(playbook, part.id, language);
  }
}

type Owners = (current: string | undefined) => Choice[];
type Options = { max: number; optional?: boolean; hint?: string };

/** Two fields, `name_en` and `name_fr`, the reader's language first. */
function inBoth(
  draw: typeof f.name,
  label: string,
  initial: Partial<Bilingual> | undefined,
  { max, ...look }: Options,
  language: Language,
): KnownBlock[] {
  const order: Language[] = language === 'fr' ? ['fr', 'en'] : ['en', 'fr'];
  const { languages } = words(language);
  return order.map((one) =>
    draw(one, `${label} (${languages[one].toLowerCase()})`, look, { max, initial: initial?.[one] }),
  );
}

function basics({ key, name, summary, cluster, tone, toneNote, roles }: Playbook, reader: Reader): KnownBlock[] {
  const { language } = reader;
  const w = words(language).form;
  const looks = clusters.map((one) => ({ value: one, label: clusterName(one, language) }));
  const toneChoices = tones.map((one) => ({ value: one, label: toneName(one, language) }));
  return [
    ...inBoth(f.name, w.name, name, { max: max.name }, language),
    ...inBoth(f.summary, w.summary, summary, { max: max.prose }, language),
    ...(key === coreKey ? [] : [f.cluster(w.cluster, { hint: w.clusterHint }, looks, cluster)]),
    f.tone(w.tone, {}, toneChoices, tone),
    ...inBoth(f.tone_note, w.toneNote, toneNote, { max: max.prose }, language),
    f.roles(w.roles, { optional: true, hint: w.rolesHint }, { initial: roles.map(reader.department).join('\n') }),
  ];
}

function lines(playbook: Playbook, list: ListOfPlaybook, language: Language): KnownBlock[] {
  const w = words(language).form;
  const joined = (one: Language) => playbook[list].map((line) => line[one]).join('\n');
  const label = `${listTitle(list, language)}, ${w.lines}`;
  const options = { max: max.body, optional: true, hint: w.linesHint };
  return inBoth(f.lines, label, { en: joined('en'), fr: joined('fr') }, options, language);
}

function resources(playbook: Playbook, language: Language): KnownBlock[] {
  const w = words(language).form;
  const initial = playbook.resources.map(({ name, contact }) => `${name.en} | ${name.fr} | ${contact}`).join('\n');
  return [
    f.resources(w.resources, { optional: true }, { initial }),
    f.checked(w.checked, { optional: true }, [{ value: 'all', label: w.checkedAll }]),
  ];
}

function taskFields(playbook: Playbook, id: string | null, owners: Owners, language: Language): KnownBlock[] {
  const w = words(language).form;
  const task = itemOf(playbook, 'task', id);
  return [
    ...inBoth(f.title, w.taskTitle, task?.title, { max: max.longTaskTitle }, language),
    f.department(w.department, {}, owners(task?.department), task?.department),
    f.due(w.due, { hint: w.dueHint }, { initial: task?.dueMinutes, min: 5, max: 1440 }),
    ...inBoth(f.details, w.details, task?.details, { max: max.details, optional: true }, language),
    ...flags(id, [], [], language),
  ];
}

function stakeholderFields(playbook: Playbook, id: string | null, owners: Owners, language: Language): KnownBlock[] {
  const w = words(language).form;
  const one = itemOf(playbook, 'stakeholder', id);
  return [
    ...inBoth(f.name, w.stakeholder, one?.name, { max: max.title }, language),
    ...inBoth(f.channels, w.channels, one?.channels, { max: max.note }, language),
    f.department(w.toldBy, {}, owners(one?.department), one?.department),
    f.audience(w.audience, {}, audienceChoices(language), one?.audience),
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
    ...inBoth(f.title, w.title, one?.title, { max: max.title }, language),
    ...inBoth(f.body, w.body, one?.body, { max: max.body, hint: w.bodyHint }, language),
    f.kind(w.kind, {}, kindChoices, one?.kind),
    f.audience(w.audience, {}, audienceChoices(language), one?.audience),
    ...inBoth(f.when, w.whenLabel, one?.when, { max: max.note, optional: true }, language),
    ...flags(id, choices, chosen, language),
  ];
}

function reminderFields(playbook: Playbook, id: string | null, language: Language): KnownBlock[] {
  const w = words(language);
  const one = reminderAt(playbook, id);
  const sure = confidences.map((value) => ({ value, label: w.confidence[value] }));
  return [
    context(w.reminderNote),
    ...inBoth(f.text, w.form.reminder, one?.text, { max: max.prose }, language),
    f.reference(w.form.reference, {}, { initial: one?.reference }),
    f.confidence(w.form.confidence, {}, sure, one?.confidence),
    ...flags(one ? id : null, one ? [{ value: 'checked', label: w.form.lookedUp }] : [], [], language),
  ];
}

/** What exists can be removed. */
function flags(id: string | null, choices: Choice[], chosen: string[], language: Language): KnownBlock[] {
  const w = words(language).form;
  const all = [...choices, ...(id === null ? [] : [{ value: 'remove', label: w.remove }])];
  return all.length > 0 ? [f.flags(w.flags, { optional: true }, all, chosen)] : [];
}

const audienceChoices = (language: Language): Choice[] =>
  audiences.map((one) => ({ value: one, label: audienceName(one, language) }));

/** Departments of the workspace, roles of this playbook, then those that the product knows. */
function ownerChoices(
  playbook: Playbook,
  current: string | undefined,
  departments: readonly string[],
  { department }: Reader,
): Choice[] {
  const keys = ['lead', ...standardDepartments, ...departments, ...playbook.roles, ...ownersOfTasks];
  return [...new Set(current ? [...keys, current] : keys)].map((key) => ({ value: key, label: department(key) }));
}

export function drawClone(
  { key, playbook, parent }: Pick<From, 'key' | 'playbook' | 'parent'>,
  language: Language,
): ModalView {
  const w = words(language);
  return cloneForm.draw({
    title: w.cloneForm.title,
    submit: w.cloneForm.submit,
    close: w.cancel,
    metadata: { key, parent },
    blocks: [
      section(w.cloneForm.intro(escapeMrkdwn(playbook.name[language]))),
      ...inBoth(cloneForm.fields.name, w.form.name, undefined, { max: max.name }, language),
    ],
  });
}

/** Legal reads exactly what is cleared, and says until when. */
export function drawClear(
  { key, template, parent }: { key: string; template: Template; parent: string | null },
  until: Date,
  language: Language,
): ModalView {
  const w = words(language);
  return clearForm.draw({
    title: w.clearForm.title,
    submit: w.clearForm.submit,
    close: w.cancel,
    metadata: { key, templateId: template.id, hash: templateHash(template), parent },
    blocks: [
      section(w.clearForm.intro),
      section(templateHead(template, false, '', language)),
      ...sections(templateBodies(template, language)),
      clearForm.fields.until(w.clearForm.until, { hint: w.clearForm.untilHint }, until),
    ],
  });
}
