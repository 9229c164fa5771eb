import slackWebApi from '@slack/web-api';
import { z } from 'zod';
import { SECOND } from '../core/time.ts';
import type { HomeView, Message, ModalView } from './blocks.ts';
import { asSlackFailure, ForeignAnswer, isTokenRefused, rateLimited, SlackFailure } from './failures.ts';

type Answer = Record<string, unknown>;

const some = z.string().min(1);
const withId = z.looseObject({ id: some });
const nothing = z.looseObject({});
/** What the product cannot do without in the answer to each method: one that lacks it is as good as none. */
const needed = {
  'auth.test': z.looseObject({ team_id: some, team: z.string(), user_id: some, bot_id: some, url: z.url() }),
  'chat.postMessage': z.looseObject({ channel: some, ts: some }),
  'chat.update': nothing,
  'chat.delete': nothing,
  'conversations.history': z.looseObject({ messages: z.array(z.looseObject({ ts: some })) }),
  'conversations.replies': z.looseObject({ messages: z.array(z.looseObject({ ts: some })) }),
  'conversations.create': z.looseObject({ channel: withId.extend({ name: some }) }),
  'conversations.info': z.looseObject({ channel: withId }),
  'conversations.rename': z.looseObject({ channel: withId.extend({ name: some }) }),
  'conversations.invite': nothing,
  'conversations.setTopic': nothing,
  'conversations.open': z.looseObject({ channel: withId }),
  'pins.add': nothing,
  'users.conversations': z.looseObject({ channels: z.array(withId.extend({ name: some })) }),
  'users.list': z.looseObject({ members: z.array(withId) }),
  'users.info': z.looseObject({ user: withId }),
  'usergroups.list': z.looseObject({ usergroups: z.array(withId) }),
  'files.getUploadURLExternal': z.looseObject({ upload_url: z.url(), file_id: some }),
  'files.completeUploadExternal': z.looseObject({ files: z.array(withId).min(1) }),
  'views.open': z.looseObject({ view: withId }),
  'views.push': z.looseObject({ view: withId }),
  'views.update': z.looseObject({ view: withId }),
  'views.publish': nothing,
} satisfies Record<string, z.ZodType>;
type Method = keyof typeof needed;

export type GatewayOptions = {
  token: string;
  apiUrl?: string | undefined;
  timeoutMs?: number | undefined;
  now?: () => Date;
  /** Says what a refusal of the token means, where tokens come and go. */
  onTokenRefused?: (failure: SlackFailure) => Promise<SlackFailure>;
};
export type Gateway = ReturnType<typeof createGateway>;

/**
 * Every call the product makes to Slack. Calls throw SlackFailure and nothing else.
 *
 * Two clients: the SDK's queue is per client, and a busy channel must never delay a modal, whose trigger lives 3 s.
 * The SDK repeats posts after a dropped connection, which doubles them: `retries: 0`, the job engine does the retrying.
 */
