import type { Install, Json, Message, SandboxChannel, SandboxUser } from '../types.ts';
import type { World } from '../world.ts';

/** An answer of the platform's own: `{ ok: false, error }`. */
export class Refusal extends Error {
  readonly error: string;
  readonly extra: Json;
  constructor(error: string, extra: Json = {}) {
    super(error);
    this.error = error;
    this.extra = extra;
  }
}

export type Caller = { world: World; args: Json; install: Install; method: string };

export type Method = {
  /** Scopes that are always needed; a list inside the list means any one of them. */
  scopes: (string | string[])[];
  tier: 1 | 2 | 3 | 4 | 'special';
  token?: 'bot' | 'app' | 'none';
  run(caller: Caller): Json | Promise<Json>;
};

export function needScope(caller: Caller, ...anyOf: string[]): void {
  if (anyOf.some((scope) => caller.install.scopes.includes(scope))) return;
  throw new Refusal('missing_scope', { needed: anyOf.join(','), provided: caller.install.scopes.join(',') });
}

export function text(args: Json, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(`[ERROR] must be a string [json-pointer:/${name}]`);
}

export function required(args: Json, name: string, error?: string): string {
  const value = text(args, name);
  if (value === undefined || value === '') {
    throw error ? new Refusal(error) : invalid(`[ERROR] missing required field: ${name}`);
  }
  return value;
}

export function flag(args: Json, name: string, fallback = false): boolean {
  const value = args[name];
  if (value === undefined || value === null || value === '') return fallback;
  return value === true || value === 'true' || value === '1' || value === 1;
}

export function list(args: Json, name: string): string[] {
  const value = args[name];
  if (Array.isArray(value)) return value.map(String);
  const asText = text(args, name) ?? '';
  return asText
    .replaceAll(/^\[|\]$|"/g, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Structured arguments travel as JSON text in a form, as they are in a JSON body. */
export function structured(args: Json, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw invalid(`[ERROR] failed to parse JSON [json-pointer:/${name}]`);
  }
}

export function invalid(...messages: string[]): Refusal {
  return new Refusal('invalid_arguments', { response_metadata: { messages } });
}

/** A channel the bot may know of; a private one it is not in does not exist for it. */
export function visibleChannel(caller: Caller, name = 'channel'): SandboxChannel {
  const channel = caller.world.state.channels[required(caller.args, name, 'channel_not_found')];
  if (!channel || channel.team_id !== caller.install.teamId) throw new Refusal('channel_not_found');
  if (channel.is_private && !channel.members.includes(caller.install.botUserId)) {
    throw new Refusal('channel_not_found');
  }
  return channel;
}

export function ownChannel(caller: Caller): SandboxChannel {
  const channel = visibleChannel(caller);
  if (channel.is_archived) throw new Refusal('is_archived');
  if (!channel.members.includes(caller.install.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

/** Reading and managing scopes differ by kind of conversation. */
export function needChannelScope(caller: Caller, channel: SandboxChannel, what: 'read' | 'history' | 'manage'): void {
  const family = channel.kind === 'channel' ? (channel.is_private ? 'groups' : 'channels') : channel.kind;
  if (what !== 'manage') return needScope(caller, `${family}:${what}`);
  needScope(caller, family === 'channels' ? 'channels:manage' : `${family}:write`);
}

export function knownUser(caller: Caller, id: string): SandboxUser {
  const user = caller.world.state.users[id];
  if (!user || (user.team_id !== caller.install.teamId && !user.is_stranger)) throw new Refusal('user_not_found');
  return user;
}

export function messageAt(channel: SandboxChannel, ts: string | undefined, error = 'message_not_found'): Message {
  const message = channel.messages.find((m) => m.ts === ts);
  if (!message) throw new Refusal(error);
  return message;
}

export type Page<T> = { items: T[]; next_cursor: string };

export function paginate<T>(
  caller: Caller,
  all: readonly T[],
  /** `most`: no page is longer, whatever is asked for. */
  { fallback, max, most = max }: { fallback: number; max: number; most?: number | undefined },
): Page<T> {
  const limit = Number(text(caller.args, 'limit') ?? fallback);
  if (!Number.isInteger(limit) || limit < 0 || limit > max) throw new Refusal('invalid_limit');
  const size = Math.min(limit === 0 ? fallback : limit, most);
  const start = cursorStart(text(caller.args, 'cursor'));
  const end = start + size;
  const next = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), next_cursor: next };
}

function cursorStart(cursor: string | undefined): number {
  if (!cursor) return 0;
  const [, start] = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (start === undefined) throw new Refusal('invalid_cursor');
  return Number(start);
}
