import { after, MINUTE, SECOND } from '../core/time.ts';
import { Busy, type DeliverDeps, hold, recordRefused } from './deliver.ts';
import { SlackFailure } from './failures.ts';
import type { SlackMessage } from './gateway.ts';
import { beginAttempt, type Claim, recordShown, recordUnsent, recordUnsure } from './ledger.ts';

export type FileDelivery = {
  /** Names the file for ever: whatever happens, one file with this key is seen. */
  key: string;
  workspaceId: string;
  crisisId: string | null;
  channelId: string;
  threadTs?: string;
  /** `name` must be the file's own: an upload whose answer was lost is found again by it. */
  file: { name: string; title: string; content: string | Uint8Array };
};

/** An upload is three calls. */
const uploadLasts = 40 * SECOND;
/** The last of them is begun within this time, and has ended before anybody else may take the file over. */
const shareWithin = 25 * SECOND;

/** Slack shares a file some time after it took it: one that is not there sooner is sent again. */
const sharedWithin = 30 * SECOND;

type Attempt = { claim: Claim; since: Date; lastAt: Date };

/** Shares one file, once. Throws like `deliver` when the job should come back. */
export async function deliverFile(deps: DeliverDeps, wanted: FileDelivery): Promise<'shown' | 'failed'> {
  const { key, workspaceId, crisisId, channelId, file } = wanted;
  const effect = { key, workspaceId, crisisId, channelId, what: file.title, job: deps.job ?? null };
  const attempt = await beginAttempt(deps.db, effect, deps.now(), uploadLasts);
  if (attempt.was === 'busy') throw new Busy(key);
  if ('effect' in attempt) return attempt.was === 'done' ? 'shown' : 'failed';
  return attempt.was === 'ambiguous' ? uploadUnlessSent(deps, wanted, attempt) : upload(deps, wanted, attempt.claim);
}

async function uploadUnlessSent(
  deps: DeliverDeps,
  wanted: FileDelivery,
  { claim, since, lastAt }: Attempt,
): Promise<'shown' | 'failed'> {
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
    await recordRefused(deps, wanted, claim, error.code, 'lost');
    return 'failed';
  }
  const mine = sent.find((m) => m.user === botUserId && m.files?.some((f) => f.name === file.name));
  if (mine) {
    if (!(await recordShown(deps.db, key, claim, { channelId, ts: mine.ts }, file.name))) throw new Busy(key);
    return 'shown';
  }
  if (deps.now() >= after(lastAt, sharedWithin)) return upload(deps, wanted, claim, since);
  await recordUnsure(deps.db, key, claim, 'not_shared_yet', lastAt);
  throw new SlackFailure(`show ${key}`, 'transient', 'not_shared_yet');
}

/** `since`: when it was first sent, if it may be there already. */
async function upload(
  deps: DeliverDeps,
  wanted: FileDelivery,
  claim: Claim,
  since?: Date,
): Promise<'shown' | 'failed'> {
  const { db, slack } = deps;
  const { key, channelId, file } = wanted;
  try {
    await slack.uploadFile(wanted, file, () => hold(deps, key, claim, { hasWaited: false, goodFor: shareWithin }));
  } catch (error) {
    if (!(error instanceof SlackFailure) || error instanceof Busy) throw error;
    if (error.kind === 'permanent') {
      await recordRefused(deps, wanted, claim, error.code);
      return 'failed';
    }
    // What was not shared is seen by nobody.
    const mayBeSeen = error.kind === 'ambiguous' && error.method === 'files.completeUploadExternal';
    if (!mayBeSeen && !since) await recordUnsent(db, key, claim, error.code);
    else if (!mayBeSeen || error.code !== 'timeout') await recordUnsure(db, key, claim, error.code);
    throw error;
  }
  if (!(await recordShown(db, key, claim, { channelId, ts: '' }, file.name))) throw new Busy(key);
  return 'shown';
}
