import type { Bilingual, Language } from '../core/locale.ts';
import type { Edit } from './editing.ts';
import type { EditAnswers, EditField } from './forms.ts';
import { collectionOf, type ItemOfPlaybook, itemOf, type ListOfPlaybook, type Part, reminderAt } from './parts.ts';
import {
  confidences,
  limitsOfPlaybooks as max,
  type Playbook,
  type PlaybookStakeholder,
  type PlaybookTask,
  type Template,
  tones,
  unpaired,
} from './rules.ts';

/** Why a field cannot be taken as it was filled in. */
export type Problem = { field: EditField } & (
  | { code: 'missing' | 'only_one_language' | 'minutes' | 'choose' }
  | { code: 'too_long'; limit: number; line: string }
  | { code: 'too_many'; limit: number }
  | { code: 'unequal_lines'; en: number; fr: number }
  | { code: 'bad_resource'; line: string }
  | { code: 'unpaired'; en: string[]; fr: string[] }
);

export type Read = { ok: true; edit: Edit } | { ok: false; problems: Problem[] };

type Known = {
  /** For something that is added. */
  newId: string;
  /** Of a resource that was looked at again: `2026-11-23`. */
  today: string;
  /** The key of a role or a department by any of its names; what nobody knows stays as it was typed. */
  roleOf: (name: string) => string;
};

/** What a submitted form wants of the part that it edits, or what is wrong with it, field by field. */
export function readEdit(part: Part, answers: EditAnswers, known: Known): Read {
  const form = new Reading(answers);
  const edit = editOf(part, form, known);
  return form.problems.length > 0 || !edit ? { ok: false, problems: form.problems } : { ok: true, edit };
}

function editOf(part: Part, form: Reading, known: Known): Edit | null {
  switch (part.kind) {
    case 'basics':
      return basics(form, known);
    case 'resources':
      return resources(form, known);
    case 'list':
      return linesOf(form, part.list);
    case 'task':
    case 'stakeholder':
    case 'template':
      return item(part.kind, part.id, form, known);
    case 'reminder':
      return reminder(part.id, form, known);
  }
}

function basics(form: Reading, { roleOf }: Known): Edit {
  const { cluster } = form.answers;
  const changed = {
    name: form.both('name', max.name),
    summary: form.both('summary', max.prose),
    toneNote: form.both('tone_note', max.prose),
    tone: form.chosen('tone') ?? tones[0],
    // The name of a role may be longer than its key.
    roles: [...new Set(form.lines('roles', max.roles, max.role, roleOf))],
    // Not asked of the core, which is about no kind of crisis.
    ...(cluster ? { cluster } : {}),
  };
  return (playbook) => ({ ...playbook, ...changed });
}

/** What stays keeps the day on which somebody looked it up, unless they say that they have done so again. */
function reminder(id: string | null, form: Reading, { today }: Known): Edit {
  const { flags } = form.answers;
  const at = Number(id ?? 0) - 1;
  if (id !== null && flags.includes('remove'))
    return (playbook) => ({ ...playbook, reminders: playbook.reminders.filter((_, i) => i !== at) });
  const written = {
    text: form.both('text', max.prose),
    reference: form.required('reference', max.reference),
    confidence: form.chosen('confidence') ?? confidences[0],
  };
  return (playbook) => {
    const before = reminderAt(playbook, id);
    const checkedOn = before && !flags.includes('checked') ? before.checkedOn : today;
    const one = { ...written, checkedOn };
    const reminders = before ? playbook.reminders.with(at, one) : [...playbook.reminders, one];
    return { ...playbook, reminders };
  };
}

function linesOf(form: Reading, list: ListOfPlaybook): Edit {
  const { en, fr } = form.linesInBoth();
  if (en.length !== fr.length)
    form.problems.push({ field: 'lines_fr', code: 'unequal_lines', en: en.length, fr: fr.length });
  const paired = en.map((line, i) => ({ en: line, fr: fr[i] ?? line }));
  return (playbook) => ({ ...playbook, [list]: paired });
}

