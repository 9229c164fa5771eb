import { keyFor } from './rules.ts';
import type { Settings } from './settings.ts';

/** What the forms change, each as a function of the settings as they stand. */
export type Edit = (settings: Settings) => Settings;

export type Lists = Partial<Record<'people' | 'deputies' | 'groups', Record<string, string[]>>>;

/** New lists by department; departments that a form did not show keep theirs. */
export const withLists =
  (lists: Lists): Edit =>
  (settings) => ({
    ...settings,
    departments: settings.departments.map((d) => ({
      ...d,
      people: chosen(lists.people, d.key) ?? d.people,
      deputies: chosen(lists.deputies, d.key) ?? d.deputies,
      groups: chosen(lists.groups, d.key) ?? d.groups,
    })),
  });

/** Own properties only: a department may be called `constructor`. */
const chosen = (list: Record<string, string[]> | undefined, key: string): string[] | undefined =>
  list && Object.hasOwn(list, key) ? list[key] : undefined;

/** A department of the workspace's own, added at the end, and others taken away. */
export const withDepartments =
  (added: string, removed: readonly string[]): Edit =>
  (settings) => {
    const kept = settings.departments.filter((d) => !removed.includes(d.key));
    const name = added.trim();
    const key = keyFor(
      name,
      settings.departments.map((d) => d.key),
    );
    const own = name ? [{ key, name, people: [], deputies: [], groups: [] }] : [];
    return { ...settings, departments: [...kept, ...own] };
  };

export const withGeneral =
  (general: Partial<Omit<Settings, 'departments'>>): Edit =>
  (settings) => ({ ...settings, ...general });
