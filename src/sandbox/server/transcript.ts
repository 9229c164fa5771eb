import { isInteractive, isObject, textOf } from './blocks.ts';
import { repliesTo } from './shapes.ts';
import type { EphemeralMessage, Json, Message, SandboxChannel, SandboxUser } from './types.ts';
import type { World } from './world.ts';

type Line = Message | EphemeralMessage;
type Reader = { world: World; viewer: SandboxUser | undefined };

/** A channel as one person reads it, in plain text. Without a viewer: everything but ephemeral messages, in UTC. */
export function transcriptOf(
  world: World,
  channel: SandboxChannel,
  opts: { as?: string; threads?: boolean; only?: readonly string[] } = {},
): string {
  const reader: Reader = { world, viewer: opts.as === undefined ? undefined : world.state.users[opts.as] };
  const own = world.state.ephemerals.filter((m) => m.channel === channel.id && m.to === opts.as);
  if (opts.only) return someOf(reader, channel, own, opts.only);
  const roots: Line[] = [...channel.messages.filter(isRoot), ...own.filter((m) => !m.thread_ts)];
  roots.sort((a, b) => Number(a.ts) - Number(b.ts));
  const lines = roots.flatMap((message) => {
    const shown = renderLine(reader, message, '');
    if (opts.threads === false || message.type === 'ephemeral') return shown;
    const replies: Line[] = [...repliesTo(world, message), ...own.filter((m) => m.thread_ts === message.ts)];
    return [...shown, ...replies.flatMap((reply) => renderLine(reader, reply, '    '))];
  });
  return lines.join('\n');
}

/** These messages alone, each as it stands by itself. */
function someOf(reader: Reader, channel: SandboxChannel, own: Line[], only: readonly string[]): string {
  return [...channel.messages, ...own]
    .filter((message) => only.includes(message.ts))
    .flatMap((message) => renderLine(reader, message, ''))
    .join('\n');
}

function isRoot(message: Message): boolean {
  return !message.thread_ts || message.thread_ts === message.ts || message.subtype === 'thread_broadcast';
}

function renderLine(reader: Reader, message: Line, indent: string): string[] {
  const { world } = reader;
  const author = world.state.users[message.user]?.real_name ?? message.user;
  const marks = [
    message.type === 'ephemeral' ? ' (only visible to you)' : '',
    message.type === 'message' && message.edited ? ' (edited)' : '',
  ].join('');
  const body = message.blocks?.length
    ? message.blocks.map((b) => renderBlock(reader, b))
    : [resolve(reader, message.text)];
  const files =
    message.type === 'message' ? (message.files ?? []).map((id) => `[file: ${world.state.files[id]?.name}]`) : [];
  const reactions = message.type === 'message' ? (message.reactions ?? []).map((r) => `:${r.name}: ${r.count}`) : [];
  const tail = reactions.length > 0 ? [reactions.join('  ')] : [];
  const text = [...body, ...files, ...tail].filter((part) => part !== '').join('\n');
  return `${author}${marks}: ${text}`.split('\n').map((line, i) => `${indent}${i === 0 ? '' : '  '}${line}`);
}

function renderBlock(reader: Reader, block: Json): string {
  switch (block.type) {
    case 'header':
      return `# ${textOf(block.text)}`;
    case 'section':
      return renderSection(reader, block);
    case 'context':
    case 'actions':
    case 'context_actions':
      return objects(block.elements)
        .map((element) => renderElement(reader, element))
        .join(' ');
    case 'divider':
      return '---';
    case 'image':
      return `[image: ${textOf(block.alt_text)}]`;
    case 'input':
      return `${textOf(block.label)}: ${isObject(block.element) ? renderElement(reader, block.element) : ''}`;
    case 'rich_text':
      return objects(block.elements)
        .map((element) => renderRich(reader, element))
        .join('\n');
    case 'table':
    case 'data_table':
      return renderTable(reader, block);
    default:
      return resolve(reader, textOf(block.text) || textOf(block.title));
  }
}

function renderSection(reader: Reader, block: Json): string {
  const fields = objects(block.fields).map((field) => resolve(reader, textOf(field)));
  const accessory = isObject(block.accessory) ? ` ${renderElement(reader, block.accessory)}` : '';
  return [resolve(reader, textOf(block.text)), ...fields].filter((part) => part !== '').join('\n') + accessory;
}

function renderElement(reader: Reader, element: Json): string {
  if (element.type === 'image') return `[image: ${textOf(element.alt_text)}]`;
  if (!isInteractive(element)) return resolve(reader, textOf(element));
  if (element.type === 'overflow')
    return `[… ${objects(element.options)
      .map((o) => textOf(o.text))
      .join(' | ')}]`;
  return `[${textOf(element.text) || textOf(element.placeholder) || String(element.type)}]`;
}

function renderTable(reader: Reader, block: Json): string {
  const rows = Array.isArray(block.rows) ? (block.rows as unknown[]) : [];
  return rows
    .map((row) =>
      objects(row)
        .map((cell) => (cell.type === 'rich_text' ? renderBlock(reader, cell) : textOf(cell)))
        .join(' | '),
    )
    .join('\n');
}

