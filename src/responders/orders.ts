import { alarm, inRoom, type Job } from '../core/jobs.ts';
import { alarmKey, type Caller, type Callout } from './callout.ts';

export const alarmOf = (callout: Callout): Job[] =>
  callout.stage === 'lead'
    ? []
    : [
        alarm(
          'responders.escalate',
          { crisisId: callout.crisisId, calloutId: callout.id, version: callout.version },
          callout.dueAt,
          alarmKey(callout),
        ),
      ];

export const showCall = (crisisId: string): Job => inRoom('responders.show_call', { crisisId });

/** After the opening of the room, in its queue: a mention calls nobody who has not been invited yet. */
export const showFirstCall = (crisisId: string): Job => ({
  kind: 'responders.show_first_call',
  queue: 'rooms',
  order: crisisId,
  data: { crisisId },
});

/** An edited message notifies nobody: whoever is called later is mentioned in its thread. */
export const mentionCalled = (crisisId: string, callouts: readonly Callout[]): Job[] =>
  callouts.length === 0
    ? []
    : [
        inRoom('responders.mention', {
          crisisId,
          calls: callouts.map(({ id, round, stage }) => ({ calloutId: id, round, stage })),
        }),
      ];
export const mentionPeople = (crisisId: string, at: Date): Job =>
  inRoom('responders.mention', { crisisId, at: at.getTime() });

/**
 * Named here, done by the first hour's jobs: behind the call, which brings people to what it shows. Its key makes it once,
 * however often departments are called, and by anybody.
 */
export const startFirstHour = (crisisId: string): Job => ({
  kind: 'first_hour.start',
  queue: 'rooms',
  order: crisisId,
  key: `first_hour.start:${crisisId}`,
  data: { crisisId },
});

export const addToRoom = (crisisId: string, userId: string): Job => inRoom('war_room.add', { crisisId, userId });
export const newcomers = (crisisId: string, userIds: readonly string[], cellIds: ReadonlySet<string>): Job[] =>
  [...new Set(userIds)].filter((id) => !cellIds.has(id)).map((userId) => addToRoom(crisisId, userId));

export const comeIn = (crisisId: string, by: Caller): Job[] => [
  ...(by.inRoom ? [] : [addToRoom(crisisId, by.userId)]),
  showCall(crisisId),
];
