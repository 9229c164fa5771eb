import { z } from 'zod';
import type { Executor } from '../../db/client.ts';
import { inRoom } from '../core/jobs.ts';
import type { Reader } from '../core/reader.ts';
import { type Deps, order } from '../jobs/commit.ts';
import { namesTyped, readNames } from '../people/names.ts';
import { findPeople, peopleCalled, readerFor } from '../people/store.ts';
import type { Message, ModalView } from '../slack/blocks.ts';
import type { Call, OpenForm, Reply } from '../slack/feature.ts';
import { everything, type OneCrisisWish } from '../slack/list.ts';
import { channelLink, withNames } from '../slack/mrkdwn.ts';
import { mentionedIn } from '../timeline/export.ts';
import { type CommonRefusal, sayCommonNo, tooLongToType } from './refusals.ts';
import { type Crisis, type Member, mayAct } from './rules.ts';
import { cellOf, crisesOfPerson, findCrisisOf, findCrisisOfChannel, findMember, openCrisesOf } from './store.ts';
import { signOf } from './text.ts';

/** Draws, once in every open crisis, what an earlier version showed in another way or nowhere. */
export const drawnSince = (kind: string) => async (deps: Deps, workspaceId: string) => {
  const open = await openCrisesOf(deps.db, workspaceId);
  await order(
    deps,
    open.map(({ id }) => inRoom(kind, { crisisId: id }, `upgrade:${kind}:${id}`)),
  );
};

/** A crisis and what the person who calls is to it, or what to answer instead. */
export type Found = { crisis: Crisis; member: Member } | { reply: Reply };

/** The caller as a reader. `userIds`: everybody else who will be named. */
export async function readerOf(call: Call, userIds: Iterable<string> = []): Promise<Reader> {
  const { userId: me, name } = call.who;
  const reader = await readerFor(call.db, { ...call.who, now: call.now() }, userIds);
  return { ...reader, named: (userId) => (userId === me ? name : reader.named(userId)) };
}

/** The crisis whose room this is; undefined elsewhere, and for a person whom the crisis concerns. */
export const roomHere = async (call: Call): Promise<Crisis | undefined> =>
  call.channelId ? findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId) : undefined;

/** The open crises that the caller is part of, newest first. */
export const openCrises = async (call: Call, limit?: number): Promise<Crisis[]> =>
  (await crisesOfPerson(call.db, call.who.workspaceId, call.who.userId, limit)).filter((c) => c.status === 'open');

/** The crisis whose room this is, for a caller who belongs to its cell. */
export async function crisisHere(call: Call): Promise<Found> {
  const crisis = await roomHere(call);
  return crisis ? found(call, crisis) : no(call, { code: 'not_in_room' });
}

/** The crisis that somebody means: the room's; elsewhere the only open one that they are part of. */
export async function crisisMeant(call: Call): Promise<Found> {
  const here = await roomHere(call);
  if (here) return found(call, here);
  const open = await openCrises(call);
  const [only, another] = open;
  if (!only) return no(call, { code: 'no_crisis' });
  if (!another) return found(call, only);
  const rooms = open.map((crisis) =>
    crisis.channelId ? channelLink(crisis.channelId) : signOf(crisis, call.who.language),
  );
  return no(call, { code: 'several_crises', rooms: rooms.join(', ') });
}

/** The crisis that a button or a form named, for a caller who belongs to its cell. */
export async function crisisNamed(call: Call, crisisId: string): Promise<Found> {
  const crisis = await findCrisisOf(call.db, call.who.workspaceId, crisisId);
  return crisis ? found(call, crisis) : no(call, { code: 'not_in_room' });
}

/** The same, refused as well while the crisis is closed: before a form is opened that could not be submitted. */
export async function toAct(call: Call, finding: Promise<Found>): Promise<Found> {
  const it = await finding;
  if ('reply' in it) return it;
  const problem = mayAct(it.crisis, it.member);
  return problem ? no(call, problem) : it;
}