export function createGateway({
  token,
  apiUrl,
  timeoutMs = 10 * SECOND,
  now = () => new Date(),
  onTokenRefused,
}: GatewayOptions) {
  const options = {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    allowAbsoluteUrls: false,
    logLevel: slackWebApi.LogLevel.ERROR,
    fetch: fetchAnswer,
  };
  const posting = new slackWebApi.WebClient(token, options);
  const answering = new slackWebApi.WebClient(token, { ...options, timeout: Math.min(timeoutMs, 2500) });
  const pauses = new Map<string, { from: number; until: number }>();

  async function call<T extends Answer>(
    client: typeof posting,
    method: Method,
    args: Record<string, unknown>,
  ): Promise<T> {
    try {
      const found = await client.apiCall(method, args);
      if (needed[method].safeParse(found).success) return found as unknown as T;
      throw new SlackFailure(method, 'ambiguous', 'incomplete_answer');
    } catch (error) {
      const failure = asSlackFailure(method, error);
      throw onTokenRefused && isTokenRefused(failure) ? await onTokenRefused(failure) : failure;
    }
  }
  /** Asking again before Retry-After only makes Slack wait longer. */
  async function unlessPaused<T>(method: string, limited: string, ask: () => Promise<T>): Promise<T> {
    const at = now().getTime();
    const pause = pauses.get(limited);
    // A clock that was set back must not make a pause of seconds one of hours.
    if (pause && pause.from <= at && at < pause.until)
      throw new SlackFailure(method, 'transient', 'rate_limited', pause.until - at);
    pauses.delete(limited);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof SlackFailure && error.code === 'rate_limited') {
        const from = now().getTime();
        pauses.set(limited, { from, until: from + error.retryAfterMs });
      }
      throw error;
    }
  }
  const post = <T extends Answer = Answer>(method: Method, args: Record<string, unknown> = {}) =>
    unlessPaused(method, limitedBy(method, args), () => call<T>(posting, method, args));
  /** Somebody waits in front of a form: it is asked for even while Slack is busy, since nobody asks again later. */
  const answer = <T extends Answer = Answer>(method: Method, args: Record<string, unknown> = {}) =>
    call<T>(answering, method, args);

  /** Follows `next_cursor` to the end. Starting again at a rate limit would never reach the end of a large workspace. */
  async function all<T>(
    method: Method,
    field: string,
    args: Record<string, unknown> = {},
    wanted: (item: T) => boolean = () => false,
  ): Promise<T[]> {
    const items: T[] = [];
    let cursor = '';
    do {
      const page = await patiently(() => post(method, { ...args, limit: 200, ...(cursor ? { cursor } : {}) }));
      const found = page[field] as T[];
      items.push(...found);
      if (found.some(wanted)) break;
      cursor = (page['response_metadata'] as { next_cursor?: string } | undefined)?.next_cursor ?? '';
    } while (cursor);
    return items;
  }

  return {
    identity: () => post<SlackIdentity>('auth.test'),

    postMessage: (
      at: { channelId: string; threadTs?: string | undefined; broadcast?: boolean },
      shown: Message,
      key: string,
    ) =>
      post<{ channel: string; ts: string }>('chat.postMessage', {
        channel: at.channelId,
        ...(at.threadTs ? { thread_ts: at.threadTs, reply_broadcast: at.broadcast ?? false } : {}),
        ...shown,
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: effectEvent, event_payload: { key } },
      }),
    updateMessage: (at: { channelId: string; ts: string }, shown: Message, key: string) =>
      post('chat.update', {
        channel: at.channelId,
        ts: at.ts,
        ...shown,
        metadata: { event_type: effectEvent, event_payload: { key } },
      }),
    deleteMessage: (channelId: string, ts: string) => post('chat.delete', { channel: channelId, ts }),
    /**
     * Messages between two instants (until now without `latest`), with the keys that our own carry: all of them, or up to the
     * page that has one that is `wanted`. History may be rationed to a call a minute and 15 messages.
     */
    recentMessages: (
      at: { channelId: string; threadTs?: string | undefined },
      oldest: Date,
      { latest, wanted }: { latest?: Date; wanted?: (message: SlackMessage) => boolean } = {},
    ) =>
      all<SlackMessage>(
        at.threadTs ? 'conversations.replies' : 'conversations.history',
        'messages',
        {
          channel: at.channelId,
          ...(at.threadTs ? { ts: at.threadTs } : {}),
          oldest: String(oldest.getTime() / 1000),
          ...(latest ? { latest: String(latest.getTime() / 1000) } : {}),
          inclusive: true,
          include_all_metadata: true,
        },
        wanted,
      ),

    /** A page of a room, newest first, or of a thread with its root, oldest first. `cursor`: empty at the first and after the last. */
    pageOf: async (at: { channelId: string; threadTs?: string | undefined }, cursor: string) => {
      const page = await post<{ messages: SlackMessage[]; response_metadata?: { next_cursor?: string } }>(
        at.threadTs ? 'conversations.replies' : 'conversations.history',
        {
          channel: at.channelId,
          ...(at.threadTs ? { ts: at.threadTs } : {}),
          limit: 200,
          ...(cursor ? { cursor } : {}),
        },
      );
      return { messages: page.messages, cursor: page.response_metadata?.next_cursor ?? '' };
    },
    /** One message, in a thread or not, or null. Asks for that one only: history may be rationed to a call a minute. */
    messageAt: async (channelId: string, ts: string) => {
      const page = await post<{ messages?: SlackMessage[] }>('conversations.replies', {
        channel: channelId,
        ts,
        oldest: ts,
        latest: ts,
        inclusive: true,
        // Of a reply, the root of its thread comes first.
        limit: 2,
      });
      return page.messages?.find((found) => found.ts === ts) ?? null;
    },

    createChannel: async (name: string, isPrivate: boolean) =>
      (await post<{ channel: SlackChannel }>('conversations.create', { name, is_private: isPrivate })).channel,
    renameChannel: async (channelId: string, name: string) =>
      (await post<{ channel: SlackChannel }>('conversations.rename', { channel: channelId, name })).channel,
    /** Channels that the product itself is in: the only ones it can have created. */
    ownChannels: (isPrivate: boolean) =>
      all<SlackChannel>('users.conversations', 'channels', {
        types: isPrivate ? 'private_channel' : 'public_channel',
        exclude_archived: true,
      }),
    channel: async (channelId: string) =>
      (await post<{ channel: SlackChannel }>('conversations.info', { channel: channelId })).channel,
    invite: (channelId: string, userIds: readonly string[]) =>
      post<{ errors?: InviteError[] }>('conversations.invite', {
        channel: channelId,
        users: userIds.join(','),
        force: true,
      }),
    setTopic: (channelId: string, topic: string) => post('conversations.setTopic', { channel: channelId, topic }),
    pin: (channelId: string, ts: string) => post('pins.add', { channel: channelId, timestamp: ts }),
    directChannel: async (userId: string) =>
      (await post<{ channel: { id: string } }>('conversations.open', { users: userId })).channel.id,

    uploadFile: async (
      at: { channelId: string; threadTs?: string | undefined },
      file: { name: string; title: string; content: string | Uint8Array },
      /** Called before anybody can see it. */
      beforeSharing: () => Promise<void> = async () => {},
    ) => {
      const bytes = Buffer.from(file.content);
      const { upload_url: url, file_id: id } = await post<{ upload_url: string; file_id: string }>(
        'files.getUploadURLExternal',
        {
          filename: file.name,
          length: bytes.length,
        },
      );
      await upload(url, bytes, timeoutMs);
      await beforeSharing();
      await post('files.completeUploadExternal', {
        files: [{ id, title: file.title }],
        channel_id: at.channelId,
        ...(at.threadTs ? { thread_ts: at.threadTs } : {}),
      });
      return id;
    },

    people: () => all<SlackUser>('users.list', 'members', { include_locale: true }),
    person: async (userId: string) =>
      (await answer<{ user: SlackUser }>('users.info', { user: userId, include_locale: true })).user,
    userGroups: async () =>
      (await post<{ usergroups: SlackGroup[] }>('usergroups.list', { include_users: true, include_disabled: true }))
        .usergroups,

    openView: (triggerId: string, view: ModalView) =>
      answer<{ view: { id: string; hash: string } }>('views.open', { trigger_id: triggerId, view }),
    pushView: (triggerId: string, view: ModalView) =>
      answer<{ view: { id: string; hash: string } }>('views.push', { trigger_id: triggerId, view }),
    updateView: (viewId: string, view: ModalView, hash?: string) =>
      answer<{ view: { id: string; hash: string } }>('views.update', {
        view_id: viewId,
        view,
        ...(hash ? { hash } : {}),
      }),
    publishHome: (userId: string, view: HomeView) => post('views.publish', { user_id: userId, view }),
    fileText: async (url: string) => {
      // The address of a file kept elsewhere (a shared drive) is not Slack's: the token must not go there.
      if (!isSlackHost(url, apiUrl)) throw new SlackFailure('file download', 'permanent', 'external_file');
      return download(url, token, timeoutMs);
    },
  };
}

