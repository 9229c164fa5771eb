import { z } from 'zod';
import type { Executor, Tx } from '../../db/client.ts';
import { canonicalJson, sha256 } from '../core/ids.ts';
import type { Job } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { after, HOUR, MINUTE, SECOND } from '../core/time.ts';
import { type Deps } from '../jobs/commit.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { hasButtons, type Message, withoutButtons } from './blocks.ts';
import { SlackFailure } from './failures.ts';
import { type JobContext, type JobHandler, onJob } from './feature.ts';
import { effectEvent, type Gateway, type SlackMessage } from './gateway.ts';
import {
  beginPost,
  type Claim,
  type EditPriority,
  type Effect,
  findEffect,
  forgetEffect,
  type Pace,
  recordEdited,
  recordFailed,
  recordRefusedEdit,
  recordShown,
  recordUndone,
  recordUnsent,
  recordUnsure,
  renewClaim,
  reservePost,
  takeEdit,
} from './ledger.ts';
import { words } from './text.ts';

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
  /** Nothing in it can be pressed: its crisis is closed. */
  isOver?: boolean;
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
export async function deliver(deps: DeliverDeps, asked: Delivery): Promise<Shown> {
  const wanted = asked.isOver ? { ...asked, message: withoutButtons(asked.message) } : asked;
  const contentHash = contentHashOf(wanted.message);
  const { key, workspaceId, crisisId, channelId } = wanted;
  const [what, job] = [wanted.message.text, deps.job ?? null];
  const effect = { key, workspaceId, crisisId, channelId, what, job, hasButtons: hasButtons(asked.message) };
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
      return postUnlessSent(deps, wanted, contentHash, attempt);
    case 'fresh':
      return post(deps, wanted, contentHash, attempt);
  }
}

const contentHashOf = (message: Message): string => sha256(canonicalJson(message));

async function postUnlessSent(
  deps: DeliverDeps,
  wanted: Delivery,
  contentHash: string,
  { claim, since, lastAt }: { claim: Claim; since: Date; lastAt: Date },
): Promise<Shown> {
  let sent: SlackMessage | undefined;
  try {
    // Where it is if it is there; what landed later still is looked for only when it is not.
    [sent] = await findSent(deps.slack, wanted, since, after(lastAt, MINUTE));
    if (!sent) [sent] = await findSent(deps.slack, wanted, after(lastAt, MINUTE), deps.now());
  } catch (error) {
    if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
    await recordRefused(deps, wanted, claim, error.code, 'lost');
    return { state: 'failed', error: error.code };
  }
  if (!sent) return post(deps, wanted, contentHash, { claim, since });
  return shown(deps, wanted, contentHash, { channelId: wanted.channelId, ts: sent.ts }, { claim, since });
}

/**
 * `waitMs`: until the moment that is reserved for it, undefined when none is yet. `since`: when it was first sent, if it
 * may be there already.
 */
type Turn = { claim: Claim; waitMs?: number; since?: Date };

async function post(deps: DeliverDeps, wanted: Delivery, contentHash: string, turn: Turn): Promise<Shown> {
  const { db, slack } = deps;
  const { claim } = turn;
  const { pace } = deps;
  const { channelId } = wanted;
  const waitMs = turn.waitMs ?? (await reservePost(db, channelId, pace.now(channelId), pace));
  await pace.wait(waitMs, channelId);
  await hold(deps, wanted.key, claim, { hasWaited: waitMs > 0, goodFor: postWithin });
  let at: { channelId: string; ts: string };
  try {
    const { channel, ts } = await slack.postMessage(wanted, wanted.message, wanted.key);
    at = { channelId: channel, ts };
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    if (error.kind === 'permanent') {
      await recordRefused(deps, wanted, claim, error.code);
      return { state: 'failed', error: error.code };
    }
    // That nothing came of this attempt says nothing of the one before.
    if (error.kind === 'transient') await (turn.since ? recordUnsure : recordUnsent)(db, wanted.key, claim, error.code);
    // After a time-out Slack may still be working: the row stays `attempted` until no call can be under way any more.
    if (error.kind === 'ambiguous' && error.code !== 'timeout') await recordUnsure(db, wanted.key, claim, error.code);
    throw error;
  }
  return shown(deps, wanted, contentHash, at, turn);
}

/** What is sent within this time has ended, or was given up, before anybody else may take the message over. */
const postWithin = 4 * SECOND;

/**
 * Right before something is sent: throws Busy when somebody else has taken it over, as happens to a process that stood
 * still for long. `goodFor`: for how long a claim need not be asked for again.
 */