function renderRich(reader: Reader, element: Json): string {
  if (element.type === 'rich_text_list') {
    const indent = '  '.repeat(Number(element.indent ?? 0));
    return objects(element.elements)
      .map((item, i) => `${indent}${element.style === 'ordered' ? `${i + 1}.` : '•'} ${renderRich(reader, item)}`)
      .join('\n');
  }
  const inline = objects(element.elements)
    .map((part) => renderInline(reader, part))
    .join('');
  return element.type === 'rich_text_quote' ? `> ${inline}` : inline;
}

function renderInline(reader: Reader, part: Json): string {
  switch (part.type) {
    case 'user':
      return personName(reader, String(part.user_id));
    case 'usergroup':
      return groupName(reader, String(part.usergroup_id));
    case 'channel':
      return channelName(reader, String(part.channel_id));
    case 'broadcast':
      return `@${String(part.range)}`;
    case 'emoji':
      return `:${String(part.name)}:`;
    case 'link':
      return textOf(part.text) || String(part.url);
    case 'date':
      return formatDate(reader, Number(part.timestamp), String(part.format));
    default:
      return textOf(part.text);
  }
}

/** mrkdwn as people read it: names instead of ids, their own time, the three characters back. */
function resolve(reader: Reader, text: string): string {
  return text
    .replaceAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => personName(reader, id))
    .replaceAll(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => channelName(reader, id))
    .replaceAll(/<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => groupName(reader, id))
    .replaceAll(/<!date\^(\d+)\^([^|^>]+)(?:\^[^|>]*)?\|([^>]*)>/g, (_, at: string, format: string) =>
      formatDate(reader, Number(at), format),
    )
    .replaceAll(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, '@$1')
    .replaceAll(/<([^@#!][^|>]*)\|([^>]*)>/g, '$2')
    .replaceAll(/<((?:https?|mailto|tel):[^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function personName(reader: Reader, id: string): string {
  return `@${reader.world.state.users[id]?.real_name ?? id}`;
}

function groupName(reader: Reader, id: string): string {
  return `@${reader.world.state.groups[id]?.handle ?? id}`;
}

/** A private channel's name is not shown to people who are not in it. */
function channelName(reader: Reader, id: string): string {
  const channel = reader.world.state.channels[id];
  if (!channel) return `#${id}`;
  const hidden = reader.viewer && channel.is_private && !channel.members.includes(reader.viewer.id);
  return hidden ? '#private-channel' : `#${channel.name}`;
}

function formatDate(reader: Reader, unix: number, format: string): string {
  const at = new Date(unix * 1000);
  const locale = reader.viewer?.locale ?? 'en-US';
  const timeZone = reader.viewer?.tz ?? 'UTC';
  const show = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  // Slack writes 8:05 AM, and 08:05 where the clock has 24 hours.
  const hour = locale === 'en-US' ? 'numeric' : '2-digit';
  const day = (month: 'short' | 'long', weekday = false): string =>
    show({ day: 'numeric', month, year: 'numeric', ...(weekday ? { weekday: 'long' } : {}) });
  const near = (otherwise: string): string => nearDay(reader, at, timeZone, locale) ?? otherwise;
  const written = new Map<string, () => string>(
    Object.entries({
      date_num: () => show({ day: '2-digit', month: '2-digit', year: 'numeric' }),
      date_slash: () => show({ day: '2-digit', month: '2-digit', year: 'numeric' }),
      date_long_pretty: () => near(day('long', true)),
      date_short_pretty: () => near(day('short')),
      date_pretty: () => near(day('long')),
      day_divider_pretty: () => near(day('long', true)),
      date_long: () => day('long', true),
      date_long_full: () => day('long', true),
      date_short: () => day('short'),
      date: () => day('long'),
      time_secs: () => show({ hour, minute: '2-digit', second: '2-digit' }),
      time: () => show({ hour, minute: '2-digit' }),
      ago: () => ago(reader, unix),
    }),
  );
  return format.replaceAll(/\{(\w+)\}/g, (token, name: string) => written.get(name)?.() ?? token);
}

/** `yesterday`, `today`, `tomorrow`; undefined for any other day. */
function nearDay({ world }: Reader, at: Date, timeZone: string, locale: string): string | undefined {
  const dayOf = (instant: Date) =>
    Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant)) / 86_400_000;
  const days = dayOf(at) - dayOf(world.clock.now());
  if (Math.abs(days) > 1) return undefined;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

function ago(reader: Reader, unix: number): string {
  const minutes = Math.round((unix - reader.world.clock.now().getTime() / 1000) / 60);
  const locale = reader.viewer?.locale ?? 'en-US';
  // Intl says "this minute", which nobody says.
  if (minutes === 0) return locale.startsWith('fr') ? 'à l’instant' : 'just now';
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(minutes, 'minute');
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
