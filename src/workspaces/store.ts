import { and, eq, isNotNull, isNull, like, sql } from 'drizzle-orm';
import type { Db, Executor, Tx } from '../../db/client.ts';
import { eraseWorkspace } from '../../db/erase-workspace.ts';
import { installations, workspaces } from '../../db/schema/index.ts';
import { Fault } from '../core/errors.ts';

export type Workspace = typeof workspaces.$inferSelect;
export type Installation = typeof installations.$inferSelect;

/** Records a workspace that the product serves; settings of one that is known already are kept. */
export const meetWorkspace = (
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

/** The installation that a workspace has now; undefined when there never was one, or when it has ended. */
export async function findInstallation(
  db: Executor,
  workspaceId: string,
): Promise<(Installation & { token: string; botUserId: string }) | undefined> {
  const [found] = await db
    .select({ installation: installations, botUserId: workspaces.botUserId })
    .from(installations)
    .innerJoin(workspaces, eq(workspaces.id, installations.workspaceId))
    .where(eq(installations.workspaceId, workspaceId));
  const token = found?.installation.token;
  return token ? { ...found.installation, botUserId: found.botUserId, token } : undefined;
}

export const installedWorkspaces = async (db: Executor): Promise<string[]> =>
  (
    await db
      .select({ id: installations.workspaceId })
      .from(installations)
      .where(isNotNull(installations.token))
      .orderBy(installations.installedAt)
  ).map((row) => row.id);

/** When the workspace removed the product; null while it is installed, and where it never was. */
export const removedAt = async (tx: Tx, workspaceId: string): Promise<Date | null> =>
  (
    await tx
      .select({ endedAt: installations.endedAt })
      .from(installations)
      .where(eq(installations.workspaceId, workspaceId))
  )[0]?.endedAt ?? null;

/** Workspaces that removed the product longer ago than their settings keep them. */
const pastKeeping = async (db: Executor, now: Date): Promise<string[]> =>
  (
    await db
      .select({ id: workspaces.id })
      .from(workspaces)
      .innerJoin(installations, eq(installations.workspaceId, workspaces.id))
      .where(
        sql`${installations.token} is null and ${installations.endedAt} + make_interval(days => ${workspaces.keepDays}) <= ${now.toISOString()}::timestamptz`,
      )
  ).map(({ id }) => id);

/**
 * Erases every workspace that removed the product and whose time of keeping is over. Answers them. Only a role that owns the
 * tables may.
 */
export async function eraseRemoved(db: Db, now: Date): Promise<string[]> {
  const due = await pastKeeping(db, now);
  for (const id of due)
    await db.transaction(async (tx) => {
      // Somebody may be adding it again.
      await lockWorkspace(tx, id);
      if ((await pastKeeping(tx, now)).includes(id)) await eraseWorkspace(tx, id);
    });
  return due;
}

/** Replaces whatever installation the workspace had before. */
export const saveInstallation = (tx: Tx, made: Installation) =>
  tx.insert(installations).values(made).onConflictDoUpdate({ target: installations.workspaceId, set: made });

/** Forgets the token of one installation; one that was made since is left alone. */
export const endInstallation = (db: Executor, { workspaceId, installedAt }: Installation, now: Date) =>
  db
    .update(installations)
    .set({ token: null, endedAt: now })
    .where(
      and(
        eq(installations.workspaceId, workspaceId),
        eq(installations.installedAt, installedAt),
        isNull(installations.endedAt),
      ),
    );

/** The key is lost, and the tokens under it with it. Answers the workspaces that have to install again. */
export const endInstallationsUnder = async (db: Executor, keyId: string, now: Date): Promise<string[]> =>
  (
    await db
      .update(installations)
      .set({ token: null, endedAt: now })
      .where(like(installations.token, `v1.${keyId}.%`))
      .returning({ workspaceId: installations.workspaceId })
  ).map((row) => row.workspaceId);

/** Every stored token, locked until the transaction ends. */
export const lockTokens = (tx: Tx) =>
  tx
    .select({ workspaceId: installations.workspaceId, token: installations.token })
    .from(installations)
    .where(isNotNull(installations.token))
    .for('update');

export const saveToken = (tx: Tx, workspaceId: string, token: string) =>
  tx.update(installations).set({ token }).where(eq(installations.workspaceId, workspaceId));
