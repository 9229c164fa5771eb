import { z } from 'zod';
import { canonicalJson, sha256 } from '../core/ids.ts';
import { type Level, levelPlans } from '../core/levels.ts';
import { audiences, statementKinds } from '../core/statement-kinds.ts';
import { standardDepartments } from '../people/rules.ts';

/** What one view and one input of a form can hold (Slack: 100 blocks, 3,000 characters). */
export const limitsOfPlaybooks = {
  name: 60,
  title: 100,
  /** As a crisis shows it, on a phone too. What workspaces wrote earlier may be longer. */
  taskTitle: 60,
  longTaskTitle: 200,
  details: 500,
  /** One line of a list: a list of them is typed in one input. */
  line: 240,
  lines: 12,
  note: 300,
  prose: 1000,
  body: 3000,
  tasks: 30,
  stakeholders: 15,
  templates: 10,
  reminders: 15,
  reference: 200,
  resources: 8,
  resourceName: 120,
  contact: 100,
  roles: 10,
  role: 40,
  reason: 300,
  /** Of one workspace: the declaration form lists them all, and Slack lists at most 100. */
  playbooks: 60,
} as const;

const m = limitsOfPlaybooks;
const bothUpTo = (max: number) => {
  const said = z.string().trim().min(1).max(max);
  return z.strictObject({ en: said, fr: said });
};
const lines = z.array(bothUpTo(m.line)).max(m.lines);

/** What is to be done in the first hour, by whom. `dueMinutes`: from the declaration, as written for a crisis (discipline F0). */
const task = z.strictObject({
  id: z.string().min(1).max(40),
  /** A department's key, `lead`, or a role that the workspace may not have (`quality`, `dpo` …). */
  department: z.string().min(1).max(m.role),
  title: bothUpTo(m.longTaskTitle),
  details: bothUpTo(m.details).optional(),
  dueMinutes: z.number().int().min(5).max(1440),
  /** With which others it appears in a small team; by its minutes where nobody said. */
  lot: z.literal([1, 2, 3]).optional(),
  /** The id of the core's task in whose place it stands: what closes that one closes it. */
  replaces: z.string().optional(),
});

/** Words to start from. Both languages hold the same placeholders, `{next_update}` and the like. */
const template = z
  .strictObject({
    id: z.string().min(1).max(40),
    kind: z.enum(statementKinds),
    audience: z.enum(audiences),
    title: bothUpTo(m.title),
    body: bothUpTo(m.body),
    /** When to use it, or when not to: read before the text is. */
    when: bothUpTo(m.note).optional(),
    /** Admits a fault: legal and management approve it whatever its kind. */
    admits: z.boolean().default(false),
  })
  .superRefine(({ body }, context) => {
    const { onlyEn, onlyFr } = unpaired(body);
    const missing = [
      ...onlyEn.map((key) => `{${key}} is missing in French`),
      ...onlyFr.map((key) => `{${key}} is missing in English`),
    ];
    if (missing.length > 0) context.addIssue({ code: 'custom', path: ['body'], message: missing.join(', ') });
  });

/** Who must hear, in this order, and through what. */
const stakeholder = z.strictObject({
  id: z.string().min(1).max(40),
  name: bothUpTo(m.title),
  channels: bothUpTo(m.note),
  /** The department that tells them. */
  department: z.string().min(1).max(m.role),
  audience: z.enum(audiences),
});

export const confidences = ['high', 'medium', 'low'] as const;

/** A reminder for a legal member, never advice: it says how sure it is, and when somebody last looked. */
const reminder = z.strictObject({
  text: bothUpTo(m.prose),
  reference: z.string().max(m.reference),
  confidence: z.enum(confidences),
  checkedOn: z.iso.date(),
});

export const clusters = ['victim', 'accident', 'preventable'] as const;
export const tones = ['protective', 'humble', 'firm', 'calm', 'factual', 'sober', 'respectful', 'plain'] as const;

