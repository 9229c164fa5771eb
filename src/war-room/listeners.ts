import { z } from 'zod';
import { inBoth } from '../core/locale.ts';
import { actorOf } from '../crises/listeners.ts';
import { crisesOfPerson, findCrisisOfChannel } from '../crises/store.ts';
import { words as crisisWords } from '../crises/text.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { findPerson } from '../people/store.ts';
import { type Call, type EventCall, type Feature, onEvent, onPress, type Reply } from '../slack/feature.ts';
import { letPersonIn, recordChannelChange, recordRename, recordSeen, repairRoom } from './change.ts';
import { jobs } from './jobs.ts';
import { words } from './text.ts';

const membership = (type: 'member_joined_channel' | 'member_left_channel') =>
  onEvent(type, z.looseObject({ user: z.string(), channel: z.string() }), async (call, event) => {
    const person = await findPerson(call.db, call.workspaceId, event.user);
    if (person?.isBot) return;
    const isOutsider = person !== undefined && (person.isGuest || person.isExternal);
    await recordSeen(
      call,
      seenIn(call, event.channel),
      type === 'member_joined_channel' ? 'joined' : 'left',
      event.user,
      isOutsider,
    );
  });

const channelEvent = (type: string, kind: 'archived' | 'unarchived') =>
  onEvent(type, z.looseObject({ channel: z.string(), user: z.string().optional() }), (call, event) =>
    recordChannelChange(call, seenIn(call, event.channel), kind, event.user ?? null),
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

/** From the room itself; from elsewhere for a crisis whose room never opened, or by its number. */
async function repair(call: Call, text: string): Promise<Reply> {
  const w = words(call.who.language);
  const here = call.channelId ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId) : undefined;
  const mine = here ? [] : await crisesOfPerson(call.db, call.who.workspaceId, call.who.userId);
  const number = Number(text.replace(/^#|^n°\s*/, ''));
  const crisis = here ?? mine.find((c) => (number ? c.number === number : c.channelId === null));
  if (!crisis) return { text: crisisWords(call.who.language).refused.not_in_room };
  const decision = await repairRoom(call, actorOf(call), crisis.id);
  return { text: decision.ok ? w.repairing : crisisWords(call.who.language).refused[decision.refusal.code] };
}

export const warRoom: Feature = {
  name: 'war-room',
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
    onPress('war-room.ask_to_join', z.object({ crisisId: z.uuid() }), async (call, { crisisId }) => {
      const { userId } = call.who;
      const job = {
        kind: 'war_room.join_request',
        queue: 'outbox' as const,
        order: `room:${crisisId}`,
        key: `join:${crisisId}:${userId}`,
        data: { crisisId, userId },
      };
      await call.db.transaction((tx) => enqueue(call.boss, tx, [job], call.now()));
      return { text: words(call.who.language).asked };
    }),
    onPress(
      'war-room.let_in',
      z.object({ crisisId: z.uuid(), userId: z.string() }),
      async (call, { crisisId, userId }) => {
        const decision = await letPersonIn(call, actorOf(call), crisisId, userId);
        const person = await findPerson(call.db, call.who.workspaceId, userId);
        return {
          text: decision.ok
            ? words(call.who.language).added(person?.name ?? userId)
            : crisisWords(call.who.language).refused[decision.refusal.code],
        };
      },
    ),
  ],
  events: [
    membership('member_joined_channel'),
    membership('member_left_channel'),
    channelEvent('channel_archive', 'archived'),
    channelEvent('group_archive', 'archived'),
    channelEvent('channel_unarchive', 'unarchived'),
    channelEvent('group_unarchive', 'unarchived'),
    renameEvent('channel_rename'),
    renameEvent('group_rename'),
  ],
  jobs,
};
