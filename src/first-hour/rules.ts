import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { alarm, inRoom, type Job } from '../core/jobs.ts';
import { atLeast, levelPlans } from '../core/levels.ts';
import { inBoth, type Language, list } from '../core/locale.ts';
import { after, MINUTE } from '../core/time.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, closeTeam, hideName, type Member } from '../crises/rules.ts';
import { theProduct } from '../people/rules.ts';
import {
  coreKey,
  filled,
  lotOf,
  lotStarts,
  openingTemplate,
  type Playbook,
  type PlaybookTask,
  stakeholdersOf,
  type Template,
  targetedStakeholder,
  tasksOf,
} from '../playbooks/rules.ts';
import { circleOf, listStakeholders, type Stakeholder } from '../stakeholders/rules.ts';
import { requiredFor } from '../statements/policy.ts';
import { draft } from '../statements/rules.ts';
import { type Origin, type Statement } from '../statements/statement.ts';
import { createTask, showList, type Task } from '../tasks/rules.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

export type HourRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' | 'closed' }>
  | { code: 'room_is_open' }
  | { code: 'too_low' }
  | { code: 'unknown_playbook' }
  | { code: 'nothing_missing' };

/** What was started before, by the ids that no later start repeats. */
export type Before = {
  origins: ReadonlySet<string>;
  drafted: ReadonlySet<string>;
  stakeholders: readonly Stakeholder[];
  starts: number;
};

export type Start = {
  crisis: Crisis;
  playbook: Playbook;
  tasks: Task[];
  statements: Statement[];
  stakeholders: Stakeholder[];
};

/** What the product acts as: in the cell, and nobody. */
const itself: Member = { userId: theProduct, inCell: true, isLead: false };

/** A task that is started late, or again, leaves at least this much time, in minutes. */
const leastTime = 5;

/**
 * At watch only evidence is captured and what is being said is read (discipline F0: the core's first tasks of
 * communication; F0 itself begins at an incident). By id: a workspace that renames them keeps them.
 */
const atWatch: readonly string[] = ['T3', 'T4'];

/**
 * What a level asks of the first hour; nothing at routine. `root` is the key that the playbook was first cloned from: what
 * a clone still shares with it, by id, is the same task.
 */
export function plannedTasks(playbook: Playbook, core: Playbook, root: string, crisis: Pick<Crisis, 'level'>) {
  if (crisis.level === 'routine') return [];
  const all = tasksOf(playbook, core, crisis.level)
    .map((task) => ({ task, origin: originOf(task, root, core) }))
    .filter(({ origin }) => origin !== managementApproves || managementIsAsked(playbook, core, crisis));
  if (atLeast(crisis.level, 'incident')) return all;
  return all.filter(({ task, origin }) => origin === `${coreKey}/${task.id}` && atWatch.includes(task.id));
}

/** Nobody is asked for an approval that the policy wants from nobody. */
const managementApproves = `${coreKey}/T9b`;
function managementIsAsked(playbook: Playbook, core: Playbook, { level }: Pick<Crisis, 'level'>): boolean {
  const template = openingTemplate(playbook, core);
  return template !== undefined && requiredFor(template.kind, level, template.admits).includes('management');
}

/** What stands in the place of a task of the core is that task, in other words. */
const originOf = ({ id, replaces = id }: PlaybookTask, root: string, core: Playbook): string =>
  core.tasks.some((one) => one.id === replaces) ? `${coreKey}/${replaces}` : `${root}/${id}`;

type Line = { task: PlaybookTask; origin: string };

/** Called, the lead included: so few see one lot of tasks after the other. */
const smallTeam = 5;
/** What a small team is shown at first. */
const mostNow = 7;

/** With the lot of each: of more than seven at first, the core's go into the next. */
function inLots(lines: readonly Line[]): (Line & { lot: number })[] {
  const isOfCore = ({ origin }: Line) => (origin.startsWith(`${coreKey}/`) ? 1 : 0);
  const first = lines.filter(({ task }) => lotOf(task) === 1).toSorted((a, b) => isOfCore(a) - isOfCore(b));
  const put = new Set(first.slice(mostNow));
  return lines
    .map((line) => ({ ...line, lot: put.has(line) ? 2 : lotOf(line.task) }))
    .toSorted((a, b) => a.lot - b.lot);
}

/** The template to draft from; none at watch, where nothing is said outside (discipline E5). */
export const plannedTemplate = (
  playbook: Playbook,
  core: Playbook,
  crisis: Pick<Crisis, 'level'>,
): Template | undefined => (atLeast(crisis.level, 'incident') ? openingTemplate(playbook, core) : undefined);