/** One per line, `English | Français | contact`. A line that stays keeps the day on which it was checked. */
function resources(form: Reading, { today }: Known): Edit {
  const isChecked = form.answers.checked.includes('all');
  const typed = form.lines('resources', max.resources, max.resourceName * 2 + max.contact + 6).map((line) => {
    const [en = '', fr = '', contact = '', ...more] = line.split('|').map((part) => part.trim());
    const isWhole = en && fr && contact && more.length === 0;
    if (!isWhole || en.length > max.resourceName || fr.length > max.resourceName || contact.length > max.contact)
      form.problems.push({ field: 'resources', code: 'bad_resource', line });
    return { name: { en, fr }, contact };
  });
  return (playbook) => ({
    ...playbook,
    resources: typed.map((one) => {
      const { en, fr } = one.name;
      const before = playbook.resources.find(
        ({ name, contact }) => name.en === en && name.fr === fr && contact === one.contact,
      );
      return { ...one, checkedOn: before && !isChecked ? before.checkedOn : today };
    }),
  });
}

function item(kind: ItemOfPlaybook, id: string | null, form: Reading, { newId }: Known): Edit {
  const { flags } = form.answers;
  if (id !== null && flags.includes('remove')) return without(kind, id);
  const own = id ?? `own-${newId}`;
  if (kind === 'task') return putTask(readTask(form, own));
  if (kind === 'stakeholder') return put('stakeholder', readStakeholder(form, own));
  const opens = flags.includes('opens');
  const placed = put('template', readTemplate(form, own, flags.includes('admits')));
  return (playbook) => {
    const { opensWith, ...rest } = placed(playbook);
    if (opens) return { ...rest, opensWith: own };
    return opensWith === undefined || opensWith === own ? rest : { ...rest, opensWith };
  };
}

function readTask(form: Reading, id: string): PlaybookTask {
  const details = form.bothOrNeither('details', max.details);
  return {
    id,
    department: form.department(),
    title: form.both('title', max.taskTitle),
    ...(details ? { details } : {}),
    dueMinutes: form.minutes(),
  };
}

const readStakeholder = (form: Reading, id: string): PlaybookStakeholder => ({
  id,
  name: form.both('name', max.title),
  channels: form.both('channels', max.note),
  department: form.department(),
  audience: form.chosen('audience') ?? 'public',
});

function readTemplate(form: Reading, id: string, admits: boolean): Template {
  const when = form.bothOrNeither('when', max.note);
  const body = form.both('body', max.body);
  const { onlyEn, onlyFr } = unpaired(body);
  if (body.en && body.fr && onlyEn.length + onlyFr.length > 0)
    form.problems.push({ field: onlyEn.length > 0 ? 'body_fr' : 'body_en', code: 'unpaired', en: onlyEn, fr: onlyFr });
  return {
    id,
    kind: form.chosen('kind') ?? 'holding',
    audience: form.chosen('audience') ?? 'public',
    title: form.both('title', max.title),
    body,
    ...(when ? { when } : {}),
    admits,
  };
}

/** In its place, or at the end; what somebody removed meanwhile comes back. */
/** What no form asks for stays, as long as the minutes do. */
const putTask =
  (one: PlaybookTask): Edit =>
  (playbook) => {
    const before = itemOf(playbook, 'task', one.id);
    if (!before) return put('task', one)(playbook);
    const { lot, replaces } = before;
    const kept = {
      ...one,
      ...(lot && before.dueMinutes === one.dueMinutes ? { lot } : {}),
      ...(replaces ? { replaces } : {}),
    };
    return put('task', kept)(playbook);
  };

const put =
  <K extends ItemOfPlaybook>(kind: K, one: Playbook[ReturnType<typeof collectionOf<K>>][number]): Edit =>
  (playbook) => {
    const list = collectionOf(kind);
    const all: { id: string }[] = playbook[list];
    const isThere = itemOf(playbook, kind, one.id) !== undefined;
    return { ...playbook, [list]: isThere ? all.map((old) => (old.id === one.id ? one : old)) : [...all, one] };
  };

const without =
  (kind: ItemOfPlaybook, id: string): Edit =>
  (playbook) => {
    const list = collectionOf(kind);
    const left = (playbook[list] as { id: string }[]).filter((one) => one.id !== id);
    const { opensWith, ...rest } = playbook;
    return { ...rest, ...(opensWith === undefined || opensWith === id ? {} : { opensWith }), [list]: left };
  };

