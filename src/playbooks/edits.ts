import type { Bilingual } from '../core/locale.ts';
import { audiences, statementKinds } from '../core/statement-kinds.ts';
import { collectionOf, type ItemOfPlaybook, itemOf, type ListOfPlaybook, type Part, reminderAt } from './parts.ts';
import {
  clusters,
  confidences,
  limitsOfPlaybooks as max,
  type Playbook,
  type PlaybookStakeholder,
  type PlaybookTask,
  type Template,
  tones,
  unpaired,
} from './rules.ts';

/** What a form changes, as a function of the playbook as it stands. */
export type Edit = (playbook: Playbook) => Playbook;

/** Why a field cannot be taken as it was filled in. */
export type Problem =
  | { field: string; code: 'missing' }
  | { field: string; code: 'only_one_language' }
  | { field: string; code: 'too_long'; limit: number; line: string }
  | { field: string; code: 'too_many'; limit: number }
  | { field: string; code: 'unequal_lines'; en: number; fr: number }
  | { field: string; code: 'bad_resource'; line: string }
  | { field: string; code: 'unpaired'; en: string[]; fr: string[] }
  | { field: string; code: 'minutes' }
  | { field: string; code: 'choose' };

export type Read = { ok: true; edit: Edit } | { ok: false; problems: Problem[] };

/** A submitted form, by field. Texts in both languages are two fields, `title_en` and `title_fr`. */
export type Values = Record<string, unknown>;

type Known = {
  /** For something that is added. */
  newId: string;
  /** Of a resource that was looked at again: `2026-11-23`. */
  today: string;
  /** The key of a role or a department by any of its names; what nobody knows stays as it was typed. */
  roleOf: (name: string) => string;
};

/** What a submitted form wants of the part that it edits, or what is wrong with it, field by field. */
export function readEdit(part: Part, values: Values, known: Known): Read {
  const form = new Reading(values);
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
  const changed = {
    name: form.both('name', max.name),
    summary: form.both('summary', max.prose),
    toneNote: form.both('tone_note', max.prose),
    tone: form.oneOf('tone', tones),
    roles: [...new Set(form.lines('roles', max.roles, max.role).map(roleOf))],
  };
  // Not asked of the core, which is about no kind of crisis.
  const cluster = form.has('cluster') ? { cluster: form.oneOf('cluster', clusters) } : {};
  return (playbook) => ({ ...playbook, ...changed, ...cluster });
}

/** What stays keeps the day on which somebody looked it up, unless they say that they have done so again. */
function reminder(id: string | null, form: Reading, { today }: Known): Edit {
  const flags = form.flags('flags');
  const at = Number(id ?? 0) - 1;
  if (id !== null && flags.includes('remove'))
    return (playbook) => ({ ...playbook, reminders: playbook.reminders.filter((_, i) => i !== at) });
  const written = {
    text: form.both('text', max.prose),
    reference: form.required('reference', max.reference),
    confidence: form.oneOf('confidence', confidences),
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
  const [en, fr] = [form.lines('lines_en', max.lines, max.line), form.lines('lines_fr', max.lines, max.line)];
  if (en.length !== fr.length)
    form.problems.push({ field: 'lines_fr', code: 'unequal_lines', en: en.length, fr: fr.length });
  const paired = en.map((line, i) => ({ en: line, fr: fr[i] ?? line }));
  return (playbook) => ({ ...playbook, [list]: paired });
}

/** One per line, `English | Français | contact`. A line that stays keeps the day on which it was checked. */
function resources(form: Reading, { today }: Known): Edit {
  const isChecked = form.flags('checked').includes('all');
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
  const flags = form.flags('flags');
  if (id !== null && flags.includes('remove')) return without(kind, id);
  const own = id ?? `own-${newId}`;
  if (kind === 'task') return put('task', readTask(form, own));
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
    department: form.chosen('department'),
    title: form.both('title', max.taskTitle),
    ...(details ? { details } : {}),
    dueMinutes: form.minutes('due'),
  };
}

