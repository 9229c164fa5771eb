import { z } from 'zod';
import { isDatabaseDown } from '../../db/client.ts';
import { atOnce } from '../core/jobs.ts';
import { eachInBoth } from '../core/locale.ts';
import { after, MINUTE, SECOND } from '../core/time.ts';
import { recordOpenedRoom, recordRoomReady } from '../crises/change.ts';
import { type Crisis, mayKnowTitle, openerOf } from '../crises/rules.ts';
import { briefKey, crisisWithRoom, personReader, roomReader, showInRoom, tellPerson } from '../crises/show.ts';
import {
  cellOf,
  findCrisis,
  findCrisisOfChannel,
  lockCrisis,
  markInRoom,
  markInviteError,
  respondersOf,
} from '../crises/store.ts';
import { levelLabel, nameOf, signOf } from '../crises/text.ts';
import { openingForm } from '../crises/views.ts';
import { order } from '../jobs/commit.ts';
import { emptyDepartments } from '../people/rules.ts';
import { findPeople, rosterOf } from '../people/store.ts';
import { type Message, message, section, sections } from '../slack/blocks.ts';
import { Busy, type Shown } from '../slack/deliver.ts';
import { SlackFailure } from '../slack/failures.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import type { SlackChannel } from '../slack/gateway.ts';
import { findEffect, forgetOld, recordUndrawn, restoredFrom } from '../slack/ledger.ts';
import { clip, limits } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, mention, slackTime } from '../slack/mrkdwn.ts';
import { mentionedIn } from '../timeline/export.ts';
import { recordAbsence, recordRename } from './change.ts';
import { jobWords } from './job-text.ts';
import { presenceKey } from './rules.ts';
import { briefFacts } from './snapshot.ts';
import { beginStep, endStep, failStep, type RoomStep, stepsOf } from './store.ts';
import { words } from './text.ts';
import { tellRefused } from './trouble.ts';
import { brief, emptyRoster, joinRequest, missingSteps, notAdded, ready } from './views.ts';
import { chunksOf, roomName } from './war-room.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofPerson = ofCrisis.extend({ userId: z.string() });
const ofLostRoom = ofCrisis.extend({ how: z.enum(['archived', 'removed']).default('archived') });
const ofPresence = ofPerson.extend({ leftAt: z.number().nullable().default(null) });