export async function hold(
  deps: Deps,
  key: string,
  claim: Claim,
  { hasWaited, goodFor }: { hasWaited: boolean; goodFor: number },
): Promise<void> {
  let mustAsk = hasWaited;
  while (mustAsk || performance.now() - claim.heldAt > goodFor) {
    claim.heldAt = performance.now();
    if (!(await renewClaim(deps.db, key, claim, deps.now()))) throw new Busy(key);
    mustAsk = false;
  }
}

/** A message that may have been sent twice is looked for again after so long: Slack may be slow with the other one. */
const looksAgain = [1, 5, 15].map((minutes) => minutes * MINUTE);
/** Where Slack refuses the last look, or to take a copy away, it is tried again for so long. */
const insists = HOUR;

async function shown(
  deps: DeliverDeps,
  { key, workspaceId, threadTs }: Delivery,
  contentHash: string,
  at: { channelId: string; ts: string },
  { claim, since }: Turn,
): Promise<Shown> {
  const record = async (db: Executor) => {
    if (!(await recordShown(db, key, claim, at, contentHash))) throw new Busy(key);
  };
  if (!since) await record(deps.db);
  else {
    const now = deps.now();
    const data = { workspaceId, key, channelId: at.channelId, threadTs, since: since.getTime() };
    const looks = looksAgain.map((ms): Job => {
      const until = after(now, ms === looksAgain.at(-1) ? ms + insists : ms).getTime();
      return { kind: lookAgain, queue: 'alarms', at: after(now, ms), data: { ...data, until } };
    });
    await deps.db.transaction(async (tx) => {
      await record(tx);
      await enqueue(deps.boss, tx, looks, now);
    });
  }
  return { state: 'shown', ...at };
}

const lookAgain = 'slack.look_again';
const look = z.object({
  key: z.string(),
  channelId: z.string(),
  threadTs: z.string().optional(),
  since: z.number(),
  until: z.number(),
});

/** Takes away what landed after it had been sent again. What people have answered to stays. */
async function removeCopies(context: JobContext, { since, until, ...wanted }: z.infer<typeof look>): Promise<void> {
  const { slack, db, log } = context;
  const { key, channelId } = wanted;
  try {
    const sent = await findSent(slack, wanted, new Date(since));
    // Asked after the look: what is shown from here on is not among what was found.
    const effect = await findEffect(db, key);
    if (effect?.state !== 'done') return;
    for (const { ts, reply_count: replies = 0, reactions = [] } of sent.filter((m) => m.ts !== effect.ts))
      if (replies + reactions.length > 0)
        log.warn({ effect: key }, 'a message is there twice: people answered to both');
      else await slack.deleteMessage(channelId, ts);
  } catch (error) {
    if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
    if (error.code === 'message_not_found') return;
    if (context.now().getTime() < until) throw new SlackFailure(error.method, 'transient', error.code);
    log.warn({ effect: key, code: error.code }, 'Slack refuses to say, or to undo, that a message is there twice');
  }
}

/** Work of no slice. */
export const deliveryJobs: readonly JobHandler[] = [
  onJob(
    lookAgain,
    inBoth((l) => words(l).lookAgain),
    look,
    removeCopies,
  ),
];

/** Recorded and told in one transaction: nobody has to find out by its absence that something was not shown. */
export const recordRefused = (
  deps: DeliverDeps,
  wanted: Pick<Delivery, 'key' | 'workspaceId' | 'crisisId'>,
  claim: Claim,
  error: string,
  state: 'failed' | 'lost' = 'failed',
) =>
  recordTold(deps, wanted.key, wanted, async (tx) => {
    if (!(await recordFailed(tx, wanted.key, claim, error, state))) throw new Busy(wanted.key);
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
  const editAt = deps.pace.editsAt(deps.now());
  const waitMs = editAt ? await takeEdit(deps.db, wanted, priority, editAt) : 0;
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
  await recordEdited(deps.db, wanted.key, contentHash, { hasButtons: hasButtons(wanted.message) });
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
  if (fresh.state === 'shown') await recordEdited(deps.db, wanted.key, contentHashOf(wanted.message), fresh);
  return fresh;
}

/** A post whose answer never came may be there all the same: our own metadata tells. */
async function findSent(
  slack: Gateway,
  wanted: Pick<Delivery, 'key' | 'channelId' | 'threadTs'>,
  since: Date,
  /** One is enough, up to here. Without it all are looked for, until now. */
  latest?: Date,
): Promise<SlackMessage[]> {
  if (latest && latest <= since) return [];
  const { user_id: botUserId } = await slack.identity();
  // Any app in the channel may write metadata: only our own messages prove that we sent one.
  const isOurs = ({ user, metadata }: SlackMessage) =>
    user === botUserId && metadata?.event_type === effectEvent && metadata.event_payload?.key === wanted.key;
  const messages = await slack.recentMessages(wanted, after(since, -MINUTE), latest ? { latest, wanted: isOurs } : {});
  return messages.filter(isOurs);
}