type StartInput = {
  crisis: Crisis;
  core: Playbook;
  /** The key that the playbook was first cloned from, or its own. */
  root: string;
  organisation: string;
  /** What is kept with a draft of the template it comes from: its clearance is part of it. */
  origins: Record<Language, Origin | null>;
  before: Before;
  /** How many people were called, the lead included. */
  people: number;
  /** Of the workspace's other crises. */
  codeNames?: ReadonlySet<string>;
  /** The names of those who are targeted. */
  targeted?: readonly string[];
  now: Date;
  newId: () => string;
};

/**
 * Starts a playbook: everything of the core and of it that is not there yet. One entry of the timeline tells the lot, one message
 * in the room shows it. `byId` is null when the declaration starts it.
 */
export function startPlaybook(
  playbook: Playbook,
  byId: string | null,
  input: StartInput,
): Decision<Start, HourRefusal> {
  const { core, root, before, now } = input;
  if (input.crisis.status === 'closed') return refuse({ code: 'closed' });
  if (input.crisis.level === 'routine') return refuse({ code: 'too_low' });
  if (playbook.isClosed && !input.crisis.isPrivate) return refuse({ code: 'room_is_open' });
  const isClosed = input.crisis.isClosed || playbook.isClosed;
  const closed =
    isClosed && !input.crisis.isClosed ? closeTeam(input.crisis, input.codeNames ?? new Set()) : input.crisis;
  const crisis = { ...closed, playbook: playbook.key };
  const missing = plannedTasks(playbook, core, root, crisis).filter(({ origin }) => !before.origins.has(origin));
  const made = makeTasks(missing, { ...input, crisis });
  const template = plannedTemplate(playbook, core, crisis);
  const drafts =
    template && !before.drafted.has(template.id) ? makeDrafts(template, { ...input, crisis: made.crisis }) : null;
  const statements = drafts?.statements ?? [];
  const listed = listWho(playbook, byId, { ...input, crisis });
  const closesTeam = crisis.isClosed && !input.crisis.isClosed;
  // What somebody chose at watch asks for nothing yet, and is what starts when the level rises.
  const isChosen = byId !== null && playbook.key !== input.crisis.playbook;
  const isEmpty = made.tasks.length + statements.length + listed.value.length === 0;
  if (isEmpty && !isChosen && !closesTeam) return refuse({ code: 'nothing_missing' });
  const next = { ...made.crisis, statementNumber: made.crisis.statementNumber + statements.length };
  const start = before.starts + 1;
  return accept(
    { crisis: next, playbook, tasks: made.tasks, statements, stakeholders: listed.value },
    {
      timeline: [
        {
          kind: 'playbook_started',
          occurredAt: now,
          actorId: byId,
          text: inBoth((l) => {
            const w = words(l).entry;
            const said = w.started(playbook.name[l], madeOf(made.tasks, statements, listed.value, l));
            return closesTeam ? `${said}. ${w.closesTeam}` : said;
          }),
          data: {
            start,
            playbook: playbook.key,
            ...(closesTeam ? { isClosed: true } : {}),
            tasks: made.tasks.map(({ number, title, department, dueAt, origin }) => ({
              number,
              title,
              department,
              dueAt: dueAt?.toISOString() ?? null,
              origin,
            })),
            drafted: statements.length > 0 && template ? [template.id] : [],
            statements: statements.map(({ number, current }) => ({ number, hash: current.hash })),
          },
        } satisfies NewEntry<Kind>,
        ...listed.timeline,
      ],
      jobs: [
        // In the order in which the lists stand in the brief's thread.
        ...made.jobs,
        ...(drafts?.jobs ?? []),
        ...(atLeast(crisis.level, 'incident') ? [showFacts(crisis.id)] : []),
        ...listed.jobs,
        showStart(crisis.id, start),
        ...(byId === null ? [] : [callRoles(crisis.id)]),
        ...(closesTeam ? [checkApprovers(crisis.id), ...hideName(crisis)] : []),
      ],
    },
  );
}

function madeOf(
  tasks: readonly Task[],
  statements: readonly Statement[],
  stakeholders: readonly Stakeholder[],
  language: Language,
): string {
  const w = words(language).entry;
  const [lines, drafts] = [numbered(tasks), numbered(statements)];
  if (!lines && !drafts) return stakeholders.length > 0 ? w.stakeholders : w.nothingYet;
  return [lines ? w.tasks(lines) : '', drafts ? w.drafts(drafts) : '']
    .filter(Boolean)
    .join(language === 'fr' ? ' ; ' : '; ');
}

/** `#3`, `#3–#9`: lines of one start follow one another. */
function numbered(lines: readonly { number: number }[]): string | null {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return null;
  return first === last ? `#${first.number}` : `#${first.number}–#${last.number}`;
}

