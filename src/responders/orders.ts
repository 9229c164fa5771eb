import { alarm, inRoom, type Job, toPerson } from '../core/jobs.ts';
import { alarmKey, type Caller, type Callout, stageIds, toldIds } from './callout.ts';

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

export const showCard = ({ crisisId, id, round }: Callout): Job =>
  inRoom('responders.show_card', { crisisId, calloutId: id, round });

/** After the opening of the room, in its queue: a mention calls nobody who has not been invited yet. */
export const showFirstCards = (crisisId: string): Job => ({
  kind: 'responders.show_first_cards',
  queue: 'rooms',
  order: crisisId,
  data: { crisisId },
});

/**
 * Named here, done by the first hour's jobs: behind the cards, which call people to what it shows. Its key makes it once,
 * however often departments are called, and by anybody.
 */
export const startFirstHour = (crisisId: string): Job => ({
  kind: 'first_hour.start',
  queue: 'rooms',
  order: crisisId,
  key: `first_hour.start:${crisisId}`,
  data: { crisisId },
});

const tellOne = ({ crisisId, id, round }: Callout, userId: string): Job =>
  toPerson('responders.tell_called', { crisisId, calloutId: id, round, userId });
/** An edited card notifies nobody: deputies and lead get a message of their own. */
export const tellStage = (callout: Callout): Job[] =>
  callout.stage === 'people' ? [] : stageIds(callout).map((userId) => tellOne(callout, userId));
export const toldOf = (callout: Callout): Job[] => toldIds(callout).map((userId) => tellOne(callout, userId));

export const addToRoom = (crisisId: string, userId: string): Job => inRoom('war_room.add', { crisisId, userId });
export const newcomers = (crisisId: string, userIds: readonly string[], cellIds: ReadonlySet<string>): Job[] =>
  [...new Set(userIds)].filter((id) => !cellIds.has(id)).map((userId) => addToRoom(crisisId, userId));

export const tellPerson = (crisisId: string, userId: string, at: Date): Job =>
  toPerson('responders.tell_person', { crisisId, userId, at: at.getTime() });
export const showCall = (crisisId: string, at: Date): Job =>
  inRoom('responders.show_call', { crisisId, at: at.getTime() });

export const comeIn = (crisisId: string, by: Caller): Job[] => [
  ...(by.inRoom ? [] : [addToRoom(crisisId, by.userId)]),
  ...(by.calledAt ? [showCall(crisisId, by.calledAt), tellPerson(crisisId, by.userId, by.calledAt)] : []),
];
