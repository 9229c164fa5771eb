import { z } from 'zod';
import { isDatabaseDown } from '../../db/client.ts';
import type { Language } from '../core/locale.ts';
import { after, MINUTE, SECOND } from '../core/time.ts';
import { recordOpenedRoom, recordRoomReady } from '../crises/change.ts';
import { type Crisis, mayKnowTitle, openerOf, shortIdOf } from '../crises/rules.ts';
import { findCrisis, lockCrisis, markInRoom, markInviteError, respondersOf } from '../crises/store.ts';
import { levelLabel } from '../crises/text.ts';
import { openingForm } from '../crises/views.ts';
import { emptyDepartments } from '../people/rules.ts';
import { findPeople, findPerson, namer, rosterOf } from '../people/store.ts';
import { departmentName } from '../people/text.ts';
import { actions, button, type Message, message, section, sections } from '../slack/blocks.ts';
import { Busy, deliver, type Shown } from '../slack/deliver.ts';
import { SlackFailure } from '../slack/failures.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import type { SlackChannel } from '../slack/gateway.ts';
import { type Effect, findEffect, forgetOld } from '../slack/ledger.ts';
import { clip, limits } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, mention } from '../slack/mrkdwn.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { recordAbsence } from './change.ts';
import { briefFacts } from './facts.ts';
import { presenceKey } from './rules.ts';
import { beginStep, endStep, failStep, type RoomStep, stepsOf } from './store.ts';
import { words } from './text.ts';
import { brief, notAdded, ready } from './views.ts';
import { chunksOf, roomName } from './war-room.ts';

const crisisAndUser = z.object({ crisisId: z.uuid(), userId: z.string() });

const ofPresence = crisisAndUser.extend({ leftAt: z.number().nullable().default(null) });

