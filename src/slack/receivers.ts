import {
  type App,
  type CustomRoute,
  HTTPModuleFunctions,
  HTTPReceiver,
  HTTPReceiverDeferredRequestError,
  type Logger,
  LogLevel,
  type Receiver,
  type ReceiverEvent,
  SocketModeReceiver,
} from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../core/logger.ts';
import { SECOND } from '../core/time.ts';
import { asSlackFailure } from './failures.ts';
import type { DeliveryOutcome } from './router.ts';

export type Transport =
  | { kind: 'socket'; appToken: string; apiUrl?: string | undefined; timeoutMs?: number | undefined }
  | { kind: 'http'; signingSecret: string; port: number; routes?: CustomRoute[] };

export type Door = {
  start(app: App): Promise<{ port: number | null }>;
  stop(): Promise<void>;
  inFlight(): number;
  /** Whether anything that Slack sends now would arrive: by HTTP always, by Socket Mode with a socket at least. */
  isListening(): boolean;
  /** Open sockets; null where Slack delivers by HTTP. */
  sockets(): number | null;
  /** When Slack last delivered anything. */
  lastDelivery(): Date | null;
};

/** Larger than any payload Slack sends, small enough that a flood of them is no danger. */
const bodyLimit = '1mb';

/** Where Slack delivers by HTTP. */
const deliveries = '/slack/events';

/**
 * The way in. Bolt acknowledges events before their listeners run; here the acknowledgement of an event waits for its
 * listeners, and is withheld when one failed, so that a crash between the two loses nothing.
 */
export function createDoor(
  transport: Transport,
  health: () => Promise<boolean>,
  log: Log,
  /** Slack left events of a workspace out, in the minute that begins there (slack.md §6). */
  onDropped: (workspaceId: string, from: Date) => Promise<void>,
): Door {
  let running = 0;
  let lastDelivery: Date | null = null;
  const receivers: Receiver[] =
    transport.kind === 'socket' ? [socket(transport, log), socket(transport, log)] : [http(transport, health, log)];
  const open = new Set<Receiver>();
  if (transport.kind === 'socket')
    for (const receiver of receivers) watch(receiver as SocketModeReceiver, open, transport.timeoutMs ?? longest, log);
  return {
    inFlight: () => running,
    isListening: () => transport.kind === 'http' || open.size > 0,
    sockets: () => (transport.kind === 'http' ? null : open.size),
    lastDelivery: () => lastDelivery,
    start: async (app) => {
      const process = async (event: ReceiverEvent) => {
        running += 1;
        lastDelivery = new Date();
        try {
          if (!isDelivery(event.body)) return await ignore(event, log);
          const dropped = rateLimitedBody.safeParse(event.body);
          if (dropped.success) {
            log.warn({ workspace: dropped.data.team_id }, 'Slack left events out: there were too many');
            await onDropped(dropped.data.team_id, new Date(dropped.data.minute_rate_limited * 1000));
            return await event.ack();
          }
          await (isEvent(event) ? processEvent(app, event) : app.processEvent(event));
        } finally {
          running -= 1;
        }
      };
      for (const receiver of receivers) receiver.init({ processEvent: process } as App);
      const [first] = await Promise.all(
        receivers.map((receiver) =>
          transport.kind === 'http'
            ? receiver.start(transport.port)
            : receiver.start().catch((error: unknown) => {
                throw asSlackFailure('apps.connections.open', error);
              }),
        ),
      );
      const address = (first as { address?: () => { port: number } | null } | undefined)?.address?.();
      return { port: address?.port ?? null };
    },
    stop: async () => {
      await Promise.allSettled(receivers.map((receiver) => receiver.stop()));
    },
  };
}

const rateLimitedBody = z.looseObject({
  type: z.literal('app_rate_limited'),
  team_id: z.string(),
  minute_rate_limited: z.number(),
});

/** What Slack takes for a handshake, generously. */
const longest = 10 * SECOND;

/**
 * Keeps `open` true, and says when no socket is open for so long, and when one is again. A handshake that hangs is given up
 * after `ms`: the SDK would wait for minutes, deaf, and tries again once its socket is closed.
 */
