import { sql } from 'drizzle-orm';
import type { Message, Sandbox, SandboxChannel } from '../../../src/sandbox/server/index.ts';
import type { Company } from '../../support/company.ts';

/** Messages in which the product says what it could not do. They are no part of how a story ends. */
const notice = /^(trouble|room-problem|not-added|missing|reaction-refused|notice):/;
export const isNotice = (key: string): boolean => notice.test(key);

/**
 * What is said in another place because Slack refused the first one: the timeline of a room that took none, sent with its files to whoever
 * closed it; that the room is open, in a message to its declarer where their form could not say so.
 */
const saidInstead = /^timeline:.*:direct$|^ready:/;

const keyOf = (message: Message): string => (message.metadata?.event_payload?.['key'] as string | undefined) ?? '';
const everywhere = (sandbox: Sandbox): Message[] => sandbox.channels().flatMap((channel) => channel.messages);
export const noticesIn = (sandbox: Sandbox): Message[] => everywhere(sandbox).filter((m) => notice.test(keyOf(m)));

/** Something is missing that a repair completes; the other notices say to wait, or to do something again. */
export const owesRepair = (message: Message): boolean =>
  /^(trouble|room-problem|not-added|missing):/.test(keyOf(message)) &&
  !/^room-problem:.*:waiting$/.test(keyOf(message));

/**
 * Everything people can see at the end, and the timeline, as sorted lines in which whatever differs between two tellings
 * of one story (ids, times, hashes) is blotted out. Two stories ended alike if and only if their portraits are equal.
 */
export async function portraitOf({ sandbox, app }: Company): Promise<string[]> {
  const people = sandbox.people();
  const entries = await app.deps.db.execute<{ kind: string; actor_id: string | null; text_en: string }>(
    sql`select kind, actor_id, text_en from timeline_entries`,
  );
  const lines = [
    ...sandbox.channels().flatMap((channel) => roomLines(sandbox, channel)),
    ...people.flatMap(({ id, real_name: name }) => {
      const home = sandbox.person(id).home();
      return home ? [`home of ${name}: ${JSON.stringify(home.blocks)}`] : [];
    }),
    ...entries.map((entry) => `timeline: ${entry.kind} by ${entry.actor_id}: ${entry.text_en}`),
  ];
  return lines.map(blotted).sort();
}

function roomLines(sandbox: Sandbox, channel: SandboxChannel): string[] {
  const named = (id: string) => [...sandbox.people(), ...sandbox.bots()].find((u) => u.id === id)?.real_name ?? id;
  const members = channel.members.map(named).sort().join(', ');
  const where = channel.kind === 'channel' ? channel.name.replace(/-[b-t]$/, '') : `direct: ${members}`;
  const isOurs = channel.creator === sandbox.botUserId;
  const byTs = new Map(channel.messages.map((m) => [m.ts, m]));
  const isInstead = (m: Message) =>
    saidInstead.test(keyOf(m)) || (channel.kind === 'im' && (m.files ?? []).some((id) => isInRoom(sandbox, id)));
  const state = `${where}: private ${channel.is_private}, archived ${channel.is_archived}, members ${members}`;
  const pins = channel.pins.map((pin) => `${where}: pinned ${keyOf(byTs.get(pin.ts) as Message)}`);
  const said = channel.messages
    .filter((m) => !m.subtype || m.subtype === 'file_share')
    // Asked for again when its file did not come.
    .filter((m) => !isInstead(m))
    .filter((m) => !notice.test(keyOf(m)) && !keyOf(m).startsWith('settings-export:') && !isFollowed(m, channel))
    .flatMap((m) => messageLines(sandbox, m, byTs).map((line) => `${where}: ${named(m.user)}: ${line}`));
  return [...(isOurs ? [state, `${where}: topic ${channel.topic.value}`, ...pins] : []), ...said];
}

