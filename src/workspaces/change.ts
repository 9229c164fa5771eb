import type { Db } from '../../db/client.ts';
import { accept } from '../core/decision.ts';
import { sha256 } from '../core/ids.ts';
import { type Job, queues } from '../core/jobs.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { releaseJobs } from '../jobs/enqueue.ts';
import { lockTokens, meetWorkspace, removedAt, saveInstallation, saveToken, type Workspace } from './store.ts';
import { decryptToken, encryptToken, isCurrent, type TokenKeys } from './tokens.ts';

type Installed = {
  workspace: Pick<Workspace, 'id' | 'name' | 'domain' | 'botUserId'>;
  botId: string;
  token: string;
  installedBy: string;
};

/** Records an installation, its token encrypted. What was owed to a workspace that comes back goes on. */
export async function recordInstallation(deps: Deps, keys: TokenKeys, made: Installed): Promise<void> {
  const { workspace, botId, token, installedBy } = made;
  await commit(deps, null, async (tx) => {
    const now = deps.now();
    const absentSince = await removedAt(tx, workspace.id);
    await meetWorkspace(tx, workspace, now);
    await saveInstallation(tx, {
      workspaceId: workspace.id,
      botId,
      token: encryptToken(keys, workspace.id, token),
      installedBy,
      installedAt: now,
      endedAt: null,
    });
    await releaseJobs(tx, workspace.id);
    const jobs = absentSince ? [recordAbsence(workspace.id, absentSince)] : [];
    return { crisis: null, decision: accept(null, { jobs }) };
  });
  deps.wake(queues.map((queue) => ({ queue })));
}

const recordAbsence = (workspaceId: string, since: Date): Job => ({
  kind: 'war_room.record_absence',
  queue: 'alarms',
  data: { workspaceId, removedAt: since.toISOString() },
});

/** Uses up the state value of an installation. Throws DuplicateDelivery when it was used before. */
export const useState = (deps: Deps, state: string) =>
  commit(deps, `install:${sha256(state)}`, async () => ({ crisis: null, decision: accept(null) }));

/**
 * Encrypts every stored token again that is not under the newest key. Answers how many. Throws KeyMissing, and changes
 * nothing, when one is under a key that is not listed.
 */
export const rotateTokens = (db: Db, keys: TokenKeys): Promise<number> =>
  db.transaction(async (tx) => {
    const old = (await lockTokens(tx)).filter(({ token }) => token !== null && !isCurrent(keys, token));
    for (const { workspaceId, token } of old)
      await saveToken(tx, workspaceId, encryptToken(keys, workspaceId, decryptToken(keys, workspaceId, token ?? '')));
    return old.length;
  });