export const jobs: readonly JobHandler[] = [
  onJob(
    'war_room.open',
    z.object({
      crisisId: z.uuid(),
      roomNumber: z.number(),
      viewId: z.string().nullable(),
      repair: z.number().optional(),
    }),
    async (context, data) => {
      const crisis = await findCrisis(context.db, data.crisisId);
      if (!crisis || crisis.roomNumber !== data.roomNumber) return;
      const opened = await openRoom(context, crisis).catch(async (error: unknown) => {
        const wasTold = await tellRoomProblem(context, crisis, error);
        if (wasTold && error instanceof SlackFailure && error.kind === 'permanent') return null;
        throw error;
      });
      if (!opened) return;
      try {
        await tellDeclarer(context, opened, data.viewId);
      } finally {
        await tellWhatIsMissing(context, opened, data.repair);
      }
    },
  ),
  onJob('war_room.refresh_brief', z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    const crisis = await context.db.transaction((tx) => lockCrisis(tx, crisisId));
    if (!crisis.channelId) return;
    const posted = (await stepsOf(context.db, crisis.id, crisis.roomNumber)).find((s) => s.step === 'brief');
    // The opening of the room posts the brief; until it has, there is nothing to refresh.
    if (!posted || posted.state === 'attempted') throw new Busy(briefKey(crisis));
    if (posted.state !== 'done') return;
    const before = await findEffect(context.db, briefKey(crisis));
    const shown = await showBrief(context, crisis, crisis.channelId, await briefOf(context, crisis));
    // Somebody deleted it, and its pin with it.
    if (shown.state === 'shown' && shown.ts !== before?.ts) await pinBrief(context, crisis, shown);
  }),
  onJob('war_room.set_topic', z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    const crisis = await crisisWithRoom(context, crisisId);
    if (crisis?.channelId) await context.slack.setTopic(crisis.channelId, topicOf(crisis));
  }),
  onJob('war_room.tell_twin', z.object({ crisisId: z.uuid(), otherId: z.uuid() }), async (context, data) => {
    const [crisis, other] = await Promise.all([
      crisisWithRoom(context, data.crisisId),
      findCrisis(context.db, data.otherId),
    ]);
    if (!crisis || !other) return;
    const named = await namer(context.db, crisis.workspaceId, [other.declaredBy]);
    const w = words(crisis.language);
    const room = other.channelId ? channelLink(other.channelId) : `#${other.number}`;
    const name = escapeMrkdwn(named(other.declaredBy));
    const text = (await isKnownIn(context, crisis, other))
      ? w.twin(name, escapeMrkdwn(other.title), room)
      : w.twinConfidential(name);
    await deliver(context, {
      key: `twin:${crisis.id}:${other.id}`,
      ...inRoomOf(crisis, crisis.channelId),
      message: message(w.twinText, [section(text)]),
    });
  }),
  onJob(
    'war_room.tell_lead',
    z.object({ crisisId: z.uuid(), leadId: z.string(), seq: z.number() }),
    async (context, { crisisId, leadId, seq }) => {
      const crisis = await crisisWithRoom(context, crisisId);
      if (!crisis) return;
      const w = words(crisis.language);
      const shown = message(w.newLeadText, [section(w.newLead(mention(leadId)))]);
      await deliver(context, {
        key: `lead:${crisis.id}:${seq}`,
        ...inRoomOf(crisis, crisis.channelId),
        message: shown,
      });
    },
  ),
  onJob('war_room.add', crisisAndUser, async (context, { crisisId, userId }) => {
    const crisis = await crisisWithRoom(context, crisisId);
    if (!crisis) return;
    await inviteAll(context, crisis, crisis.channelId, [userId]);
    await tellWhatIsMissing(context, crisis);
  }),
  onJob('war_room.join_request', ofPresence, async (context, { crisisId, userId, leftAt }) => {
    const crisis = await crisisWithRoom(context, crisisId);
    if (!crisis) return;
    const named = await namer(context.db, crisis.workspaceId, [userId]);
    const w = words(crisis.language);
    const name = escapeMrkdwn(named(userId));
    const add = button(w.add, { id: 'war-room.let_in', value: JSON.stringify({ crisisId, userId }), style: 'primary' });
    const shown = message(w.joinRequestText(named(userId)), [
      section(w.joinRequest(name, escapeMrkdwn(crisis.title))),
      actions(add),
    ]);
    await deliver(context, {
      key: presenceKey('join', crisisId, userId, leftAt),
      ...inRoomOf(crisis, crisis.channelId),
      message: shown,
    });
  }),
  onJob('war_room.tell_added', ofPresence, async (context, { crisisId, userId, leftAt }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis?.channelId) return;
    const w = words(await languageOf(context, crisis, userId));
    const shown = message(w.addedToRoomText, [
      section(w.addedToRoom(channelLink(crisis.channelId), escapeMrkdwn(crisis.title))),
    ]);
    await tellPerson(context, crisis, userId, presenceKey('added', crisisId, userId, leftAt), shown);
  }),
  onJob(
    'war_room.tell_concerned',
    crisisAndUser.extend({ otherId: z.string(), at: z.number() }),
    async (context, { crisisId, userId, otherId, at }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis?.channelId) return;
      const named = await namer(context.db, crisis.workspaceId, [otherId]);
      const w = words(await languageOf(context, crisis, userId));
      const said = w.concerned(escapeMrkdwn(named(otherId)), channelLink(crisis.channelId), escapeMrkdwn(crisis.title));
      const key = `concerned-in:${crisisId}:${otherId}:${at}`;
      await tellPerson(context, crisis, userId, key, message(w.concernedText, sections(said)));
    },
  ),
  onJob('war_room.name_outsider', crisisAndUser, async (context, { crisisId, userId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis?.channelId) return;
    const named = await namer(context.db, crisis.workspaceId, [userId]);
    const w = words(crisis.language);
    const shown = message(w.outsiderText(named(userId)), [section(w.outsider(escapeMrkdwn(named(userId))))]);
    await deliver(context, {
      key: `outsider:${crisis.id}:${userId}`,
      ...inRoomOf(crisis, crisis.channelId),
      message: shown,
    });
  }),
  onJob(
    'war_room.record_absence',
    z.object({ workspaceId: z.string(), removedAt: z.iso.datetime() }),
    (context, { workspaceId, removedAt }) => recordAbsence(context, workspaceId, new Date(removedAt)),
  ),
  onJob('war_room.tell_back', crisisAndUser.extend({ removedAt: z.iso.datetime() }), async (context, data) => {
    const crisis = await findCrisis(context.db, data.crisisId);
    if (crisis?.status !== 'open' || !crisis.channelId) return;
    const w = words(await languageOf(context, crisis, data.userId));
    const shown = message(w.backText, [section(w.back(escapeMrkdwn(crisis.title), channelLink(crisis.channelId)))]);
    await tellPerson(context, crisis, data.userId, `back:${crisis.id}:${data.removedAt}`, shown);
  }),
  onJob('war_room.tell_archived', z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis || crisis.status === 'closed') return;
    const w = words(await languageOf(context, crisis, crisis.leadId));
    const shown = message(w.archivedText, [section(w.archived(escapeMrkdwn(crisis.title)))]);
    await tellPerson(context, crisis, crisis.leadId, `archived:${crisis.id}:${crisis.channelId}`, shown);
  }),
  onJob('war_room.forget_old', z.object({}), ({ db, now }) => forgetOld(db, now())),
  onJob(
    'war_room.tell_trouble',
    z.object({ crisisId: z.uuid().optional(), effectKey: z.string(), at: z.number() }),
    async (context, { crisisId, effectKey, at }) => {
      const [crisis, effect] = await Promise.all([
        crisisId ? findCrisis(context.db, crisisId) : undefined,
        findEffect(context.db, effectKey),
      ]);
      if (!effect?.error) return;
      if (crisis) await tellTrouble(context, crisis, effect, at);
      else await tellAsker(context, effect);
    },
  ),
];