/** Whether a file of this name is in a room as well. */
function isInRoom(sandbox: Sandbox, fileId: string): boolean {
  const name = sandbox.file(fileId)?.name;
  return sandbox
    .channels()
    .filter((channel) => channel.kind === 'channel')
    .some((channel) => channel.messages.some((m) => (m.files ?? []).some((id) => sandbox.file(id)?.name === name)));
}

/** What waited on somebody, told again since: how often depends on how much time has passed. */
const isFollowed = (message: Message, channel: SandboxChannel): boolean =>
  isWaiting(message) && keyOf(channel.messages.findLast(isWaiting) as Message) !== keyOf(message);
const isWaiting = (message: Message): boolean => keyOf(message).startsWith('waiting:');

function messageLines(sandbox: Sandbox, message: Message, byTs: Map<string, Message>): string[] {
  const parent = message.thread_ts && message.thread_ts !== message.ts ? byTs.get(message.thread_ts) : undefined;
  const thread = parent ? `in the thread of ${keyOf(parent) || parent.text}: ` : '';
  const files = (message.files ?? []).map((id) => sandbox.file(id)?.name).join(', ');
  const reactions = (message.reactions ?? []).map((r) => `${r.name}×${r.count}`).join(' ');
  // Which telling of what waits it is, and whether it is the first, which says what was said so far, depends on time.
  const key = keyOf(message).replace(/^(waiting:.*):\d+$/, '$1');
  const blocks = (message.blocks ?? []).filter(({ type }) => !isWaiting(message) || type !== 'context');
  // Entries of one second may stand in either order: what counts is that each is told.
  const told = /^(timeline|digest):/.test(key)
    ? wordsIn(message.blocks).map((line) => `${key.replace(/:\d+(:|$).*/, '')} tells: ${line}`)
    : [JSON.stringify(blocks)];
  return [
    `${thread}${key} ${message.text} ${files} ${reactions}`,
    ...told.map((line) => `${thread}${key.split(':')[0]} ${line}`),
  ];
}

/** The lines that are read, without those that hold figures only. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n').filter((line) => line.trim() !== '');
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) =>
      name === 'text' || typeof one === 'object' ? wordsIn(one) : [],
    );
  return [];
}

const blots: readonly (readonly [RegExp, string])[] = [
  [/-\d{8}-([a-z-]+)-[0-9a-f]{6}(-[b-t])?/g, '-<day>-$1-<id>'],
  // The next free name, where Slack says that the first is taken.
  [/(#crisis-\d+-[a-z-]+?)-[b-t]\b/g, '$1'],
  [/"block_id":"[^"]*",?/g, ''],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>'],
  // Salted: another one in each run.
  [/(timeline fingerprint|empreinte de la main courante) [0-9a-f]{16}/g, '$1'],
  [/<!date\^[^>]*>/g, '<time>'],
  [/\b\d{10}\.\d{6}\b/g, '<ts>'],
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
  [/\b[0-9a-f]{40}\b/g, '<hash>'],
  // Eight letters may be a word, but not where a fingerprint stands.
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{8}\b/g, '<hash>'],
  [/(?<=`|-timeline-\d+-)[0-9a-f]{8}(?=[`.])/g, '<hash>'],
  [/\b[CDFV][0-9A-Z]{8,}\b/g, '<thing>'],
  [/\b\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?\b/g, '<day>'],
  [/\b\d{13}\b/g, '<time>'],
  [/\b\d{10}\b/g, '<time>'],
  [/\b\d{1,2}:\d{2}(:\d{2})?\b/g, '<time>'],
  // How late something was written down depends on how much time has passed.
  [/ _\(written down <time>\)_/g, ''],
  [/\b(command|press|form|shortcut|event):\S+/g, '<delivery>'],
  [/`\d+`/g, '<number>'],
  [/\b[Ee]ntry \*?\d+/g, 'entry <number>'],
  [/p\d{16}/g, '<link>'],
  [/\b\d+ (min|h|minutes?|hours?|s)\b/g, '<duration>'],
];

const blotted = (line: string): string => blots.reduce((text, [pattern, by]) => text.replaceAll(pattern, by), line);
