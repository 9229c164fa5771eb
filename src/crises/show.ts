import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { findPerson, readerFor } from '../people/store.ts';
import type { Message } from '../slack/blocks.ts';
import { Busy, deliver, type Shown } from '../slack/deliver.ts';
import type { JobContext } from '../slack/feature.ts';
import { type EditPriority, findEffect, forgetEffect } from '../slack/ledger.ts';
import { type Crisis, isExcluded } from './rules.ts';
import { findCrisis } from './store.ts';
import { foldedMessage, movedMessage } from './views.ts';

/** The room as a reader. `userIds`: everybody who will be named. */
export const roomReader = (context: JobContext, crisis: Crisis, userIds: Iterable<string> = []): Promise<Reader> =>
  readerFor(context.db, { ...crisis, now: context.now() }, userIds);

/** One person as a reader, in their own language and time zone. */
export async function personReader(
  context: JobContext,
  crisis: Crisis,
  userId: string,
  userIds: Iterable<string> = [],
): Promise<Reader> {
  const { workspaceId } = crisis;
  const person = await findPerson(context.db, workspaceId, userId);
  const language = person?.language ?? crisis.language;
  const timeZone = person?.timeZone ?? crisis.timeZone;
  return readerFor(context.db, { workspaceId, language, timeZone, now: context.now() }, userIds);
}

/** The key of a message that a room which replaced the first one shows anew. */
export const keyIn = (crisis: Crisis, name: string): string =>
  crisis.roomNumber === 1 ? name : `${name}:${crisis.roomNumber}`;

/**
 * The crisis once it has a room; undefined for one that was closed without a room, or does not exist. Throws Busy while
 * the room is being opened: the job comes back.
 */
export async function crisisWithRoom(
  context: JobContext,
  crisisId: string,
): Promise<(Crisis & { channelId: string }) | undefined> {
  const crisis = await findCrisis(context.db, crisisId);
  if (crisis?.channelId) return { ...crisis, channelId: crisis.channelId };
  if (crisis?.status === 'open') throw new Busy(`room:${crisisId}`);
  return undefined;
}

/**
 * Shows a message in the room of its crisis, in the thread of `threadTs` if given; `edits`: see `Delivery`. Once the crisis
 * is closed it has no buttons, unless `staysPressable`. Answers `failed` where there will be
 * no room any more; throws Busy while the room is being opened.
 */
export async function showInRoom(
  context: JobContext,
  crisis: Crisis,
  key: string,
  message: Message,
  look: { threadTs?: string | undefined; edits?: EditPriority; staysPressable?: boolean } = {},
): Promise<Shown> {
  if (!crisis.channelId && crisis.status === 'closed') return { state: 'failed', error: 'no_room' };
  if (!crisis.channelId) throw new Busy(key);
  const { workspaceId, id: crisisId, channelId } = crisis;
  const { staysPressable, ...where } = look;
  const isOver = crisis.status === 'closed' && !staysPressable;
  return deliver(context, {
    key,
    workspaceId,
    crisisId,
    channelId,
    message: discreet(crisis, message),
    isOver,
    ...where,
  });
}

/** The live brief of the room that a crisis has now. */
export const briefKey = (crisis: Crisis): string => `brief:${crisis.id}:${crisis.roomNumber}`;

/**
 * Shows a list in the thread of the live brief, where it is edited in place and calls nobody. A brief that was posted
 * anew gets its lists anew. What an earlier version showed in the room becomes one line. Throws Busy until the brief is
 * there; where Slack refused the brief, the list stands in the room.
 */
export async function showOnBoard(context: JobContext, crisis: Crisis, name: string, message: Message): Promise<Shown> {
  if (!crisis.channelId && crisis.status === 'closed') return { state: 'failed', error: 'no_room' };
  const key = keyIn(crisis, name);
  const [brief, before] = await Promise.all([findEffect(context.db, briefKey(crisis)), findEffect(context.db, key)]);
  if (brief?.state === 'failed' || brief?.state === 'lost')
    return showInRoom(context, crisis, key, message, { edits: 'board' });
  if (brief?.state !== 'done' || !brief.ts) throw new Busy(key);
  if (before?.state === 'done')
    await showInRoom(context, crisis, key, movedMessage(crisis.language), { edits: 'board' });
  return showInRoom(context, crisis, `${key}@${brief.ts}`, message, { threadTs: brief.ts, edits: 'board' });
}

/** What an earlier version showed of something that has another place now becomes one line; nothing where it never was shown. */
export async function fold(
  context: JobContext,
  crisis: Crisis,
  key: string,
  say: (language: Language) => Message = foldedMessage,
): Promise<void> {
  const shown = await findEffect(context.db, key);
  if (!shown) return;
  // Never shown: nobody waits for it any more.
  if (shown.state !== 'done' || !shown.channelId) return void (await forgetEffect(context.db, key));
  const { userId } = shown.job?.data ?? {};
  const { language } = typeof userId === 'string' ? await personReader(context, crisis, userId) : crisis;
  const { workspaceId, id: crisisId } = crisis;
  const message = discreet(crisis, say(language));
  await deliver(context, { key, workspaceId, crisisId, channelId: shown.channelId, message, edits: 'board' });
}

/** What a phone shows of a closed team, over any shoulder, is its code name and nothing else. */
export const discreet = (crisis: Pick<Crisis, 'codeName'>, message: Message): Message =>
  crisis.codeName ? { ...message, text: crisis.codeName } : message;

/** Tells one person about a crisis in their direct messages, in a thread if given. Whom the crisis concerns is told nothing. */
export async function tellPerson(
  context: JobContext,
  crisis: Crisis,
  userId: string,
  key: string,
  message: Message,
  threadTs?: string,
): Promise<Shown> {
  if (isExcluded(crisis, userId)) return { state: 'failed', error: 'excluded' };
  const channelId = await context.slack.directChannel(userId);
  const { workspaceId, id: crisisId } = crisis;
  const isOver = crisis.status === 'closed';
  return deliver(context, {
    key,
    workspaceId,
    crisisId,
    channelId,
    threadTs,
    message: discreet(crisis, message),
    isOver,
  });
}