export const jobs: readonly JobHandler[] = [
  onJob(
    'war_room.open',
    what('open'),
    ofCrisis.extend({ roomNumber: z.number(), viewId: z.string().nullable(), repair: z.number().optional() }),
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
        await tellDeclarerOnce(context, opened, data.viewId);
      } finally {
        await tellWhatIsMissing(context, opened, data.repair);
      }
    },
  ),
  onJob('war_room.refresh_brief', what('refresh_brief'), ofCrisis, async (context, { crisisId }) => {
    const crisis = await context.db.transaction((tx) => lockCrisis(tx, crisisId));
    if (!crisis.channelId) return;
    const posted = (await stepsOf(context.db, crisis.id, crisis.roomNumber)).find((s) => s.step === 'brief');
    // The opening of the room posts the brief; until it has, there is nothing to refresh.
    if (!posted || posted.state === 'attempted') throw new Busy(briefKey(crisis));
    if (posted.state !== 'done') return;
    const before = await findEffect(context.db, briefKey(crisis));
    const shown = await showInRoom(context, crisis, briefKey(crisis), await briefOf(context, crisis), {
      edits: 'brief',
    });
    // Somebody deleted it, and its pin and the lists in its thread with it.
    if (shown.state !== 'shown' || shown.ts === before?.ts) return;
    await pinBrief(context, crisis, shown);
    await order(context, context.slices.follow('room_lost', crisis.id));
  }),
  onJob('war_room.set_topic', what('set_topic'), ofCrisis, async (context, { crisisId }) => {
    const crisis = await crisisWithRoom(context, crisisId);
    if (crisis) await context.slack.setTopic(crisis.channelId, topicOf(crisis));
  }),
  onJob('war_room.hide_name', what('hide_name'), ofCrisis, async (context, { crisisId }) => {
    const crisis = await crisisWithRoom(context, crisisId);
    // Without a number it has had its code name from the start.
    if (!crisis?.codeName || crisis.number === null) return;
    await renameRoom(context, crisis, crisis.codeName);
    const w = words((await personReader(context, crisis, crisis.leadId)).language);
    const shown = message(w.nameHiddenText, [section(w.nameHidden(crisis.codeName, channelLink(crisis.channelId)))]);
    await tellPerson(context, crisis, crisis.leadId, `name-hidden:${crisis.id}`, shown);
  }),
  onJob('war_room.tell_twin', what('tell_twin'), ofCrisis.extend({ otherId: z.uuid() }), async (context, data) => {
    const [crisis, other] = await Promise.all([
      crisisWithRoom(context, data.crisisId),
      findCrisis(context.db, data.otherId),
    ]);
    if (!crisis || !other) return;
    const [{ language, named }, isKnown] = await Promise.all([
      roomReader(context, crisis, [other.declaredBy]),
      isKnownIn(context, crisis, other),
    ]);
    const w = words(language);
    const room = other.channelId ? channelLink(other.channelId) : signOf(other, language);
    const name = escapeMrkdwn(named(other.declaredBy));
    const text = isKnown ? w.twin(name, escapeMrkdwn(other.title), room) : w.twinConfidential(name);
    await showInRoom(context, crisis, `twin:${crisis.id}:${other.id}`, message(w.twinText, [section(text)]));
  }),
  onJob(
    'war_room.tell_lead',
    what('tell_lead'),
    ofCrisis.extend({ leadId: z.string(), seq: z.number() }),
    async (context, { crisisId, leadId, seq }) => {
      const crisis = await crisisWithRoom(context, crisisId);
      if (!crisis) return;
      const w = words(crisis.language);
      const shown = message(w.newLeadText, [section(w.newLead(mention(leadId)))]);
      await showInRoom(context, crisis, `lead:${crisis.id}:${seq}`, shown);
    },
  ),
  onJob('war_room.add', what('add'), ofPerson, async (context, { crisisId, userId }) => {
    const crisis = await crisisWithRoom(context, crisisId);
    if (!crisis) return;
    await inviteAll(context, crisis, crisis.channelId, [userId]);
    // What waits on them counts from now on: no entry of the timeline says that they are in.
    await order(context, [atOnce('waiting.look', { crisisId })]);
    await tellWhatIsMissing(context, crisis);
  }),
  onJob('war_room.join_request', what('join_request'), ofPresence, async (context, { crisisId, userId, leftAt }) => {
    const crisis = await crisisWithRoom(context, crisisId);
    if (!crisis) return;
    const shown = joinRequest(crisis, userId, await roomReader(context, crisis, [userId]));
    await showInRoom(context, crisis, presenceKey('join', crisisId, userId, leftAt), shown);
  }),
  onJob('war_room.tell_added', what('tell_added'), ofPresence, async (context, { crisisId, userId, leftAt }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis?.channelId) return;
    const w = words((await personReader(context, crisis, userId)).language);
    const said = w.addedToRoom(channelLink(crisis.channelId), escapeMrkdwn(nameOf(crisis)));
    const shown = message(w.addedToRoomText, [section(said)]);
    await tellPerson(context, crisis, userId, presenceKey('added', crisisId, userId, leftAt), shown);
  }),
  onJob(
    'war_room.tell_concerned',
    what('tell_concerned'),
    ofPerson.extend({ otherId: z.string(), at: z.number() }),
    async (context, { crisisId, userId, otherId, at }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (!crisis?.channelId) return;
      const { language, named } = await personReader(context, crisis, userId, [otherId]);
      const w = words(language);
      const said = w.concerned(
        escapeMrkdwn(named(otherId)),
        channelLink(crisis.channelId),
        escapeMrkdwn(nameOf(crisis)),
      );
      const key = `concerned-in:${crisisId}:${otherId}:${at}`;
      await tellPerson(context, crisis, userId, key, message(w.concernedText, sections(said)));
    },
  ),
  onJob('war_room.name_outsider', what('name_outsider'), ofPerson, async (context, { crisisId, userId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis?.channelId) return;
    const { language, named } = await roomReader(context, crisis, [userId]);
    const w = words(language);
    const shown = message(w.outsiderText(named(userId)), [section(w.outsider(escapeMrkdwn(named(userId))))]);
    await showInRoom(context, crisis, `outsider:${crisis.id}:${userId}`, shown);
  }),
  onJob(
    'war_room.record_absence',
    what('record_absence'),
    z.object({ workspaceId: z.string(), removedAt: z.iso.datetime() }),
    (context, { workspaceId, removedAt }) => recordAbsence(context, workspaceId, new Date(removedAt)),
  ),
  onJob(
    'war_room.tell_back',
    what('tell_back'),
    ofPerson.extend({ removedAt: z.iso.datetime() }),
    async (context, { crisisId, userId, removedAt }) => {
      const crisis = await findCrisis(context.db, crisisId);
      if (crisis?.status !== 'open' || !crisis.channelId) return;
      const w = words((await personReader(context, crisis, userId)).language);
      const shown = message(w.backText, [section(w.back(escapeMrkdwn(nameOf(crisis)), channelLink(crisis.channelId)))]);
      await tellPerson(context, crisis, userId, `back:${crisis.id}:${removedAt}`, shown);
    },
  ),
  onJob('war_room.tell_archived', what('tell_archived'), ofLostRoom, async (context, { crisisId, how }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis || crisis.status === 'closed') return;
    const { language } = await personReader(context, crisis, crisis.leadId);
    const w = words(language);
    const said = w[how](escapeMrkdwn(nameOf(crisis)), signOf(crisis, language));
    const shown = message(w[`${how}Text`], [section(said)]);
    await tellPerson(context, crisis, crisis.leadId, `${how}:${crisis.id}:${crisis.channelId}`, shown);
  }),
  onJob('war_room.tell_restored', what('tell_restored'), ofCrisis, async (context, { crisisId }) => {
    const [crisis, restored] = await Promise.all([
      crisisWithRoom(context, crisisId),
      restoredFrom(context.db, context.now()),
    ]);
    if (!crisis || !restored) return;
    const w = words(crisis.language);
    const made = slackTime(restored.madeAt, crisis.timeZone, crisis.language, 'day_time');
    const shown = message(w.restoredText, [section(w.restored(made, (crisis.numbersFrom ?? 0) + 1))]);
    await showInRoom(context, crisis, `restored:${crisisId}:${restored.restoredAt.getTime()}`, shown);
  }),
  onJob('war_room.forget_old', what('forget_old'), z.object({}), ({ db, now }) => forgetOld(db, now())),
  onJob(
    'war_room.tell_trouble',
    what('tell_trouble'),
    z.object({ crisisId: z.uuid().optional(), effectKey: z.string(), at: z.number() }),
    tellRefused,
  ),
];

