import { and, eq } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { departments, settingsChanges, workspaces } from '../../db/schema/index.ts';
import { type Department, editorsOf } from '../people/rules.ts';
import { departmentRowsOf, findPeople, groupsOf, rosterOf, type UserGroup } from '../people/store.ts';
import { lockWorkspace, type Workspace, workspaceOf } from '../workspaces/store.ts';
import type { Directory, SettingsChange } from './rules.ts';
import { completed, type Difference, differences, type Saved, type Settings, worthKeeping } from './settings.ts';

/** The settings with everything that is needed to show or judge them. */
export type State = {
  workspaceId: string;
  saved: Saved;
  /** Who would be called: groups' members counted in, those who cannot be called left out. */
  roster: Department[];
  editors: string[];
  groups: UserGroup[];
};

export const loadSettings = async (db: Executor, workspaceId: string): Promise<State> =>
  stateOf(db, await workspaceOf(db, workspaceId));

/** The same, held still until the transaction ends. */
export const lockSettings = async (tx: Tx, workspaceId: string): Promise<State> =>
  stateOf(tx, await lockWorkspace(tx, workspaceId));

async function stateOf(db: Executor, workspace: Workspace): Promise<State> {
  const rows = await departmentRowsOf(db, workspace.id);
  const roster = await rosterOf(db, workspace.id);
  const own = rows.map((row) => ({
    key: row.key,
    name: row.name,
    people: row.peopleIds,
    deputies: row.deputyIds,
    groups: row.groupIds,
  }));
  return {
    workspaceId: workspace.id,
    saved: savedOf(workspace, completed(own)),
    roster,
    editors: editorsOf(roster, workspace.declarers),
    groups: await groupsOf(db, workspace.id),
  };
}

const savedOf = (workspace: Workspace, own: Settings['departments']): Saved => ({
  settings: {
    language: workspace.language,
    timeZone: workspace.timeZone,
    private: workspace.privateByDefault,
    declarers: workspace.declarers,
    digestMinutes: workspace.digestMinutes,
    keepDaysAfterRemoval: workspace.keepDays,
    departments: own,
  },
  version: workspace.settingsVersion,
  savedBy: workspace.settingsBy,
  savedAt: workspace.settingsAt,
});

/** Everybody and every group that these settings name, as far as Slack has told. */
export async function directoryFor(
  db: Executor,
  { workspaceId, groups }: Pick<State, 'workspaceId' | 'groups'>,
  ...settings: Settings[]
): Promise<Directory> {
  const people = await findPeople(db, workspaceId, [...new Set(settings.flatMap(idsIn))]);
  return {
    people: new Map(people.map((person) => [person.id, person])),
    groups: new Map(groups.map((group) => [group.id, group])),
  };
}

export const idsIn = (settings: Settings): string[] => [
  ...new Set([...settings.departments.flatMap((d) => [...d.people, ...d.deputies]), ...(settings.declarers ?? [])]),
];

export type Source = 'form' | 'file' | 'command_line';

/** Writes a new version: the workspace's row, its departments and the record of the change. */
export async function saveSettings(
  tx: Tx,
  workspaceId: string,
  { saved: { settings, version, savedBy, savedAt }, before }: SettingsChange,
  source: Source,
  now: Date,
): Promise<void> {
  await tx
    .update(workspaces)
    .set({
      language: settings.language,
      timeZone: settings.timeZone,
      privateByDefault: settings.private,
      declarers: settings.declarers,
      digestMinutes: settings.digestMinutes,
      keepDays: settings.keepDaysAfterRemoval,
      settingsVersion: version,
      settingsBy: savedBy,
      settingsAt: savedAt,
    })
    .where(eq(workspaces.id, workspaceId));
  await tx.delete(departments).where(eq(departments.workspaceId, workspaceId));
  const rows = worthKeeping(settings.departments).map((d, position) => ({
    workspaceId,
    key: d.key,
    name: d.name,
    position,
    peopleIds: d.people,
    deputyIds: d.deputies,
    groupIds: d.groups,
  }));
  if (rows.length > 0) await tx.insert(departments).values(rows);
  await tx.insert(settingsChanges).values({
    workspaceId,
    version,
    changedBy: savedBy,
    changedAt: now,
    source,
    before,
    after: settings,
  });
}

/** What was saved since a version, by whomever, as one step; `before` is what stood at that version. */
export async function changesSince(
  db: Executor,
  workspaceId: string,
  version: number,
  now: Settings,
): Promise<{ before: Settings; found: Difference[] } | null> {
  const [first] = await db
    .select({ before: settingsChanges.before })
    .from(settingsChanges)
    .where(and(eq(settingsChanges.workspaceId, workspaceId), eq(settingsChanges.version, version + 1)));
  if (!first) return null;
  const before = first.before as Settings;
  return { before, found: differences(before, now) };
}
