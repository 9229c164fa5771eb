import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { crisesOfPerson, findCrisisOf, findCrisisOfChannel, findMember } from '../crises/store.ts';
import { namer } from '../people/store.ts';
import { context, type Message, message, paragraphs, section } from '../slack/blocks.ts';
import type { Call, Reply } from '../slack/feature.ts';
import { channelLink, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { common } from './common-text.ts';
import type { Reader } from './lines.ts';

/** Names the reader's own name from what Slack said of them. */
export async function readerOf(call: Call, userIds: readonly string[]): Promise<Reader> {
  const { language, timeZone, workspaceId, userId: me, name } = call.who;
  const others = await namer(
    call.db,
    workspaceId,
    userIds.filter((userId) => userId !== me),
  );
  return { language, timeZone, now: call.now(), named: (userId) => (userId === me ? name : others(userId)) };
}

/** The crisis that somebody means: the room's; elsewhere the only open one they are part of. Or what to answer. */
export async function crisisMeant(call: Call, noCrisis: string): Promise<{ crisis: Crisis } | { reply: Reply }> {
  const { workspaceId, userId, language } = call.who;
  const here = call.channelId
    ? await findCrisisOfChannel(call.db, workspaceId, call.channelId, call.who.userId)
    : undefined;
  if (here) return readable(call, here);
  const open = (await crisesOfPerson(call.db, workspaceId, userId)).filter((crisis) => crisis.status === 'open');
  const [only, another] = open;
  if (!only) return { reply: { text: noCrisis } };
  if (!another) return { crisis: only };
  const rooms = open.map((crisis) => (crisis.channelId ? channelLink(crisis.channelId) : `#${crisis.number}`));
  return { reply: { text: common(language).several(rooms.join(', ')) } };
}

/** The crisis that a button named, for whoever may read it. */
export async function crisisNamed(call: Call, crisisId: string): Promise<{ crisis: Crisis } | { reply: Reply }> {
  const crisis = await findCrisisOf(call.db, call.who.workspaceId, crisisId);
  return crisis ? readable(call, crisis) : { reply: { text: common(call.who.language).notInRoom } };
}

async function readable(call: Call, crisis: Crisis): Promise<{ crisis: Crisis } | { reply: Reply }> {
  const { inCell } = await findMember(call.db, crisis, call.who.userId, call.channelId);
  return inCell ? { crisis } : { reply: { text: common(call.who.language).notInRoom } };
}

export const isInRoomOf = (call: Call, crisis: Crisis): boolean =>
  call.channelId !== null && call.channelId === crisis.channelId;

/** The same for a crisis of which only the id is known. */
export async function isHere(call: Call, crisisId: string): Promise<boolean> {
  const here = call.channelId
    ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId)
    : undefined;
  return here?.id === crisisId;
}

/** A field of a form, or nothing. */
export const given = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');

/** A "no" with what was typed, so that nothing has to be typed again. */
export const refusedText = (no: string, typed: string, language: Language): Message =>
  message(no, [section(escapeMrkdwn(no)), context(common(language).yourText), ...paragraphs(typed)]);

/** What was typed, given back, when the field that it belongs into cannot hold it. */
export const tooLongToType = (typed: string, max: number, language: Language): Message | null =>
  typed.length > max ? refusedText(common(language).tooLong(typed.length, max), typed, language) : null;
