import { z } from 'zod';
import { inRoom } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { crisisNamed, readerOf, roomHere } from '../crises/here.ts';
import { sayNo } from '../crises/own-refusals.ts';
import { isNamed, readName } from '../crises/rules.ts';
import { crisesOfPerson, findCrisisOf, findCrisisOfChannel, findMember, openCrisesOf } from '../crises/store.ts';
import { askToJoin } from '../crises/views.ts';
import { order } from '../jobs/commit.ts';
import { readRoom } from '../log/missed/rules.ts';
import { findPerson } from '../people/store.ts';
import { personIfKnown } from '../people/who.ts';
import { type Call, type EventCall, type Feature, onEvent, type Reply } from '../slack/feature.ts';
import { restoredFrom } from '../slack/ledger.ts';
import { mentionedIn } from '../timeline/export.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { letPersonIn, recordChannelChange, recordRename, recordSeen, repairRoom } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { type ChannelChange, joinRequest } from './rules.ts';
import { leftAtOf } from './store.ts';
import { words } from './text.ts';
import { letIn, readAll, summaryView } from './views.ts';

/** `event_ts` is when it happened: Slack repeats what it could not deliver up to an hour later. */
const membershipEvent = z.looseObject({ user: z.string(), channel: z.string(), event_ts: z.string().optional() });

const membership = (type: 'member_joined_channel' | 'member_left_channel') =>
  onEvent(type, membershipEvent, async (call, event) => {
    const crisis = await findCrisisOfChannel(call.db, call.workspaceId, event.channel, null);
    if (!crisis) return;
    const { botUserId } = await workspaceOf(call.db, call.workspaceId);
    // The product comes back into a room: what was said there meanwhile is read.
    if (event.user === botUserId && type === 'member_joined_channel' && crisis.status === 'open')
      await order(call, [readRoom({ crisisId: crisis.id, channelId: event.channel }, null, call.now())]);
    const person = await personIfKnown(call, call.workspaceId, event.user);
    if (person?.isBot) return;
    const isOutsider = !person || person.isGuest || person.isExternal;
    await recordSeen(
      call,
      seenIn(call, event.channel),
      type === 'member_joined_channel' ? 'joined' : 'left',
      event.user,
      isOutsider,
      event.event_ts ? new Date(Number(event.event_ts) * 1000) : call.now(),
    );
  });

const channelEvent = (type: string, kind: ChannelChange) =>
  onEvent(
    type,
    z.looseObject({ channel: z.string(), user: z.string().nullish(), actor_id: z.string().nullish() }),
    (call, event) => recordChannelChange(call, seenIn(call, event.channel), kind, event.user ?? event.actor_id ?? null),
  );

const renameEvent = (type: string) =>
  onEvent(type, z.looseObject({ channel: z.looseObject({ id: z.string(), name: z.string() }) }), (call, event) =>
    recordRename(call, seenIn(call, event.channel.id), event.channel.name),
  );

const seenIn = (call: EventCall, channelId: string) => ({
  workspaceId: call.workspaceId,
  channelId,
  deliveryKey: call.deliveryKey,
});

/** From the room itself; from elsewhere for a crisis whose room never opened, or by its name. */
async function repair(call: Call, text: string): Promise<Reply> {
  const { language, userId, workspaceId } = call.who;
  const here = await roomHere(call);
  const mine = here ? [] : await crisesOfPerson(call.db, workspaceId, userId);
  const { name } = readName(text);
  const crisis = here ?? mine.find((c) => (name ? isNamed(c, name) : c.channelId === null));
  if (!crisis) return { text: sayNo({ code: 'not_in_room' }, language) };
  const decision = await repairRoom(call, crisis.id);
  return { text: decision.ok ? words(language).repairing : sayNo(decision.refusal, language) };
}

export const warRoom: Feature = {
  name: 'war-room',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  follows: {
    level_changed: (crisisId) => [inRoom('war_room.set_topic', { crisisId })],
  },
  subcommands: [
    {
      name: 'repair',
      aliases: ['réparer', 'reparer'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).repairHelp),
      run: repair,
    },
  ],
  actions: [
    readAll.on(async (call, { crisisId }) => {
      const found = await crisisNamed(call, crisisId);
      if ('reply' in found) return found.reply;
      const reader = await readerOf(call, mentionedIn(found.crisis.summary));
      await call.openModal(summaryView(found.crisis, reader));
    }),
    askToJoin.on(async (call, { crisisId }) => {
      const { userId, workspaceId, language } = call.who;
      const crisis = await findCrisisOf(call.db, workspaceId, crisisId);
      // A closed team is not offered to anybody: who asks by themselves learns not even that it exists.
      if (!crisis || (crisis.isClosed && !(await findMember(call.db, crisis, userId, call.channelId)).inCell))
        return { text: sayNo({ code: 'not_in_room' }, language) };
      await order(call, [joinRequest(crisisId, { userId, leftAt: await leftAtOf(call.db, crisisId, userId) })]);
      return { text: words(language).asked };
    }),
    letIn.on(async (call, { crisisId, userId }) => {
      const { language, workspaceId } = call.who;
      const decision = await letPersonIn(call, crisisId, userId);
      if (!decision.ok) return { text: sayNo(decision.refusal, language) };
      const person = await findPerson(call.db, workspaceId, userId);
      return { text: words(language).added(person?.name ?? userId) };
    }),
  ],
  events: [
    membership('member_joined_channel'),
    membership('member_left_channel'),
    channelEvent('channel_archive', 'archived'),
    channelEvent('group_archive', 'archived'),
    channelEvent('channel_unarchive', 'unarchived'),
    channelEvent('group_unarchive', 'unarchived'),
    channelEvent('channel_deleted', 'deleted'),
    channelEvent('group_deleted', 'deleted'),
    channelEvent('channel_left', 'removed'),
    channelEvent('group_left', 'removed'),
    renameEvent('channel_rename'),
    renameEvent('group_rename'),
  ],
  jobs,
  start: async (deps, workspaceId) => {
    await deps.boss.schedule(
      'upkeep',
      '41 3 * * *',
      { kind: 'war_room.forget_old', workspaceId },
      { key: `forget.${workspaceId}` },
    );
    const restored = await restoredFrom(deps.db, deps.now());
    if (!restored) return;
    const open = await openCrisesOf(deps.db, workspaceId);
    await order(
      deps,
      open.map(({ id }) =>
        inRoom('war_room.tell_restored', { crisisId: id }, `restored:${id}:${restored.restoredAt.getTime()}`),
      ),
    );
  },
};
