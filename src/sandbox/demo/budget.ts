import { asc, eq } from 'drizzle-orm';
import { tasks as taskTable } from '../../../db/schema/index.ts';
import { bilingual } from '../../core/locale.ts';
import { MINUTE } from '../../core/time.ts';
import { closing } from '../../tasks/noticed.ts';
import { evidenceOf, tasksOf } from '../../tasks/store.ts';
import { elementsOf, isInteractive } from '../server/blocks.ts';
import type { Sandbox, SandboxChannel } from '../server/index.ts';
import type { Stage } from './stage.ts';

/** One message of the product, as it was when it was posted. */
export type Post = {
  channel: string;
  /** Milliseconds since 1970. */
  at: number;
  inThread: boolean;
  /** Names the message for ever: what it is about, and whose it is. */
  key: string;
  /** What could be pressed on it: what it does, and its value. */
  buttons: { does: string; value: string }[];
};

/** What is read of the exported timeline. */
export type Timeline = {
  crisis: { id: string };
  entries: { kind: string; recordedAt: string; actorId: string | null; data: Record<string, unknown> }[];
};
type Entry = Timeline['entries'][number];

/**
 * How loud a room may be (docs/decisions/0014): at most so many posts and direct messages in the first seventy minutes,
 * and nothing about what is done already.
 */
export const budget = {
  untilPublication: 8,
  in70Minutes: 15,
  leadMessages: 8,
  othersMessages: 5,
  remindersOfDone: 0,
  tasksDoneByAct: 0,
  quietDigests: 0,
} as const;
type Row = keyof typeof budget;
export type Count = { what: Row; value: number; atMost: number };
export type Tally = {
  rows: Count[];
  /** Of everything that the product posted, how much had something to press. */
  asking: { posts: number; all: number };
};

/** Notes each message of the product as it appears. */
export function listen(sandbox: Sandbox): { posts: Post[]; stop: () => void } {
  const posts: Post[] = [];
  const stop = sandbox.subscribe((event) => {
    if (event.type !== 'message' || event.change !== 'posted' || event.message.user !== sandbox.botUserId) return;
    if (event.message.type !== 'message' || event.message.subtype) return;
    const { channel, ts, thread_ts: thread, blocks = [], metadata } = event.message;
    const key = metadata?.event_payload?.['key'];
    posts.push({
      channel,
      at: Math.round(Number(ts) * 1000),
      inThread: thread !== undefined && thread !== ts,
      key: typeof key === 'string' ? key : '',
      buttons: blocks
        .flatMap(elementsOf)
        .filter(isInteractive)
        .map((one) => ({ does: String(one.action_id), value: String('value' in one ? one.value : '') })),
    });
  });
  return { posts, stop };
}

/** What somebody's press brings: a text that is submitted, a decision, a turn of the crisis. */
const pressedFor = /^(statement|decision|level|lead|closed|reopened|timeline|export)[:-]/;
/** A new message for a call or an approval is told at once, and counts apart. */
const isUrgent = ({ does }: Post['buttons'][number]): boolean =>
  /^(responders\.(answer|cannot|come)|statements\.read)/.test(does);

/** Counts a story that was played in a workspace against the budget. */
export async function tallyOf(
  { sandbox, app }: Pick<Stage, 'sandbox' | 'app'>,
  room: SandboxChannel,
  posts: readonly Post[],
  { crisis, entries }: Timeline,
): Promise<Tally> {
  const first = (kind: string) => entries.find((one) => one.kind === kind);
  const declared = first('crisis_declared');
  const published = first('statement_published');
  if (!declared || !published) throw new Error('The story has no declaration, or nothing was published in it.');
  const end = timeOf(declared) + 70 * MINUTE;
  const unasked = posts.filter((post) => post.channel === room.id && !post.inThread && !pressedFor.test(post.key));
  const directly = sandbox.people().map(({ id }) => {
    const theirs = posts.filter(({ channel }) => isDirect(sandbox, channel, id));
    return { id, theirs, news: newsOf(theirs.filter(({ at }) => at <= end)) };
  });
  const lead = declared.data['leadId'] ?? declared.actorId;
  const values: Record<Row, number> = {
    untilPublication: unasked.filter(({ at }) => at < timeOf(published)).length,
    in70Minutes: unasked.filter(({ at }) => at <= end).length,
    leadMessages: directly.find(({ id }) => id === lead)?.news ?? 0,
    othersMessages: Math.max(0, ...directly.filter(({ id }) => id !== lead).map(({ news }) => news)),
    remindersOfDone: directly.flatMap(({ id, theirs }) => theirs.filter((post) => isOfDone(post, id, entries))).length,
    tasksDoneByAct: await openThoughDone(app, crisis.id),
    quietDigests: (await quietDigests(app, crisis.id, entries)).length,
  };
  const spoken = posts.filter(({ channel, inThread }) => !inThread && channel !== '');
  return {
    rows: (Object.keys(budget) as Row[]).map((what) => ({ what, value: values[what], atMost: budget[what] })),
    asking: { posts: spoken.filter(({ buttons }) => buttons.length > 0).length, all: spoken.length },
  };
}

export const exceeded = ({ rows }: Tally): Count[] => rows.filter(({ value, atMost }) => value > atMost);