/** Whether everybody who reads a room may know the title of another crisis. */
async function isKnownIn(context: JobContext, crisis: Crisis, other: Crisis): Promise<boolean> {
  if (!other.isPrivate) return true;
  if (!crisis.isPrivate) return false;
  const cellWithLead = async ({ id, leadId }: Crisis) => (await cellOf(context.db, id)).add(leadId);
  const [readers, cell, roster] = await Promise.all([
    cellWithLead(crisis),
    cellWithLead(other),
    rosterOf(context.db, crisis.workspaceId),
  ]);
  return [...readers].every((userId) => mayKnowTitle(other, { userId, inCell: cell.has(userId) }, roster));
}

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
  const inIt = { ...crisis, channelId: channel.id };
  const people = await preparing.people;
  const outcomes = await Promise.allSettled([
    ...chunksOf(people, limits.inviteChunk).map((chunk) => inviteAll(context, crisis, channel.id, chunk)),
    step('brief', async () => mustShow(showInRoom(context, inIt, briefKey(crisis), await preparing.brief))),
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
  clip(words(crisis.language).topic(nameOf(crisis), levelLabel(crisis.level, crisis.language)), limits.topic);

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
    if (name === 'brief') {
      const { workspaceId, id: crisisId, channelId } = crisis;
      const effect = { key: briefKey(crisis), workspaceId, crisisId, channelId, what: nameOf(crisis) };
      await recordUndrawn(context.db, { ...effect, job: context.job ?? null }, context.now());
    }
  }
}

/** Which name was asked for last, and since when. */
const askedSchema = z.object({
  attempt: z.number().catch(0),
  name: z.string().nullable().catch(null),
  askedAt: z.coerce.date().nullable().catch(null),
});
type Asked = z.infer<typeof askedSchema>;

