import type { Tx } from '../../db/client.ts';
import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { toPerson } from '../core/jobs.ts';
import { actIn } from '../crises/change.ts';
import type { Crisis, Member } from '../crises/rules.ts';
import { findMember, lockCrisis } from '../crises/store.ts';
import { commit, type Deps, order } from '../jobs/commit.ts';
import type { Act } from '../slack/feature.ts';
import { messageUrl } from '../slack/mrkdwn.ts';
import { erasedMessage } from '../timeline/chain.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { observe } from './capture.ts';
import {
  type LoggedMessage,
  type LogRefusal,
  logMessage,
  messageChanged,
  type Note,
  sendExport,
  writeNote,
} from './rules.ts';
import type { Captured } from './slack-message.ts';
import { dropDraft, entryOfMessage, findEntry, findRoomMessage, knownAmong, revisionsOf, saveSeen } from './store.ts';

type Written = Decision<{ seq: number }, LogRefusal>;

/** Writes what somebody says happened. `correctsId` names the entry that this one corrects. */
export function writeIntoTimeline(
  act: Act,
  crisisId: string,
  note: Omit<Note, 'corrects'> & { correctsId: string | null },
): Promise<Written> {
  return actIn(act, crisisId, async (tx, crisis, member): Promise<Written> => {
    const entry = note.correctsId ? await findEntry(tx, crisisId, note.correctsId) : null;
    return entry === undefined && member.inCell
      ? refuse({ code: 'unknown_entry' })
      : writeNote(crisis, member, { ...note, corrects: entry ?? null }, act.now());
  });
}

export type MessageSource = Omit<LoggedMessage, 'url'>;

/** Puts a message that a person pointed at into the timeline. */
export function addMessage(
  act: Act,
  crisisId: string,
  message: MessageSource,
  draftId: string | null = null,
): Promise<Written> {
  return actIn(act, crisisId, async (tx, crisis, member) => {
    if (draftId) await dropDraft(tx, draftId);
    return logIn(tx, crisis, member, message, message);
  });
}

async function logIn(tx: Tx, crisis: Crisis, member: Member, at: At, message: MessageSource | null): Promise<Written> {
  const before = await entryOfMessage(tx, crisis.id, at);
  const { domain } = await workspaceOf(tx, crisis.workspaceId);
  return logMessage(crisis, member, message && { ...message, url: messageUrl(domain, message) }, before);
}

type At = { channelId: string; ts: string };

/**
 * A reaction names a message without its text: it is known from when it was posted, or else a job asks Slack for it.
 * A refusal that the person should hear of is told by a job.
 */
export async function addByReaction(
  deps: Deps,
  by: { userId: string; deliveryKey: string },
  crisisId: string,
  at: At,
): Promise<void> {
  const decision = await commit<{ seq: number } | null, LogRefusal>(deps, by.deliveryKey, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const found = await findRoomMessage(tx, { ...at, workspaceId: crisis.workspaceId });
    if (!found) {
      const data = { crisisId, userId: by.userId, ...at };
      const fetch = { kind: 'log.fetch_message', queue: 'upkeep' as const, data };
      return { crisis, decision: accept(null, { jobs: [fetch] }) };
    }
    const message = found.deletedAt ? null : asSource(found);
    const member = await findMember(tx, crisis, by.userId, at.channelId);
    return { crisis, decision: await logIn(tx, crisis, member, at, message) };
  });
  if (!decision.ok) await tellRefusal(deps, crisisId, by.userId, at, decision.refusal);
}

const asSource = ({ channelId, ts, threadTs, authorId, text, files }: MessageSource): MessageSource => ({
  channelId,
  ts,
  threadTs,
  authorId,
  text,
  files,
});

/** The answer to `log.fetch_message`: null when Slack has the message no more. */
export async function addFetched(
  deps: Deps,
  order: { crisisId: string; userId: string } & At,
  message: Captured | null,
): Promise<void> {
  const { crisisId, userId, channelId, ts } = order;
  const decision = await commit<{ seq: number }, LogRefusal>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    if (message) await keep(tx, crisis, channelId, message, deps.now());
    const text = message?.seen.at(-1)?.text ?? '';
    const source = message && {
      channelId,
      ts,
      threadTs: message.threadTs,
      authorId: message.authorId,
      text,
      files: message.files,
    };
    const member = await findMember(tx, crisis, userId, channelId);
    return { crisis, decision: await logIn(tx, crisis, member, order, source) };
  });
  if (!decision.ok) await tellRefusal(deps, crisisId, userId, { channelId, ts }, decision.refusal);
}

/** A second reaction on a message that is in already is not worth a word. */
async function tellRefusal(deps: Deps, crisisId: string, userId: string, at: At, refusal: LogRefusal): Promise<void> {
  if (refusal.code === 'already_logged') return;
  await order(deps, [toPerson('log.tell_refused', { crisisId, userId, code: refusal.code, ...at })]);
}

/** Keeps what was written in a room, as it was and as it changed; a change of a logged message becomes an entry. */
export async function captureMessage(
  deps: Deps,
  deliveryKey: string,
  crisisId: string,
  channelId: string,
  message: Captured,
): Promise<void> {
  await commit<null, LogRefusal>(deps, deliveryKey, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const { timeline } = await keepMessages(tx, crisis, channelId, [message], deps.now());
    return { crisis, decision: accept(null, { timeline }) };
  });
}

/** Keeps what is new of messages of a room. `added`: how many were not known before. */
export async function keepMessages(
  tx: Tx,
  crisis: Crisis,
  channelId: string,
  messages: readonly Captured[],
  now: Date,
  isReadLater = false,
): Promise<{ added: number; timeline: NewEntry[] }> {
  const { workspaceId } = crisis;
  const numbers = messages.map(({ ts }) => ts);
  const known = isReadLater ? await knownAmong(tx, { workspaceId, channelId }, numbers) : new Set();
  const timeline: NewEntry[] = [];
  const worthALook = messages.filter(
    ({ ts, seen }) => !known.has(ts) || seen.some(({ change }) => change === 'edited'),
  );
  for (const message of worthALook.toSorted((a, b) => Number(a.ts) - Number(b.ts))) {
    const added = await keep(tx, crisis, channelId, message, now, isReadLater);
    const changes = added.filter((one) => one.change !== 'posted');
    const logged = changes.length > 0 ? await entryOfMessage(tx, crisis.id, { channelId, ts: message.ts }) : null;
    if (logged) timeline.push(...messageChanged({ ...message, channelId }, logged.seq, changes));
  }
  return { added: messages.filter(({ ts }) => !known.has(ts)).length, timeline };
}

async function keep(tx: Tx, crisis: Crisis, channelId: string, message: Captured, now: Date, isReadLater = false) {
  const { ts, threadTs, authorId, files, seen } = message;
  const at = { workspaceId: crisis.workspaceId, channelId, ts };
  const known = await revisionsOf(tx, at);
  // Somebody asked for its words to be erased: they do not come back with a late delivery.
  if (known.some(({ text }) => text === erasedMessage.text)) return [];
  const { added, present } = observe(known, seen);
  if (added.length > 0)
    await saveSeen(
      tx,
      { ...at, crisisId: crisis.id, threadTs, authorId, files, ...present },
      known.length,
      added,
      now,
      isReadLater,
    );
  return added;
}

/** Orders the whole timeline as files, in a direct message to the person who asked. */
export function orderExport(act: Act, crisisId: string, exportId: string) {
  return actIn(act, crisisId, async (_tx, crisis, member) => sendExport(crisis, member, exportId, act.now()));
}
