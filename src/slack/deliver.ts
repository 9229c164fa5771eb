import type { Tx } from '../../db/client.ts';
import { canonicalJson, sha256 } from '../core/ids.ts';
import { type Job } from '../core/jobs.ts';
import { after, MINUTE, SECOND } from '../core/time.ts';
import { type Deps } from '../jobs/commit.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Message } from './blocks.ts';
import { SlackFailure } from './failures.ts';
import { effectEvent, type Gateway } from './gateway.ts';
import {
  beginPost,
  type EditPriority,
  type Effect,
  findEffect,
  forgetEffect,
  type Pace,
  recordFailed,
  recordRefusedEdit,
  recordShown,
  recordUndone,
  recordUnsent,
  recordUnsure,
  reservePost,
  takeEdit,
} from './ledger.ts';

type Place = { channelId: string; ts: string };
export type Shown = ({ state: 'shown' } & Place) | { state: 'failed'; error: string };

export type Delivery = {
  /** Names the message for ever: whatever happens, one message with this key is seen. */
  key: string;
  workspaceId: string;
  crisisId: string | null;
  channelId: string;
  threadTs?: string | undefined;
  message: Message;
  /** Who waits longest when more is edited than Slack takes; otherwise a direct message's, or a card's. */
  edits?: EditPriority;
};

/** Somebody else is sending the same message at this moment; ask again later. */
export class Busy extends SlackFailure {
  constructor(key: string) {
    super(`show ${key}`, 'transient', 'busy', 1000);
  }
}

/** What showing a message needs; a job's context is one. */
export type DeliverDeps = Deps & { slack: Gateway; pace: Pace; job?: Effect['job'] };

/**
 * Makes one message look as it should: posts it the first time, edits it when its content has changed, does nothing
 * when it is right already; an edit for which none is left is put off, and answered as it stands. Throws a transient or ambiguous SlackFailure when the job should come back. What is refused
 * for good is recorded and told to the crisis lead; a post is then answered as `failed`, an edit as `shown`: as it was.
 */
export async function deliver(deps: DeliverDeps, wanted: Delivery): Promise<Shown> {
  const contentHash = contentHashOf(wanted.message);
  const { key, workspaceId, crisisId, channelId } = wanted;
  const effect = { key, workspaceId, crisisId, channelId, what: wanted.message.text, job: deps.job ?? null };
  const attempt = await beginPost(deps.db, effect, deps.now(), {
    realNow: deps.pace.now(channelId),
    pace: deps.pace,
  });
  switch (attempt.was) {
    case 'busy':
      throw new Busy(wanted.key);
    case 'failed':
      return { state: 'failed', error: attempt.effect.error ?? 'unknown' };
    case 'done':
      return amend(deps, wanted, attempt.effect, contentHash);
    case 'ambiguous':
      return postUnlessSent(deps, wanted, contentHash, attempt.since);
    case 'fresh':
      return post(deps, wanted, contentHash, 'waitMs' in attempt ? attempt.waitMs : null);
  }
}

const contentHashOf = (message: Message): string => sha256(canonicalJson(message));

async function postUnlessSent(deps: DeliverDeps, wanted: Delivery, contentHash: string, since: Date): Promise<Shown> {
  let sent: { channelId: string; ts: string } | null;
  try {
    sent = await findSent(deps.slack, wanted, since);
  } catch (error) {
    if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
    await recordRefused(deps, wanted, error.code, 'lost');
    return { state: 'failed', error: error.code };
  }
  if (!sent) return post(deps, wanted, contentHash);
  await recordShown(deps.db, wanted.key, sent, contentHash);
  return { state: 'shown', ...sent };
}

/** `waitMs`: until the moment that is reserved for it, null when none is yet. */
async function post(
  deps: DeliverDeps,
  wanted: Delivery,
  contentHash: string,
  waitMs: number | null = null,
): Promise<Shown> {
  const { db, slack } = deps;
  try {
    const { pace } = deps;
    const { channelId } = wanted;
    await pace.wait(waitMs ?? (await reservePost(db, channelId, pace.now(channelId), pace)), channelId);
    const { channel, ts } = await slack.postMessage(wanted, wanted.message, wanted.key);
    await recordShown(db, wanted.key, { channelId: channel, ts }, contentHash);
    return { state: 'shown', channelId: channel, ts };
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    if (error.kind === 'permanent') {
      await recordRefused(deps, wanted, error.code);
      return { state: 'failed', error: error.code };
    }
    if (error.kind === 'transient') await recordUnsent(db, wanted.key, error.code);
    // After a time-out Slack may still be working: the row stays `attempted` until no call can be under way any more.
    if (error.kind === 'ambiguous' && error.code !== 'timeout') await recordUnsure(db, wanted.key, error.code);
    throw error;
  }
}

/** Recorded and told in one transaction: nobody has to find out by its absence that something was not shown. */
export const recordRefused = (
  deps: DeliverDeps,
  wanted: Pick<Delivery, 'key' | 'workspaceId' | 'crisisId'>,
  error: string,
  state: 'failed' | 'lost' = 'failed',
) =>
  recordTold(deps, wanted.key, wanted, async (tx) => {
    await recordFailed(tx, wanted.key, error, state);
    return isTold(deps, wanted.crisisId);
  });

