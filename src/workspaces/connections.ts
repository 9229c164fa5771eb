import type { Db } from '../../db/client.ts';
import { Fault } from '../core/errors.ts';
import type { JobData } from '../core/jobs.ts';
import type { Log } from '../core/logger.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { Connection, Connections } from '../slack/connections.ts';
import { rememberingDirectChannels } from '../slack/direct.ts';
import { NotInstalled, SlackFailure } from '../slack/failures.ts';
import { createGateway } from '../slack/gateway.ts';
import { findInstallation } from './store.ts';
import { decryptToken, KeyMissing, type TokenKeys } from './tokens.ts';

/** How long work is put off when Slack refuses a token: it may be an outage, or a removal that nobody told us of. */
const refusedFor = 10 * MINUTE;

/**
 * Every workspace that installed the product. A connection is made once and kept: that its token is no longer good shows
 * when Slack refuses it, whichever process was told of it.
 */
export function installedConnections(deps: {
  db: Db;
  log: Log;
  now: () => Date;
  keys: TokenKeys;
  /** The workspace of a crisis; undefined where there is none. */
  workspaceOfCrisis: (crisisId: string) => Promise<string | undefined>;
  apiUrl?: string | undefined;
}): Connections {
  const known = new Map<string, Promise<Connection>>();
  const byCrisis = new Map<string, string>();

  function of(workspaceId: string): Promise<Connection> {
    const kept = known.get(workspaceId);
    if (kept) return kept;
    const opening = open(workspaceId);
    known.set(workspaceId, opening);
    opening.catch(() => known.delete(workspaceId));
    return opening;
  }

  async function open(workspaceId: string): Promise<Connection> {
    const installation = await findInstallation(deps.db, workspaceId);
    if (!installation) throw new NotInstalled(workspaceId);
    /** Another process may have been told of a newer token. Otherwise only Slack's word ends an installation. */
    const onTokenRefused = async ({ code }: SlackFailure) => {
      known.delete(workspaceId);
      const present = await findInstallation(deps.db, workspaceId);
      if (!present) return new NotInstalled(workspaceId);
      if (present.installedAt.getTime() !== installation.installedAt.getTime())
        return new NotInstalled(workspaceId, 'token_replaced', SECOND);
      deps.log.error({ workspace: workspaceId, code }, 'Slack refuses the token of a workspace');
      return new NotInstalled(workspaceId, code, refusedFor);
    };
    const token = readToken(workspaceId, installation.token);
    const slack = rememberingDirectChannels(
      createGateway({ token, apiUrl: deps.apiUrl, now: deps.now, onTokenRefused }),
      deps.db,
      workspaceId,
    );
    return { slack, botId: installation.botId, botUserId: installation.botUserId };
  }

  /** Another process may have encrypted it with a key that this one was not given yet: that passes. */
  function readToken(workspaceId: string, encrypted: string): string {
    try {
      return decryptToken(deps.keys, workspaceId, encrypted);
    } catch (error) {
      if (!(error instanceof KeyMissing)) throw error;
      deps.log.error({ workspace: workspaceId, key: error.keyId }, 'TOKEN_KEYS lacks the key of a stored token');
      throw new SlackFailure(`workspace ${workspaceId}`, 'transient', 'token_key_missing');
    }
  }

  async function workspaceOf(data: JobData): Promise<string> {
    if ('workspaceId' in data && typeof data.workspaceId === 'string') return data.workspaceId;
    const crisisId = String(data['crisisId']);
    const found = byCrisis.get(crisisId) ?? (await deps.workspaceOfCrisis(crisisId));
    if (!found) throw new Fault(`crisis ${crisisId} does not exist`);
    byCrisis.set(crisisId, found);
    return found;
  }

  return { of, ofJob: async (data) => of(await workspaceOf(data)) };
}