/**
 * To the lead alone when the room is what cannot be written to, in the room when a person cannot be reached; the other
 * way round when that fails as well. Nothing of it is tied to the crisis: trouble about telling trouble is only logged.
 */
async function tellTrouble(context: JobContext, crisis: Crisis, effect: Effect, at: number): Promise<void> {
  const toLead = async () => ({
    channelId: await context.slack.directChannel(crisis.leadId),
    ...(await troubleWith(context, crisis, effect, await languageOf(context, crisis, crisis.leadId))),
  });
  const toDeclarer = async () => ({
    channelId: await context.slack.directChannel(openerOf(crisis)),
    ...(await troubleWith(context, crisis, effect, await languageOf(context, crisis, openerOf(crisis)))),
  });
  const toRoom = async () => {
    const { text, said } = await troubleWith(context, crisis, effect, crisis.language);
    return { channelId: crisis.channelId, text, said: `${mention(crisis.leadId)} ${said}` };
  };
  const isPersonal = effect.channelId?.startsWith('D') || effect.job?.data['userId'] !== undefined;
  const places = isPersonal ? [toRoom, toLead, toDeclarer] : [toLead, toRoom, toDeclarer];
  const refused: string[] = [];
  for (const [i, place] of places.entries()) {
    try {
      const { channelId, text, said } = await place();
      if (!channelId) continue;
      const shown = await deliver(context, {
        // A repair begins anew: what it meets is told again.
        key: `trouble:${effect.key}:${at}:${i}`,
        workspaceId: crisis.workspaceId,
        crisisId: null,
        channelId,
        message: message(text, [section(said)]),
      });
      if (shown.state === 'shown') return;
      refused.push(shown.error);
    } catch (error) {
      if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
      refused.push(error.code);
    }
  }
  context.log.error({ effect: effect.key, refused }, 'nobody could be told what was not done');
}

async function troubleWith(
  context: JobContext,
  crisis: Crisis,
  effect: Effect,
  language: Language,
): Promise<{ text: string; said: string }> {
  const w = words(language);
  const reason = escapeMrkdwn(effect.error ?? '');
  const room = crisis.channelId ? channelLink(crisis.channelId) : w.theRoom;
  if (effect.key.startsWith('job:')) {
    const userId = z.string().optional().parse(effect.job?.data['userId']);
    const named = await namer(context.db, crisis.workspaceId, userId ? [userId] : []);
    const what = userId
      ? `${undone(effect.what, language)} (${escapeMrkdwn(named(userId))})`
      : undone(effect.what, language);
    return { text: w.undoneText, said: w.notDone(what, reason, room) };
  }
  const what = escapeMrkdwn(clip(effect.what, 200));
  if (effect.state === 'done') return { text: w.outdatedText, said: w.outdated(what, reason, room) };
  const where = effect.channelId?.startsWith('D') ? w.aMessage : room;
  return effect.state === 'lost'
    ? { text: w.unseenText, said: w.unseen(what, reason, where, room) }
    : { text: w.troubleText, said: w.trouble(what, reason, where, room) };
}