const readStakeholder = (form: Reading, id: string): PlaybookStakeholder => ({
  id,
  name: form.both('name', max.title),
  channels: form.both('channels', max.note),
  department: form.chosen('department'),
  audience: form.oneOf('audience', audiences),
});

function readTemplate(form: Reading, id: string, admits: boolean): Template {
  const when = form.bothOrNeither('when', max.note);
  const body = form.both('body', max.body);
  const { onlyEn, onlyFr } = unpaired(body);
  if (body.en && body.fr && onlyEn.length + onlyFr.length > 0)
    form.problems.push({ field: onlyEn.length > 0 ? 'body_fr' : 'body_en', code: 'unpaired', en: onlyEn, fr: onlyFr });
  return {
    id,
    kind: form.oneOf('kind', statementKinds),
    audience: form.oneOf('audience', audiences),
    title: form.both('title', max.title),
    body,
    ...(when ? { when } : {}),
    admits,
  };
}

/** In its place, or at the end; what somebody removed meanwhile comes back. */
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

/** More than a view can show. */
export function tooMany(part: Part, playbook: Playbook): { limit: number } | null {
  if (!('id' in part) || part.id !== null) return null;
  const list = part.kind === 'reminder' ? 'reminders' : collectionOf(part.kind);
  return playbook[list].length >= max[list] ? { limit: max[list] } : null;
}

/** Reads fields one by one and keeps what is wrong with them. */
class Reading {
  readonly problems: Problem[] = [];
  readonly #values: Values;
  constructor(values: Values) {
    this.#values = values;
  }

  both(field: string, limit: number): Bilingual {
    return { en: this.required(`${field}_en`, limit), fr: this.required(`${field}_fr`, limit) };
  }

  bothOrNeither(field: string, limit: number): Bilingual | null {
    const [en, fr] = [this.#text(`${field}_en`), this.#text(`${field}_fr`)];
    if (!en && !fr) return null;
    if (!en || !fr) this.problems.push({ field: en ? `${field}_fr` : `${field}_en`, code: 'only_one_language' });
    return { en: this.#within(`${field}_en`, en, limit), fr: this.#within(`${field}_fr`, fr, limit) };
  }

  lines(field: string, most: number, limit: number): string[] {
    const found = this.#text(field)
      .split('\n')
      .map((line) => line.replace(/^\s*[•–-]\s+/, '').trim())
      .filter((line) => line !== '');
    if (found.length > most) this.problems.push({ field, code: 'too_many', limit: most });
    return found.map((line) => this.#within(field, line, limit));
  }

  oneOf<T extends string>(field: string, known: readonly [T, ...T[]]): T {
    const found = known.find((one) => one === this.#values[field]);
    if (!found) this.problems.push({ field, code: 'choose' });
    return found ?? known[0];
  }

  chosen(field: string): string {
    const found = this.#text(field);
    if (!found || found.length > max.role) this.problems.push({ field, code: 'choose' });
    return found;
  }

  minutes(field: string): number {
    const found = Number(this.#text(field) || Number.NaN);
    const isFine = Number.isInteger(found) && found >= 5 && found <= 1440;
    if (!isFine) this.problems.push({ field, code: 'minutes' });
    return isFine ? found : 5;
  }

  flags(field: string): string[] {
    const found = this.#values[field];
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
  }

  #text(field: string): string {
    const found = this.#values[field];
    return typeof found === 'string' ? found.trim() : '';
  }

  has(field: string): boolean {
    return this.#text(field) !== '';
  }

  required(field: string, limit: number): string {
    const found = this.#text(field);
    if (!found) this.problems.push({ field, code: 'missing' });
    return this.#within(field, found, limit);
  }

  #within(field: string, found: string, limit: number): string {
    if (found.length > limit) this.problems.push({ field, code: 'too_long', limit, line: found });
    return found;
  }
}

/** The name of a clone, as it was typed. */
export function readName(values: Values): { ok: true; name: Bilingual } | { ok: false; problems: Problem[] } {
  const form = new Reading(values);
  const name = form.both('name', max.name);
  return form.problems.length > 0 ? { ok: false, problems: form.problems } : { ok: true, name };
}
