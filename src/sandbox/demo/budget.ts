import { MINUTE } from '../../core/time.ts';
import { elementsOf, isInteractive, isObject } from '../server/blocks.ts';
import type { Sandbox, SandboxChannel } from '../server/index.ts';

/** One message of the product, as it was when it was posted. */
export type Post = {
  channel: string;
  /** Milliseconds since 1970. */
  at: number;
  inThread: boolean;
  /** Names the message for ever: what it is about, and whose it is. */
  key: string;
  /** What could be pressed on it, each with its value. */
  buttons: string[];
};

/** What is read of the exported timeline. */
export type Entry = { kind: string; recordedAt: string; actorId: string | null; data: Record<string, unknown> };

export type Count = { what: Row; value: number; atMost: number };
export type Row =
  | 'untilPublication'
  | 'in70Minutes'
  | 'leadMessages'
  | 'othersMessages'
  | 'remindersOfDone'
  | 'tasksDoneByAct'
  | 'quietDigests';

/**
 * How loud a room may be (docs/decisions/0012): at most so many posts and direct messages in the first seventy minutes,
 * and nothing about what is done already.
 */
const atMost: Readonly<Record<Row, number>> = {
  untilPublication: 8,
  in70Minutes: 15,
  leadMessages: 8,
  othersMessages: 5,
  remindersOfDone: 0,
  tasksDoneByAct: 0,
  quietDigests: 0,
};

/** Notes each message of the product as it appears. */
export function listen(sandbox: Sandbox): { posts: Post[]; stop: () => void } {
  const posts: Post[] = [];
  const stop = sandbox.subscribe((event) => {
    if (event.type !== 'message' || event.change !== 'posted' || event.message.user !== sandbox.botUserId) return;
    const { channel, ts, thread_ts: thread, blocks = [], metadata } = event.message;
    if (event.message.type !== 'message' || !metadata) return;
    posts.push({
      channel,
      at: Math.round(Number(ts) * 1000),
      inThread: thread !== undefined && thread !== ts,
      key: String(metadata.event_payload?.['key'] ?? ''),
      buttons: blocks
        .flatMap(elementsOf)
        .filter(isInteractive)
        .filter(isObject)
        .map((one) => `${String(one['action_id'])} ${String(one['value'] ?? '')}`),
    });
  });
  return { posts, stop };
}

/** What somebody's press brings: a text that is submitted, a decision, a turn of the crisis. */
const pressedFor = /^(statement|decision|level|lead|closed|reopened|timeline)[:-]/;
/** A new message for a call or an approval is told at once, and counts apart. */
const urgent = /^(responders|statements)\./;

/** Counts a story that was played in a workspace against the budget. `entries`: its whole timeline. */
export function countedOf(
  sandbox: Sandbox,
  room: SandboxChannel,
  posts: readonly Post[],
  entries: readonly Entry[],
): Count[] {
  const timeOf = (kind: string) => entries.filter((one) => one.kind === kind).map((one) => Date.parse(one.recordedAt));
  const [declared = 0] = timeOf('crisis_declared');
  const [published = Number.POSITIVE_INFINITY] = timeOf('statement_published');
  const early = posts.filter(({ at }) => at <= declared + 70 * MINUTE);
  const inRoom = posts.filter((post) => post.channel === room.id && !post.inThread && !pressedFor.test(post.key));
  const lead = String(entries.find(({ kind }) => kind === 'crisis_declared')?.data['leadId'] ?? '');
  const counted = sandbox
    .people()
    .map(({ id }) => ({ id, news: newsOf(early.filter(({ channel }) => isDirect(sandbox, channel, id))) }));
  const values: Record<Row, number> = {
    untilPublication: inRoom.filter(({ at }) => at < published).length,
    in70Minutes: inRoom.filter(({ at }) => at <= declared + 70 * MINUTE).length,
    leadMessages: counted.find(({ id }) => id === lead)?.news ?? 0,
    othersMessages: Math.max(0, ...counted.filter(({ id }) => id !== lead).map(({ news }) => news)),
    remindersOfDone: posts.filter((post) => isOfDone(post, entries)).length,
    tasksDoneByAct: 0,
    quietDigests: posts.filter(({ key }) => key.startsWith('digest-quiet:')).length,
  };
  return (Object.keys(atMost) as Row[]).map((what) => ({ what, value: values[what], atMost: atMost[what] }));
}

const isDirect = (sandbox: Sandbox, channelId: string, userId: string): boolean => {
  const channel = sandbox.channel(channelId);
  return channel?.kind === 'im' && channel.members.includes(userId);
};

/** New messages without those that a call or an approval brought. */
const newsOf = (posts: readonly Post[]): number =>
  posts.filter((post, i) => {
    const before = new Set(posts.slice(0, i).flatMap(({ buttons }) => buttons));
    return !post.buttons.some((one) => urgent.test(one) && !before.has(one));
  }).length;

/** Asks for a task that was done, or an approval that was given, before it was posted. */
function isOfDone(post: Post, entries: readonly Entry[]): boolean {
  const done = entries.filter(({ recordedAt }) => Date.parse(recordedAt) < post.at);
  return post.buttons.some((one) => {
    const value = one.slice(one.indexOf(' ') + 1);
    const ids = done.filter(({ kind }) => kind === 'task_done' || kind === 'task_done_by_act');
    return ids.some(({ data }) => typeof data['taskId'] === 'string' && value.includes(data['taskId']));
  });
}