/** What belongs to no crisis concerns only whoever asked for it, who can ask again. Once a day is enough. */
async function tellAsker(context: JobContext, effect: Effect): Promise<void> {
  const asked = z.object({ workspaceId: z.string(), userId: z.string() }).safeParse(effect.job?.data);
  if (!asked.success) return;
  const { workspaceId, userId } = asked.data;
  const kind = effect.job?.kind ?? '';
  const [person, workspace] = await Promise.all([
    findPerson(context.db, workspaceId, userId),
    workspaceOf(context.db, workspaceId),
  ]);
  const language = person?.language ?? workspace.language;
  const w = words(language);
  const day = context.now().toISOString().slice(0, 10);
  await deliver(context, {
    key: `trouble:${kind}:${userId}:${effect.error}:${day}`,
    workspaceId,
    crisisId: null,
    channelId: await context.slack.directChannel(userId),
    message: message(w.undoneText, [section(w.askAgain(undone(kind, language), escapeMrkdwn(effect.error ?? '')))]),
  });
}

const undone = (kind: string, language: Language): string => {
  const { undone: names } = words(language);
  return kind in names ? names[kind as keyof typeof names] : kind;
};

/** The crisis once it has a room: until Slack has given one, what is to be shown there waits rather than being lost. */
async function crisisWithRoom(
  context: JobContext,
  crisisId: string,
): Promise<(Crisis & { channelId: string }) | undefined> {
  const crisis = await findCrisis(context.db, crisisId);
  if (crisis?.channelId) return { ...crisis, channelId: crisis.channelId };
  if (crisis?.status === 'open') throw new Busy(`room:${crisisId}`);
  return undefined;
}

/** Whether everybody who reads a room may know the title of another crisis. */
async function isKnownIn(context: JobContext, crisis: Crisis, other: Crisis): Promise<boolean> {
  if (!other.isPrivate) return true;
  if (!crisis.isPrivate) return false;
  const cellOf = async ({ id, leadId }: Crisis) =>
    new Set([leadId, ...(await respondersOf(context.db, id)).filter((r) => !r.leftAt).map((r) => r.userId)]);
  const [readers, cell] = [await cellOf(crisis), await cellOf(other)];
  const roster = await rosterOf(context.db, crisis.workspaceId);
  return [...readers].every((userId) => mayKnowTitle(other, { userId, inCell: cell.has(userId) }, roster));
}

const languageOf = async (context: JobContext, crisis: Crisis, userId: string) =>
  (await findPerson(context.db, crisis.workspaceId, userId))?.language ?? crisis.language;

const briefKey = (crisis: Crisis) => `brief:${crisis.id}:${crisis.roomNumber}`;
const inRoomOf = (crisis: Crisis, channelId: string) => ({
  workspaceId: crisis.workspaceId,
  crisisId: crisis.id,
  channelId,
});

/**
 * Two round trips: the channel, then everything that needs only the channel, side by side; what can be read beforehand
 * is read while Slack creates the channel. What needs the brief (the pin) comes after. Each step is written down: a job
 * that comes back does what is missing and nothing else.
 */