async function createChannel(context: JobContext, crisis: Crisis, begun: RoomStep | undefined): Promise<SlackChannel> {
  const asked = askedSchema.parse(begun?.detail ?? {});
  const copied = begun ? null : await restoredFrom(context.db, context.now());
  // After the copy was made it may have been created already.
  const { name, askedAt } = copied ? { name: roomName(crisis, 0), askedAt: copied.madeAt } : asked;
  const channel = name && askedAt ? await findCreated(context, crisis, name, askedAt) : null;
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
    const name = roomName(crisis, attempt);
    const before = name === asked.name ? asked.askedAt : null;
    const askedAt = before ?? context.now();
    await beginStep(context.db, key, { attempt, name, askedAt: askedAt.toISOString() }, context.now());
    try {
      return await context.slack.createChannel(name, crisis.isPrivate);
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error;
      if (error.code !== 'name_taken') {
        if (error.kind === 'permanent') await failStep(context.db, key, error.code);
        throw error;
      }
      // Taken by ourselves, when Slack was still creating it as we asked again.
      const mine = await findCreated(context, crisis, name, askedAt);
      if (mine) return mine;
      if (before && context.now() < after(before, listedWithin))
        throw new SlackFailure('conversations.create', 'transient', 'name_taken', 2 * SECOND);
    }
  }
  throw new SlackFailure('conversations.create', 'permanent', 'name_taken');
}

/**
 * A creation whose answer was lost: a channel of that name which we created since we asked for it, and which is the room
 * of no crisis.
 */
async function findCreated(
  context: JobContext,
  crisis: Crisis,
  name: string,
  askedAt: Date,
): Promise<SlackChannel | null> {
  const { user_id: botUserId } = await context.slack.identity();
  const own = await context.slack.ownChannels(crisis.isPrivate);
  const found = own.find((channel) => channel.name === name && channel.creator === botUserId);
  // Slack's clock may be somewhat behind ours.
  if (!found || (found.created ?? 0) * SECOND < after(askedAt, -clocksDiffer).getTime()) return null;
  return (await findCrisisOfChannel(context.db, crisis.workspaceId, found.id, null)) ? null : found;
}

const clocksDiffer = MINUTE;

/** Once, whatever is repeated: a name that somebody gives the room afterwards stays. */
async function renameRoom(
  context: JobContext,
  crisis: Crisis & { channelId: string },
  codeName: string,
): Promise<void> {
  const { id: crisisId, roomNumber, workspaceId, channelId } = crisis;
  const key = { crisisId, roomNumber, step: 'hide_name' };
  const begun = (await stepsOf(context.db, crisisId, roomNumber)).find(({ step }) => step === key.step);
  if (begun?.state === 'done') return;
  await beginStep(context.db, key, {}, context.now());
  const now = begun ? (await context.slack.channel(channelId)).name : crisis.channelName;
  const name = now?.includes(codeName) ? now : await renamed(context, crisis);
  // Slack tells it as well: whichever comes second finds it done.
  await recordRename(context, { workspaceId, channelId, deliveryKey: null }, name);
  await endStep(context.db, key);
}

async function renamed(context: JobContext, crisis: Crisis & { channelId: string }): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1)
    try {
      return (await context.slack.renameChannel(crisis.channelId, roomName(crisis, attempt))).name;
    } catch (error) {
      if (!(error instanceof SlackFailure) || error.code !== 'name_taken') throw error;
    }
  throw new SlackFailure('conversations.rename', 'permanent', 'name_taken');
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

async function briefOf(context: JobContext, crisis: Crisis): Promise<Message> {
  const facts = await briefFacts(context.db, context.slices, crisis, context.now());
  const people = [...facts.peopleIds, crisis.declaredBy, ...mentionedIn(crisis.summary)];
  return brief(crisis, facts, await roomReader(context, crisis, people));
}

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

/** A repair finds a room of which they know. */
async function tellDeclarerOnce(context: JobContext, crisis: Crisis, viewId: string | null): Promise<void> {
  const key = { crisisId: crisis.id, roomNumber: crisis.roomNumber, step: 'ready' };
  const steps = await stepsOf(context.db, crisis.id, crisis.roomNumber);
  if (steps.some(({ step, state }) => step === 'ready' && state === 'done')) return;
  await tellDeclarer(context, crisis, viewId);
  await beginStep(context.db, key, {}, context.now());
  await endStep(context.db, key);
}