const timeOf = ({ recordedAt }: Entry): number => Date.parse(recordedAt);

const isDirect = (sandbox: Sandbox, channelId: string, userId: string): boolean => {
  const channel = sandbox.channel(channelId);
  return channel?.kind === 'im' && channel.members.includes(userId);
};

/** New messages without those that a call or an approval brought. */
const newsOf = (posts: readonly Post[]): number =>
  posts.filter((post, i) => {
    const before = new Set(posts.slice(0, i).flatMap(({ buttons }) => buttons.map(({ value }) => value)));
    return !post.buttons.some((one) => isUrgent(one) && !before.has(one.value));
  }).length;

const verdicts = ['statement_approval', 'statement_changes_requested', 'statement_rejected'];

/** Asks for a task that was done, an approval that was given before it was posted. */
function isOfDone({ at, buttons }: Post, userId: string, entries: readonly Entry[]): boolean {
  const before = entries.filter((entry) => timeOf(entry) < at);
  return buttons.some(({ does, value }) => {
    const about = (key: string) => (entry: Entry) =>
      typeof entry.data[key] === 'string' && value.includes(entry.data[key]);
    const task = before.filter(about('taskId')).at(-1);
    if (task && ['task_done', 'task_done_by_act'].includes(task.kind)) return true;
    if (/publish/.test(does) && before.some((one) => one.kind === 'statement_published' && about('statementId')(one)))
      return true;
    if (does.startsWith('statements.read'))
      return before
        .filter(about('statementId'))
        .some(
          ({ kind, actorId, data }) =>
            verdicts.includes(kind) && actorId === userId && value.includes(String(data['hash'])),
        );
    return false;
  });
}

/** Tasks that were open at the end, or had to be settled at the closing, although what they asked for was done. */
async function openThoughDone({ deps: { db } }: Stage['app'], crisisId: string): Promise<number> {
  const [tasks, evidence] = await Promise.all([tasksOf(db, [crisisId]), evidenceOf(db, crisisId)]);
  return tasks
    .map((task) => (task.settledAs === null ? task : { ...task, status: 'open' as const }))
    .filter((task) => closing(task, evidence)).length;
}

/** Digests of the beat before which nothing was written that counts as news, and no deadline had passed. */
async function quietDigests({ deps }: Stage['app'], crisisId: string, entries: readonly Entry[]): Promise<Entry[]> {
  const dues = await deps.db
    .select({ at: taskTable.dueAt, doneAt: taskTable.doneAt })
    .from(taskTable)
    .where(eq(taskTable.crisisId, crisisId))
    .orderBy(asc(taskTable.number));
  const isNews = ({ kind, data }: Entry) =>
    kind !== 'digest_posted' && data['act'] !== 'digest' && deps.slices.kindOf(kind).weight > 0;
  return entries.filter((digest, i) => {
    if (digest.kind !== 'digest_posted' || digest.actorId !== null) return false;
    const last = entries.slice(0, i).findLastIndex(({ kind }) => kind === 'digest_posted');
    if (last < 0) return false;
    const [from, to] = [timeOf(entries[last] as Entry), timeOf(digest)];
    const passed = dues.some(
      ({ at, doneAt }) => at && at.getTime() > from && at.getTime() <= to && (!doneAt || doneAt > at),
    );
    return !passed && !entries.slice(last + 1, i).some(isNews);
  });
}

const words = bilingual(
  {
    title: 'How loud it was',
    untilPublication: 'posts in the channel until the first publication that nobody pressed for',
    in70Minutes: 'the same in 70 minutes',
    leadMessages: 'new direct messages to the lead in 70 minutes, calls and approvals apart',
    othersMessages: 'the same to anybody else, at most',
    remindersOfDone: 'reminders of something already done',
    tasksDoneByAct: 'tasks open at the end although the product saw them done',
    quietDigests: 'digests with nothing new',
    row: (value: number, atMost: number, what: string) => `${value} ${what} (at most ${atMost})`,
    asking: (posts: number, all: number) => `${posts} of ${all} messages had something to press`,
  },
  {
    title: 'Ce que le produit a dit, compté',
    untilPublication: 'messages dans le canal avant la première publication, sans que personne les demande',
    in70Minutes: 'de même en 70 minutes',
    leadMessages: 'nouveaux messages directs au pilote en 70 minutes, hors alertes et validations',
    othersMessages: 'de même à toute autre personne, au plus',
    remindersOfDone: 'rappels de ce qui était déjà fait',
    tasksDoneByAct: 'tâches restées ouvertes alors que le produit a vu l’acte',
    quietDigests: 'points de situation sans rien de nouveau',
    row: (value, atMost, what) => `${value} ${what} (${atMost} au plus)`,
    asking: (posts, all) => `${posts} messages sur ${all} avaient un bouton`,
  },
);

/** The count as it is printed: whether each row holds, and what it says. */
export function toldTally({ rows, asking }: Tally, language: 'en' | 'fr') {
  const w = words(language);
  return {
    title: w.title,
    lines: rows.map(({ what, value, atMost }) => ({ holds: value <= atMost, text: w.row(value, atMost, w[what]) })),
    asking: w.asking(asking.posts, asking.all),
  };
}