function watch(receiver: SocketModeReceiver, open: Set<Receiver>, ms: number, log: Log): void {
  const { client } = receiver;
  const timers: { handshake?: NodeJS.Timeout; deaf?: NodeJS.Timeout } = {};
  let isDeaf = false;
  client.on('connecting', () => {
    clearTimeout(timers.handshake);
    timers.handshake = setTimeout(() => {
      log.warn({ ms }, 'a socket of Slack hangs in its handshake: another is asked for');
      (client as unknown as { websocket?: { disconnect(): void } }).websocket?.disconnect();
    }, ms).unref();
  });
  client.on('connected', () => {
    clearTimeout(timers.handshake);
    clearTimeout(timers.deaf);
    open.add(receiver);
    if (isDeaf) log.info({}, 'Slack is heard again');
    isDeaf = false;
  });
  for (const lost of ['disconnected', 'reconnecting', 'close'])
    client.on(lost, () => {
      open.delete(receiver);
      if (open.size > 0 || timers.deaf) return;
      timers.deaf = setTimeout(() => {
        delete timers.deaf;
        if (open.size > 0) return;
        isDeaf = true;
        log.warn({}, 'Slack is not heard: no socket is open');
      }, ms).unref();
    });
  client.on('disconnecting', () => {
    clearTimeout(timers.handshake);
    clearTimeout(timers.deaf);
  });
}

async function processEvent(app: App, event: ReceiverEvent): Promise<void> {
  const outcome: DeliveryOutcome = { failed: false };
  await app.processEvent({ ...event, ack: async () => {}, customProperties: { ...event.customProperties, outcome } });
  if (!outcome.failed) await event.ack();
}

/** Everything that Slack sends is a command or says what it is. Anything else is answered, so that nobody waits for it. */
const isDelivery = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  ('command' in body ? typeof body.command === 'string' : 'type' in body && typeof body.type === 'string');

async function ignore(event: ReceiverEvent, log: Log): Promise<void> {
  log.warn({}, 'a delivery of no known kind was ignored');
  await event.ack();
}

/** Bolt's own words go where ours go: texts only, because its errors carry payloads. */
const loggerFor = (log: Log): Logger => {
  const say = (...parts: unknown[]) =>
    log.warn({ from: 'bolt' }, parts.filter((part) => typeof part === 'string').join(' '));
  const quiet = () => {};
  return {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: say,
    setLevel: quiet,
    getLevel: () => LogLevel.ERROR,
    setName: quiet,
  };
};

const isEvent = (event: ReceiverEvent) => (event.body as { type?: string }).type === 'event_callback';

/** Two of these: Slack refreshes sockets, and the SDK leaves a hole of several seconds each time it does. */
function socket(
  { appToken, apiUrl, timeoutMs = 10 * SECOND }: Extract<Transport, { kind: 'socket' }>,
  log: Log,
): Receiver {
  return new SocketModeReceiver({
    appToken,
    logger: loggerFor(log),
    installerOptions: {
      clientOptions: {
        ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
        // The SDK notices within seconds that a socket is dead, then asks for another: unanswered, it would ask for ever.
        timeout: timeoutMs,
        retryConfig: { forever: true, minTimeout: 500, factor: 1.5, maxTimeout: 15_000, randomize: true },
      },
    },
  });
}

function http(
  { signingSecret, routes = [] }: { signingSecret: string; routes?: CustomRoute[] },
  health: () => Promise<boolean>,
  log: Log,
): Receiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: deliveries,
    bodyLimit,
    logger: loggerFor(log),
    // No address of ours, or none at all: nothing more is said about it.
    dispatchErrorHandler: ({ error, response }) => {
      response.writeHead(error instanceof HTTPReceiverDeferredRequestError ? 404 : 400).end();
    },
    // The error is in the log already. What could not be read will not be better when it is sent again.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(400).end();
      return false;
    },
    customRoutes: [
      ...routes,
      {
        path: '/healthz',
        method: 'GET',
        handler: (_request, response) => {
          void health().then((ok) =>
            response.writeHead(ok ? 200 : 503, { 'content-type': 'text/plain' }).end(ok ? 'ok' : 'unhealthy'),
          );
        },
      },
    ],
  });
  const listen = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST' || request.url !== deliveries) return listen(request, response);
    void HTTPModuleFunctions.bufferIncomingMessage(request, bodyLimit).then(
      (read) => (isNull(read) ? response.writeHead(400).end() : listen(read, response)),
      (error: { statusCode?: number }) => response.writeHead(error.statusCode ?? 400).end(),
    );
  };
  return receiver;
}

/** Bolt looks for properties in whatever it has read: of nothing at all that fails unheard, and is never answered. */
function isNull(read: Parameters<typeof HTTPModuleFunctions.parseHTTPRequestBody>[0]): boolean {
  try {
    return HTTPModuleFunctions.parseHTTPRequestBody(read) === null;
  } catch {
    return false;
  }
}