/** Why nothing more can be added: a view could not show it. Null where there is room. */
export function tooMany(part: Part, playbook: Playbook): { code: 'too_many'; limit: number } | null {
  if (!('id' in part) || part.id !== null) return null;
  const list = part.kind === 'reminder' ? 'reminders' : collectionOf(part.kind);
  return playbook[list].length >= max[list] ? { code: 'too_many', limit: max[list] } : null;
}

type InBoth = { [K in keyof EditAnswers]: EditAnswers[K] extends Map<string, string> ? K : never }[keyof EditAnswers];
type Typed = { [K in keyof EditAnswers]: EditAnswers[K] extends string ? K : never }[keyof EditAnswers];
type Chosen = 'tone' | 'kind' | 'audience' | 'confidence';

/** Reads fields one by one and keeps what is wrong with them. */
class Reading {
  readonly problems: Problem[] = [];
  readonly answers: EditAnswers;
  constructor(answers: EditAnswers) {
    this.answers = answers;
  }

  both(field: InBoth, limit: number): Bilingual {
    const [en, fr] = this.#inBoth(field);
    return { en: this.#required(`${field}_en`, en, limit), fr: this.#required(`${field}_fr`, fr, limit) };
  }

  bothOrNeither(field: InBoth, limit: number): Bilingual | null {
    const [en, fr] = this.#inBoth(field);
    if (!en && !fr) return null;
    if (!en || !fr) this.problems.push({ field: en ? `${field}_fr` : `${field}_en`, code: 'only_one_language' });
    return { en: this.#within(`${field}_en`, en, limit), fr: this.#within(`${field}_fr`, fr, limit) };
  }

  lines(field: Typed, most: number, limit: number, as = (line: string) => line): string[] {
    return this.#lines(field, this.answers[field], most, limit, as);
  }

  linesInBoth(): Record<Language, string[]> {
    const [en, fr] = this.#inBoth('lines');
    return {
      en: this.#lines('lines_en', en, max.lines, max.line),
      fr: this.#lines('lines_fr', fr, max.lines, max.line),
    };
  }

  chosen<K extends Chosen>(field: K): EditAnswers[K] {
    const found = this.answers[field];
    if (found === null) this.problems.push({ field, code: 'choose' });
    return found;
  }

  department(): string {
    const { department } = this.answers;
    const isFine = department !== null && department.length <= max.role;
    if (!isFine) this.problems.push({ field: 'department', code: 'choose' });
    return department ?? '';
  }

  minutes(): number {
    const { due } = this.answers;
    if (due !== null && Number.isInteger(due) && due >= 5 && due <= 1440) return due;
    this.problems.push({ field: 'due', code: 'minutes' });
    return 5;
  }

  required(field: Typed, limit: number): string {
    return this.#required(field, this.answers[field], limit);
  }

  #inBoth(field: InBoth): [string, string] {
    const found = this.answers[field];
    return [found.get('en') ?? '', found.get('fr') ?? ''];
  }

  #lines(field: EditField, text: string, most: number, limit: number, as = (line: string) => line): string[] {
    const found = text
      .split('\n')
      .map((line) => line.replace(/^\s*[•–-]\s+/, '').trim())
      .filter((line) => line !== '');
    if (found.length > most) this.problems.push({ field, code: 'too_many', limit: most });
    return found.map((line) => this.#within(field, as(line), limit));
  }

  #required(field: EditField, found: string, limit: number): string {
    if (!found) this.problems.push({ field, code: 'missing' });
    return this.#within(field, found, limit);
  }

  #within(field: EditField, found: string, limit: number): string {
    if (found.length > limit) this.problems.push({ field, code: 'too_long', limit, line: found });
    return found;
  }
}

/** The name of a clone, as it was typed. */
export function readName(answers: EditAnswers): { ok: true; name: Bilingual } | { ok: false; problems: Problem[] } {
  const form = new Reading(answers);
  const name = form.both('name', max.name);
  return form.problems.length > 0 ? { ok: false, problems: form.problems } : { ok: true, name };
}