/** The same for a job that Slack or a bug stopped before it had anything to show. */
export async function recordGivenUp(
  deps: Deps,
  id: string,
  job: NonNullable<Effect['job']>,
  error: string,
): Promise<void> {
  const { crisisId = null, workspaceId = '', userId } = job.data as Partial<Record<string, string>>;
  // Trouble about telling trouble, and upkeep that nobody asked for, are only logged.
  if (job.kind === tellTrouble || (!crisisId && !userId)) return;
  await recordTold(deps, `job:${id}`, { workspaceId, crisisId }, async (tx) => {
    await recordUndone(tx, id, job, error, deps.now());
    return true;
  });
}

const tellTrouble = 'war_room.tell_trouble';

/** Without a crisis, whoever asked is told; trouble about telling trouble is only logged. */
const isTold = ({ job }: DeliverDeps, crisisId: string | null): boolean =>
  crisisId !== null || (job?.kind !== tellTrouble && typeof job?.data['userId'] === 'string');

async function recordTold(
  deps: Deps,
  effectKey: string,
  { workspaceId, crisisId }: Pick<Delivery, 'workspaceId' | 'crisisId'>,
  record: (tx: Tx) => Promise<boolean>,
): Promise<void> {
  const now = deps.now();
  const trouble = {
    kind: tellTrouble,
    queue: 'outbox' as const,
    order: `trouble:${crisisId ?? workspaceId}`,
    data: { effectKey, at: now.getTime(), ...(crisisId ? { crisisId } : { workspaceId }) },
  };
  await deps.db.transaction(async (tx) => {
    if (await record(tx)) await enqueue(deps.boss, tx, [trouble], now);
  });
  deps.wake([trouble]);
}

/** Refusals of this edit and of every later one: the message is posted afresh, once, and the old one stays. */
const cannotBeEdited: ReadonlySet<string> = new Set(['edit_window_closed', 'cant_update_message']);

/** Editing is harmless to repeat, so it needs no ledger of its own. */
async function amend(deps: DeliverDeps, wanted: Delivery, shown: Effect, contentHash: string): Promise<Shown> {
  const at = { channelId: shown.channelId ?? wanted.channelId, ts: shown.ts ?? '' };
  if (shown.contentHash === contentHash) return { state: 'shown', ...at };
  const priority = wanted.edits ?? (at.channelId.startsWith('D') ? 'direct' : 'card');
  const waitMs = await takeEdit(deps.db, wanted, priority, deps.pace.editsAt(deps.now()));
  if (waitMs > 0) return editLater(deps, wanted, at, waitMs);
  try {
    await deps.slack.updateMessage(at, wanted.message, wanted.key);
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    if (error.code === 'rate_limited') return editLater(deps, wanted, at, error.retryAfterMs);
    if (error.kind !== 'permanent') throw error;
    if (error.code === 'message_not_found') {
      await forgetEffect(deps.db, wanted.key);
      return deliver(deps, wanted);
    }
    if (cannotBeEdited.has(error.code)) {
      const fresh = await postAfresh(deps, wanted, at.ts);
      if (fresh) return fresh.state === 'shown' ? fresh : { state: 'shown', ...at };
    }
    const { code } = error;
    await recordTold(deps, wanted.key, wanted, async (tx) => {
      const isNews = await recordRefusedEdit(tx, wanted.key, code, deps.job ?? null);
      return isNews && isTold(deps, wanted.crisisId);
    });
    // It stands there, older than it should: what hangs on it (a thread, a pin) need not wait for the repair.
    return { state: 'shown', ...at };
  }
  await recordShown(deps.db, wanted.key, at, contentHash);
  return { state: 'shown', ...at };
}

/**
 * The job comes back on its own, and nothing in its order waits for it: it then draws what is true by then. Of all that
 * put off the same message for the same second, one remains.
 */
async function editLater(deps: DeliverDeps, { key }: Delivery, at: Place, waitMs: number): Promise<Shown> {
  if (!deps.job) throw new SlackFailure('chat.update', 'transient', 'edits_paced', waitMs);
  const { order, ...job } = deps.job;
  const now = deps.now();
  // At least a second: the job that waits must not take itself for the one that it orders.
  const due = Math.ceil((now.getTime() + Math.max(waitMs, SECOND)) / SECOND) * SECOND;
  const again = {
    ...(job as unknown as Job),
    ...(order ? { order } : {}),
    at: new Date(due),
    key: `edit:${key}:${due}`,
  };
  await deps.db.transaction((tx) => enqueue(deps.boss, tx, [again], now));
  return { state: 'shown', ...at };
}

/** Answers null when it was posted afresh before: the message that stands there is that one. */
async function postAfresh(deps: DeliverDeps, wanted: Delivery, ts: string): Promise<Shown | null> {
  const key = `${wanted.key}:afresh`;
  if ((await findEffect(deps.db, key))?.ts === ts) return null;
  const fresh = await deliver(deps, { ...wanted, key });
  if (fresh.state === 'shown') await recordShown(deps.db, wanted.key, fresh, contentHashOf(wanted.message));
  return fresh;
}

/** A post whose answer never came may be there all the same: our own metadata tells. */
async function findSent(
  slack: Gateway,
  wanted: Delivery,
  since: Date,
): Promise<{ channelId: string; ts: string } | null> {
  const [messages, { user_id: botUserId }] = await Promise.all([
    slack.recentMessages(wanted, after(since, -MINUTE)),
    slack.identity(),
  ]);
  // Any app in the channel may write metadata: only our own messages prove that we sent one.
  const mine = messages.find(
    (m) =>
      m.user === botUserId && m.metadata?.event_type === effectEvent && m.metadata.event_payload?.key === wanted.key,
  );
  return mine ? { channelId: wanted.channelId, ts: mine.ts } : null;
}
