/**
 * Work to be done after commit. `data` carries ids, never texts: the world has moved when the work is done.
 * - `rooms` opens war rooms, `outbox` shows things to people, `alarms` wakes rules at a time, `upkeep` reads Slack.
 * - `order`: jobs of one order run one at a time, first in first out, on whichever instance.
 * - `at`: not before. `key`: a second job with the same key is the same job; also the name to cancel it by.
 */
export type Job<K extends string = string, D extends JobData = JobData> = {
  kind: K;
  queue: Queue;
  data: D;
  order?: string;
  at?: Date;
  key?: string;
};

/** Whoever does a job asks the Slack of its workspace: its data says which one that is, or of which crisis. */
export type JobData = ({ workspaceId: string } | { crisisId: string }) & Record<string, unknown>;

export const queues = ['rooms', 'outbox', 'alarms', 'upkeep'] as const;
export type Queue = (typeof queues)[number];

/** Shown in a room, in the order in which things happened there. */
export const inRoom = <K extends string, D extends JobData & { crisisId: string }>(
  kind: K,
  data: D,
  key?: string,
): Job<K, D> => ({
  kind,
  queue: 'outbox',
  order: `room:${data.crisisId}`,
  data,
  ...(key ? { key } : {}),
});

/** Told to one person, in order. One person of an organisation has one id in all of its workspaces. */
export const toPerson = <K extends string, D extends JobData & { userId: string }>(
  kind: K,
  data: D,
  key?: string,
): Job<K, D> => ({
  kind,
  queue: 'outbox',
  order: `person:${ownerOf(data)}:${data.userId}`,
  data,
  ...(key ? { key } : {}),
});

const ownerOf = (data: JobData): string =>
  typeof data['crisisId'] === 'string' ? data['crisisId'] : (data as { workspaceId: string }).workspaceId;

/** Wakes a rule at a time. The rule asks again whether there is anything to do. */
export const alarm = <K extends string, D extends JobData>(kind: K, data: D, at: Date, key: string): Job<K, D> => ({
  kind,
  queue: 'alarms',
  data,
  at,
  key,
});

/** Runs a rule now, in a transaction of its own. */
export const atOnce = <K extends string, D extends JobData>(kind: K, data: D): Job<K, D> => ({
  kind,
  queue: 'alarms',
  data,
});

/** The same, once for the whole crisis however often it is ordered. */
export const once = (kind: string, crisisId: string): Job => ({
  ...atOnce(kind, { crisisId }),
  key: `${kind}:${crisisId}`,
});
