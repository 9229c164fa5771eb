import { accept, type Decision, refuse } from '../core/decision.ts';
import type { Job } from '../core/jobs.ts';
import type { Level } from '../core/levels.ts';
import { MINUTE } from '../core/time.ts';
import { longestBeat, shortestBeat } from '../digests/rules.ts';
import { coreDepartments, type Department, type Editor, mayChange, standardDepartments } from '../people/rules.ts';
import { departmentName } from '../people/text.ts';
import { leadSeat } from '../statements/policy.ts';
import {
  beatLevels,
  completed,
  type DepartmentSettings,
  type Difference,
  differences,
  isStandard,
  type Saved,
  type Settings,
} from './settings.ts';

export type KnownPerson = {
  name: string;
  isBot: boolean;
  isDeactivated: boolean;
  isGuest: boolean;
  isExternal: boolean;
};
/** Whom and what Slack knows, as far as it was read. */
export type Directory = {
  people: ReadonlyMap<string, KnownPerson>;
  groups: ReadonlyMap<string, { handle: string; isDisabled: boolean }>;
};

export const limitsOfSettings = {
  departments: 20,
  departmentName: 40,
  peoplePerDepartment: 50,
  minutesFrom: shortestBeat / MINUTE,
  minutesTo: longestBeat / MINUTE,
} as const;

/** Why a person or a group cannot stand where they were put. */
export type Flaw = 'unknown' | 'bot' | 'deactivated' | 'guest' | 'external' | 'also_deputy' | 'too_many';
type Place = { list: 'people' | 'deputies' | 'groups' | 'declarers'; department: string | null };
export type Problem = Place & { id: string; name: string; flaw: Flaw };

export type SettingsRefusal =
  | { code: 'not_allowed'; editors: string[] }
  | { code: 'stale'; savedBy: string | null; savedAt: Date | null }
  | { code: 'people'; problems: Problem[] }
  | { code: 'bad_time_zone'; given: string }
  | { code: 'bad_beat'; level: Level; given: number }
  | { code: 'name_missing' }
  | { code: 'name_too_long' }
  | { code: 'name_taken'; name: string }
  | { code: 'too_many_departments' };

/** `differences` is empty when somebody saved what was there already: then nothing is written. */
export type SettingsChange = { saved: Saved; before: Settings; differences: Difference[]; isNew: boolean };

/**
 * A new version of the settings. `edit` is given the settings as they stand; `basedOn` is the version its author saw:
 * when somebody saved in between, nothing is written and both learn of each other.
 */
export function changeSettings(
  saved: Saved,
  edit: (settings: Settings) => Settings,
  basedOn: number,
  by: Editor,
  known: { workspaceId: string; editors: readonly string[]; directory: Directory },
  now: Date,
): Decision<SettingsChange, SettingsRefusal> {
  if (!mayChange(known.editors, by)) return refuse({ code: 'not_allowed', editors: [...known.editors] });
  if (saved.version !== basedOn) {
    const { savedBy, savedAt } = saved;
    return refuse({ code: 'stale', savedBy, savedAt });
  }
  return nextVersion(saved, edit(saved.settings), by.userId, known, now);
}

/** The same without a person: an administrator at the command line, whom nothing names. */
export function nextVersion(
  saved: Saved,
  wanted: Settings,
  savedBy: string | null,
  { workspaceId, directory }: { workspaceId: string; directory: Directory },
  now: Date,
): Decision<SettingsChange, SettingsRefusal> {
  const next = tidied(wanted);
  const found = differences(saved.settings, next);
  const no = flawOf(saved.settings, next, directory);
  if (no) return refuse(no);
  const before = saved.settings;
  if (found.length === 0 && saved.version > 0) return accept({ saved, before, differences: [], isNew: false });
  const change = { settings: next, version: saved.version + 1, savedBy, savedAt: now };
  return accept(
    { saved: change, before, differences: found, isNew: true },
    { jobs: savedBy ? [showHome(workspaceId, savedBy)] : [] },
  );
}

/** Named here, done by the home slice. */
const showHome = (workspaceId: string, userId: string): Job => ({
  kind: 'home.show',
  queue: 'outbox',
  order: `home:${workspaceId}:${userId}`,
  data: { workspaceId, userId },
});