export const playbookSchema = z
  .strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: bothUpTo(m.name),
    summary: bothUpTo(m.prose),
    /** How responsible we are likely to look, to begin with (discipline C1). */
    cluster: z.enum(clusters),
    /** Who knows is chosen one by one: the person concerned is left out, departments are not called as a whole. */
    isClosed: z.boolean().default(false),
    /** Roles beyond the departments that every crisis calls. */
    roles: z.array(z.string().min(1).max(m.role)).max(m.roles),
    /** The template of its own, or of the core, that the first statement is drafted from; the first one if it does not say. */
    opensWith: z.string().optional(),
    tasks: z.array(task).max(m.tasks),
    stakeholders: z.array(stakeholder).max(m.stakeholders),
    tone: z.enum(tones),
    toneNote: bothUpTo(m.prose),
    mistakes: lines,
    metrics: lines,
    closing: lines,
    afterActions: lines,
    templates: z.array(template).max(m.templates),
    reminders: z.array(reminder).max(m.reminders),
    /** Where outside help is to be found; each workspace keeps its own list current. */
    resources: z
      .array(
        z.strictObject({
          name: bothUpTo(m.resourceName),
          contact: z.string().min(1).max(m.contact),
          checkedOn: z.iso.date(),
        }),
      )
      .max(m.resources)
      .default([]),
  })
  .superRefine((playbook, context) => {
    for (const list of ['tasks', 'templates', 'stakeholders'] as const) {
      const ids = playbook[list].map(({ id }) => id);
      const repeated = ids.findIndex((id, i) => ids.indexOf(id) < i);
      if (repeated >= 0)
        context.addIssue({ code: 'custom', path: [list, repeated, 'id'], message: 'the id is used twice' });
    }
  });

export type Playbook = z.infer<typeof playbookSchema>;
export type PlaybookTask = Playbook['tasks'][number];
export type Template = Playbook['templates'][number];
export type LegalReminder = Playbook['reminders'][number];
export type PlaybookStakeholder = Playbook['stakeholders'][number];

/** The part that every crisis has in common (discipline F0): kept, edited and cleared like a playbook, never declared with. */
export const coreKey = 'core';
/** From which minute each lot of tasks is shown to a small team, as written for a crisis. */
export const lotStarts = [0, 15, 45] as const;
/** Fits when nothing else does, or when nobody knows yet: the core alone. */
export const otherKey = 'other';

/** Roles that the product's own playbooks name, beyond the departments. */
export const knownRoles = [
  'quality',
  'operations',
  'agency',
  'brand',
  'diversity',
  'works-council',
  'labour-law',
  'security',
  'dpo',
  'ciso',
  'it',
  'board',
  'outside-counsel',
] as const;

/** Whom a task may be given to without being written by hand. */
export const ownersOfTasks = ['lead', ...standardDepartments, ...knownRoles] as const;

/** No task is due earlier than this, in minutes, however grave it is (discipline F0). */
const earliest = 5;

/**
 * Everything to be done in the first hour: the core's tasks and the playbook's own, their minutes scaled by the level,
 * the earliest first. Below an incident they are those of an incident.
 */
export function tasksOf(playbook: Playbook, core: Playbook, level: Level): PlaybookTask[] {
  const { taskFactor } = levelPlans[level];
  const replaced = playbook.tasks.map(({ replaces }) => replaces);
  return [...core.tasks.filter(({ id }) => !replaced.includes(id)), ...playbook.tasks]
    .map((one) => ({
      ...one,
      lot: lotOf(one),
      dueMinutes: Math.max(earliest, Math.round(one.dueMinutes * taskFactor)),
    }))
    .toSorted((a, b) => a.dueMinutes - b.dueMinutes);
}

/** With which others a task appears in a small team, from 1. Read of its minutes as written, not as a level scales them. */
export const lotOf = ({ lot, dueMinutes }: Pick<PlaybookTask, 'lot' | 'dueMinutes'>): 1 | 2 | 3 =>
  lot ?? (dueMinutes > lotStarts[2] ? 3 : dueMinutes > lotStarts[1] ? 2 : 1);

/** Who must hear, in order: the playbook's own list, or the core's where it has none. */
/** The id by which a playbook lists the person targeted, who hears first. */
export const targetedStakeholder = 'person';

