import { eq } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { workspaces } from '../../db/schema/index.ts';
import { Fault } from '../core/errors.ts';

export type Workspace = typeof workspaces.$inferSelect;

/** Records where the product is installed; settings of a workspace that is known already are kept. */
export const saveInstallation = (
  db: Executor,
  found: Pick<Workspace, 'id' | 'name' | 'domain' | 'botUserId'>,
  now: Date,
) =>
  db
    .insert(workspaces)
    .values({ ...found, installedAt: now })
    .onConflictDoUpdate({
      target: workspaces.id,
      set: { name: found.name, domain: found.domain, botUserId: found.botUserId },
    });

export async function workspaceOf(db: Executor, workspaceId: string): Promise<Workspace> {
  const [found] = await db.select().from(workspaces).where(eq(workspaces.id, workspaceId));
  if (!found) throw new Fault(`workspace ${workspaceId} is not installed`);
  return found;
}

/** Changes that must follow one another in a workspace (numbering, settings) hold this lock. */
export async function lockWorkspace(tx: Tx, workspaceId: string): Promise<Workspace> {
  const [found] = await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for('update');
  if (!found) throw new Fault(`workspace ${workspaceId} is not installed`);
  return found;
}

export const saveWorkspace = (tx: Tx, workspaceId: string, changed: Partial<Workspace>) =>
  tx.update(workspaces).set(changed).where(eq(workspaces.id, workspaceId));