/** The SDK makes an error code of whatever it cannot read: only what is an answer of Slack's is handed to it. */
const fetchAnswer: typeof fetch = async (...request) => {
  const response = await fetch(...request);
  if (response.status !== 200) return response;
  const text = await response.text();
  if (!isAnswer(text)) throw new ForeignAnswer('not an answer of Slack');
  return new Response(text, response);
};

function isAnswer(text: string): boolean {
  try {
    return z.looseObject({ ok: z.boolean() }).safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** Slack counts posts by channel, and everything else by method. */
const limitedBy = (method: string, args: Record<string, unknown>): string =>
  method === 'chat.postMessage' ? `${method} ${String(args['channel'])}` : method;

export const effectEvent = 'crisis_war_room_effect';

const longestPause = 60 * SECOND;

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SlackFailure) || error.code !== 'rate_limited' || error.retryAfterMs > longestPause)
        throw error;
      // Asked again too early, it is refused right here: cheap, and true to the product's clock.
      const pause = Math.min(error.retryAfterMs, SECOND);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function isSlackHost(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const asked = new URL(url);
  if (apiUrl && asked.host === new URL(apiUrl).host) return true;
  return asked.protocol === 'https:' && /(^|\.)slack\.com$/.test(asked.hostname);
}

async function upload(url: string, bytes: Buffer, timeoutMs: number): Promise<void> {
  const method = 'file upload';
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      body: new Uint8Array(bytes),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw asSlackFailure(method, error);
  }
  // An uploaded file that was not completed is shown to nobody: repeating the whole upload is harmless.
  if (!response.ok) throw fileFailure(method, response);
}

