import type { CrisisApp } from '../../app.ts';
import { departmentRowsOf, saveDepartments } from '../../people/store.ts';
import type { Sandbox } from '../server/index.ts';

/** Who answers for what at Maison Aurore, so that the first declaration has somebody to call. Kept if it was changed. */
export async function seedRoster(app: CrisisApp, sandbox: Sandbox): Promise<void> {
  const { db } = app.deps;
  if ((await departmentRowsOf(db, app.workspaceId)).length > 0) return;
  const id = (name: string) => sandbox.person(name).id;
  const department = (key: string, position: number, peopleIds: string[], deputyIds: string[] = []) => ({
    workspaceId: app.workspaceId,
    key,
    name: null,
    position,
    peopleIds,
    deputyIds,
    groupIds: [],
  });
  await db.transaction((tx) =>
    saveDepartments(tx, app.workspaceId, [
      department('communication', 0, [id('Claire')], [id('Marc')]),
      department('legal', 1, [id('Helen')]),
      department('marketing', 2, [id('Tom')], [id('Marc')]),
      department('management', 3, [id('Anne')]),
    ]),
  );
}