function tidied(settings: Settings): Settings {
  const declarers = settings.declarers?.length ? unique(settings.declarers) : null;
  const departments = completed(settings.departments).map((d) => ({
    ...d,
    name: isStandard(d.key) ? null : (d.name?.trim() ?? ''),
    people: unique(d.people),
    deputies: unique(d.deputies),
    groups: unique(d.groups),
  }));
  return { ...settings, timeZone: settings.timeZone.trim(), declarers, departments };
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

function flawOf(before: Settings, next: Settings, directory: Directory): SettingsRefusal | null {
  if (!isTimeZone(next.timeZone)) return { code: 'bad_time_zone', given: next.timeZone };
  const level = beatLevels.find((l) => !isBeat(next.digestMinutes[l]));
  if (level) return { code: 'bad_beat', level, given: next.digestMinutes[level] ?? 0 };
  return namesFlaw(next.departments) ?? peopleFlaw(before, next, directory);
}

/** Absent: the standard beat; 0: no digest at that level. */
export const isBeat = (minutes: number | undefined): boolean =>
  minutes === undefined ||
  minutes === 0 ||
  (Number.isInteger(minutes) && minutes >= limitsOfSettings.minutesFrom && minutes <= limitsOfSettings.minutesTo);

function namesFlaw(departments: readonly DepartmentSettings[]): SettingsRefusal | null {
  if (departments.length > limitsOfSettings.departments) return { code: 'too_many_departments' };
  const own = departments.filter((d) => !isStandard(d.key));
  if (own.some((d) => !d.name)) return { code: 'name_missing' };
  if (own.some((d) => (d.name ?? '').length > limitsOfSettings.departmentName)) return { code: 'name_too_long' };
  const ours = standardDepartments.flatMap((key) => [departmentName(key, null, 'en'), departmentName(key, null, 'fr')]);
  const twice = own.find((d, i) =>
    [...ours, ...own.slice(0, i).map((other) => other.name ?? '')].some((name) => alike(name, d.name ?? '')),
  );
  return twice ? { code: 'name_taken', name: twice.name ?? '' } : null;
}

const alike = (a: string, b: string): boolean => a.localeCompare(b, 'en', { sensitivity: 'base' }) === 0;

/** Lists that were not touched are not judged: somebody who left must not keep the time zone from being set. */
function peopleFlaw(before: Settings, next: Settings, directory: Directory): SettingsRefusal | null {
  const problems = [
    ...next.departments.flatMap((department) =>
      departmentProblems(
        before.departments.find((d) => d.key === department.key),
        department,
        directory,
      ),
    ),
    ...(unchanged(before.declarers ?? [], next.declarers ?? [])
      ? []
      : callableProblems(next.declarers ?? [], { list: 'declarers', department: null }, directory)),
  ];
  return problems.length > 0 ? { code: 'people', problems } : null;
}

function departmentProblems(
  before: DepartmentSettings | undefined,
  next: DepartmentSettings,
  directory: Directory,
): Problem[] {
  const touched = (list: 'people' | 'deputies' | 'groups') => !unchanged(before?.[list] ?? [], next[list]);
  const at = (list: Place['list']): Place => ({ list, department: next.key });
  const both = touched('people') || touched('deputies') ? next.people.filter((id) => next.deputies.includes(id)) : [];
  const clash = at(touched('people') ? 'people' : 'deputies');
  const crowded = (['people', 'deputies'] as const).filter(
    (l) => next[l].length > limitsOfSettings.peoplePerDepartment,
  );
  return [
    ...(touched('people') ? callableProblems(next.people, at('people'), directory) : []),
    ...(touched('deputies') ? callableProblems(next.deputies, at('deputies'), directory) : []),
    ...(touched('groups') ? groupProblems(next.groups, at('groups'), directory) : []),
    ...both.map((id) => ({ ...clash, id, name: nameOf(directory, id), flaw: 'also_deputy' as const })),
    ...crowded.map((list) => ({ ...at(list), id: '', name: '', flaw: 'too_many' as const })),
  ];
}

function callableProblems(ids: readonly string[], place: Place, directory: Directory): Problem[] {
  return ids.flatMap((id) => {
    const flaw = personFlaw(directory.people.get(id));
    return flaw ? [{ ...place, id, name: nameOf(directory, id), flaw }] : [];
  });
}

function groupProblems(ids: readonly string[], place: Place, directory: Directory): Problem[] {
  return ids.flatMap((id) => {
    const group = directory.groups.get(id);
    if (group && !group.isDisabled) return [];
    const flaw = group ? ('deactivated' as const) : ('unknown' as const);
    return [{ ...place, id, name: group ? `@${group.handle}` : id, flaw }];
  });
}

/** Why somebody cannot be called in a crisis, if so. Guests and other organisations never enter a room by themselves. */
export function personFlaw(person: KnownPerson | undefined): Flaw | null {
  if (!person) return 'unknown';
  if (person.isDeactivated) return 'deactivated';
  if (person.isBot) return 'bot';
  if (person.isExternal) return 'external';
  return person.isGuest ? 'guest' : null;
}

const nameOf = (directory: Directory, id: string): string => directory.people.get(id)?.name ?? id;

const unchanged = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

/** An IANA name that this machine can compute with, such as `Europe/Paris`. */
export function isTimeZone(name: string): boolean {
  // An offset such as +02:00 is one to Intl, but knows no summer.
  if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Keys that mean something else elsewhere: the lead's seat at approvals, and what every object of the language has. */
export const isReserved = (key: string): boolean => key === leadSeat || key in {};

/** Under which key a new department of the workspace's own is kept: never changed afterwards, whatever its name becomes. */
export function keyFor(name: string, taken: readonly string[]): string {
  const slug =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 24)
      .replace(/^-+|-+$/g, '') || 'department';
  if (!taken.includes(slug) && !isStandard(slug) && !isReserved(slug)) return slug;
  for (let i = 2; ; i += 1) if (!taken.includes(`${slug}-${i}`)) return `${slug}-${i}`;
}

export type Gap =
  | { kind: 'nobody'; department: string }
  | { kind: 'alone'; department: string }
  | { kind: 'unavailable'; userId: string; name: string; department: string; flaw: Flaw };

/** What would be missing if a crisis broke now, worst first. */
export function gapsOf(settings: Settings, roster: readonly Department[], directory: Directory): Gap[] {
  const core = coreDepartments.map((key) => ({ key, called: roster.find((d) => d.key === key) }));
  const nobody = core.filter(({ called }) => !called || called.peopleIds.length === 0);
  const alone = core.filter(({ called }) => called?.peopleIds.length === 1 && called.deputyIds.length === 0);
  const unavailable = completed(settings.departments).flatMap((department) =>
    [...department.people, ...department.deputies].flatMap((userId) => {
      const flaw = personFlaw(directory.people.get(userId));
      const name = nameOf(directory, userId);
      return flaw ? [{ kind: 'unavailable' as const, userId, name, department: department.key, flaw }] : [];
    }),
  );
  return [
    ...nobody.map(({ key }) => ({ kind: 'nobody' as const, department: key })),
    ...unavailable,
    ...alone.map(({ key }) => ({ kind: 'alone' as const, department: key })),
  ];
}