export const stakeholdersOf = (playbook: Playbook, core: Playbook): PlaybookStakeholder[] =>
  playbook.stakeholders.length > 0 ? playbook.stakeholders : core.stakeholders;

/** What the first statement is drafted from: the template that the playbook opens with, else its first, else the core's first. */
export function openingTemplate(playbook: Playbook, core: Playbook): Template | undefined {
  const all = [...playbook.templates, ...core.templates];
  return all.find(({ id }) => id === playbook.opensWith) ?? all[0];
}

const placeholder = /\{([a-z][a-z0-9_]*)\}/g;

/** How French texts spell the product's own placeholders; the English spelling is understood in them as well. */
const frenchSpelling = {
  entreprise: 'org',
  produit: 'product',
  fait: 'fact',
  fait_exact: 'true_fact',
  affirmation: 'claim',
  heure: 'time',
  heure2: 'time2',
  jour: 'date',
  personnes: 'people',
  mesure: 'measure',
  consigne: 'instruction',
  autorite: 'authority',
  prochain_point: 'next_update',
  adresse: 'url',
  campagne: 'campaign',
  interlocuteurs: 'parties',
  systeme: 'system',
  donnees: 'data',
  non_concerne: 'not_affected',
  plateforme: 'platform',
  fonction: 'role',
  tiers: 'third_party',
  collectif: 'group',
  demande: 'demand',
  point_juste: 'valid_point',
  desaccord: 'disagreement',
  motif: 'reason',
  prenom: 'first_name',
  reference: 'ref',
} as const;
const canonical: ReadonlyMap<string, string> = new Map(Object.entries(frenchSpelling));

/** The key of a placeholder, in whichever language it is spelled. */
export const placeholderKey = (spelled: string): string => canonical.get(spelled) ?? spelled;

/** Keys of the placeholders in a text and how it spells them, each once, in the order in which they appear. */
export const placeholdersIn = (text: string): Map<string, string> =>
  new Map([...text.matchAll(placeholder)].map(([, spelled = '']) => [placeholderKey(spelled), spelled]));

export const placeholdersOf = (text: string): string[] => [...placeholdersIn(text).keys()];

/** Replaces the placeholders whose value is known; the others stay as they are, for everybody to see. */
export const filled = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(placeholder, (whole, spelled: string) => values.get(placeholderKey(spelled)) ?? whole);

/** Placeholders that only one of the two languages holds. */
export function unpaired({ en, fr }: { en: string; fr: string }): { onlyEn: string[]; onlyFr: string[] } {
  const [inEn, inFr] = [placeholdersOf(en), placeholdersOf(fr)];
  return { onlyEn: inEn.filter((key) => !inFr.includes(key)), onlyFr: inFr.filter((key) => !inEn.includes(key)) };
}

/** Of everything that is read of a template, in both languages: what a clearance binds to. */
export const templateHash = (one: Template): string => sha256(canonicalJson(one));

/** Legal cleared one wording of one template, in both languages, until a day. */
export type Clearance = {
  playbook: string;
  templateId: string;
  hash: string;
  clearedBy: string;
  clearedAt: Date;
  validUntil: Date;
};

export type ClearanceState =
  | { state: 'cleared' | 'expired'; clearance: Clearance }
  /** Cleared once, and edited since: the clearance is void. */
  | { state: 'changed'; clearance: Clearance }
  | { state: 'never' };

/**
 * Whether a template may be used as cleared in peacetime (discipline C11). A clearance binds to the wording: the same
 * wording in a clone is cleared with it, and any edit of it voids it.
 */
export function clearanceOf(one: Template, clearances: readonly Clearance[], now: Date): ClearanceState {
  const hash = templateHash(one);
  const latest = (found: readonly Clearance[]) =>
    found.reduce<Clearance | undefined>((a, b) => (a && a.validUntil >= b.validUntil ? a : b), undefined);
  const same = latest(clearances.filter((c) => c.hash === hash));
  if (same) return { state: same.validUntil > now ? 'cleared' : 'expired', clearance: same };
  const other = latest(clearances.filter((c) => c.templateId === one.id));
  return other ? { state: 'changed', clearance: other } : { state: 'never' };
}