/** In the form that the declarer is looking at; where none is open any more, in a message. */
async function tellDeclarer(context: JobContext, crisis: Crisis, viewId: string | null): Promise<void> {
  const userId = openerOf(crisis);
  const { language } = await personReader(context, crisis, userId);
  const shown = ready(channelLink(crisis.channelId as string), language);
  const isSeen =
    viewId !== null &&
    userId === crisis.declaredBy &&
    (await context.slack.updateView(viewId, { ...openingForm(nameOf(crisis), language), blocks: shown.blocks }).then(
      () => true,
      () => false,
    ));
  if (!isSeen) await tellPerson(context, crisis, userId, `ready:${crisis.id}:${crisis.roomNumber}`, shown);
}

/** Tells who declared that there is no room, or not yet. Answers whether they were told. */
async function tellRoomProblem(context: JobContext, crisis: Crisis, error: unknown): Promise<boolean> {
  if (!(error instanceof SlackFailure)) return false;
  const isSoonOver = error.kind === 'transient' && error.retryAfterMs > 0 && error.retryAfterMs < 5 * SECOND;
  if (error.code === 'busy' || isSoonOver) return false;
  const userId = openerOf(crisis);
  const w = words((await personReader(context, crisis, userId)).language);
  const title = escapeMrkdwn(nameOf(crisis));
  const [what, shown] =
    error.kind === 'permanent'
      ? ['refused', message(w.roomFailedText, [section(w.roomFailed(title, `\`${error.code}\``))])]
      : ['waiting', message(w.roomWaitingText, [section(w.roomWaiting(title))])];
  const key = `room-problem:${crisis.id}:${crisis.roomNumber}:${what}`;
  // When Slack is away this fails as well: the next attempt at the room says it again.
  return tellPerson(context, crisis, userId, key, shown).then(
    ({ state }) => state === 'shown',
    () => false,
  );
}

async function tellLeftOut(context: JobContext, crisis: Crisis, userId: string, error: string): Promise<void> {
  const w = words((await personReader(context, crisis, userId)).language);
  const said = w.leftOut(escapeMrkdwn(nameOf(crisis)), w.why(error), crisis.codeName ?? String(crisis.number));
  const key = `not-added:${crisis.id}:${crisis.roomNumber}:${userId}:${error}`;
  await tellPerson(context, crisis, userId, key, message(w.leftOutText, [section(said)]));
}

/** Said once per opening, and again to the person who asked for a repair: silence would mean that nothing is missing. */
async function tellWhatIsMissing(context: JobContext, crisis: Crisis, repair?: number): Promise<void> {
  const once = repair === undefined ? '' : `:repair:${repair}`;
  const [cell, roster, steps] = await Promise.all([
    respondersOf(context.db, crisis.id),
    rosterOf(context.db, crisis.workspaceId),
    stepsOf(context.db, crisis.id, crisis.roomNumber),
  ]);
  const refused = cell.flatMap((r) => (r.inviteError ? [{ userId: r.userId, error: r.inviteError }] : []));
  const reader = await roomReader(
    context,
    crisis,
    refused.map((r) => r.userId),
  );
  if (refused.length > 0) {
    const key = `not-added:${crisis.id}:${crisis.roomNumber}${once}`;
    await showInRoom(context, crisis, key, notAdded(crisis, refused, reader.named));
    // Who is not in the room does not see that they are not.
    const left = refused.filter(({ userId }) => userId === openerOf(crisis) || userId === crisis.leadId);
    for (const { userId, error } of left) await tellLeftOut(context, crisis, userId, error);
  }
  // A closed team calls few on purpose; the board says whom not.
  const empty = crisis.isClosed ? [] : emptyDepartments(roster);
  if (empty.length > 0)
    await showInRoom(context, crisis, `empty-roster:${crisis.id}${once}`, emptyRoster(empty, reader));
  const failed = steps.filter((s) => s.state === 'failed');
  if (failed.length > 0) {
    const key = `missing:${crisis.id}:${crisis.roomNumber}${once}`;
    await showInRoom(context, crisis, key, missingSteps(failed, reader));
  }
}
