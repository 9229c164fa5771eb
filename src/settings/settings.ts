import type { Level } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import { standardDepartments } from '../people/rules.ts';

/** A department as it was entered: people and user groups apart. */
export type DepartmentSettings = {
  key: string;
  /** Null for the departments that the product names itself, in the reader's language. */
  name: string | null;
  people: string[];
  deputies: string[];
  groups: string[];
};

export type Settings = {
  /** Of the rooms and of everything said in them; each person is answered in their own. */
  language: Language;
  timeZone: string;
  private: boolean;
  /** Null: everybody but guests. */
  declarers: string[] | null;
  /** Minutes between digests, where they differ from the standard beat. */
  digestMinutes: Partial<Record<Level, number>>;
  /** Days that the workspace's data is kept once the product was removed from it; null: until somebody erases it. In the file only. */
  keepDaysAfterRemoval: number | null;
  /** Standard departments first, in their order, then the workspace's own. */
  departments: DepartmentSettings[];
};

/** The settings as they stand, and which version of them this is: 0 until somebody saves. */
export type Saved = {
  settings: Settings;
  version: number;
  savedBy: string | null;
  savedAt: Date | null;
};

/** Levels that have a digest (discipline E5). */
export const beatLevels = ['major', 'crisis', 'incident', 'watch'] as const satisfies readonly Level[];

/** Every standard department once and in order, then the workspace's own. */
export function completed(departments: readonly DepartmentSettings[]): DepartmentSettings[] {
  const standard = standardDepartments.map(
    (key) => departments.find((d) => d.key === key) ?? { key, name: null, people: [], deputies: [], groups: [] },
  );
  return [...standard, ...departments.filter((d) => !isStandard(d.key))];
}

export const isStandard = (key: string): boolean => (standardDepartments as readonly string[]).includes(key);

/** What is worth keeping: a standard department in which nobody is named says nothing. */
export const worthKeeping = (departments: readonly DepartmentSettings[]): DepartmentSettings[] =>
  departments.filter((d) => !isStandard(d.key) || d.people.length + d.deputies.length + d.groups.length > 0);

type PeopleChange = { added: string[]; removed: string[] };
type Named = { key: string; name: string | null };

/** One thing that is not as it was, in the order in which people read the settings. */
export type Difference =
  | { what: 'department_added' | 'department_removed'; department: Named }
  | ({ what: 'people' | 'deputies' | 'groups'; department: Named } & PeopleChange)
  | { what: 'declarers'; from: string[] | null; to: string[] | null }
  | { what: 'private'; to: boolean }
  | { what: 'language'; to: Language }
  | { what: 'time_zone'; to: string }
  | { what: 'keep_days'; to: number | null }
  | { what: 'digest'; level: Level; to: number | null };

/** What changed between two versions of the settings. The order in which people were named changes nothing. */
export function differences(before: Settings, after: Settings): Difference[] {
  return [
    ...departmentDifferences(completed(before.departments), completed(after.departments)),
    ...(same(before.declarers, after.declarers)
      ? []
      : [{ what: 'declarers' as const, from: before.declarers, to: after.declarers }]),
    ...(before.private === after.private ? [] : [{ what: 'private' as const, to: after.private }]),
    ...(before.language === after.language ? [] : [{ what: 'language' as const, to: after.language }]),
    ...(before.timeZone === after.timeZone ? [] : [{ what: 'time_zone' as const, to: after.timeZone }]),
    ...(before.keepDaysAfterRemoval === after.keepDaysAfterRemoval
      ? []
      : [{ what: 'keep_days' as const, to: after.keepDaysAfterRemoval }]),
    ...beatLevels
      .filter((level) => before.digestMinutes[level] !== after.digestMinutes[level])
      .map((level) => ({ what: 'digest' as const, level, to: after.digestMinutes[level] ?? null })),
  ];
}

function departmentDifferences(
  before: readonly DepartmentSettings[],
  after: readonly DepartmentSettings[],
): Difference[] {
  const removed = before
    .filter((old) => !after.some((d) => d.key === old.key))
    .map((department) => ({ what: 'department_removed' as const, department: namedAs(department) }));
  const changed = after.flatMap((department): Difference[] => {
    const old = before.find((d) => d.key === department.key);
    const added: Difference[] = old ? [] : [{ what: 'department_added', department: namedAs(department) }];
    const lists = (['people', 'deputies', 'groups'] as const).flatMap((what): Difference[] => {
      const change = changeOf(old?.[what] ?? [], department[what]);
      return change ? [{ what, department: namedAs(department), ...change }] : [];
    });
    return [...added, ...lists];
  });
  return [...changed, ...removed];
}

const namedAs = ({ key, name }: DepartmentSettings): Named => ({ key, name });

function changeOf(before: readonly string[], after: readonly string[]): PeopleChange | null {
  const added = after.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !after.includes(id));
  return added.length + removed.length > 0 ? { added, removed } : null;
}

const same = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  a === null || b === null ? a === b : changeOf(a, b) === null;