/** Shows a page of what a crisis has, to one of its cell: when it is asked for, and when a page is turned. */
export const showPage =
  <T>(
    read: (db: Executor, crisisId: string) => Promise<T[]>,
    peopleIn: (rows: readonly T[]) => Iterable<string>,
    draw: (rows: readonly T[], crisis: Crisis, page: number, reader: Reader) => Message,
  ) =>
  async (call: Call, finding: Promise<Found>, page: number): Promise<Reply> => {
    const it = await finding;
    if ('reply' in it) return it.reply;
    const rows = await read(call.db, it.crisis.id);
    return draw(rows, it.crisis, page, await readerOf(call, peopleIn(rows)));
  };

/** A filtered list of what one crisis has, for one of its cell: as it is drawn again, and opened. */
export function listOfCrisis<T>(
  read: (db: Executor, crisisId: string) => Promise<T[]>,
  peopleIn: (rows: readonly T[]) => Iterable<string>,
  draw: (
    rows: readonly T[],
    crisis: Crisis,
    wish: OneCrisisWish,
    reader: Reader,
    call: Call,
  ) => ModalView | Promise<ModalView>,
) {
  const show = async (call: Call, wish: OneCrisisWish): Promise<ModalView | Reply> => {
    const it = await crisisNamed({ ...call, channelId: wish.about.channelId }, wish.about.crisisId);
    if ('reply' in it) return it.reply;
    const rows = await read(call.db, it.crisis.id);
    return draw(rows, it.crisis, wish, await readerOf(call, peopleIn(rows)), call);
  };
  const open = async (call: Call, finding: Promise<Found>, typed = ''): Promise<Reply | void> => {
    const it = await finding;
    if ('reply' in it) return it.reply;
    const about = { crisisId: it.crisis.id, channelId: call.channelId };
    const drawn = await show(call, { about, narrowing: { ...everything, words: typed }, page: 0 });
    if (!('type' in drawn)) return drawn;
    await call.openModal(drawn);
  };
  return { show, open };
}

const openedFrom = z.object({ about: z.object({ channelId: z.string().nullable() }) });
/** In a list that was opened from a room, its reader acts as there. */
export function asOpened(call: Call, form: OpenForm | null): Call {
  const kept = openedFrom.safeParse(form?.metadata);
  return kept.success ? { ...call, channelId: kept.data.about.channelId } : call;
}

/** What was typed behind a command, for the field of a form that holds `max` characters; or what to answer instead. */
export async function toWrite(
  call: Call,
  finding: Promise<Found>,
  typed: string,
  max: number,
): Promise<{ crisis: Crisis; text: string; reader: Reader } | { reply: Reply }> {
  const it = await toAct(call, finding);
  if ('reply' in it) return it;
  const reader = await readerOf(call, mentionedIn(typed));
  const text = withNames(typed, reader.named);
  const tooLong = tooLongToType(text, max, reader.language);
  return tooLong ? { reply: tooLong } : { crisis: it.crisis, text, reader };
}

async function found(call: Call, crisis: Crisis): Promise<Found> {
  const member = await findMember(call.db, crisis, call.who.userId, call.channelId);
  return member.inCell ? { crisis, member } : no(call, { code: 'not_in_room' });
}

const no = (call: Call, refusal: CommonRefusal): { reply: Reply } => ({
  reply: { text: sayCommonNo(refusal, call.who.language) },
});

/** A typed line with the people that it names as Slack marks them, and the names that were not taken: see `readNames`. */
export async function readPeople(call: Call, crisis: Crisis, text: string): Promise<ReturnType<typeof readNames>> {
  const { workspaceId } = call.who;
  const cell = await findPeople(call.db, workspaceId, [...(await cellOf(call.db, crisis.id)), crisis.leadId]);
  const others = await peopleCalled(call.db, workspaceId, namesTyped(text));
  return readNames(
    text,
    cell,
    others.filter(({ id }) => !cell.some((one) => one.id === id)),
  );
}

/** Whether the caller is in the room of this crisis, and so sees what changes there. */
export const isInRoomOf = (call: Call, crisis: Pick<Crisis, 'channelId'>): boolean =>
  call.channelId !== null && call.channelId === crisis.channelId;