async function openRoom(context: JobContext, crisis: Crisis): Promise<Crisis> {
  const steps = await stepsOf(context.db, crisis.id, crisis.roomNumber);
  const done = new Set(steps.filter((s) => s.state !== 'attempted').map((s) => s.step));
  const step = (name: string, act: () => Promise<unknown>) =>
    done.has(name) ? Promise.resolve() : runStep(context, crisis, name, act);
  const begun = steps.find((s) => s.step === 'create');
  const creating = crisis.channelId ? { id: crisis.channelId } : createChannel(context, crisis, begun);
  const preparing = { people: peopleToInvite(context, crisis), brief: briefOf(context, crisis) };
  // Awaited below; should the channel fail as well, a second failure must not end the process as an unhandled one.
  for (const preparation of Object.values(preparing)) preparation.catch(() => undefined);
  const channel = await creating;
  // Before anybody is invited: who joins a channel that is not known as a room yet would be missing from the timeline.
  if ('name' in channel) await recordChannel(context, crisis, channel);
  const people = await preparing.people;
  const outcomes = await Promise.allSettled([
    ...chunksOf(people, limits.inviteChunk).map((chunk) => inviteAll(context, crisis, channel.id, chunk)),
    step('brief', async () => mustShow(showBrief(context, crisis, channel.id, await preparing.brief))),
    step('topic', () => context.slack.setTopic(channel.id, topicOf(crisis))),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  const decision = await recordRoomReady(context, crisis.id);
  const shown = await findEffect(context.db, briefKey(crisis));
  const { ts } = shown?.state === 'done' ? shown : { ts: null };
  // A brief that was refused is pinned by the repair that shows it.
  if (ts && !done.has('pin')) await pinBrief(context, crisis, { channelId: channel.id, ts });
  return decision.ok ? decision.value : crisis;
}

const topicOf = (crisis: Crisis): string =>
  clip(words(crisis.language).topic(crisis.title, levelLabel(crisis.level, crisis.language)), limits.topic);

/** A permanent refusal is written down and said; it must not keep the other steps from being done. */
async function runStep(context: JobContext, crisis: Crisis, name: string, act: () => Promise<unknown>): Promise<void> {
  const key = { crisisId: crisis.id, roomNumber: crisis.roomNumber, step: name };
  try {
    await act();
    await beginStep(context.db, key, {}, context.now());
    await endStep(context.db, key);
  } catch (error) {
    if (isDatabaseDown(error) || (error instanceof SlackFailure && error.kind !== 'permanent')) throw error;
    // A bug in one step must not keep people from being called either.
    if (!(error instanceof SlackFailure)) context.log.error({ step: name, err: error }, 'a step of a room failed');
    await beginStep(context.db, key, {}, context.now());
    await failStep(context.db, key, error instanceof SlackFailure ? error.code : 'fault');
  }
}

/** Which name was asked for last, and since when. */
const askedSchema = z.object({ attempt: z.number().catch(0), askedAt: z.coerce.date().nullable().catch(null) });
type Asked = z.infer<typeof askedSchema>;

async function createChannel(context: JobContext, crisis: Crisis, begun: RoomStep | undefined): Promise<SlackChannel> {
  const asked = askedSchema.parse(begun?.detail ?? {});
  const channel = begun ? await findCreated(context, crisis, asked.attempt) : null;
  return channel ?? createNamed(context, crisis, asked);
}

/** A channel of ours may be in Slack's way before Slack lists it: for so long, a name that is taken may be taken by us. */
const listedWithin = MINUTE;

async function recordChannel(context: JobContext, crisis: Crisis, channel: SlackChannel): Promise<void> {
  await recordOpenedRoom(context, crisis, channel);
  await endStep(
    context.db,
    { crisisId: crisis.id, roomNumber: crisis.roomNumber, step: 'create' },
    { channelId: channel.id },
  );
}

async function createNamed(context: JobContext, crisis: Crisis, asked: Asked): Promise<SlackChannel> {
  const key = { crisisId: crisis.id, roomNumber: crisis.roomNumber, step: 'create' };
  for (let { attempt } = asked; attempt < asked.attempt + 20; attempt += 1) {
    const name = roomName(crisis, shortIdOf(crisis.id), attempt);
    const before = attempt === asked.attempt ? asked.askedAt : null;
    const askedAt = (before ?? context.now()).toISOString();
    await beginStep(context.db, key, { attempt, name, askedAt }, context.now());
    try {
      return await context.slack.createChannel(name, crisis.isPrivate);
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error;
      if (error.code !== 'name_taken') {
        if (error.kind === 'permanent') await failStep(context.db, key, error.code);
        throw error;
      }
      // Taken by ourselves, when Slack was still creating it as we asked again.
      const mine = await findCreated(context, crisis, attempt);
      if (mine) return mine;
      if (before && context.now() < after(before, listedWithin))
        throw new SlackFailure('conversations.create', 'transient', 'name_taken', 2 * SECOND);
    }
  }
  throw new SlackFailure('conversations.create', 'permanent', 'name_taken');
}

/** A creation whose answer was lost: a channel of ours, created by us, under the name that only this crisis asks for. */
async function findCreated(context: JobContext, crisis: Crisis, attempt: number): Promise<SlackChannel | null> {
  const name = roomName(crisis, shortIdOf(crisis.id), attempt);
  const { user_id: botUserId } = await context.slack.identity();
  const own = await context.slack.ownChannels(crisis.isPrivate);
  return own.find((channel) => channel.name === name && channel.creator === botUserId) ?? null;
}

async function peopleToInvite(context: JobContext, crisis: Crisis): Promise<string[]> {
  const cell = (await respondersOf(context.db, crisis.id)).filter((r) => !r.inRoom && !r.leftAt && !r.inviteError);
  const known = await findPeople(
    context.db,
    crisis.workspaceId,
    cell.map((r) => r.userId),
  );
  const refused = known.flatMap((p) => {
    const error = p.isExternal ? 'external' : p.isGuest ? 'guest' : p.isDeactivated ? 'deactivated' : null;
    return error ? [{ userId: p.id, error }] : [];
  });
  for (const { userId, error } of refused) await markInviteError(context.db, crisis.id, userId, error);
  const out = new Set(refused.map((r) => r.userId));
  return cell.map((r) => r.userId).filter((id) => !out.has(id));
}

async function inviteAll(
  context: JobContext,
  crisis: Crisis,
  channelId: string,
  userIds: readonly string[],
): Promise<void> {
  const errors = await context.slack
    .invite(channelId, userIds)
    .then((answer) => answer.errors ?? [])
    .catch((error: unknown) => {
      if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
      if (error.code === 'already_in_channel') return [];
      const listed = error.details['errors'];
      return Array.isArray(listed)
        ? (listed as { user?: string; error?: string }[])
        : userIds.map((user) => ({ user, error: error.code }));
    });
  const failed = new Map(
    errors.flatMap((e) => (e.user && e.error && e.error !== 'already_in_channel' ? [[e.user, e.error]] : [])),
  );
  for (const [userId, error] of failed) await markInviteError(context.db, crisis.id, userId, error);
  await markInRoom(
    context.db,
    crisis.id,
    userIds.filter((id) => !failed.has(id)),
  );
}

async function showBrief(context: JobContext, crisis: Crisis, channelId: string, shown: Message): Promise<Shown> {
  return deliver(context, { key: briefKey(crisis), ...inRoomOf(crisis, channelId), message: shown, edits: 'brief' });
}

async function briefOf(context: JobContext, crisis: Crisis): Promise<Message> {
  const facts = await briefFacts(context.db, crisis);
  const named = await namer(context.db, crisis.workspaceId, [
    ...facts.peopleIds,
    crisis.declaredBy,
    ...mentioned(crisis.summary),
  ]);
  return brief(crisis, facts, named, context.now());
}

const mentioned = (text: string): string[] => [...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((m) => m[1] as string);

async function mustShow(showing: Promise<Shown>): Promise<void> {
  const shown = await showing;
  if (shown.state === 'failed') throw new SlackFailure('chat.postMessage', 'permanent', shown.error);
}

const pinBrief = (context: JobContext, crisis: Crisis, at: { channelId: string; ts: string }): Promise<void> =>
  runStep(context, crisis, 'pin', () =>
    context.slack.pin(at.channelId, at.ts).catch((error: unknown) => {
      if (!(error instanceof SlackFailure) || error.code !== 'already_pinned') throw error;
    }),
  );

/** The form the declarer is looking at, and a message that stays: whichever they see first. */
async function tellDeclarer(context: JobContext, crisis: Crisis, viewId: string | null): Promise<void> {
  const userId = openerOf(crisis);
  const language = await languageOf(context, crisis, userId);
  const shown = ready(channelLink(crisis.channelId as string), language);
  // The form may be closed by now; the message is what counts.
  if (viewId && userId === crisis.declaredBy)
    await context.slack
      .updateView(viewId, { ...openingForm(crisis.title, language), blocks: shown.blocks })
      .catch(() => {});
  await tellPerson(context, crisis, userId, `ready:${crisis.id}:${crisis.roomNumber}`, shown);
}

async function tellPerson(
  context: JobContext,
  crisis: Crisis,
  userId: string,
  key: string,
  shown: ReturnType<typeof ready>,
): Promise<Shown> {
  const channelId = await context.slack.directChannel(userId);
  return deliver(context, { key, workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId, message: shown });
}

async function tellRoomProblem(context: JobContext, crisis: Crisis, error: unknown): Promise<boolean> {
  if (!(error instanceof SlackFailure)) return false;
  const w = words(await languageOf(context, crisis, openerOf(crisis)));
  const title = escapeMrkdwn(crisis.title);
  const shown =
    error.kind === 'permanent'
      ? message(w.roomFailedText, [section(w.roomFailed(title, `\`${error.code}\``))])
      : message(w.roomWaitingText, [section(w.roomWaiting(title))]);
  if (
    error.code === 'busy' ||
    (error.kind === 'transient' && error.retryAfterMs > 0 && error.retryAfterMs < 5 * SECOND)
  )
    return false;
  // When Slack is away this fails as well: the next attempt at the room says it again.
  return tellPerson(
    context,
    crisis,
    openerOf(crisis),
    `room-problem:${crisis.id}:${crisis.roomNumber}:${error.kind === 'permanent' ? 'refused' : 'waiting'}`,
    shown,
  ).then(
    ({ state }) => state === 'shown',
    () => false,
  );
}

async function tellLeftOut(context: JobContext, crisis: Crisis, userId: string, error: string): Promise<void> {
  const w = words(await languageOf(context, crisis, userId));
  const said = w.leftOut(escapeMrkdwn(crisis.title), w.why(error), crisis.number);
  await tellPerson(
    context,
    crisis,
    userId,
    `not-added:${crisis.id}:${crisis.roomNumber}:${userId}:${error}`,
    message(w.leftOutText, [section(said)]),
  );
}

/** Said once per opening, and again to whoever asked for a repair: silence would mean that nothing is missing. */
async function tellWhatIsMissing(context: JobContext, crisis: Crisis, repair?: number): Promise<void> {
  const once = repair === undefined ? '' : `:repair:${repair}`;
  const channelId = crisis.channelId as string;
  const cell = await respondersOf(context.db, crisis.id);
  const refused = cell.flatMap((r) => (r.inviteError ? [{ userId: r.userId, error: r.inviteError }] : []));
  const named = await namer(
    context.db,
    crisis.workspaceId,
    refused.map((r) => r.userId),
  );
  const w = words(crisis.language);
  if (refused.length > 0) {
    await deliver(context, {
      key: `not-added:${crisis.id}:${crisis.roomNumber}${once}`,
      ...inRoomOf(crisis, channelId),
      message: notAdded(crisis, refused, named),
    });
    // Who is not in the room does not see that they are not.
    const left = refused.filter(({ userId }) => userId === openerOf(crisis) || userId === crisis.leadId);
    for (const { userId, error } of left) await tellLeftOut(context, crisis, userId, error);
  }
  const empty = emptyDepartments(await rosterOf(context.db, crisis.workspaceId)).map((key) =>
    departmentName(key, null, crisis.language),
  );
  if (empty.length > 0) {
    const text = w.emptyRoster(escapeMrkdwn(empty.join(', ')));
    const settings = button(w.settings, { id: 'settings.open', value: '{}' });
    await deliver(context, {
      key: `empty-roster:${crisis.id}${once}`,
      ...inRoomOf(crisis, channelId),
      message: message(w.emptyRosterText, [section(text), actions(settings)]),
    });
  }
  const failed = (await stepsOf(context.db, crisis.id, crisis.roomNumber)).filter((s) => s.state === 'failed');
  if (failed.length > 0) {
    const lines = failed
      .map((s) => w.stepFailed(s.step in w.step ? w.step[s.step as keyof typeof w.step] : s.step, `\`${s.error}\``))
      .join('\n');
    await deliver(context, {
      key: `missing:${crisis.id}:${crisis.roomNumber}${once}`,
      ...inRoomOf(crisis, channelId),
      message: message(w.missingText, [section(w.missing(lines))]),
    });
  }
}