function makeTasks(
  lines: readonly Line[],
  { crisis, people, now, newId }: StartInput,
): { crisis: Crisis; tasks: Task[]; jobs: Job[] } {
  const made = { crisis, tasks: [] as Task[], jobs: [] as Job[] };
  const isSmall = people <= smallTeam;
  const { taskFactor } = levelPlans[crisis.level];
  for (const { task, origin, lot } of isSmall
    ? inLots(lines)
    : lines.map((line) => ({ ...line, lot: lotOf(line.task) }))) {
    const appears = after(crisis.declaredAt, (lotStarts[lot - 1] ?? 0) * taskFactor * MINUTE);
    const fromAt = isSmall && appears > now ? appears : null;
    const due = after(crisis.declaredAt, task.dueMinutes * MINUTE);
    const [soon, earliest] = [leastTime - 1, leastTime].map((minutes) => after(fromAt ?? now, minutes * MINUTE));
    const wish = {
      id: newId(),
      title: task.title[crisis.language],
      details: task.details?.[crisis.language] ?? '',
      people: [],
      department: task.department,
      dueAt: soon && earliest && due < soon ? earliest : due,
      dueProblem: null,
      sourceUrl: null,
      origin,
      lot,
      fromAt,
    };
    const decision = createTask(made.crisis, wish, itself, now);
    if (!decision.ok) continue;
    made.crisis = decision.value.crisis;
    made.tasks.push(decision.value.task);
  }
  const times = new Set(made.tasks.flatMap(({ fromAt }) => fromAt?.getTime() ?? []));
  if (made.tasks.length > 0) made.jobs.push(showList(crisis.id), ...[...times].map((at) => lotAlarm(crisis.id, at)));
  return made;
}

/** Named here, done by the tasks' jobs. */
const lotAlarm = (crisisId: string, at: number): Job =>
  alarm('tasks.show_lot', { crisisId }, new Date(at), `tasks.show_lot:${crisisId}:${at}`);

/** Named here, done by the facts' jobs. */
const showFacts = (crisisId: string): Job => inRoom('facts.show_table', { crisisId });

/**
 * In the language of the room, then in the other, each the translation of the other: both have the same placeholders,
 * those that are not known stay.
 */
function makeDrafts(template: Template, { crisis, organisation, origins, now, newId }: StartInput) {
  const known = new Map([['org', organisation]]);
  const languages: readonly Language[] = crisis.language === 'fr' ? ['fr', 'en'] : ['en', 'fr'];
  const made = { statements: [] as Statement[], jobs: [] as Job[] };
  for (const language of languages) {
    const wish = {
      id: newId(),
      title: template.title[language],
      kind: template.kind,
      audience: template.audience,
      language,
      body: filled(template.body[language], known),
      isSensitive: template.admits,
      origin: origins[language],
    };
    const number = crisis.statementNumber + made.statements.length + 1;
    const decision = draft(wish, number, { crisis, by: itself, now });
    if (!decision.ok) continue;
    made.statements.push(decision.value);
    made.jobs.push(...decision.jobs);
  }
  const [first, second] = made.statements;
  if (first && second)
    made.statements = [
      { ...first, twinId: second.id },
      { ...second, twinId: first.id },
    ];
  return made;
}

/** Who must hear, not told yet: from an incident on, where there is something to be told. */
function listWho(
  playbook: Playbook,
  byId: string | null,
  { crisis, core, before, targeted = [], now, newId }: StartInput,
) {
  const due = atLeast(crisis.level, 'incident') ? stakeholdersOf(playbook, core) : [];
  const named = due.map((one) => {
    const isTargeted = one.id === targetedStakeholder;
    const who = isTargeted && targeted.length > 0 ? ` (${list(crisis.language, targeted)})` : '';
    return {
      id: newId(),
      name: `${one.name[crisis.language]}${who}`,
      channel: one.channels[crisis.language],
      // Before their colleagues, and never by an internal note.
      circle: isTargeted ? ('affected' as const) : circleOf(one.audience),
      department: one.department,
    };
  });
  return listStakeholders(crisis, before.stakeholders, named, byId, now);
}

/** Named here, done by the responders' jobs. */
const callRoles = (crisisId: string): Job => ({
  kind: 'responders.call_departments',
  queue: 'alarms',
  data: { crisisId },
});

/** Named here, done by the statements' jobs: in a closed team other people approve. */
const checkApprovers = (crisisId: string): Job => ({
  kind: 'statements.crisis_changed',
  queue: 'alarms',
  data: { crisisId },
});

const showStart = (crisisId: string, start: number): Job =>
  inRoom('first_hour.show', { crisisId, start }, `first-hour:${crisisId}:${start}`);