function fileFailure(method: string, response: Response): SlackFailure {
  const { status, headers } = response;
  if (status === 429) return rateLimited(method, Number(headers.get('retry-after')) || 1);
  return new SlackFailure(method, status >= 500 ? 'transient' : 'permanent', `http_${status}`);
}

async function download(url: string, token: string, timeoutMs: number): Promise<string> {
  const method = 'file download';
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw asSlackFailure(method, error);
  }
  if (!response.ok) throw fileFailure(method, response);
  return response.text();
}

/** `maison-aurore` of `https://maison-aurore.slack.com/`. */
export const domainOf = ({ url, team }: SlackIdentity): string => new URL(url).hostname.split('.')[0] ?? team;

type SlackIdentity = { team_id: string; team: string; user_id: string; bot_id: string; url: string };
export type SlackChannel = {
  id: string;
  name: string;
  creator?: string;
  created?: number;
  is_archived?: boolean;
  is_member?: boolean;
  is_ext_shared?: boolean;
};
export type InviteError = { user?: string; ok?: boolean; error?: string };
export type SlackMessage = {
  ts: string;
  text?: string;
  user?: string;
  bot_id?: string;
  thread_ts?: string;
  subtype?: string;
  edited?: { user?: string; ts: string };
  files?: { id: string; name?: string | null }[];
  reply_count?: number;
  latest_reply?: string;
  reactions?: unknown[];
  metadata?: { event_type: string; event_payload?: { key?: string } };
};
export type SlackUser = {
  id: string;
  name?: string | undefined;
  real_name?: string | undefined;
  deleted?: boolean | undefined;
  locale?: string | undefined;
  tz?: string | undefined;
  is_bot?: boolean | undefined;
  is_restricted?: boolean | undefined;
  is_ultra_restricted?: boolean | undefined;
  is_stranger?: boolean | undefined;
  is_admin?: boolean | undefined;
  is_owner?: boolean | undefined;
  team_id?: string | undefined;
  enterprise_user?: { teams?: string[] | undefined } | undefined;
  profile?: { display_name?: string | undefined; real_name?: string | undefined } | undefined;
};
export type SlackGroup = {
  id: string;
  handle: string;
  name: string;
  date_delete?: number | undefined;
  users?: string[] | undefined;
};
