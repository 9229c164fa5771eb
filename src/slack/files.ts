import { after, MINUTE, SECOND } from '../core/time.ts';
import { Busy, type DeliverDeps, recordRefused } from './deliver.ts';
import { SlackFailure } from './failures.ts';
import type { SlackMessage } from './gateway.ts';
import { beginAttempt, recordShown, recordUnsent, recordUnsure } from './ledger.ts';

export type FileDelivery = {
  /** Names the file for ever: whatever happens, one file with this key is seen. */
  key: string;
  workspaceId: string;
  crisisId: string | null;
  channelId: string;
  threadTs?: string;
  /** `name` must be the file's own: an upload whose answer was lost is found again by it. */
  file: { name: string; title: string; content: string };
};

/** An upload is three calls. */
const uploadLasts = 40 * SECOND;

/** Shares one file, once. Throws like `deliver` when the job should come back. */
export async function deliverFile(deps: DeliverDeps, wanted: FileDelivery): Promise<'shown' | 'failed'> {
  const { key, workspaceId, crisisId, channelId, file } = wanted;
  const effect = { key, workspaceId, crisisId, channelId, what: file.title, job: deps.job ?? null };
  const attempt = await beginAttempt(deps.db, effect, deps.now(), uploadLasts);
  if (attempt.was === 'busy') throw new Busy(key);
  if (attempt.was === 'done') return 'shown';
  if (attempt.was === 'failed') return 'failed';
  return attempt.was === 'ambiguous' ? uploadUnlessSent(deps, wanted, attempt.since) : upload(deps, wanted);
}

async function uploadUnlessSent(deps: DeliverDeps, wanted: FileDelivery, since: Date): Promise<'shown' | 'failed'> {
  const { key, channelId, file } = wanted;
  let sent: SlackMessage[];
  let botUserId: string;
  try {
    [sent, { user_id: botUserId }] = await Promise.all([
      deps.slack.recentMessages(wanted, after(since, -MINUTE)),
      deps.slack.identity(),
    ]);
  } catch (error) {
    if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
    await recordRefused(deps, wanted, error.code, 'lost');
    return 'failed';
  }
  const mine = sent.find((m) => m.user === botUserId && m.files?.some((f) => f.name === file.name));
  if (!mine) return upload(deps, wanted);
  await recordShown(deps.db, key, { channelId, ts: mine.ts }, file.name);
  return 'shown';
}

async function upload(deps: DeliverDeps, wanted: FileDelivery): Promise<'shown' | 'failed'> {
  const { db, slack } = deps;
  const { key, channelId, file } = wanted;
  try {
    await slack.uploadFile(wanted, file);
    await recordShown(db, key, { channelId, ts: '' }, file.name);
    return 'shown';
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    if (error.kind === 'permanent') {
      await recordRefused(deps, wanted, error.code);
      return 'failed';
    }
    if (error.kind === 'transient') await recordUnsent(db, key, error.code);
    else if (error.code !== 'timeout') await recordUnsure(db, key, error.code);
    throw error;
  }
}
